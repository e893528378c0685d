# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ..models.core import texts
from ..models.year.hr_backbone_evaluation import PLACES


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
    targets = fields.Char("Promoted to", compute="_compute_targets")
    refusal = fields.Text("Not possible", compute="_compute_warnings")
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

    @api.depends("evaluation_ids", "decision")
    @api.depends_context("lang")
    def _compute_targets(self):
        """The echelon to which "promote" promotes; of several, that of each."""
        for wizard in self:
            rows = wizard.evaluation_ids._origin if wizard.decision == "promote" else ()
            above = rows and rows._get_echelons_above()
            names = [f"{row.employee_name}: {above[row].name or '–'}" for row in rows]
            wizard.targets = format_list(self.env, names) if names else False

    @api.depends("evaluation_ids", "decision", "echelon_id")
    @api.depends_context("lang", "uid")
    def _compute_warnings(self):
        """Why the user does not take the decision, and what it would break besides."""
        for wizard in self:
            rows = wizard.evaluation_ids._origin
            refused = rows._say_refused(wizard.decision, wizard.echelon_id)
            wizard.refusal = "\n".join(refused) or False
            said = wizard.refusal or ""
            found = [text for text in wizard._get_warnings() if text not in said]
            wizard.warnings = "\n".join(dict.fromkeys(found)) or False

    def _get_warnings(self):
        """What speaks against the decision: [sentence, …]."""
        rows = self.evaluation_ids._origin
        if self.decision == "move":
            rows = rows._filter_below(self.echelon_id) if self.echelon_id else rows[:0]
            echelons = dict.fromkeys(rows, self.echelon_id)
            doubts = rows._get_doubts("promote")
        else:
            echelons = rows._get_echelons_above() if self.decision == "promote" else {}
            doubts = rows._get_doubts(self.decision)
        breaks = rows._get_breaks(echelons)
        return [
            *sum(doubts.values(), []),
            *sum((row["scope"] + row["quota"] for row in breaks.values()), []),
        ]

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
