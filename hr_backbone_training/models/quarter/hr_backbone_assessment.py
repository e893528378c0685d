from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.hr_backbone_workflow_mixin import Move
from .res_company_quarter import GRADES

CONTENT = {"comment", "proposal", "line_ids"}


class HrBackboneAssessment(models.Model):
    """The seed's "backbone staff assessment form" (appendix 3): "Every quarter, the mentor of
    key employees will assess the key employees and submit the assessment results"."""

    _name = "hr.backbone.assessment"
    _description = "Quarterly Assessment"
    _inherit = ["hr.backbone.quarterly.mixin"]
    # the newest quarter first, which is how quarters sort
    _order = "quarter_id, id"
    _mail_post_access = "read"
    _portal_path = "assessments"

    _moves = (
        Move("submit", ("draft",), "submitted"),
        Move("return", ("submitted",), "draft", comment=True, asks=True),
        Move("miss", ("draft",), "missed"),
        Move("reopen", ("missed",), "draft", asks=True),
        Move("reassign", ("draft",), "draft"),
        Move("decide_keep", ("submitted",), "submitted", asks=True),
        Move("decide_adjust", ("submitted",), "submitted", asks=True),
        Move("decide_withdraw", ("submitted",), "submitted", comment=True, asks=True),
    )
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
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("missed", "Never submitted"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
    )
    line_ids = fields.One2many("hr.backbone.assessment.line", "assessment_id", "Scores")
    note_ids = fields.One2many(
        "hr.backbone.assessment.note", "assessment_id", "Notes of earlier mentors", readonly=True
    )
    comment = fields.Text(help="What the member did well, and what comes next.")
    proposal = fields.Selection(
        [
            ("keep", "Keep the training plan"),
            ("adjust", "Adjust the training plan"),
            ("withdraw", "Withdraw from the training"),
        ],
        help="“So as to adjust the appropriate training plan in time”.",
    )
    total = fields.Float(
        compute="_compute_total",
        store=True,
        aggregator="avg",
        digits=(5, 2),
        help="The weighted scores, out of 100 points.",
    )
    grade = fields.Selection(
        [(grade, grade) for grade in GRADES],
        readonly=True,
        copy=False,
        help="By the bands of the settings on the day of submission.",
    )
    can_submit = fields.Boolean(compute="_compute_moves")
    can_return = fields.Boolean(compute="_compute_moves")

    _quarter_member_uniq = models.UniqueIndex(
        "(quarter_id, member_id)", "A member is assessed once a quarter."
    )

    @api.depends("line_ids.score", "line_ids.weight")
    def _compute_total(self):
        for assessment in self:
            assessment.total = sum(line.weight * line.score for line in assessment.line_ids) / 100.0

    # -- content -----------------------------------------------------------------------

    def write(self, vals):
        if set(vals) & CONTENT:
            for assessment in self:
                if reason := assessment._get_edit_refusal():
                    raise UserError(reason)
        return super().write(vals)

    def _is_assessor(self):
        """Whether the user is the mentor who owes this assessment."""
        self.ensure_one()
        # sudo: who is the user of the mentor decides, and is not shown
        mentor = self.sudo().mentor_id
        return bool(mentor) and mentor.user_id == self.env.user

    def _get_edit_refusal(self):
        self.ensure_one()
        if not self._is_assessor():
            return self.env._("Only the mentor writes this assessment.")
        if self.state != "draft":
            return self.env._("The assessment has been submitted: it cannot be changed any more.")
        if self.is_closed or self.quarter_id.sudo().state != "open":
            return self.env._("The quarter is closed.")
        return False

    # -- moves -------------------------------------------------------------------------

    @api.model
    def _get_move_labels(self):
        return {
            "submit": self.env._("Assessment submitted"),
            "return": self.env._("Assessment returned"),
            "miss": self.env._("Assessment never submitted"),
            "reopen": self.env._("Assessment asked for again"),
            "reassign": self.env._("Assessment passed to another mentor"),
            "decide_keep": self.env._("Training plan kept"),
            "decide_adjust": self.env._("Revision of the training plan opened"),
            "decide_withdraw": self.env._("Withdrawn from the training"),
        }

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "submit"}.get(self.state)

    def _is_next_actor(self):
        self.ensure_one()
        return self._is_assessor()

    def _get_next_step(self):
        self.ensure_one()
        if self.state != "draft":
            return False
        # sudo: the name of the mentor who owes the assessment
        if mentor := self.sudo().mentor_id:
            return self.env._("%s assesses and submits.", mentor.name)
        return self.env._("Human resources appoints a mentor.")

    def _refusals_submit(self):
        refusals = {}
        for assessment in self:
            if reason := assessment._get_edit_refusal():
                refusals[assessment] = [reason]
                continue
            refusals[assessment] = assessment.line_ids._get_gaps()
            if not (assessment.comment or "").strip():
                refusals[assessment].append(self.env._("Write a comment for the member."))
            if not assessment.proposal:
                refusals[assessment].append(
                    self.env._("Say whether the training plan is kept or adjusted.")
                )
        return refusals

    def action_submit(self):
        """draft → submitted, by the mentor."""
        self._move("submit")
        return True

    def _get_submission_vals(self):
        vals = super()._get_submission_vals()
        return {**vals, "grade": self.company_id._backbone_grade(round(self.total, 2))}
