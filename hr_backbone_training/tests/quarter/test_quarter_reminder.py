# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from ..common_quarter import QuarterCommon


class TestQuarterReminder(QuarterCommon):
    """Reminders before and after the due dates, and to the manager once overdue: each once.

    The report is due on 10 April, the assessments on 20 April.
    """

    def setUp(self):
        super().setUp()
        self.quarter = self._open()
        self._take_mails()

    def _remind(self, day):
        with freeze_time(f"{day} 09:00:00"):
            self._run_cron("quarter_remind")
            return {partner.user_ids.login for partner in self._take_mails()}

    def test_the_stages(self):
        both = {"bt_worker", "bt_colleague"}
        self.assertEqual(self._remind("2026-04-06"), set())
        self.assertEqual(self._remind("2026-04-07"), both)
        self.assertEqual(self._remind("2026-04-08"), set())
        self.assertEqual(self._remind("2026-04-13"), both)
        # the worker's manager leads the line, the colleague's the works
        self.assertEqual(self._remind("2026-04-17"), {"bt_leader", "bt_manager", "bt_mentor"})
        self.assertEqual(self._remind("2026-04-23"), {"bt_mentor"})
        # the mentor works for the board
        self.assertEqual(self._remind("2026-04-27"), {"bt_director"})
        self.assertEqual(self._remind("2026-05-27"), set())

    def test_a_job_that_did_not_run_for_days_catches_up_once(self):
        told = self._remind("2026-05-27")
        self.assertEqual(
            told,
            {"bt_worker", "bt_colleague", "bt_leader", "bt_manager", "bt_mentor", "bt_director"},
        )
        self.assertEqual(self._remind("2026-05-28"), set())

    def test_zero_is_never(self):
        self.company.write(
            {
                "backbone_remind_before": 0,
                "backbone_remind_after": 0,
                "backbone_escalate_after": 0,
            }
        )
        self.assertEqual(self._remind("2026-05-27"), set())

    def test_who_has_submitted_is_left_alone(self):
        self._submit_report(self.quarter, self.worker)
        self.assertEqual(self._remind("2026-04-07"), {"bt_colleague"})

    def test_the_manager_reads_the_names_in_one_mail(self):
        self.line.manager_id = self.works.manager_id = self.manager
        with freeze_time("2026-04-17 09:00:00"):
            self._run_cron("quarter_remind")
        mails = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.user_manager.partner_id.ids)]
        )
        self.assertEqual(len(mails), 1)
        self.assertIn("Colleague", mails.body_html)
        self.assertIn("Worker", mails.body_html)

    def test_a_managers_own_debt_goes_one_level_up(self):
        self.line.manager_id = self.worker
        self.assertIn("bt_manager", self._remind("2026-04-17"))

    def test_the_day_is_the_companys(self):
        self.company.resource_calendar_id.tz = "Pacific/Auckland"
        with freeze_time("2026-04-06 13:00:00"):
            self._run_cron("quarter_remind")
            self.assertTrue(self._take_mails())

    # -- nudge -----------------------------------------------------------------------------

    def test_nudge_all_once_a_day(self):
        message = self.quarter.action_nudge()["params"]["message"]
        self.assertEqual(message, "3 people are reminded.")
        self.assertEqual(len(self._take_mails()), 3)
        message = self.quarter.action_nudge()["params"]["message"]
        self.assertEqual(message, "3 people were reminded today already.")
        self.assertFalse(self._take_mails())
        with freeze_time("2026-03-13 09:00:00"):
            self.quarter.action_nudge()
            self.assertEqual(len(self._take_mails()), 3)

    def test_nudge_one(self):
        debt = self.env["hr.backbone.quarter.debt"].with_user(self.user_officer)
        debt = debt.search([("debtor_id", "=", self.worker.id)])
        self.assertEqual(debt.action_nudge()["params"]["message"], "1 person is reminded.")
        self.assertEqual(self._take_mails(), [self.user_worker.partner_id])

    def test_nobody_owes(self):
        for employee in (self.worker, self.colleague):
            self._submit_report(self.quarter, employee)
            self._submit_assessment(self.quarter, employee)
        message = self.quarter.action_nudge()["params"]["message"]
        self.assertEqual(message, "Nobody owes anything.")

    def test_only_hr_nudges(self):
        with self.assertRefused("Only HR", error=Exception):
            self.quarter.with_user(self.user_manager).action_nudge()
