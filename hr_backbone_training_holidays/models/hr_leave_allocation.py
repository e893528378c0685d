# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrLeaveAllocation(models.Model):
    _inherit = "hr.leave.allocation"

    def _get_responsible_for_approval(self):
        """As of time off itself."""
        found = super()._get_responsible_for_approval()
        return found._get_backbone_inside(self.holiday_status_id)
