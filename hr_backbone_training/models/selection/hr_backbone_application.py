# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...const import COMMITTEE, OFFICER
from ..core import texts
from ..core.hr_backbone_portal_mixin import as_typed
from ..core.scores import Score, get_mean, is_blank

OPEN_STATES = ("director", "hr", "committee", "selected", "publicity")
SCORES = {
    "score_performance": "reason_performance",
    "score_potential": "reason_potential",
    "score_motivation": "reason_motivation",
}
# what the page of the application writes
TEXTS = (*SCORES.values(), "work_history", "main_results", "training_direction")
CHOSEN = ("echelon_id", "proposed_mentor_id")
# so many people at the most are offered as mentors
MENTORS = 80
# what has passed the director of the center, who signs what was approved
APPROVED = Domain("state", "in", [state for state in OPEN_STATES if state != "director"])
# nothing happens any more in these
OVER_STATES = ("admitted", "refused", "withdrawn")
# the steps that a case goes through, as the picture on the page shows them
STEPS = {
    "draft": 0,
    "director": 1,
    "hr": 2,
    "committee": 3,
    "selected": 4,
    "publicity": 4,
    "admitted": 6,
}


class HrBackboneApplication(models.Model):
    """The seed's "Backbone Training Application" (appendix 1): a department recommends one
    of its people, from the comprehensive evaluation to the place in the talent pool."""

    _name = "hr.backbone.application"
    _description = "Backbone Application"
    _inherit = [
        "hr.backbone.workflow.mixin",
        "hr.backbone.person.mixin",
        "hr.backbone.import.mixin",
        "hr.backbone.portal.mixin",
        "hr.backbone.signed.mixin",
        "hr.backbone.facts.mixin",
    ]
    _order = "id desc"
    _mail_post_access = "read"

    _moved_fields = ("approver_id", "department_id", "job_id", "rank_id", "date_submitted")
    _fixed_fields = ("company_id", "plan_id", "score_total")
    _kept_fields = ("name",)
    _import_named = ("employee_id", "recommender_id", "proposed_mentor_id")
    _import_required = ("employee_id", "echelon_id")
    _portal_path = "applications"

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
        "hr.backbone.echelon",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
    )
    recommender_id = fields.Many2one(
        "hr.employee",
        "Recommended by",
        index=True,
        ondelete="restrict",
        check_company=True,
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
    is_to_submit = fields.Boolean(
        "To submit by me",
        compute="_compute_is_to_submit",
        search="_search_is_to_submit",
        help="A draft that you recommend, or that you go on with for the manager before you.",
    )
    date_submitted = fields.Date("Submitted on", readonly=True, copy=False)
    hire_date = fields.Date(
        compute="_compute_tenure",
        compute_sudo=True,
        help="The start of the first contract without a break.",
    )
    tenure_months = fields.Integer("Tenure (months)", compute="_compute_tenure", compute_sudo=True)
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
        default="draft",
    )

    score_performance = Score("Performance", digits=(5, 1))
    score_potential = Score("Training Potential", digits=(5, 1))
    score_motivation = Score("Self-Motivation", digits=(5, 1))
    # of all three: nothing before they are there
    score_total = Score("Average Score", compute="_compute_score_total", store=True, digits=(5, 1))
    reason_performance = texts.Text("Reasons: Performance")
    reason_potential = texts.Text("Reasons: Potential")
    reason_motivation = texts.Text("Reasons: Self-Motivation")
    work_history = texts.Text(help="Posts held, in and outside the company.")
    main_results = texts.Text(help="What the person has achieved.")
    training_direction = texts.Text(help="What the training should aim at.")
    proposed_mentor_id = fields.Many2one(
        "hr.employee",
        ondelete="set null",
        help="Whom the department proposes as the mentor.",
        check_company=True,
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
    publicity_line_ids = fields.One2many(
        "hr.backbone.publicity.line", "application_id", "Publicized on", groups=OFFICER
    )
    meeting_item_ids = fields.One2many(
        "hr.backbone.meeting.item",
        "application_id",
        "On the Agenda of",
        readonly=True,
        groups=f"{OFFICER},{COMMITTEE}",
    )

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
            scores = [application[name] for name in SCORES]
            application.score_total = not any(map(is_blank, scores)) and get_mean(scores)

    @api.depends("plan_ids")
    def _compute_plan_id(self):
        for application in self:
            application.plan_id = application.plan_ids[:1]

    @api.depends("employee_id")
    def _compute_recommender_id(self):
        """A manager recommends in their own name; what HR enters is recommended by the
        manager of the employee's department, or else of the one above, where a director
        is left to approve."""
        managed = self._get_managed_employees()
        for record in self.filtered("employee_id"):
            if record.recommender_id:
                continue
            # sudo: the company; a manager may be of another one, and recommends nobody here
            company = record.employee_id.sudo().company_id
            mine = self._get_own_employee(company)
            managers = record._get_departments_upward().manager_id - record.employee_id
            managers = managers.filtered(lambda head, company=company: head.company_id == company)
            foreign = record.employee_id not in managed and self.env.user.has_group(OFFICER)
            record.recommender_id = (foreign and managers[:1]) or mine[:1]
            if foreign and not record._find_approver():
                # the only director cannot both recommend and approve: HR recommends then
                record.recommender_id = mine[:1]

    @api.depends("name", "employee_id")
    def _compute_display_name(self):
        for application in self:
            person = application.employee_id._get_backbone_name() or ""
            application.display_name = f"{application.name} {person}".strip("/ ")

    @api.constrains(*SCORES)
    def _check_scores(self):
        for application in self:
            for name in SCORES:
                if application[name] is not False and not 0 <= application[name] <= 100:
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
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        vals_list = self._fill_programs(vals_list)
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
        draft.env["hr.backbone.plan"]._on_application_created(draft)
        return applications

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
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
                # sudo: the name; the state was read above as the user
                self.sudo().display_name,
            )
        if self._may_submit():
            return False
        if self._is_recommender():
            return self._get_recommender_refusal(self)
        return self.env._("Only the recommender or HR may change this application.")

    def _check_may_recommend(self):
        """A manager recommends people of their department or one below; HR enters what
        departments recommended."""
        officer = self._is_officer()
        managed = self._get_managed_employees()
        for application in self:
            if officer and not application._concerns_me():
                continue
            if application._concerns_me():
                raise UserError(self.env._("You cannot recommend yourself."))
            if application.employee_id not in managed:
                raise UserError(self._get_recommender_refusal(application))
            if not application._is_recommender():
                raise UserError(self.env._("You can recommend only in your own name."))

    def _take_snapshots(self):
        self._write_each_moved(
            {
                application: {**vals, "approver_id": application._find_approver().id}
                for application, vals in self._get_snapshot().items()
            }
        )

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
            # sudo: whether there is a decision, of whomever, and something written
            stored = application.sudo()
            if application.state != "draft" or stored.decision_ids:
                raise UserError(
                    self.env._(
                        "“%s” has been submitted before: withdraw it instead of deleting it.",
                        application.display_name,
                    )
                )
            if not stored.plan_id._is_blank():
                raise UserError(
                    self.env._(
                        "%s has begun to write the development plan: withdraw the application "
                        "instead of deleting it.",
                        application.employee_id._get_backbone_name(),
                    )
                )

    # -- who recommends and who approves -----------------------------------------------

    @api.model
    def _is_officer(self):
        return self.env.user.has_group(OFFICER)

    def _is_recommender(self):
        self.ensure_one()
        return self.recommender_id._is_backbone_worker()

    def _may_submit(self):
        """Whether the user may submit the draft, and so write what is asked before: HR, who
        recommends the person or, where that one cannot any more, whoever manages the person
        now; never the person."""
        self.ensure_one()
        if self._concerns_me():
            return False
        return self._is_officer() or self._is_mine_to_submit()

    def _is_orphaned(self):
        """Whether the recommender cannot submit the case: manages the employee no more, has left,
        or has no login. Whoever manages the employee now recommends in their place."""
        self.ensure_one()
        managers = self._get_departments_upward().manager_id
        return not (self.recommender_id & managers)._get_acting_users(self.company_id)

    @api.depends_context("uid")
    @api.depends("state", "employee_id", "recommender_id")
    def _compute_is_to_submit(self):
        for record in self:
            record.is_to_submit = record.state == "draft" and record._is_mine_to_submit()

    def _is_mine_to_submit(self):
        """As above, but for those alone whom the draft waits for."""
        self.ensure_one()
        if self._concerns_me() or not (self.is_managed or self._is_officer()):
            return False
        return self._is_recommender() or (self.is_managed and self._is_orphaned())

    @api.model
    def _search_is_to_submit(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        mine = Domain("recommender_id", "in", self.env.user._get_backbone_working())
        drafts = Domain("state", "=", "draft") & (mine | self._search_is_managed("in", [True]))
        # sudo: whose drafts they are is asked of each; only ids are told
        found = self.sudo().search(drafts)
        return Domain("id", "in", found.filtered(lambda row: row._is_mine_to_submit()).ids)

    def _get_recused_users(self):
        """Those who take no step on this name in a meeting, and have no vote: the person and the
        recommender, whoever was their login; as superuser."""
        self.ensure_one()
        # sudo: who is the user of an employee decides, and is not shown
        application = self.sudo()
        # each by itself: the two together would be fetched anew for each name
        return (
            application.employee_id._get_backbone_ever()
            | application.recommender_id._get_backbone_ever()
        )

    def _get_recused_refusal(self):
        """Why the user takes no step on this name in a meeting: a sentence, or False."""
        self.ensure_one()
        # sudo: as above
        application = self.sudo()
        if application.employee_id._was_backbone_user():
            return self.env._("You cannot decide on your own case.")
        if application.recommender_id._was_backbone_user():
            return self.env._("You recommended this person, so somebody else decides.")
        return False

    def _get_recommender_refusal(self, application):
        # sudo: names of the form
        employee = application.employee_id.sudo()
        return self.env._(
            "%(employee)s is recommended by a manager of “%(department)s” or of a department "
            "above it, or entered by HR.",
            employee=employee.name,
            department=employee.department_id.name or self.env._("no department"),
        )

    def _find_approver(self, submitter=None):
        """The director who can approve: never the employee, never the recommender, never whoever
        has submitted the case, be it for the recommender.

        :param submitter: `res.users` who is about to submit it
        """
        self.ensure_one()
        submitters = self._get_submitters()
        if submitter:
            submitters |= submitter
        return self._find_director(self.employee_id | self.recommender_id, submitters)

    # -- the list that HR imports ------------------------------------------------------

    @api.model
    def _check_row(self, values, new):
        self.new({name: values.get(name) for name in SCORES})._check_scores()
        return super()._check_row(values, new)

    def _check_imported(self):
        """What nobody would notice in a long list before the rows are submitted one by one."""
        result = super()._check_imported()
        busy = self._get_busy_reasons()
        # sudo: cases in other departments count too; only a sentence is told
        drafts = self.sudo().search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("program_id", "in", self.program_id.ids),
                ("state", "=", "draft"),
            ]
        )
        for application in self.filtered(lambda record: record.state == "draft"):
            twins = drafts.filtered(
                lambda draft, mine=application: (
                    draft != mine
                    and draft.employee_id == mine.employee_id
                    and draft.program_id == mine.program_id
                )
            )
            reason = application._get_person_refusal() or application._get_busy_refusal(busy)
            if twins and not reason:
                reason = self.env._(
                    "%(employee)s already has a draft in this program (%(number)s).",
                    employee=twins[:1].employee_id.name,
                    number=twins[:1].name,
                )
            if reason:
                raise UserError(reason)
        return result

    # -- what waits, and where it stands -----------------------------------------------

    @api.model
    def _get_awaiting_domain(self):
        """What waits for the user: drafts whose plan is ready, and cases to approve."""
        ready = Domain("plan_id.state", "=", "submitted")
        return (Domain("is_to_submit", "=", True) & ready) | self._get_approval_domain()

    @api.model
    def _get_approval_domain(self):
        mine = Domain("approver_id", "in", self.env.user._get_backbone_working())
        return mine & Domain("state", "=", "director")

    @api.model
    def _get_search_domains(self, text):
        name = Domain("name", "ilike", text)
        # past the rules of people: the names of the cases that the user may read are shown
        return {
            "person": Domain("employee_id", "any!", name) | Domain("recommender_id", "any!", name),
            "department": Domain("department_id", "any!", name),
            "echelon": Domain("echelon_id", "any!", name),
            "number": name,
        }

    def _get_steps(self):
        """The picture of the procedure: [(label, "done", "current" or "todo")]."""
        self.ensure_one()
        labels = [
            self.env._("Recommendation and plan"),
            self.env._("Director of the center"),
            self.env._("HR review"),
            self.env._("Top management"),
            self.env._("Publicity"),
            self.env._("Talent pool"),
        ]
        reached = STEPS.get(self.state)
        if reached is None:
            # sudo: refused or withdrawn, the last decision says how far it came
            reached = STEPS.get(self.sudo().decision_ids[:1].from_state, 0)
            return [
                (label, "done" if index < reached else "stopped" if index == reached else "todo")
                for index, label in enumerate(labels)
            ]
        return [
            (label, "done" if index < reached else "current" if index == reached else "todo")
            for index, label in enumerate(labels)
        ]

    # -- in the portal -----------------------------------------------------------------

    @api.model
    def _get_own_employee(self, company):
        """The user as an employee of the company; portal logins have no current one."""
        # sudo: the user's own employees
        employees = self.env["hr.employee"].sudo().browse(self.env.user._get_backbone_working())
        return employees.filtered(lambda person: person.company_id == company)[:1]

    def _get_versioned(self):
        self.ensure_one()
        # sudo: the number of a person whose name the form shows
        stored = self.sudo()
        return {name: as_typed(stored[name], zero="0") for name in (*TEXTS, *SCORES, *CHOSEN)}

    def _get_echelon_choices(self):
        # sudo: everyone reads the program once it runs
        return self.program_id.sudo().line_ids.echelon_id.sorted("level")

    def _get_mentor_choices(self):
        """Whom the department can propose: people of a rank that can mentor, in the
        employee's department and those above, as superuser: names and posts are shown."""
        self.ensure_one()
        # sudo: names of colleagues
        employee = self.sudo().employee_id
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("job_id.backbone_rank_id.can_mentor", "=", True)
            & Domain("id", "!=", employee.id)
        )
        above = Domain("department_id", "parent_of", employee.department_id.ids)
        people = employee.search(domain & above, order="name", limit=MENTORS)
        return people | self.proposed_mentor_id

    @api.model
    def _get_offered_domain(self, name):
        match name:
            case "employee_id":
                return self.env.user._get_backbone_people_domain()
            case "recommender_id":
                return Domain("id", "in", self.env.user._get_backbone_working())
            case "proposed_mentor_id" if self:
                return Domain("id", "in", self.ensure_one()._get_mentor_choices().ids)
        return super()._get_offered_domain(name)

    # -- who signs ---------------------------------------------------------------------

    def _get_signatories(self):
        submitted = self.state in (*OPEN_STATES, "admitted")
        return {
            "recommender": (self.recommender_id, submitted),
            "director": (self.approver_id, bool(self._get_decision_of("approve"))),
        }

    @api.model
    def _get_to_sign_domains(self, own):
        underway = Domain("state", "in", OPEN_STATES)
        return {
            "recommender": Domain("recommender_id", "in", own) & underway,
            "director": Domain("approver_id", "in", own) & underway & APPROVED,
        }

    def _get_signed_content(self):
        return {**self._get_versioned(), "employee": self.employee_id.id}
