# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrLeave(models.Model):
    _inherit = "hr.leave"

    def _get_responsible_for_approval(self):
        """Where Time Off asks a manager who logs in through the portal, whoever answers for the
        kind of time off is asked."""
        found = super()._get_responsible_for_approval()
        return found._get_backbone_inside(self.holiday_status_id)
