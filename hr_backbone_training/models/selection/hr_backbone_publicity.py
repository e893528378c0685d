# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ...const import OFFICER
from ..core import texts
from ..core.jobs import run_in_batches
from ..core.moves import Move, Moves
from ..core.public import public
from .hr_backbone_fair_mixin import Judged

_lt = LazyTranslate(__name__)

OBJECTION = "hr_backbone_training.mail_activity_type_objection"
# the cases of a program of which it is known whether they end in the talent pool
DECIDED = ("selected", "publicity", "admitted", "refused")


class HrBackbonePublicity(models.Model):
    """The notice by which the selected are "publicized within the company"; "after the
    publicity" they enter the talent pool."""

    _name = "hr.backbone.publicity"
    _description = "Backbone Publicity Notice"
    _inherit = [
        "hr.backbone.fair.mixin",
        "hr.backbone.program.mixin",
        "hr.backbone.portal.mixin",
    ]
    _order = "date_start desc, id desc"
    _kept_fields = ("program_id",)

    _readers = ("everyone",)
    _hr_messages = True
    _moves = Moves(
        Move("publish", "draft", "published", _lt("Published"), button=True),
        Move("close", "published", "closed", _lt("Closed"), button=True),
    )
    _moved_fields = ("date_start", "date_end")
    _fixed_fields = ("company_id",)
    _portal_path = "notices"
    _fair_move = "publish"
    _fair_field = "publicity_id"
    _fair_words = (_lt("Recommended"), _lt("Admitted"))
    _fair_todo = "hr_backbone_training.mail_activity_type_fairness"
    _todo_states = ("draft",)

    name = texts.Char(
        required=True, default=lambda self: self.env._("Publicity of the Backbone Employees")
    )
    notice = texts.Html(
        "Text of the notice",
        default=lambda self: self._default_notice(),
        help="Read by every employee of the company, above the names.",
    )
    working_days = fields.Integer(
        required=True,
        compute="_compute_working_days",
        store=True,
        readonly=False,
        precompute=True,
        help="The day of publication does not count.",
    )
    date_start = fields.Date("Published on", readonly=True, copy=False)
    date_end = fields.Date(
        "Open until",
        readonly=True,
        copy=False,
        help="The last day on which colleagues may object.",
    )
    line_ids = fields.One2many("hr.backbone.publicity.line", "publicity_id", "Names")
    application_ids = fields.Many2many(
        "hr.backbone.application",
        string="Applications",
        compute="_compute_application_ids",
        inverse="_inverse_application_ids",
        compute_sudo=True,
        groups=OFFICER,
    )
    line_count = fields.Integer(
        "Number of Names", compute="_compute_application_ids", compute_sudo=True
    )
    # every employee reads the notice: what HR has to do on it would say that somebody objected
    activity_ids = fields.One2many(groups=OFFICER)
    my_activity_date_deadline = fields.Date(groups=OFFICER)
    activity_calendar_event_id = fields.Many2one(groups=OFFICER)
    activity_state = fields.Selection(groups=OFFICER)
    activity_user_id = fields.Many2one(groups=OFFICER)
    activity_type_id = fields.Many2one(groups=OFFICER)
    activity_type_icon = fields.Char(groups=OFFICER)
    activity_date_deadline = fields.Date(groups=OFFICER)
    activity_summary = fields.Char(groups=OFFICER)
    activity_exception_decoration = fields.Selection(groups=OFFICER)
    activity_exception_icon = fields.Char(groups=OFFICER)
    objection_ids = fields.One2many(
        "hr.backbone.objection", "publicity_id", "Objections", groups=OFFICER
    )
    objection_count = fields.Integer(compute="_compute_objection_count", groups=OFFICER)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("closed", "Closed")],
        default="draft",
    )
    is_open = fields.Boolean(
        "Objections possible",
        compute="_compute_is_open",
        help="Published, and its last day is not over.",
    )

    _working_days_positive = models.Constraint(
        "CHECK (working_days BETWEEN 1 AND 365)",
        "The names are publicized for 1 to 365 working days.",
    )

    @api.model
    def _default_notice(self):
        return self.env._(
            "<p>After recommendation by the departments, review by human resources and "
            "selection by the meeting of top management, the following colleagues are to enter "
            "the talent pool. Whoever knows a reason against a name may object until the "
            "publicity ends.</p>"
        )

    @api.depends("program_id")
    def _compute_working_days(self):
        """Those of the company, which HR may change."""
        for publicity in self:
            company = publicity.program_id.company_id or self.env.company
            publicity.working_days = company.backbone_publicity_days

    @api.depends("line_ids.application_id", "line_ids.is_off")
    def _compute_application_ids(self):
        for publicity in self:
            publicity.application_ids = publicity.line_ids.application_id
            publicity.line_count = len(publicity._get_shown_lines())

    def _get_shown_lines(self):
        """The names that everybody reads."""
        return self.line_ids.filtered(lambda line: not line.is_off)

    def _inverse_application_ids(self):
        for publicity in self:
            wanted, listed = publicity.application_ids, publicity.line_ids.application_id
            publicity.line_ids.filtered(
                lambda line, wanted=wanted: line.application_id not in wanted
            ).unlink()
            publicity.line_ids = [
                Command.create({"application_id": application.id})
                for application in wanted - listed
            ]

    def _compute_objection_count(self):
        groups = self.env["hr.backbone.objection"]._read_group(
            [("publicity_id", "in", self.ids)], ["publicity_id"], ["__count"]
        )
        counts = {publicity.id: count for publicity, count in groups}
        for publicity in self:
            publicity.objection_count = counts.get(publicity.id, 0)

    @api.depends("state", "date_end")
    def _compute_is_open(self):
        for publicity in self:
            publicity.is_open = not publicity._get_closed_reason()

    def _get_closed_reason(self):
        """Why nobody can object to this notice (any more); False when one can."""
        self.ensure_one()
        if self.state != "published":
            return self.env._("The notice “%s” is not published.", self.name)
        if self.date_end < self.company_id._backbone_today():
            return self.env._(
                "The publicity ended on %s: objections are no longer taken.",
                format_date(self.env, self.date_end),
            )
        return False

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        fixed = {"program_id", "working_days", "line_ids", "application_ids", "notice", "name"}
        if fixed & set(vals) and any(publicity.state != "draft" for publicity in self):
            raise UserError(self.env._("A notice that was published cannot be changed."))
        if fixed & set(vals):
            self._check_not_involved()
        return super().write(vals)

    def _get_concerned_employees(self):
        # sudo: whom it concerns decides; a published notice says it
        return self.sudo().line_ids.application_id.employee_id

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(publicity.state != "draft" for publicity in self):
            raise UserError(self.env._("A notice that was published is history."))
        self._check_not_involved()

    @public(one=True)
    def action_fill_names(self):
        """Put on the notice every selected application of the program that is on no other, but
        the user's own and those of people who have left.

        :return: how many were added
        """
        self.ensure_one()
        self.check_access("write")
        selected = self.env["hr.backbone.application"].search(
            [("program_id", "=", self.program_id.id), ("state", "=", "selected")]
        )
        drafts = self.env["hr.backbone.publicity.line"].search(
            [("application_id", "in", selected.ids), ("publicity_id.state", "=", "draft")]
        )
        added = (selected - drafts.application_id).filtered(
            lambda case: not case._concerns_me() and not case._get_left_refusal()
        )
        self.env["hr.backbone.publicity.line"].create(
            [{"publicity_id": self.id, "application_id": record.id} for record in added]
        )
        return len(added)

    # -- what the portal asks ----------------------------------------------------------

    @api.model
    def _get_running_domain(self):
        """The notices to which one can object today, by the day of each one's company."""
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_end", ">=", company._backbone_today())
            for company in self.env.companies
        )

    @api.model
    def _get_search_domains(self, text):
        shown = ("employee_name", "job_name", "department_name")
        lines = Domain.OR(Domain(name, "ilike", text) for name in shown)
        lines &= Domain("is_off", "=", False)
        return {
            "notice": Domain("name", "ilike", text),
            "name": Domain("line_ids", "any", lines),
        }

    # -- is it fair? -------------------------------------------------------------------

    def _get_judged(self):
        """Whoever was recommended in the program and whose case is decided. Admitted are those in
        the talent pool, and those on a notice. Who has withdrawn, or could not be admitted since
        they had left, was not refused."""
        cases = self.env["hr.backbone.application"].search_fetch(
            [("program_id", "in", self.program_id.ids), ("state", "in", DECIDED)],
            ["program_id", "employee_id", "department_id", "state"],
        )
        decisions = self.env["hr.backbone.decision"].search_fetch(
            [("res_model", "=", cases._name), ("res_id", "in", cases.ids), ("move", "=", "drop")],
            ["res_id"],
        )
        cases -= cases.browse(decisions.mapped("res_id"))
        selected = cases.filtered(lambda case: case.state == "selected")
        listed = selected.publicity_line_ids.filtered(lambda line: not line.is_off).application_id
        people = {}
        for case in cases:
            chosen = case.state in ("publicity", "admitted") or case in listed
            person = Judged(case.employee_id, str(case.department_id.id or ""), chosen)
            known = people.setdefault(case.program_id, {})
            # whoever was recommended again counts once
            if chosen or case.employee_id not in known:
                known[case.employee_id] = person
        return {notice: [*people.get(notice.program_id, {}).values()] for notice in self}

    def _get_counted_employees(self):
        """All who were ever recommended in the program."""
        cases = self.program_id.application_ids.filtered(
            lambda case: case.state != "draft" or case.date_submitted
        )
        return cases.employee_id | self.line_ids.application_id.employee_id

    def _say_counted(self):
        return self.env._(
            "This counts everybody who was recommended in this program and whose case is decided. "
            "“Admitted” are those in the talent pool and those on a notice. Cases that are under "
            "way, were withdrawn, or ended because the person had left are not counted."
        )

    def _awaits_fair_look(self):
        return super()._awaits_fair_look() and bool(self.line_ids)

    def _get_judged_departments(self, keys):
        departments = self.env["hr.department"].browse(int(key) for key in keys if key.isdigit())
        return {str(department.id): department.name for department in departments.exists()}

    # -- moves -------------------------------------------------------------------------

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "publish", "published": "close"}.get(self.state)

    def _get_next_step(self):
        self.ensure_one()
        if self.state == "draft":
            return self.env._("HR publishes the notice.")
        if self.state == "published" and self.is_open:
            return self.env._("Every employee of the company may object until the last day.")
        if self.state == "published":
            return self.env._("HR decides the open objections; then the notice closes.")
        return False

    def _get_move_refusals(self, name):
        match name:
            case "publish":
                return self._refusals_publish()
            case "close":
                return self._refusals_close()
        return super()._get_move_refusals(name)

    def _refusals_publish(self):
        refusals = self._refuse_unless_officer()
        for publicity in self:
            if publicity in refusals:
                continue
            refusals[publicity] = []
            least = publicity.company_id.backbone_publicity_days
            if not publicity.line_ids:
                refusals[publicity].append(self.env._("The notice has no names yet."))
            if publicity.working_days < least:
                refusals[publicity].append(
                    self.env._("The names are publicized for at least %s working days.", least)
                )
            refusals[publicity] += publicity.line_ids._get_publish_refusals()
        return refusals

    def _get_batch_refusals(self, name):
        """A name that stands on two of these notices is publicized by the first one."""
        refusals = super()._get_batch_refusals(name)
        listed = self.env["hr.backbone.application"]
        for publicity in self if name == "publish" else ():
            twice = publicity.line_ids.filtered(
                lambda line, known=listed: line.application_id in known
            )
            if twice:
                refusals[publicity] = [line._say_not_selected() for line in twice]
            else:
                listed |= publicity.line_ids.application_id
        return refusals

    def _refusals_close(self):
        """Only when the window is over."""
        refusals = self._refuse_unless_officer()
        for publicity in self:
            if publicity in refusals:
                continue  # and nothing about objections
            refusals[publicity] = []
            if publicity.is_open:
                refusals[publicity].append(
                    self.env._(
                        "The publicity lasts until %s.",
                        format_date(self.env, publicity.date_end),
                    )
                )
            refusals[publicity] += publicity.line_ids._get_waiting_sentences()
        return refusals

    def _lock_for_move(self):
        # sudo: what is to be published is computed as long as the notice is a draft
        self.sudo().line_ids.flush_recordset()
        return super()._lock_for_move()

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was just allowed
        for publicity in self.sudo() if name == "publish" else ():
            today = publicity.company_id._backbone_today()
            publicity._write_moved({"date_start": today, "date_end": publicity._count_end(today)})
            publicity.line_ids.application_id._move("publish")
        return result

    def _find_todos(self):
        """And those on objections, which HR decides whenever the notice moves."""
        activity_type = self.env.ref(OBJECTION)
        found = super()._find_todos()
        return found | self.activity_ids.filtered(lambda row: row.activity_type_id == activity_type)

    def _get_keepers(self, activity):
        """Whoever in HR can decide all that is open on the notice."""
        if activity.activity_type_id != self.env.ref(OBJECTION):
            return super()._get_keepers(activity)
        opened = self.objection_ids.filtered(lambda objection: objection.state == "open")
        involved = self.env["res.users"].union(*(row._get_unasked_users() for row in opened))
        return self._get_hr_keepers(activity, self.program_id.user_id, involved)

    def _finish_objection_activities(self):
        """Nothing is left to decide on these notices: HR's reminders go."""
        decided = self.filtered(lambda notice: "open" not in notice.objection_ids.mapped("state"))
        activity_type = self.env.ref(OBJECTION)
        decided.activity_ids.filtered(lambda a: a.activity_type_id == activity_type).unlink()

    def _count_end(self, start):
        return self.company_id._backbone_add_working_days(start, self.working_days)

    @public()
    def action_publish(self):
        """draft → published, by HR; its applications go selected → publicity."""
        self._move("publish")
        return True

    @public()
    def action_close(self):
        """Once the window is over: a name with an open objection waits, an upheld one is
        refused, the others are admitted. The notice itself closes with its last name.

        :return: how many names still wait
        """
        self.check_access("read")
        # sudo: follows from the calendar
        self.sudo()._postpone_end()
        for publicity in self:
            refusals = publicity._get_refusals("close")
            waiting = publicity.line_ids._get_waiting_sentences()
            blocking = [s for s in refusals.get(publicity, []) if s not in waiting]
            if blocking:
                raise UserError("\n".join(blocking))
        return self._close_names()

    def _close_names(self):
        """Make sure that every decided name of these notices has gone on."""
        self._lock_for_move()
        # sudo: called by the job, or once the move "close" was not refused
        waiting = self.sudo().line_ids._conclude()
        done = self.filtered(lambda publicity: publicity not in waiting.publicity_id)
        if done:
            done._do_move(self._get_move("close"), "")
        return len(waiting)

    @api.model
    def _cron_close(self):
        """Close each window that is over, one notice at a time: one that fails is logged,
        tried again the next day, and does not hold up the others."""
        domain = [("state", "=", "published")]
        run_in_batches(self, domain, lambda notice: notice._filter_over()._close_names(), 1)

    def _filter_over(self):
        """Those whose window is over; a holiday that was entered since moves the end."""
        self._postpone_end()
        return self.filtered(
            lambda publicity: publicity.date_end < publicity.company_id._backbone_today()
        )

    def _postpone_end(self):
        for publicity in self.filtered(lambda notice: notice.state == "published"):
            try:
                end = publicity._count_end(publicity.date_start)
            except UserError:
                continue  # working hours emptied since: the end stays as it was published
            if end > publicity.date_end:
                publicity._write_moved({"date_end": end})
