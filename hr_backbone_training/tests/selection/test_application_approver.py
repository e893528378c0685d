# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestApplicationApprover(BackboneCommon):
    """Approved by the director of the center: the nearest one upward who can act."""

    def _approver(self, employee=None, user=None):
        return self._recommend(employee, user).sudo().approver_id

    def test_nearest_center_upward(self):
        self.assertEqual(self._approver(), self.director)
        self.works.is_backbone_center = True
        self.assertEqual(self._approver(), self.manager)

    def test_own_department_counts_when_it_is_a_center(self):
        self.line.is_backbone_center = True
        self.assertEqual(self._approver(user=self.user_manager), self.leader)

    def test_recommender_is_skipped(self):
        self.works.is_backbone_center = True
        self.assertEqual(self._approver(user=self.user_manager), self.director)

    def test_employee_is_skipped(self):
        self.works.is_backbone_center = True
        self.assertEqual(self._approver(self.manager, self.user_director), self.env["hr.employee"])
        top = self.env["hr.department"].create(
            {
                "name": "Group",
                "company_id": self.company.id,
                "is_backbone_center": True,
                "manager_id": self.officer.id,
            }
        )
        self.board.parent_id = top
        self.assertEqual(self._approver(self.manager, self.user_director), self.officer)

    def test_same_person_under_a_second_employee_is_skipped(self):
        """The recommender's login decides, not the card that a department names."""
        self.works.is_backbone_center = True
        self.user_leader.company_ids |= self.env["res.company"].create({"name": "Sister"})
        twin = self.env["hr.employee"].create(
            {
                "name": "Leader, once more",
                "user_id": self.user_leader.id,
                "company_id": (self.user_leader.company_ids - self.company).id,
            }
        )
        self.works.manager_id = twin
        self.assertEqual(self._approver(), self.director)

    def test_manager_without_login_is_skipped(self):
        self.works.is_backbone_center = True
        self.manager.user_id = False
        self.assertEqual(self._approver(), self.director)

    def test_manager_whose_login_is_closed_is_skipped(self):
        self.works.is_backbone_center = True
        self.user_manager.active = False
        self.assertEqual(self._approver(), self.director)

    def test_archived_manager_is_skipped(self):
        self.works.is_backbone_center = True
        self.manager.active = False
        self.works.manager_id = self.manager
        self.assertEqual(self._approver(), self.director)

    def test_center_without_manager_is_skipped(self):
        self.works.is_backbone_center = True
        self.works.manager_id = False
        self.assertEqual(self._approver(), self.director)

    def test_no_director_is_said_at_once(self):
        self.board.is_backbone_center = False
        application = self._recommend()
        self.assertFalse(application.sudo().approver_id)
        self.assertIn("No director of a center can approve Worker", application.blocking_reason)
        self._write_plan(application)
        with self.assertRefused("No director of a center can approve Worker"):
            application.action_submit()

    def test_departments_in_a_cycle_do_not_hang(self):
        self.board.is_backbone_center = False
        application = self._recommend()
        self.env.flush_all()
        self.cr.execute(
            "UPDATE hr_department SET parent_id = %s WHERE id = %s", (self.line.id, self.board.id)
        )
        self.env.invalidate_all()
        self.assertIn("No director of a center", application.blocking_reason)
        self.board.is_backbone_center = True
        self.env.invalidate_all()
        self.assertNotIn("No director of a center", application.blocking_reason)

    def test_approver_is_settled_on_submission(self):
        application = self._recommend()
        self._write_plan(application)
        self.works.is_backbone_center = True
        application.action_submit()
        self.assertEqual(application.sudo().approver_id, self.manager)

    def test_hr_looks_for_the_director_again(self):
        application = self._submitted()
        self.board.manager_id = self.officer
        with self.assertRefused("Only Director, the director of the center"):
            application.with_user(self.user_officer).action_approve()
        for user in (self.user_leader, self.user_manager, self.user_director):
            with self.subTest(user=user.login), self.assertRefused():
                application.with_user(user).action_update_approver()
        application.with_user(self.user_admin).action_update_approver()
        self.assertEqual(application.sudo().approver_id, self.officer)
        with self.assertRaises(AccessError):
            application.with_user(self.user_director).action_approve()
        application.with_user(self.user_officer).action_approve()
        self.assertEqual(application.state, "hr")
        with self.assertRefused("until the case is approved"):
            application.with_user(self.user_admin).action_update_approver()

    def test_activity_follows_the_director(self):
        application = self._submitted()
        activities = application.sudo().activity_ids
        self.assertEqual(activities.user_id, self.user_director)
        self.board.manager_id = self.manager
        application.with_user(self.user_officer).action_update_approver()
        self.assertEqual(application.sudo().activity_ids.user_id, self.user_manager)

    def test_what_hr_enters_is_recommended_by_the_department(self):
        application = self._recommend(user=self.user_officer)
        self.assertEqual(application.recommender_id, self.leader)
        self.assertEqual(application.sudo().approver_id, self.director)

    def test_the_only_director_approves_what_hr_enters(self):
        """Where the department is the center, its manager cannot recommend as well."""
        application = self._recommend(self.officer, self.user_admin)
        self.assertFalse(application.recommender_id)
        self.assertEqual(application.sudo().approver_id, self.director)
