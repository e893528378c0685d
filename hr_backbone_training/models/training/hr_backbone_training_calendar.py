import base64

from odoo import Command, models

# those whom the calendar shows the session
GOING = ("invited", "confirmed", "attended")


class HrBackboneTraining(models.Model):
    """The calendar: one entry for each announced training, which follows it. The mails of a
    training are ours, so the calendar itself writes to nobody."""

    _inherit = "hr.backbone.training"

    # the mails are ours; while it is planned the entry stays
    _calendar_quiet = True
    _calendar_states = ("planned",)

    def _get_quiet_events(self):
        """The entries of these trainings, to be changed without a mail to anybody."""
        # sudo: made for the participants, by whoever acts
        events = self.env["calendar.event"].sudo().browse(self.sudo().event_id.ids)
        return events.with_context(
            no_mail_to_attendees=True,
            dont_notify=True,
            skip_attendee_notification=True,
            skip_contact_description=True,
            mail_create_nosubscribe=True,
            mail_create_nolog=True,
            mail_notrack=True,
            tracking_disable=True,
        )

    def _sync_event(self):
        """Make sure that the calendar shows each announced training as it is, to the trainer
        and to everyone who is invited or has confirmed."""
        for training in self.sudo().filtered(lambda row: row.state == "planned"):
            people = training.participant_ids.filtered(lambda row: row.state in GOING)
            partners = people._get_partners() | training._get_trainer_partner()
            vals = training._get_event_vals()
            event = training._get_quiet_events()
            if event:
                event._show_as(vals, partners)
            else:
                vals["partner_ids"] = [Command.set(partners.ids)]
                vals["user_id"] = (training.program_id.user_id or self.env.user).id
                event = event.create([vals])
                training._write_moved({"event_id": event.id})
            people._show_answers()

    def _get_event_vals(self):
        self.ensure_one()
        vals = {
            "name": self.name,
            "location": ", ".join(filter(None, (self.place, self.link))) or False,
            "allday": self.all_day,
        }
        if self.all_day:
            return {**vals, "start_date": self.day_start, "stop_date": self.day_end}
        return {**vals, "start": self.date_start, "stop": self.date_end}

    def _get_trainer_partner(self):
        trainer = self.sudo().trainer_id
        return self.env["hr.backbone.application"].sudo()._get_partner(trainer)

    def _remove_event(self):
        """The training does not take place: it goes from the calendar."""
        self._get_quiet_events().unlink()

    # -- moved in the calendar itself ----------------------------------------------------

    def _get_calendar_refusal(self):
        """Why the user may not move the training by its entry; False when that is allowed."""
        self.ensure_one()
        if not self.has_access("write"):
            return self.env._("Only HR plans and changes a training.")
        return self._get_content_refusal({"date_start"})

    def _follow_event(self):
        """The training is when and where its entry is now, and its participants hear of it.

        Where it has a place and a link, the entry shows both: its text is not taken apart.
        """
        for training in self:
            # sudo: the dates of the entry, which the user has just written
            event = training.sudo().event_id
            names = ("all_day", "day_start", "day_end")
            values = (event.allday, event.start_date, event.stop_date)
            if not event.allday:
                names = ("all_day", "date_start", "date_end")
                values = (False, event.start, event.stop)
            vals = {}
            if tuple(training[name] for name in names) != values:
                vals = dict(zip(names, values))
            if not training.link and (training.place or "") != (event.location or ""):
                vals["place"] = event.location
            if vals:
                training.write(vals)
        self._sync_event()

    # -- for other calendars -------------------------------------------------------------

    def _get_ics(self):
        """The session as an iCalendar file; it names none of the other participants."""
        self.ensure_one()
        training = self.sudo()
        stamp = "%Y%m%dT%H%M%SZ"
        if training.all_day:
            after = training.company_id._backbone_local_date(training.date_end)
            start = f"DTSTART;VALUE=DATE:{training.day_start:%Y%m%d}"
            end = f"DTEND;VALUE=DATE:{after:%Y%m%d}"
        else:
            start = f"DTSTART:{training.date_start.strftime(stamp)}"
            end = f"DTEND:{training.date_end.strftime(stamp)}"
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Backbone Training//EN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            f"UID:backbone-training-{training.id}@{uuid}",
            f"DTSTAMP:{training.write_date.strftime(stamp)}",
            f"SEQUENCE:{int(training.write_date.timestamp()) // 60}",
            start,
            end,
            f"SUMMARY:{_escape(training.name)}",
            f"URL:{training.get_base_url()}{training.access_url}",
        ]
        if where := training._get_event_vals()["location"]:
            lines.append(f"LOCATION:{_escape(where)}")
        lines += ["END:VEVENT", "END:VCALENDAR", ""]
        return "\r\n".join(map(_fold, lines)).encode()

    def _get_ics_base64(self):
        return base64.b64encode(self._get_ics())


def _escape(text):
    """A text as a value of an iCalendar file."""
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\r", "").replace("\n", "\\n")


def _fold(line):
    """No line of the file has more than 75 bytes; what goes on begins with a space."""
    parts, part = [], ""
    for char in line:
        if len((part + char).encode()) > 74:
            parts.append(part)
            part = " "
        part += char
    return "\r\n".join([*parts, part])
