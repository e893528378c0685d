# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..core import texts
from ..core.hr_backbone_portal_mixin import clean
from ..core.public import public
from ..core.scores import Score
from .res_company import GRADES

CONTENT = {"comment", "proposal", "line_ids"}


class HrBackboneAssessment(models.Model):
    """The seed's "backbone staff assessment form" (appendix 3): "Every quarter, the mentor of
    key employees will assess the key employees and submit the assessment results". Mentor and
    member sign it online, once it is submitted.

    On its page in the portal the inputs of a criterion are called `<line id>-score` and
    `<line id>-example`.
    """

    _name = "hr.backbone.assessment"
    _description = "Quarterly Assessment"
    _inherit = ["hr.backbone.quarterly.mixin", "hr.backbone.signed.mixin"]
    # the newest quarter first, which is how quarters sort
    _order = "quarter_id, id"
    _mail_post_access = "read"
    _portal_path = "assessments"
    _mean_states = {"total": ("submitted",)}

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
    comment = texts.Text(help="What the member did well, and what comes next.")
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
    total = Score(
        compute="_compute_total",
        store=True,
        digits=(5, 2),
        help="The weighted scores, out of 100 points.",
    )
    grade = fields.Selection(
        [(grade, grade) for grade in GRADES],
        readonly=True,
        copy=False,
        help="By the bands of the settings on the day of submission.",
    )

    _quarter_member_uniq = models.UniqueIndex(
        "(quarter_id, member_id)", "A member is assessed once a quarter."
    )

    @api.model
    def _prepare_document_columns(self, quarter):
        columns = super()._prepare_document_columns(quarter)
        due = SQL("%s", quarter.date_due_assessment)
        return {**columns, "date_due": due, "mentor_id": SQL("m.mentor_id")}

    @api.depends("line_ids.score", "line_ids.weight")
    def _compute_total(self):
        for assessment in self:
            points = [
                weight * line.score
                for line, weight in assessment._get_weights().items()
                if line.score is not False
            ]
            assessment.total = bool(points) and sum(points) / 100

    def _get_weights(self):
        """{line: its weight of 100 points in all}, also where the criteria of a running program
        were changed: what the total, the page and the form count by."""
        self.ensure_one()
        whole = sum(self.line_ids.mapped("weight")) or 100
        return {line: 100 * line.weight / whole for line in self.line_ids}

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

    @public(one=True)
    def action_open_report(self):
        """The member's report of the quarter; who may not read it gets Odoo's refusal."""
        self.ensure_one()
        self.check_access("read")
        return self.report_id._get_records_action()

    # -- content -----------------------------------------------------------------------

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if set(vals) & CONTENT:
            self._check_may_edit()
        return super().write(vals)

    def _is_assessor(self):
        """Whether the user is the mentor who owes this assessment."""
        self.ensure_one()
        # sudo: who the mentor is decides, and is not shown
        return self.sudo().mentor_id._is_backbone_worker()

    def _get_edit_refusal(self):
        self.ensure_one()
        if not self._is_assessor():
            return self.env._("Only the mentor writes this assessment.")
        if self.state != "draft":
            return self.env._("The assessment has been submitted: it cannot be changed any more.")
        # sudo: whether the quarter still runs decides
        if self.is_closed or self.quarter_id.sudo().state != "open":
            return self.env._("The quarter is closed.")
        return False

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
        self.ensure_one()
        stored = {"comment": clean(self.comment), "proposal": self.proposal or ""}
        for line in self.line_ids:
            stored[f"{line.id}-score"] = "" if line.score is False else str(line.score)
            stored[f"{line.id}-example"] = clean(line.example)
        return stored

    def _get_missing(self):
        self.ensure_one()
        missing = {}
        for line in self.line_ids:
            missing.update(line._get_missing_inputs())
        if not (self.comment or "").strip():
            missing["comment"] = self.env._("Write a comment for the member.")
        if not self.proposal:
            missing["proposal"] = self.env._("Say whether the training plan is kept or adjusted.")
        return missing

    # -- one after the other -----------------------------------------------------------

    @api.model
    def _get_open_domain(self):
        """The assessments that the user still owes."""
        own = self.env.user._get_backbone_working()
        here = Domain("company_id", "in", self.env.companies.ids)
        return Domain("mentor_id", "in", own) & here & self._get_owed_domain()

    def _get_next_open(self):
        """The assessment that the user owes after this one: first of the same quarter."""
        self.ensure_one()
        others = self.search(
            self._get_open_domain() & Domain("id", "!=", self.id), order="date_due, id", limit=200
        )
        return others.sorted(
            lambda other: (other.quarter_id != self.quarter_id, other.id < self.id)
        )[:1]

    def _get_preview(self):
        """The total as it is now, and its grade once every criterion has a score."""
        self.ensure_one()
        if self.grade:
            return self.total, self.grade
        lines = self.line_ids
        if not lines or any(line.score is False for line in lines):
            return self.total, False
        company, bands = self.company_id, self._get_bands()
        return self.total, company._backbone_grade(round(self.total, 2), bands)

    def _get_bands(self):
        """The bands by which it was graded; those of now, until it is."""
        self.ensure_one()
        # sudo: the bands of the grades are printed on every form
        assessment = self.sudo()
        return assessment._get_fact("bands") or assessment.company_id._backbone_bands()

    def _get_facts(self):
        facts = super()._get_facts()
        for assessment, kept in facts.items():
            kept.update(
                assessor=assessment.mentor_id.name,
                head=assessment.department_id.manager_id.name,
                bands=assessment.company_id._backbone_bands(),
            )
        return facts

    def _get_returned_comment(self):
        """What HR wrote when it returned the assessment that is a draft again; else False."""
        self.ensure_one()
        if self.state != "draft":
            return False
        # it may have passed to another mentor with the return
        last = self._get_decisions().filtered(lambda decision: decision.move != "reassign")[:1]
        return last.move == "return" and last.comment
