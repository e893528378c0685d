# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from odoo.addons.hr_backbone_training.tests.common_portal import BackbonePortalCommon
from odoo.addons.hr_backbone_training.tests.common_report import ReportSteps

from .common import CourseCases


@tagged("post_install", "-at_install")
class TestPortalCourse(CourseCases, ReportSteps, BackbonePortalCommon):
    """A portal login enrolls from an action of the plan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_courses()
        cls.member = cls._new_members(cls.worker)
        cls.plan = cls._new_plan(cls.worker, ("internal", "A course on leading"))
        cls.action = cls.plan.line_ids

    def test_from_the_plan_to_the_course(self):
        self._login(self.user_worker)
        page = f"/my/backbone/courses?line={self.action.id}"
        self.assertIn(page, self._get(self.plan.access_url).text)
        text = self._get(page).text
        self.assertIn("A course on leading", text)
        self.assertIn("Leading a Team", text)
        self.assertNotIn("On Reading", text)
        answer = self._post(
            f"/my/backbone/courses/{self.course.id}/enroll", {"line": str(self.action.id)}
        )
        self.assertEqual(answer.status_code, 303)
        self.assertIn(self.channel.website_url, answer.headers["Location"])
        row = self._enrollment(self.member)
        self.assertEqual((row.state, row.plan_line_id), ("enrolled", self.action))
        self.assertEqual(self._get(answer.headers["Location"]).status_code, 200)
        self._complete(self.user_worker)
        self.assertIn("Completed on", self._get("/my/backbone/courses").text)
        self.assertIn(self.channel.website_url, self._get(self.plan.access_url).text)

    def test_what_was_begun_without_an_action_gets_one(self):
        self._join(self.user_worker)
        self._login(self.user_worker)
        text = self._get(f"/my/backbone/courses?line={self.action.id}").text
        self.assertIn("It is for this action", text)
        self._post(f"/my/backbone/courses/{self.course.id}/enroll", {"line": str(self.action.id)})
        self.assertEqual(self._enrollment(self.member).plan_line_id, self.action)
        self.channel._remove_membership(self.user_worker.partner_id.ids)
        self.assertIn("Enroll again", self._get("/my/backbone/courses").text)
        self._post(f"/my/backbone/courses/{self.course.id}/enroll", {})
        self.assertEqual(self._enrollment(self.member).state, "enrolled")

    def test_a_refusal_is_said_on_the_page(self):
        self._login(self.user_worker)
        self.channel.is_published = False
        answer = self._post(f"/my/backbone/courses/{self.course.id}/enroll", {})
        self.assertEqual(answer.status_code, 200)
        self.assertIn("is not open now", answer.text)

    def test_others(self):
        for user in (self.user_plain, self.user_customer, self.user_portal_abroad):
            self._login(user)
            answer = self._post(
                f"/my/backbone/courses/{self.course.id}/enroll", {"line": str(self.action.id)}
            )
            self.assertEqual(answer.status_code, 404)
            text = self._get(f"/my/backbone/courses?line={self.action.id}").text
            self.assertNotIn("A course on leading", text)
        self.assertFalse(self._enrollment(self.member))

    def test_courses_of_a_company_where_one_is_no_member(self):
        """Who works in two companies is offered what counts where they are in the pool."""
        self._new_employee(self.user_worker, None, None, company_id=self.company_abroad.id)
        self.user_worker.company_ids |= self.company_abroad
        there = self._new_channel("Diving")
        self.env["hr.backbone.course"].create(
            {"channel_id": there.id, "company_id": self.company_abroad.id}
        )
        self._login(self.user_worker)
        text = self._get("/my/backbone/courses").text
        self.assertIn("Leading a Team", text)
        self.assertNotIn("Diving", text)

    def test_rubbish(self):
        self._login(self.user_worker)
        for line in ("x", "-1", "9" * 30, "²", "%00"):
            answer = self._get(f"/my/backbone/courses?line={line}")
            self.assertEqual(answer.status_code, 200)
        self.assertEqual(self._get("/my/backbone/courses/999999/enroll").status_code, 404)
        answer = self._get(f"/my/backbone/courses/{self.course.id}/enroll")
        self.assertEqual(answer.status_code, 303)
