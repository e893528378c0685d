# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..models.core.public import public
from ..models.pool.hr_backbone_movement import LEAVING, RETURNING

KINDS = [
    ("report", "Work and Study Report"),
    ("assessment", "Mentor's Assessment"),
    ("acceptance", "Acceptance by HR"),
    ("mentor", "One-to-one Mentor"),
    ("internal", "Internal Training"),
    ("external", "External Opportunity"),
]
ROOM = 8
# what was delivered, of all members and quarters at once: looked up for each row by itself it
# would take ten times as long
HAS_MENTOR = SQL(
    """
    SELECT DISTINCT s.member_id, k.id AS quarter_id
      FROM hr_backbone_mentorship s
      JOIN hr_backbone_quarter k ON k.company_id = s.company_id
           AND s.date_start <= k.date_end
           AND (s.date_end IS NULL OR s.date_end >= k.date_start)
     WHERE s.state IN ('active', 'ended')"""
)
# who was suspended, or had left the pool, on the last day of a quarter
AWAY = SQL(
    """
    SELECT DISTINCT g.member_id, k.id AS quarter_id
      FROM hr_backbone_movement g
      JOIN hr_backbone_quarter k ON k.company_id = g.company_id AND g.date <= k.date_end
     WHERE g.kind = ANY(%s)
       AND NOT EXISTS (SELECT FROM hr_backbone_movement b
                        WHERE b.member_id = g.member_id AND b.kind = ANY(%s)
                          AND (b.date, b.id) > (g.date, g.id) AND b.date <= k.date_end)""",
    list(LEAVING),
    list(RETURNING),
)


class Promise(NamedTuple):
    """One kind of obligation, in terms of a report r, its quarter q and the assessment a of
    the same member and quarter; `found` selects the members and quarters (f) in which it was
    delivered, where no document says so."""

    kind: str
    document: str
    document_id: SQL
    done: SQL = SQL("f.member_id IS NOT NULL")
    found: SQL | None = None
    debtor: SQL = SQL("'hr'")
    person: SQL = SQL("NULL")
    due: SQL = SQL("q.date_end")
    done_on: SQL = SQL("NULL")
    state: SQL = SQL("NULL")
    # where a document says itself whether it came late: what was returned came before
    is_late: SQL = SQL("NULL")
    condition: SQL = SQL("TRUE")


