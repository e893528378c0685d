from odoo import api, fields, models
from odoo.fields import Domain


class HrBackboneReport(models.Model):
    """The report beside the assessment: whoever owes the assessment of a quarter reads the
    report of it, also when another is the mentor by now."""

    _inherit = "hr.backbone.report"

    is_to_assess = fields.Boolean(
        "To assess by me",
        compute="_compute_is_to_assess",
        search="_search_is_to_assess",
        help="You still owe the assessment of this quarter.",
    )

    @api.depends_context("uid")
    def _compute_is_to_assess(self):
        owed = self._get_owed()
        for report in self:
            report.is_to_assess = report.member_id.id in owed.get(report.quarter_id.id, ())

    @api.model
    def _search_is_to_assess(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain.OR(
            [("quarter_id", "=", quarter), ("member_id", "in", members)]
            for quarter, members in self._get_owed().items()
        )

    @api.model
    def _get_owed(self):
        """{quarter id: ids of the members whom the user has still to assess}"""
        # sudo: the user's own unfinished assessments, and only whom they are about
        return {
            quarter.id: members.ids
            for quarter, members in self.env["hr.backbone.assessment"]
            .sudo()
            ._read_group(
                [("mentor_id.user_id", "=", self.env.uid), ("state", "=", "draft")],
                ["quarter_id"],
                ["member_id:recordset"],
            )
        }


class HrBackboneAssessment(models.Model):
    _inherit = "hr.backbone.assessment"

    report_id = fields.Many2one(
        "hr.backbone.report",
        "Report of the Quarter",
        compute="_compute_report_id",
        compute_sudo=True,
        help="What the member reported; whoever may not read it sees its name alone.",
    )

    @api.depends("quarter_id", "member_id")
    def _compute_report_id(self):
        reports = self.env["hr.backbone.report"].search(
            [("quarter_id", "in", self.quarter_id.ids), ("member_id", "in", self.member_id.ids)]
        )
        by_key = {(report.quarter_id, report.member_id): report for report in reports}
        for assessment in self:
            assessment.report_id = by_key.get((assessment.quarter_id, assessment.member_id))

    def action_open_report(self):
        """The member's report of the quarter; who may not read it gets Odoo's refusal."""
        self.ensure_one()
        self.check_access("read")
        return self.report_id._get_records_action()
