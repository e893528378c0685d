# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

from ..core.public import public


class HrBackboneAssessment(models.Model):
    """The seed's "backbone staff assessment form" (appendix 3): "Every quarter, the mentor of
    key employees will assess the key employees and submit the assessment results". Mentor and
    member sign it online, once it is submitted.
    """

    _name = "hr.backbone.assessment"
    _description = "Quarterly Assessment"
    _inherit = ["hr.backbone.scored.mixin", "hr.backbone.signed.mixin"]
    # the newest quarter first, which is how quarters sort
    _order = "quarter_id, id"
    _mail_post_access = "read"
    _portal_path = "assessments"
    _assessor_field = "mentor_id"
    _content = frozenset({"comment", "proposal", "line_ids"})

    _moved_fields = (
        "date_submitted",
        "is_late",
        "is_closed",
        "grade",
        "mentor_id",
        "proposal_decision",
        "proposal_user_id",
        "proposal_date",
    )

    mentor_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Whoever is the mentor on the last day of the quarter owes the assessment.",
        check_company=True,
    )
    report_id = fields.Many2one(
        "hr.backbone.report",
        "Report of the Quarter",
        compute="_compute_report_id",
        compute_sudo=True,
        help="What the member reported; whoever may not read it sees its name alone.",
    )
    # what the reader of a form may see besides the assessment, for many at once
    readable_report_id = fields.Many2one(
        "hr.backbone.report", "Report I may read", compute="_compute_readable"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("missed", "Never submitted"),
        ],
        default="draft",
    )
    line_ids = fields.One2many("hr.backbone.assessment.line", "assessment_id", "Scores")
    note_ids = fields.One2many(
        "hr.backbone.assessment.note", "assessment_id", "Notes of earlier mentors", readonly=True
    )
    proposal = fields.Selection(
        [
            ("keep", "Keep the training plan"),
            ("adjust", "Adjust the training plan"),
            ("withdraw", "Withdraw from the training"),
        ],
        help="“So as to adjust the appropriate training plan in time”.",
    )
    proposal_decision = fields.Selection(
        [
            ("keep", "Plan kept"),
            ("adjust", "Revision opened"),
            ("withdraw", "Left the training"),
        ],
        "HR's Decision",
        readonly=True,
        copy=False,
    )
    proposal_user_id = fields.Many2one(
        "res.users", "Proposal decided by", readonly=True, copy=False, ondelete="set null"
    )
    proposal_date = fields.Date("Proposal decided on", readonly=True, copy=False)
    readable_opinion_id = fields.Many2one(
        "hr.backbone.second.opinion",
        "Second Opinion I may read",
        compute="_compute_readable_opinion_id",
        help="Once both are submitted.",
    )
    # whoever gives one does not read the assessment before: the rules of access ask it
    second_opinion_ids = fields.One2many(
        "hr.backbone.second.opinion", "assessment_id", groups=NO_ACCESS
    )

    _quarter_member_uniq = models.UniqueIndex(
        "(quarter_id, member_id)", "A member is assessed once a quarter."
    )

    @api.model
    def _prepare_document_columns(self, quarter):
        columns = super()._prepare_document_columns(quarter)
        due = SQL("%s", quarter.date_due_assessment)
        return {**columns, "date_due": due, "mentor_id": SQL("m.mentor_id")}

    @api.model
    def _select_owing_mentor(self, alias):
        """Who owes an assessment: its mentor, and nobody where there is nothing to score; then HR
        adds the criteria first, as it appoints a mentor where there is none.

        :param str alias: of the assessment, in SQL
        :return: the id of the employee or NULL, as SQL
        """
        return SQL(
            """CASE WHEN EXISTS (SELECT FROM hr_backbone_assessment_line l
                                  WHERE l.assessment_id = %(id)s) THEN %(mentor)s END""",
            id=SQL.identifier(alias, "id"),
            mentor=SQL.identifier(alias, "mentor_id"),
        )

    @api.depends("quarter_id", "member_id")
    def _compute_report_id(self):
        reports = self.env["hr.backbone.report"].search(
            [("quarter_id", "in", self.quarter_id.ids), ("member_id", "in", self.member_id.ids)]
        )
        by_key = {(report.quarter_id, report.member_id): report for report in reports}
        for assessment in self:
            assessment.report_id = by_key.get((assessment.quarter_id, assessment.member_id))

    @api.depends_context("uid")
    @api.depends("quarter_id", "member_id")
    def _compute_readable(self):
        # the rights of the reader decide, also where a form is printed as superuser
        env = self.env(su=False)
        # sudo: the ids of documents whose rights are asked next
        ids = self.sudo().report_id.filtered(lambda report: report.state != "draft").ids
        reports = set(env["hr.backbone.report"].browse(ids)._filtered_access("read").ids)
        for assessment in self:
            # sudo: see above
            report = assessment.sudo().report_id
            assessment.readable_report_id = report.id if report.id in reports else False

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_readable_opinion_id(self):
        found = self.env["hr.backbone.second.opinion"]
        if found._is_in_use():
            # the rights of the reader decide: the mentor finds none before both are submitted
            found = found.search(
                [
                    ("assessment_id", "in", self._origin.ids),
                    ("state", "=", "submitted"),
                    ("assessment_id.state", "=", "submitted"),
                ]
            )
        by_assessment = {opinion.assessment_id.id: opinion for opinion in found}
        for assessment in self:
            assessment.readable_opinion_id = by_assessment.get(assessment._origin.id)

    @public(one=True)
    def action_open_opinion(self):
        """The second opinion on the member in this quarter, once both are submitted."""
        self.ensure_one()
        self.check_access("read")
        return self.readable_opinion_id._get_records_action()

    @public(one=True)
    def action_open_report(self):
        """The member's report of the quarter; who may not read it gets Odoo's refusal."""
        self.ensure_one()
        self.check_access("read")
        return self.report_id._get_records_action()

    # -- content -----------------------------------------------------------------------

    def _say_only_assessor(self):
        return self.env._("Only the mentor writes this assessment.")

    def _say_not_draft(self):
        return self.env._("The assessment has been submitted: it cannot be changed any more.")

    def _was_submitted(self):
        """Whether it is submitted, or was before HR returned it: so it may have been read."""
        self.ensure_one()
        return self.state == "submitted" or bool(self.date_submitted)

    # -- signatures --------------------------------------------------------------------

    def _get_signatories(self):
        submitted = self.state == "submitted"
        shared = submitted and self.company_id.backbone_share_assessment
        return {
            "employee": (self.employee_id, shared),
            "mentor": (self.mentor_id, submitted),
        }

    def _get_signed_content(self):
        return {
            "comment": self.comment or "",
            "proposal": self.proposal or "",
            "lines": [
                [line.name or "", line.weight, line.score, line.example or ""]
                for line in self.line_ids
            ],
        }

    # -- in the portal -----------------------------------------------------------------

    def _get_versioned(self):
        return {**super()._get_versioned(), "proposal": self.proposal or ""}

    def _get_missing(self):
        missing = super()._get_missing()
        if not self.proposal:
            missing["proposal"] = self.env._("Say whether the training plan is kept or adjusted.")
        return missing

    def _get_facts(self):
        facts = super()._get_facts()
        for assessment, kept in facts.items():
            kept["head"] = assessment.department_id.manager_id.name
        return facts
