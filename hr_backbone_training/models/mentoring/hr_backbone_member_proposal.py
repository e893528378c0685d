from odoo import models


class HrBackboneMember(models.Model):
    _inherit = "hr.backbone.member"

    def action_propose_mentors(self):
        """Mentors for all members of the current company who have none, whatever is selected
        in the list; by HR.

        :return: the action that opens the proposal
        """
        return self.env["hr.backbone.mentor.proposal"].action_propose()
