# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models

from ..core.public import public


class HrBackbonePlanLine(models.Model):
    """An action of personal promotion begins with an achievement, or with a work suggestion
    report."""

    _inherit = "hr.backbone.plan.line"

    def _get_begun_model(self):
        if self.method == "promotion":
            return "hr.backbone.achievement"
        return super()._get_begun_model()

    @public(one=True)
    def action_begin_suggestion(self):
        """The form of a new work suggestion report that serves the action.

        :raise UserError: the plan is not in force, or it is another way of training
        """
        self.ensure_one()
        return self._open_new("hr.backbone.suggestion" if self.method == "promotion" else None)
