# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date, datetime

import pytz
import vobject
from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common_training import BackboneTrainingCommon


@tagged("post_install", "-at_install")
class TestTraining(BackboneTrainingCommon):
    """What HR plans: dates, announcement, cancellation, and what each refuses."""

    def test_what_comes_next_is_first(self):
        """As the columns of the board: the soonest that is to come, the latest that is over."""
        one, two, three = (
            self._new_training(plan=False, date_start=f"2026-0{month}-12 09:00:00", date_end=False)
            for month in (5, 4, 6)
        )
        trainings = self.env["hr.backbone.training"].with_user(self.user_officer)
        domain = [("id", "in", (one | two | three).ids)]
        self.assertEqual(trainings.search(domain, order="date_nearest"), two + one + three)
        (one | two | three)._write_moved({"state": "done"})
        self.assertEqual(trainings.search(domain, order="date_nearest"), three + one + two)

    # -- dates and numbers -----------------------------------------------------------------

    def test_dates_hours_and_quarter_follow_from_each_other(self):
        training = self._new_training(plan=False, date_end=False)
        self.assertEqual(training.date_end, datetime(2026, 3, 12, 11))
        self.assertEqual(training.hours, 2)
        self.assertEqual((training.day_start, training.day_end), (date(2026, 3, 12),) * 2)
        self.assertEqual(training.quarter, "2026-Q1")
        training.hours = 6
        training.date_start = "2026-04-01 09:00:00"
        self.assertEqual(training.date_end, datetime(2026, 4, 1, 11), "it keeps its length")
        self.assertEqual(training.hours, 6)
        self.assertEqual(training.quarter, "2026-Q2")

    def test_quarter_is_the_companys(self):
        """The evening of 31 March in UTC is the second quarter in Auckland, and the first one
        in New York until the morning after."""
        for tz, moment, quarter, day in (
            ("Pacific/Auckland", "2026-03-31 12:00:00", "2026-Q2", date(2026, 4, 1)),
            ("UTC", "2026-03-31 12:00:00", "2026-Q1", date(2026, 3, 31)),
            ("America/New_York", "2026-04-01 02:00:00", "2026-Q1", date(2026, 3, 31)),
            ("America/New_York", "2027-01-01 04:59:00", "2026-Q4", date(2026, 12, 31)),
        ):
            self.company.resource_calendar_id.tz = tz
            training = self._new_training(plan=False, date_start=moment, date_end=False)
            with self.subTest(tz=tz, moment=moment):
                self.assertEqual((training.quarter, training.day_start), (quarter, day))

    def test_whole_days_are_counted_where_the_company_is(self):
        self.company.resource_calendar_id.tz = "America/New_York"
        training = self._new_training(
            plan=False,
            date_start=False,
            date_end=False,
            all_day=True,
            day_start="2028-02-28",
            day_end="2028-02-29",
        )
        self.assertEqual(training.date_start, datetime(2028, 2, 28, 5))
        self.assertEqual(training.date_end, datetime(2028, 3, 1, 5))
        self.assertEqual(
            (training.day_start, training.day_end), (date(2028, 2, 28), date(2028, 2, 29))
        )
        self.assertEqual(training.quarter, "2028-Q1")
        training.day_end = "2028-03-01"
        self.assertEqual(training.date_end, datetime(2028, 3, 2, 5))
        self.assertEqual(training.day_start, date(2028, 2, 28))
        training.action_plan()
        event = training.sudo().event_id
        self.assertTrue(event.allday)
        self.assertEqual((event.start_date, event.stop_date), (date(2028, 2, 28), date(2028, 3, 1)))
        self.assertIn(
            "DTSTART;VALUE=DATE:20280228\r\nDTEND;VALUE=DATE:20280302", training._get_ics().decode()
        )

    def test_calendar_file(self):
        """A calendar knows a session again that has changed, and learns of nobody."""
        training = self._new_training(self.worker_member, name="Speaking; to many, \\ at once")
        event = training.sudo().event_id
        event.description = "<p>A note of HR</p>"
        self.assertTrue(event.attendee_ids)
        entry = vobject.readOne(training._get_ics().decode()).vevent
        self.assertEqual(entry.summary.value, "Speaking; to many, \\ at once")
        self.assertEqual(entry.location.value, "Room 3")
        self.assertEqual(entry.dtstart.value, pytz.utc.localize(training.date_start))
        self.assertEqual(entry.dtend.value, pytz.utc.localize(training.date_end))
        self.assertTrue(entry.url.value.endswith(training.access_url))
        self.assertFalse({"attendee", "organizer", "description"} & set(entry.contents))
        training.place = False
        again = vobject.readOne(training._get_ics().decode()).vevent
        self.assertEqual(again.uid.value, entry.uid.value)
        self.assertGreaterEqual(int(again.sequence.value), int(entry.sequence.value))
        self.assertNotIn("location", again.contents)

    def test_end_before_the_start_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._new_training(plan=False, date_end="2026-03-12 08:00:00")
            self.env.flush_all()

    def test_form(self):
        form = Form(self.env["hr.backbone.training"].with_user(self.user_officer))
        form.name = "Welding"
        form.subject = "skill"
        form.date_start = "2026-05-04 08:00:00"
        form.trainer_id = self.trainer
        with form.participant_ids.new() as row:
            row.member_id = self.worker_member
        training = form.save()
        self.assertEqual(training.quarter, "2026-Q2")
        self.assertEqual(training.program_id, self.program)
        self.assertEqual(training.participant_ids.member_id, self.worker_member)
        training.action_plan()
        self.assertEqual(training.state, "planned")

    # -- announcing ------------------------------------------------------------------------

    def test_announcing_invites(self):
        training = self._new_training(self.worker_member | self.colleague_member, plan=False)
        self.assertFalse(self._mails())
        worker = self._row(training, self.worker_member)
        with self.assertRaises(AccessError):
            worker.read(["state"])
        training.action_plan()
        self.assertEqual(training.date_planned, date(2026, 3, 2))
        self.assertEqual(worker.state, "invited")
        self.assertEqual(worker.decision_ids.mapped("move_label"), ["Invited"])
        mails = self._mails("Invitation", "Leading a Team")
        self.assertEqual(mails.recipient_ids, (self.user_worker | self.user_colleague).partner_id)
        self.assertEqual(mails[0].attachment_ids.mapped("name"), ["training.ics"])
        self.assertIn("9:00", mails[0].body_html)
        self.assertIn(b"SUMMARY:Leading a Team", mails[0].attachment_ids.raw)
        self.assertTrue(training.activity_ids.filtered(lambda a: a.user_id == self.user_officer))

    def test_invitation_of_a_session_that_is_over_writes_to_nobody(self):
        """HR enters afterwards what was held."""
        training = self._new_training(
            self.worker_member, date_start="2026-02-12 09:00:00", date_end="2026-02-12 12:00:00"
        )
        self.assertFalse(self._mails())
        training.participant_ids.action_attend()
        training.action_done()
        self.assertEqual(self._states(training), ["attended"])

    def test_announcing_needs_somebody_who_holds_it(self):
        training = self._new_training(plan=False, trainer_id=False, kind="external")
        self.assertFalse(training.can_plan)
        with self.assertRefused("Say who holds “Leading a Team”: a trainer or a provider."):
            training.action_plan()
        training.provider = "Academy"
        training.action_plan()
        with self.assertRefused("is at “Announced”"):
            training.action_plan()

    def test_steps_are_hrs(self):
        training = self._new_training(self.worker_member)
        for user in (self.user_worker, self.user_trainer, self.user_manager):
            for step in ("plan", "done", "cancel"):
                with self.subTest(user=user.login, step=step), self.assertRaises(UserError):
                    getattr(training.with_user(user), f"action_{step}")()
            with self.assertRaises(UserError):
                training.with_user(user).action_invite_echelons()
            with self.assertRaises(UserError):
                training.with_user(user).name = "Mine"
            with self.assertRaises(AccessError):
                training.with_user(user).read(["cost"])

    # -- whom it invites -------------------------------------------------------------------

    def test_echelons_in_one_step_and_again(self):
        training = self._new_training(echelon_ids=self.echelon_3.ids)
        training.action_invite_echelons()
        self.assertEqual(
            training.participant_ids.member_id, self.worker_member | self.colleague_member
        )
        training.action_invite_echelons()
        self.assertEqual(len(training.participant_ids), 2)
        self._row(training, self.worker_member).action_decline()
        late = self._new_pool(1)
        training.action_invite_echelons()
        self.assertEqual(len(training.participant_ids), 3)
        self.assertEqual(self._row(training, late, self.user_officer).state, "invited")
        self.assertEqual(self._row(training, self.worker_member).state, "declined")
        self.assertEqual(len(self._mails("Invitation")), 3)

    def test_suspended_and_exited_are_not_invited(self):
        self.worker_member.with_user(self.user_officer).action_suspend("Leave")
        self.colleague_member.with_user(self.user_officer).action_exit("Moved")
        training = self._new_training(echelon_ids=(self.echelon_3 | self.echelon_2).ids)
        training.action_invite_echelons()
        self.assertEqual(training.participant_ids.member_id, self.leader_member)
        with self.assertRefused("Worker is not in the talent pool now."):
            training.participant_ids = [(0, 0, {"member_id": self.worker_member.id})]

    def test_inviting_needs_an_echelon_and_an_open_training(self):
        training = self._new_training()
        with self.assertRefused("Choose the echelons"):
            training.action_invite_echelons()
        training.echelon_ids = self.echelon_3
        training.action_cancel("No room")
        with self.assertRefused("A training that is over cannot be changed."):
            training.action_invite_echelons()
        with self.assertRefused("A training that is over cannot be changed."):
            self.env["hr.backbone.training.participant"].with_user(self.user_officer).create(
                {"training_id": training.id, "member_id": self.worker_member.id}
            )

    def test_nobody_stands_twice_on_a_list(self):
        training = self._new_training(self.worker_member)
        with self.assertRefused("Worker", "A member can be listed only once per training"):
            training.participant_ids = [(0, 0, {"member_id": self.worker_member.id})]

    def test_another_companys_member_is_refused(self):
        self._create_abroad()
        foreign = self.env(context={"allowed_company_ids": self.company_abroad.ids})[
            "hr.backbone.member"
        ]._create_moved([{"employee_id": self.abroad.id, "echelon_id": self.echelon_3.id}])
        training = self._new_training(plan=False)
        with self.assertRefused("belongs to another company"):
            self.env["hr.backbone.training.participant"].create(
                {"training_id": training.id, "member_id": foreign.id}
            )

    # -- changes ---------------------------------------------------------------------------

    def test_new_date_is_told_and_in_the_calendar(self):
        training = self._new_training(self.worker_member | self.colleague_member)
        self._row(training, self.colleague_member).action_decline()
        training.write({"date_start": "2026-03-19 09:00:00", "place": "Room 4"})
        event = training.sudo().event_id
        self.assertEqual(event.start, datetime(2026, 3, 19, 9))
        self.assertEqual(event.stop, datetime(2026, 3, 19, 16))
        self.assertEqual(event.location, "Room 4")
        mails = self._mails("Changed")
        self.assertEqual(mails.recipient_ids, self.user_worker.partner_id)
        training.description = "<p>Bring a pen</p>"
        self.assertEqual(len(self._mails("Changed")), 1)

    def test_calendar_shows_it_without_a_mail_of_its_own(self):
        training = self._new_training(self.worker_member | self.colleague_member)
        event = training.sudo().event_id
        self.assertEqual(
            event.partner_ids,
            (self.user_worker | self.user_colleague | self.user_trainer).partner_id,
        )
        self.assertEqual(event.user_id, self.user_officer)
        self._row(training, self.worker_member).action_confirm()
        self._row(training, self.colleague_member).action_decline()
        self.assertNotIn(self.user_colleague.partner_id, event.partner_ids)
        states = {row.partner_id: row.state for row in event.attendee_ids}
        self.assertEqual(states[self.user_worker.partner_id], "accepted")
        self.assertFalse(
            self.env["mail.mail"].search([("model", "in", ("calendar.event", "calendar.attendee"))])
        )
        event.unlink()
        training.place = "Room 5"
        self.assertEqual(training.sudo().event_id.location, "Room 5")

    def test_cancelled(self):
        training = self._new_training(self.worker_member | self.colleague_member)
        self._row(training, self.colleague_member).action_decline()
        event = training.sudo().event_id
        with self.assertRefused("Please write a comment"):
            training.action_cancel(" ")
        training.action_cancel("The trainer is ill")
        self.assertFalse(event.exists())
        self.assertEqual(self._states(training), ["cancelled", "declined"])
        mail = self._mails("Cancelled")
        self.assertEqual(mail.recipient_ids, self.user_worker.partner_id)
        self.assertIn("The trainer is ill", mail.body_html)
        with self.assertRefused("A training that is over cannot be changed."):
            training.name = "Other"
        with self.assertRefused("is at “Cancelled”"):
            training.action_done()

    def test_draft_is_cancelled_silently(self):
        training = self._new_training(self.worker_member, plan=False)
        training.action_cancel("Not this year")
        self.assertEqual(self._states(training), ["cancelled"])
        self.assertFalse(self._mails())

    def test_once_somebody_attended_it_is_not_cancelled(self):
        training = self._new_training(self.worker_member)
        with freeze_time("2026-03-12 09:30:00"):
            self._row(training, self.worker_member, self.user_trainer).action_attend()
            with self.assertRefused("Somebody has attended already"):
                training.action_cancel("Too few")

    def test_what_is_settled_and_what_is_history(self):
        training = self._new_training(self.worker_member)
        with self.assertRefused("settled once there are participants"):
            training.kind = "external"
        with self.assertRefused("is history"):
            training.unlink()
        with self.assertRefused("stays on the list"):
            training.participant_ids.unlink()
        with freeze_time("2026-03-13 09:00:00"):
            training.action_done()
            training.cost = 250
            with self.assertRefused("A training that is over cannot be changed."):
                training.date_start = "2026-03-14 09:00:00"
        draft = self._new_training(plan=False)
        draft.unlink()
        self.assertFalse(draft.exists())

    # -- the development plan ---------------------------------------------------------------

    def _new_line(self, member, method, quantity=1):
        plan = self.env["hr.backbone.plan"]._create_moved(
            [{"employee_id": member.employee_id.id, "state": "active"}]
        )
        return self.env["hr.backbone.plan.line"].create(
            {"plan_id": plan.id, "action": "Learn", "method": method, "quantity": quantity}
        )

    def test_moves_the_action_of_the_plan(self):
        line = self._new_line(self.worker_member, "internal", 2)
        training = self._new_training(self.worker_member)
        row = self._row(training, self.worker_member)
        row.plan_line_id = line
        self.assertEqual((line.progress, line.document_count), (0, 1))
        row.action_confirm()
        with freeze_time("2026-03-12 10:00:00"):
            row.with_user(self.user_trainer).action_attend()
            self.assertEqual(line.progress, 50)
            row.with_user(self.user_trainer).action_unattend()
            self.assertEqual(line.progress, 0)

    def test_action_is_of_the_same_kind(self):
        external = self._new_line(self.worker_member, "external")
        other = self._new_line(self.colleague_member, "internal")
        training = self._new_training(self.worker_member)
        row = self._row(training, self.worker_member)
        with self.assertRefused("another way of training", error=ValidationError):
            row.plan_line_id = external
        with self.assertRefused("another person's plan", error=ValidationError):
            row.sudo().plan_line_id = other

    def test_time_line(self):
        training = self._new_training(self.worker_member | self.colleague_member, hours=6)
        row = self._row(training, self.worker_member)
        self.env.flush_all()
        self.cr.execute(self.env["hr.backbone.training.participant"]._select_timeline())
        self.assertIn(
            (
                row.id,
                self.worker_member.id,
                date(2026, 3, 12),
                date(2026, 3, 12),
                "Leading a Team",
                "invited",
                False,
                6.0,
                None,
            ),
            self.cr.fetchall(),
        )

    def test_card_shows_what_comes_next(self):
        self._new_training(self.worker_member, plan=False, name="Later")
        training = self._new_training(self.worker_member | self.colleague_member)
        member = self.worker_member.with_user(self.user_officer)
        row = self._row(training, self.worker_member)
        self.env.flush_all()
        self.assertEqual(member.now_ids.mapped("name"), ["Leading a Team"])
        row.action_decline()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(member.now_ids)
        other = self.colleague_member.with_user(self.user_officer)
        self.assertTrue(other.now_ids)
        with freeze_time("2026-03-13 09:00:00"):
            self.env.invalidate_all()
            self.assertFalse(other.now_ids)
