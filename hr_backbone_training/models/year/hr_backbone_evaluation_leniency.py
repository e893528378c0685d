# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL, formatLang

from ...tools import rater_severity


class HrBackboneEvaluationLeniency(models.AbstractModel):
    """Leniency told from merit: how mild each mentor is follows from all that connects mentors.
    Members had two in the year, or more, and HR scored the reports of all."""

    _name = "hr.backbone.evaluation.leniency"
    _description = "Adjustment for the Leniency of Mentors"

    rater_ids = fields.One2many(
        "hr.backbone.evaluation.rater", "run_id", "Leniency of the Mentors", readonly=True
    )
    leniency_spread = fields.Json(
        readonly=True, copy=False, help="The standard deviations, in points, that were estimated."
    )

    @api.model
    def _has_libraries(self):
        """Whether the server has what the estimate needs."""
        return rater_severity.is_available()

    def _is_adjusted(self):
        """Whether scores are adjusted: it is wanted, and can be done on this server."""
        self.ensure_one()
        return self.is_lenient and self._has_libraries()

    def _estimate_raters(self, counted):
        """Estimate how mild each mentor is, anew; nobody is where it is switched off.

        :param SQL counted: see `_select_counted`
        """
        self.ensure_one()
        self.rater_ids.unlink()
        rows = self.env.execute_query(self._select_scores(counted)) if self._is_adjusted() else []
        mentors = list(dict.fromkeys(mentor for _member, mentor, *_rest in rows if mentor))
        raters, spread = self._estimate(rows, mentors) if mentors else ([], None)
        counts = Counter(mentor for _member, mentor, *_rest in rows)
        seconds = Counter(mentor for _member, mentor, *_rest, is_second in rows if is_second)
        names = {row.id: row.name for row in self.env["hr.employee"].browse(mentors)}
        self.env["hr.backbone.evaluation.rater"].create(
            [
                {
                    "run_id": self.id,
                    "mentor_id": mentor,
                    "mentor_name": names[mentor],
                    "effect": rater.effect,
                    "low": rater.low,
                    "high": rater.high,
                    "member_count": rater.members,
                    "score_count": counts[mentor],
                    "opinion_count": seconds[mentor],
                    "is_comparable": rater.is_comparable,
                }
                for mentor, rater in zip(mentors, raters, strict=True)
            ]
        )
        self._write_moved({"leniency_spread": spread})

    def _select_scores(self, counted):
        """What the estimate rests on: (member, rater, quarter, score, whether it is a second
        opinion) of each assessment and second opinion, and without a rater the score that HR gave
        a report."""
        return SQL(
            """WITH %s, submitted AS (%s)
               SELECT member_id, mentor_id, number, raw, FALSE
                 FROM submitted
                WHERE mentor_id IS NOT NULL AND raw IS NOT NULL
               UNION ALL
               SELECT o.member_id, o.rater_id, q.number, round(o.total::numeric, 2), TRUE
                 FROM hr_backbone_second_opinion o
                 JOIN quarters q ON q.id = o.quarter_id
                WHERE o.state = 'submitted' AND o.total IS NOT NULL
               UNION ALL
               SELECT member_id, NULL, number, round(score::numeric, 2), FALSE
                 FROM counted
                WHERE why IS NULL AND state = 'accepted' AND score IS NOT NULL AND %s > 0
                ORDER BY 1, 3, 2""",
            counted,
            self._select_submitted(),
            self.leniency_report_weight,
        )

    def _estimate(self, rows, mentors):
        """The arithmetic, for these scores; for other addons to replace.

        :param rows: see `_select_scores`
        :param mentors: ids of employees
        :return: (a `Rater` for each mentor, {name: standard deviation} or None)
        """
        libraries = rater_severity.load_libraries()
        array = libraries.numpy.array
        members = {member: place for place, member in enumerate({row[0]: None for row in rows})}
        places = {mentor: place for place, mentor in enumerate(mentors)}
        scores = rater_severity.Scores(
            array([members[member] for member, *_rest in rows]),
            array([places.get(mentor, -1) for _member, mentor, *_rest in rows]),
            array([number for _member, _mentor, number, *_rest in rows]),
            array([float(score) for *_rest, score, _is_second in rows]),
        )
        raters, spread = rater_severity.estimate(
            libraries, scores, self.leniency_report_weight / 100
        )
        return raters, spread and {
            name: round(value, 2) for name, value in spread._asdict().items()
        }

    # -- in words --------------------------------------------------------------------------

    def _get_leniency_sentences(self, settings):
        """How mentors' scores count, without a formula.

        :param dict settings: see `_get_settings`
        """
        if not settings.get("is_lenient"):
            return [self.env._("The mentors' scores count as they were given.")]
        if not settings.get("is_adjusted"):
            return [
                self.env._(
                    "The mentors' scores count as they were given: the server lacks the Python "
                    "package “scipy”, with which it would be estimated how mild each mentor is. "
                    "Second opinions can be read, and count for nothing."
                )
            ]
        return [
            self.env._(
                "How much milder or more severe than the others each mentor is, is estimated from "
                "the members whom somebody else scored as well: another mentor in the year, a "
                "second opinion, or HR the reports, with a weight of %(weight)s %%. Second "
                "opinions count for nothing else.",
                weight=settings.get("leniency_report_weight"),
            ),
            self.env._(
                "It is taken off each of the mentor's scores, and the less is known of a mentor, "
                "the less is taken off: who has no member in common with anybody is not adjusted."
            ),
        ]

    def _get_leniency_formula(self):
        """The same in formulas, for a page of its own; none where nothing was adjusted."""
        self.ensure_one()
        spread = self.leniency_spread
        if not spread:
            return []
        number = {name: formatLang(self.env, value, digits=2) for name, value in spread.items()}
        sentences = [
            self.env._(
                "The score of mentor or second rater r for member i in quarter q is "
                "y = m(q) + a(i) + s(r) + e. "
                "HR's score for the report of member and quarter is h = n(q) + a(i) + f. Here m "
                "and n are the means of the quarter, a is the merit of the member, s the leniency "
                "of the mentor, and e and f are chance."
            ),
            self.env._(
                "a, s, e and f are normally distributed about zero. Their standard deviations are "
                "estimated by restricted maximum likelihood (REML) from all scores of the year: "
                "merit %(merit)s, leniency %(leniency)s, chance %(chance)s points.",
                **number,
            ),
            self.env._(
                "s(r) is the best linear unbiased prediction (BLUP), to two decimals, and 0 for "
                "who is not comparable. A score counts as y − s(r), from 0 to 100."
            ),
        ]
        if self.leniency_report_weight:
            sentences.append(
                self.env._(
                    "The standard deviation of chance in HR's scores is %(office)s points; for the "
                    "prediction its square is divided by the weight of these scores, "
                    "%(weight)s %%.",
                    weight=self.leniency_report_weight,
                    **number,
                )
            )
        return sentences
