# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import timedelta
from itertools import accumulate

from odoo import models
from odoo.tools import SQL


class HrBackboneEvaluationCounted(models.AbstractModel):
    """Which quarters of a year count for whom: those that are settled, and in which the member
    was active in the pool on at least half of the working days. Nothing was owed in the others,
    so that nothing of them counts."""

    _name = "hr.backbone.evaluation.counted"
    _description = "Quarters that count in an Evaluation"

    def _select_counted(self):
        """What the parts are read from, for a WITH: `quarters` of the year, and `counted`, one row
        for each member and quarter with a report; where the quarter does not count, `why` is
        "open" (not settled yet), "away" (suspended, or not in the pool, on most of its days) or
        "excused"."""
        return SQL(
            """days AS (%(days)s), quarters AS (%(quarters)s), stretches AS (%(stretches)s),
               away AS (%(away)s), counted AS (%(counted)s)""",
            days=self._select_days(),
            quarters=self._select_quarters(),
            stretches=self._select_stretches(),
            away=self._select_away(),
            counted=self._select_each_quarter(),
        )

    def _get_quarters(self):
        return self.env["hr.backbone.quarter"].search(
            [("company_id", "=", self.company_id.id), ("year", "=", self.program_id.year)]
        )

    def _select_days(self):
        """Each day of the year, and how many working days of the company there were before it:
        the difference of two is the number of those between them."""
        if not (quarters := self._get_quarters()):
            return SQL("SELECT NULL::date AS day, 0 AS before WHERE FALSE")
        first, last = min(quarters.mapped("date_start")), max(quarters.mapped("date_end"))
        working = self.company_id._get_backbone_working_days(first, last)
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        before = list(accumulate((day in working for day in days), initial=0))
        return SQL(
            """SELECT %s::date + (place - 1)::integer AS day, before
                 FROM unnest(%s::integer[]) WITH ORDINALITY AS d (before, place)""",
            first,
            before,
        )

    def _select_quarters(self):
        return SQL(
            """SELECT q.id, q.name, q.number, q.date_start, q.date_end,
                      q.state = 'closed' AS is_closed, y.before - x.before AS days
                 FROM hr_backbone_quarter q
                 JOIN days x ON x.day = q.date_start
                 JOIN days y ON y.day = q.date_end + 1
                WHERE q.company_id = %s AND q.year = %s""",
            self.company_id.id,
            self.program_id.year,
        )

    def _select_stretches(self):
        """When members were not active: before they were admitted, while suspended, and after
        they left until they were back. On the day of a movement the new state holds."""
        return SQL(
            """SELECT member_id, kind, gone, back FROM (%(away)s) g
               UNION ALL
               SELECT m.id, 'admitted', '-infinity', LEAST(m.date_admitted, g.first)
                 FROM hr_backbone_member m
                 LEFT JOIN (SELECT member_id, min(date) AS first FROM hr_backbone_movement
                             WHERE company_id = %(company)s GROUP BY member_id) g
                        ON g.member_id = m.id
                WHERE m.company_id = %(company)s
                  AND LEAST(m.date_admitted, g.first) > (SELECT min(date_start) FROM quarters)""",
            company=self.company_id.id,
            away=self.env["hr.backbone.movement"]._select_times_away(self.company_id),
        )

    def _select_away(self):
        """On how many working days of a quarter a member was not active, and what the longest of
        these times was: of which `kind`, `since` when; a time before the admission has the day of
        that."""
        return SQL(
            """SELECT s.member_id, q.id AS quarter_id, sum(y.before - x.before) AS days,
                      (array_agg(s.kind ORDER BY y.before - x.before DESC, s.gone))[1] AS kind,
                      (array_agg(CASE WHEN s.kind = 'admitted' THEN s.back ELSE s.gone END
                                 ORDER BY y.before - x.before DESC, s.gone))[1] AS since
                 FROM stretches s
                 JOIN quarters q ON s.gone <= q.date_end AND s.back > q.date_start
                 JOIN days x ON x.day = GREATEST(s.gone, q.date_start)
                 JOIN days y ON y.day = LEAST(s.back, q.date_end + 1)
                GROUP BY s.member_id, q.id"""
        )

    def _select_each_quarter(self):
        return SQL(
            """SELECT *, CASE WHEN NOT is_settled THEN 'open'
                              WHEN 2 * active < days THEN 'away'
                              WHEN state = 'draft' AND NOT is_owed_by_hr
                                   THEN 'excused' END AS why
                 FROM (SELECT r.id, r.member_id, r.quarter_id, r.state, r.score, r.is_late,
                              COALESCE(r.is_owed_by_hr, FALSE) AS is_owed_by_hr,
                              q.name, q.number, q.days, q.days - COALESCE(w.days, 0) AS active,
                              w.kind AS away, w.since,
                              q.is_closed OR COALESCE(r.is_closed, FALSE)
                                  OR r.state IN ('accepted', 'missed') AS is_settled
                         FROM hr_backbone_report r
                         JOIN quarters q ON q.id = r.quarter_id
                         LEFT JOIN away w
                                ON w.member_id = r.member_id AND w.quarter_id = r.quarter_id) e"""
        )
