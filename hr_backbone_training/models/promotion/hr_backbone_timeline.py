# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrBackboneTimeline(models.Model):
    """Achievements and work suggestions, on the time line."""

    _inherit = "hr.backbone.timeline"
    _depends = {
        "hr.backbone.achievement": [
            "member_id",
            "date_submitted",
            "name",
            "state",
            "plan_line_id",
        ],
        "hr.backbone.suggestion": [
            "member_id",
            "date_submitted",
            "name",
            "state",
            "plan_line_id",
        ],
    }
