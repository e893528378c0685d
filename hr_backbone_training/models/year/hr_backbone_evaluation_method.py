# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models

from .hr_backbone_program import PARTS, WEIGHTS

SETTINGS = (*WEIGHTS, "missing_quarter", "is_lenient", "leniency_report_weight")
POINTS = (
    "points_qualification",
    "points_research",
    "points_book",
    "points_suggestion",
    "points_adopted",
)
BANDS = tuple(f"backbone_grade_{grade}" for grade in "sabc")
# below these nobody is evaluated
LEAST = ("backbone_least_quarters", "backbone_least_weight")
# what a result follows from, besides the weights and rules of the run
FOLLOWED = (
    *(f"program_id.{name}" for name in (*POINTS, "adjustment_limit")),
    "program_id.outstanding_grade",
    "program_id.line_ids.outstanding_quota",
    *(f"company_id.{name}" for name in (*BANDS, *LEAST)),
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

    @api.depends(
        *SETTINGS,
        "settings",
        "leniency_spread",
        "method_frozen",
        *(f"program_id.{name}" for name in POINTS),
    )
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
        sentences = [
            *self._get_total_sentences(settings),
            self._get_report_sentence(settings),
            self.env._(
                "Assessments are the mean of those that were written in the quarters that count. "
                "One that a mentor did not write, or that no mentor owed, is left out."
            ),
            *self._get_leniency_sentences(settings),
            *self._get_offer_sentences(settings),
            self.env._(
                "Equal totals are ranked by the assessments, then by the reports, then by the "
                "earlier admission; who has none of them comes after who has; who is equal in all "
                "of these shares the rank."
            ),
        ]
        return [sentence for sentence in sentences if sentence]

    def _get_total_sentences(self, settings):
        """What the total is made of, and for whom there is one."""
        quarters, weight = (settings.get(name, 0) for name in LEAST)
        return [
            self.env._(
                "The total has 100 points: reports %(report)s %%, assessments %(assessment)s %%, "
                "training %(training)s %%, achievements and suggestions %(achievement)s %%, "
                "rotation %(rotation)s %%, progress of the plan %(plan)s %%, and HR's adjustment "
                "on top. The score of each part has two decimals, and so has the total.",
                **{part: settings.get(f"weight_{part}", 0) for part in PARTS},
            ),
            self.env._(
                "A part in which there was nothing to score does not apply: the others carry its "
                "weight, each in proportion to its own."
            ),
            self.env._(
                "A quarter counts if it is settled, if its report was not excused, and if the "
                "member was active in the pool on at least half of the company's working days in "
                "it. Nothing was owed in another one, and its report and assessment do not count."
            ),
            self.env._(
                "Members are not evaluated, and have no total, rank, grade or recommendation, if "
                "fewer than %(quarters)s quarters count for them, or if the parts that apply have "
                "less than %(weight)s %% of the weight.",
                quarters=quarters,
                weight=weight,
            ),
            *self._get_outstanding_sentences(settings),
        ]

    def _get_outstanding_sentences(self, settings):
        if not settings.get("outstanding_grade"):
            # frozen before there was a least grade
            return []
        return [
            self.env._(
                "The first in rank are named outstanding, as many as the program has places for in "
                "the echelon, and nobody below grade %(grade)s. Equals who share the last place "
                "share it: all of them are named, though they are more than the places. HR may "
                "decline a name with a reason; its place then stays empty, or goes to the next in "
                "rank, as HR says.",
                grade=settings["outstanding_grade"],
            )
        ]

    def _get_report_sentence(self, settings):
        rules = {
            "zero": self.env._(
                "Reports are the mean of HR's scores in the quarters that count, where a report "
                "that was owed and never submitted counts as zero."
            ),
            "half": self.env._(
                "Reports are the mean of HR's scores in the quarters that count, where a report "
                "that was owed and never submitted counts as half of the mean of the others; "
                "without any other, as zero."
            ),
            "skip": self.env._(
                "Reports are the mean of HR's scores in the quarters that count, and a report that "
                "was owed and never submitted is left out; without any other, they are zero."
            ),
        }
        if not (rule := rules.get(settings.get("missing_quarter"))):
            return False
        left_out = self.env._(
            "One that HR has not accepted, or did not hand in for a member without a login, is "
            "left out."
        )
        return f"{rule} {left_out}"

    def _get_offer_sentences(self, settings):
        """Of the parts that are offered to the member, or are the member's own."""
        sentences = [
            self.env._(
                "Training is the share that the member attended of the sessions that began in the "
                "year, of those attended or missed: an invitation that was declined or cancelled "
                "does not count, nor does the waiting list. A session is missed only by who was "
                "invited before it began, had a seat or could have taken one, and was not "
                "suspended on any day of it. Where results were given, it is the mean of this "
                "share and the mean of the results."
            ),
            self.env._(
                "Achievements and suggestions, 100 points at the most: a qualification "
                "%(points_qualification)s, research or innovation %(points_research)s, a book "
                "%(points_book)s, a suggestion %(points_suggestion)s and %(points_adopted)s more "
                "if it was adopted. They belong to the year in which they were handed in, and "
                "count once they are verified or answered, on whatever day.",
                **{name: settings.get(name) for name in POINTS},
            ),
        ]
        if settings.get("weight_rotation"):
            sentences.append(
                self.env._(
                    "Rotation is the mean of the hosts' scores of the finished rotations whose "
                    "last day was in the year."
                )
            )
        if settings.get("weight_plan"):
            sentences.append(
                self.env._(
                    "Progress of the plan is the mean progress, on the last day of the year, of "
                    "the actions that were due by then, in the plan that was in force then."
                )
            )
        return sentences
