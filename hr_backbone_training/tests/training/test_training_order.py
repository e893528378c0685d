# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, tagged

from ..common_training import BackboneTrainingCommon

BEFORE, DURING, AFTER = "2026-03-05 09:00:00", "2026-03-12 10:00:00", "2026-03-13 09:00:00"


@tagged("post_install", "-at_install")
class TestTrainingOrder(BackboneTrainingCommon):
    """What happens to a training in another order than the usual one."""

    def _suspend(self, member, day):
        with freeze_time(f"{day} 09:00:00"):
            member.with_user(self.user_officer).action_suspend("Parental leave")

    def _resume(self, member, day):
        with freeze_time(f"{day} 09:00:00"):
            member.with_user(self.user_officer).action_resume("Back")

    # -- invited when it is over -----------------------------------------------------------

    def test_echelons_are_not_invited_to_what_is_over(self):
        training = self._new_training(self.leader_member, echelon_ids=[(4, self.echelon_3.id)])
        with freeze_time(AFTER):
            with self.assertRefused("so nobody can be invited any more"):
                training.action_invite_echelons()
            training.action_done()
        self.assertEqual(self._states(training), ["absent"])

    def test_nobody_is_absent_who_was_invited_afterwards(self):
        """By hand, by an announcement or once more: who hears of it afterwards was not absent."""
        training = self._new_training(self.leader_member | self.colleague_member)
        late = self._new_training(self.leader_member, plan=False, name="Announced late")
        row = self._row(training, self.colleague_member, self.user_officer)
        row.action_cancel()
        with freeze_time(AFTER):
            with self.assertRefused("“Leading a Team” is over."):
                row.action_invite()
            training.participant_ids.create(
                {"training_id": training.id, "member_id": self.worker_member.id}
            )
            late.action_plan()
            (training | late).action_done()
        self.assertEqual(self._states(training), ["absent", "cancelled", "cancelled"])
        self.assertEqual(self._states(late), ["cancelled"])

    def test_who_was_there_is_added_afterwards(self):
        training = self._new_training(self.leader_member)
        with freeze_time(AFTER):
            row = training.participant_ids.create(
                {"training_id": training.id, "member_id": self.worker_member.id}
            )
            row.action_attend()
            training.action_done()
        self.assertEqual(self._states(training), ["absent", "attended"])

    # -- suspended -------------------------------------------------------------------------

    def test_suspended_on_the_day_is_not_absent(self):
        """Whatever day it is closed on, and though they have come back since."""
        training = self._new_training(
            self.worker_member | self.colleague_member | self.leader_member,
            date_end="2026-03-14 16:00:00",
        )
        self._row(training, self.worker_member).action_confirm()
        self._suspend(self.worker_member, "2026-03-10")
        self._suspend(self.colleague_member, "2026-03-10")
        self._resume(self.colleague_member, "2026-03-12")
        self._suspend(self.leader_member, "2026-03-15")
        self._resume(self.worker_member, "2026-03-20")
        with freeze_time("2026-03-21 09:00:00"):
            training.action_done()
        self.assertEqual(self._states(training), ["cancelled", "absent", "absent"])

    def test_exited_before_the_day_is_not_absent(self):
        """The exit was entered afterwards, with its real date."""
        training = self._new_training(self.worker_member)
        with freeze_time(AFTER):
            self.worker_member.with_user(self.user_officer).action_exit("Moved", "2026-03-06")
            training.action_done()
        self.assertEqual(self._states(training), ["cancelled"])

    def test_suspended_is_invited_on_return(self):
        training = self._new_training(self.worker_member | self.leader_member, plan=False)
        self._suspend(self.worker_member, "2026-03-03")
        training.action_plan()
        self.assertEqual(self._mails("Invitation").recipient_ids, self.user_leader.partner_id)
        event = training.sudo().event_id
        self.assertNotIn(self.user_worker.partner_id, event.partner_ids)
        rows = self.env["hr.backbone.training.participant"].with_user(self.user_worker)
        self.assertFalse(rows.search(rows._get_unanswered_domain()))
        training.place = "Room 4"
        self.assertEqual(self._mails("Changed").recipient_ids, self.user_leader.partner_id)
        self._resume(self.worker_member, "2026-03-09")
        both = self.user_leader.partner_id | self.user_worker.partner_id
        self.assertEqual(self._mails("Invitation").recipient_ids, both)
        self.assertIn(self.user_worker.partner_id, event.partner_ids)
        self.assertEqual(rows.search(rows._get_unanswered_domain()).training_id, training)
        # once is enough
        self._suspend(self.worker_member, "2026-03-10")
        self.assertNotIn(self.user_worker.partner_id, event.partner_ids)
        self._resume(self.worker_member, "2026-03-11")
        self.assertEqual(len(self._mails("Invitation")), 2)

    def test_suspended_takes_no_seat_before_an_active_one(self):
        training = self._new_training(
            self.worker_member | self.colleague_member | self.leader_member, seats=1
        )
        for index, member in enumerate(
            (self.leader_member, self.worker_member, self.colleague_member)
        ):
            with freeze_time(f"2026-03-03 0{index}:00:00"):
                self._row(training, member).action_confirm()
        self._suspend(self.worker_member, "2026-03-04")
        self._row(training, self.leader_member).action_decline()
        self.assertEqual(self._states(training), ["waiting", "confirmed", "declined"])
        training.seats = 2
        self.assertEqual(self._states(training)[0], "waiting")
        self._resume(self.worker_member, "2026-03-06")
        self.assertEqual(self._states(training), ["confirmed", "confirmed", "declined"])
        self._suspend(self.worker_member, "2026-03-07")
        training.seats = 0
        self.assertEqual(self._states(training)[:2], ["confirmed", "confirmed"])

    def test_suspended_does_not_move_up_when_seats_are_without_limit(self):
        training = self._new_training(self.worker_member | self.leader_member, seats=1)
        self._row(training, self.leader_member).action_confirm()
        self._row(training, self.worker_member).action_confirm()
        self._suspend(self.worker_member, "2026-03-04")
        training.seats = 0
        self.assertEqual(self._states(training), ["waiting", "confirmed"])

    # -- back means back -------------------------------------------------------------------

    def test_attendance_taken_back_is_as_before(self):
        training = self._new_training(
            self.worker_member | self.colleague_member | self.leader_member, seats=1
        )
        rows = [
            self._row(training, member, self.user_trainer)
            for member in (self.worker_member, self.colleague_member, self.leader_member)
        ]
        worker, colleague, leader = rows
        self._row(training, self.leader_member).action_confirm()
        self._row(training, self.worker_member).action_confirm()
        self._row(training, self.colleague_member).action_decline()
        before = self._states(training)
        self.assertEqual(before, ["waiting", "declined", "confirmed"])
        with freeze_time(DURING):
            for row in rows:
                row.action_attend()
            leader.action_unattend()
            leader.action_attend()
            (worker | colleague | leader).action_unattend()
        self.assertEqual(self._states(training), before)
        self.assertEqual(training.seats_taken, 1)
        last = worker.sudo().decision_ids[:1]
        self.assertEqual((last.move, last.to_state), ("unattend", "waiting"))
        with freeze_time(AFTER):
            training.action_done()
        self.assertEqual(self._states(training), ["cancelled", "declined", "absent"])

    def test_seat_that_was_taken_by_mistake_is_free_again(self):
        training = self._new_training(self.worker_member | self.leader_member, seats=1)
        worker = self._row(training, self.worker_member, self.user_trainer)
        with freeze_time("2026-03-12 08:00:00"):
            worker.action_attend()
            self._row(training, self.leader_member).action_confirm()
            self.assertEqual(self._states(training), ["attended", "waiting"])
            worker.action_unattend()
        self.assertEqual(self._states(training), ["invited", "confirmed"])

    def test_mistake_found_after_the_end(self):
        training = self._new_training(self.worker_member | self.colleague_member)
        self._row(training, self.worker_member).action_decline()
        with freeze_time(DURING):
            training.participant_ids.action_attend()
        with freeze_time(AFTER):
            training.action_done()
            training.participant_ids.action_miss()
        self.assertEqual(self._states(training), ["declined", "absent"])

    def test_rating_of_a_mark_that_was_taken_back_does_not_count(self):
        training = self._new_training(self.worker_member)
        row = self._row(training, self.worker_member)
        with freeze_time(DURING):
            row.with_user(self.user_trainer).action_attend()
            row.rating = 1
            training.invalidate_recordset()
            self.assertEqual(training.rating, 1)
            row.with_user(self.user_trainer).action_unattend()
        training.invalidate_recordset()
        self.assertEqual(training.rating, 0)

    # -- the trainer takes part ------------------------------------------------------------

    def test_trainer_who_takes_part_marks_the_others(self):
        training = self._new_training(
            self.worker_member | self.leader_member, trainer_id=self.leader.id
        )
        held = training.with_user(self.user_leader)
        ids = held.participant_ids.ids
        with freeze_time(DURING):
            held._mark_attendance(ids, ids)
            self.assertEqual(self._states(training), ["attended", "invited"])
            self._row(training, self.leader_member, self.user_officer).action_attend()
            held._mark_attendance(ids, [])
        self.assertEqual(self._states(training), ["invited", "attended"])

    def test_session_with_attendance_stays_on_its_day(self):
        training = self._new_training(self.worker_member)
        row = self._row(training, self.worker_member, self.user_trainer)
        with freeze_time(DURING):
            row.action_attend()
            for vals in (
                {"date_end": "2026-06-01 12:00:00"},
                {"date_start": "2027-03-12 09:00:00"},
                {"day_start": "2027-03-12"},
                {"all_day": True},
            ):
                with self.subTest(**vals), self.assertRefused("days are settled"):
                    training.write(vals)
            event = training.sudo().event_id.with_user(self.user_officer)
            with self.assertRefused("days are settled"):
                event.start = "2027-03-12 09:00:00"
            # it took longer
            training.date_end = "2026-03-12 18:00:00"
            row.action_unattend()
            training.date_start = "2026-03-13 09:00:00"
        self.assertEqual(training.day_start, date(2026, 3, 13))

    # -- hours ---------------------------------------------------------------------------------

    def test_hours_follow_the_dates_until_they_are_typed(self):
        training = self._new_training(plan=False, date_end=False)
        self.assertEqual(training.hours, 2)
        training.date_end = "2026-03-12 17:00:00"
        self.assertEqual(training.hours, 8)
        training.write({"date_start": "2026-03-12 08:00:00", "date_end": "2026-03-12 12:30:00"})
        self.assertEqual(training.hours, 4.5)
        training.hours = 4
        training.date_end = "2026-03-12 17:00:00"
        self.assertEqual(training.hours, 4, "the breaks do not count")
        training.hours = 0
        training.date_end = "2026-03-12 18:00:00"
        self.assertEqual(training.hours, 10)
        typed = self._new_training(plan=False, hours=6)
        typed.date_end = "2026-03-12 18:00:00"
        self.assertEqual(typed.hours, 6)

    def test_hours_of_whole_days(self):
        training = self._new_training(plan=False, date_end=False)
        training.write({"all_day": True, "day_end": "2026-03-14"})
        day = self.company.resource_calendar_id.hours_per_day
        self.assertEqual((training.hours, training.hours_by_dates), (3 * day, 3 * day))
        training.day_end = "2026-03-13"
        self.assertEqual(training.hours, 2 * day)
        training.hours = 6
        training.day_end = "2026-03-12"
        self.assertEqual(training.hours, 6, "they were typed")
        typed = self._new_training(plan=False, hours=5)
        typed.write({"all_day": True, "day_end": "2026-03-14"})
        self.assertEqual(typed.hours, 5)
        with Form(self._new_training(plan=False, date_end=False)) as form:
            form.all_day = True
            self.assertEqual(form.hours, day)
            form.day_end = "2026-03-14"
            self.assertEqual(form.hours, 3 * day)
        self.assertEqual((form.record.hours, str(form.record.day_end)), (3 * day, "2026-03-14"))

    def test_hours_follow_the_dates_in_the_form(self):
        model = self.env["hr.backbone.training"].with_user(self.user_officer)
        with Form(model) as form:
            form.name = "Leading a Team"
            form.date_start = "2026-03-12 09:00:00"
            self.assertEqual(form.hours, 2)
            form.date_end = "2026-03-12 17:00:00"
            self.assertEqual(form.hours, 8)
        training = form.record
        with Form(training) as form:
            form.date_end = "2026-03-12 16:00:00"
            self.assertEqual(form.hours, 7)
            form.hours = 6
            form.date_end = "2026-03-12 18:00:00"
            self.assertEqual(form.hours, 6)
        training.date_end = "2026-03-12 19:00:00"
        self.assertEqual(training.hours, 6)

    def test_update_tells_typed_hours_from_the_others(self):
        typed = self._new_training(plan=False, hours=6)
        dated, closed = self._new_training(plan=False), self._new_training(plan=False)
        closed._write_moved({"state": "done"})
        trainings = typed | dated | closed
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_backbone_training SET hours_by_dates = NULL WHERE id = ANY(%s)",
            (trainings.ids,),
        )
        self.env.invalidate_all()
        self._run_migration("19.0.1.1.0/pre-training_hours.py")
        (typed | dated).write({"date_end": "2026-03-12 18:00:00"})
        self.assertEqual(trainings.mapped("hours"), [6, 9, 7])
