# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class ResUsers(models.Model):
    """Whoever works in another company by now, and has lost the access to this one, is a member
    of its pool no more."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if "company_ids" in vals:
            self._leave_backbone_pools()
        return result

    def _leave_backbone_pools(self):
        """See `_find_moved` of the members."""
        members = self.env["hr.backbone.member"]
        if members._get_pool_ids():
            own = [row[0] for user in self for row in user._get_backbone_linked()]
            members._on_employees_moved(self.env["hr.employee"].browse(own))
