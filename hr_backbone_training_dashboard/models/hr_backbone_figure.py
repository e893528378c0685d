# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.hr_backbone_training.models.core.scores import Score
from odoo.addons.hr_backbone_training.reports.hr_backbone_obligation import KINDS

# of fewer people a mean says how each of them scored
FEWEST = 3
# what each topic fills in of the columns; the others are empty
COLUMNS = {
    "date": SQL("date"),
    "quarter": SQL("varchar"),
    "echelon_id": SQL("integer"),
    "department_id": SQL("integer"),
    "state": SQL("varchar"),
    "obligation": SQL("varchar"),
    "training_kind": SQL("varchar"),
    "applications": SQL("integer"),
    "owed": SQL("integer"),
    "planned": SQL("integer"),
    "delivered": SQL("integer"),
    "due": SQL("integer"),
    "overdue": SQL("integer"),
    "assessed": SQL("integer"),
    "score": SQL("double precision"),
    "held": SQL("integer"),
    "participants": SQL("integer"),
    "hours": SQL("double precision"),
    "own_budget": SQL("numeric"),
    "own_cost": SQL("numeric"),
}


class HrBackboneFigure(models.Model):
    """The figures of the dashboard: numbers by company, quarter, echelon and department, and
    nobody's name. Management reads these without a right to the documents behind them, HR also
    of what concerns them: so a mean of scores is of at least three people."""

    _name = "hr.backbone.figure"
    _description = "Backbone Figure"
    _auto = False
    _order = "date desc, id"
    _rec_name = "topic"
    _depends = {
        "res.company": ["currency_id"],
        "hr.backbone.application": [
            "company_id",
            "echelon_id",
            "department_id",
            "state",
            "date_submitted",
        ],
        "hr.backbone.obligation": [
            "company_id",
            "quarter_name",
            "kind",
            "promised",
            "planned",
            "delivered",
            "due",
            "missing",
        ],
        "hr.backbone.quarter": ["name", "date_start"],
        "hr.backbone.assessment": ["company_id", "quarter_id", "echelon_id", "state", "total"],
        "hr.backbone.training": [
            "company_id",
            "kind",
            "state",
            "day_start",
            "quarter",
            "hours",
            "budget",
            "cost",
        ],
        "hr.backbone.training.participant": ["training_id", "state"],
    }

    topic = fields.Selection(
        [
            ("pipeline", "Applications"),
            ("compliance", "Obligations"),
            ("score", "Scores"),
            ("training", "Trainings"),
        ],
        readonly=True,
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Date(readonly=True, help="The first day of the month, or of the quarter.")
    quarter = fields.Char(readonly=True)
    echelon_id = fields.Many2one("hr.backbone.echelon", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    state = fields.Selection(
        lambda self: self.env["hr.backbone.application"]._fields["state"].selection,
        "Step",
        readonly=True,
    )
    obligation = fields.Selection(KINDS, readonly=True)
    training_kind = fields.Selection(
        [("internal", "Internal"), ("external", "External")], "Kind of Training", readonly=True
    )
    applications = fields.Integer(readonly=True, aggregator="sum")
    owed = fields.Integer(readonly=True, aggregator="sum")
    planned = fields.Integer(readonly=True, aggregator="sum")
    delivered = fields.Integer(readonly=True, aggregator="sum")
    due = fields.Integer(
        "Due so far",
        readonly=True,
        aggregator="sum",
        help="Delivered, or due before today: what “Delivered” is a percentage of.",
    )
    overdue = fields.Integer(readonly=True, aggregator="sum")
    assessed = fields.Integer("Members Assessed", readonly=True, aggregator="sum")
    score = Score(
        "Average Score",
        readonly=True,
        digits=(5, 1),
        help="Of the assessments of an echelon in a quarter; none of fewer than three members.",
    )
    held = fields.Integer("Trainings Held", readonly=True, aggregator="sum")
    participants = fields.Integer("Attended", readonly=True, aggregator="sum")
    hours = fields.Float("Hours of Training", readonly=True, aggregator="sum")
    budget = fields.Monetary(
        readonly=True, aggregator="sum", help="Of the companies with the currency of your own."
    )
    cost = fields.Monetary(
        readonly=True, aggregator="sum", help="Of the companies with the currency of your own."
    )

    @property
    def _table_query(self):
        return SQL(
            """SELECT (row_number() OVER (ORDER BY f.topic, f.company_id, f.date, f.quarter,
                                                   f.echelon_id, f.department_id, f.state,
                                                   f.obligation, f.training_kind))::integer AS id,
                      f.*, c.currency_id,
                      -- euros and dollars have no sum
                      CASE WHEN c.currency_id = %(currency)s THEN f.own_budget END AS budget,
                      CASE WHEN c.currency_id = %(currency)s THEN f.own_cost END AS cost
                 FROM (%(topics)s) f JOIN res_company c ON c.id = f.company_id""",
            currency=self.env.company.currency_id.id,
            topics=SQL(" UNION ALL ").join(
                [
                    self._select_pipeline(),
                    self._select_compliance(),
                    self._select_scores(),
                    self._select_trainings(),
                ]
            ),
        )

    @api.model
    def _select(self, topic, rest, **columns):
        """One topic.

        :param SQL rest: what follows the columns: FROM, WHERE, GROUP BY
        :param SQL columns: those of `COLUMNS` that it fills in, and `company_id`
        """
        selected = [
            SQL(
                "(%s)::%s AS %s",
                columns.get(name, SQL("NULL")),
                kind,
                SQL.identifier(name),
            )
            for name, kind in COLUMNS.items()
        ]
        return SQL(
            "SELECT %s::varchar AS topic, %s AS company_id, %s %s",
            topic,
            columns["company_id"],
            SQL(", ").join(selected),
            rest,
        )

    @api.model
    def _select_pipeline(self):
        return self._select(
            "pipeline",
            SQL(
                """FROM hr_backbone_application a
                   CROSS JOIN LATERAL (
                       SELECT date_trunc('month', COALESCE(a.date_submitted, a.create_date))::date
                              AS month) m
                  GROUP BY a.company_id, m.month, a.echelon_id, a.department_id, a.state"""
            ),
            company_id=SQL("a.company_id"),
            date=SQL("m.month"),
            echelon_id=SQL("a.echelon_id"),
            department_id=SQL("a.department_id"),
            state=SQL("a.state"),
            applications=SQL("count(*)"),
        )

    @api.model
    def _select_compliance(self):
        """By the ledger, of which this is the sum."""
        return self._select(
            "compliance",
            SQL(
                """FROM %s o LEFT JOIN hr_backbone_quarter q ON q.id = o.quarter_id
                  GROUP BY o.company_id, q.date_start, o.quarter_name, o.kind""",
                self.env["hr.backbone.obligation"]._table_sql,
            ),
            company_id=SQL("o.company_id"),
            # what began before the first quarter was opened: the days on which it was due
            date=SQL("COALESCE(q.date_start, date_trunc('month', min(o.date_due)))"),
            quarter=SQL("o.quarter_name"),
            obligation=SQL("o.kind"),
            owed=SQL("sum(o.promised)"),
            planned=SQL("sum(o.planned)"),
            delivered=SQL("sum(o.delivered)"),
            due=SQL("sum(o.due)"),
            overdue=SQL("sum(o.missing)"),
        )

    @api.model
    def _select_scores(self):
        return self._select(
            "score",
            SQL(
                """FROM hr_backbone_assessment s
                   JOIN hr_backbone_quarter q ON q.id = s.quarter_id
                  WHERE s.state = 'submitted'
                  GROUP BY s.company_id, q.date_start, q.name, s.echelon_id
                 HAVING count(*) >= %s""",
                FEWEST,
            ),
            company_id=SQL("s.company_id"),
            date=SQL("q.date_start"),
            quarter=SQL("q.name"),
            echelon_id=SQL("s.echelon_id"),
            assessed=SQL("count(*)"),
            score=SQL("avg(s.total)"),
        )

    @api.model
    def _select_trainings(self):
        """What was held, and what is announced: its cost is often known before."""
        return self._select(
            "training",
            SQL(
                """FROM hr_backbone_training t
                   LEFT JOIN (SELECT training_id, count(*) AS attended
                                FROM hr_backbone_training_participant
                               WHERE state = 'attended' GROUP BY training_id) p
                          ON p.training_id = t.id
                  WHERE t.state IN ('planned', 'done')
                  GROUP BY t.company_id, date_trunc('month', t.day_start), t.quarter, t.kind"""
            ),
            company_id=SQL("t.company_id"),
            date=SQL("date_trunc('month', t.day_start)"),
            quarter=SQL("t.quarter"),
            training_kind=SQL("t.kind"),
            held=SQL("count(*) FILTER (WHERE t.state = 'done')"),
            participants=SQL("COALESCE(sum(p.attended), 0)"),
            hours=SQL("COALESCE(sum(p.attended * t.hours), 0)"),
            own_budget=SQL("COALESCE(sum(t.budget), 0)"),
            own_cost=SQL("COALESCE(sum(t.cost), 0)"),
        )
