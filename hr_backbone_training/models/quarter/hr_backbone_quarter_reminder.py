from odoo import api, fields, models
from odoo.tools import SQL

# occasion, its document, who owes it, the setting, whether before or after the due date
STAGES = (
    ("report_before", "report", "backbone_remind_before", -1),
    ("report_after", "report", "backbone_remind_after", 1),
    ("assessment_before", "assessment", "backbone_remind_before", -1),
    ("assessment_after", "assessment", "backbone_remind_after", 1),
    ("report_escalate", "report", "backbone_escalate_after", 1),
    ("assessment_escalate", "assessment", "backbone_escalate_after", 1),
)
OWING = {"report": SQL("employee_id"), "assessment": SQL("mentor_id")}


class HrBackboneQuarter(models.Model):
    """Reminders before and after the due dates, and the word to the manager: each person once
    for each stage, whatever the number of documents, by the settings of the company."""

    _inherit = "hr.backbone.quarter"

    @api.model
    def _cron_remind(self):
        """Make sure that everyone has been reminded who is to be by today."""
        quarters = self.search([("state", "=", "open")])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(quarters))
        for quarter in quarters:
            # another worker who is at it does the same
            if quarter.try_lock_for_update(allow_referencing=True):
                quarter._remind()
            if not cron._commit_progress(1):
                break

    def _remind(self):
        """The stages that this quarter has reached: one statement for each."""
        self.ensure_one()
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
            notices._ask(kind, self._get_today_sql(), rows)._tell_soon()

    def _get_drafts_sql(self, document, condition):
        """The drafts `d` of active members in these quarters, with `owing` who owes each."""
        return SQL(
            """SELECT d.quarter_id, d.company_id, d.department_id, d.%(owing)s AS owing, d.date_due
                 FROM %(table)s d
                 JOIN hr_backbone_member m ON m.id = d.member_id AND m.state = 'active'
                WHERE d.quarter_id = ANY(%(quarters)s) AND d.state = 'draft'
                  AND NOT COALESCE(d.is_closed, FALSE)
                  AND d.%(owing)s IS NOT NULL AND %(condition)s""",
            owing=OWING[document],
            table=SQL.identifier(f"hr_backbone_{document}"),
            quarters=self.ids,
            condition=condition,
        )

    def _get_debtor_rows(self, document, condition):
        return SQL(
            "SELECT DISTINCT quarter_id, company_id, owing, NULL::integer, NULL FROM (%s) d",
            self._get_drafts_sql(document, condition),
        )

    def _get_escalation_rows(self, document, condition):
        """One row for each manager, with the names; a manager's own debt goes one level up."""
        return SQL(
            """SELECT quarter_id, company_id, manager_id, NULL::integer,
                      string_agg(name, E'\\n' ORDER BY name)
                 FROM (SELECT DISTINCT d.quarter_id, d.company_id, e.id, e.name,
                              COALESCE(NULLIF(p.manager_id, e.id), above.manager_id) AS manager_id
                         FROM (%(drafts)s) d
                         JOIN hr_employee e ON e.id = d.owing
                         LEFT JOIN hr_version v ON v.id = e.current_version_id
                         LEFT JOIN hr_department p ON p.id = %(department)s
                         LEFT JOIN hr_department above ON above.id = p.parent_id) late
                WHERE manager_id IS NOT NULL AND manager_id != id
                GROUP BY quarter_id, company_id, manager_id""",
            drafts=self._get_drafts_sql(document, condition),
            # the department of the document is the member's: a mentor has another
            department=SQL("COALESCE(d.department_id, v.department_id)")
            if document == "report"
            else SQL("v.department_id"),
        )
