# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrBackboneTimeline(models.Model):
    """What member and mentor do together, on the time line."""

    _inherit = "hr.backbone.timeline"
    _depends = {
        "hr.backbone.mentorship": ["member_id", "date_start", "date_end", "mentor_name", "state"],
        "hr.backbone.mentorship.session": [
            "member_id",
            "mentorship_id",
            "date",
            "state",
            "duration",
            "plan_line_id",
        ],
    }
