# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from ..common_quarter import QuarterCommon


class TestQuarterAgain(QuarterCommon):
    """Whoever is asked later than the others, because something was returned, passed on, or
    asked for again, has the time for it; what fell due while nobody owed it stays excused.

    The reports are due on 10 April 2026, the assessments on 20 April.
    """

    def setUp(self):
        super().setUp()
        self.quarter = self._open()

    def _get(self, name, employee=None):
        document = self._get_document(self.quarter, name, employee or self.colleague)
        document.invalidate_recordset()
        return document

    def _get_logins(self, day):
        with freeze_time(f"{day} 09:00:00"):
            self._take_mails()
            self._run_cron("quarter_remind")
            return {partner.user_ids.login for partner in self._take_mails()}

    # -- returned --------------------------------------------------------------------------

    def test_a_return_gives_time(self):
        with freeze_time("2026-04-09 09:00:00"):
            report = self._submit_report(self.quarter, self.colleague)
        with freeze_time("2026-04-15 09:00:00"):
            report.action_return("Say more")
            self.assertEqual(str(report.date_due), "2026-04-22")
            self.assertFalse(report.is_overdue)
            activity = self._get_activities(self.user_colleague)
            self.assertEqual(str(activity.date_deadline), "2026-04-22")
        self.assertNotIn("bt_colleague", self._get_logins("2026-04-15"))
        self.assertIn("bt_colleague", self._get_logins("2026-04-25"))

    def test_a_return_before_the_due_date_takes_no_time_away(self):
        report = self._submit_report(self.quarter, self.colleague)
        report.action_return("Say more")
        self.assertEqual(str(report.date_due), "2026-04-10")

    def test_late_is_when_it_came_first(self):
        with freeze_time("2026-04-09 09:00:00"):
            report = self._submit_report(self.quarter, self.colleague)
            late = self._submit_assessment(self.quarter, self.worker)
        with freeze_time("2026-04-15 09:00:00"):
            report.action_return("Say more")
        with freeze_time("2026-04-29 09:00:00"):
            self._submit_report(self.quarter, self.colleague)
            self.assertFalse(self._get("report").is_late)
            late.action_return("Say more")
            self._submit_assessment(self.quarter, self.worker)
            self.assertFalse(self._get("assessment", self.worker).is_late)

    def test_late_stays_late(self):
        with freeze_time("2026-04-12 09:00:00"):
            report = self._submit_report(self.quarter, self.colleague)
            report.action_return("Say more")
            self._submit_report(self.quarter, self.colleague)
        self.assertTrue(self._get("report").is_late)

    def test_closing_waits_for_what_was_returned(self):
        with freeze_time("2026-04-09 09:00:00"):
            report = self._submit_report(self.quarter, self.colleague)
            self._submit_assessment(self.quarter, self.colleague)
        with freeze_time("2026-04-21 09:00:00"):
            report.action_return("Say more")
            self.quarter.action_close()
            self.assertEqual((self._get("report").state, self.quarter.state), ("draft", "open"))
            self.env.flush_all()
            debt = self.env["hr.backbone.quarter.debt"].with_user(self.user_officer)
            debt = debt.search([("report_id", "=", report.id)])
            self.assertEqual((debt.closing, debt.is_overdue), ("early", False))
        with freeze_time("2026-04-29 09:00:00"):
            self.quarter.action_close()
        self.assertEqual(self._get("report").state, "missed")

    def test_a_returned_assessment_is_due_later_for_its_mentor(self):
        with freeze_time("2026-04-19 09:00:00"):
            for employee in (self.worker, self.colleague):
                assessment = self._submit_assessment(self.quarter, employee)
        with freeze_time("2026-04-22 09:00:00"):
            assessment.action_return("Say more")
            activity = self._get_activities(self.user_mentor)
            self.assertEqual(str(activity.date_deadline), "2026-04-29")
        self.assertNotIn("bt_mentor", self._get_logins("2026-04-23"))

    def test_the_mail_has_the_date_of_the_document(self):
        with freeze_time("2026-04-09 09:00:00"):
            report = self._submit_report(self.quarter, self.worker)
            self._take_mails()
        with freeze_time("2026-04-15 09:00:00"):
            report.action_return("Say more")
            mail = self.env["mail.mail"].search([])
        self.assertIn("04/22/2026", mail.body_html)
        self.assertNotIn("04/10/2026", mail.body_html)

    def test_asked_for_again_gives_time(self):
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
        with freeze_time("2026-05-04 09:00:00"):
            self.quarter.action_reopen("A strike")
            self.assertEqual(str(self._get("report").date_due), "2026-05-11")
            self.quarter.action_close()
            self.assertEqual(self._get("report").state, "draft")

    def test_who_takes_over_has_time(self):
        with freeze_time("2026-04-25 09:00:00"):
            self.mentor.action_archive()
            assessment = self._get("assessment").with_user(self.user_officer)
            assessment.action_reassign(self.tutor)
            self.assertEqual(str(assessment.date_due), "2026-05-02")

    # -- suspended -------------------------------------------------------------------------

    def test_what_fell_due_while_suspended_stays_excused(self):
        self.member_inside.action_suspend("Ill")
        with freeze_time("2026-04-22 09:00:00"):
            self.member_inside.action_resume()
            for name in ("report", "assessment"):
                document = self._get(name)
                self.assertEqual((document.state, document.is_closed), ("draft", True))
            self.assertFalse(self._get_activities(self.user_colleague))
            self.quarter.action_close()
            self.assertEqual(
                (self._get("report").state, self._get("report").is_late), ("draft", False)
            )
            self.assertEqual(self._get("assessment").state, "draft")
            self.quarter.action_reopen("For the others")
            self.assertTrue(self._get("report").is_closed)
            self.assertFalse(self._get("report", self.worker).is_closed)

    def test_one_excused_the_other_owed(self):
        self.member_inside.action_suspend("Ill")
        with freeze_time("2026-04-18 09:00:00"):
            self.member_inside.action_resume()
            self.assertTrue(self._get("report").is_closed)
            assessment = self._get("assessment")
            self.assertFalse(assessment.is_closed)
            # not two days, but a week
            self.assertEqual(str(assessment.date_due), "2026-04-25")
        with freeze_time("2026-04-26 09:00:00"):
            self.quarter.action_close()
        self.assertEqual(
            (self._get("report").state, self._get("assessment").state), ("draft", "missed")
        )

    def test_what_was_overdue_before_stays_owed(self):
        with freeze_time("2026-04-12 09:00:00"):
            self.member_inside.action_suspend("Ill")
        with freeze_time("2026-04-22 09:00:00"):
            self.member_inside.action_resume()
            report = self._get("report")
            self.assertEqual((report.is_closed, str(report.date_due)), (False, "2026-04-10"))
            self.assertTrue(self._get_activities(self.user_colleague))

    # -- a due date that moves ---------------------------------------------------------------

    def test_an_extended_date_is_reminded_of_again(self):
        self.assertIn("bt_colleague", self._get_logins("2026-04-07"))
        self.assertIn("bt_colleague", self._get_logins("2026-04-13"))
        self.quarter.date_due_report = "2026-04-30"
        activity = self._get_activities(self.user_colleague)
        self.assertEqual(str(activity.date_deadline), "2026-04-30")
        self.assertEqual(self._get_logins("2026-04-26"), {"bt_mentor"})
        self.assertIn("bt_colleague", self._get_logins("2026-04-27"))
        self.assertEqual(self._get_logins("2026-04-28"), {"bt_director"} & {"bt_mentor"})
        self.assertIn("bt_colleague", self._get_logins("2026-05-03"))
        self.assertNotIn("bt_colleague", self._get_logins("2026-05-04"))

    def test_the_mentors_to_do_moves_too(self):
        self.quarter.date_due_assessment = "2026-04-30"
        activity = self._get_activities(self.user_mentor)
        self.assertEqual(str(activity.date_deadline), "2026-04-30")

    def test_what_was_returned_keeps_its_time(self):
        with freeze_time("2026-04-15 09:00:00"):
            report = self._submit_report(self.quarter, self.colleague)
            report.action_return("Say more")
        self.quarter.date_due_report = "2026-04-12"
        self.assertEqual(str(self._get("report").date_due), "2026-04-22")
        self.assertEqual(str(self._get("report", self.worker).date_due), "2026-04-12")

    # -- who is told of what is overdue --------------------------------------------------------

    def test_it_goes_up_to_the_first_who_is_there(self):
        (self.line | self.works).manager_id = False
        self.assertIn("bt_director", self._get_logins("2026-04-17"))

    def test_who_left_is_no_manager(self):
        self.line.manager_id.action_archive()
        self.assertIn("bt_manager", self._get_logins("2026-04-17"))

    def test_at_the_top_hr_is_told(self):
        self.env["hr.department"].search([("company_id", "=", self.company.id)]).manager_id = False
        self._become(self.user_officer, self.tutor)
        self.assertIn("bt_officer", self._get_logins("2026-04-17"))