class HrBackboneObligation(models.Model):
    """The ledger of obligations: what the scheme promises each member in a quarter, and what
    was delivered; members, mentors and HR alike stand in it with what they owe.

    Report and assessment "every quarter", "one-to-one tutor", internal training "every
    quarter", external training "at least once a year" (in the last quarter of the year).
    """

    _name = "hr.backbone.obligation"
    _description = "Backbone Obligation"
    _auto = False
    _order = "quarter_id desc, member_id, id"
    _rec_name = "kind"
    _depends = {
        "hr.backbone.report": [
            "quarter_id",
            "company_id",
            "member_id",
            "employee_id",
            "echelon_id",
            "department_id",
            "state",
            "is_closed",
            "date_due",
            "is_late",
            "date_submitted",
            "date_accepted",
        ],
        "hr.backbone.assessment": [
            "quarter_id",
            "member_id",
            "mentor_id",
            "state",
            "is_closed",
            "date_due",
            "is_late",
            "date_submitted",
        ],
        "hr.backbone.quarter": [
            "name",
            "year",
            "number",
            "state",
            "company_id",
            "date_start",
            "date_end",
            "date_due_assessment",
        ],
        "hr.backbone.assessment.line": ["assessment_id"],
        "hr.backbone.member": ["state"],
        "hr.backbone.movement": ["member_id", "company_id", "kind", "date"],
        "hr.backbone.mentorship": ["member_id", "company_id", "state", "date_start", "date_end"],
        "hr.backbone.training.participant": ["member_id", "training_id", "state"],
        "hr.backbone.training": ["company_id", "kind", "state", "day_start", "day_end"],
        "res.company": ["resource_calendar_id", "partner_id"],
        "resource.calendar": ["tz"],
        "res.partner": ["tz"],
    }

    quarter_id = fields.Many2one("hr.backbone.quarter", readonly=True)
    # in the order of time, from left to right: the records come the newest first
    quarter_name = fields.Char("Quarter by Name", readonly=True)
    year = fields.Integer("Fiscal Year", readonly=True, aggregator=None)
    quarter_state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")], "Quarter's Status", readonly=True
    )
    company_id = fields.Many2one("res.company", readonly=True)
    member_id = fields.Many2one("hr.backbone.member", readonly=True)
    employee_id = fields.Many2one("hr.employee", "Member's Employee", readonly=True)
    echelon_id = fields.Many2one("hr.backbone.echelon", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    kind = fields.Selection(KINDS, "Obligation", readonly=True)
    debtor = fields.Selection(
        [("member", "Member"), ("mentor", "Mentor"), ("hr", "Human Resources")],
        "Owed by",
        readonly=True,
    )
    debtor_id = fields.Many2one(
        "hr.employee", "Person who owes", readonly=True, help="Empty where HR as such owes it."
    )
    date_due = fields.Date("Due", readonly=True)
    promised = fields.Integer(readonly=True, aggregator="sum")
    delivered = fields.Integer(readonly=True, aggregator="sum")
    missing = fields.Integer(
        readonly=True, aggregator="sum", help="Due, and not delivered to this day."
    )
    late = fields.Integer(
        readonly=True, aggregator="sum", help="Delivered late, or due and not delivered."
    )
    share = fields.Float("Delivered (%)", readonly=True, aggregator="avg")
    days_late = fields.Integer(readonly=True, aggregator="max")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    document_state = fields.Char("Technical Status of the Document", readonly=True)

    @property
    def _table_query(self):
        selects = [self._select(place, row) for place, row in enumerate(self._get_promises())]
        return SQL(" UNION ALL ").join(selects)

    @api.model
    def _get_promises(self):
        """What each member with a report in a quarter is promised: [Promise]; the place of each
        in the list is in the ids of its rows. Whoever is not active, or was excused, owes nothing
        (`_get_asked_domain`), and nobody owes them anything."""
        return [*self._get_written_promises(), *self._get_offered_promises()]

    def _get_written_promises(self):
        """Those that a document of the quarter keeps."""
        assessments = self.env["hr.backbone.assessment"]
        asked = self.env["hr.backbone.report"]._select_asked()
        owing = assessments._select_owing_mentor("a")
        report = {
            "document": "hr.backbone.report",
            "document_id": SQL("r.id"),
            "state": SQL("r.state"),
        }
        return [
            Promise(
                "report",
                debtor=SQL("'member'"),
                person=SQL("r.employee_id"),
                due=SQL("r.date_due"),
                done_on=SQL("r.date_submitted"),
                done=SQL("r.state IN ('submitted', 'accepted')"),
                is_late=SQL("r.is_late"),
                condition=SQL("r.id IN %s", asked),
                **report,
            ),
            Promise(
                "assessment",
                debtor=SQL("CASE WHEN %s IS NULL THEN 'hr' ELSE 'mentor' END", owing),
                person=owing,
                due=SQL("a.date_due"),
                done_on=SQL("a.date_submitted"),
                done=SQL("a.state = 'submitted'"),
                document="hr.backbone.assessment",
                document_id=SQL("a.id"),
                state=SQL("a.state"),
                is_late=SQL("a.is_late"),
                condition=SQL("a.id IN %s", assessments._select_asked()),
            ),
            Promise(
                "acceptance",
                due=SQL("GREATEST(q.date_due_assessment, r.date_submitted)"),
                done_on=SQL("r.date_accepted"),
                done=SQL("r.state = 'accepted'"),
                condition=SQL("r.state IN ('submitted', 'accepted')"),
                **report,
            ),
        ]

    def _get_offered_promises(self):
        """Those that HR keeps by what it offers the member, unless the member was away when it
        was due."""
        there = SQL(
            "r.id IN %s AND (r.member_id, r.quarter_id) NOT IN (SELECT * FROM (%s) away)",
            self.env["hr.backbone.report"]._select_asked(),
            AWAY,
        )
        member = {
            "document": "hr.backbone.member",
            "document_id": SQL("r.member_id"),
            "condition": there,
        }
        year = SQL("(k.date_start - interval '9 months')::date")
        return [
            Promise("mentor", found=HAS_MENTOR, **member),
            Promise(
                "internal", found=self._select_offered("internal", SQL("k.date_start")), **member
            ),
            Promise(
                "external",
                found=self._select_offered("external", year),
                **{**member, "condition": SQL("q.number = 4 AND %s", there)},
            ),
        ]

    @api.model
    def _select_offered(self, kind, start):
        """The members and quarters in which a training of the kind was offered since `start`. An
        offer counts, whatever became of it; one that was taken back does not. For other addons
        to extend, with what they offer.

        :param str kind: internal or external
        :param start: SQL of the first day, in terms of a quarter k
        :return: SQL that selects member_id and quarter_id, each pair once
        """
        return SQL(
            """
            SELECT DISTINCT p.member_id, k.id AS quarter_id
              FROM hr_backbone_training_participant p
              JOIN hr_backbone_training t ON t.id = p.training_id
              JOIN hr_backbone_quarter k ON k.company_id = t.company_id
                   AND t.day_start >= %(start)s AND t.day_start <= k.date_end
             WHERE t.kind = %(kind)s AND p.state != 'cancelled'
               AND t.state IN ('planned', 'done')""",
            kind=kind,
            start=start,
        )

    @api.model
    def _select(self, place, promise):
        """The rows of one kind of promise, with what became of it."""
        return SQL(
            """SELECT o.*, 1 AS promised,
                      CASE WHEN is_done THEN 1 ELSE 0 END AS delivered,
                      CASE WHEN is_done THEN 100.0 ELSE 0.0 END AS share,
                      CASE WHEN NOT is_done AND date_due < today THEN 1 ELSE 0 END AS missing,
                      CASE WHEN is_done AND came_late IS NOT NULL THEN came_late::integer
                           WHEN COALESCE(done_on, CASE WHEN is_done THEN date_due END, today)
                                > date_due THEN 1 ELSE 0 END AS late,
                      CASE WHEN is_done AND NOT came_late THEN 0
                           ELSE GREATEST(0, COALESCE(done_on, CASE WHEN is_done THEN date_due END,
                                                     today) - date_due) END AS days_late
                 FROM (%s) o""",
            self._select_owed(place, promise),
        )

    def _select_owed(self, place, promise):
        """Who owes what until when. Nothing that a user can type is in the text."""
        found = SQL()
        if promise.found:
            found = SQL(
                "LEFT JOIN (%s) f ON f.member_id = r.member_id AND f.quarter_id = r.quarter_id",
                promise.found,
            )
        return SQL(
            """SELECT r.id * %(room)s + %(place)s AS id, r.quarter_id, q.year,
                      q.name AS quarter_name,
                      q.state AS quarter_state, r.company_id, r.member_id,
                      r.employee_id, r.echelon_id, r.department_id,
                      %(kind)s::varchar AS kind, %(debtor)s::varchar AS debtor,
                      (%(person)s)::integer AS debtor_id, (%(due)s)::date AS date_due,
                      (%(done_on)s)::date AS done_on, (%(done)s) AS is_done,
                      %(document)s::varchar AS res_model, %(document_id)s AS res_id,
                      (%(state)s)::varchar AS document_state,
                      (%(is_late)s)::boolean AS came_late,
                      -- the company's day, as `_backbone_today` has it
                      (now() AT TIME ZONE COALESCE(w.tz, x.tz, 'UTC'))::date AS today
                 FROM hr_backbone_report r
                 JOIN hr_backbone_quarter q ON q.id = r.quarter_id
                 JOIN res_company c ON c.id = r.company_id
                 LEFT JOIN resource_calendar w ON w.id = c.resource_calendar_id
                 LEFT JOIN res_partner x ON x.id = c.partner_id
                 LEFT JOIN hr_backbone_assessment a
                        ON a.quarter_id = r.quarter_id AND a.member_id = r.member_id
                 %(found)s
                WHERE %(condition)s""",
            **{**promise._asdict(), "found": found},
            room=ROOM,
            place=place,
        )

    @public(one=True)
    def action_open_document(self):
        """The record behind a row: the report, the assessment or the member."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)._get_records_action()

    @public(one=True)
    def action_open_person(self):
        """The person who owes what a row promises: the member in the pool, or the mentor."""
        self.ensure_one()
        if self.debtor == "member":
            return self.member_id._get_records_action()
        return self.debtor_id._get_records_action()
