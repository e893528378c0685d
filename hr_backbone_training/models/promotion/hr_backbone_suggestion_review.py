# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import math

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..core.scores import Score, is_blank

PARTS = ("technique", "benefit", "scope", "practicality")


class HrBackboneSuggestionReview(models.Model):
    """The scores of one work suggestion report.

    A row of its own, since not everyone who reads the report reads them: until the report
    is decided they are management's, then also the author's, the mentor's and the managers'.
    The maxima are those of the day of the submission, whatever the settings become later.
    """

    _name = "hr.backbone.suggestion.review"
    _description = "Scores of a Work Suggestion Report"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "id desc"
    _rec_name = "suggestion_id"
    _kept_fields = ("suggestion_id",)

    suggestion_id = fields.Many2one(
        "hr.backbone.suggestion",
        "Report",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="suggestion_id.company_id", store=True, index=True)
    employee_id = fields.Many2one(
        related="suggestion_id.employee_id", string="Author", store=True, index=True
    )
    department_id = fields.Many2one(related="suggestion_id.department_id", store=True)
    state = fields.Selection(related="suggestion_id.state", string="Report's Status", store=True)
    max_technique = fields.Integer("Technique: at most", readonly=True, aggregator=None)
    max_benefit = fields.Integer("Benefit: at most", readonly=True, aggregator=None)
    max_scope = fields.Integer("Scope: at most", readonly=True, aggregator=None)
    max_practicality = fields.Integer("Practicality: at most", readonly=True, aggregator=None)
    score_technique = Score("Technique", digits=(5, 1))
    score_benefit = Score("Benefit", digits=(5, 1))
    score_scope = Score("Scope", digits=(5, 1))
    score_practicality = Score("Practicality", digits=(5, 1))
    # of all parts that count: nothing before they are scored
    score_total = Score("Total", compute="_compute_score_total", store=True, digits=(5, 1))
    maxima = fields.Char("At most", compute="_compute_maxima")

    _suggestion_uniq = models.UniqueIndex("(suggestion_id)", "A report is scored once.")
    _score_range = models.Constraint(
        """CHECK (score_technique BETWEEN 0 AND max_technique
            AND score_benefit BETWEEN 0 AND max_benefit
            AND score_scope BETWEEN 0 AND max_scope
            AND score_practicality BETWEEN 0 AND max_practicality)""",
        "A score lies between 0 and what the part counts at most.",
    )

    @api.depends(*[f"{kind}_{part}" for kind in ("score", "max") for part in PARTS])
    def _compute_score_total(self):
        for review in self:
            scores = [review[f"score_{part}"] for part in PARTS]
            review.score_total = review._is_complete() and sum(scores)

    @api.depends(*[f"max_{part}" for part in PARTS])
    def _compute_maxima(self):
        for review in self:
            review.maxima = " / ".join(str(review[f"max_{part}"]) for part in PARTS)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("The scores are made with the submission."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_may_score(vals)
        for name in vals:
            if name.startswith("score_"):
                self._check_score(name, vals[name])
        return super().write(vals)

    def _check_may_score(self, vals):
        if set(vals) - {f"score_{part}" for part in PARTS}:
            raise UserError(self.env._("Only the four scores can be changed here."))
        self.check_access("write")
        suggestions = self.suggestion_id
        # a score given at the moment of the decision would come after it
        suggestions._lock_for_move()
        for suggestion in suggestions:
            if suggestion.state != "submitted":
                raise UserError(self.env._("The report is not under review: its scores stay."))
            if reason := suggestion._get_review_refusal():
                raise UserError(reason)

    def _check_score(self, name, value):
        """Beyond the maximum, or no number at all: a sentence."""
        if is_blank(value):
            return
        label = self._fields[name]._description_string(self.env)
        try:
            score = round(float(value), 1)
        except (TypeError, ValueError):
            score = math.nan
        for review in self:
            most = review[name.replace("score_", "max_")]
            if not 0 <= score <= most:
                raise ValidationError(
                    self.env._(
                        "“%(score)s” is %(value)s: it lies between 0 and %(most)s.",
                        score=label,
                        value=value,
                        most=most,
                    )
                )

    def _is_complete(self):
        """Whether each part that counts has been scored."""
        return bool(self) and all(
            review[f"score_{part}"] is not False
            for review in self
            for part in PARTS
            if review[f"max_{part}"]
        )

    @api.model
    def _on_submitted(self, suggestions):
        """Make sure that each report has its row, empty: one that was corrected is scored anew."""
        known = self.search([("suggestion_id", "in", suggestions.ids)]).grouped("suggestion_id")
        fresh = []
        for company, batch in suggestions.grouped("company_id").items():
            maxima = {
                f"max_{part}": company[f"backbone_suggestion_weight_{part}"] for part in PARTS
            }
            empty = {**maxima, **dict.fromkeys((f"score_{part}" for part in PARTS), False)}
            again = self.browse([known[record].id for record in batch if record in known])
            if again:
                again.write(empty)
            fresh += [
                {**empty, "suggestion_id": record.id} for record in batch if record not in known
            ]
        return self.create(fresh)
