from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.hr_backbone_portal_mixin import FieldError, clean
from .hr_backbone_mentorship_session import RECORD

MOST_MINUTES = 600


class HrBackboneMentorship(models.Model):
    """The mentorship in the portal."""

    _inherit = "hr.backbone.mentorship"

    def _new_talk(self):
        """A talk that is not stored yet, to ask it what it could be."""
        self.ensure_one()
        return self.env["hr.backbone.mentorship.session"].new({"mentorship_id": self.id})

    def _plan_from_portal(self, typed):
        """Plan a talk, from what the page sent.

        :param dict typed: `date`, `time`, `minutes`, `location`, `topics`, `plan_line_id`
        :return: the talk
        :raise FieldError: a date, a time or a length that is none
        """
        self.ensure_one()
        sessions = self.env["hr.backbone.mentorship.session"]
        return sessions.create(
            {
                "mentorship_id": self.id,
                **sessions._parse_when(typed, self.company_id),
                "location": clean(typed.get("location")),
                "topics": clean(typed.get("topics")),
                "plan_line_id": self._new_talk()._parse_plan_line(typed.get("plan_line_id")),
            }
        )


class HrBackboneMentorshipSession(models.Model):
    """The talk in the portal."""

    _inherit = "hr.backbone.mentorship.session"

    @api.model
    def _parse_when(self, typed, company):
        """Begin and end, from a day and a time on the clock of the company."""
        try:
            day = fields.Date.to_date(clean(typed.get("date")))
        except ValueError:
            day = None
        if not day or not 2000 <= day.year <= 2100:
            raise FieldError(self.env._("Choose the day of the talk."), "date")
        try:
            clock = datetime.strptime(clean(typed.get("time"))[:5], "%H:%M").time()
        except ValueError as error:
            raise FieldError(
                self.env._("Write the time as hours and minutes, such as 14:30."), "time"
            ) from error
        minutes = clean(typed.get("minutes")) or "60"
        if not (
            minutes.isascii() and minutes.isdecimal() and 5 <= int(minutes[:6]) <= MOST_MINUTES
        ):
            raise FieldError(
                self.env._("A talk takes between 5 and %s minutes.", MOST_MINUTES), "minutes"
            )
        local = company._backbone_tz().localize(datetime.combine(day, clock))
        start = local.astimezone(pytz.utc).replace(tzinfo=None)
        return {"date_start": start, "date_stop": start + timedelta(minutes=int(minutes))}

    def _get_typed_when(self):
        """{input: the day, time and length of the talk, as its inputs hold them}."""
        self.ensure_one()
        local = self._to_local(self.date_start)
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

    def _save_from_portal(self, typed):
        """Store what was typed on the page of the talk.

        :param dict typed: input → text, and the `version` that the page was opened with
        :raise UserError: not one of the two, changed elsewhere, or not planned any more
        """
        self.ensure_one()
        self._check_version(typed.get("version"))
        if reason := self._get_edit_refusal():
            raise UserError(reason)
        stored = self._get_versioned()
        vals = {
            name: clean(typed[name])
            for name in ("location", *RECORD)
            if name in typed and clean(typed[name]) != stored[name]
        }
        if any(
            name in typed and clean(typed[name]) != stored[name]
            for name in ("date", "time", "minutes")
        ):
            vals.update(self._parse_when({**stored, **typed}, self.company_id))
        if vals:
            self.write(vals)
        return {}

    def _get_ics(self):
        """The talk as a file that any calendar takes; None when it is in no calendar."""
        self.ensure_one()
        # sudo: the user reads the talk, and the event says less
        event = self.sudo().event_id
        return event._get_ics_file().get(event.id) if event else None
