# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import json

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, groupby

from ..core.public import public
from ..core.words import get_written_lang
from .hr_backbone_program import PARTS

# exit is recommended after so many settled quarters, and not before
EXIT_QUARTERS = 4

# the reports, with what is missing by the rule of the settings; none where none was owed
REPORTS = """
    CASE WHEN r.owed = 0 THEN NULL
         WHEN r.given = 0 THEN 0
         WHEN %(rule)s = 'skip' THEN r.mean
         WHEN %(rule)s = 'half'
             THEN (r.mean * r.given + r.mean / 2 * (r.owed - r.given)) / r.owed
         ELSE r.mean * r.given / r.owed
    END
"""


class HrBackboneEvaluationRun(models.Model):
    """The computation, set-based: whatever the number of members, the same few statements."""

    _inherit = "hr.backbone.evaluation.run"

    @public()
    def action_compute(self):
        """Compute all members of the program, or compute them again; HR's adjustments stay."""
        self.check_access("write")
        self._check_not_involved()
        for run in self:
            if run.state != "draft":
                raise UserError(
                    self.env._("A frozen evaluation never changes: start a correction from it.")
                )
            # sudo: HR's right to write the run is checked above
            run.sudo()._compute_evaluations()
        return True

    def _compute_evaluations(self):
        self.ensure_one()
        self._lock_for_move()
        self.env.flush_all()
        counted = self._select_counted()
        self._estimate_raters(counted)
        self.env.flush_all()
        self.env.cr.execute(self._select_upsert(counted))
        self.env.cr.execute(
            SQL(
                "DELETE FROM hr_backbone_evaluation WHERE run_id = %s AND settings IS NULL",
                self.id,
            )
        )
        self._forget_evaluations()
        self._write_moved(
            {
                "date_computed": fields.Datetime.now(),
                "settings": self._get_settings(),
                "input_hash": self._get_input_hash(counted),
            }
        )
        self._compute_totals()

    def _get_year(self):
        """(first day, last day) of the fiscal year of the program."""
        return self.program_id._get_year_dates()

    # -- the parts -----------------------------------------------------------------------

    def _select_reports(self):
        """What the member owed, and handed in: what HR has not accepted is HR's to do."""
        return SQL(
            """SELECT member_id, count(*) FILTER (WHERE why IS NULL) AS quarters,
                      count(*) FILTER (WHERE why IS NULL AND state IN ('accepted', 'missed'))
                          AS owed,
                      count(*) FILTER (WHERE why IS NULL AND state = 'accepted') AS given,
                      avg(score::numeric) FILTER (WHERE why IS NULL AND state = 'accepted')
                          AS mean
                 FROM counted
                GROUP BY member_id"""
        )

    def _select_submitted(self):
        """Each submitted assessment of the quarters of the year, as its mentor scored."""
        return SQL(
            """SELECT a.id, a.member_id, a.mentor_id, q.number, round(a.total::numeric, 2) AS raw
                 FROM hr_backbone_assessment a
                 JOIN quarters q ON q.id = a.quarter_id
                WHERE a.state = 'submitted'"""
        )

    def _select_given(self):
        """Each submitted assessment, raw and adjusted for how mild its mentor is."""
        return SQL(
            """SELECT g.id, g.member_id, g.raw,
                      GREATEST(0, LEAST(100, g.raw - COALESCE(r.effect, 0))) AS adjusted
                 FROM submitted g
                 LEFT JOIN hr_backbone_evaluation_rater r
                        ON r.run_id = %s AND r.mentor_id = g.mentor_id""",
            self.id,
        )

    def _select_assessments(self):
        """The mean is of those that were written: it is the mentor who owes the others."""
        return SQL(
            """SELECT a.member_id, count(*) FILTER (WHERE a.state = 'missed') AS missing,
                      avg(g.raw) AS mean_raw, avg(g.adjusted) AS mean_adjusted
                 FROM hr_backbone_assessment a
                 JOIN counted c ON c.quarter_id = a.quarter_id AND c.member_id = a.member_id
                      AND c.why IS NULL
                 LEFT JOIN given g ON g.id = a.id
                GROUP BY a.member_id"""
        )

    def _select_detail(self):
        """What is printed of each quarter."""
        return SQL(
            """SELECT c.member_id,
                      jsonb_agg(jsonb_build_object(
                          'quarter', c.name, 'why', c.why, 'active', c.active, 'days', c.days,
                          'away', c.away, 'since', c.since,
                          'report', CASE WHEN c.state = 'accepted'
                                         THEN round(c.score::numeric, 2) END,
                          'report_state', CASE WHEN c.state = 'draft' AND c.is_owed_by_hr
                                               THEN 'lapsed' ELSE c.state END,
                          'report_late', c.is_late,
                          'raw', g.raw, 'adjusted', g.adjusted, 'grade', a.grade,
                          'assessment_state', COALESCE(a.state, 'none'),
                          'assessment_late', a.is_late,
                          'mentor', e.name) ORDER BY c.number) AS quarters
                 FROM counted c
                 LEFT JOIN hr_backbone_assessment a
                        ON a.quarter_id = c.quarter_id AND a.member_id = c.member_id
                 LEFT JOIN given g ON g.id = a.id
                 LEFT JOIN hr_employee e ON e.id = a.mentor_id
                GROUP BY c.member_id"""
        )

    def _select_trainings(self):
        """The share that was attended of the sessions that were offered and not declined, and the
        mean of it and of the results."""
        first, last = self._get_year()
        return SQL(
            """SELECT p.member_id,
                      count(*) FILTER (WHERE p.state = 'attended') AS attended,
                      count(*) AS offered,
                      100.0 * count(*) FILTER (WHERE p.state = 'attended') / count(*) AS rate,
                      avg(p.score::numeric) FILTER (WHERE p.state = 'attended') AS result,
                      COALESCE(sum(p.hours) FILTER (WHERE p.state = 'attended'), 0) AS hours
                 FROM (%s) p
                WHERE p.company_id = %s AND p.state IN ('attended', 'absent')
                  AND p.day_start BETWEEN %s AND %s
                GROUP BY p.member_id""",
            self.env["hr.backbone.member"]._select_offered_sessions(),
            self.company_id.id,
            first,
            last,
        )

    def _select_works(self):
        """How many of each kind there are, see `_select_each_work`."""
        return SQL(
            """SELECT member_id,
                      count(*) FILTER (WHERE kind = 'qualification') AS qualification,
                      count(*) FILTER (WHERE kind = 'research') AS research,
                      count(*) FILTER (WHERE kind = 'book') AS book,
                      count(*) FILTER (WHERE kind IN ('declined', 'adopted')) AS suggestion,
                      count(*) FILTER (WHERE kind = 'adopted') AS adopted
                 FROM (%s) w
                GROUP BY member_id""",
            self._select_each_work(),
        )

    def _select_each_work(self):
        """The achievements and suggestions that were handed in in the year and have been verified
        and answered, on whatever day: that is not the member's to do."""
        first, last = self._get_year()
        return SQL(
            """SELECT id, member_id, kind
                 FROM (SELECT id, member_id, kind, COALESCE(date_submitted, date_verified) AS day
                         FROM hr_backbone_achievement
                        WHERE company_id = %(company)s AND state = 'verified'
                       UNION ALL
                       SELECT id, member_id, state, COALESCE(date_submitted, date_decided)
                         FROM hr_backbone_suggestion
                        WHERE company_id = %(company)s AND state IN ('adopted', 'declined')) w
                WHERE day BETWEEN %(first)s AND %(last)s""",
            company=self.company_id.id,
            first=first,
            last=last,
        )

    def _select_rotations(self):
        """The hosts' scores of the rotations that ended in the year."""
        first, last = self._get_year()
        return SQL(
            """SELECT member_id, count(*) AS finished, avg(score::numeric) AS mean
                 FROM hr_backbone_rotation
                WHERE company_id = %s AND state = 'done' AND date_end BETWEEN %s AND %s
                  AND date_scored IS NOT NULL AND score IS NOT NULL
                GROUP BY member_id""",
            self.company_id.id,
            first,
            last,
        )

    def _select_plans(self):
        """How far, on the last day of the year, the actions were that were due by then, of the
        plan that was in force then."""
        return SQL(
            """SELECT p.employee_id, count(*) AS due,
                      avg(COALESCE(g.progress_from, l.progress)::numeric) AS mean
                 FROM (SELECT DISTINCT ON (employee_id) id, employee_id
                         FROM hr_backbone_plan
                        WHERE company_id = %(company)s
                          AND (state = 'active'
                               OR state = 'closed' AND date_activated IS NOT NULL)
                          AND COALESCE(date_activated, '-infinity') <= %(last)s
                        ORDER BY employee_id, date_activated DESC NULLS LAST, id DESC) p
                 JOIN hr_backbone_plan_line l ON l.plan_id = p.id AND l.date_due <= %(last)s
                 LEFT JOIN (SELECT DISTINCT ON (plan_line_id) plan_line_id, progress_from
                              FROM hr_backbone_plan_progress
                             WHERE company_id = %(company)s AND date > %(last)s
                             ORDER BY plan_line_id, date) g ON g.plan_line_id = l.id
                GROUP BY p.employee_id""",
            company=self.company_id.id,
            last=self._get_year()[1],
        )

    # -- the row of each member ------------------------------------------------------------

    def _prepare_evaluation_columns(self):
        """What the row of a member says: `m` is the member, `n` the echelon, `e` the employee, `v`
        its version, `d` and `j` department and job, `r`, `a`, `t`, `w`, `o`, `p` and `x` the
        reports, assessments, trainings, works, rotations, plan and quarters of the year; for other
        addons to extend.

        :return: {field: SQL}
        """
        return {
            "run_id": SQL("%s", self.id),
            "state": SQL("'draft'"),
            **self._prepare_person_columns(),
            **self._prepare_score_columns(),
            "settings": SQL("%s::jsonb", json.dumps(self._get_settings())),
            "create_uid": SQL("%s", self.env.uid),
            "create_date": SQL("now() AT TIME ZONE 'UTC'"),
            "write_uid": SQL("%s", self.env.uid),
            "write_date": SQL("now() AT TIME ZONE 'UTC'"),
        }

    def _prepare_person_columns(self):
        """Whose row it is, as it stands today."""
        program = self.program_id
        return {
            "program_id": SQL("%s", program.id),
            "member_id": SQL("m.id"),
            "employee_id": SQL("m.employee_id"),
            "company_id": SQL("m.company_id"),
            "echelon_id": SQL("n.id"),
            "echelon_level": SQL("n.level"),
            "employee_name": SQL("e.name"),
            "department_id": SQL("v.department_id"),
            "job_id": SQL("v.job_id"),
            "rank_id": SQL("j.backbone_rank_id"),
            "department_name": self._select_name("d"),
            "job_name": self._select_name("j"),
            "echelon_name": self._select_name("n"),
            "company_name": SQL("%s", self.company_id.name),
            "program_name": SQL("%s", program.name),
            "date_admitted": SQL("m.date_admitted"),
        }

    def _prepare_score_columns(self):
        """The parts of the score, and what they are made of."""
        points = self._select_points()
        return {
            "settled_quarters": SQL("r.quarters"),
            # no score where there was nothing to score: neither a total nor a mean counts it
            "score_report": SQL("round(%s, 2)", SQL(REPORTS, rule=self.missing_quarter)),
            "score_assessment_raw": SQL("round(a.mean_raw, 2)"),
            "score_assessment": SQL("round(a.mean_adjusted, 2)"),
            "has_training": SQL("t.offered IS NOT NULL"),
            "score_training": SQL("round((t.rate + COALESCE(t.result, t.rate)) / 2, 2)"),
            "score_achievement": SQL("LEAST(100, %s)", points),
            "score_rotation": SQL("round(o.mean, 2)"),
            "score_plan": SQL("round(p.mean, 2)"),
            "missing_reports": SQL("r.owed - r.given"),
            "missing_assessments": SQL("COALESCE(a.missing, 0)"),
            "training_hours": SQL("COALESCE(t.hours, 0)"),
            "quarters": SQL("x.quarters"),
            "works": SQL(
                """jsonb_build_object(
                    'qualification', COALESCE(w.qualification, 0),
                    'research', COALESCE(w.research, 0), 'book', COALESCE(w.book, 0),
                    'suggestion', COALESCE(w.suggestion, 0), 'adopted', COALESCE(w.adopted, 0),
                    'attended', COALESCE(t.attended, 0), 'offered', COALESCE(t.offered, 0),
                    'result', round(t.result, 2), 'rotation', COALESCE(o.finished, 0),
                    'action', COALESCE(p.due, 0), 'points', %s)""",
                points,
            ),
        }

    def _select_points(self):
        """The points of personal promotion, by what the program gives for each."""
        program = self.program_id
        return SQL(
            """(COALESCE(w.qualification, 0) * %(qualification)s
                + COALESCE(w.research, 0) * %(research)s + COALESCE(w.book, 0) * %(book)s
                + COALESCE(w.suggestion, 0) * %(suggestion)s
                + COALESCE(w.adopted, 0) * %(adopted)s)""",
            qualification=program.points_qualification,
            research=program.points_research,
            book=program.points_book,
            suggestion=program.points_suggestion,
            adopted=program.points_adopted,
        )

    def _select_upsert(self, counted):
        """One row for each member who owed anything in the year and is still in the pool. A
        correction has the members of the version that it corrects and no others, each in the
        echelon of then: what was decided after it must not change who is compared with whom."""
        columns = self._prepare_evaluation_columns()
        kept = {"run_id", "member_id", "create_uid", "create_date"}
        return SQL(
            """WITH %(sources)s
               INSERT INTO hr_backbone_evaluation (%(names)s)
               SELECT %(values)s
                 FROM (%(reports)s) r
                 JOIN hr_backbone_member m ON m.id = r.member_id
                 LEFT JOIN known k ON k.member_id = m.id
                 JOIN hr_backbone_echelon n ON n.id = COALESCE(k.echelon_id, m.echelon_id)
                 JOIN hr_employee e ON e.id = m.employee_id
                 LEFT JOIN hr_version v ON v.id = e.current_version_id
                 LEFT JOIN hr_department d ON d.id = v.department_id
                 LEFT JOIN hr_job j ON j.id = v.job_id
                 LEFT JOIN (%(assessments)s) a ON a.member_id = m.id
                 LEFT JOIN x ON x.member_id = m.id
                 LEFT JOIN (%(trainings)s) t ON t.member_id = m.id
                 LEFT JOIN (%(works)s) w ON w.member_id = m.id
                 LEFT JOIN (%(rotations)s) o ON o.member_id = m.id
                 LEFT JOIN (%(plans)s) p ON p.employee_id = m.employee_id
                WHERE m.state != 'exited' AND %(previous)s = 0 OR k.member_id IS NOT NULL
               ON CONFLICT (run_id, member_id) DO UPDATE SET %(updates)s""",
            sources=self._select_sources(counted),
            previous=self.previous_id.id or 0,
            names=SQL(", ").join(SQL.identifier(name) for name in columns),
            values=SQL(", ").join(columns.values()),
            reports=self._select_reports(),
            assessments=self._select_assessments(),
            trainings=self._select_trainings(),
            works=self._select_works(),
            rotations=self._select_rotations(),
            plans=self._select_plans(),
            updates=SQL(", ").join(
                SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
                for name in columns
                if name not in kept
            ),
        )

    def _select_sources(self, counted):
        """What the rows are read from; and the rows of who is no longer in it lose their
        settings, by which they are removed."""
        return SQL(
            """%(counted)s,
               known AS (SELECT member_id, echelon_id FROM hr_backbone_evaluation
                          WHERE run_id = %(previous)s),
               forgotten AS (UPDATE hr_backbone_evaluation SET settings = NULL
                              WHERE run_id = %(run)s AND member_id NOT IN (
                                  SELECT r.member_id FROM hr_backbone_report r
                                    JOIN quarters q ON q.id = r.quarter_id
                                    JOIN hr_backbone_member m ON m.id = r.member_id
                                   WHERE m.state != 'exited' AND %(previous)s = 0
                                  UNION ALL SELECT member_id FROM known)),
               submitted AS (%(submitted)s),
               given AS (%(given)s),
               x AS (%(detail)s)""",
            counted=counted,
            run=self.id,
            previous=self.previous_id.id or 0,
            submitted=self._select_submitted(),
            given=self._select_given(),
            detail=self._select_detail(),
        )

    def _select_name(self, alias):
        """A translated name in the company's language."""
        return SQL(
            "COALESCE(%(name)s->>%(lang)s, %(name)s->>'en_US')",
            name=SQL.identifier(alias, "name"),
            lang=get_written_lang(self),
        )

    # -- total, rank, the outstanding --------------------------------------------------------

    def _compute_totals(self):
        """Total, grade, rank in the echelon, the outstanding and what is recommended, from the
        stored parts. Only what differs is written: one adjustment changes few rows of ten
        thousand."""
        self.ensure_one()
        self.env.flush_all()
        # thousands of rows of which the planner knows nothing yet: it would compare each with each
        self.env.cr.execute("SET LOCAL enable_nestloop = off")
        self.env.cr.execute(
            SQL(
                """WITH totals AS (%s), results AS (%s)
                   UPDATE hr_backbone_evaluation e
                      SET base = t.base, total = t.total, is_evaluated = t.is_evaluated,
                          not_evaluated_reason = t.why, rank = t.place, rank_count = t.places,
                          is_outstanding = t.named, grade = t.grade,
                          recommendation = t.recommendation, ready_echelon_id = NULL,
                          held_back = NULL
                     FROM (SELECT t.id, t.is_evaluated, t.why, t.base, t.total, r.place, r.places,
                                  r.grade, r.recommendation, COALESCE(r.named, FALSE) AS named
                             FROM totals t
                             LEFT JOIN (SELECT *, %s AS recommendation FROM results) r
                                    ON r.id = t.id) t
                    WHERE t.id = e.id
                      AND (e.base, e.total, e.is_evaluated, e.not_evaluated_reason, e.rank,
                           e.rank_count, e.is_outstanding, e.grade, e.recommendation,
                           e.ready_echelon_id)
                          IS DISTINCT FROM (t.base, t.total, t.is_evaluated, t.why, t.place,
                                            t.places, t.named, t.grade, t.recommendation,
                                            NULL::integer)""",
                self._select_totals(),
                self._select_results(),
                self._select_recommendation(),
            )
        )
        self.env.cr.execute("SET LOCAL enable_nestloop = on")
        self._forget_evaluations()
        self._hold_promotions()

    def _select_recommendation(self):
        """What the result suggests: exit only after a whole year; whether there is a way up,
        `_hold_promotions` asks."""
        return SQL(
            """CASE WHEN named AND echelon_level > 1 THEN 'promote'
                    WHEN grade = 'D' AND settled_quarters >= %s THEN 'exit'
                    ELSE 'keep' END""",
            EXIT_QUARTERS,
        )

    def _hold_promotions(self):
        """Of those whom the result would promote, who is outside the scope of the echelon above,
        or finds no place there, is kept, and is ready for it."""
        rows = self.env["hr.backbone.evaluation"].search(
            [("run_id", "=", self.id), ("recommendation", "=", "promote")]
        )
        found = self._get_promotions(rows)
        for (recommendation, echelon_id, held), same in groupby(rows, found.get):
            rows.browse().concat(*same).write(
                {
                    "recommendation": recommendation,
                    "ready_echelon_id": echelon_id,
                    "held_back": held,
                }
            )

    def _get_promotions(self, rows):
        """What is recommended today for these, whom the result would promote.

        :return: {evaluation: (recommendation, id of the echelon above, why not promoted)}
        """
        rows = rows.sorted(lambda row: (-row.total, row.rank, row.id))
        above = rows._get_echelons_above()
        scope = self.env["hr.backbone.member"]._get_scope_reasons(rows._get_tries(above))
        left = {
            echelon: quota - taken
            for echelon, (quota, taken) in self.program_id._count_places().items()
        }
        found = {}
        for row in rows:
            echelon = above[row]
            held = next(iter(scope.get(row, ())), False)
            # who is there by now has a place
            is_there = row.member_id.echelon_id == echelon and row.member_id.state != "exited"
            if not held and not is_there:
                if left.get(echelon, 0) <= 0:
                    held = "quota"
                else:
                    left[echelon] -= 1
            kept = held or not echelon
            found[row] = ("keep" if kept else "promote", echelon.id, bool(echelon) and held)
        return found

    def _has_other_promotions(self):
        """Whether places, scopes, ranks or tenure are such that what was recommended would be
        something else today: to whoever reads the rows."""
        rows = self.env["hr.backbone.evaluation"].search(
            [("run_id", "=", self.id), ("is_outstanding", "=", True), ("echelon_level", ">", 1)]
        )
        return any(
            (row.recommendation, row.ready_echelon_id.id, row.held_back) != recommended
            for row, recommended in self._get_promotions(rows).items()
        )

    def _select_totals(self):
        """The weighted mean of the parts that a member has, and with HR's adjustment; none where
        the member is not evaluated, and `why`: too few quarters, or too little weight is left."""
        parts = [(self[f"weight_{part}"], SQL.identifier("e", f"score_{part}")) for part in PARTS]
        points = (SQL("COALESCE(%s * %s, 0)", weight, score) for weight, score in parts)
        weights = (
            SQL("CASE WHEN %s IS NULL THEN 0 ELSE %s END", score, weight) for weight, score in parts
        )
        company = self.company_id
        return SQL(
            """SELECT *, why IS NULL AS is_evaluated,
                      CASE WHEN why IS NULL THEN GREATEST(0, LEAST(100, base + adjustment)) END
                          AS total
                 FROM (SELECT *, CASE WHEN why IS NULL THEN round(points / weight, 2) END AS base
                         FROM (SELECT *, CASE WHEN settled_quarters < %(quarters)s THEN 'quarters'
                                              WHEN weight < %(weight)s THEN 'weight' END AS why
                                 FROM (SELECT e.id, e.echelon_id, e.echelon_level,
                                              e.score_assessment, e.score_report, e.date_admitted,
                                              e.settled_quarters,
                                              COALESCE(e.is_declined, FALSE) AS is_declined,
                                              e.decline_place IS NOT DISTINCT FROM 'next'
                                                  AS to_next,
                                              COALESCE(round(e.adjustment, 2), 0) AS adjustment,
                                              %(sum)s AS points, %(whole)s AS weight
                                         FROM hr_backbone_evaluation e
                                        WHERE e.run_id = %(run)s) s) w) b""",
            quarters=company.backbone_least_quarters,
            weight=company.backbone_least_weight,
            sum=SQL(" + ").join(points),
            whole=SQL(" + ").join(weights),
            run=self.id,
        )

    def _select_results(self):
        """Of the totals, the place in the echelon, who is named outstanding, and the grade; none
        of it for who is not evaluated. A name that HR has declined keeps its place, unless HR says
        that the next one gets it."""
        company, program = self.company_id, self.program_id
        bands = company._backbone_bands()
        order = SQL(
            "total DESC, score_assessment DESC NULLS LAST, score_report DESC NULLS LAST, "
            "date_admitted"
        )
        return SQL(
            """SELECT r.*, NOT r.is_declined AND r.total >= %(least)s
                           AND r.seat <= COALESCE(l.outstanding_quota, 0) AS named,
                      CASE WHEN r.total >= %(s)s THEN 'S' WHEN r.total >= %(a)s THEN 'A'
                           WHEN r.total >= %(b)s THEN 'B' WHEN r.total >= %(c)s THEN 'C'
                           ELSE 'D' END AS grade
                 FROM (SELECT id, base, total, echelon_id, echelon_level, is_declined,
                              settled_quarters,
                              rank() OVER (PARTITION BY echelon_id ORDER BY %(order)s) AS place,
                              count(*) OVER (PARTITION BY echelon_id) AS places,
                              rank() OVER (PARTITION BY echelon_id, is_declined AND to_next
                                               ORDER BY %(order)s) AS seat
                         FROM totals WHERE is_evaluated) r
                 LEFT JOIN hr_backbone_program_line l
                        ON l.program_id = %(program)s AND l.echelon_id = r.echelon_id""",
            order=order,
            least=bands.get(program.outstanding_grade, 0),
            program=program.id,
            **{grade.lower(): points for grade, points in bands.items()},
        )

    def _forget_evaluations(self):
        """The rows were changed by SQL, and nothing waits to be written: read them anew."""
        self.env["hr.backbone.evaluation"].invalidate_model(flush=False)
        self.invalidate_recordset(flush=False)

    # -- frozen ------------------------------------------------------------------------
