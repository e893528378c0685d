# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common_rpc import RpcCommon


@tagged("post_install", "-at_install")
class TestOwnDepartment(RpcCommon):
    """Managers read the documents of their people: nobody in HR makes themselves a manager, save
    an administrator of HR or of the users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = cls._new_user("bt_plain", "base.group_user,hr.group_hr_manager")
        cls.me = cls._new_employee(cls.plain, cls.board, cls.job_worker)
        cls.twin = cls._new_employee(None, cls.board, cls.job_worker, name="Twin")
        cls.garage = cls.env["hr.department"].create(
            {"name": "Garage", "company_id": cls.company.id}
        )
        cls.me_of_officer = cls.env["hr.employee"].search([("user_id", "=", cls.user_officer.id)])
        cls.env.flush_all()

    def _assert_refused(self, user, records, method, *args):
        with self.subTest(user=user.login, method=method, args=args):
            with self.assertRaises(UserError) as caught, self.cr.savepoint():
                self._call(user, records, method, *args)
            self.assertIn("ask another person in human resources", str(caught.exception))
            self.env.invalidate_all()
            self.assertFalse(user.sudo().backbone_managed_department_ids)

    def test_by_no_door(self):
        self.assertTrue(self.me_of_officer)
        for user, me in ((self.plain, self.me), (self.user_officer, self.me_of_officer)):
            for department in (self.line, self.garage):
                vals = {"manager_id": me.id}
                self._assert_refused(user, department, "write", vals)
                self._assert_refused(user, department, "web_save", vals, {})
            self._assert_refused(
                user, self.env["hr.department"], "create", {"name": "New", "manager_id": me.id}
            )
            for method, vals in (("read", ["strengths"]), ("write", {"gaps": "x"})):
                with self.assertRaises(UserError):
                    self._call(self.plain, self.plan, method, vals)

    def test_by_a_department_below_the_own(self):
        self.garage.manager_id = self.me
        for department in (self.line, self.works):
            with self.assertRefused("ask another person"):
                self._call(self.plain, department, "write", {"parent_id": self.garage.id})
        self.env.invalidate_all()
        self.assertEqual(self.works.parent_id, self.board)

    def test_by_an_own_center(self):
        self.garage.manager_id = self.me
        with self.assertRefused("make yours a center"):
            self._call(self.plain, self.garage, "write", {"is_backbone_center": True})
        # and the other way round
        self.garage.write({"manager_id": False, "is_backbone_center": True})
        with self.assertRefused("make yours a center"):
            self._call(self.plain, self.garage, "write", {"manager_id": self.me.id})

    def test_by_an_employee_of_ones_own(self):
        """Whom one links oneself opens nothing; see `hr.backbone.login`."""
        self._call(self.plain, self.line, "write", {"manager_id": self.twin.id})
        self.me.user_id = False
        self._call(self.plain, self.twin, "write", {"user_id": self.plain.id})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.plain.sudo().backbone_managed_department_ids)

    def test_what_hr_does_all_day(self):
        """Other managers, the own department as it is, and what is below it."""
        self.garage.manager_id = self.me
        for vals in (
            {"manager_id": self.me.id, "name": "Garages"},
            {"parent_id": self.board.id},
            {"manager_id": self.colleague.id},
        ):
            self._call(self.plain, self.garage, "write", vals)
        self.garage.manager_id = self.me
        below = self._call(
            self.plain,
            self.env["hr.department"],
            "create",
            {"name": "Below", "parent_id": self.garage.id},
        )
        below = self.env["hr.department"].browse(below)
        self._call(self.plain, below, "write", {"manager_id": self.me.id})
        self.assertEqual(below.manager_id, self.me)
        self._call(self.plain, self.works, "write", {"is_backbone_center": True})

    def test_who_may(self):
        for user in (
            self.user_admin,
            self._new_user("bt_erp", "base.group_erp_manager,hr.group_hr_manager"),
        ):
            person = self._new_employee(user, self.board, self.job_worker)
            self._call(user, self.garage, "write", {"manager_id": person.id})
            self.assertEqual(self.garage.manager_id, person)
