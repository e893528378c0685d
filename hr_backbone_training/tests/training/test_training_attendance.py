# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common_training import BackboneTrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingAttendance(BackboneTrainingCommon):
    """Who was there: by the trainer, by the code in the room; and what comes of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.training = cls._new_training(
            cls.worker_member | cls.colleague_member | cls.leader_member, hours=6
        )
        cls.row_worker, cls.row_colleague, cls.row_leader = (
            cls._row(cls.training, member)
            for member in (cls.worker_member, cls.colleague_member, cls.leader_member)
        )
        cls.held = cls.training.with_user(cls.user_trainer)

    def _code(self, training=None):
        url = (training or self.held)._get_checkin_url()
        return parse_qs(urlsplit(url).query)["code"][0]

    # -- the trainer -----------------------------------------------------------------------

    def test_trainer_marks_on_the_day_and_after_it(self):
        ids = self.held.participant_ids.ids
        with freeze_time("2026-03-11 23:59:00"), self.assertRefused("taken on the day, 2026-03-12"):
            self.held._mark_attendance(ids, ids)
        with freeze_time("2026-03-12 00:00:00"):
            self.held._mark_attendance(ids, [self.row_worker.id, self.row_leader.id])
        self.assertEqual(self._states(self.training), ["attended", "invited", "attended"])
        self.assertEqual(self.row_worker.attendance_date, datetime(2026, 3, 12))
        with freeze_time("2026-03-13 08:00:00"):
            self.held._mark_attendance(ids, [self.row_worker.id])
        self.assertEqual(self._states(self.training), ["attended", "invited", "invited"])
        self.assertFalse(self.row_leader.attendance_date)

    def test_day_begins_where_the_company_is(self):
        """12 March begins in Auckland at 11 o'clock of the day before."""
        self.company.resource_calendar_id.tz = "Pacific/Auckland"
        training = self._new_training(
            self.worker_member, date_start="2026-03-11 20:00:00", date_end="2026-03-11 23:00:00"
        )
        self.assertEqual(training.day_start, date(2026, 3, 12))
        row = self._row(training, self.worker_member, self.user_trainer)
        with freeze_time("2026-03-11 10:59:00"), self.assertRefused("on the day, 2026-03-12"):
            row.action_attend()
        with freeze_time("2026-03-11 11:00:00"):
            row.action_attend()
        self.assertEqual(row.state, "attended")

    def test_page_touches_only_whom_it_lists(self):
        other = self._new_training(self.worker_member, name="Other")
        with freeze_time("2026-03-12 10:00:00"):
            self.row_leader.with_user(self.user_officer).action_attend()
            self.held._mark_attendance([self.row_worker.id], [self.row_worker.id])
            self.held._mark_attendance(other.participant_ids.ids, other.participant_ids.ids)
        self.assertEqual(self._states(self.training), ["attended", "invited", "attended"])
        self.assertEqual(self._states(other), ["invited"])

    def test_only_trainer_and_hr_mark(self):
        with freeze_time("2026-03-12 10:00:00"):
            for user in (self.user_worker, self.user_manager, self.user_colleague):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    self.training.with_user(user)._mark_attendance(
                        self.row_worker.ids, self.row_worker.ids
                    )
                with self.assertRaises(UserError):
                    self.row_worker.with_user(user).action_attend()
            self.row_worker.with_user(self.user_officer).action_attend()

    def test_trainer_does_not_correct_after_the_end(self):
        with freeze_time("2026-03-12 17:00:00"):
            self.training.action_done()
            with self.assertRefused("is closed"):
                self.row_worker.with_user(self.user_trainer).action_attend()
            with self.assertRefused("is closed"):
                self.held._mark_attendance([self.row_worker.id], [self.row_worker.id])

    # -- the code in the room --------------------------------------------------------------

    def test_check_in(self):
        with freeze_time("2026-03-12 09:05:00"):
            code = self._code()
            self.training.with_user(self.user_worker)._check_in(code)
        with freeze_time("2026-03-12 09:08:00"):
            self.training.with_user(self.user_worker)._check_in(code)
        self.assertEqual(self.row_worker.state, "attended")
        self.assertEqual(self.row_worker.attendance_date, datetime(2026, 3, 12, 9, 5))
        moves = self.row_worker.sudo().decision_ids.sorted("id")
        self.assertEqual(moves.mapped("move"), ["invite", "attend"], "twice changes nothing")
        self.assertEqual(moves[-1].user_id, self.user_worker)

    def test_code_that_is_old_forged_or_anothers(self):
        other = self._new_training(self.worker_member, name="Other")
        worker = self.training.with_user(self.user_worker)
        with freeze_time("2026-03-12 09:00:00"):
            code, foreign = self._code(), self._code(other)
        with freeze_time("2026-03-12 09:14:00"):
            self.assertFalse(worker._get_checkin_refusal(code))
        with freeze_time("2026-03-12 09:15:01"):
            slot = worker._get_checkin_slot()
            forged = (
                code,
                foreign,
                f"{slot}-{code.split('-')[1]}",
                f"{slot}",
                "",
                None,
                "x" * 5000,
                "١٢-ü",
                "0",
            )
            for wrong in forged:
                with self.subTest(code=wrong), self.assertRefused("not valid any more"):
                    worker._check_in(wrong)
        self.assertEqual(self.row_worker.state, "invited")

    def test_code_works_on_the_day_only(self):
        worker = self.training.with_user(self.user_worker)
        for moment, sentence in (
            ("2026-03-11 23:00:00", "on the day, 2026-03-12"),
            ("2026-03-13 00:01:00", "The day of the session is over"),
        ):
            with freeze_time(moment), self.assertRefused(sentence):
                worker._check_in(self._code())

    def test_without_a_seat_nobody_checks_in(self):
        self.row_worker.action_decline()
        with freeze_time("2026-03-12 09:05:00"):
            for user in (self.user_worker, self.user_trainer):
                with self.subTest(user=user.login), self.assertRefused("You have no seat"):
                    self.training.with_user(user)._check_in(self._code())

    # -- closing ---------------------------------------------------------------------------

    def test_closing_makes_absent_and_writes_the_resume(self):
        self.training.seats = 2
        self.row_colleague.action_confirm()
        waiting = self._new_training(self.worker_member, name="Full", seats=1)
        self.assertTrue(waiting)
        with self.assertRefused("“Leading a Team” is on 2026-03-12"):
            self.training.action_done()
        with freeze_time("2026-03-12 15:00:00"):
            self.row_worker.with_user(self.user_trainer).action_attend()
            self.row_worker.with_user(self.user_trainer).score = 90
        with freeze_time("2026-03-12 17:00:00"):
            self.training.action_done()
        # the leader had not answered, and no seat was left to take
        self.assertEqual(self._states(self.training), ["attended", "absent", "cancelled"])
        self.assertEqual(self.training.date_done, date(2026, 3, 12))
        line = self.row_worker.sudo().resume_line_id
        self.assertEqual(line.employee_id, self.worker)
        self.assertEqual(
            (line.name, line.date_start, line.date_end),
            ("Leading a Team",) + (date(2026, 3, 12),) * 2,
        )
        self.assertEqual(line.line_type_id, self.env.ref("hr_skills.resume_type_training"))
        # all colleagues read it, but not the result
        self.assertEqual(line.description, "<p>Management · 6 hours · Trainer</p>")
        self.assertFalse(self.row_leader.sudo().resume_line_id)
        self.assertFalse(self.training.activity_ids)

    def test_waiting_participants_of_a_closed_training_are_cancelled(self):
        training = self._new_training(self.worker_member | self.colleague_member, seats=1)
        self._row(training, self.colleague_member).action_confirm()
        self._row(training, self.worker_member).action_confirm()
        with freeze_time("2026-03-12 17:00:00"):
            training.action_done()
        self.assertEqual(self._states(training), ["cancelled", "absent"])
        self.assertFalse(self._mails("Cancelled"))

    def test_hr_corrects_a_closed_training(self):
        with freeze_time("2026-03-12 17:00:00"):
            self.training.action_done()
            row = self.row_worker.with_user(self.user_officer)
            row.action_attend()
            line = row.sudo().resume_line_id
            self.assertTrue(line)
            row.score = 70
            self.assertNotIn("70", line.description)
            with self.assertRaises(UserError):
                row.action_unattend()
            row.action_miss()
            self.assertEqual(row.state, "absent")
            self.assertFalse(line.exists())
            for user in (self.user_trainer, self.user_worker):
                with self.assertRaises(UserError):
                    row.with_user(user).action_miss()

    def test_resume_is_written_once(self):
        with freeze_time("2026-03-12 17:00:00"):
            self.row_worker.with_user(self.user_officer).action_attend()
            self.training.action_done()
            self.training.sudo().participant_ids._write_resume_lines()
        lines = self.env["hr.resume.line"].search([("employee_id", "=", self.worker.id)])
        self.assertEqual(len(lines), 1)
