# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrBackboneTimeline(models.Model):
    """Posts elsewhere, on the time line."""

    _inherit = "hr.backbone.timeline"
    _depends = {
        "hr.backbone.rotation": [
            "member_id",
            "date_start",
            "date_end",
            "host_department_name",
            "state",
            "plan_line_id",
        ],
    }
