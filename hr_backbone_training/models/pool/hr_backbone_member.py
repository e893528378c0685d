# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date
from odoo.tools.translate import LazyTranslate

from ..core.jobs import run_in_batches
from ..core.moves import HR, PROCEDURE, Move, Moves
from ..core.public import Day, Record, Text, public
from ..core.words import get_written_lang

_lt = LazyTranslate(__name__)

LIVING = ("active", "suspended")
# the to-do of HR on whoever has moved to a sister company
MOVED = "hr_backbone_training.mail_activity_type_member_moved"


class HrBackboneMember(models.Model):
    """The talent pool: "the backbone employees of each echelon officially entered the
    company's backbone talent pool", one row for each employee and company.

    Its card is one page with the echelon, the mentor, the progress of the plan, where the
    member is now, and all that happened on one time line.
    """

    _name = "hr.backbone.member"
    _description = "Talent Pool Member"
    _inherit = [
        "hr.backbone.workflow.mixin",
        "hr.backbone.person.mixin",
        "hr.backbone.portal.mixin",
    ]
    # no state: it would be told by sorting others by their member, which asks for no right to read
    _order = "echelon_id, id"
    _rec_name = "employee_id"
    _mail_post_access = "read"

    _readers = ("employee", "managers", "mentor", "committee", "hr")
    _moves = Moves(
        Move(
            "suspend",
            "active",
            "suspended",
            _lt("Suspended"),
            by=HR,
            reason="action_suspend",
            private=True,
        ),
        Move(
            "resume",
            "suspended",
            "active",
            _lt("Resumed"),
            by=HR,
            asks="action_resume",
            private=True,
        ),
        Move("exit", LIVING, "exited", _lt("Exited"), by=HR, reason="action_exit", private=True),
        Move(
            "undo_exit",
            "exited",
            label=_lt("Exit taken back"),
            by=HR,
            reason="action_undo_exit",
            private=True,
            undoes="exit",
        ),
        Move("promote", "active", "active", _lt("Promoted"), by=HR, comment=True, button=True),
        Move("shift", "active", "active", _lt("Moved"), by=HR, comment=True),
        Move("readmit", "exited", "active", _lt("Admitted again"), by=PROCEDURE),
    )
    _moved_fields = (
        "echelon_id",
        "date_admitted",
        "date_exited",
        "program_id",
        "application_id",
        "mentor_id",
    )
    _fixed_fields = ("employee_id", "company_id", "department_id", "job_id", "rank_id")
    # move -> kind of the movement that it leaves behind
    _movements = {
        "suspend": "suspended",
        "resume": "resumed",
        "exit": "exited",
        "promote": "promoted",
        "shift": "moved",
        "readmit": "admitted",
        "undo_exit": "restored",
    }
    _portal_path = "members"

    name = fields.Char(related="employee_id.name", string="Member")
    # the pool shows today's: what they were then is on documents and movements
    department_id = fields.Many2one(compute="_compute_post", store=True, compute_sudo=True)
    job_id = fields.Many2one(compute="_compute_post", store=True, compute_sudo=True)
    rank_id = fields.Many2one(compute="_compute_post", store=True, compute_sudo=True)
    echelon_id = fields.Many2one(
        "hr.backbone.echelon",
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    program_id = fields.Many2one(
        "hr.backbone.program",
        "Program of Admission",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    application_id = fields.Many2one(
        "hr.backbone.application", readonly=True, index=True, ondelete="restrict"
    )
    plan_id = fields.Many2one(
        "hr.backbone.plan", "Development Plan", compute="_compute_plan_id", compute_sudo=True
    )
    state = fields.Selection(
        [("active", "Active"), ("suspended", "Suspended"), ("exited", "Exited")],
        default="active",
    )
    date_admitted = fields.Date("Admitted on", readonly=True)
    date_exited = fields.Date("Exited on", readonly=True)
    mentor_id = fields.Many2one(
        "hr.employee",
        index=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The one-to-one tutor; follows from the mentorship that is active.",
        check_company=True,
    )
    movement_ids = fields.One2many("hr.backbone.movement", "member_id", "Movements", readonly=True)
    timeline_ids = fields.One2many("hr.backbone.timeline", "member_id", "Time Line", readonly=True)
    now_ids = fields.Many2many(
        "hr.backbone.timeline",
        string="Now and Next",
        compute="_compute_now_ids",
        help="The rotation that is going on, and the trainings and talks to come.",
    )
    plan_progress = fields.Float(
        "Progress of the Plan", compute="_compute_plan_progress", compute_sudo=True
    )
    plan_late_count = fields.Integer(
        "Late Actions", compute="_compute_plan_progress", compute_sudo=True
    )

    _employee_uniq = models.UniqueIndex(
        "(employee_id, company_id)", "An employee can be in the talent pool of a company only once."
    )

    @api.depends("employee_id", "echelon_id")
    def _compute_display_name(self):
        for member in self:
            member.display_name = member.employee_id._get_backbone_name() or ""

    @api.depends("employee_id")
    def _compute_post(self):
        """As the employee's version says; that another one is written, `organization.py` tells,
        so that whoever is in no pool is not looked up."""
        for member in self:
            version = member.employee_id.current_version_id
            if member.employee_id.company_id != member.company_id:
                # who works in another company by now: the last post in this one
                member.department_id = member.department_id
                member.job_id = member.job_id
                member.rank_id = member.rank_id
                continue
            member.department_id = version.department_id
            member.job_id = version.job_id
            member.rank_id = version.job_id.backbone_rank_id

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        if not self._get_pool_ids().issuperset(members.employee_id.ids):
            self.env.registry.clear_cache()
        return members

    @tools.ormcache()
    @api.model
    def _get_pool_ids(self):
        """:return: frozenset of the ids of all employees who are, or were, in a pool"""
        # sudo: ids, for the system alone
        found = self.sudo().with_context(active_test=False).search_fetch([], ["employee_id"])
        return frozenset(found.employee_id.ids)

    @api.model
    def _follow_posts(self, domain):
        """Department, post or rank of the members in this domain may be others today."""
        # sudo: what the pool shows follows from what was written on the employee or the job
        members = self.sudo().search(domain)
        for name in ("department_id", "job_id", "rank_id"):
            self.env.add_to_compute(self._fields[name], members)

    def _compute_plan_id(self):
        plans = self.env["hr.backbone.plan"].search(
            [("employee_id", "in", self.employee_id.ids), ("state", "=", "active")], order="id"
        )
        by_person = {(plan.employee_id, plan.company_id): plan for plan in plans}
        for member in self:
            member.plan_id = by_person.get((member.employee_id, member.company_id))

    @api.depends("plan_id")
    def _compute_plan_progress(self):
        for member in self:
            member.plan_progress = member.plan_id.progress
            member.plan_late_count = len(member.plan_id.line_ids.filtered("is_late"))

    @api.depends_context("uid")
    @api.depends("timeline_ids")
    def _compute_now_ids(self):
        for member in self:
            member.now_ids = member._get_now()

    # -- moves -------------------------------------------------------------------------

    @public(comment=Text(), date=Day())
    def action_suspend(self, comment=None, date=None):
        """active → suspended, by HR.

        :param str comment: the reason; required
        :param date: the day from which it holds; today by default
        """
        self._move_in_pool("suspend", comment, date)
        return True

    @public(comment=Text(), date=Day())
    def action_resume(self, comment=None, date=None):
        """suspended → active, by HR."""
        self._move_in_pool("resume", comment, date)
        return True

    @public(comment=Text(), date=Day())
    def action_exit(self, comment=None, date=None):
        """active or suspended → exited, by HR, with a reason."""
        self._move_in_pool("exit", comment, date)
        return True

    @public(echelon=Record("hr.backbone.echelon"), comment=Text(), date=Day())
    def action_promote(self, echelon, comment=None, date=None):
        """To another echelon, by HR: "dynamic management of talent echelon".

        :param echelon: the `hr.backbone.echelon` (record or id); higher is a promotion,
            anything else a move
        :param str comment: the reason; required
        :raise UserError: also where the scope of a higher echelon does not have one of them, and
            the user is no HR administrator
        """
        if not echelon:
            raise UserError(self.env._("Choose the echelon to promote to."))
        if not echelon.active:
            raise UserError(
                self.env._("“%s” is not in use any more: choose another echelon.", echelon.name)
            )
        for member in self:
            if echelon.company_id and echelon.company_id != member.company_id:
                raise UserError(
                    self.env._(
                        "Choose an echelon of the company of %(member)s.",
                        member=member.display_name,
                    )
                )
            if member.echelon_id == echelon:
                raise UserError(
                    self.env._(
                        "%(member)s is in the %(echelon)s already.",
                        member=member.display_name,
                        echelon=echelon.name,
                    )
                )
        higher = self.filtered(lambda member: echelon.level < member.echelon_id.level)
        for move, members in (("promote", higher), ("shift", self - higher)):
            if members:
                members._move_in_pool(move, comment, date, echelon)
        return True

    def _move_in_pool(self, name, comment=None, date=None, echelon=None):
        """Take a move of the pool and leave a movement behind for each member."""
        date = fields.Date.to_date(date)
        if date:
            self._check_date(date)
        if echelon and (comment or "").strip():
            # without the reason, the move says so
            self._check_move(name)
            self._check_scope(echelon)
        before = {member: member.echelon_id for member in self}
        vals = {"echelon_id": echelon.id} if echelon else {}
        self._move(name, comment, vals)
        if name == "exit" and date:
            # sudo: the move was just allowed
            self.sudo()._write_moved({"date_exited": date})
        self._log_movements(name, before, date, self._get_move(name).seal(comment))

    def _check_date(self, date):
        """
        :raise UserError: the day lies in the future, or before the last movement of a member
        """
        # sudo: the day of the last movement of members whom HR moves
        last = dict(
            self.env["hr.backbone.movement"]
            .sudo()
            ._read_group([("member_id", "in", self.ids)], ["member_id"], ["date:max"])
        )
        for member in self:
            today = member.company_id._backbone_today()
            first = max(filter(None, (member.date_admitted, last.get(member))), default=today)
            if not first <= date <= today:
                raise UserError(
                    self.env._(
                        "Choose a date from %(first)s, the last movement of %(member)s, to today.",
                        first=format_date(self.env, first),
                        member=member.display_name,
                    )
                )

    def _log_movements(self, name, before, date=None, reason=None):
        # sudo: written by the moves alone
        members, movements = self.sudo(), self.env["hr.backbone.movement"].sudo()
        movements.create(
            [
                {
                    "member_id": member.id,
                    "kind": self._movements[name],
                    "date": date or member.company_id._backbone_today(),
                    "from_echelon_id": before[member].id,
                    "to_echelon_id": member.echelon_id.id if name != "exit" else False,
                    **movements._get_reason_vals("reason", reason),
                    "user_id": self.env.uid,
                    **member._get_movement_snapshot(),
                }
                for member in members
            ]
        )

    def _get_movement_snapshot(self):
        """Name, department and job as they stand: the movement survives everything."""
        self.ensure_one()
        employee = self.employee_id
        return {
            "employee_name": employee.name,
            "department_name": employee.department_id.complete_name,
            "job_name": employee.job_id.name,
        }

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name == "exit":
            # sudo: the move was just allowed
            self.sudo()._end_membership()
        return result

    def _say_exited(self):
        # sudo: the name of the member, for HR
        name = self.sudo().employee_id.name
        return self.env._("%s has left the talent pool already.", name)

    def _end_membership(self):
        for company, batch in self.grouped("company_id").items():
            batch._write_moved({"date_exited": company._backbone_today()})
        self._close_plans()
        self._on_exited()

    def _close_plans(self):
        """The plan in force ends with the membership, and so does its revision."""
        plans = self.env["hr.backbone.plan"].search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("state", "!=", "closed"),
                # not the first plan of an application for another time in the pool
                "|",
                ("state", "=", "active"),
                ("previous_id", "!=", False),
            ]
        )
        people = {(member.employee_id, member.company_id) for member in self}
        plans = plans.filtered(lambda plan: (plan.employee_id, plan.company_id) in people)
        plans._on_application_ended()

    def _on_exited(self):
        """The members have left the pool: each way of training ends what it has open with
        them. For the models later in the flow to extend."""

    def _on_mentor_changed(self, mentor):
        """A mentorship of these members has become active, or has ended.

        :param mentor: the `hr.employee`, empty for none
        """
        self._write_moved({"mentor_id": mentor.id})

    def _on_mentors_changed(self):
        """The same, once for all members whose mentorships changed at the same time, whoever
        their mentors are now."""

    # -- called by the application, and the daily job ----------------------------------

    @api.model
    def _on_application_admitted(self, applications):
        """ "After the publicity, the backbone employees … officially entered the talent
        pool." Someone who has been in it before comes back into the same row."""
        known = {
            (member.employee_id, member.company_id): member
            for member in self._search_of(applications)
        }
        fresh = applications.filtered(
            lambda record: (record.employee_id, record.company_id) not in known
        )
        created = self._create_moved(
            [
                {"employee_id": application.employee_id.id, **application._get_member_vals()}
                for application in fresh
            ]
        )
        before = dict.fromkeys(created, self.env["hr.backbone.echelon"])
        returning = self.browse()
        for application in applications - fresh:
            member = known[application.employee_id, application.company_id]
            before[member] = member.echelon_id
            member._write_moved(application._get_member_vals())
            returning += member
        if returning:
            returning._do_move(self._get_move("readmit"), "")
        created.union(returning)._log_movements("readmit", before)

    @api.model
    def _search_of(self, documents):
        """The members who are the people of these documents, each in its company.

        :param documents: records with an employee and a company
        """
        people = {(document.employee_id, document.company_id) for document in documents}
        members = self.search(
            [
                ("employee_id", "in", documents.employee_id.ids),
                ("company_id", "in", documents.company_id.ids),
            ]
        )
        return members.filtered(lambda member: (member.employee_id, member.company_id) in people)

    @api.model
    def _cron_exit_leavers(self, batch_size=200):
        """Make sure that whoever has left the company has left the pool, which shows the posts of
        today: a new version of an employee may begin."""
        self._follow_posts([("state", "in", LIVING)])
        domain = [("state", "in", LIVING), ("employee_id.active", "=", False)]
        run_in_batches(
            self,
            domain,
            lambda members: members._take_out(members.env._("Left the company.")),
            batch_size,
        )
        moved = [("state", "in", LIVING), ("id", "in", self._find_moved().ids)]
        run_in_batches(self, moved, lambda members: members._take_out_moved(), batch_size)

    def _take_out(self, reason):
        """The members exit, as the procedure has it. Called as superuser.

        :param str reason: kept with the step and the movement
        """
        before = {member: member.echelon_id for member in self}
        self._do_move(self._get_move("exit"), reason)
        self._log_movements("exit", before, reason=reason)

    # -- whoever has moved to a sister company --------------------------------------------

    @api.model
    def _find_moved(self, employees=None):
        """The members who work in another company of the group by now: the employee was moved
        there, or the login is another company's employee and has no access to this one any more.

        :param employees: only these; all by default
        :return: members, as superuser
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT m.id FROM hr_backbone_member m JOIN hr_employee e ON e.id = m.employee_id
                    WHERE m.state IN %s AND %s AND (e.company_id != m.company_id OR (
                          e.user_id IS NOT NULL
                          AND NOT EXISTS (SELECT FROM res_company_users_rel r
                                           WHERE r.user_id = e.user_id AND r.cid = m.company_id)
                          AND EXISTS (SELECT FROM hr_employee o
                                        JOIN res_company_users_rel r
                                          ON r.user_id = o.user_id AND r.cid = o.company_id
                                       WHERE o.user_id = e.user_id AND o.active AND o.id != e.id)))
                    ORDER BY m.id""",
                LIVING,
                SQL("TRUE") if employees is None else SQL("e.id = ANY(%s)", employees.ids),
            )
        )
        # sudo: for the system, which ends these memberships
        return self.sudo().browse([row[0] for row in rows])

    @api.model
    def _on_employees_moved(self, employees):
        """These may work in another company now, or have lost the access to this one: nothing is
        left to wait for them here."""
        if known := self._get_pool_ids().intersection(employees.ids):
            self._find_moved(employees.browse(known))._take_out_moved()

    def _take_out_moved(self):
        """As `_take_out`, and HR of the company that was left looks at what is to be settled.
        Called as superuser."""
        for lang, members in self.grouped(get_written_lang).items():
            there = members.with_context(lang=lang)
            there._take_out(there.env._("Works in another company of the group now."))
            there.env.ref(MOVED)._make_activities(
                (member, member._get_hr_user(), {}) for member in there
            )

    def _get_hr_user(self):
        """Who looks after the member for HR; as superuser."""
        self.ensure_one()
        owner = self.program_id.user_id
        return self.company_id._backbone_hr_user(owner, self._get_unasked_users())

    def _get_keepers(self, activity):
        """HR settles what somebody has left who works in another company now."""
        if activity.activity_type_id != self.env.ref(MOVED):
            return super()._get_keepers(activity)
        return self._get_hr_keepers(activity, self.program_id.user_id)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("The talent pool keeps its history: let the member exit instead.")
        )

    # -- the card ----------------------------------------------------------------------

    def _get_timeline_domain(self, kind=None):
        """The rows of the card, those of one kind if so asked.

        :param str kind: one of the kinds of the time line; anything else means all
        """
        self.ensure_one()
        domain = Domain("member_id", "=", self.id)
        if kind in self.env["hr.backbone.timeline"]._fields["kind"].get_values(self.env):
            domain &= Domain("kind", "=", kind)
        return domain

    def _get_now(self):
        """Where the member is now and what comes next: what is open and not over yet, as far
        as the user may read it, the earliest first."""
        self.ensure_one()
        today = self.company_id._backbone_today()
        return self.env["hr.backbone.timeline"].search(
            self._get_timeline_domain()
            & Domain("is_done", "=", False)
            & Domain("kind", "in", ["rotation", "training.participant", "mentorship.session"])
            & Domain("state", "in", self._get_open_states())
            & (
                Domain("date_end", ">=", today)
                | (Domain("date_end", "=", False) & Domain("date", ">=", today))
            ),
            order="date, id",
            limit=10,
        )

    @api.model
    def _get_open_states(self):
        """The states in which a document of the time line is still to come, or going on."""
        return ["agreed", "running", "invited", "confirmed", "waiting", "planned"]

    @api.model
    def _get_own(self, companies=None):
        """The user's memberships that have not ended, as superuser.

        :param companies: `res.company`: in their talent pools alone
        """
        domain = Domain("employee_id", "in", self.env.user._get_backbone_ever())
        domain &= Domain("state", "!=", "exited")
        if companies is not None:
            domain &= Domain("company_id", "in", companies.ids)
        # sudo: the user's own
        return self.sudo().search(domain)
