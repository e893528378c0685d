# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import json
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..core.public import public
from ..core.words import get_written_lang
from .hr_backbone_program import PARTS

# a score that is not there, by the rule of the settings: mean, how many are given, how many owed
MISSING = """
    CASE WHEN COALESCE(%(given)s, 0) = 0 THEN 0
         WHEN %(rule)s = 'skip' THEN %(mean)s
         WHEN %(rule)s = 'half'
             THEN (%(mean)s * %(given)s + %(mean)s / 2 * (%(owed)s - %(given)s)) / %(owed)s
         ELSE %(mean)s * %(given)s / %(owed)s
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
        self.env.cr.execute(self._select_upsert())
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
                "input_hash": self._get_input_hash(),
            }
        )
        self._compute_totals()

    def _get_year(self):
        """(first day, last day) of the fiscal year of the program."""
        start = date(self.program_id.year, int(self.company_id.backbone_fiscal_month or 1), 1)
        return start, start + relativedelta(years=1, days=-1)

    # -- the parts -----------------------------------------------------------------------

    def _select_quarters(self):
        return SQL(
            """SELECT id, name, number, state = 'closed' AS is_closed
                 FROM hr_backbone_quarter WHERE company_id = %s AND year = %s""",
            self.company_id.id,
            self.program_id.year,
        )

    def _select_reports(self):
        """What is not settled yet in a quarter that still runs is not missing; a draft in a
        closed one is excused: the member was not active."""
        return SQL(
            """SELECT r.member_id,
                      count(*) FILTER (WHERE r.state IN ('accepted', 'missed')
                                             OR (q.is_closed AND r.state = 'submitted')) AS owed,
                      count(*) FILTER (WHERE r.state = 'accepted') AS given,
                      avg(r.score::numeric) FILTER (WHERE r.state = 'accepted') AS mean
                 FROM hr_backbone_report r JOIN quarters q ON q.id = r.quarter_id
                GROUP BY r.member_id"""
        )

    def _select_given(self):
        """Each submitted assessment, raw and adjusted for how its mentor scores."""
        return SQL(
            """SELECT a.id, g.member_id, g.raw,
                      CASE WHEN %(lenient)s AND m.members > 1 THEN round(GREATEST(0, LEAST(100,
                          g.raw - (m.members - 1)::numeric / (m.members - 1 + %(shrinkage)s)
                                  * (m.mean - o.mean))), 2)
                           ELSE g.raw END AS adjusted
                 FROM submitted g
                 JOIN hr_backbone_assessment a ON a.id = g.id
                 CROSS JOIN (SELECT avg(raw) AS mean FROM submitted) o
                 LEFT JOIN (SELECT mentor_id, avg(raw) AS mean,
                                   count(DISTINCT member_id) AS members
                              FROM submitted GROUP BY mentor_id) m
                        ON m.mentor_id = g.mentor_id""",
            lenient=self.is_lenient,
            shrinkage=self.shrinkage,
        )

    def _select_assessments(self):
        return SQL(
            """SELECT a.member_id, count(g.id) AS given,
                      count(*) FILTER (WHERE a.state IN ('submitted', 'missed')) AS owed,
                      avg(g.raw) AS mean_raw, avg(g.adjusted) AS mean_adjusted
                 FROM hr_backbone_assessment a
                 JOIN quarters q ON q.id = a.quarter_id
                 LEFT JOIN given g ON g.id = a.id
                GROUP BY a.member_id"""
        )

    def _select_detail(self):
        """What is printed of each quarter."""
        return SQL(
            """SELECT r.member_id,
                      jsonb_agg(jsonb_build_object(
                          'quarter', q.name,
                          'report', CASE WHEN r.state = 'accepted'
                                         THEN round(r.score::numeric, 2) END,
                          'report_late', r.is_late,
                          'raw', g.raw, 'adjusted', g.adjusted, 'grade', a.grade,
                          'assessment_late', a.is_late,
                          'mentor', e.name) ORDER BY q.number) AS quarters
                 FROM hr_backbone_report r
                 JOIN quarters q ON q.id = r.quarter_id
                 LEFT JOIN hr_backbone_assessment a
                        ON a.quarter_id = r.quarter_id AND a.member_id = r.member_id
                 LEFT JOIN given g ON g.id = a.id
                 LEFT JOIN hr_employee e ON e.id = a.mentor_id
                GROUP BY r.member_id"""
        )

    def _select_trainings(self):
        """The share of the sessions attended, and the mean of it and of the results."""
        first, last = self._get_year()
        return SQL(
            """SELECT p.member_id,
                      count(*) FILTER (WHERE p.state = 'attended') AS attended,
                      count(*) AS offered,
                      100.0 * count(*) FILTER (WHERE p.state = 'attended') / count(*) AS rate,
                      avg(p.score::numeric) FILTER (WHERE p.state = 'attended') AS result,
                      COALESCE(sum(t.hours) FILTER (WHERE p.state = 'attended'), 0) AS hours
                 FROM hr_backbone_training_participant p
                 JOIN hr_backbone_training t ON t.id = p.training_id
                WHERE p.company_id = %s AND p.state IN ('attended', 'absent')
                  AND t.day_start BETWEEN %s AND %s
                GROUP BY p.member_id""",
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

    # -- the row of each member ------------------------------------------------------------

    def _prepare_evaluation_columns(self):
        """What the row of a member says: `m` is the member, `n` the echelon, `e` the employee, `v`
        its version, `d` and `j` department and job, `r`, `a`, `t`, `w` and `x` the reports,
        assessments, trainings, works and quarters of the year; for other addons to extend.

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
            "score_report": self._select_score("r", "mean"),
            "score_assessment_raw": self._select_score("a", "mean_raw"),
            "score_assessment": self._select_score("a", "mean_adjusted"),
            "has_training": SQL("t.offered IS NOT NULL"),
            # no score where nothing was offered: a mean does not count it
            "score_training": SQL("round((t.rate + COALESCE(t.result, t.rate)) / 2, 2)"),
            "score_achievement": SQL("LEAST(100, %s)", points),
            "missing_reports": SQL("r.owed - r.given"),
            "missing_assessments": SQL("COALESCE(a.owed - a.given, 0)"),
            "training_hours": SQL("COALESCE(t.hours, 0)"),
            "quarters": SQL("x.quarters"),
            "works": SQL(
                """jsonb_build_object(
                    'qualification', COALESCE(w.qualification, 0),
                    'research', COALESCE(w.research, 0), 'book', COALESCE(w.book, 0),
                    'suggestion', COALESCE(w.suggestion, 0), 'adopted', COALESCE(w.adopted, 0),
                    'attended', COALESCE(t.attended, 0), 'offered', COALESCE(t.offered, 0),
                    'result', round(t.result, 2), 'points', %s)""",
                points,
            ),
        }

    def _select_score(self, table, mean):
        """The mean of what was given, and of what is missing by the rule of the settings."""
        score = SQL(
            MISSING,
            rule=self.missing_quarter,
            mean=SQL.identifier(table, mean),
            given=SQL.identifier(table, "given"),
            owed=SQL.identifier(table, "owed"),
        )
        return SQL("round(%s, 2)", score)

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

    def _select_upsert(self):
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
                WHERE m.state != 'exited' AND %(previous)s = 0 OR k.member_id IS NOT NULL
               ON CONFLICT (run_id, member_id) DO UPDATE SET %(updates)s""",
            sources=self._select_sources(),
            previous=self.previous_id.id or 0,
            names=SQL(", ").join(SQL.identifier(name) for name in columns),
            values=SQL(", ").join(columns.values()),
            reports=self._select_reports(),
            assessments=self._select_assessments(),
            trainings=self._select_trainings(),
            works=self._select_works(),
            updates=SQL(", ").join(
                SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
                for name in columns
                if name not in kept
            ),
        )

    def _select_sources(self):
        """What the rows are read from; and the rows of who is no longer in it lose their
        settings, by which they are removed."""
        return SQL(
            """quarters AS (%(quarters)s),
               known AS (SELECT member_id, echelon_id FROM hr_backbone_evaluation
                          WHERE run_id = %(previous)s),
               forgotten AS (UPDATE hr_backbone_evaluation SET settings = NULL
                              WHERE run_id = %(run)s AND member_id NOT IN (
                                  SELECT r.member_id FROM hr_backbone_report r
                                    JOIN quarters q ON q.id = r.quarter_id
                                    JOIN hr_backbone_member m ON m.id = r.member_id
                                   WHERE m.state != 'exited' AND %(previous)s = 0
                                  UNION ALL SELECT member_id FROM known)),
               submitted AS (SELECT a.id, a.member_id, a.mentor_id,
                                    round(a.total::numeric, 2) AS raw
                               FROM hr_backbone_assessment a
                               JOIN quarters q ON q.id = a.quarter_id
                              WHERE a.state = 'submitted'),
               given AS (%(given)s),
               x AS (%(detail)s)""",
            quarters=self._select_quarters(),
            run=self.id,
            previous=self.previous_id.id or 0,
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
        """Total, grade, rank in the echelon and the outstanding, from the stored parts. Only
        what differs is written: one adjustment changes few rows of ten thousand."""
        self.ensure_one()
        self.env.flush_all()
        # thousands of rows of which the planner knows nothing yet: it would compare each with each
        self.env.cr.execute("SET LOCAL enable_nestloop = off")
        self.env.cr.execute(
            SQL(
                """WITH totals AS (%s), results AS (%s)
                   UPDATE hr_backbone_evaluation e
                      SET base = r.base, total = r.total, rank = r.place, rank_count = r.places,
                          is_outstanding = r.named, grade = r.grade,
                          recommendation = r.recommendation
                     FROM (SELECT *, CASE WHEN named AND echelon_level > 1 THEN 'promote'
                                          WHEN grade = 'D' THEN 'exit' ELSE 'keep'
                                     END AS recommendation FROM results) r
                    WHERE r.id = e.id
                      AND (e.base, e.total, e.rank, e.rank_count, e.is_outstanding, e.grade,
                           e.recommendation)
                          IS DISTINCT FROM (r.base, r.total, r.place, r.places, r.named,
                                            r.grade, r.recommendation)""",
                self._select_totals(),
                self._select_results(),
            )
        )
        self.env.cr.execute("SET LOCAL enable_nestloop = on")
        self._forget_evaluations()

    def _select_totals(self):
        """The weighted mean of the parts that a member has, and with HR's adjustment."""
        weights = {part: self[f"weight_{part}"] for part in PARTS}
        return SQL(
            """SELECT *, GREATEST(0, LEAST(100, base + adjustment)) AS total
                 FROM (SELECT id, echelon_id, echelon_level, score_assessment, score_report,
                              date_admitted, COALESCE(round(adjustment, 2), 0) AS adjustment,
                              CASE WHEN weight = 0 THEN 0 ELSE round(points / weight, 2) END
                                  AS base
                         FROM (SELECT e.*, %(report)s * score_report
                                      + %(assessment)s * score_assessment
                                      + CASE WHEN has_training THEN %(training)s * score_training
                                             ELSE 0 END
                                      + %(achievement)s * score_achievement AS points,
                                      100 - CASE WHEN has_training THEN 0 ELSE %(training)s END
                                      AS weight
                                 FROM hr_backbone_evaluation e WHERE run_id = %(run)s) w) p""",
            **weights,
            run=self.id,
        )

    def _select_results(self):
        """Of the totals, the place in the echelon, who is named outstanding, and the grade."""
        company = self.company_id
        return SQL(
            """SELECT r.*, r.place <= COALESCE(l.outstanding_quota, 0) AS named,
                      CASE WHEN r.total >= %(s)s THEN 'S' WHEN r.total >= %(a)s THEN 'A'
                           WHEN r.total >= %(b)s THEN 'B' WHEN r.total >= %(c)s THEN 'C'
                           ELSE 'D' END AS grade
                 FROM (SELECT id, base, total, echelon_id, echelon_level,
                              rank() OVER (PARTITION BY echelon_id
                                               ORDER BY total DESC, score_assessment DESC,
                                                        score_report DESC, date_admitted)
                              AS place,
                              count(*) OVER (PARTITION BY echelon_id) AS places
                         FROM totals) r
                 LEFT JOIN hr_backbone_program_line l
                        ON l.program_id = %(program)s AND l.echelon_id = r.echelon_id""",
            program=self.program_id.id,
            s=company.backbone_grade_s,
            a=company.backbone_grade_a,
            b=company.backbone_grade_b,
            c=company.backbone_grade_c,
        )

    def _forget_evaluations(self):
        """The rows were changed by SQL, and nothing waits to be written: read them anew."""
        self.env["hr.backbone.evaluation"].invalidate_model(flush=False)
        self.invalidate_recordset(flush=False)

    # -- frozen ------------------------------------------------------------------------
