# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon
from ..common_training import TrainingCases


@tagged("post_install", "-at_install")
class TestCalendarEvent(TrainingCases, BackboneCommon):
    """A talk or a training that is moved, taken away or answered in the calendar itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_training()
        cls.mentorship = cls._mentored(cls.worker_member, cls.director)
        cls.session = (
            cls.env["hr.backbone.mentorship.session"]
            .with_user(cls.user_director)
            .create(
                {
                    "mentorship_id": cls.mentorship.id,
                    "date_start": "2026-03-10 10:00:00",
                    "location": "Room 4",
                }
            )
        )
        cls.talk = cls.session.event_id
        cls.training = cls._new_training(cls.worker_member | cls.colleague_member)
        cls.entry = cls.training.event_id
        cls.env["mail.mail"].search([]).unlink()

    def _get_talk_mails(self):
        return self.env["mail.mail"].search([("model", "=", self.session._name)])

    def _assert_no_calendar_mail(self):
        self.assertFalse(
            self.env["mail.mail"].search([("model", "in", ("calendar.event", "calendar.attendee"))])
        )

    def test_what_hangs_on_a_private_entry(self):
        """The file of an invitation says who meets whom: it is for those who are in it."""
        self.assertEqual(self.talk.privacy, "private")
        file, own = self.env["ir.attachment"].create(
            [
                {
                    "name": "invitation.ics",
                    "raw": b"ATTENDEE",
                    "res_model": entry._name,
                    "res_id": entry.id,
                }
                for entry in (self.talk, self.entry)
            ]
        )
        self.talk.message_subscribe(self.user_manager.partner_id.ids)
        for user in (self.user_colleague, self.user_officer, self.user_chair):
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                files = self._as(self.env["ir.attachment"], user)
                for domain in ([("id", "=", file.id)], [("res_model", "=", "calendar.event")]):
                    self.assertNotIn(file.id, files.search(domain).ids)
                with self.assertRaises(AccessError):
                    files.browse(file.id).read(["raw"])
                self.assertIn(own.id, files.search([("id", "=", own.id)]).ids)
                self.assertFalse(self._get_followers(user))
        self.env.invalidate_all()
        self.assertTrue(self._as(file, self.user_director).read(["raw"]))
        self.assertTrue(self._get_followers(self.user_director))

    def _get_followers(self, user):
        followers = self._as(self.env["mail.followers"], user)
        return followers.search(
            [
                ("res_model", "=", self.talk._name),
                ("res_id", "=", self.talk.id),
                ("partner_id", "=", self.user_manager.partner_id.id),
            ]
        )

    # -- talks -------------------------------------------------------------------------

    def test_talk_follows_the_mentor(self):
        self.talk.with_user(self.user_director).write(
            {"start": "2026-03-11 13:00:00", "stop": "2026-03-11 14:30:00"}
        )
        self.assertEqual(self.session.date_start, datetime(2026, 3, 11, 13))
        self.assertEqual(self.session.date_stop, datetime(2026, 3, 11, 14, 30))
        self.assertEqual((self.session.date, self.session.duration), (date(2026, 3, 11), 1.5))
        # one mail of ours to the other one, none of the calendar
        mail = self._get_talk_mails()
        self.assertEqual(mail.recipient_ids, self.user_worker.partner_id)
        self._assert_no_calendar_mail()

    def test_talk_follows_a_new_length_or_place(self):
        self.talk.with_user(self.user_director).duration = 2
        self.assertEqual(self.session.date_stop, datetime(2026, 3, 10, 12))
        self.talk.with_user(self.user_director).location = "Room 5"
        self.assertEqual(self.session.location, "Room 5")

    def test_talk_is_found_by_the_two(self):
        """By no door of the calendar does anybody else learn that the two meet."""
        row = self.talk.attendee_ids[:1]
        doors = (
            ("calendar.event", "search", [("backbone_model", "=", self.session._name)]),
            ("calendar.event", "search", [("name", "ilike", "Mentor talk")]),
            (
                "calendar.event",
                "search",
                [("partner_ids", "in", self.user_director.partner_id.ids)],
            ),
            ("calendar.event", "search", [("id", "=", self.talk.id)]),
            ("calendar.event", "search", [("id", "=", self.talk.id)], 0, 1),
            ("calendar.event", "search_count", [("id", "=", self.talk.id)]),
            ("calendar.event", "search_count", [("id", "=", self.talk.id)], 1),
            ("calendar.event", "search", [("attendee_ids", "in", row.ids)]),
            ("calendar.event", "name_search", "Mentor talk"),
            ("calendar.event", "formatted_read_group", [("id", "=", self.talk.id)], ["user_id"]),
            ("calendar.event", "read", self.talk.ids, ["name"]),
            ("calendar.event", "read", self.talk.ids, ["start"]),
            ("calendar.event", "read", self.talk.ids, ["partner_ids"]),
            ("calendar.event", "read", self.talk.ids, ["attendee_ids"]),
            ("calendar.attendee", "search", [("event_id", "=", self.talk.id)]),
            ("calendar.attendee", "search_count", [("event_id", "=", self.talk.id)]),
            ("calendar.attendee", "formatted_read_group", [("id", "in", row.ids)], ["partner_id"]),
            (
                "calendar.attendee",
                "search",
                [("event_id.partner_ids", "in", self.talk.partner_ids.ids), ("id", "in", row.ids)],
            ),
            ("calendar.attendee", "search", [("event_id.name", "ilike", "Mentor talk")]),
            ("calendar.attendee", "read", row.ids, ["partner_id"]),
            ("calendar.attendee", "read", row.ids, ["event_id"]),
            ("res.partner", "search", [("meeting_ids.name", "ilike", "Mentor talk")]),
            (
                "mail.message",
                "search",
                [("model", "=", "calendar.event"), ("res_id", "=", self.talk.id)],
            ),
        )
        people = (self.user_colleague, self.user_leader, self.user_officer, self.user_admin_abroad)
        for user in people:
            for name, method, *args in doors:
                self.env.invalidate_all()
                with self.subTest(user=user.login, name=name, args=args):
                    try:
                        told = getattr(self.env[name].with_user(user).browse(), method)
                        if method == "read":
                            told = self.env[name].with_user(user).browse(args[0]).read(args[1])
                        else:
                            told = told(*args)
                    except AccessError:
                        continue
                    self.assertFalse(told)
        for name, method, *args in doors[:-1]:
            self.env.invalidate_all()
            rows = self.env[name].with_user(self.user_director)
            if method == "read":
                self.assertTrue(rows.browse(args[0]).read(args[1]))
            else:
                self.assertTrue(getattr(rows, method)(*args))

    def test_talk_is_not_moved_by_others(self):
        self.talk.sudo().partner_ids |= self.user_colleague.partner_id
        with self.assertRefused("Only the member and the mentor move their talk."):
            self.talk.with_user(self.user_colleague).start = "2026-03-11 13:00:00"
        # HR reads the talks, and leaves them and their entries to the two
        with self.assertRaises(AccessError):
            self.talk.with_user(self.user_officer).start = "2026-03-11 13:00:00"
        # a portal login reads the calendar only; the page of the talk is for that
        with self.assertRaises(AccessError):
            self.talk.with_user(self.user_worker).start = "2026-03-11 13:00:00"
        self.assertEqual(self.session.date_start, datetime(2026, 3, 10, 10))

    def test_talk_has_hours_and_takes_place_once(self):
        talk = self.talk.with_user(self.user_director)
        with self.assertRefused("A talk begins and ends at an hour of the day."):
            talk.write({"allday": True, "start_date": "2026-03-11", "stop_date": "2026-03-11"})
        with self.assertRefused("takes place once"):
            talk.write({"recurrency": True, "rrule_type": "weekly", "count": 3, "tue": True})

    def test_talk_that_was_held_stays(self):
        self.session._write_moved({"state": "held"})
        with self.assertRefused("A talk that was held or cancelled is not changed any more."):
            self.talk.with_user(self.user_director).start = "2026-03-11 13:00:00"
        # one's own calendar may be tidied up
        self.talk.with_user(self.user_director).unlink()
        self.assertFalse(self.session.event_id)

    def test_entry_does_not_vanish(self):
        talk, entry = (
            self.talk.with_user(self.user_director),
            self.entry.with_user(self.user_officer),
        )
        for event in (talk, entry):
            with self.assertRefused("cancel it there, with a reason"):
                event.unlink()
            with self.assertRefused("cancel it there, with a reason"):
                event.active = False
        self.session.action_cancel("Ill")
        self.training.action_cancel("Ill")
        self.assertFalse((talk | entry).exists())

    # -- trainings ---------------------------------------------------------------------

    def test_training_follows_hr(self):
        self.entry.with_user(self.user_officer).write(
            {"start": "2026-04-02 08:00:00", "stop": "2026-04-02 15:00:00", "location": "Hall"}
        )
        training = self.training
        self.assertEqual(training.date_start, datetime(2026, 4, 2, 8))
        self.assertEqual(training.date_end, datetime(2026, 4, 2, 15))
        self.assertEqual((training.quarter, training.place), ("2026-Q2", "Hall"))
        mails = self._mails("Changed")
        self.assertEqual(mails.recipient_ids, (self.user_worker | self.user_colleague).partner_id)
        self.assertEqual(len(mails), 2)
        self._assert_no_calendar_mail()

    def test_training_of_whole_days(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        entry = self.entry.with_user(self.user_officer)
        entry.write({"allday": True, "start_date": "2028-02-28", "stop_date": "2028-02-29"})
        training = self.training
        self.assertTrue(training.all_day)
        self.assertEqual(
            (training.day_start, training.day_end), (date(2028, 2, 28), date(2028, 2, 29))
        )
        self.assertEqual(training.date_start, datetime(2028, 2, 27, 16))
        entry.write(
            {"allday": False, "start": "2028-02-28 01:00:00", "stop": "2028-02-28 09:00:00"}
        )
        self.assertFalse(training.all_day)
        self.assertEqual(training.date_start, datetime(2028, 2, 28, 1))

    def test_place_with_a_link_is_not_taken_apart(self):
        self.training.link = "https://example.com/room"
        self.entry.with_user(self.user_officer).location = "Hall"
        self.assertEqual(self.training.place, "Room 3")
        self.assertEqual(self.entry.location, "Room 3, https://example.com/room")

    def test_training_is_not_moved_by_a_participant(self):
        with self.assertRefused("Only HR plans and changes a training."):
            self.entry.with_user(self.user_colleague).start = "2026-04-02 08:00:00"
        self.assertEqual(self.training.date_start, datetime(2026, 3, 12, 9))

    def test_training_that_is_over_stays(self):
        self.training._write_moved({"state": "done"})
        with self.assertRefused("A training that is over cannot be changed."):
            self.entry.with_user(self.user_officer).start = "2026-04-02 08:00:00"

    def test_what_an_entry_says_is_the_documents(self):
        _meeting, convened = self._convene()
        partner = self.user_manager.partner_id
        for event, user in (
            (self.entry, self.user_colleague),
            (self.entry, self.user_manager),
            (self.talk, self.user_director),
            (convened, self.user_chair),
        ):
            event = event.with_user(user)
            for vals in (
                {"name": "Cancelled"},
                {"description": "Do not come"},
                {"privacy": "public"},
                {"user_id": user.id},
                {"partner_ids": [Command.link(partner.id)]},
                {"partner_ids": [Command.clear()]},
                {"attendee_ids": [Command.create({"partner_id": partner.id})]},
            ):
                with self.subTest(user=user.login, vals=vals):
                    with self.assertRefused("change its name, its people and what it says there"):
                        event.write(vals)
            rows = self.env["calendar.attendee"].with_user(user)
            with self.assertRefused("change its name, its people"):
                rows.create({"event_id": event.id, "partner_id": partner.id})
            mine = event.attendee_ids[:1]
            with self.assertRefused("change its name, its people"):
                mine.unlink()
            with self.assertRefused("change its name, its people"):
                mine.partner_id = partner

    def test_other_entries_are_left_alone(self):
        other = (
            self.env["calendar.event"]
            .with_user(self.user_colleague)
            .create(
                {
                    "name": "Lunch",
                    "start": "2026-03-12 12:00:00",
                    "stop": "2026-03-12 13:00:00",
                }
            )
        )
        (other | self.entry).with_user(self.user_officer).write({"location": "Hall"})
        self.assertEqual(other.location, "Hall")
        other.unlink()

    # -- meetings ----------------------------------------------------------------------

    def _convene(self):
        meeting = self.env["hr.backbone.meeting"].with_user(self.user_officer)
        meeting = meeting.create(
            {
                "program_id": self.program.id,
                "date": "2026-03-20 09:00:00",
                "duration": 2,
                "attendee_ids": [Command.set((self.user_chair | self.user_member).ids)],
            }
        )
        self.env["mail.mail"].search([]).unlink()
        return meeting, meeting.sudo().event_id.sudo(False)

    def test_meeting_follows_hr(self):
        meeting, event = self._convene()
        event = event.with_user(self.user_officer)
        event.write({"start": "2026-03-21 13:00:00", "stop": "2026-03-21 16:30:00"})
        self.assertEqual((meeting.date, meeting.duration), (datetime(2026, 3, 21, 13), 3.5))
        event.location = "Board room"
        self.assertEqual(meeting.location, "Board room")
        # the calendar invited them, and tells them once of the new time
        mails = self.env["mail.mail"].search([("model", "=", "calendar.event")])
        self.assertEqual(
            sorted(mails.recipient_ids.ids),
            sorted((self.user_chair | self.user_member).partner_id.ids),
        )
        self.assertEqual(len(mails), 2)

    def test_meeting_that_is_renamed_tells_nobody_of_a_new_time(self):
        meeting, event = self._convene()
        meeting.name = "Selection in spring"
        self.assertEqual(event.sudo().name, "Selection in spring")
        self.assertFalse(self.env["mail.mail"].search([]))

    def test_meeting_is_not_moved_by_others_or_in_session(self):
        meeting, event = self._convene()
        with self.assertRefused("Only HR can change the meeting."):
            event.with_user(self.user_chair).start = "2026-03-21 13:00:00"
        event = event.with_user(self.user_officer)
        with self.assertRefused("A meeting begins and ends at an hour of the day."):
            event.write({"allday": True, "start_date": "2026-03-21", "stop_date": "2026-03-21"})
        meeting._write_moved({"state": "open"})
        with self.assertRefused("A meeting in session is not moved in the calendar."):
            event.start = "2026-03-21 13:00:00"
        with self.assertRefused("cancel it there, with a reason"):
            event.unlink()
        self.assertEqual(meeting.date, datetime(2026, 3, 20, 9))
        meeting._write_moved({"state": "closed"})
        with self.assertRefused("A meeting that is over cannot be changed."):
            event.start = "2026-03-21 13:00:00"

    def test_meeting_that_is_cancelled_leaves_the_calendar(self):
        meeting, event = self._convene()
        meeting.action_cancel("The chair is ill")
        self.assertFalse(event.exists())
        mails = self.env["mail.mail"].search([("model", "=", meeting._name)])
        self.assertEqual(mails.recipient_ids, (self.user_chair | self.user_member).partner_id)
        self.assertIn("The chair is ill", mails[0].body_html)
        meeting, event = self._convene()
        meeting.unlink()
        self.assertFalse(event.exists())

    # -- answers -----------------------------------------------------------------------

    def test_answer_in_the_calendar_counts(self):
        entry = self.entry.with_user(self.user_colleague)
        entry.change_attendee_status("accepted", "self_only")
        row = self._row(self.training, self.colleague_member)
        self.assertEqual(row.state, "confirmed")
        entry.change_attendee_status("tentative", "self_only")
        self.assertEqual(row.state, "confirmed")
        entry.change_attendee_status("declined", "self_only")
        self.assertEqual(row.state, "declined")
        self.assertTrue(row.date_answered)
        self.assertNotIn(self.user_colleague.partner_id, self.entry.partner_ids)
        self.assertEqual(self._row(self.training, self.worker_member).state, "invited")

    def test_answer_in_the_calendar_when_no_seat_is_free(self):
        self.training.seats = 1
        self._row(self.training, self.worker_member).action_confirm()
        self.entry.with_user(self.user_colleague).change_attendee_status("accepted", "self_only")
        self.assertEqual(self._row(self.training, self.colleague_member).state, "waiting")

    def test_nobody_answers_for_another_in_the_calendar(self):
        attendee = self.entry.attendee_ids.filtered(
            lambda row: row.partner_id == self.user_colleague.partner_id
        )
        attendee.with_user(self.user_officer).do_decline()
        self.assertEqual(self._row(self.training, self.colleague_member).state, "invited")
