# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..core.public import public


class HrBackboneSecondOpinion(models.Model):
    """A second, blind assessment of a member and a quarter, by somebody else who knows the work:
    so that it can be told at the end of the year who is mild and who is good. It counts in the
    estimate of how mild each rater is, and never in what the member gets.

    Whose is asked for is drawn when the quarter opens. Mentor and second rater read each other's
    form once both are submitted, and the member both of them then, never before.
    """

    _name = "hr.backbone.second.opinion"
    _description = "Second Opinion"
    _inherit = ["hr.backbone.scored.mixin", "hr.backbone.second.opinion.draw"]
    # the newest quarter first, which is how quarters sort
    _order = "quarter_id, id"
    _portal_path = "opinions"
    _assessor_field = "rater_id"
    # who reads the opinion reads it on its page; what is written beside it is HR's
    _hr_messages = True

    _fixed_fields = (
        "quarter_id",
        "member_id",
        "employee_id",
        "company_id",
        "echelon_id",
        "department_id",
        "job_id",
        "rank_id",
        "date_due",
        "assessment_id",
        "mentor_id",
    )
    _moved_fields = (
        *("date_submitted", "is_late", "is_closed", "grade", "rater_id"),
        *("date_both_in", "is_corrected"),
    )

    assessment_id = fields.Many2one(
        "hr.backbone.assessment",
        "The Mentor's Assessment",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    mentor_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The mentor on the day of the draw.",
        check_company=True,
    )
    rater_id = fields.Many2one(
        "hr.employee",
        "Second Rater",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Who gives the second opinion: the member's manager, or the host during a rotation.",
        check_company=True,
    )
    state = fields.Selection(
        [("draft", "To Be Given"), ("submitted", "Submitted"), ("cancelled", "Cancelled")],
        default="draft",
    )
    line_ids = fields.One2many("hr.backbone.second.opinion.line", "opinion_id", "Scores")
    date_both_in = fields.Date(
        "Both Submitted on",
        readonly=True,
        copy=False,
        help="From this day on mentor and second rater may have read each other's form.",
    )
    is_corrected = fields.Boolean(
        "Corrected after Both Were Submitted",
        readonly=True,
        copy=False,
        help="HR returned one of the two forms after both had been submitted: it is not blind any "
        "more, and does not count in the estimate of how mild each rater is.",
    )
    is_both_in = fields.Boolean(
        "Both Submitted",
        compute="_compute_is_both_in",
        help="Mentor and second rater have submitted, and read each other's form.",
    )
    total_mentor = fields.Char(
        "The Mentor's Total",
        compute="_compute_is_both_in",
        help="Once both are submitted.",
    )

    _quarter_member_uniq = models.UniqueIndex(
        "(quarter_id, member_id)", "There is one second opinion on a member in a quarter."
    )

    @api.depends("state", "assessment_id.state", "assessment_id.total")
    def _compute_is_both_in(self):
        for opinion in self:
            # sudo: how far both are, as it is saved; the total only where both read both
            stored = opinion._origin.sudo()
            assessment = stored.assessment_id
            both = stored.state == assessment.state == "submitted"
            opinion.is_both_in = both
            opinion.total_mentor = f"{assessment.total:.2f}" if both else False

    # -- blind, or not any more ----------------------------------------------------------

    def _may_have_been_read(self):
        """Whether mentor and second rater have, or had, each other's form."""
        self.ensure_one()
        return bool(self.date_both_in) or self.is_both_in

    @api.model
    def _note_both_in(self, domain):
        """Keep the day on which both forms are in for the first time. Called as superuser.

        :param domain: of second opinions
        """
        if not self._is_in_use():
            return
        fresh = self.search(
            Domain(domain)
            & Domain("state", "=", "submitted")
            & Domain("assessment_id.state", "=", "submitted")
            & Domain("date_both_in", "=", False)
        )
        for company, opinions in fresh.grouped("company_id").items():
            opinions._write_moved({"date_both_in": company._backbone_today()})

    @api.model
    def _note_returned(self, domain):
        """One of the two forms was returned: where both had been submitted, what comes now is
        not blind. Called as superuser.

        :param domain: of second opinions
        """
        if not self._is_in_use():
            return
        seen = self.search(
            Domain(domain)
            & Domain("date_both_in", "!=", False)
            & Domain("is_corrected", "=", False)
        )
        if seen:
            seen._write_moved({"is_corrected": True})

    def _say_not_blind(self):
        """What HR is told before one of the two forms is returned."""
        return [
            self.env._(
                "%s: both forms have been submitted and may have been read. After this return "
                "the second opinion can still be read, and does not count any more in the "
                "estimate of how mild each rater is.",
                opinion.display_name,
            )
            for opinion in self
            if opinion._may_have_been_read() and not opinion.is_corrected
        ]

    def _get_edit_refusal(self):
        # whoever is the mentor by now writes the other form
        if self._get_involved_refusal():
            return self._say_only_assessor()
        return super()._get_edit_refusal()

    @public(one=True)
    def action_open_assessment(self):
        """The mentor's assessment; who may not read it gets Odoo's refusal."""
        self.ensure_one()
        self.check_access("read")
        return self.assessment_id._get_records_action()

    # -- made for all at once ------------------------------------------------------------

    @api.model
    def _prepare_opinion_columns(self, quarter):
        """What a new second opinion says: `a` is the mentor's assessment, `r` who gives it; for
        other addons to extend.

        :return: {field: SQL}
        """
        copied = (
            *("quarter_id", "member_id", "employee_id", "company_id", "echelon_id"),
            *("department_id", "job_id", "rank_id", "mentor_id"),
        )
        return {
            **{name: SQL.identifier("a", name) for name in copied},
            "assessment_id": SQL("a.id"),
            "rater_id": SQL("r.rater_id"),
            "date_due": SQL("%s", quarter.date_due_assessment),
            "state": SQL("'draft'"),
            "is_late": SQL("FALSE"),
            "is_closed": SQL("FALSE"),
            "is_corrected": SQL("FALSE"),
        }

    def _say_only_assessor(self):
        return self.env._("Only the person who was asked writes this second opinion.")

    def _say_not_draft(self):
        if self.state == "cancelled":
            return self.env._("This second opinion is not needed any more: it was cancelled.")
        return self.env._("The second opinion has been submitted: take it back to change it.")

    def _get_decisions(self):
        """Since this rater was asked: what the former one did, and HR wrote to them, is theirs."""
        decisions = super()._get_decisions()
        passed = max(decisions.filtered(lambda row: row.move == "reassign").ids, default=0)
        return decisions.filtered(lambda row: row.id > passed)

    def _get_shown_lines(self):
        """[(what is scored, the second rater's score, the mentor's)], once both are submitted.

        :raise AccessError: the user does not read the second opinion
        """
        self.ensure_one()
        self.check_access("read")
        if not self.is_both_in:
            return []
        # who reads the second opinion reads the assessment by now
        given = {line.criterion_id or line.name: line for line in self.assessment_id.line_ids}
        nothing = self.env["hr.backbone.assessment.line"]
        return [
            (line.name, line.score, given.get(line.criterion_id or line.name, nothing).score)
            for line in self.line_ids
        ]
