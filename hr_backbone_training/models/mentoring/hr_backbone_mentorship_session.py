# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import datetime, timedelta

import pytz

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_date, format_time
from odoo.tools.translate import LazyTranslate

from ..core import texts
from ..core.moves import Move, Moves
from ..core.public import Text, public
from ..core.words import add_zone, join_time

_lt = LazyTranslate(__name__)

# what the two plan, and what they write down about the talk
PLANNING = {"date_start", "date_stop", "location"}
RECORD = {"topics", "agreements", "next_steps"}
# the longest talk that one plans on the page
MOST_MINUTES = 600


class HrBackboneMentorshipSession(models.Model):
    """A counselling talk: "guide their career development, position promotion and personal
    work skills".

    Member and mentor both plan talks and write down what they talked about; only the two,
    HR, and a later mentor of the member read it. The member's managers do not. It is in
    the calendar of the two, and on the member's time line with whom and for how long, not
    what about.
    """

    _name = "hr.backbone.mentorship.session"
    _description = "Backbone Counselling Talk"
    _inherit = ["hr.backbone.development.mixin", "hr.backbone.calendar.mixin"]
    _order = "date_start desc, id desc"
    _mail_post_access = "read"
    _portal_path = "talks"

    _readers = ("employee", "mentor", "hr")
    _moves = Moves(
        Move("hold", "planned", "held", _lt("Held"), button=True),
        Move(
            "cancel",
            "planned",
            "cancelled",
            _lt("Cancelled"),
            reason="action_cancel",
            mail="cancelled",
        ),
        Move("plan", mail="planned"),
        Move("shift", mail="planned"),
        mails="hr_backbone_training.mail_template_session_",
    )
    _moved_fields = ("event_id",)
    _fixed_fields = (
        "employee_id",
        "company_id",
        "department_id",
        "job_id",
        "rank_id",
        "member_id",
        "mentor_id",
        "date",
        "duration",
    )
    _plan_methods = ("mentoring",)
    # six talks that were held reach an action that promises six
    _line_progress = {"planned": 0, "held": 100}
    # the mails are ours; while it is planned the entry stays
    _calendar_quiet = True
    _calendar_states = ("planned",)

    mentorship_id = fields.Many2one(
        "hr.backbone.mentorship",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'active')]",
    )
    member_id = fields.Many2one(
        related="mentorship_id.member_id", store=True, precompute=True, readonly=True
    )
    mentor_id = fields.Many2one(
        related="mentorship_id.mentor_id", store=True, precompute=True, index=True
    )
    date_start = fields.Datetime("Begin", required=True, tracking=True)
    date_stop = fields.Datetime(
        "End",
        required=True,
        compute="_compute_date_stop",
        store=True,
        precompute=True,
        readonly=False,
    )
    date = fields.Date(
        "Day",
        compute="_compute_date",
        store=True,
        precompute=True,
        index=True,
        help="The day of the talk where the company is.",
    )
    duration = fields.Float("Hours", compute="_compute_date", store=True, precompute=True)
    location = texts.Char("Place or Link")
    topics = texts.Text(help="What you talk about, or talked about.")
    agreements = texts.Text(help="What the two of you agreed.")
    next_steps = texts.Text(help="Who does what until the next talk.")
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        default="planned",
    )
    event_id = fields.Many2one(
        "calendar.event",
        "Calendar Meeting",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )
    is_due = fields.Boolean(
        "To write up",
        compute="_compute_is_due",
        search="_search_is_due",
        help="The time of the talk is over, and nobody has written down what was said.",
    )

    @api.depends("date_start")
    def _compute_date_stop(self):
        """An hour, or as long as it was before it was moved in its form."""
        for session in self:
            if session.date_start and not session.date_stop:
                session.date_stop = fields.Datetime.add(session.date_start, hours=1)
            elif session.date_start:
                before = session._origin.date_start
                length = session.date_stop - before if before else False
                if length and session.date_start != before:
                    session.date_stop = session.date_start + length

    @api.depends("date_start", "date_stop", "company_id")
    def _compute_date(self):
        for session in self:
            session.date = session.date_start and session._to_local(session.date_start).date()
            length = session.date_start and session.date_stop
            session.duration = (
                (session.date_stop - session.date_start).total_seconds() / 3600 if length else 0
            )

    def _to_local(self, moment):
        """A point in time on the clock of the company."""
        company = self.company_id or self.env.company
        return pytz.utc.localize(moment).astimezone(company._backbone_tz())

    def _format_day(self):
        """ "03/02/2026" in the reader's language, where the company is."""
        self.ensure_one()
        return format_date(self.env, self.date)

    def _format_time(self):
        """Day and hours of the talk where the company is, for a mail that goes to more than one
        reader; it says where that is when one of the two is elsewhere."""
        self.ensure_one()
        company = self.company_id
        here = company._backbone_tz()
        users = (self.employee_id | self.mentor_id)._get_backbone_users()
        elsewhere = any(user._get_backbone_zone(company, self.date_start) for user in users)
        return add_zone(self.env, self._format_hours(here), here.zone if elsewhere else "")

    def _get_when(self):
        """Day and hours of the talk where the reader is, and where that is when the company's
        clock is another."""
        self.ensure_one()
        user, company = self.env.user, self.company_id
        hours = self._format_hours(user._get_backbone_tz(company))
        return add_zone(self.env, hours, user._get_backbone_zone(company, self.date_start))

    def _format_hours(self, tz):
        """Day and hours of the talk in this time zone, in the reader's language."""
        start, stop = (
            pytz.utc.localize(moment).astimezone(tz) for moment in (self.date_start, self.date_stop)
        )
        begins, ends = (
            format_time(self.env, moment.time(), time_format="short") for moment in (start, stop)
        )
        return join_time(self.env, format_date(self.env, start.date()), f"{begins} – {ends}")

    def _format_open(self):
        """ "- 03/02/2026: Presenting to customers", a line of the hand-over."""
        self.ensure_one()
        return ": ".join(filter(None, (f"- {self._format_day()}", (self.topics or "").strip())))

    @api.depends("date", "mentorship_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for session in self:
            # sudo: the names of the pair, for who reads the talk
            session.display_name = self.env._(
                "Talk on %(day)s: %(people)s",
                day=session._format_day() if session.date else "",
                people=session.mentorship_id.sudo().display_name or "",
            )

    @api.depends("state", "date_stop")
    def _compute_is_due(self):
        now = fields.Datetime.now()
        for session in self:
            session.is_due = session.state == "planned" and (session.date_stop or now) < now

    @api.model
    def _search_is_due(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("state", "=", "planned"), ("date_stop", "<", fields.Datetime.now())]

    @api.constrains("date_start", "date_stop")
    def _check_dates(self):
        for session in self:
            start, stop = session.date_start, session.date_stop
            if not 2000 <= start.year <= 2100:
                raise ValidationError(self.env._("Please check the year of the talk."))
            if stop <= start:
                raise ValidationError(self.env._("A talk ends after it has begun."))
            if (stop - start).days >= 1:
                raise ValidationError(self.env._("A talk takes less than a day."))

    # -- creation and content ----------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Plan talks, one or many at once, by the mentor or the member."""
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        self.check_access("create")
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        sessions = super(HrBackboneMentorshipSession, quiet).create(vals_list).with_env(self.env)
        for session in sessions:
            if reason := session._get_people_refusal() or session._get_planning_refusal():
                raise UserError(reason)
        # sudo: the checks are above
        sessions.sudo()._on_planned("plan")
        return sessions

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if "mentorship_id" in vals and not self.env.su:
            raise UserError(self.env._("A talk stays with the mentorship it was planned for."))
        if "date_start" in vals and "date_stop" not in vals:
            return self._shift(vals)
        content = set(vals) & (PLANNING | RECORD)
        if content and not self.env.su:
            for session in self:
                session._check_may_edit()
                # sudo: the state of the mentorship decides
                if content & PLANNING and session.mentorship_id.sudo().state != "active":
                    raise UserError(
                        self.env._("The mentorship is over: no talk is moved any more.")
                    )
        result = super().write(vals)
        if set(vals) & PLANNING:
            # sudo: the calendar follows from the change that was allowed
            self.sudo()._on_planned("shift")
        return result

    def _shift(self, vals):
        """Another begin: a talk takes as long as it did."""
        start = fields.Datetime.to_datetime(vals["date_start"])
        for length, batch in self.grouped(lambda s: s.date_stop - s.date_start).items():
            batch.write({**vals, "date_stop": start and start + length})
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A talk is history: cancel it instead."))

    def _is_one_of_two(self):
        """Whether the user is the member or the mentor of this talk, and has not left."""
        self.ensure_one()
        return (self.employee_id | self.mentor_id)._is_backbone_worker()

    def _get_people_refusal(self):
        if self.env.su or self._is_one_of_two():
            return False
        return self.env._("Only the member and the mentor plan their talks and write them up.")

    def _get_planning_refusal(self):
        """Why no talk can be planned in this mentorship; False when it can."""
        # sudo: the state of the mentorship decides
        mentorship = self.mentorship_id.sudo()
        if mentorship.state != "active":
            return self.env._("The mentorship of “%s” is not active.", mentorship.display_name)
        if mentorship.date_start and self.date < mentorship.date_start:
            return self.env._("The talk lies before the beginning of the mentorship.")
        return False

    def _get_edit_refusal(self):
        self.ensure_one()
        if reason := self._get_people_refusal():
            return reason
        if self.state != "planned":
            return self.env._("A talk that was held or cancelled is not changed any more.")
        return False

    # -- moves -------------------------------------------------------------------------

    def _get_next_move(self):
        self.ensure_one()
        return "hold" if self.state == "planned" else None

    def _is_next_actor(self):
        self.ensure_one()
        return self.is_due and self._is_one_of_two()

    def _get_next_step(self):
        self.ensure_one()
        if self.state != "planned":
            return False
        if self.is_due:
            return self.env._("Mentor or member writes down what was talked about.")
        return self.env._("The two meet at the time that is planned.")

    def _get_move_refusals(self, name):
        match name:
            case "hold":
                return self._refusals_hold()
            case "cancel":
                return self._refusals_cancel()
        return super()._get_move_refusals(name)

    def _refusals_hold(self):
        now = fields.Datetime.now()
        refusals = {}
        for session in self:
            if reason := session._get_people_refusal():
                refusals[session] = [reason]
            elif session.date_start > now:
                refusals[session] = [self.env._("The talk has not begun yet.")]
            elif not (session.topics or "").strip():
                refusals[session] = [self.env._("Write down what you talked about first.")]
        return refusals

    def _refusals_cancel(self):
        return {session: [reason] for session in self if (reason := session._get_people_refusal())}

    @public()
    def action_hold(self):
        """planned → held, by the mentor or the member, with the topics written down."""
        self._move("hold")
        return True

    @public(comment=Text())
    def action_cancel(self, comment=None):
        """The talk does not take place.

        :param str comment: the reason; required
        """
        self._move("cancel", comment)
        return True

    def _cancel_coming(self, comment):
        """The mentorship has ended: its talks to come do not take place. As superuser."""
        now = fields.Datetime.now()
        coming = self.filtered(lambda s: s.state == "planned" and s.date_start > now)
        if coming:
            coming._do_move(self._get_move("cancel"), comment)

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name == "cancel":
            # sudo: the step was allowed; the calendar follows
            events = self.sudo().event_id
            events.with_context(dont_notify=True, no_mail_to_attendees=True).unlink()
        return result

    # -- in the calendar of the two ----------------------------------------------------

    def _on_planned(self, name):
        """Both see the talk in the calendar; whoever did not plan it gets a mail. A talk that
        is already over, and is only written up, needs neither. As superuser.

        :param str name: "plan" or "shift"
        """
        coming = self.filtered(
            lambda s: s.state == "planned" and s.date_stop > fields.Datetime.now()
        )
        coming._sync_events()
        if coming:
            coming._send_move_mails(name)

    def _sync_events(self):
        # our own mail tells the two, once; of many it goes through the outbox
        calendar = self.env["calendar.event"].with_context(
            dont_notify=True,
            no_mail_to_attendees=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            skip_contact_description=True,
        )
        known = self.filtered("event_id")
        for session in known:
            vals = session._get_event_vals()
            session.event_id.with_env(calendar.env).write(
                {name: vals[name] for name in ("start", "stop", "location")}
            )
        fresh = self - known
        events = calendar.create([session._get_event_vals() for session in fresh])
        for session, event in zip(fresh, events, strict=True):
            session._write_moved({"event_id": event.id})

    def _get_event_vals(self):
        """What the calendar shows: who meets when, and not what about."""
        self.ensure_one()
        people = self.mentor_id | self.employee_id
        organizer = people._get_backbone_users().filtered(lambda user: not user.share)[:1]
        partners = self.env["res.partner"].union(
            *(self._get_person_partner(person) for person in people)
        )
        return {
            **super()._get_event_vals(),
            "name": self.env._("Mentor talk: %s", self.mentorship_id.display_name),
            "start": self.date_start,
            "stop": self.date_stop,
            "location": self.location,
            "privacy": "private",
            "user_id": organizer.id or self.env.ref("base.user_root").id,
            "partner_ids": [Command.set(partners.ids)],
        }

    def _get_ics(self):
        """The talk as a file that any calendar takes; None when it is in no calendar."""
        self.ensure_one()
        # sudo: the user reads the talk, and the event says less
        event = self.sudo().event_id
        return event._get_ics_file().get(event.id) if event else None

    # -- moved in the calendar itself --------------------------------------------------

    def _get_calendar_refusal(self):
        """Why the user may not move the talk by its entry; False when that is allowed."""
        self.ensure_one()
        if not self.has_access("write"):
            return self.env._("Only the member and the mentor move their talk.")
        return self._get_edit_refusal()

    def _follow_event(self):
        """The talk is when and where its entry is now; whoever did not move it gets a mail."""
        for session in self:
            # sudo: the dates of the entry, which the user has just written
            event = session.sudo().event_id
            if event.allday:
                raise UserError(self.env._("A talk begins and ends at an hour of the day."))
            if (session.date_start, session.date_stop) != (event.start, event.stop):
                session.write({"date_start": event.start, "date_stop": event.stop})
            if (session.location or "") != (event.location or ""):
                session.write({"location": event.location})

    # -- who is told -------------------------------------------------------------------

    def _get_mail_partners(self, name):
        """The other one of the two; both, when it was neither. Nobody about the past."""
        self.ensure_one()
        if self.date_stop <= fields.Datetime.now():
            return self.env["res.partner"]
        partners = self.env["res.partner"].union(
            *(self._get_person_partner(person) for person in self.employee_id | self.mentor_id)
        )
        return partners - self.env.user.partner_id

    # -- in the portal -----------------------------------------------------------------

    @api.model
    def _read_when(self, company, day, clock, minutes):
        """Begin and end, from a day and a time on the clock of whoever types."""
        zone = self.env.user._get_backbone_tz(company)
        local = zone.localize(datetime.combine(day, clock))
        start = local.astimezone(pytz.utc).replace(tzinfo=None)
        return {"date_start": start, "date_stop": start + timedelta(minutes=minutes)}

    def _get_typed_when(self):
        """{input: the day, time and length of the talk, as its inputs hold them}, on the clock
        of whoever types."""
        self.ensure_one()
        zone = self.env.user._get_backbone_tz(self.company_id)
        local = pytz.utc.localize(self.date_start).astimezone(zone)
        length = (self.date_stop - self.date_start).total_seconds() // 60
        return {
            "date": fields.Date.to_string(local.date()),
            "time": local.strftime("%H:%M"),
            "minutes": str(int(length)),
        }

    def _get_versioned(self):
        self.ensure_one()
        stored = {name: self[name] or "" for name in ("location", *sorted(RECORD))}
        return {**self._get_typed_when(), **stored}

    # -- the member's time line --------------------------------------------------------

    @api.model
    def _select_timeline(self):
        return SQL(
            """
            SELECT s.id, s.member_id, s.date, NULL::date AS date_end, m.mentor_name AS name,
                   s.state, s.state = 'held' AS is_done, s.duration AS hours, s.plan_line_id
              FROM hr_backbone_mentorship_session s
              JOIN hr_backbone_mentorship m ON m.id = s.mentorship_id
             WHERE s.state != 'cancelled'
            """
        )
