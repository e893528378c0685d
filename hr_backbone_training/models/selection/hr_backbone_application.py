from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...const import COMMITTEE, OFFICER
from ..core.hr_backbone_workflow_mixin import Move

OPEN_STATES = ("director", "hr", "committee", "selected", "publicity")
SCORES = {
    "score_performance": "reason_performance",
    "score_potential": "reason_potential",
    "score_motivation": "reason_motivation",
}


class HrBackboneApplication(models.Model):
    """The seed's "Backbone Training Application" (appendix 1): a department recommends one
    of its people, from the comprehensive evaluation to the place in the talent pool."""

    _name = "hr.backbone.application"
    _description = "Backbone Application"
    _inherit = [
        "hr.backbone.workflow.mixin",
        "hr.backbone.person.mixin",
        "hr.backbone.eligibility.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    _moves = (
        Move("submit", ("draft",), "director"),
        Move("approve", ("director",), "hr", asks=True),
        Move("pass_review", ("hr",), "committee", asks=True),
        Move("select", ("committee",), "selected"),
        Move("reject", ("committee",), "refused"),
        Move("publish", ("selected",), "publicity"),
        Move("admit", ("publicity",), "admitted"),
        Move("uphold", ("publicity",), "refused", comment=True),
        Move("return", OPEN_STATES, "draft", comment=True, asks=True),
        Move("refuse", OPEN_STATES, "refused", comment=True, asks=True),
        Move("withdraw", ("draft", *OPEN_STATES), "withdrawn", asks=True),
    )
    _moved_fields = ("approver_id", "department_id", "job_id", "rank_id", "date_submitted")
    _fixed_fields = ("company_id", "plan_id", "score_total")
    _move_templates = {
        "submit": "hr_backbone_training.mail_template_application_submitted",
        "approve": "hr_backbone_training.mail_template_application_approved",
        "return": "hr_backbone_training.mail_template_application_returned",
        "refuse": "hr_backbone_training.mail_template_application_refused",
        "reject": "hr_backbone_training.mail_template_application_refused",
        "uphold": "hr_backbone_training.mail_template_application_refused",
        "select": "hr_backbone_training.mail_template_application_selected",
        "publish": "hr_backbone_training.mail_template_application_published",
        "admit": "hr_backbone_training.mail_template_application_admitted",
    }

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    employee_id = fields.Many2one(check_company=True)
    program_id = fields.Many2one(
        "hr.backbone.program",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env["hr.backbone.program"]._get_running(),
        tracking=True,
    )
    echelon_id = fields.Many2one(
        "hr.backbone.echelon", required=True, index=True, ondelete="restrict", tracking=True
    )
    recommender_id = fields.Many2one(
        "hr.employee",
        "Recommended by",
        index=True,
        ondelete="restrict",
        check_company=False,
        compute="_compute_recommender_id",
        store=True,
        readonly=False,
        precompute=True,
        help="A manager of the employee's department or of one above it.",
    )
    approver_id = fields.Many2one(
        "hr.employee",
        "Director of the center",
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
        help="The manager of the nearest department upward that is marked as a center.",
    )
    date_submitted = fields.Date("Submitted on", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("director", "Director's Approval"),
            ("hr", "HR Review"),
            ("committee", "Top Management"),
            ("selected", "Selected"),
            ("publicity", "Publicity"),
            ("admitted", "Admitted"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
    )

    score_performance = fields.Float("Performance", digits=(5, 1), aggregator="avg")
    score_potential = fields.Float("Training Potential", digits=(5, 1), aggregator="avg")
    score_motivation = fields.Float("Self-Motivation", digits=(5, 1), aggregator="avg")
    score_total = fields.Float(
        "Average Score", compute="_compute_score_total", store=True, aggregator="avg", digits=(5, 1)
    )
    reason_performance = fields.Text("Reasons: Performance")
    reason_potential = fields.Text("Reasons: Potential")
    reason_motivation = fields.Text("Reasons: Self-Motivation")
    work_history = fields.Text(help="Posts held, in and outside the company.")
    main_results = fields.Text(help="What the person has achieved.")
    training_direction = fields.Text(help="What the training should aim at.")
    proposed_mentor_id = fields.Many2one(
        "hr.employee", ondelete="set null", help="Whom the department proposes as the mentor."
    )

    plan_ids = fields.One2many("hr.backbone.plan", "application_id", "Development Plans")
    plan_id = fields.Many2one(
        "hr.backbone.plan",
        "Development Plan",
        compute="_compute_plan_id",
        compute_sudo=True,
        store=True,
        ondelete="set null",
    )
    plan_state = fields.Selection(related="plan_id.state", string="Plan Status")
    check_ids = fields.One2many(
        "hr.backbone.application.check",
        "application_id",
        "Review Checklist",
        groups=f"{OFFICER},{COMMITTEE}",
    )
    meeting_item_ids = fields.One2many(
        "hr.backbone.meeting.item",
        "application_id",
        "On the Agenda of",
        readonly=True,
        groups=f"{OFFICER},{COMMITTEE}",
    )
    can_submit = fields.Boolean(compute="_compute_moves")
    can_approve = fields.Boolean(compute="_compute_moves")
    can_pass_review = fields.Boolean(compute="_compute_moves")
    can_return = fields.Boolean(compute="_compute_moves")
    can_refuse = fields.Boolean(compute="_compute_moves")
    can_withdraw = fields.Boolean(compute="_compute_moves")

    _open_uniq = models.UniqueIndex(
        "(employee_id) WHERE state IN ('director', 'hr', 'committee', 'selected', 'publicity')",
        "This employee already has an application under way.",
    )
    _score_range = models.Constraint(
        "CHECK (score_performance BETWEEN 0 AND 100 AND score_potential BETWEEN 0 AND 100"
        " AND score_motivation BETWEEN 0 AND 100)",
        "A score lies between 0 and 100.",
    )

    @api.depends(*SCORES)
    def _compute_score_total(self):
        for application in self:
            application.score_total = sum(application[name] for name in SCORES) / len(SCORES)

    @api.depends("plan_ids")
    def _compute_plan_id(self):
        for application in self:
            application.plan_id = application.plan_ids[:1]

    @api.depends("name", "employee_id")
    def _compute_display_name(self):
        for application in self:
            # sudo: the name of the person the document is about
            person = application.employee_id.sudo().name or ""
            application.display_name = f"{application.name} {person}".strip("/ ")

    @api.constrains(*SCORES)
    def _check_scores(self):
        for application in self:
            for name in SCORES:
                if not 0 <= application[name] <= 100:
                    raise ValidationError(
                        self.env._(
                            "“%(score)s” is %(value)s: a score lies between 0 and 100.",
                            score=self._fields[name]._description_string(self.env),
                            value=application[name],
                        )
                    )

    # -- creation and content ----------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """A draft; the recommended employee gets a plan to fill in at once."""
        for vals in vals_list:
            self._check_numbers(vals)
            if vals.get("name", "/") == "/":
                # sudo: a manager with a portal login reads no sequence
                sequence = self.env["ir.sequence"].sudo()
                vals["name"] = sequence.next_by_code(self._name) or "/"
        applications = super().create(vals_list)
        applications._check_may_recommend()
        # sudo: follows from the document that the user was just allowed to create
        draft = applications.sudo()
        draft._take_snapshots()
        draft._fill_work_history()
        self.env["hr.backbone.plan"].sudo()._on_application_created(draft)
        return applications

    def write(self, vals):
        self._check_numbers(vals)
        self._check_editable(vals)
        result = super().write(vals)
        if "employee_id" in vals or "recommender_id" in vals:
            self._check_may_recommend()
            # sudo: follows from the change that the user was just allowed to make
            self.sudo()._take_snapshots()
        return result

    def _check_editable(self, vals):
        """The content is the recommender's, and nobody's once it is submitted."""
        content = set(vals) - self._get_free_fields()
        for application in self:
            if content and (reason := application._get_edit_refusal()):
                raise UserError(reason)
            if "employee_id" in content and vals["employee_id"] != application.employee_id.id:
                raise UserError(self.env._("Another employee needs an application of their own."))

    @api.model
    def _get_free_fields(self):
        """What is not content: the conversation, the activities, HR's checklist."""
        thread = {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}
        return thread | {"check_ids"}

    def _get_edit_refusal(self):
        self.ensure_one()
        if self.state != "draft":
            return self.env._(
                "“%s” has been submitted: its content cannot be changed any more.",
                self.sudo().display_name,
            )
        if self._is_officer() or self._is_recommender():
            return False
        return self.env._("Only the recommender or HR may change this application.")

    def _check_may_recommend(self):
        """A manager recommends people of the own department or one below; HR enters what
        departments recommended."""
        officer = self._is_officer()
        managed = self._get_managed_employees()
        for application in self:
            if officer and not application._is_about_me():
                continue
            if application._is_about_me():
                raise UserError(self.env._("Nobody recommends themselves."))
            if application.employee_id not in managed:
                raise UserError(self._get_recommender_refusal(application))
            if not application._is_recommender():
                raise UserError(self.env._("You recommend in your own name only."))

    def _take_snapshots(self):
        for application, vals in self._get_snapshot().items():
            vals["approver_id"] = application._find_approver().id
            application._write_moved(vals)

    def _fill_work_history(self):
        """The draft comes with the posts that the résumé in hr_skills knows."""
        for application in self.filtered(lambda draft: not draft.work_history):
            lines = application.employee_id.resume_line_ids.sorted("date_start")
            application.work_history = "\n".join(
                f"{line.date_start or ''} – {line.date_end or ''}  {line.name}" for line in lines
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        """History stays, and nothing written is lost: only a draft that was never submitted
        is deleted, and only while its plan is still empty."""
        for application in self:
            # sudo: the existence of a decision, of whomever
            if application.state != "draft" or application.sudo().decision_ids:
                raise UserError(
                    self.env._(
                        "“%s” has been submitted before: withdraw it instead of deleting it.",
                        application.display_name,
                    )
                )
            # sudo: whether the employee has written anything yet
            if not application.sudo().plan_id._is_blank():
                raise UserError(
                    self.env._(
                        "%s has begun to write the development plan: withdraw the application "
                        "instead of deleting it.",
                        application.sudo().employee_id.name,
                    )
                )

    # -- buttons -----------------------------------------------------------------------

    def action_submit(self):
        """draft → director. By the recommender or HR; see `_refusals_submit`."""
        self._move("submit")
        return True

    def action_approve(self, comment=None):
        """director → hr, by the director of the center."""
        self._move("approve", comment)
        return True

    def action_pass_review(self, comment=None):
        """hr → committee, by HR with the checklist answered."""
        self._move("pass_review", comment)
        return True

    def action_return(self, comment=None):
        """Back to draft, by whoever could take the next step.

        :param str comment: what has to be mended; required
        """
        self._move("return", comment)
        return True

    def action_refuse(self, comment=None):
        """Refused for good, by whoever could take the next step.

        :param str comment: the reason; required
        """
        self._move("refuse", comment)
        return True

    def action_withdraw(self, comment=None):
        """Withdrawn by the employee or the recommender."""
        self._move("withdraw", comment)
        return True

    def action_open_plan(self):
        """The development plan of this application."""
        self.ensure_one()
        return self.plan_id._get_records_action(name=self.env._("Development Plan"))
