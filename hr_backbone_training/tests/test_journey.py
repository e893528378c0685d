from freezegun import freeze_time

from odoo.tests import tagged

from .common import BackboneCommon


@tagged("post_install", "-at_install")
class TestJourney(BackboneCommon):
    """From the department's recommendation to the place in the talent pool."""

    def test_from_recommendation_to_pool(self):
        application = self._recommend()
        self.assertEqual(application.state, "draft")
        self._write_plan(application)
        application.action_submit()
        self.assertEqual(application.state, "director")
        self.assertEqual(application.sudo().approver_id, self.director)
        application.with_user(self.user_director).action_approve()
        self.assertEqual(application.state, "hr")
        review = application.with_user(self.user_officer)
        review.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        review.action_pass_review()
        meeting = self._meet(application)
        meeting.with_user(self.user_chair).action_close()
        self.assertEqual(application.state, "selected")
        publicity = self._publish(application)
        self.assertEqual(application.state, "publicity")
        self.assertEqual(str(publicity.date_end), "2026-03-09")
        with freeze_time("2026-03-10 09:00:00"):
            self._run_cron("publicity")
        self.assertEqual(application.state, "admitted")
        self.assertEqual(publicity.state, "closed")
        member = self.worker.backbone_member_id
        self.assertEqual(member.state, "active")
        self.assertEqual(self.worker.backbone_echelon_id, self.echelon_3)
        self.assertEqual(member.movement_ids.mapped("kind"), ["admitted"])
        self.assertEqual(application.sudo().plan_id.state, "active")
        self.assertEqual(
            application.sudo().decision_ids.sorted("id").mapped("move"),
            ["submit", "approve", "pass_review", "select", "publish", "admit"],
        )
