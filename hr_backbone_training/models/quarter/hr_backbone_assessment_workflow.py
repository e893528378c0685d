# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..core.moves import PROCEDURE, Move, Moves
from ..core.public import Record, Text, public

_lt = LazyTranslate(__name__)

PROPOSAL = "hr_backbone_training.mail_activity_type_proposal"


class HrBackboneAssessment(models.Model):
    """The mentor submits. "So as to adjust the appropriate training plan in time": what the
    mentor proposes goes to HR, who keeps the plan, opens its revision, or ends the training.

    An assessment may pass from one mentor to another: what the former one had typed becomes a
    note of that mentor, in the sight of the one who takes over.
    """

    _inherit = "hr.backbone.assessment"

    _readers = ("mentor", "managers", "employee_shared", "rater", "hr")
    _moves = Moves(
        Move("submit", "draft", "submitted", _lt("Assessment submitted"), button=True),
        Move("return", "submitted", "draft", _lt("Assessment returned"), reason="action_return"),
        Move("miss", "draft", "missed", _lt("Assessment never submitted"), by=PROCEDURE),
        Move(
            "reopen",
            "missed",
            "draft",
            _lt("Assessment asked for again"),
            asks="action_reopen",
            button=False,
        ),
        Move("reassign", "draft", "draft", _lt("Assessment passed to another mentor")),
        Move(
            "decide_keep",
            "submitted",
            "submitted",
            _lt("Training plan kept"),
            asks="action_decide_keep",
        ),
        Move(
            "decide_adjust",
            "submitted",
            "submitted",
            _lt("Revision of the training plan opened"),
            asks="action_decide_adjust",
        ),
        Move(
            "decide_withdraw",
            "submitted",
            "submitted",
            _lt("Withdrawn from the training"),
            reason="action_decide_withdraw",
            private=True,
        ),
    )

    # -- moves -------------------------------------------------------------------------

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "submit"}.get(self.state)

    def _is_next_actor(self):
        self.ensure_one()
        return self._is_assessor()

    def _get_next_step(self):
        self.ensure_one()
        if self.state != "draft":
            return False
        if self._is_assessor():
            return self.env._("You assess and submit.")
        # sudo: the name of the mentor who owes the assessment
        if mentor := self.sudo().mentor_id:
            return self.env._("%s assesses and submits.", mentor.name)
        return self.env._("Human resources appoints a mentor.")

    def _get_move_refusals(self, name):
        match name:
            case "submit":
                return self._refusals_submit()
            case "decide_keep":
                return self._refuse_undecidable()
            case "decide_adjust":
                return self._refusals_decide_adjust()
            case "decide_withdraw":
                return self._refusals_decide_withdraw()
            case "reassign":
                return self._refusals_reassign()
        return super()._get_move_refusals(name)

    def _refusals_submit(self):
        refusals = super()._refusals_submit()
        for assessment in self:
            if not assessment.proposal and not assessment._get_edit_refusal():
                refusals[assessment].append(
                    self.env._("Say whether the training plan is kept or adjusted.")
                )
        return refusals

    def _refusals_return(self):
        refusals = super()._refusals_return()
        for assessment in self:
            if assessment not in refusals and assessment.proposal_decision:
                refusals[assessment] = [
                    self.env._("Its proposal has been decided: it cannot be returned any more.")
                ]
        return refusals

    @public()
    def action_submit(self):
        """draft → submitted, by the mentor."""
        self._move("submit")
        return True

    def _after_move(self, name, decisions):
        # sudo: the move was just allowed
        assessments = self.sudo()
        opinions = assessments.env["hr.backbone.second.opinion"]
        if name == "return":
            # before anybody is asked
            assessments._pass_to_owing_mentors()
        result = super()._after_move(name, decisions)
        match name:
            case "submit":
                assessments.quarter_id._finish_mentor_activities(assessments.mentor_id)
                opinions._note_both_in([("assessment_id", "in", assessments.ids)])
            case "return":
                opinions._note_returned([("assessment_id", "in", assessments.ids)])
                assessments.signature_ids._void()
                # the grade is that of the day on which it is submitted again
                assessments._write_moved({"grade": False})
            case "decide_adjust":
                assessments.member_id.plan_id._ask_for_revision()
            case "decide_withdraw":
                # with the rights of HR: the pool says itself who may exit
                # sudo: the reason that HR has just written
                self.member_id.action_exit(decisions[:1].sudo()._get_reason())
        return result

    def _say_consequences(self, name):
        sentences = super()._say_consequences(name)
        opinions = self.env["hr.backbone.second.opinion"]
        if name == "return" and opinions._is_in_use():
            found = opinions.search([("assessment_id", "in", self.ids)])
            sentences = [*sentences, *found._say_not_blind()]
        return sentences

    # -- HR decides on the proposal ----------------------------------------------------

    def _refuse_undecidable(self):
        """Why the proposal cannot be decided (now, by this user)."""
        refusals = self._refuse_unless_officer()
        open_ = self - self.browse([record.id for record in refusals])
        proposers = open_._get_proposers()
        for assessment in open_:
            if assessment.proposal_decision:
                labels = dict(self._fields["proposal_decision"]._description_selection(self.env))
                refusals[assessment] = [
                    self.env._(
                        "The proposal for %(member)s has been decided: %(decision)s.",
                        member=assessment.employee_id._get_backbone_name(),
                        decision=labels[assessment.proposal_decision],
                    )
                ]
            elif assessment._is_assessor() or proposers.get(assessment.id) == self.env.user:
                refusals[assessment] = [
                    self.env._("You made this proposal, so somebody else in HR decides.")
                ]
        return refusals

    def _get_proposers(self):
        """{id: the user who submitted the assessment}, whose mentor or login may be another by
        now."""
        # sudo: who has submitted it decides, and is not shown
        decisions = self.env["hr.backbone.decision"].sudo()
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        submitted = decisions.search([*domain, ("move", "=", "submit")], order="id")
        return {decision.res_id: decision.user_id for decision in submitted}

    @api.model
    def _get_undecided_domain(self):
        """The assessments whose mentors propose a change, on which HR has not decided yet."""
        proposed = Domain("state", "=", "submitted") & Domain(
            "proposal", "in", ("adjust", "withdraw")
        )
        return proposed & Domain("proposal_decision", "=", False)

    def _get_next_activity(self):
        """HR decides on what the mentor proposes, save whoever proposed it."""
        result = super()._get_next_activity()
        waiting = self.filtered_domain(self._get_undecided_domain())
        proposers = waiting._get_proposers() if waiting else {}
        for assessment in waiting:
            besides = assessment._get_unasked_users()
            besides |= proposers.get(assessment.id, besides.browse())
            owner = assessment.quarter_id.program_id.user_id
            users = assessment.company_id._backbone_hr_user(owner, besides)
            result[assessment] = (PROPOSAL, users, None)
        return result

    def _get_unasked_users(self):
        """And the mentor, who proposes."""
        return super()._get_unasked_users() | self.mentor_id._get_backbone_ever()

    @api.model
    def _get_todo_domain(self):
        return super()._get_todo_domain() | self._get_undecided_domain()

    def _refusals_decide_adjust(self):
        refusals = self._refuse_undecidable()
        for assessment in self:
            # sudo: whether there is a plan to revise
            if assessment not in refusals and not assessment.member_id.sudo().plan_id:
                refusals[assessment] = [
                    self.env._(
                        "%s has no development plan in force that could be revised.",
                        assessment.employee_id._get_backbone_name(),
                    )
                ]
        return refusals

    def _refusals_decide_withdraw(self):
        refusals = self._refuse_undecidable()
        for assessment in self:
            # sudo: the state of the member; who is no officer was refused above
            if assessment not in refusals and assessment.member_id.sudo().state == "exited":
                refusals[assessment] = [assessment.member_id._say_exited()]
        return refusals

    def _get_batch_refusals(self, name):
        """Of two proposals about one member the first lets the member leave."""
        refusals = super()._get_batch_refusals(name)
        for same in self.grouped("member_id").values() if name == "decide_withdraw" else ():
            refusals.update((row, [row.member_id._say_exited()]) for row in same[1:])
        return refusals

    @public(comment=Text())
    def action_decide_keep(self, comment=None):
        """HR: the training plan stays as it is, whatever was proposed."""
        return self._decide_proposal("keep", comment)

    @public(comment=Text())
    def action_decide_adjust(self, comment=None):
        """HR: the member's plan is to be revised; the member is asked for it."""
        return self._decide_proposal("adjust", comment)

    @public(comment=Text())
    def action_decide_withdraw(self, comment=None):
        """HR: the member leaves the training, with a reason."""
        return self._decide_proposal("withdraw", comment)

    def _decide_proposal(self, decision, comment):
        for company, assessments in self.grouped("company_id").items():
            assessments._move(
                f"decide_{decision}",
                comment,
                {
                    "proposal_decision": decision,
                    "proposal_user_id": self.env.uid,
                    "proposal_date": company._backbone_today(),
                },
            )
        return True

    # -- another mentor assesses -------------------------------------------------------

    @public(mentor=Record("hr.employee"))
    def action_reassign(self, mentor):
        """HR: another mentor assesses, where the one who owes it has left the company.

        :param mentor: the `hr.employee` (record or id)
        :raise UserError: who owes it can still do it, or the new one cannot
        """
        self.check_access("read")
        # HR has no names of another company
        mentor = mentor._filtered_access("read")
        # sudo: who can log in is no secret; the refusals below are the check
        mentor = mentor.sudo()
        self._lock_for_move()
        refusals = self._get_refusals("reassign")
        if refusals:
            raise UserError("\n".join(self._name_refusals(refusals)))
        for assessment in self:
            if reason := assessment._get_mentor_refusal(mentor):
                raise UserError(reason)
        # sudo: the refusals above are the check
        self.sudo()._pass_on(mentor, self.env._("The mentor has left."))
        return True

    def _get_mentor_refusal(self, mentor):
        """Why this employee cannot take over; False when nothing speaks against it."""
        self.ensure_one()
        if not mentor:
            return self.env._("Choose the mentor who takes over.")
        if not self._can_assess(mentor):
            return self.env._(
                "%(mentor)s has no login in %(company)s and cannot assess.",
                mentor=mentor.name,
                company=self.company_id.name,
            )
        # sudo: the member whom the assessment is about
        member = self.sudo().member_id
        if mentor == member.employee_id:
            return self.env._("Members cannot assess themselves.")
        # sudo: who assesses acts as the mentor, by the same rules; the sentences name the two
        mentorships = self.env["hr.backbone.mentorship"].sudo()
        refusals = [
            *mentorships._get_mentor_refusals(mentor).get(mentor, ()),
            *mentorships._get_pair_refusals([(member, mentor)]).get((member, mentor), ()),
        ]
        return "\n".join(refusals) or False

    def _can_assess(self, mentor):
        """Whether this employee still works in the company to assess. Called as superuser."""
        company = self.company_id
        gone = self.env["hr.backbone.mentorship"]._has_left(mentor, company) if mentor else True
        return bool(not gone and mentor._get_acting_users(company))

    def _find_owing_mentors(self):
        """Whoever owes these assessments: until the last day of the quarter the mentor of now,
        afterwards whoever was it on that day. Of a member who has exited nothing passes on.
        Called as superuser.

        :return: {assessment: `hr.employee`, empty for none}
        """
        mentorships = self.env["hr.backbone.mentorship"].search(
            [("member_id", "in", self.member_id.ids), ("date_start", "!=", False)],
            order="date_start desc, id desc",
        )
        by_member = mentorships.grouped("member_id")
        owing = {}
        for assessment in self:
            member, last = assessment.member_id, assessment.quarter_id.date_end
            if last >= assessment.company_id._backbone_today():
                gone = member.state == "exited"
                owing[assessment] = assessment.mentor_id if gone else member.mentor_id
                continue
            then = by_member.get(member, mentorships.browse()).filtered(
                lambda row, last=last: (
                    row.date_start <= last and (not row.date_end or row.date_end >= last)
                )
            )
            owing[assessment] = then[:1].mentor_id or assessment.mentor_id
        return owing

    def _pass_to_owing_mentors(self):
        """What was returned is written by whoever owes it now. Called as superuser."""
        owing = self._find_owing_mentors()
        for (mentor, _company), batch in self.grouped(
            lambda record: (owing[record], record.company_id)
        ).items():
            strays = batch.filtered(lambda record, mentor=mentor: record.mentor_id != mentor)
            # HR passes on what is owed by somebody who has left
            if strays and (not mentor or strays._can_assess(mentor)):
                reason = self.env._("The member has another mentor.")
                strays._pass_on(mentor, reason, ask=False)

    def _refusals_reassign(self):
        refusals = self._refuse_unless_officer()
        # sudo: who owes it, and until when
        owing = self.sudo()._find_owing_mentors()
        for assessment in self - self.browse([record.id for record in refusals]):
            # sudo: as above
            stored = assessment.sudo()
            mentor, quarter = stored.mentor_id, stored.quarter_id
            if assessment.is_closed or quarter.state != "open":
                refusals[assessment] = [self.env._("The quarter is closed.")]
            elif quarter.date_end >= assessment.company_id._backbone_today():
                refusals[assessment] = [
                    self.env._(
                        "Until the last day of the quarter the assessment goes with the "
                        "member: appoint another mentor."
                    )
                ]
            elif mentor == owing[assessment] and stored._can_assess(mentor):
                refusals[assessment] = [
                    self.env._(
                        "%s was the mentor on the last day of the quarter, and owes it.",
                        mentor.name,
                    )
                ]
        return refusals

    def _pass_on(self, mentor, comment, ask=True):
        """To another mentor, or to none for now: with a note of what was there, cleared.

        :param mentor: `hr.employee`, may be empty
        :param str comment: what the decision says
        :param bool ask: whether the new mentor is asked here, and not by what it follows from
        """
        former, quarters = self.mentor_id, self.quarter_id
        self._write_notes()
        self.line_ids.write({"score": False, "example": False})
        # one step down: the content is the mentor's, whoever is asking
        self._write_moved({"comment": False, "proposal": False})
        self._do_move(self._get_move("reassign"), comment, {"mentor_id": mentor.id})
        quarters._finish_mentor_activities(former)
        if ask:
            self._give_time()
            quarters._ask_for(self)

    def _follow_members(self):
        """The criteria are those of the echelon."""
        moved = super()._follow_members()
        moved.line_ids.unlink()
        for quarter in moved.quarter_id:
            quarter._make_assessment_lines()
        return moved

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
            if line.score is not False:
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
