# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models
from odoo.exceptions import UserError

from ..core import texts
from ..core.scores import WholeScore, is_whole

# scores outside ask for an example
HIGH, LOW = 90, 60


class HrBackboneScoreMixin(models.AbstractModel):
    """The score of one criterion, with the criterion as it was when it was asked for."""

    _name = "hr.backbone.score.mixin"
    _description = "Score of a Criterion"
    _inherit = ["hr.backbone.named.mixin"]

    company_id = fields.Many2one("res.company", readonly=True, index=True)
    criterion_id = fields.Many2one(
        "hr.backbone.criterion", readonly=True, index=True, ondelete="set null"
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char("What is scored", readonly=True)
    anchor = fields.Text("What the points mean", readonly=True)
    weight = fields.Integer(readonly=True)
    score = WholeScore(help="0 to 100; the weight is applied to it.")
    example = texts.Text(help="Required for scores of 90 and more, or below 60.")

    _score_range = models.Constraint(
        "CHECK (score BETWEEN 0 AND 100)", "A score lies between 0 and 100 points."
    )

    def _get_scored(self):
        """The documents on which these scores are."""
        raise NotImplementedError

    def write(self, vals):
        """:raise UserError: who writes may not, or writes something else than whole points"""
        if not is_whole(vals.get("score")):
            raise UserError(self.env._("A score is a whole number between 0 and 100."))
        if not self.env.su:
            if set(vals) - {"score", "example"}:
                raise UserError(self.env._("The criteria of an assessment do not change."))
            self._get_scored()._check_may_edit()
        return super().write(vals)

    def _get_gaps(self):
        """What is missing before these scores can be submitted: sentences."""
        return [sentence for line in self for sentence in line._get_missing_inputs().values()]

    # -- in the portal -----------------------------------------------------------------

    def _needs_example(self):
        return self.score is not False and not LOW <= self.score < HIGH

    def _get_missing_inputs(self):
        self.ensure_one()
        if self.score is False:
            return {f"{self.id}-score": self.env._("Score “%s”.", self.name)}
        if self._needs_example() and not (self.example or "").strip():
            sentence = self.env._("Give an example for the score of “%s”.", self.name)
            return {f"{self.id}-example": sentence}
        return {}
