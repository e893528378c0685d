# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
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
    _moved_fields = ("date_submitted", "is_late", "is_closed", "grade", "rater_id")

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
        [("draft", "Asked for"), ("submitted", "Submitted"), ("cancelled", "Cancelled")],
        default="draft",
    )
    line_ids = fields.One2many("hr.backbone.second.opinion.line", "opinion_id", "Scores")
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
        }

    def _say_only_assessor(self):
        return self.env._("Only the person who was asked writes this second opinion.")

    def _say_not_draft(self):
        if self.state == "cancelled":
            return self.env._("This second opinion is not needed any more: it was cancelled.")
        return self.env._("The second opinion has been submitted: take it back to change it.")

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
