# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...const import OFFICER
from ..core.moves import list_sentences

OPEN = ("appointed", "active")


class HrBackboneMentorship(models.Model):
    """ "Tutor counseling": the mentor of a member, from–to. "Each key employee is appointed by
    the company as a director, manager or supervisor. As a one-to-one tutor …"

    HR, or whoever selected the member in a meeting, appoints; it becomes active when member
    and mentor have both accepted. An appointment may be made while another mentorship is
    active: it replaces that one on the day on which it becomes active itself.

    Who mentors whom comes in through Odoo's own import, too, as appointments: member and
    mentor are told, and each still accepts. The rules of an appointment are those of the form.

    Who may be whose mentor is in `hr_backbone_mentorship_rules`, who accepts, and what the
    job ends, in `hr_backbone_mentorship_workflow`.
    """

    _name = "hr.backbone.mentorship"
    _description = "Backbone Mentorship"
    _inherit = ["hr.backbone.development.mixin", "hr.backbone.import.mixin"]
    _order = "date_start desc, id desc"
    _rec_name = "mentor_name"
    _mail_post_access = "read"
    _portal_path = "mentorships"

    _moved_fields = (
        "date_appointed",
        "date_member_accepted",
        "date_mentor_accepted",
        "date_start",
        "date_end",
        "end_reason",
        "handover",
        "place",
    )
    _fixed_fields = (
        "employee_id",
        "company_id",
        "department_id",
        "job_id",
        "rank_id",
        "mentor_name",
    )
    _import_named = ("member_id", "mentor_id")
    _import_required = ("member_id", "mentor_id")

    mentor_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="restrict", check_company=True
    )
    mentor_name = fields.Char(
        "Mentor (then)", compute="_compute_mentor_name", store=True, precompute=True
    )
    state = fields.Selection(
        [
            ("appointed", "Appointed"),
            ("active", "Ongoing"),
            ("ended", "Ended"),
            ("declined", "Declined"),
        ],
        default="appointed",
    )
    date_appointed = fields.Date("Appointed on", readonly=True, copy=False)
    date_member_accepted = fields.Date("Accepted by the Member", readonly=True, copy=False)
    date_mentor_accepted = fields.Date("Accepted by the Mentor", readonly=True, copy=False)
    date_start = fields.Date("From", readonly=True, copy=False, index=True)
    date_end = fields.Date("To", readonly=True, copy=False)
    end_reason = fields.Selection(
        [
            ("decided", "Ended by HR"),
            ("replaced", "Another mentor took over"),
            ("left", "The mentor left"),
            ("rank", "The mentor's rank"),
            ("report", "The mentor reports to the member"),
            ("exited", "The member left the talent pool"),
        ],
        "Ended because",
        readonly=True,
        copy=False,
    )
    handover = fields.Text(
        "Hand-over",
        readonly=True,
        copy=False,
        groups=OFFICER,
        help="The open talks and the agreements on the day on which the mentorship ended.",
    )
    place = fields.Integer(
        readonly=True,
        copy=False,
        help="Which of the mentor's places the member takes; two never take the same one.",
    )
    session_ids = fields.One2many("hr.backbone.mentorship.session", "mentorship_id", "Talks")
    session_count = fields.Integer("Talks held", compute="_compute_sessions")
    last_session_date = fields.Datetime("Last Talk", compute="_compute_sessions")
    next_session_date = fields.Datetime("Next Talk", compute="_compute_sessions")
    can_plan = fields.Boolean(compute="_compute_can_plan", help="Whether you may plan a talk.")

    _active_uniq = models.UniqueIndex(
        "(member_id) WHERE state = 'active'", "The member has a mentor already."
    )
    _appointed_uniq = models.UniqueIndex(
        "(member_id) WHERE state = 'appointed'",
        "A mentor has been appointed for this member already, who has not accepted yet.",
    )
    _place_uniq = models.UniqueIndex(
        "(mentor_id, place) WHERE state IN ('appointed', 'active') AND place > 0",
        "The mentor has just been appointed for somebody else. Please look again.",
    )

    @api.depends("mentor_id")
    def _compute_mentor_name(self):
        """As it is on the day of the appointment: it depends on nothing that changes later."""
        for record in self:
            record.mentor_name = record.mentor_id._get_backbone_name()

    @api.depends("member_id", "mentor_name")
    def _compute_display_name(self):
        for record in self:
            person = record.employee_id._get_backbone_name() or ""
            names = filter(None, (person, record.mentor_name))
            record.display_name = " – ".join(names) or False

    @api.depends("session_ids.state", "session_ids.date_start")
    def _compute_sessions(self):
        sessions = self.env["hr.backbone.mentorship.session"]
        held = {
            record: (count, last)
            for record, count, last in sessions._read_group(
                [("mentorship_id", "in", self.ids), ("state", "=", "held")],
                ["mentorship_id"],
                ["__count", "date_start:max"],
            )
        }
        planned = dict(
            sessions._read_group(
                [
                    ("mentorship_id", "in", self.ids),
                    ("state", "=", "planned"),
                    ("date_stop", ">=", fields.Datetime.now()),
                ],
                ["mentorship_id"],
                ["date_start:min"],
            )
        )
        for record in self:
            record.session_count, record.last_session_date = held.get(record, (0, False))
            record.next_session_date = planned.get(record, False)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_plan(self):
        for record in self:
            mine = record._is_about_me() or record._is_own_mentor()
            record.can_plan = record.state == "active" and mine

    # -- appointment -------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Appoint mentors, one or many at once, by HR or the committee.

        :param list vals_list: `member_id` and `mentor_id` of each
        :raise UserError: one sentence for each rule that a pair breaks; then none is made
        """
        if self._is_own_create(vals_list):
            records = super().create(vals_list)
            records._note_concerned()
            return records
        self.check_access("create")
        self._check_no_open_appointment(vals_list)
        # the decision that is logged below says it; and nobody follows unasked
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        records = super(HrBackboneMentorship, quiet).create(vals_list).with_env(self.env)
        refusals = records._get_appointment_refusals()
        if refusals:
            raise UserError("\n".join(list_sentences(refusals)))
        # sudo: the checks are above; what follows from an appointment is not the user's
        records.sudo()._on_appointed()
        records._note_concerned()
        return records

    def _on_appointed(self):
        self._take_places()
        for company, batch in self.grouped("company_id").items():
            batch._write_moved({"date_appointed": company._backbone_today()})
        # somebody was found: what HR had to do about the mentors before is done
        before = self.search(
            [
                ("member_id", "in", self.member_id.ids),
                ("state", "in", ("declined", "ended")),
            ]
        )
        before._finish_activities()
        self._log_decisions("appoint", dict.fromkeys(self.ids, False), "appointed", "")
        self._schedule_next_activities()
        self._send_move_mails("appoint")

    def write(self, vals):
        if self._is_own_write(vals):
            result = super().write(vals)
            if vals.get("state") in OPEN:
                self._note_concerned()
            return result
        if {"mentor_id", "member_id"} & set(vals) and not self.env.su:
            raise UserError(
                self.env._("A mentorship stays with its two people: appoint another mentor.")
            )
        result = super().write(vals)
        if {"mentor_id", "member_id"} & set(vals):
            self._note_concerned()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A mentorship is history: end it instead."))

    # -- who -----------------------------------------------------------------------------

    @tools.ormcache()
    @api.model
    def _get_concerned_ids(self):
        """Whom a change in the organization may concern: all others are not asked for. Whoever
        is mentored no more may stay among them for a while.

        :return: frozenset of the ids of employees who mentor or are mentored
        """
        # sudo: ids, for the system alone
        found = self.sudo().with_context(active_test=False).search([("state", "in", OPEN)])
        return frozenset((found.mentor_id | found.employee_id).ids)

    def _note_concerned(self):
        """These are open: those who are new to mentoring are among the concerned from now on."""
        # sudo: as above
        records = self.sudo()
        people = records.mentor_id | records.employee_id
        if not self._get_concerned_ids().issuperset(people.ids):
            self.env.registry.clear_cache()

    def _is_own_mentor(self):
        """Whether the user is the mentor of this mentorship, also when it is over."""
        self.ensure_one()
        return self.mentor_id._is_backbone_worker()

    def _get_open_parts(self):
        """Who has not accepted yet: of "member" and "mentor"."""
        self.ensure_one()
        accepted = {"member": self.date_member_accepted, "mentor": self.date_mentor_accepted}
        return {part for part, date in accepted.items() if not date}

    def _get_my_parts(self):
        """For whom the user may accept now: for oneself, and HR for whoever has no login, but
        not for the mentor of one's own."""
        self.ensure_one()
        officer = self._is_hr()
        parts = set()
        for part in self._get_open_parts():
            person = self.employee_id if part == "member" else self.mentor_id
            absent = officer and not person._get_acting_users(self.company_id)
            if person._is_backbone_worker() or (absent and not person._was_backbone_user()):
                parts.add(part)
        return parts

    # -- in the portal -----------------------------------------------------------------

    def _new_talk(self):
        """A talk that is not stored yet, to ask it what it could be."""
        self.ensure_one()
        return self.env["hr.backbone.mentorship.session"].new({"mentorship_id": self.id})

    def _plan_from_portal(self, vals):
        """Plan a talk.

        :param dict vals: of the talk, as the page read them
        :return: the talk
        """
        self.ensure_one()
        talks = self.env["hr.backbone.mentorship.session"]
        return talks.create({"mentorship_id": self.id, **vals})

    # -- the member's time line --------------------------------------------------------

    @api.model
    def _select_timeline(self):
        return SQL(
            """
            SELECT m.id, m.member_id, m.date_start AS date, m.date_end, m.mentor_name AS name,
                   m.state, true AS is_done, NULL::double precision AS hours,
                   NULL::integer AS plan_line_id
              FROM hr_backbone_mentorship m
             WHERE m.date_start IS NOT NULL
            """
        )
