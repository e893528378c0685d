# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import COMMITTEE, OFFICER
from ..core import texts
from .hr_backbone_promotion_mixin import OPEN_STATES

CONTENT = ("current_state", "proposal", "expected_effect", "expected_benefit")


class HrBackboneSuggestion(models.Model):
    """ "Prepare a work suggestion report and submit it to the management of the company":
    management scores it, adopts it or not, and answers the author.

    Reports that HR has on paper come in through Odoo's own import, too, as drafts of their
    authors, who complete and submit them as any other.
    """

    _name = "hr.backbone.suggestion"
    _description = "Work Suggestion Report"
    # the second one by its name, too: the plan asks it for its documents
    _inherit = [
        "hr.backbone.promotion.mixin",
        "hr.backbone.development.mixin",
        "hr.backbone.import.mixin",
    ]
    _order = "id desc"

    _portal_path = "suggestions"
    # adopted or not: the report was delivered, and answered
    _line_progress = {"submitted": 50, "adopted": 100, "declined": 100}
    _moved_fields = ("date_submitted", "date_decided", "answer")
    _settled_fields = ("reviewer_id", "review_ids")
    _import_named = ("member_id", "reviewer_id")
    # the member, too: else the report would be HR's own
    _import_required = ("member_id", "name")
    _import_key = ("member_id", "name")
    _inputs = ("name", *CONTENT, "benefit_amount", "plan_line_id")

    name = texts.Char("Subject", required=True, index="trigram")
    current_state = texts.Text(help="How it is done now, and what is wrong with it.")
    proposal = texts.Text(help="What should be done instead.")
    expected_effect = texts.Text(help="What will be better, and for whom.")
    expected_benefit = texts.Text(help="What it saves or earns, and what it costs.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    benefit_amount = fields.Monetary("Benefit a Year", help="If it can be put in figures.")
    reviewer_id = fields.Many2one(
        "hr.employee",
        copy=False,
        index=True,
        ondelete="restrict",
        tracking=True,
        help="Of management: the director of the author's center, unless HR names another.",
        check_company=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("adopted", "Adopted"),
            ("declined", "Not Adopted"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
    )
    date_decided = fields.Date("Decided on", readonly=True, copy=False)
    answer = fields.Text(readonly=True, copy=False, help="Of management, for the author.")
    review_ids = fields.One2many("hr.backbone.suggestion.review", "suggestion_id", "Scores")
    can_review = fields.Boolean(compute="_compute_can_review")

    _benefit_positive = models.Constraint(
        "CHECK (benefit_amount >= 0)", "A benefit is not negative: write down the costs in words."
    )

    @api.depends_context("uid")
    @api.depends("state", "reviewer_id")
    def _compute_can_review(self):
        for record in self:
            record.can_review = record.state == "submitted" and not record._get_review_refusal()

    @api.constrains("name")
    def _check_name(self):
        if any(not (record.name or "").strip() for record in self):
            raise ValidationError(self.env._("A report has a subject."))

    # -- content -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        records = super().create(vals_list)
        # sudo: created above as the user, whose right to choose is asked below
        for record in records.sudo():
            # a default_reviewer_id in a client's context must not choose either
            if not record.reviewer_id or not record.sudo(self.env.su)._may_choose_reviewer():
                record._write_moved({"reviewer_id": record._find_reviewer().id})
        return records

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if "review_ids" in vals and {command[0] for command in vals["review_ids"]} - {1}:
            raise UserError(self.env._("The scores are made with the submission."))
        if "reviewer_id" in vals and not self.env.su:
            self._check_reviewer_change()
            result = super().write(vals)
            self._on_reviewer_changed()
            return result
        return super().write(vals)

    def _may_choose_reviewer(self):
        self.ensure_one()
        return self.env.su or self._is_hr()

    def _check_reviewer_change(self):
        """HR names another reviewer while the report is open.

        :raise UserError: it is not HR, or not open any more
        """
        self._lock_for_move()
        for record in self:
            if record.state not in OPEN_STATES or not record._may_choose_reviewer():
                raise UserError(
                    self.env._("HR may change the reviewer until the report is decided.")
                )

    def _on_reviewer_changed(self):
        """The new reviewer is asked, and the old one is not any more. Follows
        `_check_reviewer_change`.

        :raise UserError: the reviewer cannot review it
        """
        for record in self:
            if not record._is_fit_reviewer():
                raise UserError(
                    self.env._("The reviewer has a login, and is not the author of the report.")
                )
        # sudo: `_check_reviewer_change` allowed it
        reports = self.sudo()
        reports._finish_activities()
        reports._schedule_next_activities()

    # -- who reviews -------------------------------------------------------------------

    def _find_reviewer(self):
        """Management: the director of the author's center, or the next one up."""
        self.ensure_one()
        director = self._find_director(self.employee_id)
        # a department may have a manager of another company: HR names the reviewer then
        return director.filtered(lambda head: head.company_id == self.company_id)

    def _is_fit_reviewer(self):
        self.ensure_one()
        # sudo: who is the user of an employee decides, and is not shown
        record = self.sudo()
        reviewer, author = record.reviewer_id, record.employee_id
        return bool(
            reviewer._get_acting_users(record.company_id)
            and reviewer.company_id == record.company_id
            and reviewer != author
            and reviewer.user_id not in author._get_backbone_ever()
        )

    def _is_reviewer(self):
        self.ensure_one()
        return self.reviewer_id._is_backbone_worker()

    def _get_review_refusal(self):
        """Why the user does not decide on this report; False for management and HR."""
        self.ensure_one()
        if self._concerns_me():
            return self.env._("You cannot decide on your own case.")
        user = self.env.user
        if self._is_reviewer() or user.has_group(COMMITTEE) or user.has_group(OFFICER):
            return False
        # sudo: the name of the reviewer
        name = self.sudo().reviewer_id.name or self.env._("the reviewer")
        return self.env._("Only %s, a member of the committee or HR can do this.", name)

    # -- import ------------------------------------------------------------------------

    def _get_twice_sentence(self):
        return self.env._(
            "%(member)s has handed in “%(title)s” already.",
            member=self.member_id.display_name,
            title=self.name,
        )

    # -- in the portal -----------------------------------------------------------------

    @api.model
    def _get_decider_domain(self):
        return Domain("reviewer_id", "in", self.env.user._get_backbone_working())

    def _check_reviewer(self):
        """:raise UserError: the user does not decide on this report"""
        if reason := self._get_review_refusal():
            raise UserError(reason)

    def _review_from_portal(self, step, answer, scores):
        """Score the report and take the step.

        :param str step: adopt, decline or return
        :param str answer: what the author will read
        :param dict scores: {field of the scores: points}
        :raise UserError: no reviewer, or a score that does not fit
        """
        self.ensure_one()
        self._check_reviewer()
        if step != "return" and scores:
            self._get_reviews()[self.id].write(scores)
        self._take_asked(step, answer)

    # -- the member's time line --------------------------------------------------------

    @api.model
    def _select_timeline(self):
        return SQL(
            """
            SELECT id, member_id, date_submitted AS date,
                NULL::date AS date_end, name, state,
                state IN ('adopted', 'declined') AS is_done, NULL::float AS hours, plan_line_id
            FROM hr_backbone_suggestion
            WHERE date_submitted IS NOT NULL
            """
        )
