# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...const import OFFICER
from ..core import texts
from ..core.scores import Score, is_blank

# in these a member is, was or wants to be in another post: the dates never overlap
TAKEN = ("requested", "agreed", "running", "evaluation", "done")
LIVING = TAKEN[:-1]  # somebody still has to do something with it
BEFORE = ("draft", "requested", "agreed")
# who writes what at the end
MEMBER_WRITES = {"summary"}
HOST_WRITES = {"score", "host_comment"}
ENDS = ("start", "end")
# so many months are shown of who is where, and of these so many before this one
MONTHS, PAST = 12, 3
TONES = {
    "draft": "bg-secondary-subtle border border-secondary",
    "requested": "bg-warning",
    "agreed": "bg-info",
    "running": "bg-success",
    "evaluation": "bg-primary",
    "done": "bg-success opacity-50",
}


class HrBackboneRotation(models.Model):
    """A stay in another post: "Take turns to study. According to the development needs of
    key employees, arrange key employees to study in rotation in relevant positions".

    Planned stays come in through Odoo's own import, too, as drafts. What must be true of a stay
    stands in `hr_backbone_rotation_rules`, its moves in `hr_backbone_rotation_workflow`.
    """

    _name = "hr.backbone.rotation"
    _description = "Backbone Rotation"
    _inherit = ["hr.backbone.development.mixin", "hr.backbone.import.mixin"]
    _order = "date_start desc, id desc"
    _mail_post_access = "read"
    _portal_path = "rotations"

    _moved_fields = (
        "requester_id",
        "date_manager_agreed",
        "date_host_agreed",
        "date_summary",
        "date_scored",
        "date_host_missing",
        "resume_line_id",
    )
    _fixed_fields = (
        "employee_id",
        "company_id",
        "department_id",
        "job_id",
        "rank_id",
        "name",
        "manager_id",
        "host_department_name",
        "days",
    )
    _plan_methods = ("rotation",)
    _line_progress = {
        "requested": 0,
        "agreed": 0,
        "running": 50,
        "evaluation": 75,
        "done": 100,
    }
    _import_named = ("member_id", "host_department_id", "host_job_id", "host_id")
    _import_required = ("member_id",)
    # the manager of the host department
    _import_filled = ("host_id",)

    name = fields.Char("Rotation", compute="_compute_name", store=True, precompute=True)
    host_department_id = fields.Many2one(
        "hr.department",
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    host_department_name = fields.Char(
        "Host Department (as it was)",
        compute="_compute_host_department_name",
        store=True,
        precompute=True,
        help="The department with those above it, as it was called when it was chosen.",
    )
    host_job_id = fields.Many2one(
        "hr.job", "Host Post", ondelete="restrict", check_company=True, tracking=True
    )
    host_id = fields.Many2one(
        "hr.employee",
        index=True,
        ondelete="restrict",
        check_company=True,
        compute="_compute_host_id",
        store=True,
        readonly=False,
        precompute=True,
        # not tracked: that reads the employee, which a portal login must not; it is logged
        help="Who looks after the member there: the manager of the host department by default.",
    )
    manager_id = fields.Many2one(
        "hr.employee",
        "Member's Manager",
        index=True,
        ondelete="restrict",
        compute="_compute_manager_id",
        store=True,
        precompute=True,
        help="The nearest manager upward who has a login; where there is none, HR agrees.",
    )
    requester_id = fields.Many2one(
        "res.users", "Requested by", readonly=True, copy=False, ondelete="restrict"
    )
    date_start = fields.Date("From", tracking=True, copy=False)
    date_end = fields.Date("To", tracking=True, copy=False, help="The last day, which counts.")
    days = fields.Integer(
        compute="_compute_days", store=True, precompute=True, help="Calendar days, both included."
    )
    objectives = texts.Text(help="What the member should have learnt or done at the end.")
    date_manager_agreed = fields.Date("Manager agreed on", readonly=True, copy=False)
    date_host_agreed = fields.Date("Host agreed on", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "Requested"),
            ("agreed", "Agreed"),
            ("running", "Running"),
            ("evaluation", "Evaluation"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
    )
    score = Score(
        "Host's Score",
        digits=(5, 1),
        copy=False,
        help="By the host, between 0 and 100.",
    )
    host_comment = texts.Text("Host's Comment", copy=False)
    date_scored = fields.Date("Scored on", readonly=True, copy=False)
    summary = texts.Text(
        "Member's Summary", copy=False, help="What the member learnt and takes back."
    )
    date_summary = fields.Date("Summary handed in on", readonly=True, copy=False)
    resume_line_id = fields.Many2one(
        "hr.resume.line", "Résumé", readonly=True, copy=False, ondelete="set null"
    )
    date_host_missing = fields.Date(
        "Without Host since",
        readonly=True,
        copy=False,
        help="The host has left or lost the login; HR names another one.",
    )
    can_summarize = fields.Boolean(compute="_compute_can_write")
    can_score = fields.Boolean(compute="_compute_can_write")
    can_name_host = fields.Boolean(compute="_compute_can_write")
    timeline = fields.Html(
        compute="_compute_timeline",
        # from a template, whose attributes say to a screen reader what the bar shows
        sanitize_attributes=False,
        help="Three months back, and nine ahead.",
    )

    # no extension needed: an id becomes a range of one number
    _member_dates = models.Constraint(
        """EXCLUDE USING gist (
            int4range(member_id, member_id, '[]') WITH &&,
            daterange(date_start, date_end, '[]') WITH &&
        ) WHERE (state IN ('requested', 'agreed', 'running', 'evaluation', 'done'))""",
        "The member is in another rotation on some of these days.",
    )
    _dates_order = models.Constraint(
        "CHECK (date_end >= date_start)", "A rotation ends on or after the day it begins."
    )
    _dates_given = models.Constraint(
        "CHECK (state IN ('draft', 'refused', 'cancelled')"
        " OR (date_start IS NOT NULL AND date_end IS NOT NULL))",
        "A rotation needs its first and its last day.",
    )
    _score_range = models.Constraint(
        "CHECK (score BETWEEN 0 AND 100)", "A score lies between 0 and 100."
    )

    # -- computed ----------------------------------------------------------------------

    @api.depends("host_department_id")
    def _compute_host_department_name(self):
        for record in self:
            # sudo: the name of a department is no secret; a portal login reads none
            record.host_department_name = record.host_department_id.sudo().complete_name

    @api.depends("member_id", "host_department_id")
    def _compute_name(self):
        for record in self:
            person = record.employee_id._get_backbone_name()
            # sudo: the name of a department, which is part of the title
            record.name = " – ".join(filter(None, (person, record.host_department_id.sudo().name)))

    @api.depends_context("lang")
    @api.depends("name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.name or self.env._("New rotation")

    @api.depends("date_start", "date_end")
    def _compute_days(self):
        for record in self:
            dated = record.date_start and record.date_end
            record.days = (record.date_end - record.date_start).days + 1 if dated else 0

    @api.depends("host_department_id")
    def _compute_host_id(self):
        for record in self:
            record.host_id = record._find_leader(record.host_department_id, here=True)

    @api.depends("member_id")
    def _compute_manager_id(self):
        for record in self:
            # sudo: the department of the member
            record.manager_id = record._find_leader(record.employee_id.sudo().department_id)

    def _find_leader(self, department, here=False):
        """The manager of the department, or the nearest above it, who can act: one with a
        login, and not the member.

        :param bool here: only somebody who works in the company of the rotation, as a host does:
            a department may be managed from another company of the group
        :return: `hr.employee`, empty when there is none
        """
        # sudo: the organization of the company; who is the user of an employee decides
        persons, department = self.employee_id._get_backbone_ever(), department.sudo()
        company = here and self.company_id
        seen = department.browse()
        while department and department not in seen:
            leader = department.manager_id
            strange = company and leader.company_id != company
            if not strange and self._can_act(leader) and leader.user_id not in persons:
                return leader.sudo(False)
            seen += department
            department = department.parent_id
        return self.env["hr.employee"]

    def _can_act(self, employee):
        """Whether the employee is there, and has a login that opens this rotation."""
        return bool(employee._get_acting_users(self.company_id))

    @api.depends_context("uid")
    @api.depends("state", "date_end", "date_summary", "date_scored")
    def _compute_can_write(self):
        officer = self.env.user.has_group(OFFICER)
        for record in self:
            record.can_summarize = not record._get_summary_refusal()
            record.can_score = not record._get_score_refusal()
            record.can_name_host = officer and not record._get_host_refusal()

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        for record in self:
            if record.date_start and record.date_end and record.date_end < record.date_start:
                raise ValidationError(self.env._("A rotation ends on or after the day it begins."))

    @api.constrains("score")
    def _check_score(self):
        for record in self:
            if record.score is not False and not 0 <= record.score <= 100:
                raise ValidationError(self.env._("A score lies between 0 and 100."))

    # -- who ---------------------------------------------------------------------------

    def _is_host(self):
        self.ensure_one()
        return self.host_id._is_backbone_worker()

    def _is_manager(self):
        """Whether the user agrees for the member's side; HR where no manager is above."""
        self.ensure_one()
        return self.manager_id._is_backbone_worker() if self.manager_id else self._is_hr()

    def _may_ask(self):
        """Rotation is asked for by HR, the member or a manager of the member."""
        self.ensure_one()
        return self._is_hr() or self._is_about_me() or self.is_managed or self._is_manager()

    # -- content -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        for vals in vals_list:
            if any(not is_blank(vals.get(name)) for name in MEMBER_WRITES | HOST_WRITES):
                raise UserError(self.env._("Summary and score are written at the end."))
            start, end = (fields.Date.to_date(vals.get(f"date_{name}")) for name in ENDS)
            if start and end and end < start:
                raise UserError(self.env._("A rotation ends on or after the day it begins."))
        # set: a default_… key in a client's context must not
        empty = dict.fromkeys(MEMBER_WRITES | HOST_WRITES, False)
        records = super().create([{**empty, **vals} for vals in vals_list])
        for record in records:
            if reason := record._get_asking_refusal():
                raise UserError(reason)
        return records

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        self._check_editable(vals)
        result = super().write(vals)
        if "host_id" in vals:
            self._on_host_named()
        return result

    def _check_editable(self, vals):
        """The draft is whose who ask; what stays open later has its own rules."""
        thread = {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}
        content = set(vals) - thread
        for record in self:
            names = set(content)
            reasons = []
            if record.state != "draft":
                for allowed, refusal in (
                    (MEMBER_WRITES, record._get_summary_refusal),
                    (HOST_WRITES, record._get_score_refusal),
                    ({"host_id"}, record._get_host_refusal),
                    ({"plan_line_id"}, record._get_link_refusal),
                ):
                    if names & allowed:
                        reasons.append(refusal())
                        names -= allowed
            elif names & (MEMBER_WRITES | HOST_WRITES):
                reasons.append(self.env._("Summary and score are written at the end."))
            if names:
                reasons.append(record._get_edit_refusal())
            if reasons := [reason for reason in reasons if reason]:
                raise UserError("\n".join(reasons))

    def _get_edit_refusal(self):
        self.ensure_one()
        if self.state != "draft":
            return self.env._(
                "“%s” has been requested: its content cannot be changed any more.",
                self.display_name,
            )
        return False if self._may_ask() else self._get_who_refusal()

    def _get_who_refusal(self):
        return self.env._(
            "A rotation of %s is asked for by the person, a manager of the department or of one "
            "above it, or HR.",
            self.employee_id._get_backbone_name(),
        )

    def _get_asking_refusal(self):
        """Why there is no rotation to ask for: a sentence, or False."""
        self.ensure_one()
        if not self._may_ask() and not self.env.su:
            return self._get_who_refusal()
        # sudo: whether the person is in the talent pool
        member = self.member_id.sudo()
        if member.state != "active" or not member.employee_id.active:
            return self.env._(
                "%s is not an active member of the talent pool.", member.employee_id.name
            )
        return False

    def _get_link_refusal(self):
        """Whether the action of the plan may be linked later."""
        self.ensure_one()
        return False if self._is_hr() else self._get_edit_refusal()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for record in self:
            # sudo: the existence of a decision, of whomever
            if record.state != "draft" or record.sudo().decision_ids:
                raise UserError(
                    self.env._(
                        "“%s” has been requested before: cancel it instead of deleting it.",
                        record.display_name,
                    )
                )
            record._check_may_edit()

    # -- what waits, and whom it concerns ----------------------------------------------

    @api.model
    def _get_awaiting_domain(self):
        """What waits for the user: to agree to, or to evaluate at the end."""
        own = self.env.user._get_backbone_working()
        manager = Domain("manager_id", "in", own) & Domain("date_manager_agreed", "=", False)
        host = Domain("host_id", "in", own) & Domain("date_host_agreed", "=", False)
        member = Domain("employee_id", "in", own) & Domain("date_summary", "=", False)
        scorer = Domain("host_id", "in", own) & Domain("date_scored", "=", False)
        return (Domain("state", "=", "requested") & (manager | host)) | (
            Domain("state", "=", "evaluation") & (member | scorer)
        )

    @api.model
    def _get_concerned_domain(self):
        """The rotations of which the user is a person: member, manager or host."""
        user = self.env.user
        working = user._get_backbone_working()
        return (
            Domain("employee_id", "in", user._get_backbone_own())
            | Domain("manager_id", "in", working)
            | Domain("host_id", "in", working)
            | Domain("is_managed", "=", True)
        )

    @api.model
    def _get_search_domains(self, text):
        name = Domain("name", "ilike", text)
        # past the rules of people: the names of the rotations that the user may read are shown
        return {
            "person": Domain("employee_id", "any!", name),
            "department": Domain("host_department_id", "any!", name),
            "post": Domain("host_job_id", "any!", name),
        }

    # -- import ------------------------------------------------------------------------

    def _check_imported(self):
        """What would be refused when the drafts are asked for one by one. Other drafts count
        too: a plan does not send one person to two places, nor too many to one."""
        result = super()._check_imported()
        drafts = self.filtered(lambda record: record.state == "draft")
        planned = ("draft", *TAKEN)
        for refusals in (
            drafts._get_refusals("request"),
            {
                record: [reason]
                for record, reason in drafts._get_overlaps(planned, together=True).items()
            },
            {
                record: [reason]
                for record, reason in drafts._get_full_departments(planned, together=True).items()
            },
        ):
            for sentences in refusals.values():
                if sentences:
                    raise UserError(sentences[0])
        return result

    # -- who is where ------------------------------------------------------------------

    @api.depends("date_start", "date_end", "state")
    @api.depends_context("lang")
    def _compute_timeline(self):
        """Each stay as a bar across the months, for a list by department."""
        render = self.env["ir.qweb"]._render
        frames = {
            company: self._get_timeline_frame(company._backbone_today())
            for company in self.company_id | self.env.company
        }
        for record in self:
            frame = frames[record.company_id or self.env.company]
            values = {**frame, **record._get_timeline_bar(frame)}
            record.timeline = render("hr_backbone_training.rotation_timeline", values)

    @api.model
    def _get_timeline_frame(self, today):
        """What all bars of a company have in common: the months, and where today is.

        :return: {"start", "end", "months": [{"name", "width"}], "now"}; widths and places in
            percent
        """
        start = today.replace(day=1) - relativedelta(months=PAST)
        end = start + relativedelta(months=MONTHS)
        total = (end - start).days
        months = []
        for number in range(MONTHS):
            month = start + relativedelta(months=number)
            days = (month + relativedelta(months=1) - month).days
            pattern = "MMM yy" if number == 0 or month.month == 1 else "MMM"
            name = format_date(self.env, month, date_format=pattern)
            months.append({"name": name, "width": f"{100 * days / total:.3f}"})
        now = f"{100 * (today - start).days / total:.3f}"
        return {"start": start, "end": end, "months": months, "now": now}

    def _get_timeline_bar(self, frame):
        """What is said of this stay, and its bar: {"tone", "left", "width"}, or None."""
        if not (self.date_start and self.date_end):
            return {"bar": None, "label": self.env._("No dates yet")}
        label = self.env._(
            "%(state)s: %(start)s to %(end)s",
            state=self._get_state_label(),
            start=format_date(self.env, self.date_start),
            end=format_date(self.env, self.date_end),
        )
        first = max(self.date_start, frame["start"])
        last = min(self.date_end + timedelta(days=1), frame["end"])
        if first >= last or self.state not in TONES:
            return {"bar": None, "label": label}
        total = (frame["end"] - frame["start"]).days
        bar = {
            "tone": TONES[self.state],
            "left": f"{100 * (first - frame['start']).days / total:.3f}",
            "width": f"{100 * (last - first).days / total:.3f}",
        }
        return {"bar": bar, "label": label}

    # -- the member's time line --------------------------------------------------------

    @api.model
    def _select_timeline(self):
        return SQL(
            """SELECT id, member_id, date_start, date_end, host_department_name, state,
                      state IN ('evaluation', 'done'), NULL::float, plan_line_id
                 FROM hr_backbone_rotation
                WHERE state IN ('requested', 'agreed', 'running', 'evaluation', 'done')"""
        )

    # -- in the résumé -----------------------------------------------------------------

    def _write_resume(self):
        """ "Improve their comprehensive work and business ability": on completion the stay
        is a line of the résumé, once."""
        # sudo: the résumé is written by the completion alone
        records = self.sudo().filtered(lambda record: not record.resume_line_id)
        kind = self.env.ref("hr_backbone_training.resume_type_rotation").sudo()
        lines = (
            self.env["hr.resume.line"]
            .sudo()
            .create([{**record._get_resume_vals(), "line_type_id": kind.id} for record in records])
        )
        for record, line in zip(records, lines, strict=True):
            record._write_moved({"resume_line_id": line.id})

    def _get_resume_vals(self):
        self.ensure_one()
        place = " · ".join(filter(None, (self.host_job_id.name, self.host_department_id.name)))
        texts = [text for text in (self.objectives, self.summary) if (text or "").strip()]
        return {
            "employee_id": self.employee_id.id,
            "name": self.env._("Rotation: %s", place),
            "date_start": self.date_start,
            "date_end": self.date_end,
            "backbone_company_id": self.company_id.id,
            "description": Markup("").join(
                Markup("<p>%s</p>") % Markup("<br/>").join(escape(x) for x in text.splitlines())
                for text in texts
            ),
        }

    # -- what is awaited, in words ---------------------------------------------------------

    def _get_agreement_step(self):
        manager = self.manager_id._get_backbone_name() or self.env._("HR")
        host = self.host_id._get_backbone_name() or self.env._("nobody yet")
        # nobody without an employee is “you”: then it is HR's turn
        is_manager = bool(self.manager_id) and self.manager_id._is_backbone_user()
        is_host = bool(self.host_id) and self.host_id._is_backbone_user()
        if self.date_host_agreed and is_manager:
            return self.env._("You agree as the member's manager.")
        if self.date_host_agreed:
            return self.env._("%s agrees as the member's manager.", manager)
        if (self.date_manager_agreed or self.manager_id == self.host_id) and is_host:
            return self.env._("You agree as the host.")
        if self.date_manager_agreed or self.manager_id == self.host_id:
            return self.env._("%s agrees as the host.", host)
        if is_manager:
            return self.env._("You agree as the member's manager, and %s as the host.", host)
        if is_host:
            return self.env._("%s agrees as the member's manager, and you as the host.", manager)
        return self.env._(
            "%(manager)s agrees as the member's manager, and %(host)s as the host.",
            manager=manager,
            host=host,
        )

    def _get_evaluation_step(self):
        steps = []
        if not self.date_summary and self._is_about_me():
            steps.append(self.env._("You write the summary."))
        elif not self.date_summary:
            name = self.employee_id._get_backbone_name()
            steps.append(self.env._("%s writes the summary.", name))
        if not self.date_scored and self.host_id and self.host_id._is_backbone_user():
            steps.append(self.env._("You score and comment as the host."))
        elif not self.date_scored:
            host = self.host_id._get_backbone_name() or self.env._("The host")
            steps.append(self.env._("%s scores and comments as the host.", host))
        return " ".join(steps)
