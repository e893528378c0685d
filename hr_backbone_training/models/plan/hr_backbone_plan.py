# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...const import OFFICER
from ..core import texts
from ..core.hr_backbone_portal_mixin import as_typed
from ..core.moves import PROCEDURE, Move, Moves
from ..core.public import Text, public
from ..core.scores import Score, get_mean

_lt = LazyTranslate(__name__)

CONTENT = ("strengths", "gaps", "goal_short", "goal_long")
# of an action what the page writes, before and while the plan is in force
LINE_INPUTS = ("gap", "action", "support", "date_due", "evidence", "quarterly_check", "quantity")
LIVING_INPUTS = ("progress", "evidence")


class HrBackbonePlan(models.Model):
    """The seed's "Personal Development Plan" (appendix 2): "let the recommended employees
    fill in" it. Only the employee writes it; it travels on with the member.

    A revision takes its place: HR asks for it after a mentor's proposal, "so as to adjust the
    appropriate training plan in time", or the member begins it. The member writes it, as
    always; HR brings it into force, or returns it.
    """

    _name = "hr.backbone.plan"
    _description = "Personal Development Plan"
    _inherit = [
        "hr.backbone.workflow.mixin",
        "hr.backbone.person.mixin",
        "hr.backbone.portal.mixin",
        "hr.backbone.facts.mixin",
    ]
    _order = "id desc"
    _mail_post_access = "read"
    _portal_path = "plans"

    _readers = ("employee", "managers", "mentor", "recommender", "approver", "committee", "hr")
    _todo_states = ("submitted",)
    _moves = Moves(
        Move("submit", "draft", "submitted", _lt("Plan submitted"), button=True),
        Move("return", "submitted", "draft", _lt("Plan taken back"), asks="action_return"),
        Move(
            "send_back",
            "submitted",
            "draft",
            _lt("Plan returned"),
            reason="action_send_back",
            mail="revision",
        ),
        Move(
            "activate",
            "submitted",
            "active",
            _lt("Plan in force"),
            button=True,
            mail="revision_active",
        ),
        Move("close", ("draft", "submitted", "active"), "closed", _lt("Plan closed"), by=PROCEDURE),
        Move("undo_close", "closed", label=_lt("Plan open again"), by=PROCEDURE, undoes="close"),
        mails="hr_backbone_training.mail_template_plan_",
    )
    _moved_fields = ("department_id", "job_id", "rank_id", "date_submitted", "date_activated")
    _fixed_fields = (
        "name",
        "employee_id",
        "company_id",
        "program_id",
        "revision",
        "previous_id",
        "progress",
    )

    name = fields.Char(compute="_compute_name", store=True)
    employee_id = fields.Many2one(check_company=True, readonly=True)
    program_id = fields.Many2one(
        "hr.backbone.program", readonly=True, index=True, ondelete="restrict"
    )
    revision = fields.Integer(default=1, readonly=True, copy=False)
    previous_id = fields.Many2one(
        "hr.backbone.plan", "Revision of", readonly=True, copy=False, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("active", "In Force"),
            ("closed", "Closed"),
        ],
        default="draft",
    )
    date_submitted = fields.Date("Submitted on", readonly=True, copy=False)
    date_activated = fields.Date("Active since", readonly=True, copy=False)
    strengths = texts.Text(help="What you do well and want to build on.")
    gaps = texts.Text(help="What you lack for the post that you aim at.")
    goal_short = texts.Text("Goals for 6 to 12 months")
    goal_long = texts.Text("Goals for 1 to 3 years")
    line_ids = fields.One2many("hr.backbone.plan.line", "plan_id", "Actions")
    progress = Score(compute="_compute_progress", store=True, help="The mean of its actions.")
    can_report = fields.Boolean(
        compute="_compute_can_report",
        help="The plan is in force and yours, or as HR you write what a member without a login "
        "tells you: you report the progress of its actions.",
    )
    can_revise = fields.Boolean(compute="_compute_can_report", help="It is in force and yours.")
    summary = fields.Html(
        "By Method",
        compute="_compute_summary",
        # from a template, whose attributes say to a screen reader how far the plan is
        sanitize_attributes=False,
        help="What the plan promises, what of it is done, and how many actions are late.",
    )

    _open_revision_uniq = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL AND state IN ('draft', 'submitted')",
        "A revision of this plan has been begun already.",
    )

    @api.depends("employee_id", "program_id", "revision")
    def _compute_name(self):
        for plan in self:
            # sudo: the name of the program that the plan belongs to
            parts = [plan.employee_id._get_backbone_name(), plan.program_id.sudo().name]
            if plan.revision > 1:
                parts.append(self.env._("revision %s", plan.revision))
            plan.name = " – ".join(filter(None, parts))

    @api.depends("line_ids.progress")
    def _compute_progress(self):
        for plan in self:
            plan.progress = get_mean(plan.line_ids.mapped("progress"))

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_report(self):
        for plan in self:
            plan.can_revise = plan.state == "active" and plan._is_about_me()
            plan.can_report = plan.can_revise or plan._is_progress_of_hr()

    def _is_progress_of_hr(self):
        """Whether the user writes, as HR, how far a person without a login has come."""
        self.ensure_one()
        return self.state == "active" and self._is_hr() and self._has_no_login()

    # -- content -----------------------------------------------------------------------

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if content := set(vals) & {*CONTENT, "line_ids"}:
            for plan in self:
                if plan.state == "active" and content == {"line_ids"}:
                    continue  # the lines say themselves what may change
                plan._check_may_edit()
        return super().write(vals)

    def _get_edit_refusal(self):
        self.ensure_one()
        if not self._is_about_me():
            name = self.employee_id._get_backbone_name()
            return self.env._("Only %s writes this development plan.", name)
        if self.state != "draft":
            return self.env._(
                "The plan has been submitted: its content cannot be changed any more."
            )
        return False

    def _is_blank(self):
        """Whether nobody has written anything into the plan yet."""
        return not any(plan.line_ids or any(plan[name] for name in CONTENT) for plan in self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(plan.state != "draft" for plan in self):
            raise UserError(self.env._("Only a plan in draft is deleted; the others are history."))

    # -- moves -------------------------------------------------------------------------

    def _awaits_hr(self):
        self.ensure_one()
        return bool(self.previous_id) and self.state == "submitted"

    def _get_next_move(self):
        self.ensure_one()
        return "activate" if self._awaits_hr() else {"draft": "submit"}.get(self.state)

    def _is_next_actor(self):
        self.ensure_one()
        return self._is_hr() if self._awaits_hr() else self._is_about_me()

    def _get_next_step(self):
        self.ensure_one()
        if self._awaits_hr():
            return self.env._("Human resources brings the revision into force, or returns it.")
        if self.state == "draft" and self._is_about_me():
            return self.env._("You write and submit the plan.")
        if self.state == "draft":
            name = self.employee_id._get_backbone_name()
            return self.env._("%s writes and submits the plan.", name)
        return False

    def _get_move_refusals(self, name):
        match name:
            case "submit":
                return self._refusals_submit()
            case "return":
                return self._refusals_return()
            case "send_back":
                return self._refusals_send_back()
            case "activate":
                return self._refusals_activate()
        return super()._get_move_refusals(name)

    def _refusals_submit(self):
        refusals = {}
        for plan in self:
            if not plan._is_about_me():
                refusals[plan] = [plan._get_edit_refusal()]
                continue
            refusals[plan] = list(plan._get_missing().values())
            if not plan.line_ids:
                refusals[plan].append(self.env._("Add at least one action to the plan."))
        return refusals

    def _refusals_return(self):
        """Taken back by the employee to correct it."""
        return {plan: [plan._get_edit_refusal()] for plan in self if not plan._is_about_me()}

    def _refusals_send_back(self):
        refusals = self._refuse_unless_officer()
        for plan in self:
            if plan not in refusals and not plan.previous_id:
                refusals[plan] = [self.env._("The first plan is returned with its application.")]
        return refusals

    def _refusals_activate(self):
        """A revision comes into force with HR's agreement."""
        officer = self.env.user.has_group(OFFICER)
        refusals = {}
        for plan in self:
            if not officer or plan._concerns_me():
                refusals[plan] = [self.env._("HR brings a plan into force.")]
            elif not plan.previous_id:
                refusals[plan] = [self.env._("The first plan comes into force with the admission.")]
            elif plan.previous_id.state != "active":
                refusals[plan] = [
                    self.env._("The plan that this one revises is not in force any more.")
                ]
        return refusals

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was just allowed
        plans = self.sudo()
        if name == "submit":
            for company, batch in plans.grouped("company_id").items():
                batch._write_moved({"date_submitted": company._backbone_today()})
        elif name == "activate":
            plans._on_activated()
        elif name == "close":
            plans._keep_facts()
        return result

    def _get_facts(self):
        """The people whose names stand on a closed plan; later rooms add what else they are."""
        facts = super()._get_facts()
        for plan, kept in facts.items():
            kept.update(person=plan.employee_id.name, hr=plan.program_id.user_id.name)
        return facts

    def _on_activated(self):
        for company, batch in self.grouped("company_id").items():
            batch._write_moved({"date_activated": company._backbone_today()})
        older = self.previous_id.filtered(lambda plan: plan.state == "active")
        older._do_move(self._get_move("close"), self.env._("A revision took its place."))
        self.line_ids._on_revision_activated()

    @public()
    def action_submit(self):
        """draft → submitted, by the employee alone."""
        self._move("submit")
        return True

    @public(comment=Text())
    def action_return(self, comment=None):
        """submitted → draft, by the employee, until the application is submitted."""
        self._move("return", comment)
        return True

    @public(comment=Text())
    def action_send_back(self, comment=None):
        """submitted → draft, by HR: a revision that the member has to correct.

        :param str comment: what needs to be corrected; required
        """
        self._move("send_back", comment)
        return True

    @public()
    def action_activate(self):
        """submitted → active, by HR; the revision before it is closed and kept."""
        self._move("activate")
        return True

    def _get_summary(self):
        """The plan by way of training: what was promised, what was done, what is late.

        :return: [{"method", "label", "promised", "done", "late", "progress"}], one for each
            way that the plan has actions in; `late` is a number of actions
        """
        self.ensure_one()
        by_method = self.line_ids.grouped("method")
        labels = self.line_ids._fields["method"]._description_selection(self.env)
        return [
            {
                "method": method,
                "label": label,
                "promised": sum(lines.mapped("quantity")),
                "done": sum(line._get_done() for line in lines),
                "late": len(lines.filtered("is_late")),
                "progress": round(sum(lines.mapped("progress")) / len(lines)),
            }
            for method, label in labels
            if (lines := by_method.get(method))
        ]

    @api.depends(
        "state", "line_ids.method", "line_ids.quantity", "line_ids.progress", "line_ids.date_due"
    )
    @api.depends_context("lang")
    def _compute_summary(self):
        render = self.env["ir.qweb"]._render
        for plan in self:
            values = {"ways": plan._get_summary()}
            plan.summary = (
                render("hr_backbone_training.plan_summary", values) if values["ways"] else False
            )

    # -- who is told -----------------------------------------------------------------------

    def _get_next_activity(self):
        plan_type = "hr_backbone_training.mail_activity_type_plan"
        revision = "hr_backbone_training.mail_activity_type_plan_revision"
        submitted = "hr_backbone_training.mail_activity_type_plan_revision_submitted"
        return {
            **{
                plan: (
                    revision if plan.previous_id else plan_type,
                    plan.employee_id._get_acting_users(plan.company_id),
                    None,
                )
                for plan in self
                if plan.state == "draft"
            },
            **{
                plan: (
                    submitted,
                    plan.company_id._backbone_hr_user(
                        plan.program_id.user_id, plan._get_unasked_users()
                    ),
                    None,
                )
                for plan in self
                if plan._awaits_hr()
            },
        }

    def _get_mail_partners(self, name):
        self.ensure_one()
        return self._get_partner(self.employee_id)

    def _send_move_mails(self, name):
        # the first plan comes into force with the admission, of which another mail tells
        told = self.filtered("previous_id") if name == "activate" else self
        return super(HrBackbonePlan, told)._send_move_mails(name)

    # -- in the portal ---------------------------------------------------------------------

    def _get_versioned(self):
        """The inputs of an action are called `<its id>-<field>`."""
        self.ensure_one()
        active = self.state == "active"
        stored = {
            f"{line.id}-{name}": as_typed(line[name])
            for line in self.line_ids
            for name in (LIVING_INPUTS if active else LINE_INPUTS)
        }
        if not active:
            stored.update((name, as_typed(self[name])) for name in CONTENT)
        return stored

    def _get_page_refusal(self):
        # while it is in force, the actions say themselves what may change
        return False if self.state == "active" else super()._get_page_refusal()

    def _save_from_portal(
        self, vals, rows=None, files=(), removed_file=None, *, fresh=None, removed=None
    ):
        """
        :param dict files: {action: werkzeug's file storages}, while the plan is in force
        :param dict fresh: {input: {field: value}} of the actions to add
        :param removed: the action to take away
        """
        added = super()._save_from_portal(vals, rows)
        if removed:
            removed.unlink()
        for line, uploads in (files or {}).items():
            line._change_evidence(uploads, removed_file)
        if fresh:
            lines = self.line_ids.create([{**row, "plan_id": self.id} for row in fresh.values()])
            added.update(zip(fresh, lines.ids, strict=True))
        return added

    def _get_missing(self):
        self.ensure_one()
        return {
            name: self.env._(
                "Fill in “%s” before you submit the plan.",
                self._fields[name]._description_string(self.env),
            )
            for name in CONTENT
            if not (self[name] or "").strip()
        }

    # -- a revision ------------------------------------------------------------------------

    @public(one=True)
    def action_revise(self):
        """Start the yearly revision of an active plan: a new draft that begins with the
        actions still open. The plan in force stays until the revision replaces it."""
        self.ensure_one()
        self.check_access("read")
        # sudo: a lock changes nothing
        self.sudo()._lock_for_move()
        if self.state != "active" or not self._is_about_me():
            raise UserError(self.env._("The member revises the plan that is in force."))
        if later := self.search([("previous_id", "=", self.id), ("state", "!=", "closed")]):
            return later._get_records_action()
        # sudo: the check is above
        return self.sudo()._create_revision().sudo(False)._get_records_action()

    def _create_revision(self):
        """The draft that follows this plan, with the actions still open; as superuser."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.progress < 100)
        plan = self.copy(
            {
                "previous_id": self.id,
                "revision": self.revision + 1,
                "line_ids": [
                    Command.create(
                        {
                            **vals,
                            "previous_id": line.id,
                            "previous_progress": line.progress,
                            **line._get_carried_vals(),
                        }
                    )
                    for line, vals in zip(lines, lines.copy_data(), strict=True)
                ],
            }
        )
        plan._write_moved(plan._get_snapshot()[plan])
        return plan

    def _ask_for_revision(self):
        """Open the revision on the member's behalf, where there is none yet, and ask for it."""
        open_ones = self.search([("previous_id", "in", self.ids), ("state", "!=", "closed")])
        fresh = self.browse()
        for plan in self - open_ones.previous_id:
            fresh += plan._create_revision()
        asked = fresh + open_ones.filtered(lambda plan: plan.state == "draft")
        asked._finish_activities()
        asked._schedule_next_activities()
        self.env["hr.backbone.notification"]._queue(
            asked, "hr_backbone_training.mail_template_plan_revision", "revision"
        )

    def _get_open_revision(self):
        """The revision of this plan that is being written or waits for HR; empty for none."""
        self.ensure_one()
        return self.search(
            [("previous_id", "=", self.id), ("state", "in", ("draft", "submitted"))], limit=1
        )

    def _get_returned_comment(self):
        """What HR wrote when it returned the revision that is a draft again; else False."""
        self.ensure_one()
        last = self.state == "draft" and self._get_decisions()[:1]
        return last and last.move == "send_back" and last.comment
