# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...const import OFFICER
from ..core.public import public


class HrBackboneQuarterDebt(models.Model):
    """Who owes what in the quarters that are open: members, mentors, second raters and HR alike,
    one row for each. A view: what is done is gone from it by itself."""

    _name = "hr.backbone.quarter.debt"
    _description = "Open Obligation of a Quarter"
    _auto = False
    _order = "days_overdue desc, date_due, id"
    _rec_name = "debtor_id"
    _depends = {
        "hr.backbone.report": ["state", "is_closed", "date_due", "date_submitted"],
        "hr.backbone.assessment": ["state", "is_closed", "date_due", "mentor_id"],
        "hr.backbone.assessment.line": ["assessment_id"],
        "hr.backbone.second.opinion": ["state", "is_closed", "date_due", "rater_id"],
        "res.company": ["backbone_acceptance_days"],
        "hr.backbone.quarter.notice": ["kind", "date"],
        "hr.backbone.member": ["state"],
        "hr.backbone.login": ["employee_id", "date_to", "state"],
        "hr.employee": ["user_id", "active"],
        "res.users": ["active", "company_ids"],
    }

    quarter_id = fields.Many2one("hr.backbone.quarter", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    debtor = fields.Selection(
        [
            ("member", "Member"),
            ("mentor", "Mentor"),
            ("rater", "Second Rater"),
            ("hr", "Human Resources"),
        ],
        "Owed by",
        readonly=True,
    )
    debtor_id = fields.Many2one("hr.employee", "Person", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True, help="Of the person who owes.")
    what = fields.Selection(
        [
            ("report", "Report"),
            ("assessment", "Assessment"),
            ("opinion", "Second Opinion"),
            ("acceptance", "Acceptance of the report"),
            ("mentor", "A mentor who assesses"),
            ("criteria", "Criteria for the echelon"),
        ],
        readonly=True,
    )
    member_id = fields.Many2one("hr.backbone.member", "For the Member", readonly=True)
    report_id = fields.Many2one("hr.backbone.report", readonly=True)
    assessment_id = fields.Many2one("hr.backbone.assessment", readonly=True)
    opinion_id = fields.Many2one("hr.backbone.second.opinion", readonly=True)
    date_due = fields.Date("Due", readonly=True)
    days_overdue = fields.Integer(
        "Days overdue", readonly=True, aggregator="max", help="Zero: not yet."
    )
    is_overdue = fields.Boolean("Overdue", readonly=True)
    closing = fields.Selection(
        [
            ("early", "Cannot be closed: not due yet"),
            ("waits", "Cannot be closed: the report waits for HR"),
            ("missed", "Closing it makes it “never submitted”"),
            ("cancelled", "Closing the quarter cancels it"),
        ],
        "When the quarter is closed",
        readonly=True,
    )
    nudged = fields.Date("Nudged on", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            "%s UNION ALL %s UNION ALL %s",
            self._get_debts_sql(**self._get_report_columns()),
            self._get_debts_sql(**self._get_assessment_columns()),
            self._get_debts_sql(**self._get_opinion_columns()),
        )

    def _get_report_columns(self):
        reports = self.env["hr.backbone.report"]
        # HR hands in what a member without a login has on paper
        by_member = SQL("d.state = 'draft' AND %s", reports._select_can_write("d"))
        return {
            "number": 0,
            "documents": reports,
            "debtor": SQL("CASE WHEN %s THEN 'member' ELSE 'hr' END", by_member),
            "debtor_id": SQL("CASE WHEN %s THEN d.employee_id END", by_member),
            "department": SQL("d.department_id"),
            "what": SQL("CASE d.state WHEN 'draft' THEN 'report' ELSE 'acceptance' END"),
            "report": SQL("d.id"),
            "assessment": SQL("NULL::integer"),
            "due": SQL(
                "CASE d.state WHEN 'draft' THEN d.date_due ELSE %s END",
                reports._select_acceptance_due("d", "c"),
            ),
            "states": ["draft", "submitted"],
            "opinion": SQL("NULL::integer"),
        }

    def _get_assessment_columns(self):
        owing = self.env["hr.backbone.assessment"]._select_owing_mentor("d")
        return {
            "number": 1,
            "documents": self.env["hr.backbone.assessment"],
            "debtor": SQL("CASE WHEN %s IS NULL THEN 'hr' ELSE 'mentor' END", owing),
            "debtor_id": owing,
            "department": SQL("COALESCE(v.department_id, d.department_id)"),
            "what": SQL(
                """CASE WHEN d.mentor_id IS NULL THEN 'mentor' WHEN %s IS NULL THEN 'criteria'
                        ELSE 'assessment' END""",
                owing,
            ),
            "report": SQL("NULL::integer"),
            "assessment": SQL("d.id"),
            "due": SQL("d.date_due"),
            "states": ["draft"],
            "opinion": SQL("NULL::integer"),
        }

    def _get_opinion_columns(self):
        return {
            "number": 2,
            "documents": self.env["hr.backbone.second.opinion"],
            "debtor": SQL("'rater'"),
            "debtor_id": SQL("d.rater_id"),
            "department": SQL("COALESCE(v.department_id, d.department_id)"),
            "what": SQL("'opinion'"),
            "report": SQL("NULL::integer"),
            "assessment": SQL("NULL::integer"),
            "due": SQL("d.date_due"),
            "states": ["draft"],
            "opinion": SQL("d.id"),
            "closing": SQL("'cancelled'"),
            "nudge": "opinion_nudge",
        }

    def _get_debts_sql(self, number, documents, debtor_id, closing=None, nudge="nudge", **columns):
        """The rows of one kind of document `d`.

        :param int number: of the kind, for the ids of the view
        :param SQL closing: what becomes of it when the quarter is closed; by the state and the
            due date by default
        :param str nudge: the notice by which HR reminds of it
        """
        today = self._get_today_sql()
        by_state = SQL(
            """CASE WHEN d.state = 'submitted' THEN 'waits'
                    WHEN %s > %s THEN 'missed' ELSE 'early' END""",
            today,
            columns["due"],
        )
        return SQL(
            """SELECT d.id * 3 + %(number)s AS id, d.quarter_id, d.company_id, d.member_id,
                      %(debtor)s AS debtor, %(debtor_id)s AS debtor_id,
                      %(department)s AS department_id, %(what)s AS what,
                      %(report)s AS report_id, %(assessment)s AS assessment_id,
                      %(opinion)s AS opinion_id,
                      %(due)s AS date_due,
                      GREATEST(%(today)s - %(due)s, 0) AS days_overdue,
                      %(today)s > %(due)s AS is_overdue,
                      %(closing)s AS closing,
                      n.date AS nudged
                 FROM %(table)s d
                 JOIN res_company c ON c.id = d.company_id
                 LEFT JOIN hr_employee e ON e.id = %(debtor_id)s
                 LEFT JOIN hr_version v ON v.id = e.current_version_id
                 LEFT JOIN hr_backbone_quarter_notice n ON n.quarter_id = d.quarter_id
                       AND n.employee_id = %(debtor_id)s AND n.kind = %(nudge)s
                WHERE NOT COALESCE(d.is_closed, FALSE) AND d.state = ANY(%(states)s)
                  AND d.id IN %(asked)s""",
            number=number,
            table=SQL.identifier(documents._table),
            debtor_id=debtor_id,
            today=today,
            closing=closing or by_state,
            nudge=nudge,
            asked=documents._select_asked(),
            **columns,
        )

    def _get_today_sql(self):
        """Today where the company of the document is."""
        return SQL(
            "CASE d.company_id %s ELSE CURRENT_DATE END",
            SQL(" ").join(
                SQL("WHEN %s THEN %s::date", company.id, company._backbone_today())
                for company in self.env.companies
            ),
        )

    @public()
    def action_nudge(self):
        """HR: remind those who owe these rows, each at most once a day.

        :return: a notice that says how many were reminded
        """
        self.check_access("read")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only HR can do this."))
        return self.quarter_id._nudge(self.debtor_id)

    @public(one=True)
    def action_open(self):
        """The document itself."""
        self.ensure_one()
        document = self.report_id or self.assessment_id or self.opinion_id
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "views": [(False, "form")],
        }

    @public()
    def action_reassign(self):
        """HR: choose who assesses in the place of a mentor who is not there any more."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_reassign_wizard_action"
        )
        action["context"] = {"default_assessment_ids": self.assessment_id.ids}
        return action
