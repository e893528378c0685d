from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import OFFICER
from ..core.hr_backbone_workflow_mixin import Move

# in these a member is, was or wants to be in another post: the dates never overlap
TAKEN = ("requested", "agreed", "running", "evaluation", "done")
# in these somebody still has to do something with it
LIVING = ("requested", "agreed", "running", "evaluation")
BEFORE = ("draft", "requested", "agreed")
# who writes what at the end
MEMBER_WRITES = {"summary"}
HOST_WRITES = {"score", "host_comment"}


class HrBackboneRotation(models.Model):
    """A stay in another post: "Take turns to study. According to the development needs of
    key employees, arrange key employees to study in rotation in relevant positions"."""

    _name = "hr.backbone.rotation"
    _description = "Backbone Rotation"
    _inherit = "hr.backbone.development.mixin"
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _portal_path = "rotations"

    _moves = (
        Move("request", ("draft",), "requested"),
        Move("consent", ("requested",), "requested"),
        Move("agree", ("requested",), "agreed", asks=True),
        Move("return", ("requested",), "draft", comment=True, asks=True),
        Move("refuse", ("requested",), "refused", comment=True, asks=True),
        Move("cancel", (*BEFORE, "running"), "cancelled", comment=True, asks=True),
        Move("start", ("agreed",), "running"),
        Move("end", ("running",), "evaluation"),
        Move("end_early", ("running",), "evaluation", comment=True, asks=True),
        Move("hand_in", ("running", "evaluation"), "evaluation"),
        Move("complete", ("evaluation",), "done"),
        Move("finish", ("evaluation",), "done", comment=True, asks=True),
        Move("leave", ("running", "evaluation"), "done"),
    )
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
    _move_templates = {
        "request": "hr_backbone_training.mail_template_rotation_requested",
        "agree": "hr_backbone_training.mail_template_rotation_agreed",
        "return": "hr_backbone_training.mail_template_rotation_returned",
        "refuse": "hr_backbone_training.mail_template_rotation_refused",
        "cancel": "hr_backbone_training.mail_template_rotation_cancelled",
        "end": "hr_backbone_training.mail_template_rotation_ended",
        "end_early": "hr_backbone_training.mail_template_rotation_ended",
        "complete": "hr_backbone_training.mail_template_rotation_done",
        "finish": "hr_backbone_training.mail_template_rotation_done",
    }
    _plan_methods = ("rotation",)
    _line_progress = {
        "requested": 0,
        "agreed": 0,
        "running": 50,
        "evaluation": 75,
        "done": 100,
    }

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
    objectives = fields.Text(help="What the member should have learnt or done at the end.")
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
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        group_expand=True,
    )
    score = fields.Float(
        "Host's Score",
        digits=(5, 1),
        aggregator="avg",
        copy=False,
        help="By the host, between 0 and 100.",
    )
    host_comment = fields.Text("Host's Comment", copy=False)
    date_scored = fields.Date("Scored on", readonly=True, copy=False)
    summary = fields.Text(
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
    can_request = fields.Boolean(compute="_compute_moves")
    can_agree = fields.Boolean(compute="_compute_moves")
    can_return = fields.Boolean(compute="_compute_moves")
    can_refuse = fields.Boolean(compute="_compute_moves")
    can_cancel = fields.Boolean(compute="_compute_moves")
    can_end_early = fields.Boolean(compute="_compute_moves")
    can_hand_in = fields.Boolean(compute="_compute_moves")
    can_finish = fields.Boolean(compute="_compute_moves")
    can_summarize = fields.Boolean(compute="_compute_can_write")
    can_score = fields.Boolean(compute="_compute_can_write")
    can_name_host = fields.Boolean(compute="_compute_can_write")

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
            # sudo: names of a person and a department
            parts = (record.employee_id.sudo().name, record.host_department_id.sudo().name)
            record.name = " – ".join(filter(None, parts))

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
            record.host_id = record._find_leader(record.host_department_id)

    @api.depends("member_id")
    def _compute_manager_id(self):
        for record in self:
            # sudo: the department of the member
            record.manager_id = record._find_leader(record.employee_id.sudo().department_id)

    def _find_leader(self, department):
        """The manager of the department, or the nearest above it, who can act: one with a
        login, and not the member.

        :return: `hr.employee`, empty when there is none
        """
        # sudo: the organization of the company; who is the user of an employee decides
        member, department = self.employee_id.sudo(), department.sudo()
        seen = department.browse()
        while department and department not in seen:
            leader = department.manager_id
            if self._can_act(leader) and leader.user_id != member.user_id:
                return leader.sudo(False)
            seen += department
            department = department.parent_id
        return self.env["hr.employee"]

    @api.model
    def _can_act(self, employee):
        """Whether the employee is there and has a login."""
        # sudo: a yes or no about a colleague
        employee = employee.sudo()
        return employee.active and employee.user_id.active

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
            if not 0 <= record.score <= 100:
                raise ValidationError(self.env._("A score lies between 0 and 100."))

    # -- buttons -----------------------------------------------------------------------

    def action_request(self):
        """draft → requested, by HR, the member or the member's manager; a manager who asks
        has thereby agreed."""
        self._claim_places()
        self._move("request")
        self._agree_as_requester()
        return True

    def action_agree(self, comment=None):
        """The part of the member's manager or of the host; the second makes it agreed."""
        self._claim_places()
        for complete, batch in self.grouped(lambda record: record._would_complete()).items():
            batch._give_agreement("agree" if complete else "consent", comment)
        return True

    def action_return(self, comment=None):
        """requested → draft, by the manager or the host.

        :param str comment: what has to be changed; required
        """
        nobody = {"date_manager_agreed": False, "date_host_agreed": False}
        self._move("return", comment, nobody)
        return True

    def action_refuse(self, comment=None):
        """Refused by the manager or the host.

        :param str comment: the reason; required
        """
        self._move("refuse", comment)
        return True

    def action_cancel(self, comment=None):
        """Cancelled by HR, the manager or, before it runs, the member.

        :param str comment: the reason; required
        """
        self._move("cancel", comment)
        return True

    def action_end_early(self, comment=None, date=None):
        """running → evaluation, by HR.

        :param str comment: the reason; required
        :param date: the last day, between the first one and today; today by default
        """
        for day, batch in self._get_last_days(date).items():
            batch._move("end_early", comment, {"date_end": day})
        return True

    def action_hand_in(self):
        """What the member or the host has written counts; both complete the rotation."""
        for vals, batch in self._get_hand_in_vals():
            batch._move("hand_in", vals=vals)
        return True

    def action_finish(self, comment=None):
        """evaluation → done without what is still missing, by HR.

        :param str comment: the reason; required
        """
        self._move("finish", comment)
        return True

    def action_submit(self):
        """What the page's main button does: ask for it or, at the end, hand in."""
        asked = self.filtered(lambda record: record.state == "draft")
        asked and asked.action_request()
        later = self - asked
        later and later.action_hand_in()
        return True
