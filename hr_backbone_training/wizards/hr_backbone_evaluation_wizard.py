# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.core import texts
from ..models.year.hr_backbone_evaluation import PLACES

# whose sentences tell what is asked before the step
UP = ("promote", "move")


class HrBackboneEvaluationWizard(models.TransientModel):
    """Asks for what a decision on these evaluations needs, and says before it what it would
    break: the scope and the places of an echelon, or what the result suggests."""

    _name = "hr.backbone.evaluation.wizard"
    _description = "Decision on an Evaluation"
    _inherit = ["hr.backbone.window.mixin"]

    evaluation_ids = fields.Many2many("hr.backbone.evaluation", required=True, readonly=True)
    decision = fields.Selection(
        [
            ("promote", "Promote"),
            ("move", "Move to Another Echelon"),
            ("exit", "Exit"),
            ("honour", "Leave with Honour"),
            ("decline", "Do Not Name Outstanding"),
        ],
        required=True,
        readonly=True,
        default="move",
    )
    echelon_id = fields.Many2one("hr.backbone.echelon", "New Echelon")
    decline_place = fields.Selection(PLACES, "The place then", default="empty")
    reason = texts.Text()
    warnings = fields.Text("Please note", compute="_compute_warnings")
    readers = fields.Char("Read by", compute="_compute_readers")

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if self.env.context.get("active_model") == "hr.backbone.evaluation":
            evaluations = self.env.context.get("active_ids") or []
            defaults["evaluation_ids"] = [Command.set(evaluations)]
        self._check_named([defaults])
        return defaults

    @api.depends("evaluation_ids", "decision", "echelon_id")
    @api.depends_context("lang", "uid")
    def _compute_warnings(self):
        for wizard in self:
            found = wizard._get_warnings()
            wizard.warnings = "\n".join(dict.fromkeys(found)) or False

    def _get_warnings(self):
        """What the decision would break: [sentence, …]."""
        rows = self.evaluation_ids._origin
        if self.decision == "exit":
            return sum(rows._get_exit_doubts().values(), [])
        if self.decision not in UP:
            return []
        echelons = rows._get_echelons_above()
        if self.decision == "move":
            echelons = {
                row: self.echelon_id if self.echelon_id.level < row.echelon_level else echelon[:0]
                for row, echelon in echelons.items()
            }
        breaks = rows._get_breaks(echelons)
        return sum((row["scope"] + row["quota"] for row in breaks.values()), [])

    @api.depends("decision", "evaluation_ids")
    @api.depends_context("lang", "uid")
    def _compute_readers(self):
        for wizard in self:
            wizard.readers = wizard.evaluation_ids._say_readers(wizard.decision)

    def _confirm(self):
        """Decide on all of them; the rules are those of the evaluation."""
        rows = self.evaluation_ids
        match self.decision:
            case "promote":
                rows.action_promote(self.reason)
            case "exit":
                rows.action_exit(self.reason)
            case "honour":
                rows.action_honour(self.reason)
            case "decline":
                rows.action_decline(self.reason, self.decline_place)
            case _:
                if not self.echelon_id:
                    raise UserError(self.env._("Choose the new echelon."))
                rows.action_move(self.echelon_id, self.reason)
