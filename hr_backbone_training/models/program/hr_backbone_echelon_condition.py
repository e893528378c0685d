# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

from ..core import texts


class HrBackboneEchelonCondition(models.Model):
    """One line of the checklist of HR's preliminary review: "to see if they meet the
    conditions for training key employees"."""

    _name = "hr.backbone.echelon.condition"
    _description = "Backbone Echelon Condition"
    _inherit = ["hr.backbone.shared.mixin", "hr.backbone.named.mixin"]
    _order = "echelon_id, sequence, id"
    _kept_fields = ("echelon_id",)
    _readers = ("everyone",)

    echelon_id = fields.Many2one(
        "hr.backbone.echelon", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = texts.Char("Condition", required=True, translate=True)
    kind = fields.Selection(
        [
            ("rank", "Rank is in the echelon's scope"),
            ("tenure", "Tenure is long enough"),
            ("plan", "Development plan is submitted"),
            ("score", "Average score reaches the minimum"),
            ("manual", "Confirmed by HR"),
        ],
        required=True,
        default="manual",
        help="Where data tells, the answer is computed; otherwise HR confirms it.",
    )
    minimum_score = fields.Float(default=60.0, help="For the average score only.")

    _score_range = models.Constraint(
        "CHECK (minimum_score BETWEEN 0 AND 100)", "A score lies between 0 and 100."
    )

    def _get_shared(self):
        return self.filtered(lambda condition: not condition.echelon_id.company_id)
