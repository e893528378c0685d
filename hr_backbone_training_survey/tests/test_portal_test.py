# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.hr_backbone_training.tests.common_portal import BackbonePortalCommon
from odoo.addons.hr_backbone_training.tests.common_training import TrainingCases

from .common import SurveyCases


@tagged("post_install", "-at_install")
class TestPortalTest(SurveyCases, TrainingCases, BackbonePortalCommon):
    """The page of a training shows its test to the participants."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_training()
        cls.survey = cls._new_survey(title="Quiz on leading")
        cls.training = cls._new_training(cls.worker_member, survey_id=cls.survey.id)

    def test_a_participant_takes_it(self):
        page = self.training.access_url
        self._login(self.user_worker)
        self.assertIn("You can take the test from", self._get(page).text)
        with freeze_time("2026-03-12 17:00:00"):
            self.assertIn("Take the test", self._get(page).text)
            answer = self._post(f"{page}/test", {})
            self.assertEqual(answer.status_code, 303)
            self.assertIn(f"/survey/start/{self.survey.access_token}", answer.headers["Location"])
            taken = self._get(answer.headers["Location"])
            self.assertEqual(taken.status_code, 303)
            self.survey.active = False
            answer = self._post(f"{page}/test", {})
            self.assertTrue(answer.headers["Location"].endswith(page))
            self.assertIn("The test is closed", self._get(page).text)

    def test_taken_before_attendance_is_marked(self):
        """The page says so at once, and not as if nothing had been done."""
        with freeze_time("2026-03-12 17:00:00"):
            self._attempt(self.survey, self.user_worker, 60)
            self._login(self.user_worker)
            page = self._get(self.training.access_url).text
        for said in ("Your result", "once you are marked as present", "Take the test again"):
            self.assertIn(said, page)
        self.assertFalse(self._row(self.training, self.worker_member, self.user_officer).test_date)

    def test_others_do_not_see_it(self):
        page = self.training.access_url
        for user, status in ((self.user_trainer, 200), (self.user_plain, 404)):
            self._login(user)
            answer = self._get(page)
            self.assertEqual(answer.status_code, status)
            self.assertNotIn("Quiz on leading", answer.text)
            self.assertEqual(self._post(f"{page}/test", {}).status_code, 404)

    def test_the_address_of_the_step_is_the_training(self):
        self._login(self.user_worker)
        answer = self._get(f"{self.training.access_url}/test")
        self.assertEqual(answer.status_code, 303)

    def test_in_the_backend_hr_sees_both(self):
        with freeze_time("2026-03-12 17:00:00"):
            row = self._row(self.training, self.worker_member, self.user_officer)
            row.action_attend()
            self._attempt(self.survey, self.user_worker, 60)
            self._login(self.user_worker)
            self.assertIn("Your result", self._get(self.training.access_url).text)
        for view in ("hr.backbone.training", "hr.backbone.training.participant"):
            views = self.env[view].with_user(self.user_officer).get_view(view_type="form")
            self.assertIn("test_score", views["arch"])
