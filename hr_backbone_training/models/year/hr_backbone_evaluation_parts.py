# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.tools import formatLang

from ..core.scores import Score, is_blank
from .hr_backbone_evaluation_method import LEAST
from .hr_backbone_program import PARTS


class HrBackboneEvaluation(models.Model):
    """The parts of a member's total: the score of each, its weight as applied, and why one does
    not apply. Its weight goes to the other parts; where too little is left, or where too few
    quarters of the year count, the member is not evaluated."""

    _inherit = "hr.backbone.evaluation"

    is_evaluated = fields.Boolean("Evaluated", default=True, readonly=True, index=True)
    not_evaluated_reason = fields.Selection(
        [("quarters", "Too few quarters count"), ("weight", "Too little could be scored")],
        "Why not Evaluated",
        readonly=True,
    )
    not_evaluated = fields.Char(compute="_compute_not_evaluated", help="Why, in a sentence.")
    settled_quarters = fields.Integer(
        "Quarters that Count",
        readonly=True,
        aggregator="avg",
        help="Settled, and the member was active on at least half of the working days.",
    )
    score_report = Score("Reports", digits=(5, 2), readonly=True)
    score_assessment_raw = Score(
        "Assessments (raw)",
        digits=(5, 2),
        readonly=True,
        help="As the mentors scored.",
    )
    score_assessment = Score(
        "Assessments",
        digits=(5, 2),
        readonly=True,
        help="What counts: adjusted for how each mentor scores, where that is switched on.",
    )
    score_training = Score("Trainings", digits=(5, 2), readonly=True)
    has_training = fields.Boolean(
        "Training offered", readonly=True, help="Without any, the other parts make the total."
    )
    score_achievement = Score("Achievements and Suggestions", digits=(5, 2), readonly=True)
    score_rotation = Score(
        "Rotation",
        digits=(5, 2),
        readonly=True,
        help="By the hosts of the rotations that ended in the year.",
    )
    score_plan = Score(
        "Progress of the Plan",
        digits=(5, 2),
        readonly=True,
        help="Of the actions that were due by the end of the year.",
    )
    missing_reports = fields.Integer(readonly=True)
    missing_assessments = fields.Integer(
        readonly=True, help="Owed by the mentors, and never held against the member."
    )
    ranking = fields.Char(compute="_compute_ranking", help="In the echelon; equals share a rank.")
    training_hours = fields.Float(digits=(8, 2), readonly=True)
    works = fields.Json(readonly=True, help="How many of each kind, and the points they earn.")
    parts = fields.Html(
        compute="_compute_parts",
        # from a template of the addon
        sanitize=False,
        help="The score of each part, its weight as applied, and why one does not apply.",
    )

    @api.depends_context("lang")
    @api.depends("is_evaluated", "not_evaluated_reason", "settled_quarters", "settings")
    def _compute_not_evaluated(self):
        for evaluation in self:
            evaluation.not_evaluated = not evaluation.is_evaluated and evaluation._say_why_not()

    @api.depends_context("lang")
    @api.depends("rank", "rank_count")
    def _compute_ranking(self):
        for evaluation in self:
            evaluation.ranking = not is_blank(evaluation.rank) and self.env._(
                "%(rank)s of %(count)s", rank=evaluation.rank, count=evaluation.rank_count
            )

    def _say_why_not(self):
        """Why the member is not evaluated, in a sentence."""
        self.ensure_one()
        quarters, weight = (self.settings.get(name, 0) for name in LEAST)
        if self.not_evaluated_reason == "quarters":
            return self.env._(
                "Too few quarters of the year count for %(member)s: %(count)s, and at least "
                "%(least)s are needed.",
                count=self.settled_quarters,
                member=self.employee_name,
                least=quarters,
            )
        return self.env._(
            "The parts in which %(member)s could be scored have %(weight)s %% of the weight, and "
            "at least %(least)s %% are needed.",
            weight=sum(self._get_weights().values()),
            member=self.employee_name,
            least=weight,
        )

    @api.depends_context("lang")
    @api.depends(*(f"score_{part}" for part in PARTS), "settings")
    def _compute_parts(self):
        render = self.env["ir.qweb"]._render
        for evaluation in self:
            values = {"parts": evaluation._get_parts()}
            evaluation.parts = render("hr_backbone_training.evaluation_parts", values)

    def _get_blanks(self):
        """{part: why it does not apply}, in sentences, of every part that may not."""
        return {
            "report": self.env._("No report was owed in the quarters that count."),
            "assessment": self.env._("No mentor wrote one in the quarters that count."),
            "training": self.env._("No session of the year was attended or missed."),
            "rotation": self.env._("No rotation that a host scored ended in the year."),
            "plan": self.env._("No action of the plan was due by the end of the year."),
        }

    def _is_blank(self, part):
        """Whether the part does not apply."""
        self.ensure_one()
        if part == "training":
            # what was frozen before a part without a score was empty
            return not self.has_training
        return is_blank(self[f"score_{part}"])

    def _get_weights(self):
        """{part: its weight in the program}, of those that apply to the member."""
        self.ensure_one()
        weights = {part: (self.settings or {}).get(f"weight_{part}", 0) for part in PARTS}
        return {
            part: weight for part, weight in weights.items() if weight and not self._is_blank(part)
        }

    def _get_parts(self):
        """What the page and the paper say of each part that has a weight in the program.

        :return: [{"label", "score", "weight", "points": as they are printed, "why": a sentence
            where it does not apply, else False}]; whoever is not evaluated has scores, and
            neither weights nor points, which would add up to a total
        """
        self.ensure_one()
        applied, blanks = self._get_weights(), self._get_blanks()
        whole = sum(applied.values())
        rows = []
        for part in PARTS:
            if not (self.settings or {}).get(f"weight_{part}"):
                continue
            score, weight = self[f"score_{part}"], applied.get(part)
            counts = weight and self.is_evaluated
            share = self._format_score(100 * weight / whole if counts else None)
            rows.append(
                {
                    "label": self._fields[f"score_{part}"]._description_string(self.env),
                    "score": self._format_score(score if weight else None),
                    "weight": f"{share} %" if counts else share,
                    "points": self._format_score(score * weight / whole if counts else None),
                    "why": not weight and blanks[part],
                }
            )
        return rows

    def _format_score(self, value):
        return "–" if is_blank(value) else formatLang(self.env, value, digits=2)
