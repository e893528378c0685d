# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ...const import COMMITTEE, OFFICER
from ..core import texts
from ..core.moves import HR, Move, Moves
from ..core.public import Text, public

_lt = LazyTranslate(__name__)

# what HR sets when it convenes the meeting, and what those who attend write down
SETTING = {
    "name",
    "program_id",
    "date",
    "duration",
    "location",
    "attendee_ids",
    "item_ids",
    "application_ids",
    "quorum",
}
RECORD = {"minutes", "quota_reason"}
# the longest that a meeting takes, in hours
LONGEST = 7 * 24
# what the calendar shows as well
EVENT = {"name", "date", "duration", "location", "attendee_ids"}


class HrBackboneMeeting(models.Model):
    """ "The top management of the company will hold a meeting for review and selection."

    Whoever attends votes on each name; more votes for than against selects. A name on
    which too few voted keeps the meeting from closing; one that is postponed goes on to
    the next meeting. It is in the calendar of those who attend, and follows its entry.
    """

    _name = "hr.backbone.meeting"
    _description = "Backbone Selection Meeting"
    _inherit = [
        "hr.backbone.workflow.mixin",
        "hr.backbone.program.mixin",
        "hr.backbone.portal.mixin",
        "hr.backbone.calendar.mixin",
    ]
    _order = "date desc, id desc"
    _kept_fields = ("program_id",)

    _readers = ("committee", "hr")
    _moves = Moves(
        Move("open", "draft", "open", _lt("Opened"), button=True, mail="opened"),
        Move("change", "open", "open", _lt("Changed in session"), button=True, comment=True),
        Move("close", "open", "closed", _lt("Closed"), button=True),
        Move(
            "cancel",
            ("draft", "open"),
            "cancelled",
            _lt("Cancelled"),
            by=HR,
            reason="action_cancel",
            mail="cancelled",
        ),
        mails="hr_backbone_training.mail_template_meeting_",
    )
    _todo_states = ("open",)
    _moved_fields = ("date_closed", "event_id")
    _fixed_fields = ("company_id",)
    # the calendar itself invites, and tells of a new time
    _calendar_quiet = False
    _calendar_states = ("draft", "open")
    _portal_path = "meetings"

    name = texts.Char(required=True, default=lambda self: self.env._("Top-Management Meeting"))
    date = fields.Datetime(required=True, default=fields.Datetime.now, tracking=True)
    duration = fields.Float("Duration (hours)", default=2.0)
    location = texts.Char()
    attendee_ids = fields.Many2many(
        "res.users",
        string="Attendees",
        domain=lambda self: [("all_group_ids", "in", self.env.ref(COMMITTEE).id)],
        help="Members of the selection committee; each has one vote on each name.",
        check_company=True,
    )
    event_id = fields.Many2one("calendar.event", "Calendar Meeting", readonly=True, copy=False)
    item_ids = fields.One2many("hr.backbone.meeting.item", "meeting_id", "Agenda")
    application_ids = fields.Many2many(
        "hr.backbone.application",
        string="Applications",
        compute="_compute_application_ids",
        inverse="_inverse_application_ids",
        compute_sudo=True,
    )
    item_count = fields.Integer(compute="_compute_application_ids", compute_sudo=True)
    quorum = fields.Integer(
        "Quorum (%)",
        compute="_compute_quorum",
        store=True,
        readonly=False,
        precompute=True,
        help="The share of the attendees who must have voted on each name.",
    )
    quota_ids = fields.One2many(
        related="program_id.line_ids", string="Quotas of the Program", readonly=True
    )
    quota_reason = texts.Text(
        "Reason for exceeding the quota",
        help="More names than the quota has places are selected only with a written reason.",
    )
    minutes = texts.Html(help="What was discussed; printed below the votes.")
    state = fields.Selection(
        [
            ("draft", "Planned"),
            ("open", "In Session"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
    )
    date_closed = fields.Datetime("Closed on", readonly=True, copy=False)

    _quorum_range = models.Constraint(
        "CHECK (quorum BETWEEN 1 AND 100)", "The quorum is a percentage between 1 and 100."
    )

    @api.depends("program_id")
    def _compute_quorum(self):
        """That of the company, which a meeting may raise."""
        for meeting in self:
            company = meeting.program_id.company_id or self.env.company
            meeting.quorum = company.backbone_quorum

    @api.depends("item_ids.application_id", "item_ids.is_off")
    def _compute_application_ids(self):
        for meeting in self:
            items = meeting.item_ids.filtered(lambda item: not item.is_off)
            meeting.application_ids = items.application_id
            meeting.item_count = len(items)

    def _inverse_application_ids(self):
        for meeting in self:
            wanted, listed = meeting.application_ids, meeting.item_ids.application_id
            meeting.item_ids.filtered(lambda item, w=wanted: item.application_id not in w).unlink()
            meeting.item_ids = [
                Command.create({"application_id": application.id})
                for application in wanted - listed
            ]

    @api.constrains("attendee_ids")
    def _check_attendees(self):
        for meeting in self:
            for user in meeting.attendee_ids:
                if not user.has_group(COMMITTEE):
                    raise UserError(
                        self.env._("%s is not a member of the selection committee.", user.name)
                    )

    @api.constrains("duration")
    def _check_duration(self):
        if any(not 0 <= meeting.duration <= LONGEST for meeting in self):
            raise UserError(
                self.env._("A meeting takes a week at the most: please check its duration.")
            )

    @api.constrains("quorum")
    def _check_quorum(self):
        for meeting in self:
            # sudo: a setting of the company
            least = meeting.company_id.sudo().backbone_quorum
            if meeting.quorum < least:
                raise UserError(
                    self.env._("The quorum of the company is at least %s percent.", least)
                )

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        meetings = super().create(vals_list)
        meetings._sync_event()
        return meetings

    def write(self, vals):
        """HR convenes; those who attend write down what was said, and why."""
        if self._is_own_write(vals):
            return super().write(vals)
        names = set(vals) & (SETTING | RECORD)
        if names & SETTING and not self._is_officer():
            raise UserError(self.env._("Only HR can change the meeting."))
        for meeting in self:
            meeting._check_direct_write(names)
            if "minutes" in names and meeting.state == "closed" and meeting.minutes:
                meeting._log_minutes()
        result = super().write(vals)
        if names & EVENT:
            self._sync_event()
        return result

    def _check_direct_write(self, names):
        """
        :param names: the fields of a meeting that people write
        :raise UserError: one of them is not the user's, or not now
        """
        self.ensure_one()
        if names:
            self._check_not_involved()
        if names & RECORD and self.state != "draft" and not self.env.su:
            self._check_recused()
        if names & {"attendee_ids", "application_ids"} and self.state == "open":
            raise UserError(self.item_ids._get_session_sentence())
        if (self.state == "cancelled" and names) or (self.state == "closed" and names & SETTING):
            raise UserError(self.env._("A meeting that is over cannot be changed."))
        if "quorum" in names and self.state != "draft":
            raise UserError(self.env._("The quorum is fixed once the meeting is in session."))
        if "quota_reason" in names and self.state == "closed":
            raise UserError(self.env._("A meeting that is over cannot be changed."))

    def _check_recused(self):
        """Whoever is recused from a name neither gives a reason for one place more, nor writes
        down what was said."""
        if reason := self._get_recused_refusal():
            raise UserError(reason)

    def _get_recused_refusal(self):
        """Why the user, who is recused from a name on the agenda, takes no step on the whole of
        it: a sentence, or False."""
        self.ensure_one()
        reasons = (item._get_recused_refusal() for item in self.item_ids)
        return next(filter(None, reasons), False)

    def _log_minutes(self):
        """What the minutes of a closed meeting were before somebody rewrote them."""
        self.ensure_one()
        before = self.env._("The minutes were rewritten. Before:")
        # sudo: who attends has no right on the history
        self.sudo()._message_log(body=Markup("<p>%s</p>%s") % (before, self.minutes))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(meeting.state != "draft" for meeting in self):
            raise UserError(self.env._("A meeting that was held is history: cancel it instead."))
        self._check_not_involved()

    @api.ondelete(at_uninstall=False)
    def _unlink_event(self):
        # sudo: goes with its meeting
        self.sudo().event_id.unlink()

    @api.model
    def _get_search_domains(self, text):
        return {
            "name": Domain("name", "ilike", text),
            "location": Domain("location", "ilike", text),
        }

    # -- agenda ------------------------------------------------------------------------

    @public(one=True)
    def action_fill_agenda(self):
        """Put on the agenda every application of the program that awaits the meeting and
        is not on the agenda of another one, but the user's own and those of people who have left.

        :return: how many were added
        :raise UserError: the meeting is in session, where this needs a reason
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "open":
            raise UserError(self.item_ids._get_session_sentence())
        awaiting = self.env["hr.backbone.application"].search(
            [("program_id", "=", self.program_id.id), ("state", "=", "committee")]
        )
        listed = (
            self.env["hr.backbone.meeting.item"]
            .search(
                [
                    ("application_id", "in", awaiting.ids),
                    ("meeting_id.state", "in", ("draft", "open")),
                    ("meeting_id.program_id", "=", self.program_id.id),
                    ("is_off", "=", False),
                ]
            )
            .application_id
        )
        added = (awaiting - listed).filtered(
            lambda record: not record._concerns_me() and not record._get_gone_refusal()
        )
        self.env["hr.backbone.meeting.item"].create(
            [{"meeting_id": self.id, "application_id": application.id} for application in added]
        )
        return len(added)

    # -- moves -------------------------------------------------------------------------

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "open", "open": "close"}.get(self.state)

    def _is_attendee(self):
        """Whether the user is one of those who attend."""
        self.ensure_one()
        # sudo: a yes or no about the user; a portal login reads no other login
        return self.env.user in self.sudo().attendee_ids

    def _is_next_actor(self):
        self.ensure_one()
        return self._is_attendee() or (self.state == "draft" and super()._is_next_actor())

    def _get_next_step(self):
        self.ensure_one()
        return {
            "draft": self.env._("HR or the committee opens the meeting."),
            "open": self.env._("Each attendee votes on each name; then the meeting is closed."),
        }.get(self.state, False)

    def _get_concerned_employees(self):
        # sudo: whom it concerns decides, and is not shown
        return self.sudo().item_ids.application_id.employee_id

    def _is_officer(self):
        return self.env.user.has_group(OFFICER)

    def _get_move_refusals(self, name):
        match name:
            case "open":
                return self._refusals_open()
            case "close":
                return self._refusals_close()
            case "change":
                return self._refusals_change()
            case "cancel":
                return self._refusals_cancel()
        return super()._get_move_refusals(name)

    def _refusals_open(self):
        refusals = {}
        for meeting in self:
            refusals[meeting] = []
            if reason := meeting._get_involved_refusal():
                refusals[meeting] = [reason]
                continue
            # sudo: a portal login reads no other login
            attendees = meeting.sudo().attendee_ids
            if not (self._is_officer() or self.env.user in attendees):
                refusals[meeting].append(self.env._("Only HR or an attendee opens the meeting."))
            if not attendees:
                refusals[meeting].append(
                    self.env._("The meeting has no attendees: invite the committee first.")
                )
            if not meeting.item_ids:
                refusals[meeting].append(self.env._("The agenda is empty."))
        return refusals

    def _refusals_cancel(self):
        """HR, but in session nobody who is recused: it would stop the vote."""
        refusals = self._refuse_unless_officer()
        for meeting in self.filtered(lambda meeting: meeting.state == "open"):
            if meeting not in refusals and (reason := meeting._get_recused_refusal()):
                refusals[meeting] = [reason]
        return refusals

    def _refusals_close(self):
        """Committee members close it: votes recorded, quorum met on each name, and the
        quota of the program kept or exceeded with a written reason."""
        refusals = {}
        for meeting in self:
            if not meeting._is_attendee() or not self.env.user.has_group(COMMITTEE):
                refusals[meeting] = [
                    self.env._("Only a committee member who attends closes the meeting.")
                ]
                continue
            items = meeting.item_ids._filter_awaiting()
            given = items._get_votes()
            refusals[meeting] = [
                reason for item in items if (reason := item._get_quorum_refusal(given))
            ]
            if reason := meeting._get_closer_refusal(items, given):
                # and nothing of places: how many are selected is a running result
                refusals[meeting].append(reason)
            elif not (meeting.quota_reason or "").strip():
                refusals[meeting] += meeting._get_quota_refusals(items, given)
        return refusals

    def _get_closer_refusal(self, items, given):
        """Why the user, who attends, does not close the meeting on these names; else False.

        :param dict given: see `_get_votes` of the items
        """
        if any(given[item].why_recused for item in items):
            return self.env._(
                "You are involved in a name on the agenda: another attendee closes the meeting."
            )
        if not all(item.postponed or item._shows_votes(given) for item in items):
            return self.env._("Vote on each name first, then close the meeting.")
        return False

    def _get_quota_refusals(self, items, given):
        """One sentence for each echelon in which more were chosen than places are left."""
        self.ensure_one()
        chosen = items.filtered(lambda item: item._get_outcome(given) == "selected")
        sentences = []
        # sudo: the quotas of the program, which everyone reads once it runs
        for line in self.program_id.sudo().line_ids:
            count = len(chosen.filtered(lambda i, line=line: i.echelon_id == line.echelon_id))
            if count > max(line.remaining, 0):
                sentences.append(
                    self.env._(
                        "%(echelon)s: %(count)s selected; places left: %(left)s of %(quota)s. "
                        "Write down the reason for exceeding the quota.",
                        echelon=line.echelon_id.name,
                        count=count,
                        left=max(line.remaining, 0),
                        quota=line.quota,
                    )
                )
        return sentences

    def _lock_for_move(self):
        # sudo: a lock, so that two meetings of one program cannot both take the last place
        self.sudo().program_id._lock_for_move()
        return super()._lock_for_move()

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the step was allowed; the results, and the calendar, follow
        meetings = self.sudo()
        if name == "open":
            for meeting in meetings:
                # the company may ask for more than on the day on which it was convened
                least = meeting.company_id.backbone_quorum
                meeting._write_moved({"quorum": max(meeting.quorum, least)})
        elif name == "close":
            for meeting in meetings:
                meeting._write_moved({"date_closed": fields.Datetime.now()})
                # the cases and the votes as they are, before the cases go on
                meeting.item_ids._keep_facts()
                meeting.item_ids._filter_awaiting()._conclude()
                meeting._keep_facts()
        elif name == "cancel":
            meetings.event_id.unlink()
        return result

    @public()
    def action_open(self):
        """draft → open, by HR or an attendee: the votes can be cast."""
        self._move("open")
        return True

    @public()
    def action_close(self):
        """open → closed, by an attending committee member.

        Each application on the agenda goes committee → selected, or refused; a postponed
        one stays.
        """
        # one after the other: each takes of the places that the one before has left
        for meeting in self:
            meeting._move("close")
        return True

    @public(comment=Text())
    def action_cancel(self, comment=None):
        """The meeting does not take place; its applications go on waiting."""
        self._move("cancel", comment)
        return True

    def _get_next_activity(self):
        return {
            meeting: (
                "hr_backbone_training.mail_activity_type_vote",
                meeting._get_voters() or meeting._get_hr_user(),
                meeting.date.date(),
            )
            for meeting in self
            if meeting.state == "open"
        }

    def _get_voters(self):
        """The attendees who can vote on a name of the agenda. Called as superuser."""
        self.ensure_one()
        names = self.item_ids.filtered(lambda item: not item.is_off)
        return self.attendee_ids.filtered(
            lambda user: (
                user.active
                and user.has_group(COMMITTEE)
                and self.company_id in user.company_ids
                and any(user not in name._get_recused_users() for name in names)
            )
        )

    def _get_hr_user(self):
        """HR changes a meeting in which nobody can vote."""
        owner = self.program_id.user_id
        return self.company_id._backbone_hr_user(owner, self._get_unasked_users())

    def _get_mail_partners(self, name):
        """When it opens, the attendees who have no activities: whoever has the backend is asked
        there, and the calendar has invited everyone. When it is cancelled, all the others."""
        self.ensure_one()
        if name == "cancel":
            return (self.attendee_ids - self.env.user).partner_id
        return self.attendee_ids.filtered("share").partner_id

    @public(one=True)
    def action_open_items(self):
        """The agenda, name by name, to read the cases and vote."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_meeting_item_action"
        )
        action["domain"] = [("meeting_id", "=", self.id)]
        return action

    # -- the calendar ------------------------------------------------------------------

    def _sync_event(self):
        """The calendar shows the meeting to those who attend, and invites them."""
        # sudo: made for the attendees, by whoever convenes
        for meeting in self.sudo().filtered("attendee_ids"):
            vals = meeting._get_event_vals()
            partners = meeting.attendee_ids.partner_id
            if event := meeting.event_id:
                event._show_as(vals, partners)
            else:
                event = (
                    # sudo: as above
                    self.env["calendar.event"]
                    .sudo()
                    .create(
                        {
                            **vals,
                            "user_id": meeting.program_id.user_id.id or self.env.uid,
                            "partner_ids": [Command.set(partners.ids)],
                        }
                    )
                )
                meeting._write_moved({"event_id": event.id})

    def _get_event_vals(self):
        """What the calendar shows to those who attend; to all others, that they are busy."""
        self.ensure_one()
        return {
            **super()._get_event_vals(),
            "name": self.name,
            "start": self.date,
            "stop": fields.Datetime.add(self.date, hours=self.duration or 1.0),
            "location": self.location,
            "privacy": "private",
        }

    # -- moved in the calendar itself --------------------------------------------------

    def _get_calendar_refusal(self):
        """Why the user may not move the meeting by its entry; False when that is allowed."""
        self.ensure_one()
        if not self._is_officer():
            return self.env._("Only HR can change the meeting.")
        if self.state in ("closed", "cancelled"):
            return self.env._("A meeting that is over cannot be changed.")
        if self.state != "draft":
            return self.env._("A meeting in session is not moved in the calendar.")
        return False

    def _follow_event(self):
        """The meeting is when and where its entry is now."""
        for meeting in self:
            # sudo: the dates of the entry, which the user has just written
            event = meeting.sudo().event_id
            if event.allday:
                raise UserError(self.env._("A meeting begins and ends at an hour of the day."))
            vals = {}
            if (event.start, event.stop) != (
                meeting.date,
                meeting._get_event_vals()["stop"],
            ):
                vals["date"] = event.start
                vals["duration"] = (event.stop - event.start).total_seconds() / 3600
            if (meeting.location or "") != (event.location or ""):
                vals["location"] = event.location
            if vals:
                meeting.write(vals)
