from odoo import models

from ...const import OFFICER


class ResCompany(models.Model):
    """Who looks after the scheme for HR."""

    _inherit = "res.company"

    def _backbone_hr_user(self, owner):
        """Who is told where "Human Resources" has to act.

        :param owner: `res.users`, the responsible person of a program, or nobody
        :return: that person; where there is none who could act, an officer of the company; as
            superuser, and empty only where the company has no officer
        """
        self.ensure_one()
        # sudo: who works in HR
        owner = owner.sudo()
        if owner.active and not owner.share:
            return owner
        officers = self.env.ref(OFFICER).sudo().all_user_ids
        return officers.filtered(
            lambda user: user.active and not user.share and self in user.company_ids
        ).sorted("id")[:1]
