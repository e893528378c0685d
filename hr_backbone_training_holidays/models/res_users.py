# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if "group_ids" in vals:
            self._leave_backbone_approval()
        return result

    def _leave_backbone_approval(self):
        """Those of these logins that are of the portal approve nobody's time off any more."""
        # sudo: what kind of login it has become decides; the approver follows from that
        outside = self.sudo().filtered("share")
        if outside:
            employees = outside.env["hr.employee"].with_context(active_test=False)
            employees.search([("leave_manager_id", "in", outside.ids)]).leave_manager_id = False

    def _get_backbone_inside(self, kind):
        """Of these, whom Time Off asks to approve, those who can: no login of the portal. Where
        that is nobody, whoever answers for the kind of time off."""
        inside = self.filtered(lambda user: not user.share)
        return kind.responsible_ids if self and not inside else inside
