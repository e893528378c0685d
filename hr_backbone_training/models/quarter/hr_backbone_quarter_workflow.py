# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date
from odoo.tools.translate import LazyTranslate

from ...const import OFFICER
from ..core.jobs import run_in_batches
from ..core.moves import HR, Move, Moves
from ..core.public import Text, public
from ..core.words import get_reader_lang
from .hr_backbone_quarter_notice import ACTIVITIES, DOCUMENTS, get_kind

_lt = LazyTranslate(__name__)

ASSESSMENT = "hr_backbone_training.mail_activity_type_assessment"

# occasion, its document, who owes it, the setting, whether before or after the due date
STAGES = (
    ("report_before", "report", "backbone_remind_before", -1),
    ("report_after", "report", "backbone_remind_after", 1),
    ("assessment_before", "assessment", "backbone_remind_before", -1),
    ("assessment_after", "assessment", "backbone_remind_after", 1),
    ("report_escalate", "report", "backbone_escalate_after", 1),
    ("assessment_escalate", "assessment", "backbone_escalate_after", 1),
    ("opinion_before", "opinion", "backbone_remind_before", -1),
    ("opinion_after", "opinion", "backbone_remind_after", 1),
    ("opinion_escalate", "opinion", "backbone_escalate_after", 1),
)


