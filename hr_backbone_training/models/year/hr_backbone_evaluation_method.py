# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models

from .hr_backbone_program import PARTS

WEIGHTS = tuple(f"weight_{part}" for part in PARTS)
SETTINGS = (*WEIGHTS, "missing_quarter", "is_lenient", "shrinkage")
POINTS = (
    "points_qualification",
    "points_research",
    "points_book",
    "points_suggestion",
    "points_adopted",
)
BANDS = tuple(f"backbone_grade_{grade}" for grade in "sabc")
# what a result follows from, besides the weights and rules of the run
FOLLOWED = (
    *(f"program_id.{name}" for name in (*POINTS, "adjustment_limit")),
    "program_id.line_ids.outstanding_quota",
    *(f"company_id.{name}" for name in BANDS),
)


class HrBackboneEvaluationMethod(models.AbstractModel):
    """How a year is evaluated, in sentences: on the page, and on every print."""

    _name = "hr.backbone.evaluation.method"
    _description = "How an Evaluation is computed"

    method = fields.Text(
        "How it is computed", compute="_compute_method", help="The rules, as they are printed."
    )
    method_frozen = fields.Text(
        readonly=True,
        copy=False,
        translate=True,
        help="The same sentences as they stood on the day of freezing, in each language.",
    )

    @api.depends(*SETTINGS, "settings", "method_frozen", *(f"program_id.{name}" for name in POINTS))
    @api.depends_context("lang")
    def _compute_method(self):
        for run in self:
            settings = run._get_settings() if run.state == "draft" else run.settings
            run.method = run.method_frozen or "\n".join(run._get_method(settings or {}))

    def _freeze_method(self):
        """Keep the sentences in every language: a later version of this addon, or of its
        translations, says them otherwise."""
        self.ensure_one()
        for code, _name in self.env["res.lang"].get_installed():
            run = self.with_context(lang=code)
            run._write_moved({"method_frozen": "\n".join(run._get_method(run.settings))})

    def _get_method(self, settings):
        """The rules in sentences, as they are printed with every score.

        :param dict settings: see `_get_settings`
        """
        self.ensure_one()
        rules = dict(self._fields["missing_quarter"]._description_selection(self.env))
        return [
            self.env._(
                "The total has 100 points: reports %(report)s %%, assessments %(assessment)s %%, "
                "training %(training)s %%, achievements and suggestions %(achievement)s %%, and "
                "HR's adjustment on top.",
                **{part: settings.get(f"weight_{part}") for part in PARTS},
            ),
            self.env._(
                "A report or an assessment that is missing %(rule)s.",
                rule=rules.get(settings.get("missing_quarter"), "").lower(),
            ),
            self._get_leniency_sentence(settings),
            self.env._(
                "Training is the share of the sessions attended; where results were given, the "
                "mean of the share and the results. Who was offered none is evaluated by the "
                "other parts alone."
            ),
            self.env._(
                "Achievements and suggestions, 100 points at the most: a qualification "
                "%(points_qualification)s, research or innovation %(points_research)s, a book "
                "%(points_book)s, a suggestion %(points_suggestion)s and %(points_adopted)s more "
                "if it was adopted.",
                **{name: settings.get(name) for name in POINTS},
            ),
            self.env._(
                "Equal totals are ranked by the assessments, then by the reports, then by the "
                "earlier admission; who is equal in all of these shares the rank."
            ),
        ]

    def _get_leniency_sentence(self, settings):
        if not settings.get("is_lenient"):
            return self.env._("The mentors' scores count as they were given.")
        return self.env._(
            "Each mentor's scores are shifted towards the mean of all mentors by "
            "(n − 1) ÷ (n − 1 + %(shrinkage)s) of the difference, where n is the number of "
            "members that the mentor assessed: a mentor of one member is not adjusted at all.",
            shrinkage=settings.get("shrinkage"),
        )
