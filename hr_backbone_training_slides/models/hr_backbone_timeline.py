# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class HrBackboneTimeline(models.Model):
    """Courses of eLearning, on the time line."""

    _inherit = "hr.backbone.timeline"
    _depends = {
        "hr.backbone.course": ["name"],
        "hr.backbone.enrollment": [
            "member_id",
            "course_id",
            "state",
            "hours",
            "date_enrolled",
            "date_completed",
            "plan_line_id",
        ],
    }

    kind = fields.Selection(selection_add=[("enrollment", "Course")])
