import psycopg2

from odoo import models
from odoo.exceptions import UserError


class HrBackboneMentorProposal(models.Model):
    """From the pairs of a proposal to mentorships: one bad row does not fail the others."""

    _inherit = "hr.backbone.mentor.proposal"

    def _get_open_pairs(self):
        """The rows with a mentor who is not appointed yet."""
        return self.line_ids.filtered(lambda line: line.mentor_id and not line.mentorship_id)

    def _appoint_pairs(self):
        """Appoint whom the rules still allow.

        :return: the rows that had to stay; each has its reason
        """
        self.ensure_one()
        pairs = self._get_open_pairs()
        refusals = pairs._get_refusals()
        ready = pairs.filtered(lambda line: line not in refusals)
        refusals.update(ready._appoint())
        left = pairs.browse()
        # sudo: what HR is told about a row, which HR does not write
        for line, sentences in refusals.items():
            line.sudo().refusal = "\n".join(dict.fromkeys(sentences))
            left += line
        return left

    def _update_spares(self, before):
        """A mentor who was taken by hand is no spare one; who was left out is. As superuser.

        :param before: the mentors of the rows that were changed
        """
        for proposal in self:
            taken = proposal.line_ids.mentor_id
            spares = proposal.spare_ids
            spares.filtered_domain([("mentor_id", "in", taken.ids)]).unlink()
            left_out = before - taken - proposal.spare_ids.mentor_id
            loads = proposal._count_loads(left_out)
            spares.create(
                [
                    {
                        "proposal_id": proposal.id,
                        "mentor_id": mentor.id,
                        "reason": "freed",
                        "load": loads[mentor.id],
                    }
                    for mentor in left_out
                ]
            )


class HrBackboneMentorProposalLine(models.Model):
    _inherit = "hr.backbone.mentor.proposal.line"

    def _appoint(self):
        """Make the mentorships, all at once; if somebody else was quicker, one by one.

        :return: {line: [sentence]} of those that could not be appointed after all
        """
        if not self:
            return {}
        try:
            with self.env.cr.savepoint():
                self._create_mentorships()
        except (UserError, psycopg2.IntegrityError) as error:
            if len(self) == 1:
                return {self: [self._get_sentence(error)]}
            refusals = {}
            for line in self:
                refusals.update(line._appoint())
            return refusals
        return {}

    def _create_mentorships(self):
        mentorships = self.env["hr.backbone.mentorship"].create(
            [
                # sudo: the mentor of the row, for HR
                {"member_id": line.member_id.id, "mentor_id": line.sudo().mentor_id.id}
                for line in self
            ]
        )
        mentorships.flush_recordset()
        # sudo: the row follows from the appointment
        for line, mentorship in zip(self.sudo(), mentorships):
            line.write({"mentorship_id": mentorship.id, "refusal": False})

    def _get_sentence(self, error):
        if isinstance(error, UserError):
            return str(error)
        return self.env._("Somebody has just appointed another mentor, or taken the last place.")
