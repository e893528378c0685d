# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ..common_training import BackboneTrainingCommon

QUARTER = "hr_backbone_training.mail_activity_type_training_quarter"
EXTERNAL = "hr_backbone_training.mail_activity_type_training_external"


@tagged("post_install", "-at_install")
class TestTrainingReminder(BackboneTrainingCommon):
    """ "Every quarter", "at least once a year": HR is told, once."""

    def _reminders(self, xmlid):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "hr.backbone.program"),
                ("activity_type_id", "=", self.env.ref(xmlid).id),
            ]
        )

    def _filter(self, **kwargs):
        members = self.env["hr.backbone.member"].with_user(self.user_officer)
        members.invalidate_model()
        return members.search([(name, "=", value) for name, value in kwargs.items()])

    def _external(self, members, **kwargs):
        return self._new_training(members, kind="external", provider="Academy", **kwargs)

    def test_quarter_without_an_internal_session(self):
        self._run_cron("training")
        self._run_cron("training")
        activity = self._reminders(QUARTER)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_officer)
        self.assertEqual(activity.date_deadline, date(2026, 3, 31))
        self.assertIn("2026-Q1", activity.note)
        self.assertIn("/odoo/backbone-trainings", activity.note)
        # who has read it deletes it, and is left alone for the quarter
        activity.unlink()
        self._run_cron("training")
        self.assertFalse(self._reminders(QUARTER))
        with freeze_time("2026-04-01 06:00:00"):
            self._run_cron("training")
            self.assertIn("2026-Q2", self._reminders(QUARTER).note)

    def test_announced_session_finishes_the_reminder(self):
        self._run_cron("training")
        everybody = self.worker_member | self.colleague_member | self.leader_member
        self._external(everybody)
        self._new_training(everybody, plan=False, subject="both")
        later = {"date_start": "2026-04-02 09:00:00", "date_end": "2026-04-02 10:00:00"}
        self._new_training(everybody, subject="both", **later)
        self._new_training()
        self.assertTrue(self._reminders(QUARTER), "nobody was invited")
        self._new_training(everybody)
        self.assertTrue(self._reminders(QUARTER), "skills are owed, too")
        skills = self._new_training(self.worker_member | self.colleague_member, subject="skill")
        self.assertTrue(self._reminders(QUARTER), "not everybody was invited")
        skills.write({"participant_ids": [(0, 0, {"member_id": self.leader_member.id})]})
        self.assertFalse(self._reminders(QUARTER))
        self._run_cron("training")
        self.assertFalse(self._reminders(QUARTER))

    def test_reminder_names_what_is_missing_to_whom(self):
        self._new_training(self.worker_member | self.leader_member)
        self._run_cron("training")
        note = self._reminders(QUARTER).note
        self.assertIn("Without a management training in 2026-Q1 (1): Colleague", note)
        self.assertIn("Without a skills training in 2026-Q1 (3): ", note)

    def test_one_internal_training_where_the_company_says_so(self):
        self.company.backbone_internal_training = "one"
        self._run_cron("training")
        self.assertIn("Without an internal training in 2026-Q1 (3)", self._reminders(QUARTER).note)
        self._new_training(self.worker_member | self.colleague_member | self.leader_member)
        self.assertFalse(self._reminders(QUARTER))

    def test_nobody_in_the_pool_is_promised_nothing(self):
        members = self.worker_member | self.colleague_member | self.leader_member
        members.with_user(self.user_officer).action_exit("Moved abroad")
        self._run_cron("training")
        self.assertFalse(self._reminders(QUARTER) | self._reminders(EXTERNAL))

    def test_quarter_begins_where_the_company_is(self):
        self.company.resource_calendar_id.tz = "Pacific/Auckland"
        with freeze_time("2026-03-31 10:59:00"):
            self._run_cron("training")
            self.assertIn("2026-Q1", self._reminders(QUARTER).note)
        with freeze_time("2026-03-31 11:00:00"):
            self._run_cron("training")
            activity = self._reminders(QUARTER)
            self.assertEqual(len(activity), 1, "the one of the quarter that is over went")
            self.assertIn("2026-Q2", activity.note)

    def test_members_without_an_external_opportunity(self):
        everybody = self.worker_member | self.colleague_member | self.leader_member
        self.assertEqual(self._filter(external_offered_year=False), everybody)
        training = self._external(self.worker_member | self.colleague_member)
        self._row(training, self.worker_member).action_decline("No time")
        self.assertEqual(self._filter(external_offered_year=False), self.leader_member)
        self.assertEqual(
            self._filter(external_offered_year=True), self.worker_member | self.colleague_member
        )
        self.assertTrue(self.worker_member.external_offered_year, "declined counts as offered")
        self._run_cron("training")
        self._run_cron("training")
        activity = self._reminders(EXTERNAL)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.date_deadline, date(2026, 12, 31))
        self.assertIn("(1): Leader", activity.note)
        action = self.env.ref("hr_backbone_training.hr_backbone_member_action_no_external")
        self.assertIn(f'"/odoo/{action.path}"', activity.note)
        # one of before the update leads to where the list was
        written = activity.note
        activity.note = written.replace(action.path, "talent-pool-no-external")
        self.env.flush_all()
        self._run_migration("19.0.1.1.0/post-paths.py")
        self.env.invalidate_all()
        self.assertEqual(activity.note, written)
        self._external(self.leader_member)
        self._run_cron("training")
        self.assertFalse(self._reminders(EXTERNAL))

    def test_what_does_not_count_as_offered(self):
        last_year = {"date_start": "2025-12-31 09:00:00", "date_end": "2025-12-31 12:00:00"}
        self._external(self.worker_member, **last_year)
        self._external(self.worker_member, plan=False)
        self._external(self.worker_member).action_cancel("Too few")
        self._new_training(self.worker_member)
        self.assertFalse(self.worker_member.external_offered_year)
        self.assertIn(self.worker_member, self._filter(external_offered_year=False))
        full = self._external(self.worker_member | self.leader_member, seats=1)
        self._row(full, self.leader_member).action_confirm()
        self._row(full, self.worker_member).action_confirm()
        self.worker_member.invalidate_recordset()
        self.assertFalse(self.worker_member.external_offered_year, "without a seat")

    def test_year_ends_where_the_company_is(self):
        self.company.resource_calendar_id.tz = "America/New_York"
        self._external(
            self.worker_member,
            date_start="2027-01-01 02:00:00",
            date_end="2027-01-01 04:00:00",
        )
        with freeze_time("2027-01-01 04:59:00"):
            self.assertIn(self.worker_member, self._filter(external_offered_year=True))
        with freeze_time("2027-01-01 05:00:00"):
            self.assertNotIn(self.worker_member, self._filter(external_offered_year=True))

    def test_internal_training_of_the_quarter(self):
        self.company.backbone_internal_training = "one"
        training = self._new_training(self.worker_member | self.colleague_member)
        self._row(training, self.colleague_member).action_decline()
        both = self.worker_member | self.colleague_member
        self.assertEqual(self._filter(internal_trained_quarter=True), both, "declined: offered")
        self.assertTrue(self.worker_member.internal_trained_quarter)
        self.assertFalse(self.leader_member.internal_trained_quarter)
        with freeze_time("2026-04-01 09:00:00"):
            self.assertFalse(self._filter(internal_trained_quarter=True))

    def test_management_and_skills_are_two(self):
        self._new_training(self.worker_member | self.colleague_member)
        self.assertFalse(self._filter(internal_trained_quarter=True))
        self._new_training(self.worker_member, subject="skill")
        self._new_training(self.leader_member, subject="both")
        found = self._filter(internal_trained_quarter=True)
        self.assertEqual(found, self.worker_member | self.leader_member)
        self.assertEqual(
            self._filter(internal_trained_quarter=False), self.colleague_member, "no skills"
        )
        self.assertFalse(self.colleague_member.internal_trained_quarter)

    def test_invited_in_time_and_with_a_seat(self):
        """Invited once it had begun, or only to a list without a seat: that was no offer, save
        for who was there in the end."""
        self.company.backbone_internal_training = "one"
        full = self._new_training(self.worker_member | self.leader_member, seats=1)
        self.assertEqual(len(self._filter(internal_trained_quarter=True)), 2)
        self._row(full, self.leader_member).action_confirm()
        self.assertEqual(self._filter(internal_trained_quarter=True), self.leader_member)
        with freeze_time("2026-03-12 10:00:00"):
            going_on = self._new_training(self.colleague_member)
            self.assertEqual(self._filter(internal_trained_quarter=True), self.leader_member)
            self._row(going_on, self.colleague_member, self.user_officer).action_attend()
            there = self.leader_member | self.colleague_member
            self.assertEqual(self._filter(internal_trained_quarter=True), there)

    def test_program_without_a_responsible_person(self):
        """HR is told all the same: an officer of the company, who can do something about it."""
        self._create_abroad()
        for owner in (self.env["res.users"], self.user_worker):
            with self.subTest(owner=owner.login):
                self.program.sudo().write({"user_id": owner.id, "training_reminded_quarter": False})
                self._run_cron("training")
                [reminder] = self._reminders(QUARTER).filtered(
                    lambda row: row.res_id == self.program.id
                )
                self.assertTrue(
                    reminder.user_id.has_group("hr_backbone_training.group_hr_backbone_officer")
                )
                self.assertIn(self.company, reminder.user_id.company_ids)
                reminder.unlink()

    def test_companies_are_told_their_own(self):
        self._create_abroad()
        everybody = self.worker_member | self.colleague_member | self.leader_member
        self._external(everybody)
        self._new_training(everybody, subject="both")
        self._new_members(self.abroad, program_id=self.program_abroad.id)
        self._run_cron("training")
        self.assertEqual(self._reminders(QUARTER).res_id, self.program_abroad.id)
        self.assertEqual(self._reminders(QUARTER).user_id, self.user_admin_abroad)
        self.assertEqual(self._reminders(EXTERNAL).res_id, self.program_abroad.id)
        self.assertEqual(self._reminders(EXTERNAL).user_id, self.user_admin_abroad)