class HrBackboneQuarter(models.Model):
    """Closing a quarter in bulk: what can be settled is, the others stay with the reason; and
    opening it again.

    Who is asked for its documents: each member, and each mentor once. Reminders before and
    after the due dates, and the word to the manager: each person once for each stage, whatever
    the number of documents, by the settings of the company.
    """

    _inherit = "hr.backbone.quarter"

    _readers = ("everyone",)
    _moves = Moves(
        Move("close", "open", "closed", _lt("Quarter closed"), by=HR, button=True),
        Move(
            "reopen", "closed", "open", _lt("Quarter opened again"), by=HR, reason="action_reopen"
        ),
    )

    # -- moves -------------------------------------------------------------------------

    @public(one=True)
    def action_close(self):
        """Settle each member whose report and assessment are both done, or overdue and so
        never submitted; the quarter itself is closed once nobody is left.

        :return: a notice of what was done, and the list of the members who are left
        :raise UserError: the user is not HR, or the quarter is closed
        """
        self.ensure_one()
        self.check_access("read")
        self._lock_for_move()
        if refusals := self._get_refusals("close"):
            raise UserError("\n".join(sum(refusals.values(), [])))
        # sudo: the refusals above are the check
        quarter = self.sudo()
        settled = quarter._settle_members()
        left = quarter._count_unsettled()
        if left:
            return self._get_close_report(settled, left)
        self._move("close")
        return True

    def _get_move_refusals(self, name):
        refusals = super()._get_move_refusals(name)
        for quarter in self if name == "close" else ():
            if quarter.date_end >= quarter.company_id._backbone_today():
                refusals.setdefault(quarter, []).append(
                    self.env._(
                        "The quarter %(quarter)s runs until %(day)s: close it after that day.",
                        quarter=quarter.name,
                        day=format_date(self.env, quarter.date_end),
                    )
                )
        return refusals

    def _settle_members(self):
        """:return: how many members were settled now"""
        if not self.facts:
            # all members of a quarter are counted by the same rules, whenever each is settled
            self._keep_facts()
        self.env.flush_all()
        today = self.company_id._backbone_today()
        reports = self.env["hr.backbone.report"]
        assessments = self.env["hr.backbone.assessment"]
        self.env.cr.execute(
            SQL(
                """SELECT r.id, a.id,
                          m.state = 'active' AND r.state = 'draft'
                              AND NOT COALESCE(r.is_closed, FALSE),
                          m.state = 'active' AND a.state = 'draft'
                              AND NOT COALESCE(a.is_closed, FALSE),
                          %(can_write)s
                     FROM hr_backbone_report r
                     JOIN hr_backbone_member m ON m.id = r.member_id
                     JOIN hr_backbone_assessment a
                       ON a.quarter_id = r.quarter_id AND a.member_id = r.member_id
                    WHERE r.quarter_id = %(quarter)s
                      AND NOT (COALESCE(r.is_closed, FALSE) AND COALESCE(a.is_closed, FALSE))
                      AND %(report)s AND %(assessment)s
                    ORDER BY r.id""",
                quarter=self.id,
                can_write=reports._select_can_write("r"),
                report=self._get_settled_condition("r", "accepted", today),
                assessment=self._get_settled_condition("a", "submitted", today),
            )
        )
        rows = self.env.cr.fetchall()
        comment = self.env._("Not submitted when the quarter was closed.")
        # whoever is not active owes nothing: the draft is closed, and is not held against them;
        # nor is one that is closed already, because it fell due when they were not active; and
        # what somebody without a login could not hand in, HR should have handed in
        missed = {row[0] for row in rows if row[2] and row[4]}
        reports._settle(missed, "miss", comment=comment)
        lapsed = {row[0] for row in rows if row[2]} - missed
        reports._lapse(lapsed)
        reports._settle({row[0] for row in rows} - missed - lapsed)
        missed_assessments = {row[1] for row in rows if row[3]}
        assessments._settle(missed_assessments, "miss", comment=comment)
        assessments._settle({row[1] for row in rows} - missed_assessments)
        self._drop_reminders(missed, missed_assessments)
        return len(rows)

    def _get_facts(self):
        """The bands of the grades by which the quarter counts."""
        return {
            quarter: {**facts, "bands": quarter.company_id._backbone_bands()}
            for quarter, facts in super()._get_facts().items()
        }

    @staticmethod
    def _get_settled_condition(alias, done, today):
        """When a document can be closed: it is done, was missed, is overdue, or is not owed
        any more: the member is not active, or was not when it fell due."""
        document = SQL.identifier(alias)
        return SQL(
            """(%(document)s.state IN (%(done)s, 'missed')
                OR (%(document)s.state = 'draft'
                    AND (%(document)s.date_due < %(today)s OR m.state != 'active'
                         OR COALESCE(%(document)s.is_closed, FALSE))))""",
            document=document,
            done=done,
            today=today,
        )

    def _drop_reminders(self, report_ids, assessment_ids):
        """What nobody can do any more is not asked for."""
        if report_ids:
            self.env["hr.backbone.report"].browse(report_ids)._finish_activities()
        if assessment_ids:
            assessments = self.env["hr.backbone.assessment"].browse(assessment_ids)
            self._finish_mentor_activities(assessments.mentor_id)

    def _count_unsettled(self):
        """How many members have a document that is not closed."""
        domain = [("quarter_id", "=", self.id), ("is_closed", "=", False)]
        members = set()
        for name in ("hr.backbone.report", "hr.backbone.assessment"):
            groups = self.env[name]._read_group(domain, [], ["member_id:array_agg"])
            members.update(*(ids for (ids,) in groups))
        return len(members)

    def _get_close_report(self, settled, left):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%(done)s settled, %(left)s left", done=settled, left=left),
                "message": self.env._(
                    "The quarter stays open for the members whose documents are not due yet, "
                    "or wait for HR."
                ),
                "next": self._get_debts_action(),
            },
        }

    # -- opened again ------------------------------------------------------------------

    @public(comment=Text())
    def action_reopen(self, comment=None):
        """closed → open, by HR, with a reason: what is missing is asked for again.

        :param str comment: the reason; required
        """
        self._move("reopen", comment)
        return True

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        match name:
            case "reopen":
                # sudo: the move was just allowed
                self.sudo()._ask_again()
            case "close":
                self.env["hr.backbone.second.opinion"]._settle_for(
                    [("quarter_id", "in", self.ids)],
                    self.env._("The quarter was closed before it was given."),
                )
        return result

    def _ask_again(self):
        """What was missed is given back and asked for; what is done stays done, and what was
        closed as a draft was not owed, and is not now. Whoever opens the quarter leaves the own
        documents as they are, which somebody else in HR asks for again."""
        reports = self._reopen_documents("hr.backbone.report")
        assessments = self._reopen_documents("hr.backbone.assessment")
        for documents in (reports, assessments):
            documents._give_time()
            self._ask_for(documents)
        # what was cancelled stays so: HR asks for it again where it would still be blind
        self._reopen_documents("hr.backbone.second.opinion")
        running = self.filtered(
            lambda quarter: quarter.date_end >= quarter.company_id._backbone_today()
        )
        running._make_documents()

    def _reopen_documents(self, name):
        """:return: those that were missed, or HR had not handed in, and are open drafts again"""
        documents = self.env[name]
        groups = documents._read_group(
            Domain("quarter_id", "in", self.ids)
            & documents._get_asked_domain()
            & documents._get_others_domain(),
            ["state"],
            ["id:array_agg"],
        )
        comment = self.env._("The quarter was opened again.")
        missing = documents.browse()
        for state, ids in groups:
            move = "reopen" if state == "missed" else None
            records = documents._settle(ids, move, closed=False, comment=comment)
            if state in ("draft", "missed"):
                missing += records
        return missing

    # -- who is asked ------------------------------------------------------------------

    def _ask_for(self, documents):
        """Whoever owes these documents is asked for them.

        :param documents: reports, assessments or second opinions of these quarters, in draft
        """
        if documents._name == "hr.backbone.report":
            self._ask_members(documents)
        elif documents:
            self._ask_assessors(documents)

    def _ask_members(self, reports):
        """Each member is asked for the report; for one that is given back, once more."""
        if not reports:
            return
        # sudo: the outbox belongs to the system
        notices = self.env["hr.backbone.quarter.notice"].sudo()
        notices._ask(
            "report",
            self._get_today_sql(),
            SQL(
                """SELECT quarter_id, company_id, employee_id, id, NULL, date_due
                     FROM hr_backbone_report WHERE id = ANY(%s)""",
                reports.ids,
            ),
            again=SQL("TRUE"),
        )._send_soon()

    def _ask_assessors(self, documents, kind=None):
        """Each mentor, or second rater, is asked once for all; again only who had nothing left to
        do.

        :param str kind: the occasion; that of the document by default
        """
        # sudo: the outbox belongs to the system
        notices = self.env["hr.backbone.quarter.notice"].sudo()
        values = {
            "table": SQL.identifier(documents._table),
            "owing": SQL.identifier(documents._assessor_field),
            "ids": documents.ids,
        }
        notices._ask(
            kind or get_kind(documents),
            self._get_today_sql(),
            SQL(
                """SELECT DISTINCT quarter_id, company_id, %(owing)s, NULL::integer, NULL,
                                   NULL::date
                     FROM %(table)s
                    WHERE id = ANY(%(ids)s) AND %(owing)s IS NOT NULL""",
                **values,
            ),
            again=SQL(
                """NOT EXISTS (
                       SELECT 1 FROM %(table)s a
                        WHERE a.quarter_id = n.quarter_id AND a.%(owing)s = n.employee_id
                          AND a.state = 'draft' AND NOT COALESCE(a.is_closed, FALSE)
                          AND a.id != ALL(%(ids)s))""",
                **values,
            ),
        )._send_soon()

    def _get_today_sql(self):
        """Today where the company of the row `r` is."""
        return SQL(
            "CASE r.company_id %s END",
            SQL(" ").join(
                SQL("WHEN %s THEN %s::date", company.id, company._backbone_today())
                for company in self.company_id
            ),
        )

    def _finish_mentor_activities(self, mentors):
        """The reminder on the quarter goes once a mentor owes no assessment in it; and HR's, who
        says who assesses in the place of a mentor who left, once there is none."""
        # sudo: reminders of the system; who owes what decides
        quarters = self.sudo()
        assessments = quarters.env["hr.backbone.assessment"]
        owing = assessments._read_group(
            assessments._get_owed_domain()
            & Domain([("quarter_id", "in", self.ids), ("mentor_id", "in", mentors.ids)]),
            ["quarter_id", "mentor_id"],
        )
        busy = {(quarter.id, mentor._get_backbone_users()) for quarter, mentor in owing}
        # sudo: as above, of the mentors that were asked for
        asked = Domain("user_id", "in", mentors.sudo().user_id.ids)
        officers = Domain("user_id.all_group_ids", "in", self.env.ref(OFFICER).ids)
        activities = quarters.env["mail.activity"].search(
            Domain("res_model", "=", self._name)
            & Domain("res_id", "in", self.ids)
            & Domain("activity_type_id", "=", self.env.ref(ASSESSMENT).id)
            & (asked | officers)
        )
        done = activities.filtered(lambda row: (row.res_id, row.user_id) not in busy)
        for row in done.filtered(lambda row: row.user_id.has_group(OFFICER)):
            if row.user_id in quarters.browse(row.res_id)._get_keepers(row):
                done -= row
        done.unlink()

    def _get_keepers(self, activity):
        """A mentor who owes an assessment; where one of them cannot write it any more, HR, who
        says who does."""
        if activity.activity_type_id != self.env.ref(ASSESSMENT):
            return super()._get_keepers(activity)
        assessments = self.env["hr.backbone.assessment"]
        owed = assessments._get_owed_domain() & Domain("quarter_id", "=", self.id)
        groups = assessments._read_group(owed & Domain("mentor_id", "!=", False), ["mentor_id"])
        users = {mentor: mentor._get_acting_users(self.company_id) for (mentor,) in groups}
        owing = self.env["res.users"].union(*users.values())
        if activity.user_id in owing or all(users.values()):
            return owing & activity.user_id
        return self._get_hr_keepers(activity, self.program_id.user_id)

    def _pass_beside(self, activity, keepers):
        result = super()._pass_beside(activity, keepers)
        if keepers:
            told = self.with_context(lang=get_reader_lang(activity.user_id, self))
            activity.summary = told.env._("Choose who assesses in the place of a mentor who left.")
        return result

    # -- who is reminded ---------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Make sure that everyone has been reminded who is to be by today."""
        domain = [("state", "=", "open")]
        run_in_batches(self, domain, lambda quarter: quarter._remind(), batch_size=1)

    def _remind(self):
        """The stages that this quarter has reached: one statement for each."""
        self.ensure_one()
        self.env["hr.backbone.second.opinion"]._tend(self)
        today = self.company_id._backbone_today()
        for kind, document, setting, sign in STAGES:
            days = self.company_id[setting]
            if not days:
                continue
            # due by this day: three days ago, or in three days
            limit = fields.Date.subtract(today, days=sign * days)
            condition = (
                SQL("d.date_due <= %s", limit)
                if sign > 0
                else SQL("d.date_due BETWEEN %s AND %s", today, limit)
            )
            rows = (
                self._get_escalation_rows(document, condition)
                if kind.endswith("escalate")
                else self._get_debtor_rows(document, condition)
            )
            # sudo: the outbox belongs to the system
            notices = self.env["hr.backbone.quarter.notice"].sudo()
            # once more, when something is due later than it was when they were told
            again = SQL("max_due + %s > n.date", sign * days)
            notices._ask(kind, self._get_today_sql(), rows, again)._send_soon()

    def _get_drafts_sql(self, document, condition):
        """The drafts `d` of active members in these quarters, with `owing` who owes each."""
        owing = {
            "report": SQL("d.employee_id"),
            "assessment": self.env["hr.backbone.assessment"]._select_owing_mentor("d"),
            "opinion": SQL("d.rater_id"),
        }
        return SQL(
            """SELECT d.quarter_id, d.company_id, d.department_id, %(owing)s AS owing, d.date_due
                 FROM %(table)s d
                 JOIN hr_backbone_member m ON m.id = d.member_id AND m.state = 'active'
                WHERE d.quarter_id = ANY(%(quarters)s) AND d.state = 'draft'
                  AND NOT COALESCE(d.is_closed, FALSE)
                  AND %(owing)s IS NOT NULL AND %(condition)s""",
            owing=owing[document],
            table=SQL.identifier(self.env[DOCUMENTS[document]]._table),
            quarters=self.ids,
            condition=condition,
        )

    def _get_debtor_rows(self, document, condition):
        return SQL(
            """SELECT quarter_id, company_id, owing, NULL::integer, NULL, max(date_due)
                 FROM (%s) d GROUP BY quarter_id, company_id, owing""",
            self._get_drafts_sql(document, condition),
        )

    def _get_escalation_rows(self, document, condition):
        """One row for each manager, with the names. Where a department has no manager, or it is
        the manager's own debt, it goes up, to the first one above; at the top, to HR. A second
        opinion goes to HR alone: managers are mentors, and must not know of it."""
        if document == "opinion":
            return self._get_opinion_escalation_rows(condition)
        return SQL(
            """SELECT quarter_id, company_id, manager_id, NULL::integer,
                      string_agg(name, E'\\n' ORDER BY name), max(date_due)
                 FROM (SELECT d.quarter_id, d.company_id, e.id, e.name,
                              COALESCE(up.manager_id, %(hr)s) AS manager_id,
                              max(d.date_due) AS date_due
                         FROM (%(drafts)s) d
                         JOIN hr_employee e ON e.id = d.owing
                         LEFT JOIN hr_version v ON v.id = e.current_version_id
                         LEFT JOIN hr_department p ON p.id = %(department)s
                         LEFT JOIN LATERAL (
                             SELECT u.manager_id FROM hr_department u
                               JOIN hr_employee b ON b.id = u.manager_id AND b.active
                              WHERE p.parent_path LIKE u.parent_path || '%%' AND b.id != e.id
                              ORDER BY length(u.parent_path) DESC LIMIT 1) up ON TRUE
                        GROUP BY 1, 2, 3, 4, 5) late
                WHERE manager_id IS NOT NULL AND manager_id != id
                GROUP BY quarter_id, company_id, manager_id""",
            drafts=self._get_drafts_sql(document, condition),
            hr=self._get_hr_employee().id or None,
            # the department of the document is the member's: a mentor has another
            department=SQL("COALESCE(d.department_id, v.department_id)")
            if document == "report"
            else SQL("v.department_id"),
        )

    def _get_opinion_escalation_rows(self, condition):
        """One row for HR, with the names."""
        users = self._get_hr_beside_opinions()
        return SQL(
            """SELECT d.quarter_id, d.company_id, h.id, NULL::integer,
                      string_agg(DISTINCT e.name, E'\\n' ORDER BY e.name), max(d.date_due)
                 FROM (%(drafts)s) d
                 JOIN hr_employee e ON e.id = d.owing
                 JOIN hr_employee h ON h.id = %(hr)s
                GROUP BY d.quarter_id, d.company_id, h.id""",
            drafts=self._get_drafts_sql("opinion", condition),
            hr=self._find_employee(users[:1]).id or None,
        )

    def _get_hr_employee(self):
        """Who in HR is told where no manager is: the one responsible for the program, else an
        officer; empty where none of them is an employee of the company."""
        self.ensure_one()
        return self._find_employee(self.company_id._backbone_hr_user(self.program_id.user_id))

    def _get_hr_beside_opinions(self):
        """Who in HR may know of the second opinions: `res.users` with an employee here who neither
        assess somebody in the quarter nor are assessed; the one responsible for the program
        first. As superuser."""
        self.ensure_one()
        users = self.company_id._backbone_hr_users(self.program_id.user_id)
        users = users.filtered(lambda user: self._find_employee(user))
        own = {user: user._get_backbone_ever() for user in users}
        numbers = [number for several in own.values() for number in several]
        assessments = self.env["hr.backbone.assessment"].search_fetch(
            Domain("quarter_id", "=", self.id)
            & (Domain("mentor_id", "in", numbers) | Domain("employee_id", "in", numbers)),
            ["mentor_id", "employee_id"],
        )
        involved = {*assessments.mentor_id.ids, *assessments.employee_id.ids}
        return users.filtered(lambda user: involved.isdisjoint(own[user]))

    def _find_employee(self, user):
        """The employee of this user in the company of the quarter; empty for none."""
        return user.employee_ids.filtered(lambda row: row.company_id == self.company_id)[:1]

    # -- a due date that moves -----------------------------------------------------------

    def _move_reminders(self, name, drafts):
        """The to-dos for these drafts are due when the drafts are: a member's is on the report, a
        second rater's on the second opinion, a mentor's on the quarter, one for all.

        :param str name: the model of the drafts
        """
        if name != "hr.backbone.assessment":
            due_by_document = {document.id: document.date_due for document in drafts}
            found = self._find_reminders(get_kind(drafts), drafts)
            days = found.grouped(lambda row: due_by_document.get(row.res_id))
        else:
            due_by_mentor = {
                (quarter.id, user): due
                for quarter, mentor, due in drafts._read_group(
                    drafts._get_owed_domain()
                    & Domain([("quarter_id", "in", self.ids), ("mentor_id", "!=", False)]),
                    ["quarter_id", "mentor_id"],
                    ["date_due:min"],
                )
                for user in mentor._get_backbone_users()
            }
            found = self._find_reminders("assessment", self)
            days = found.grouped(lambda row: due_by_mentor.get((row.res_id, row.user_id)))
        for due, rows in days.items():
            if due:
                rows.write({"date_deadline": due})

    def _find_reminders(self, kind, records):
        """:return: the to-dos for what is due of this kind, which are on these records"""
        activity_type = self.env.ref(ACTIVITIES[kind])
        domain = Domain("activity_type_id", "=", activity_type.id) & Domain("automated", "=", True)
        domain &= Domain("res_model", "=", records._name) & Domain("res_id", "in", records.ids)
        # sudo: reminders of the system
        return self.env["mail.activity"].sudo().search(domain)
