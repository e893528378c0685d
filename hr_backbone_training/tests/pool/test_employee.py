# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestEmployee(BackboneCommon):
    """What the employee's card shows, and to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._admitted()

    def test_card_shows_membership_and_echelon(self):
        worker = self.worker.with_user(self.user_officer)
        self.assertEqual(worker.backbone_member_id, self.member)
        self.assertEqual(worker.backbone_echelon_id, self.echelon_3)
        self.assertEqual(worker.backbone_application_count, 1)
        self._open_scopes()
        self.member.action_promote(self.echelon_2, "Leads")
        self.assertEqual(worker.backbone_echelon_id, self.echelon_2)
        self.member.action_suspend("Leave")
        self.assertEqual(worker.backbone_echelon_id, self.echelon_2)
        self.member.action_exit("Leaves")
        self.assertFalse(worker.backbone_member_id)
        self.assertFalse(worker.backbone_echelon_id)

    def test_colleague_sees_the_echelon_and_not_the_mentor(self):
        self._set_mentor(self.member, self.manager)
        self.env.flush_all()
        public = self.env["hr.employee.public"].with_user(self.user_colleague)
        card = public.browse(self.worker.id)
        self.assertEqual(card.backbone_echelon_id, self.echelon_3)
        self.assertEqual(
            public.search([("backbone_echelon_id", "=", self.echelon_3.id)]).ids, self.worker.ids
        )
        with self.assertRaises(AccessError):
            card.read(["backbone_mentor_id"])
        with self.assertRaises(AccessError):
            public.search([("backbone_mentor_id", "=", self.manager.id)])
        with self.assertRaises(AccessError):
            self.member.with_user(self.user_colleague).read(["mentor_id"])

    def test_mentor_reads_member_and_plan(self):
        plan = self.member.plan_id
        with self.assertRaises(AccessError):
            plan.with_user(self.user_colleague).read(["strengths"])
        self._set_mentor(self.member, self.colleague)
        self.env.invalidate_all()
        self.assertEqual(self.member.with_user(self.user_colleague).echelon_id, self.echelon_3)
        self.assertEqual(plan.with_user(self.user_colleague).strengths, "Precise")
        with self.assertRefused():
            plan.with_user(self.user_colleague).strengths = "None"

    def test_member_reads_the_own_place(self):
        for user, sees in (
            (self.user_worker, True),
            (self.user_leader, True),
            (self.user_director, True),
            (self.user_colleague, False),
            # who selected the member in the meeting appoints the mentor
            (self.user_chair, True),
        ):
            seen = self.env["hr.backbone.member"].with_user(user).search([])
            with self.subTest(user=user.login):
                self.assertEqual(seen, self.member.with_user(user) if sees else seen.browse())
                if user != self.user_chair:
                    self.assertEqual(
                        seen.movement_ids,
                        self.env["hr.backbone.movement"].with_user(user).search([]),
                    )

    def test_department_counts_its_members_and_those_below(self):
        for department, count in ((self.board, 1), (self.works, 1), (self.line, 1)):
            with self.subTest(department=department.name):
                self.assertEqual(
                    department.with_user(self.user_officer).backbone_member_count, count
                )
        with self.assertRaises(AccessError):
            self.works.with_user(self.user_manager).read(["backbone_member_count"])

    def test_department_whose_path_begins_alike_is_not_counted(self):
        other = self.env["hr.department"].create({"name": "Other", "company_id": self.company.id})
        self.assertEqual(other.with_user(self.user_officer).backbone_member_count, 0)

    def test_buttons_open_what_they_say(self):
        worker = self.worker.with_user(self.user_officer)
        action = worker.action_open_backbone_applications()
        found = self.env[action["res_model"]].with_user(self.user_officer).search(action["domain"])
        self.assertEqual(found.employee_id, self.worker)
        self.assertEqual(worker.action_open_backbone_member()["res_id"], self.member.id)
        action = self.board.with_user(self.user_officer).action_open_backbone_members()
        found = self.env[action["res_model"]].with_user(self.user_officer).search(action["domain"])
        self.assertEqual(found, self.member)

    def test_settings_mark_the_centers(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.backbone_center_ids, self.board)
        settings.backbone_center_ids = self.works
        self.assertEqual((self.board | self.works).mapped("is_backbone_center"), [False, True])

    def test_managed_people_follow_the_department(self):
        """Kept during a request, and never kept too long."""
        applications = self.env["hr.backbone.application"].with_user(self.user_leader)

        def is_managed():
            people = self.env["hr.employee"].search(applications._get_managed_domain())
            return self.worker in people

        self.assertEqual(self.line.manager_id, self.leader)
        self.assertTrue(is_managed())
        self.line.manager_id = self.colleague
        self.assertFalse(is_managed())
        self.line.manager_id = self.leader
        self.assertTrue(is_managed())
        self.line.active = False
        self.assertFalse(is_managed())
        self.line.active = True
        self.leader.user_id = False
        self.assertFalse(is_managed())
        self.leader.user_id = self.user_leader
        self.assertTrue(is_managed())
