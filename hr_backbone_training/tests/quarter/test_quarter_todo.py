# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from ..common_quarter import QuarterCommon


@tagged("post_install", "-at_install")
class TestQuarterTodo(QuarterCommon):
    """What a quarter asks for is asked of who can do it."""

    def test_report_follows_the_login_of_its_member(self):
        quarter = self._open()
        self._run_cron("quarter_notice")
        report = self._get_document(quarter, "report", self.colleague)
        self.assertEqual(report.activity_ids.user_id, self.user_colleague)
        self.colleague.user_id = False
        self.assertFalse(report.activity_ids)

    def test_mentor_who_has_left_leaves_it_to_hr(self):
        """After the quarter: until then the assessment goes with the member."""
        quarter = self._open()
        self._run_cron("quarter_notice")
        self.assertEqual(len(self._get_activities(self.user_mentor)), 1)
        with freeze_time("2026-04-02 09:00:00"):
            self.mentor.active = False
            self.assertFalse(self._get_activities(self.user_mentor))
            activity = self._get_activities(self.user_officer)
            self.assertEqual(activity.res_id, quarter.id)
            self.assertIn("Choose who assesses", activity.summary)
            self._run_cron("todo")
            self.assertEqual(self._get_activities(self.user_officer), activity)
            # at once, not with the job of the next day
            quarter.assessment_ids.action_reassign(self.director)
            self.assertFalse(self._get_activities(self.user_officer))

    def test_mentor_who_can_assess_keeps_it(self):
        self._open()
        self._run_cron("quarter_notice")
        activity = self._get_activities(self.user_mentor)
        self._run_cron("todo")
        self.assertEqual(self._get_activities(self.user_mentor), activity)
