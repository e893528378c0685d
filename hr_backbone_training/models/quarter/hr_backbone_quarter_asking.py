from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, formatLang

from ...const import OFFICER


class HrBackboneQuarter(models.Model):
    """Who is asked for the documents of a quarter: each member, and each mentor once."""

    _inherit = "hr.backbone.quarter"

    notice_ids = fields.One2many(
        "hr.backbone.quarter.notice", "quarter_id", "Notices", groups=OFFICER
    )
    notice_count = fields.Integer("People to tell", compute="_compute_told", groups=OFFICER)
    told_count = fields.Integer("People told", compute="_compute_told", groups=OFFICER)
    told = fields.Char(compute="_compute_told", groups=OFFICER)
    is_telling = fields.Boolean(compute="_compute_told", groups=OFFICER)

    def _compute_told(self):
        groups = self.env["hr.backbone.quarter.notice"]._read_group(
            [("quarter_id", "in", self.ids)], ["quarter_id", "state"], ["__count"]
        )
        counts = {(quarter, state): count for quarter, state, count in groups}
        for quarter in self:
            total = sum(count for (owner, _state), count in counts.items() if owner == quarter)
            waiting = counts.get((quarter, "waiting"), 0)
            quarter.notice_count = total
            quarter.told_count = counts.get((quarter, "told"), 0)
            quarter.is_telling = bool(waiting)
            quarter.told = self.env._(
                "%(told)s of %(all)s told",
                told=formatLang(self.env, total - waiting, digits=0),
                all=formatLang(self.env, total, digits=0),
            )

    def _on_documents_made(self, reports, assessments):
        result = super()._on_documents_made(reports, assessments)
        self._ask_for(reports)
        self._ask_for(assessments)
        return result

    def _ask_for(self, documents):
        """Whoever owes these documents is asked for them.

        :param documents: reports or assessments of these quarters, in draft
        """
        if documents._name == "hr.backbone.report":
            self._ask_members(documents)
        else:
            self._ask_mentors(documents)

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
                """SELECT quarter_id, company_id, employee_id, id, NULL
                     FROM hr_backbone_report WHERE id = ANY(%s)""",
                reports.ids,
            ),
            again=SQL("TRUE"),
        )._tell_soon()

    def _ask_mentors(self, assessments):
        """Each mentor is asked once for all; again only who had nothing left to do."""
        if not assessments:
            return
        # sudo: the outbox belongs to the system
        notices = self.env["hr.backbone.quarter.notice"].sudo()
        notices._ask(
            "assessment",
            self._get_today_sql(),
            SQL(
                """SELECT DISTINCT quarter_id, company_id, mentor_id, NULL::integer, NULL
                     FROM hr_backbone_assessment
                    WHERE id = ANY(%s) AND mentor_id IS NOT NULL""",
                assessments.ids,
            ),
            again=SQL(
                """NOT EXISTS (
                       SELECT 1 FROM hr_backbone_assessment a
                        WHERE a.quarter_id = n.quarter_id AND a.mentor_id = n.employee_id
                          AND a.state = 'draft' AND NOT COALESCE(a.is_closed, FALSE)
                          AND a.id != ALL(%s))""",
                assessments.ids,
            ),
        )._tell_soon()

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
        """The reminder on the quarter goes once a mentor owes no assessment in it."""
        # sudo: reminders of the system; who owes what decides
        assessments = self.env["hr.backbone.assessment"].sudo()
        owing = assessments._read_group(
            assessments._get_owed_domain()
            & Domain([("quarter_id", "in", self.ids), ("mentor_id", "in", mentors.ids)]),
            ["quarter_id", "mentor_id"],
        )
        busy = {(quarter.id, mentor.user_id) for quarter, mentor in owing}
        activity_type = self.env.ref("hr_backbone_training.mail_activity_type_assessment")
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "=", activity_type.id),
                    ("user_id", "in", mentors.sudo().user_id.ids),
                ]
            )
        )
        activities.filtered(lambda row: (row.res_id, row.user_id) not in busy).unlink()
