# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models


class HrBackboneEvaluationWizard(models.TransientModel):
    """Asks into which echelon the members of these evaluations move."""

    _name = "hr.backbone.evaluation.wizard"
    _description = "Move after an Evaluation"
    _inherit = ["hr.backbone.window.mixin"]

    evaluation_ids = fields.Many2many("hr.backbone.evaluation", required=True, readonly=True)
    echelon_id = fields.Many2one("hr.backbone.echelon", "New Echelon", required=True)

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if self.env.context.get("active_model") == "hr.backbone.evaluation":
            evaluations = self.env.context.get("active_ids") or []
            defaults["evaluation_ids"] = [Command.set(evaluations)]
        self._check_named([defaults])
        return defaults

    def _confirm(self):
        """Decide to move all of them; the rules are those of the evaluation."""
        self.evaluation_ids.action_move(self.echelon_id)
