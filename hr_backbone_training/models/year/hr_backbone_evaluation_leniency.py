# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL, formatLang

from ...tools import rater_severity


class HrBackboneEvaluationLeniency(models.AbstractModel):
    """Leniency told from merit: how mild each mentor is follows from all that connects mentors.
    Members had two in the year, or more, and HR scored the reports of all. What may be chance is
    not taken off, see `tools/rater_severity.py`."""

    _name = "hr.backbone.evaluation.leniency"
    _description = "Adjustment for the Leniency of Mentors"

    rater_ids = fields.One2many(
        "hr.backbone.evaluation.rater", "run_id", "Leniency of the Mentors", readonly=True
    )
    leniency_spread = fields.Json(
        readonly=True,
        copy=False,
        help="The standard deviations, in points, that were estimated, and how far HR's scores "
        "were used; nothing where nobody was adjusted.",
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
                    "why_not": rater.why,
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
                  AND NOT COALESCE(o.is_corrected, FALSE)
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
            libraries,
            scores,
            self.leniency_report_weight / 100,
            counting=array([not is_second for *_rest, is_second in rows]),
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
                "second opinion, or HR the reports, with a weight of %(weight)s %% and as far as "
                "HR's scores tell the members apart as those of the mentors do. Second opinions "
                "count for nothing else.",
                weight=settings.get("leniency_report_weight"),
            ),
            self.env._(
                "It is taken off each of the mentor's scores, and the less is known of a mentor, "
                "the less is taken off: nothing where nobody else scored the members, where only "
                "HR did and its scores do not tell them apart, or where fewer than three raters "
                "can be compared."
            ),
            *self._get_unadjusted_sentences(),
        ]

    def _get_unadjusted_sentences(self):
        """That it was estimated, and nothing came of it."""
        if self.leniency_spread or not (self.settings or {}).get("is_adjusted"):
            return []
        return [
            self.env._(
                "In this evaluation the mentors' scores count as they were given: nothing shows "
                "how mild the mentors are."
            )
        ]

    def _get_leniency_formula(self):
        """The same in formulas, for a page of its own; none where nothing was adjusted."""
        self.ensure_one()
        spread = self.leniency_spread
        if "share" not in (spread or {}):
            return []
        assumed = rater_severity.ASSUMED
        numbers = {
            **spread,
            "assumed_leniency": assumed.leniency,
            "leniency_deviation": assumed.leniency_deviation,
            "assumed_chance": assumed.chance,
            "chance_deviation": assumed.chance_deviation,
            "least_gain": rater_severity.LEAST_GAIN,
            "least_kept": rater_severity.LEAST_KEPT,
        }
        number = {name: formatLang(self.env, value, digits=2) for name, value in numbers.items()}
        return [
            self.env._(
                "The score of mentor or second rater r for member i in quarter q is y = m(q) + "
                "a(i) + s(r) + e. HR's score for the report of member and quarter is h = n(q) + "
                "l · a(i) + b(i) + f. Here m and n are the means of the quarter, a is the merit "
                "of the member, s the leniency of the mentor, l says how strongly HR's scores "
                "follow the merit, b is what HR holds of the member beside it, and e and f are "
                "chance."
            ),
            self.env._(
                "a, s, b, e and f are normally distributed about zero. Their standard deviations "
                "are estimated by restricted maximum likelihood (REML) from all scores of the "
                "year: merit %(merit)s, leniency %(leniency)s, chance %(chance)s points. A penalty "
                "on the likelihood says what is assumed beforehand: the variance of leniency is "
                "%(assumed_leniency)s times that of merit, with a standard deviation of "
                "%(leniency_deviation)s of its logarithm, and that of chance %(assumed_chance)s "
                "times, with one of %(chance_deviation)s.",
                **number,
            ),
            *self._get_office_formula(number),
            self.env._(
                "s(r) is the best linear unbiased prediction (BLUP) with each a(i) an unknown "
                "constant, so that nothing tells but the differences between scores of the same "
                "member. It is multiplied by %(factor)s, so that at least %(least_kept)s of the "
                "standard deviation between the means of members stays, has two decimals, and is "
                "0 for who is not comparable. A score counts as y − s(r), from 0 to 100.",
                **number,
            ),
        ]

    def _get_office_formula(self, number):
        """How HR's scores were used.

        :param dict number: what is printed, by name
        """
        if not self.leniency_report_weight:
            return []
        if not self.leniency_spread["share"]:
            return [
                self.env._(
                    "HR's scores were not used: there are none, or they do not tell the members "
                    "apart as those of the mentors do. With l, twice the logarithm of the "
                    "likelihood does not rise by more than %(least_gain)s, which chance may do.",
                    **number,
                )
            ]
        return [
            self.env._(
                "l is %(loading)s, and b and f have standard deviations of %(opinion)s and "
                "%(office)s points; for the prediction their squares are divided by the weight of "
                "HR's scores, %(weight)s %%. The prediction with these scores has a share of "
                "%(share)s, the one without them the rest: the share is 1 − %(least_gain)s ÷ g, "
                "where twice the logarithm of the likelihood rises by g with l.",
                weight=self.leniency_report_weight,
                **number,
            )
        ]
