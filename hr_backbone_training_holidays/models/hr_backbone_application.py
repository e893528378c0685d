# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models


class HrBackboneApplication(models.Model):
    """The director of the center, who approves, may be away."""

    _name = "hr.backbone.application"
    _inherit = ["hr.backbone.application", "hr.backbone.absence.mixin"]

    @api.model
    def _get_awaiting_states(self):
        return "approver_id", ("director",)
