# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestApplicationTodo(BackboneCommon):
    """Whoever gets a to-do can do it; whoever has left as an employee is no manager."""

    def _todo(self, record):
        return record.sudo().activity_ids.user_id

    def _lose_the_group(self, user):
        officer = self.env.ref("hr_backbone_training.group_hr_backbone_officer")
        user.group_ids = [(3, officer.id)]

    def test_hr_that_can_act(self):
        company, officer = self.company, self.user_officer
        self.assertEqual(company._backbone_hr_user(officer), officer)
        self.assertEqual(company._backbone_hr_user(officer, officer), self.user_admin)
        self._lose_the_group(officer)
        self.assertEqual(company._backbone_hr_user(officer), self.user_admin)

    def test_hr_who_recommended_does_not_review(self):
        self.line.manager_id = self.officer
        application = self._approved(user=self.user_officer)
        self.assertEqual(application.sudo().recommender_id, self.officer)
        self.assertEqual(self._todo(application), self.user_admin)
        with self.assertRefused("You recommended this person"):
            application.with_user(self.user_officer).action_pass_review()

    def test_candidate_who_is_responsible_is_not_asked(self):
        self.officer.department_id = self.line
        application = self._approved(employee=self.officer)
        self.assertEqual(self._todo(application), self.user_admin)

    def test_responsible_without_the_group_is_not_asked(self):
        self._lose_the_group(self.user_officer)
        self.assertEqual(self._todo(self._approved()), self.user_admin)

    def test_objection_is_not_decided_by_whoever_recommended(self):
        self.line.manager_id = self.officer
        application = self._reviewed_by_admin()
        self._meet(application, by=self.user_admin).with_user(self.user_chair).action_close()
        notice = self._publish(application, by=self.user_admin)
        self.env["hr.backbone.objection"].with_user(self.user_colleague).create(
            {"line_id": notice.line_ids.id, "text": "Often late", "hidden": True}
        )
        self.assertEqual(self._todo(notice), self.user_admin)

    def _reviewed_by_admin(self):
        application = self._approved(user=self.user_officer).with_user(self.user_admin)
        application.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        application.action_pass_review()
        return application

    # -- left as an employee, with a login that lives ----------------------------------------

    def test_manager_who_has_left_manages_nobody(self):
        application = self._submitted()
        self.leader.active = False
        self.line.manager_id = self.leader
        self.env.invalidate_all()
        cases = self.env["hr.backbone.application"].with_user(self.user_leader)
        self.assertFalse(cases.search([("is_managed", "=", True)]))
        self.assertFalse(self.user_leader._get_backbone_people())
        with self.assertRaises(AccessError):
            self._recommend(employee=self.colleague)
        self.assertEqual(application.sudo().state, "director")

    def test_director_who_has_left_does_not_approve_and_hr_is_asked(self):
        application = self._submitted()
        self.director.active = False
        self.board.manager_id = self.director
        self.env.invalidate_all()
        self.assertEqual(self._todo(application), self.user_officer)
        self.assertFalse(
            application.with_user(self.user_director).search(application._get_approval_domain())
        )
        with self.assertRaises(AccessError):
            application.with_user(self.user_director).action_approve()

    def test_recommender_who_has_left_is_asked_no_more(self):
        application = self._submitted()
        application.with_user(self.user_director).action_return("The scores are not clear")
        self.assertEqual(self._todo(application), self.user_leader)
        self.leader.active = False
        self.assertEqual(self._todo(application), self.user_officer)

    def test_director_who_has_left_is_not_impersonated(self):
        application = self._submitted()
        self.director.active = False
        self.env.invalidate_all()
        activity = application.sudo().activity_ids
        self.assertEqual(activity.user_id, self.user_officer)
        self.assertIn("find another one", activity.summary)
        self.director.active = True
        self.assertIn("approve, return or refuse", application.sudo().activity_ids.summary)

    # -- who is recommended has left ---------------------------------------------------------

    def _assertEnded(self, application, user):
        """It goes no further, and whoever can end it is asked to, and does."""
        activity = application.sudo().activity_ids
        self.assertEqual(activity.user_id, user)
        self.assertIn("refuse or withdraw", activity.summary)
        self._run_cron("todo")
        self.assertEqual(application.sudo().activity_ids, activity)
        application.with_user(user).action_refuse("Left the company")
        self.assertEqual(application.sudo().state, "refused")
        self.assertFalse(application.sudo().activity_ids)

    def test_left_before_the_director_approved(self):
        application = self._submitted().with_user(self.user_director)
        self.worker.active = False
        with self.assertRefused("Worker has left the company"):
            application.action_approve()
        self._assertEnded(application, self.user_director)

    def test_left_before_the_review(self):
        application = self._approved().with_user(self.user_officer)
        application.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        self.worker.active = False
        with self.assertRefused("can only be refused or withdrawn"):
            application.action_pass_review()
        self._assertEnded(application, self.user_officer)

    def test_left_before_the_notice(self):
        application = self._selected()
        self.worker.active = False
        with self.assertRefused("can only be refused or withdrawn"):
            self._publish(application)
        self._assertEnded(application, self.user_officer)

    def test_who_comes_back_goes_on(self):
        application = self._approved()
        before = application.sudo().activity_ids.activity_type_id
        self.worker.active = False
        self.assertNotEqual(application.sudo().activity_ids.activity_type_id, before)
        self.worker.active = True
        self.assertEqual(application.sudo().activity_ids.activity_type_id, before)

    def test_the_meeting_is_told(self):
        first = self._reviewed()
        second = self._reviewed(employee=self.colleague, user=self.user_manager)
        meeting = self._meet(first | second)
        self.colleague.active = False
        item = meeting.item_ids.filtered(lambda row: row.application_id == second)
        item = item.with_user(self.user_chair)
        self.env.invalidate_all()
        self.assertIn("has left the company", item.vote_refusal)
        with self.assertRefused("the meeting decides nothing on this name"):
            item.action_vote_against()
        meeting.with_user(self.user_chair).action_close()
        self.assertEqual((first.state, second.state, item.result), ("selected", "committee", False))
        self._assertEnded(second, self.user_officer)

    def test_who_has_left_is_not_put_on_an_agenda(self):
        application = self._reviewed()
        self.worker.active = False
        meeting = self.env["hr.backbone.meeting"].with_user(self.user_officer)
        meeting = meeting.create({"program_id": self.program.id})
        self.assertEqual(meeting.action_fill_agenda(), 0)
        with self.assertRefused("can only be refused or withdrawn"):
            meeting.item_ids = [(0, 0, {"application_id": application.id})]
