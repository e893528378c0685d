from odoo import api, models
from odoo.exceptions import UserError

from ..core.hr_backbone_workflow_mixin import list_sentences


class HrBackboneAssessment(models.Model):
    """An assessment that passes from one mentor to another: what the former one had typed
    becomes a note of that mentor, in the sight of the one who takes over."""

    _inherit = "hr.backbone.assessment"

    def action_reassign(self, mentor):
        """HR: another mentor assesses, where the one who owes it has left the company.

        :param mentor: the `hr.employee` (record or id)
        :raise UserError: who owes it can still do it, or the new one cannot
        """
        if not isinstance(mentor, models.BaseModel):
            number = mentor if isinstance(mentor, int) and not isinstance(mentor, bool) else 0
            mentor = self.env["hr.employee"].browse(number)
        self.check_access("read")
        # HR has no names of another company
        mentor = mentor.exists()._filtered_access("read")
        # sudo: who can log in is no secret; the refusals below are the check
        mentor = mentor.sudo()
        self._lock_for_move()
        refusals = self._get_refusals("reassign")
        if refusals:
            raise UserError("\n".join(list_sentences(refusals)))
        for assessment in self:
            if reason := assessment._get_mentor_refusal(mentor):
                raise UserError(reason)
        self.sudo()._pass_on(mentor, self.env._("The mentor has left."))
        return True

    def _get_mentor_refusal(self, mentor):
        """Why this employee cannot take over; False when nothing speaks against it."""
        self.ensure_one()
        if not mentor:
            return self.env._("Choose the mentor who takes over.")
        if not self._can_assess(mentor) or mentor.company_id != self.company_id:
            return self.env._(
                "%(mentor)s has no login in %(company)s and cannot assess.",
                mentor=mentor.name,
                company=self.company_id.name,
            )
        if mentor == self.sudo().employee_id:
            return self.env._("Nobody assesses the own quarter.")
        return False

    @api.model
    def _can_assess(self, mentor):
        return bool(mentor.active and mentor.user_id.active)

    def _refusals_reassign(self):
        refusals = self._refuse_unless_officer()
        for assessment in self - self.browse([record.id for record in refusals]):
            # sudo: who owes it, and until when
            mentor = assessment.sudo().mentor_id
            quarter = assessment.sudo().quarter_id
            if assessment.is_closed or quarter.state != "open":
                refusals[assessment] = [self.env._("The quarter is closed.")]
            elif quarter.date_end >= assessment.company_id._backbone_today():
                refusals[assessment] = [
                    self.env._(
                        "Until the last day of the quarter the assessment goes with the "
                        "member: appoint another mentor."
                    )
                ]
            elif self._can_assess(mentor):
                refusals[assessment] = [
                    self.env._(
                        "%s was the mentor on the last day of the quarter, and owes it.",
                        mentor.name,
                    )
                ]
        return refusals

    # -- passing on ------------------------------------------------------------------------

    def _pass_on(self, mentor, comment):
        """To another mentor, or to none for now: with a note of what was there, cleared.

        :param mentor: `hr.employee`, may be empty
        :param str comment: what the decision says
        """
        former, quarters = self.mentor_id, self.quarter_id
        self._write_notes()
        self.line_ids.write({"score": 0, "is_scored": False, "example": False})
        # one step down: the content is the mentor's, whoever is asking
        self._write_moved({"comment": False, "proposal": False})
        self._do_move(self._get_move("reassign"), comment, {"mentor_id": mentor.id})
        quarters._finish_mentor_activities(former)
        quarters._ask_for(self)

    def _write_notes(self):
        """What each mentor had typed, as a text of that mentor's."""
        vals_list = []
        for assessment in self:
            text = assessment._get_note_text()
            if assessment.mentor_id and text:
                vals_list.append(
                    {
                        "assessment_id": assessment.id,
                        "mentor_id": assessment.mentor_id.id,
                        "mentor_name": assessment.mentor_id.name,
                        "date": assessment.company_id._backbone_today(),
                        "text": text,
                    }
                )
        self.env["hr.backbone.assessment.note"].create(vals_list)

    def _get_note_text(self):
        """Scores with examples, proposal and comment, as far as there are any; "" for none."""
        self.ensure_one()
        lines = []
        for line in self.line_ids:
            if line.is_scored:
                lines.append(
                    self.env._("%(name)s: %(score)s points", name=line.name, score=line.score)
                )
            if example := (line.example or "").strip():
                lines.append(self.env._("Example for “%(name)s”: ", name=line.name) + example)
        if self.proposal:
            labels = dict(self._fields["proposal"]._description_selection(self.env))
            lines.append(self.env._("Proposal: %s", labels[self.proposal]))
        if comment := (self.comment or "").strip():
            lines.append(self.env._("Comment: %s", comment))
        return "\n".join(lines)

    # -- what a mentor has done --------------------------------------------------------------

    def _after_submit(self, decisions):
        result = super()._after_submit(decisions)
        # sudo: the move was just allowed
        assessments = self.sudo()
        assessments.quarter_id._finish_mentor_activities(assessments.mentor_id)
        return result
