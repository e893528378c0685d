# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date, datetime
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestPublicity(BackboneCommon):
    """Publicized within the company: counted in working days, read by everyone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.application = cls._selected()

    def _draft(self, **kwargs):
        return (
            self.env["hr.backbone.publicity"]
            .with_user(self.user_officer)
            .create(
                {
                    "program_id": self.program.id,
                    "line_ids": [(0, 0, {"application_id": self.application.id})],
                    **kwargs,
                }
            )
        )

    def _holiday(self, day, **kwargs):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Public holiday",
                "company_id": self.company.id,
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": datetime.combine(day, datetime.min.time()),
                "date_to": datetime.combine(day, datetime.max.time()).replace(microsecond=0),
                **kwargs,
            }
        )

    # -- working days ----------------------------------------------------------------------

    def test_five_working_days_without_the_weekend(self):
        publicity = self._publish(self.application)
        # Monday, 2 March: Tuesday to Friday, and the next Monday
        self.assertEqual(publicity.working_days, 5)
        self.assertEqual(publicity.date_start, date(2026, 3, 2))
        self.assertEqual(publicity.date_end, date(2026, 3, 9))

    def test_day_of_publication_does_not_count(self):
        with freeze_time("2026-03-06 16:00:00"):  # a Friday
            publicity = self._publish(self.application)
        self.assertEqual(publicity.date_end, date(2026, 3, 13))

    def test_public_holiday_moves_the_end(self):
        self._holiday(date(2026, 3, 4))
        self.assertEqual(self._publish(self.application).date_end, date(2026, 3, 10))

    def test_leave_of_one_person_does_not(self):
        self._holiday(date(2026, 3, 4), resource_id=self.worker.resource_id.id)
        self.assertEqual(self._publish(self.application).date_end, date(2026, 3, 9))

    def test_holiday_of_another_company_does_not(self):
        self._holiday(
            date(2026, 3, 4),
            company_id=self.company_abroad.id,
            calendar_id=self.company_abroad.resource_calendar_id.id,
        )
        self.assertEqual(self._publish(self.application).date_end, date(2026, 3, 9))

    def test_company_without_fixed_hours_publishes_from_monday_to_friday(self):
        self.company.resource_calendar_id.flexible_hours = True
        self.assertEqual(self.company._backbone_add_working_days(date(2026, 3, 2), 5).day, 9)
        self._holiday(date(2026, 3, 4))
        self.assertEqual(self._publish(self.application).date_end, date(2026, 3, 10))

    def test_company_without_a_calendar_does_so_too(self):
        self.company.resource_calendar_id = False
        self.assertEqual(self._publish(self.application).date_end, date(2026, 3, 9))

    def test_holiday_entered_after_publication_moves_the_end_too(self):
        publicity = self._publish(self.application)
        self._holiday(date(2026, 3, 9))
        with freeze_time("2026-03-10 09:00:00"):
            self._run_cron("publicity")
            self.assertEqual(publicity.date_end, date(2026, 3, 10))
            self.assertEqual(self.application.state, "publicity")
            self.assertTrue(publicity.is_open)
        with freeze_time("2026-03-11 09:00:00"):
            self._run_cron("publicity")
        self.assertEqual(self.application.state, "admitted")

    def test_hr_does_not_close_before_a_holiday_entered_since(self):
        publicity = self._publish(self.application)
        self._holiday(date(2026, 3, 9))
        with freeze_time("2026-03-10 09:00:00"), self.assertRefused("lasts until 03/10/2026"):
            publicity.action_close()

    def test_fewer_days_than_the_companys_are_refused(self):
        for days in (-1, 0):
            with self.subTest(days=days), mute_logger("odoo.sql_db"):
                with self.assertRaises(psycopg2.errors.CheckViolation):
                    self._draft(working_days=days)
        publicity = self._draft(working_days=4)
        with self.assertRefused("at least 5 working days"):
            publicity.action_publish()
        self.assertEqual(self.application.state, "selected")
        self._draft(working_days=6).action_publish()
        self.assertEqual(self.application.state, "publicity")

    def test_calendar_without_working_days(self):
        self.company.resource_calendar_id.attendance_ids.unlink()
        with self.assertRefused("The working hours of Backbone Works have no working day"):
            self._draft().action_publish()
        self.assertEqual(self.application.state, "selected")

    def test_company_whose_calendar_is_empty(self):
        self.company.resource_calendar_id.attendance_ids.unlink()
        with self.assertRefused("The working hours of Backbone Works have no working day"):
            self._draft().action_publish()

    # -- publishing ------------------------------------------------------------------------

    def test_notice_is_filled_with_the_selected(self):
        publicity = self._draft(line_ids=[])
        with self.assertRefused("The notice has no names yet"):
            publicity.action_publish()
        self.assertEqual(publicity.action_fill_names(), 1)
        self.assertEqual(publicity.action_fill_names(), 0)
        self.assertEqual(self._draft(line_ids=[]).action_fill_names(), 0)
        self.assertEqual(publicity.line_ids.employee_name, "Worker")

    def test_only_the_selected_are_publicized(self):
        publicity = self._draft()
        self.application.with_user(self.user_worker).action_withdraw("Changed my mind")
        with self.assertRefused("Worker has not been selected, or not any more"):
            publicity.action_publish()

    def test_name_on_two_notices_is_publicized_once(self):
        one, two = self._draft(), self._draft()
        one.action_publish()
        with self.assertRefused("Worker has not been selected, or not any more"):
            two.action_publish()

    def test_only_hr_publishes(self):
        publicity = self._draft()
        for user in (self.user_worker, self.user_director, self.user_chair, self.user_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                publicity.with_user(user).action_publish()

    def test_published_notice_is_not_changed(self):
        publicity = self._publish(self.application)
        for vals in (
            {"working_days": 10},
            {"name": "Another"},
            {"notice": "<p>Another</p>"},
            {"line_ids": [(5,)]},
        ):
            with self.subTest(**vals), self.assertRefused("cannot be changed"):
                publicity.write(vals)
        for vals in ({"date_end": "2026-03-03"}, {"state": "closed"}):
            with self.subTest(**vals), self.assertRefused("cannot be changed directly"):
                publicity.write(vals)
        for vals in ({"employee_name": "Somebody"}, {"echelon_id": self.echelon_1.id}):
            with self.subTest(**vals), self.assertRefused("cannot be changed"):
                publicity.line_ids.write(vals)
        with self.assertRefused("is history"):
            publicity.unlink()
        with self.assertRefused("cannot be changed"):
            publicity.line_ids.unlink()

    # -- who reads -------------------------------------------------------------------------

    def test_every_employee_reads_notice_and_names(self):
        publicity = self._publish(self.application)
        for user in (self.user_worker, self.user_colleague, self.user_member):
            self.env.invalidate_all()
            notice = publicity.with_user(user)
            with self.subTest(user=user.login):
                self.assertIn(notice, notice.search([]))
                self.assertIn("may object until the publicity ends", notice.notice)
                self.assertTrue(notice.is_open)
                self.assertEqual(
                    notice.line_ids.read(["employee_name", "department_name", "job_name"])[0],
                    {
                        "id": notice.line_ids.id,
                        "employee_name": "Worker",
                        "department_name": "Line",
                        "job_name": "Fitter",
                    },
                )
                self.assertEqual(notice.line_ids.echelon_id, self.echelon_3)

    def test_and_nothing_private(self):
        publicity = self._publish(self.application)
        for user in (self.user_colleague, self.user_member):
            notice = publicity.with_user(user)
            for record, names in (
                (notice, ("application_ids", "objection_ids", "objection_count")),
                (notice.line_ids, ("application_id", "application_state", "objection_ids")),
            ):
                for name in names:
                    with self.subTest(user=user.login, field=name):
                        with self.assertRaises(AccessError):
                            record.read([name])
                        with self.assertRaises(AccessError):
                            record.search([(name, "in", [1])])
            if user == self.user_colleague:
                with self.assertRaises(AccessError):
                    self.application.with_user(user).read(["score_performance"])

    def test_draft_is_for_hr_and_closed_is_over(self):
        publicity = self._draft()
        colleague = publicity.with_user(self.user_colleague)
        with self.assertRaises(AccessError):
            colleague.read(["name"])
        publicity.action_publish()
        self.assertEqual(colleague.name, publicity.name)
        with freeze_time("2026-03-10 09:00:00"):
            publicity.action_close()
        self.assertNotIn(publicity, colleague.search([]))

    def test_other_company_reads_nothing(self):
        publicity = self._publish(self.application)
        for user in (self.user_abroad, self.user_admin_abroad):
            for record in (publicity, publicity.line_ids):
                with self.subTest(user=user.login, model=record._name):
                    self.assertNotIn(record, self._as(record, user).search([]))
                    with self.assertRaises(AccessError):
                        self._as(record, user).read(["display_name"])

    # -- one broken notice -----------------------------------------------------------------

    def test_calendar_emptied_since_does_not_stop_the_others(self):
        """The job is one for all companies."""
        publicity = self._publish(self.application)
        foreign = self._as(self.env["hr.backbone.publicity"], self.user_admin_abroad).create(
            {"program_id": self.program_abroad.id}
        )
        foreign._write_moved(
            {"state": "published", "date_start": "2026-03-02", "date_end": "2026-03-09"}
        )
        self.company_abroad.resource_calendar_id.attendance_ids.unlink()
        with freeze_time("2026-03-10 09:00:00"):
            self._run_cron("publicity")
        self.assertEqual(self.application.state, "admitted")
        self.assertEqual(publicity.state, "closed")

    def test_notice_that_fails_does_not_stop_the_others(self):
        second = self._selected(employee=self.colleague, user=self.user_manager)
        broken, sound = self._publish(second), self._publish(self.application)
        model = self.env.registry["hr.backbone.publicity"]
        close = model._close_names

        def fail(records):
            if broken in records:
                raise ValueError("Something unforeseen")
            return close(records)

        with freeze_time("2026-03-10 09:00:00"), patch.object(model, "_close_names", fail):
            with self.assertLogs("odoo.addons.hr_backbone_training", "ERROR"):
                self._run_cron("publicity")
        self.assertEqual((broken.state, sound.state), ("published", "closed"))
        self.assertEqual(self.application.state, "admitted")
