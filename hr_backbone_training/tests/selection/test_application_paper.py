# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from ..common import BackboneCommon

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestApplicationPaper(BackboneCommon):
    """The form says what was decided, by whom, and why; what was signed and has been given back
    is signed anew."""

    def _box(self, application, key):
        opinions = self._form(application.with_user(self.user_officer))["opinions"]
        return next(box for box in opinions if box["key"] == key)

    def test_refusal_during_publicity_is_printed_with_its_reason(self):
        application, _notice = self._publicized()
        application.with_user(self.user_admin).action_refuse("The certificate is forged")
        box = self._box(application, "publicity")
        self.assertEqual(box["decision"], "Refused")
        self.assertIn("The certificate is forged", box["comment"])
        self.assertEqual(box["name"], "Admin")
        self.assertEqual(self._box(application, "meeting")["decision"], "Selected")

    def test_meeting_that_decided_last_is_named(self):
        application = self._reviewed()
        first = self._meet(application)
        first.name = "First Meeting"
        first.with_user(self.user_chair).action_close()
        application.action_return("The scores are not clear")
        with freeze_time("2026-03-05 09:00:00"):
            application.with_user(self.user_leader).action_submit()
            application.with_user(self.user_director).action_approve()
            application.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
            application.action_pass_review()
            second = self._meet(application)
            second.name = "Second Meeting"
            second.with_user(self.user_chair).action_close()
        self.assertIn("Second Meeting", self._box(application, "meeting")["detail"])

    def _sign(self, plan):
        plan.with_user(self.user_worker)._sign_from_portal("Worker", PNG)

    def test_plan_is_signed_anew_when_its_application_is_returned(self):
        application = self._submitted()
        plan = application.sudo().plan_id
        self._sign(plan)
        self.assertIn("employee", plan._get_valid_signatures())
        application.with_user(self.user_director).action_return("The scores are not clear")
        self.assertNotIn("employee", plan._get_valid_signatures())

    def test_plan_is_signed_anew_when_hr_sends_it_back(self):
        member = self._admitted()
        plan = member.env["hr.backbone.plan"].search(
            [("employee_id", "=", self.worker.id), ("state", "=", "active")]
        )
        plan.with_user(self.user_worker).action_revise()
        revision = plan.sudo()._get_open_revision()
        revision.with_user(self.user_worker).action_submit()
        self._sign(revision)
        self.assertIn("employee", revision._get_valid_signatures())
        revision.with_user(self.user_officer).action_send_back("Too little")
        self.assertNotIn("employee", revision._get_valid_signatures())
