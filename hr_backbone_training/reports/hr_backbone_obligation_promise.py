# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..models.pool.hr_backbone_movement import LEAVING, RETURNING
from ..models.training.hr_backbone_member import PROMISED

# an id is made of the document's and the promise's: eight share the numbers of the reports, and
# four more have theirs beyond them; the numbers of clients end at 2**31
ROOM, BEYOND, ROOM_BEYOND = 8, 2**30, 4
# what was delivered, of all members and quarters at once: looked up for each row by itself it
# would take ten times as long
HAS_MENTOR = SQL(
    """
    SELECT s.member_id, k.id AS quarter_id, bool_or(s.state != 'appointed') AS is_held,
           NULL::boolean AS is_by_management
      FROM hr_backbone_mentorship s
      JOIN hr_backbone_quarter k ON k.company_id = s.company_id
           AND COALESCE(s.date_start, s.date_appointed) <= k.date_end
           AND (s.date_end IS NULL OR s.date_end >= k.date_start)
     WHERE s.state = 'appointed' OR s.state IN ('active', 'ended') AND s.date_start IS NOT NULL
     GROUP BY s.member_id, k.id"""
)
HAS_TALKED = SQL(
    """
    SELECT t.member_id, k.id AS quarter_id, bool_or(t.state = 'held') AS is_held,
           NULL::boolean AS is_by_management
      FROM hr_backbone_mentorship_session t
      JOIN hr_backbone_quarter k ON k.company_id = t.company_id
           AND t.date BETWEEN k.date_start AND k.date_end
     WHERE t.state IN ('planned', 'held')
     GROUP BY t.member_id, k.id"""
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
# the company's day, as `_backbone_today` has it, and that of a moment in UTC
ZONE = SQL("COALESCE(w.tz, x.tz, 'UTC')")
TODAY = SQL("(now() AT TIME ZONE %s)::date", ZONE)
COMPANY = SQL(
    """JOIN res_company c ON c.id = o.company_id
       LEFT JOIN resource_calendar w ON w.id = c.resource_calendar_id
       LEFT JOIN res_partner x ON x.id = c.partner_id"""
)
# every time an application came to the director, and what became of it; whoever withdrew it
# left nothing to approve
APPROVALS = SQL(
    """
    SELECT d.id, o.company_id, m.id AS member_id, o.employee_id, o.echelon_id, o.department_id,
           (d.date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS day,
           (d.until AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS done_on,
           FALSE AS is_planned, o.approver_id AS debtor_id, o.id AS res_id, o.state
      FROM (SELECT id, res_id, date, to_state, from_state,
                   lead(date) OVER same AS until, lead(move) OVER same AS answer
              FROM hr_backbone_decision
             WHERE res_model = 'hr.backbone.application'
               AND 'director' IN (from_state, to_state)
            WINDOW same AS (PARTITION BY res_id ORDER BY id)) d
      JOIN hr_backbone_application o ON o.id = d.res_id
      %(company)s
      LEFT JOIN hr_backbone_member m
             ON m.employee_id = o.employee_id AND m.company_id = o.company_id
     WHERE d.to_state = 'director' AND d.from_state != 'director'
       AND (d.answer IN ('approve', 'return', 'refuse')
            OR d.answer IS NULL AND o.state = 'director')""",
    company=COMPANY,
    zone=ZONE,
)
# every member since the (last) admission, until the first mentor; who was away before the day
# on which one was due is owed one no more
APPOINTMENTS = SQL(
    """
    SELECT m.id, m.company_id, m.id AS member_id, m.employee_id, m.echelon_id, m.department_id,
           m.date_admitted AS day, s.day AS done_on, s.is_planned, NULL::integer AS debtor_id,
           m.id AS res_id, m.state
      FROM hr_backbone_member m
      JOIN res_company c ON c.id = m.company_id
      LEFT JOIN (SELECT s.member_id, bool_or(s.state = 'appointed') AS is_planned,
                        min(GREATEST(s.date_start, n.date_admitted))
                            FILTER (WHERE s.state != 'appointed') AS day
                   FROM hr_backbone_mentorship s
                   JOIN hr_backbone_member n ON n.id = s.member_id
                  WHERE s.state = 'appointed' OR s.state IN ('active', 'ended')
                        AND (s.date_end IS NULL OR s.date_end >= n.date_admitted)
                  GROUP BY s.member_id) s ON s.member_id = m.id
      LEFT JOIN (SELECT g.member_id, min(g.date) AS day
                   FROM hr_backbone_movement g
                   JOIN hr_backbone_member n ON n.id = g.member_id
                  WHERE g.kind = ANY(%s) AND g.date >= n.date_admitted
                  GROUP BY g.member_id) l ON l.member_id = m.id
     WHERE m.date_admitted IS NOT NULL
       AND (l.day IS NULL OR l.day > m.date_admitted + c.backbone_mentor_days
            OR s.day <= l.day)""",
    list(LEAVING),
)


class Promise(NamedTuple):
    """One kind of obligation, in terms of a report o, its quarter q, the company c and the
    assessment a of the same member and quarter; `found` selects the members and quarters (f) in
    which it was planned or delivered, where no document says so.

    One that is not of a quarter has `once`, which selects what it is owed for (o), with the day
    on which it began and the one on which it was delivered."""

    kind: str
    document: str
    document_id: SQL
    done: SQL = SQL("COALESCE(f.is_held, FALSE)")
    planned: SQL = SQL("FALSE")
    unmanaged: SQL = SQL("FALSE")
    found: SQL | None = None
    once: SQL | None = None
    debtor: SQL = SQL("'hr'")
    person: SQL = SQL("NULL")
    due: SQL = SQL("q.date_end")
    done_on: SQL = SQL("NULL")
    state: SQL = SQL("NULL")
    # where a document says itself whether it came late: what was returned came before
    is_late: SQL = SQL("NULL")
    condition: SQL = SQL("TRUE")


class HrBackboneObligation(models.Model):
    """What is promised, and how it is told that it was delivered."""

    _inherit = "hr.backbone.obligation"

    @api.model
    def _get_promises(self):
        """What each member with a report in a quarter is promised, and what is owed once:
        [Promise]; the place of each in the list is in the ids of its rows. Whoever is not active,
        or was excused, owes nothing (`_get_asked_domain`), and nobody owes them anything."""
        return [
            *self._get_written_promises(),
            *self._get_offered_promises(),
            *self._get_promises_once(),
        ]

    def _get_written_promises(self):
        """Those that a document of the quarter keeps."""
        reports = self.env["hr.backbone.report"]
        assessments = self.env["hr.backbone.assessment"]
        owing = assessments._select_owing_mentor("a")
        # HR hands in what a member without a login has on paper
        by_hr = SQL(
            "o.state = 'draft' AND (COALESCE(o.is_owed_by_hr, FALSE) OR NOT %s)",
            reports._select_can_write("o"),
        )
        report = {
            "document": "hr.backbone.report",
            "document_id": SQL("o.id"),
            "state": SQL("o.state"),
        }
        return [
            Promise(
                "report",
                debtor=SQL("CASE WHEN %s THEN 'hr' ELSE 'member' END", by_hr),
                person=SQL("CASE WHEN NOT (%s) THEN o.employee_id END", by_hr),
                due=SQL("o.date_due"),
                done_on=SQL("o.date_submitted"),
                done=SQL("o.state IN ('submitted', 'accepted')"),
                is_late=SQL("o.is_late"),
                condition=SQL("o.id IN %s", reports._select_asked()),
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
                due=reports._select_acceptance_due("o", "c"),
                done_on=SQL("o.date_accepted"),
                done=SQL("o.state = 'accepted'"),
                condition=SQL("o.state IN ('submitted', 'accepted')"),
                **report,
            ),
        ]

    def _get_offered_promises(self):
        """Those that HR and the mentor keep by what they offer the member, unless the member was
        away when it was due."""
        there = SQL(
            "o.id IN %s AND (o.member_id, o.quarter_id) NOT IN (SELECT * FROM (%s) away)",
            self.env["hr.backbone.report"]._select_asked(),
            AWAY,
        )
        offered = {
            "document": "hr.backbone.member",
            "document_id": SQL("o.member_id"),
            "planned": SQL("f.member_id IS NOT NULL"),
        }
        # asked once before all rows: what no company promises costs nothing
        one, two = (
            SQL(
                """EXISTS (SELECT FROM res_company WHERE backbone_internal_training = %(number)s)
                   AND c.backbone_internal_training = %(number)s AND %(there)s""",
                number=number,
                there=there,
            )
            for number in ("one", "two")
        )
        return [
            Promise("mentor", found=HAS_MENTOR, condition=there, **offered),
            self._promise_training("internal", one, **offered),
            self._promise_training("external", SQL("q.number = 4 AND %s", there), **offered),
            self._promise_training("management", two, **offered),
            self._promise_training("skill", two, **offered),
            Promise(
                "talk",
                found=HAS_TALKED,
                debtor=SQL("CASE WHEN a.mentor_id IS NULL THEN 'hr' ELSE 'mentor' END"),
                person=SQL("a.mentor_id"),
                condition=SQL("c.backbone_owes_talk AND %s", there),
                **offered,
            ),
        ]

    def _promise_training(self, kind, condition, **offered):
        """Internal training in the quarter; external training in the year that it ends."""
        is_internal = PROMISED[kind][0] == "internal"
        start = SQL("k.date_start") if is_internal else SQL("k.date_start - interval '9 months'")
        return Promise(
            kind,
            found=self._select_training(kind, start),
            unmanaged=SQL("NOT f.is_by_management") if is_internal else SQL("FALSE"),
            condition=condition,
            **offered,
        )

    @api.model
    def _select_training(self, kind, start):
        """The members and quarters in which a training was planned or held since `start`, by the
        one definition of an offer.

        :param str kind: of `PROMISED`
        :param start: SQL of the first day, in terms of a quarter k
        :return: SQL that selects member_id, quarter_id, is_held, is_by_management, each pair once
        """
        members = self.env["hr.backbone.member"]
        training, subject = PROMISED[kind]
        return SQL(
            """
            SELECT t.member_id, k.id AS quarter_id, bool_or(t.is_held) AS is_held,
                   CASE WHEN bool_or(t.is_held) THEN bool_or(t.is_by_management AND t.is_held)
                        ELSE bool_or(t.is_by_management) END AS is_by_management
              FROM (%(offers)s) t
              JOIN hr_backbone_quarter k ON k.company_id = t.company_id
                   AND t.day >= %(start)s AND t.day <= k.date_end
             WHERE t.kind = %(training)s AND %(about)s
             GROUP BY t.member_id, k.id""",
            offers=members._select_offers(),
            start=start,
            training=training,
            about=members._is_about_subject("t", subject),
        )

    def _get_promises_once(self):
        """Those that are owed once, within so many days."""
        return [
            Promise(
                "approval",
                once=APPROVALS,
                debtor=SQL("'director'"),
                due=SQL("o.day + c.backbone_approval_days"),
                document="hr.backbone.application",
                document_id=SQL("o.res_id"),
            ),
            Promise(
                "appointment",
                once=APPOINTMENTS,
                due=SQL("o.day + c.backbone_mentor_days"),
                document="hr.backbone.member",
                document_id=SQL("o.res_id"),
            ),
        ]

    # -- the rows ------------------------------------------------------------------------

    @api.model
    def _select(self, place, promise):
        """The rows of one kind of promise, with what became of it."""
        owed = self._select_once if promise.once else self._select_owed
        return SQL(
            """SELECT r.*, 1 AS promised,
                      CASE WHEN is_planned AND NOT is_done THEN 1 ELSE 0 END AS planned,
                      CASE WHEN is_done THEN 1 ELSE 0 END AS delivered,
                      CASE WHEN is_done OR date_due < today THEN 1 ELSE 0 END AS due,
                      CASE WHEN is_done THEN 100.0 WHEN date_due < today THEN 0.0 END AS share,
                      CASE WHEN NOT is_done AND date_due < today THEN 1 ELSE 0 END AS missing,
                      CASE WHEN is_unmanaged AND (is_planned OR is_done) THEN 1 ELSE 0 END
                           AS unmanaged,
                      CASE WHEN is_done AND came_late IS NOT NULL THEN came_late::integer
                           WHEN COALESCE(done_on, CASE WHEN is_done THEN date_due END, today)
                                > date_due THEN 1 ELSE 0 END AS late,
                      CASE WHEN is_done AND NOT came_late THEN 0
                           ELSE GREATEST(0, COALESCE(done_on, CASE WHEN is_done THEN date_due END,
                                                     today) - date_due) END AS days_late
                 FROM (%s) r""",
            owed(place, promise),
        )

    def _select_id(self, place):
        """:return: the id of a row, as SQL; those of a place never change"""
        if place < ROOM:
            return SQL("o.id * %s + %s", ROOM, place)
        return SQL("%s + o.id * %s + %s", BEYOND, ROOM_BEYOND, place - ROOM)

    def _select_owed(self, place, promise):
        """Who owes what until when. Nothing that a user can type is in the text."""
        found = SQL()
        if promise.found:
            found = SQL(
                "LEFT JOIN (%s) f ON f.member_id = o.member_id AND f.quarter_id = o.quarter_id",
                promise.found,
            )
        return SQL(
            """SELECT %(id)s AS id, o.quarter_id, q.year, q.name AS quarter_name,
                      q.state AS quarter_state, o.company_id, o.member_id,
                      o.employee_id, o.echelon_id, o.department_id,
                      %(kind)s::varchar AS kind, %(debtor)s::varchar AS debtor,
                      (%(person)s)::integer AS debtor_id, (%(due)s)::date AS date_due,
                      (%(done_on)s)::date AS done_on, (%(done)s) AS is_done,
                      (%(planned)s) AS is_planned, (%(unmanaged)s) AS is_unmanaged,
                      %(document)s::varchar AS res_model, %(document_id)s AS res_id,
                      (%(state)s)::varchar AS document_state,
                      (%(is_late)s)::boolean AS came_late, %(today)s AS today
                 FROM hr_backbone_report o
                 JOIN hr_backbone_quarter q ON q.id = o.quarter_id
                 %(company)s
                 LEFT JOIN hr_backbone_assessment a
                        ON a.quarter_id = o.quarter_id AND a.member_id = o.member_id
                 %(found)s
                WHERE %(condition)s""",
            **{**promise._asdict(), "found": found},
            id=self._select_id(place),
            company=COMPANY,
            today=TODAY,
        )

    def _select_once(self, place, promise):
        """As above, for what is not of a quarter: it stands in the one in which it began, as
        `_backbone_quarter` names it, whether that was opened or not."""
        return SQL(
            """SELECT %(id)s AS id, q.id AS quarter_id, y.months / 12 AS year,
                      y.months / 12 || '-Q' || y.months %% 12 / 3 + 1 AS quarter_name,
                      q.state AS quarter_state, o.company_id, o.member_id,
                      o.employee_id, o.echelon_id, o.department_id,
                      %(kind)s::varchar AS kind, %(debtor)s::varchar AS debtor,
                      o.debtor_id, %(due)s AS date_due,
                      o.done_on, o.done_on IS NOT NULL AS is_done,
                      o.is_planned, FALSE AS is_unmanaged,
                      %(document)s::varchar AS res_model, o.res_id,
                      o.state AS document_state,
                      NULL::boolean AS came_late, %(today)s AS today
                 FROM (%(once)s) o
                 %(company)s
                CROSS JOIN LATERAL (
                    SELECT (EXTRACT(YEAR FROM o.day) * 12 + EXTRACT(MONTH FROM o.day)
                            - COALESCE(c.backbone_fiscal_month, '1')::integer)::integer AS months
                    ) y
                 LEFT JOIN hr_backbone_quarter q ON q.company_id = o.company_id
                       AND o.day BETWEEN q.date_start AND q.date_end""",
            **promise._asdict(),
            id=self._select_id(place),
            company=COMPANY,
            today=TODAY,
        )
