from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class HrBackboneMeeting(models.Model):
    """The meeting in the calendar of those who attend."""

    _inherit = "hr.backbone.meeting"

    # the calendar itself invites, and tells of a new time
    _calendar_quiet = False
    _calendar_states = ("draft", "open")

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
        self.ensure_one()
        return {
            "name": self.name,
            "start": self.date,
            "stop": fields.Datetime.add(self.date, hours=self.duration or 1.0),
            "location": self.location,
        }

    def _after_cancel(self, decisions):
        # sudo: the step was allowed; the calendar follows
        self.sudo().event_id.unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_event(self):
        # sudo: goes with its meeting
        self.sudo().event_id.unlink()

    # -- moved in the calendar itself ----------------------------------------------------

    def _get_calendar_refusal(self):
        """Why the user may not move the meeting by its entry; False when that is allowed."""
        self.ensure_one()
        if not self._is_officer():
            return self.env._("HR convenes the meeting and changes it.")
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
