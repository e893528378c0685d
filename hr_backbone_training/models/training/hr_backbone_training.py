# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date, format_time

from ...const import OFFICER
from ..core import texts
from ..core.companies import by_company
from ..core.public import public
from ..core.scores import Score
from ..core.words import add_zone, join_time

# what people are told of when it changes after the announcement
ANNOUNCED = {"name", "date_start", "date_end", "all_day", "place", "link"}
# what the bills and the minutes of a session that is over may still change
AFTERWARDS = {"cost", "budget", "description", "provider", "program_id"}
# with people on the list these stay as they are
SETTLED = {"kind", "company_id"}
# when it began stays as it is once somebody was there, since year and quarter depend on it; so
# does its last day, though it may take longer on that day
HAPPENED = {"date_start", "day_start", "all_day"}
# of a whole day, where the company has no working hours
HOURS_PER_DAY = 8
# what is content: the rest is chatter and the like
CONTENT = (
    ANNOUNCED
    | AFTERWARDS
    | SETTLED
    | {"subject", "hours", "trainer_id", "seats", "echelon_ids", "participant_ids"}
)
# the participants who hold a seat
SEATED = ("confirmed", "attended")
# those whom the calendar shows the session
GOING = ("invited", "confirmed", "attended")


class HrBackboneTraining(models.Model):
    """ "The company regularly organizes management to conduct management and skills training
    for all core employees every quarter; the company provides external training opportunities
    for core employees at least once a year."

    Here is what a session is; its steps, its seats and its calendar are in
    `hr_backbone_training_workflow`, its attendance in `hr_backbone_training_attendance`. A
    session of whole days (`all_day`) counts them where the company is.

    The year's plan of sessions comes in through Odoo's own import, too, as drafts: HR invites
    the participants and announces each as any other.
    """

    _name = "hr.backbone.training"
    _description = "Backbone Training"
    _inherit = [
        "hr.backbone.workflow.mixin",
        "hr.backbone.calendar.mixin",
        "hr.backbone.portal.mixin",
        "hr.backbone.import.mixin",
    ]
    _order = "date_start desc, id desc"
    _portal_path = "trainings"
    _kept_fields = ("company_id",)

    # participants read the training; what HR writes below it is HR's
    _hr_messages = True
    _moved_fields = ("date_planned", "date_done", "event_id")
    _fixed_fields = ("quarter",)
    _import_named = ("trainer_id", "program_id", "echelon_ids")
    _import_required = ("name", "date_start")
    _import_filled = ("hours",)
    # the same session is held for two groups in two rooms
    _import_key = ("date_start", "name", "place", "company_id")

    name = texts.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    program_id = fields.Many2one(
        "hr.backbone.program",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env["hr.backbone.program"]._get_running(),
    )
    kind = fields.Selection(
        [("internal", "Internal"), ("external", "External")],
        required=True,
        default="internal",
        index=True,
        help="The company holds an internal session itself, every quarter; an external one is "
        "an opportunity elsewhere, for each member at least once a year.",
    )
    subject = fields.Selection(
        [
            ("management", "Management"),
            ("skill", "Skills"),
            ("both", "Management and Skills"),
        ],
        required=True,
        default="management",
    )
    all_day = fields.Boolean(
        "Whole Days", help="The session has dates only: no hour at which it begins."
    )
    date_start = fields.Datetime("Start", required=True, tracking=True, index=True)
    date_end = fields.Datetime(
        "End",
        compute="_compute_date_end",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        tracking=True,
    )
    day_start = fields.Date(
        "First Day", compute="_compute_days", store=True, precompute=True, readonly=False
    )
    day_end = fields.Date(
        "Last Day", compute="_compute_days", store=True, precompute=True, readonly=False
    )
    quarter = fields.Char(
        compute="_compute_days",
        store=True,
        precompute=True,
        index=True,
        help="The quarter of the company in which the session begins.",
    )
    hours = fields.Float(
        compute="_compute_hours",
        store=True,
        precompute=True,
        readonly=False,
        aggregator="sum",
        help="The hours of training that count for each participant. Whole days count the "
        "company's hours of a working day each, until other hours are typed.",
    )
    # what the dates said when the hours were last taken from them: typed hours differ from it
    hours_by_dates = fields.Float(
        "Hours by the Dates", compute="_compute_hours", store=True, precompute=True
    )
    trainer_id = fields.Many2one(
        "hr.employee",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Holds the session and takes the attendance.",
    )
    # as it was with the trainer's appointment, the announcement and the closing: who is promoted
    # later has not held it as a manager
    is_by_management = fields.Boolean(
        "Held by Management",
        compute="_compute_is_by_management",
        store=True,
        precompute=True,
        help="The trainer has a managerial rank.",
    )
    trainer_warning = fields.Char(
        "Held by Others", compute="_compute_trainer_warning", compute_sudo=True, groups=OFFICER
    )
    provider = texts.Char(
        help="Who gives the training, when it is somebody from outside the company."
    )
    place = texts.Char()
    link = texts.Char(limit=1000, help="Where the session is held or described online.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    budget = fields.Monetary(groups=OFFICER)
    cost = fields.Monetary(groups=OFFICER)
    seats = fields.Integer(help="How many can take part; zero sets no limit.")
    seats_taken = fields.Integer(compute="_compute_counts")
    participant_count = fields.Integer("Participants", compute="_compute_counts")
    waiting_count = fields.Integer("Waiting", compute="_compute_counts")
    attended_count = fields.Integer("Attended", compute="_compute_counts")
    rating = Score("Rating by Participants", compute="_compute_counts", digits=(3, 1))
    echelon_ids = fields.Many2many(
        "hr.backbone.echelon",
        string="For Echelons",
        help="Whom “Invite the Echelons” puts on the list.",
        check_company=True,
    )
    description = texts.Html(help="What it is about, and what participants bring along.")
    participant_ids = fields.One2many(
        "hr.backbone.training.participant", "training_id", "Participants List", copy=False
    )
    event_id = fields.Many2one(
        "calendar.event",
        "Calendar Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
    )
    date_planned = fields.Date("Announced on", readonly=True, copy=False)
    date_done = fields.Date("Closed on", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("planned", "Announced"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
    )
    date_nearest = fields.Datetime(
        "Nearest First",
        compute="_compute_date_nearest",
        help="Orders what is coming by the soonest, and what is over by the latest.",
    )

    _dates_order = models.Constraint(
        "CHECK (date_end >= date_start)", "The session ends before it begins."
    )
    _numbers_positive = models.Constraint(
        "CHECK (seats >= 0 AND hours >= 0 AND COALESCE(cost, 0) >= 0 AND COALESCE(budget, 0) >= 0)",
        "Seats, hours, cost and budget cannot be negative.",
    )

    # -- when ----------------------------------------------------------------------------

    @api.depends("date_start")
    def _compute_date_nearest(self):
        for training in self:
            training.date_nearest = training.date_start

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name != "date_nearest":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        start, state = (self._field_to_sql(alias, name, query) for name in ("date_start", "state"))
        return SQL(
            "CASE WHEN %s IN ('done', 'cancelled') THEN -1 ELSE 1 END "
            "* EXTRACT(EPOCH FROM %s) %s %s",
            state,
            start,
            direction,
            nulls,
        )

    @api.depends("date_start")
    def _compute_date_end(self):
        """Two hours, until somebody says otherwise; in a form, a session that moves keeps its
        length (see `_complete_dates` for the others)."""
        for training in self:
            start, end = training.date_start, training.date_end
            before = training._origin.date_start
            if start and before and end and training._origin.date_end == end:
                training.date_end = end + (start - before)
            elif start and (not end or end < start):
                training.date_end = start + timedelta(hours=2)
            else:
                training.date_end = end

    @api.depends("date_start", "date_end", "company_id.backbone_fiscal_month")
    def _compute_days(self):
        for training in self:
            # sudo: the time zone and the fiscal year of a company are no secret
            company, start, end = training.company_id.sudo(), training.date_start, training.date_end
            if not (company and start):
                training.day_start = training.day_end = training.quarter = False
                continue
            # a session until midnight ends on the day before
            last = max(start, (end or start) - timedelta(seconds=1))
            training.day_start = company._backbone_local_date(start)
            training.day_end = company._backbone_local_date(last)
            training.quarter = company._backbone_quarter(training.day_start)

    @api.depends("date_start", "date_end", "all_day", "day_start", "day_end")
    def _compute_hours(self):
        """From the dates, also when they change, until somebody says how many count."""
        for training in self:
            hours, known = training.hours, training.hours_by_dates
            length = training._get_length()
            if length is not None and (not hours or hours in (known, length)):
                hours = known = length
            training.hours, training.hours_by_dates = hours, known

    def _get_length(self):
        """The hours between start and end; of whole days, those of so many working days of the
        company. None as long as the dates are not there."""
        self.ensure_one()
        if self.all_day:
            if not (self.day_start and self.day_end):
                return None
            days = max(0, (self.day_end - self.day_start).days) + 1
            calendar = self.company_id.resource_calendar_id
            return round(days * (calendar.hours_per_day or HOURS_PER_DAY), 2)
        if not (self.date_start and self.date_end):
            return None
        return round((self.date_end - self.date_start).total_seconds() / 3600, 2)

    def _complete_dates(self, vals):
        """Days that were typed become moments, whole days begin and end at midnight.

        :param dict vals: what is created or written
        :return: the same without `day_start` and `day_end`, which follow from the moments
        """
        vals = dict(vals)
        first, last = vals.pop("day_start", None), vals.pop("day_end", None)
        if not vals.get("date_end", True):
            del vals["date_end"]
        to_moment, to_date = fields.Datetime.to_datetime, fields.Date.to_date
        if vals.get("date_start") and "date_end" not in vals and self.date_end:
            # a session that moves keeps its length
            length = self.date_end - self.date_start
            vals["date_end"] = to_moment(vals["date_start"]) + length
        if not vals.get("all_day", self.all_day):
            return vals
        if not {"all_day", "date_start", "date_end"} & set(vals) and not (first or last):
            return vals
        company = self.company_id or self.env["res.company"].browse(
            vals.get("company_id") or self.env.company.id
        )
        start = to_moment(vals.get("date_start")) or self.date_start
        end = to_moment(vals.get("date_end")) or self.date_end
        first = to_date(first) or (company._backbone_local_date(start) if start else None)
        if not first:
            return vals
        if not last and end and ("date_end" in vals or self.day_end):
            last = company._backbone_local_date(end - timedelta(seconds=1))
        last = max(first, to_date(last) or first)
        vals["date_start"] = company._backbone_day_start(first)
        vals["date_end"] = company._backbone_day_start(last + timedelta(days=1))
        return vals

    def _is_over(self):
        self.ensure_one()
        return bool(self.date_end) and self.date_end <= fields.Datetime.now()

    # -- numbers -------------------------------------------------------------------------

    def _compute_counts(self):
        # sudo: sums of the list, whoever may read its names
        people = self.env["hr.backbone.training.participant"].sudo()
        mine = [("training_id", "in", self.ids)]
        groups = people._read_group(mine, ["training_id", "state"], ["__count"])
        # of those who were there: what was said before a mark was taken back does not count
        rated = [*mine, ("state", "=", "attended")]
        ratings = dict(people._read_group(rated, ["training_id"], ["rating:avg"]))
        for training in self:
            by_state = {state: count for row, state, count in groups if row == training._origin}
            training.participant_count = sum(by_state.values()) - by_state.get("cancelled", 0)
            training.seats_taken = sum(by_state.get(state, 0) for state in SEATED)
            training.waiting_count = by_state.get("waiting", 0)
            training.attended_count = by_state.get("attended", 0)
            training.rating = ratings.get(training._origin, False)

    def _get_free_seats(self):
        """How many seats are free; None when there is no limit."""
        self.ensure_one()
        self.invalidate_recordset(["seats_taken"])
        return max(0, self.seats - self.seats_taken) if self.seats else None

    def _has_seat(self):
        return self._get_free_seats() != 0

    # -- content -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_own_create(vals_list):
            return super().create(vals_list)
        vals_list = [self.browse()._complete_dates(vals) for vals in vals_list]
        return self.browse().union(
            *(
                super(HrBackboneTraining, there).create(rows)
                for there, rows in by_company(self, vals_list)
            )
        )

    def write(self, vals):
        """HR changes what is planned; participants hear of a new date or place."""
        if self._is_own_write(vals):
            return super().write(vals)
        names = set(vals) & (CONTENT | {"day_start", "day_end"})
        for training in self if names else ():
            if reason := training._get_content_refusal(names):
                raise UserError(reason)
        if not {"all_day", "day_start", "day_end", "date_start", "date_end"} & set(vals):
            result = super().write(vals)
        else:
            result = True
            for training in self:
                last = training.day_end
                super(HrBackboneTraining, training).write(training._complete_dates(vals))
                if training.day_end != last and training.attended_count:
                    raise UserError(self._say_settled())
        if names:
            self._on_content_changed(names)
        return result

    def _get_edit_refusal(self):
        self.ensure_one()
        if not self.env.su and not self.env.user.has_group(OFFICER):
            return self.env._("Only HR plans and changes a training.")
        return False

    def _get_content_refusal(self, names):
        """Why these fields cannot be changed now: a sentence, or False."""
        self.ensure_one()
        if reason := self._get_edit_refusal():
            return reason
        if self.state == "cancelled" or (
            self.state == "done" and names - AFTERWARDS - {"participant_ids"}
        ):
            return self.env._("A training that is over cannot be changed.")
        # sudo: only whether there are any
        if names & SETTLED and self.sudo().participant_ids:
            return self.env._("Kind and company are settled once there are participants.")
        if names & HAPPENED and self.attended_count:
            return self._say_settled()
        return False

    def _say_settled(self):
        return self.env._(
            "Somebody has attended, so the first and last days are settled. Take the attendance "
            "back first, if it was marked by mistake."
        )

    @api.constrains("seats")
    def _check_seats(self):
        for training in self:
            if training.seats and training.seats_taken > training.seats:
                raise ValidationError(
                    self.env._(
                        "%(taken)s seats are taken already: there cannot be fewer.",
                        taken=training.seats_taken,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(training.state != "draft" or training.participant_ids for training in self):
            raise UserError(self.env._("A training with participants is history: cancel it."))

    @public(one=True)
    def action_open_participants(self):
        """The list of the participants, to confirm, mark and score many at once."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_training_participant_action"
        )
        action["domain"] = [("training_id", "=", self.id)]
        action["context"] = {"default_training_id": self.id}
        return action

    # -- import --------------------------------------------------------------------------

    @api.model
    def _check_row(self, values, new):
        """A row says when by moments, or by days: then it is a session of whole days."""
        first, last = (fields.Date.to_date(values.get(f"day_{end}")) for end in ("start", "end"))
        if first and not values.get("date_start"):
            company = self.env["res.company"].browse(
                values.get("company_id") or self.env.company.id
            )
            values.update(all_day=True, date_start=company._backbone_day_start(first))
        result = super()._check_row(values, new)
        start, end = (
            fields.Datetime.to_datetime(values.get(f"date_{end}")) for end in ("start", "end")
        )
        # days in the wrong order would be put right in silence
        if (first and last and last < first) or (start and end and end < start):
            raise UserError(self.env._("The session ends before it begins."))
        return result

    # -- in the portal -------------------------------------------------------------------

    def _get_when(self, user=None):
        """When the session is, in words: where this user is (the acting one by default), or
        where the company is when nobody knows; whole days as the company counts them."""
        self.ensure_one()
        if self.all_day:
            days = [format_date(self.env, day) for day in (self.day_start, self.day_end)]
            return " – ".join(dict.fromkeys(days))
        user = user or self.env.user
        there = user._get_backbone_tz(self.company_id)
        start, end = (
            pytz.utc.localize(moment).astimezone(there)
            for moment in (self.date_start, self.date_end)
        )
        first, last = (format_date(self.env, moment.date()) for moment in (start, end))
        begins, ends = (format_time(self.env, m.time(), time_format="short") for m in (start, end))
        until = ends if first == last else join_time(self.env, last, ends)
        when = join_time(self.env, first, f"{begins} – {until}")
        return add_zone(self.env, when, user._get_backbone_zone(self.company_id, self.date_start))

    def _get_safe_link(self):
        """The address of the training as a page may link to it; none for anything but http."""
        self.ensure_one()
        link = (self.link or "").strip()
        return link if link.lower().startswith(("https://", "http://")) else ""

    @api.model
    def _get_held_domain(self):
        """The trainings that the user holds."""
        return Domain("trainer_id", "in", self.env.user._get_backbone_working())

    @api.model
    def _get_mine_domain(self):
        """The trainings that the user takes part in, or was invited to, or holds."""
        row = Domain("employee_id", "in", self.env.user._get_backbone_own())
        row &= Domain("state", "!=", "cancelled")
        listed = Domain("state", "!=", "draft") & Domain("participant_ids", "any", row)
        return listed | self._get_held_domain()

    @api.model
    def _get_portal_filters(self):
        """What the list of the portal can be narrowed to, and how each is sorted."""
        mine, now = self._get_mine_domain(), fields.Datetime.now()
        coming = Domain("date_end", ">", now) & Domain("state", "!=", "cancelled")
        later, sooner = "date_start desc, id desc", "date_start, id"
        return {
            "coming": {"label": self.env._("Coming"), "domain": mine & coming, "order": sooner},
            "past": {
                "label": self.env._("Past"),
                "domain": mine & Domain("date_end", "<=", now),
                "order": later,
            },
            "held": {
                "label": self.env._("I hold"),
                "domain": self._get_held_domain(),
                "order": later,
            },
            "all": {"label": self.env._("All"), "domain": mine, "order": later},
        }

    @api.model
    def _get_portal_sortings(self):
        return {
            "usual": {"label": self.env._("Usual order"), "order": None},
            "date": {"label": self.env._("Earliest first"), "order": "date_start, id"},
            "late": {"label": self.env._("Latest first"), "order": "date_start desc, id desc"},
            "name": {"label": self.env._("Name"), "order": "name, id"},
        }

    def _get_my_rows(self):
        """{training: the user's own participation}."""
        rows = self.env["hr.backbone.training.participant"]
        own = rows._get_own_domain() & Domain("training_id", "in", self.ids)
        return {row.training_id: row for row in rows.search(own)}

    def _get_readable_rows(self, limit):
        """The participants whom the user may see: all for the trainer, their people for a
        manager or a mentor."""
        self.ensure_one()
        rows = self.env["hr.backbone.training.participant"]
        return rows.search(self._get_readable_domain(), order="state, id", limit=limit)

    def _count_readable_rows(self):
        self.ensure_one()
        rows = self.env["hr.backbone.training.participant"]
        return rows.search_count(self._get_readable_domain())

    def _get_readable_domain(self):
        return [("training_id", "=", self.id), ("state", "!=", "cancelled")]

    @api.model
    def _get_listed_domain(self):
        return Domain("state", "in", ("invited", "confirmed", "waiting", "attended"))

    def _get_listed(self, limit, offset):
        """A page of the list on which the attendance is marked, by name."""
        self.ensure_one()
        rows = self.env["hr.backbone.training.participant"]
        domain = self._get_listed_domain() & Domain("training_id", "=", self.id)
        # sudo: by the names of a list that the user takes; the ids go back to the user's rights
        found = rows.sudo().search(domain, order="employee_id, id", limit=limit, offset=offset)
        return found.sudo(False)

    def _count_listed(self):
        rows = self.env["hr.backbone.training.participant"]
        return rows.search_count(self._get_listed_domain() & Domain("training_id", "=", self.id))

    @api.model
    def _get_attendance_domain(self):
        """The user's sessions that are over, and whose attendance nobody has marked yet."""
        return (
            self._get_held_domain()
            & Domain("state", "=", "planned")
            & Domain("date_end", "<=", fields.Datetime.now())
            & Domain("participant_ids", "any", [("state", "in", ("invited", "confirmed"))])
            & ~Domain("participant_ids", "any", [("state", "=", "attended")])
        )
