# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrBackboneTimeline(models.Model):
    """Trainings, on the time line."""

    _inherit = "hr.backbone.timeline"
    _depends = {
        "hr.backbone.training": ["day_start", "day_end", "name", "state", "hours"],
        "hr.backbone.training.participant": ["member_id", "training_id", "state", "plan_line_id"],
    }
