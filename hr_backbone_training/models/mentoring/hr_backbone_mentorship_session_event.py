from odoo import Command, fields, models
from odoo.exceptions import UserError


class HrBackboneMentorshipSession(models.Model):
    """The talk in the calendar of the two, and who is told of it."""

    _inherit = "hr.backbone.mentorship.session"

    # the mails are ours; while it is planned the entry stays
    _calendar_quiet = True
    _calendar_states = ("planned",)

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
        for session, event in zip(fresh, events):
            session._write_moved({"event_id": event.id})

    def _get_event_vals(self):
        """What the calendar shows: who meets when, and not what about."""
        self.ensure_one()
        people = self.mentor_id | self.employee_id
        organizer = people.user_id.filtered(lambda user: not user.share)[:1]
        partners = self.env["res.partner"].union(
            *(self._get_person_partner(person) for person in people)
        )
        return {
            "name": self.env._("Mentor talk: %s", self.mentorship_id.display_name),
            "start": self.date_start,
            "stop": self.date_stop,
            "location": self.location,
            "privacy": "private",
            "user_id": organizer.id or self.env.ref("base.user_root").id,
            "partner_ids": [Command.set(partners.ids)],
        }

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

    def _after_cancel(self, decisions):
        # sudo: the step was allowed; the calendar follows
        self.sudo().event_id.with_context(dont_notify=True, no_mail_to_attendees=True).unlink()

    def _get_mail_partners(self, name):
        """The other one of the two; both, when it was neither. Nobody about the past."""
        self.ensure_one()
        if self.date_stop <= fields.Datetime.now():
            return self.env["res.partner"]
        partners = self.env["res.partner"].union(
            *(self._get_person_partner(person) for person in self.employee_id | self.mentor_id)
        )
        return partners - self.env.user.partner_id
