# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common_training import BackboneTrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingParticipant(BackboneTrainingCommon):
    """Answers, seats and the waiting list; feedback and scores."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.training = cls._new_training(
            cls.worker_member | cls.colleague_member | cls.leader_member, seats=1
        )
        cls.row_worker, cls.row_colleague, cls.row_leader = (
            cls._row(cls.training, member)
            for member in (cls.worker_member, cls.colleague_member, cls.leader_member)
        )

    # -- seats -----------------------------------------------------------------------------

    def test_last_free_seat(self):
        """An invitation reserves nothing: who confirms first takes it, the next one waits."""
        self.assertEqual(self.training.seats_taken, 0)
        self.row_colleague.action_confirm()
        self.row_worker.action_confirm()
        self.assertEqual(self._states(self.training), ["waiting", "confirmed", "invited"])
        self.assertEqual((self.training.seats_taken, self.training.waiting_count), (1, 1))
        with self.assertRefused("No seat is free yet."):
            self.row_worker._move("confirm")
        with self.assertRaises(UserError):
            self.row_worker.action_confirm()

    def test_both_at_once_are_told_apart(self):
        rows = (self.row_worker | self.row_leader).with_user(self.user_officer)
        rows.action_confirm()
        self.assertEqual(sorted(rows.mapped("state")), ["confirmed", "waiting"])

    def test_seat_is_looked_up_after_the_list_is_locked(self):
        """Whoever waited for the other one sees the seat that the other one took."""
        self.assertEqual(self.training.seats_taken, 0)
        lock = type(self.training)._lock_seats

        def taken_meanwhile(trainings):
            self.env.cr.execute(
                "UPDATE hr_backbone_training_participant SET state = 'confirmed' WHERE id = %s",
                (self.row_leader.id,),
            )
            return lock(trainings)

        self.patch(type(self.training), "_lock_seats", taken_meanwhile)
        self.row_worker.action_confirm()
        self.assertEqual(self.row_worker.state, "waiting")

    def test_waiting_list_moves_up_in_order(self):
        self.row_colleague.action_confirm()
        with freeze_time("2026-03-02 10:00:00"):
            self.row_leader.action_confirm()
        with freeze_time("2026-03-02 11:00:00"):
            self.row_worker.action_confirm()
        event = self.training.sudo().event_id
        self.assertNotIn(self.user_leader.partner_id, event.partner_ids)
        with freeze_time("2026-03-02 12:00:00"):
            self.row_colleague.action_decline("A customer comes")
        self.assertEqual(self._states(self.training), ["waiting", "declined", "confirmed"])
        self.assertEqual(self._mails("You have a seat").recipient_ids, self.user_leader.partner_id)
        self.assertEqual(self.row_leader.decision_ids[:1].move, "advance")
        # which may be about health: HR alone reads it
        declined = self.row_colleague.decision_ids[:1]
        self.assertFalse(declined.comment)
        self.assertEqual(declined.with_user(self.user_officer).hr_reason, "A customer comes")
        self.assertIn(self.user_leader.partner_id, event.partner_ids)
        # who changes their mind is at the end
        self.row_colleague.action_confirm()
        self.assertEqual(self.row_colleague.state, "waiting")

    def test_more_seats_move_the_list_up(self):
        for row in (self.row_worker, self.row_colleague, self.row_leader):
            row.action_confirm()
        self.training.seats = 2
        self.assertEqual(self._states(self.training), ["confirmed", "confirmed", "waiting"])
        with self.assertRefused("2 seats are taken already"):
            self.training.seats = 1
        self.training.seats = 0
        self.assertEqual(self._states(self.training), ["confirmed"] * 3)

    def test_hr_cancels_a_participation_and_invites_again(self):
        self.row_worker.action_confirm()
        self.row_leader.action_confirm()
        officer = self.row_worker.with_user(self.user_officer)
        officer.action_cancel("Needed at the line")
        self.assertEqual(self._states(self.training), ["cancelled", "invited", "confirmed"])
        self.assertEqual(self._mails("Cancelled").recipient_ids, self.user_worker.partner_id)
        with self.assertRaises(UserError):
            self.row_worker.action_confirm()
        officer.action_invite()
        self.assertEqual(self.row_worker.state, "invited")
        self.assertFalse(self.row_worker.date_answered)

    # -- who answers -----------------------------------------------------------------------

    def test_nobody_answers_for_another(self):
        for user in (self.user_trainer, self.user_manager, self.user_leader):
            row = self.row_worker.with_user(user)
            for step in ("confirm", "decline", "cancel", "invite"):
                with self.subTest(user=user.login, step=step), self.assertRaises(UserError):
                    getattr(row, f"action_{step}")()
        with self.assertRaises(AccessError):
            self.row_worker.with_user(self.user_colleague).action_confirm()
        self.assertEqual(self.row_worker.state, "invited")

    def test_nothing_is_answered_before_the_announcement_nor_after_the_session(self):
        draft = self._new_training(self.worker_member, plan=False)
        row = self._row(draft, self.worker_member, self.user_officer)
        with self.assertRefused("has not been announced yet"):
            row.action_confirm()
        with freeze_time("2026-03-12 16:00:01"):
            with self.assertRefused("“Leading a Team” is over."):
                self.row_worker.action_confirm()
            with self.assertRefused("“Leading a Team” is over."):
                self.row_worker.action_decline()

    def test_suspended_member_keeps_the_row_and_cannot_confirm(self):
        self.worker_member.with_user(self.user_officer).action_suspend("Leave")
        with self.assertRefused("Worker is not in the talent pool now."):
            self.row_worker.action_confirm()
        self.row_worker.action_decline()

    def test_state_is_written_by_steps_alone(self):
        for user in (self.user_worker, self.user_officer):
            row = self.row_worker.with_user(user)
            for vals in (
                {"state": "attended"},
                {"attendance_date": "2026-03-12 09:00:00"},
                {"employee_id": self.colleague.id},
            ):
                with self.subTest(user=user.login, **vals), self.assertRaises(UserError):
                    row.write(vals)
            with self.assertRaises(UserError):
                row.member_id = self.leader_member
            with self.assertRaises(UserError):
                row.training_id = self._new_training(plan=False)

    def test_waiting_list_is_nobodys_to_jump(self):
        self.row_colleague.action_confirm()
        self.row_worker.action_confirm()
        for user in (self.user_worker, self.user_officer):
            with self.assertRefused("moves up automatically"):
                self.row_worker.with_user(user)._move("advance")

    # -- who leaves ------------------------------------------------------------------------

    def test_member_who_exits_gives_the_seat_back(self):
        self.row_worker.action_confirm()
        self.row_leader.action_confirm()
        past = self._new_training(
            self.worker_member, date_start="2026-03-01 09:00:00", date_end="2026-03-01 12:00:00"
        )
        past.participant_ids.action_attend()
        self.worker_member.with_user(self.user_officer).action_exit("Left")
        self.assertEqual(self._states(self.training), ["cancelled", "invited", "confirmed"])
        self.assertEqual(self._mails("You have a seat").recipient_ids, self.user_leader.partner_id)
        self.assertEqual(self._states(past), ["attended"])
        self.assertEqual(self.row_worker.sudo().decision_ids[:1].comment, "Left the talent pool.")
        with self.assertRefused("is not in the talent pool now"):
            self.row_worker.with_user(self.user_officer).action_invite()

    def test_employee_who_is_archived_leaves_by_the_daily_job(self):
        self.row_worker.action_confirm()
        self.worker.active = False
        self._run_cron("member")
        self.assertEqual(self.row_worker.sudo().state, "cancelled")

    # -- feedback and scores ---------------------------------------------------------------

    def test_feedback_and_score(self):
        with self.assertRefused("a training that one attended"):
            self.row_worker.rating = 4
        with freeze_time("2026-03-12 10:00:00"):
            self.row_worker.with_user(self.user_trainer).action_attend()
            self.row_leader.with_user(self.user_officer).action_attend()
        self.row_worker.write({"rating": 4, "feedback": "More practice"})
        self.row_leader.write({"rating": 5})
        self.row_worker.with_user(self.user_trainer).score = 87.5
        self.training.invalidate_recordset()
        self.assertEqual(self.training.rating, 4.5)
        for user, vals in (
            (self.user_worker, {"score": 100}),
            (self.user_trainer, {"rating": 5}),
            (self.user_officer, {"feedback": "Great"}),
            (self.user_leader, {"score": 1}),
        ):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.row_worker.with_user(user).write(vals)
        for rating in (-1, 6):
            with self.assertRefused("between 1 and 5", error=ValidationError):
                self.row_worker.rating = rating
