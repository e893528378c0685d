from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class HrBackboneQuarter(models.Model):
    """Closing a quarter in bulk: what can be settled is, the others stay with the reason."""

    _inherit = "hr.backbone.quarter"

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

    def _settle_members(self):
        """:return: how many members were settled now"""
        self.env.flush_all()
        today = self.company_id._backbone_today()
        self.env.cr.execute(
            SQL(
                """SELECT r.id, r.state, a.id, a.state, %(active)s
                     FROM hr_backbone_report r
                     JOIN hr_backbone_member m ON m.id = r.member_id
                     JOIN hr_backbone_assessment a
                       ON a.quarter_id = r.quarter_id AND a.member_id = r.member_id
                    WHERE r.quarter_id = %(quarter)s
                      AND NOT (COALESCE(r.is_closed, FALSE) AND COALESCE(a.is_closed, FALSE))
                      AND %(report)s AND %(assessment)s
                    ORDER BY r.id""",
                active=SQL("m.state = 'active'"),
                quarter=self.id,
                report=self._get_settled_condition("r", "accepted", today),
                assessment=self._get_settled_condition("a", "submitted", today),
            )
        )
        rows = self.env.cr.fetchall()
        reports = self.env["hr.backbone.report"]
        assessments = self.env["hr.backbone.assessment"]
        comment = self.env._("Not submitted when the quarter was closed.")
        # whoever is not active owes nothing: the draft is closed, and is not held against them
        missed = {row[0] for row in rows if row[1] == "draft" and row[4]}
        reports._settle(missed, "miss", comment=comment)
        reports._settle({row[0] for row in rows} - missed)
        missed_assessments = {row[2] for row in rows if row[3] == "draft" and row[4]}
        assessments._settle(missed_assessments, "miss", comment=comment)
        assessments._settle({row[2] for row in rows} - missed_assessments)
        self._drop_reminders(missed, missed_assessments)
        return len(rows)

    @staticmethod
    def _get_settled_condition(alias, done, today):
        """When a document can be closed: it is done, was missed, is overdue, or is not owed
        any more because the member is not active."""
        document = SQL.identifier(alias)
        return SQL(
            """(%(document)s.state IN (%(done)s, 'missed')
                OR (%(document)s.state = 'draft'
                    AND (%(document)s.date_due < %(today)s OR m.state != 'active')))""",
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

    def _get_debts_action(self):
        return {"type": "ir.actions.act_window_close"}

    # -- opened again ------------------------------------------------------------------------

    def _after_reopen(self, decisions):
        """What was missed is given back and asked for; what is done stays done."""
        # sudo: the move was just allowed
        quarters = self.sudo()
        reports = quarters._reopen_documents("hr.backbone.report")
        assessments = quarters._reopen_documents("hr.backbone.assessment")
        quarters._ask_for(reports)
        quarters._ask_for(assessments)
        running = quarters.filtered(
            lambda quarter: quarter.date_end >= quarter.company_id._backbone_today()
        )
        running._make_documents()

    def _reopen_documents(self, name):
        """:return: those that were missed, and are drafts again"""
        documents = self.env[name]
        groups = documents._read_group(
            [("quarter_id", "in", self.ids)], ["state"], ["id:array_agg"]
        )
        comment = self.env._("The quarter was opened again.")
        missed = documents.browse()
        for state, ids in groups:
            move = "reopen" if state == "missed" else None
            records = documents._settle(ids, move, closed=False, comment=comment)
            if move or state == "draft":
                missed += records
        return missed

    # -- due dates ---------------------------------------------------------------------------

    def write(self, vals):
        """The drafts are due when the quarter says so."""
        result = super().write(vals)
        for name, field in (
            ("hr.backbone.report", "date_due_report"),
            ("hr.backbone.assessment", "date_due_assessment"),
        ):
            if field in vals:
                # sudo: who may write the quarter may move what is due in it
                drafts = self.env[name].sudo()
                drafts.search(
                    [("quarter_id", "in", self.ids), ("state", "=", "draft")]
                ).with_context(tracking_disable=True).write(
                    {"date_due": fields.Date.to_date(vals[field])}
                )
        return result
