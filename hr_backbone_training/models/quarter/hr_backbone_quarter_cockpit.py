# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import OFFICER
from ..core.public import public

DONE = ("submitted", "accepted")
# who owes something in a quarter
DEBTORS = ("member", "mentor", "rater", "hr")


class HrBackboneQuarter(models.Model):
    """The cockpit: how far the quarter is, and who is late, at one glance."""

    # the third file of the model, a part by itself: with another it would be too long to read
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hr.backbone.quarter"

    report_count = fields.Integer("Reports asked for", compute="_compute_progress", groups=OFFICER)
    report_done = fields.Integer("Reports submitted", compute="_compute_progress", groups=OFFICER)
    report_accepted = fields.Integer(
        "Reports accepted", compute="_compute_progress", groups=OFFICER
    )
    report_progress = fields.Integer("Reports (%)", compute="_compute_progress", groups=OFFICER)
    assessment_count = fields.Integer(
        "Assessments asked for", compute="_compute_progress", groups=OFFICER
    )
    assessment_done = fields.Integer(
        "Assessments submitted", compute="_compute_progress", groups=OFFICER
    )
    assessment_progress = fields.Integer(
        "Assessments (%)", compute="_compute_progress", groups=OFFICER
    )
    late_count = fields.Integer(
        "Late or never",
        compute="_compute_progress",
        groups=OFFICER,
        help="Reports and assessments that came late, or never: this stays.",
    )
    closed_count = fields.Integer(
        "Settled",
        compute="_compute_progress",
        groups=OFFICER,
        help="Reports that are closed for good: accepted, or never submitted.",
    )
    owed_member = fields.Integer("Members owe", compute="_compute_debts", groups=OFFICER)
    owed_mentor = fields.Integer("Mentors owe", compute="_compute_debts", groups=OFFICER)
    owed_rater = fields.Integer("Second Raters owe", compute="_compute_debts", groups=OFFICER)
    owed_hr = fields.Integer("HR owes", compute="_compute_debts", groups=OFFICER)
    overdue_count = fields.Integer("Overdue", compute="_compute_debts", groups=OFFICER)
    setback_ids = fields.One2many(
        "hr.backbone.quarter.setback", "quarter_id", "Setbacks", groups=OFFICER
    )

    def _compute_progress(self):
        reports = self._count_by_state("hr.backbone.report")
        assessments = self._count_by_state("hr.backbone.assessment")
        for quarter in self:
            report, assessment = reports[quarter.id], assessments[quarter.id]
            quarter.report_count = sum(report["state"].values())
            quarter.report_done = sum(report["state"].get(state, 0) for state in DONE)
            quarter.report_accepted = report["state"].get("accepted", 0)
            quarter.report_progress = self._get_percent(quarter.report_done, quarter.report_count)
            quarter.assessment_count = sum(assessment["state"].values())
            quarter.assessment_done = assessment["state"].get("submitted", 0)
            quarter.assessment_progress = self._get_percent(
                quarter.assessment_done, quarter.assessment_count
            )
            quarter.late_count = report["late"] + assessment["late"]
            quarter.closed_count = report["closed"]

    @staticmethod
    def _get_percent(part, whole):
        return round(100 * part / whole) if whole else 0

    def _count_by_state(self, name):
        """{id of the quarter: {"state": {state: count}, "late": count, "closed": count}}"""
        counts = {id_: {"state": {}, "late": 0, "closed": 0} for id_ in self.ids}
        # sudo: numbers for HR, their own case included, which HR does not read
        for quarter, state, late, closed, count in (
            self.env[name]
            .sudo()
            ._read_group(
                Domain("quarter_id", "in", self.ids) & self.env[name]._get_asked_domain(),
                ["quarter_id", "state", "is_late", "is_closed"],
                ["__count"],
            )
        ):
            row = counts[quarter.id]
            row["state"][state] = row["state"].get(state, 0) + count
            row["late"] += count if late else 0
            row["closed"] += count if closed or quarter.state == "closed" else 0
        return counts

    @api.depends_context("uid")
    def _compute_debts(self):
        groups = self.env["hr.backbone.quarter.debt"]._read_group(
            [("quarter_id", "in", self.ids)], ["quarter_id", "debtor", "is_overdue"], ["__count"]
        )
        for quarter in self:
            own = [row[1:] for row in groups if row[0] == quarter]
            for debtor in DEBTORS:
                quarter[f"owed_{debtor}"] = sum(row[2] for row in own if row[0] == debtor)
            quarter.overdue_count = sum(row[2] for row in own if row[1])

    # -- nudge -----------------------------------------------------------------------------

    @public()
    def action_nudge(self):
        """HR: remind everyone who owes something in this quarter, once a day at the most."""
        self.check_access("read")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only HR can do this."))
        return self._nudge()

    def _nudge(self, people=None):
        """:param people: `hr.employee`, only these; all who owe something by default"""
        # with the rights of the user: a number must not tell HR of a second opinion on themselves
        opinions = self._find_owed_opinions()
        # sudo: the callers have checked; the outbox belongs to the system
        quarters = self.sudo().filtered(lambda quarter: quarter.state == "open")
        if not quarters:
            return self._get_nudge_report(0, 0)
        drafts = {
            "nudge": SQL(
                "%s UNION ALL %s",
                quarters._get_drafts_sql("report", SQL("TRUE")),
                quarters._get_drafts_sql("assessment", SQL("TRUE")),
            )
        }
        if opinions:
            asked = SQL("d.id = ANY(%s)", opinions.ids)
            drafts["opinion_nudge"] = quarters._get_drafts_sql("opinion", asked)
        owing, told = set(), set()
        for kind, rows in drafts.items():
            debtors, notices = quarters._nudge_for(kind, rows, people)
            owing |= debtors
            told |= {(row.quarter_id.id, row.employee_id.id) for row in notices}
        return self._get_nudge_report(len(told), len(owing - told))

    def _find_owed_opinions(self):
        """The second opinions that are owed in these quarters, as far as the user reads them."""
        opinions = self.env["hr.backbone.second.opinion"]
        if not opinions._is_in_use():
            return opinions
        return opinions.search(opinions._get_owed_domain() & Domain("quarter_id", "in", self.ids))

    def _nudge_for(self, kind, drafts, people):
        """Remind those who owe these drafts, who were not reminded today. As superuser.

        :param str kind: the occasion
        :param SQL drafts: see `_get_drafts_sql`
        :param people: see `_nudge`
        :return: ({(quarter, employee) who owe}, the notices that are waiting)
        """
        drafts = SQL(
            "SELECT * FROM (%s) d WHERE %s",
            drafts,
            SQL("TRUE") if people is None else SQL("owing = ANY(%s)", people.ids),
        )
        self.env.flush_all()
        owing = self.env.execute_query(SQL("SELECT DISTINCT quarter_id, owing FROM (%s) d", drafts))
        notices = self.env["hr.backbone.quarter.notice"]._ask(
            kind,
            self._get_today_sql(),
            SQL(
                """SELECT DISTINCT quarter_id, company_id, owing, NULL::integer, NULL, NULL::date
                     FROM (%s) d""",
                drafts,
            ),
            again=SQL("n.date < excluded.date"),
        )
        notices._send_soon()
        return set(owing), notices

    @api.model
    def _get_nudge_report(self, nudged, before):
        parts = []
        if nudged:
            parts.append(
                self.env._("1 person is reminded.")
                if nudged == 1
                else self.env._("%s people are reminded.", nudged)
            )
        if before:
            parts.append(
                self.env._("1 person was reminded today already.")
                if before == 1
                else self.env._("%s people were reminded today already.", before)
            )
        message = " ".join(parts) or self.env._("Nobody owes anything.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if nudged else "info",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # -- where the numbers lead ----------------------------------------------------------

    def _get_debts_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_quarter_debt_action"
        )
        action["domain"] = [("quarter_id", "in", self.ids)]
        action["context"] = {}
        return action

    @public()
    def action_open_debts(self):
        """Who owes what in this quarter; of one kind where the button says so."""
        action = self._get_debts_action()
        debtor = self.env.context.get("backbone_debtor")
        if debtor in DEBTORS:
            action["context"] = {f"search_default_{debtor}": 1}
        elif debtor == "overdue":
            action["context"] = {"search_default_overdue": 1}
        return action

    @public()
    def action_open_late(self):
        """The reports and assessments that came late or never, by the ledger, which keeps
        them; what is still a draft is overdue instead."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_obligation_action"
        )
        return {
            **action,
            "name": self.env._("Late or never"),
            "views": [(False, "list")],
            "domain": [
                ("quarter_id", "in", self.ids),
                ("kind", "in", ["report", "assessment"]),
                ("late", "=", 1),
                ("document_state", "!=", "draft"),
            ],
            "context": {},
            "help": False,
        }

    @public()
    def action_open_reports(self):
        return self._get_documents_action("hr.backbone.report", self.env._("Reports"))

    @public()
    def action_open_assessments(self):
        return self._get_documents_action("hr.backbone.assessment", self.env._("Assessments"))

    @public()
    def action_open_opinions(self):
        return self._get_documents_action(
            "hr.backbone.second.opinion", self.env._("Second Opinions")
        )

    @public()
    def action_open_notices(self):
        return self._get_documents_action(
            "hr.backbone.quarter.notice", self.env._("People Notified")
        )

    def _get_documents_action(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("quarter_id", "in", self.ids)],
        }
