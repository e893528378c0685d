# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_rpc import RpcCommon


@tagged("post_install", "-at_install")
class TestOwnPost(RpcCommon):
    """Nobody in HR moves people who have documents into a department of their own, to read them;
    nor changes what their own documents are decided by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = cls._new_user("bt_plain", "base.group_user,hr.group_hr_manager")
        cls.garage, cls.below = cls.env["hr.department"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("Garage", "Below")]
        )
        cls.me = cls._new_employee(cls.plain, cls.garage, cls.job_worker)
        cls.garage.manager_id = cls.me
        cls.below.parent_id = cls.garage
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _find_read(self, user):
        self.env.invalidate_all()
        return self._as(self.env["hr.backbone.application"], user).search([])

    def test_nobody_is_moved_under_oneself(self):
        for department in (self.garage, self.below):
            vals = {"department_id": department.id}
            version = self.worker.version_id
            doors = (
                (self.worker, "write", vals),
                (self.worker, "web_save", vals, {}),
                (version, "write", vals),
                (department, "write", {"member_ids": [(4, self.worker.id)]}),
                (
                    self.env["hr.version"],
                    "create",
                    {**vals, "employee_id": self.worker.id, "date_version": "2026-03-02"},
                ),
            )
            for records, method, *args in doors:
                with (
                    self.subTest(department=department.name, model=records._name, method=method),
                    self.assertRefused("into a department that you manage"),
                    self.cr.savepoint(),
                ):
                    self._call(self.plain, records, method, *args)
                self.assertFalse(self._find_read(self.plain))
        self.assertEqual(self.worker.department_id, self.line)

    def test_what_hr_does_all_day(self):
        """Others move them, into other departments, and who has no document."""
        novice = self._new_employee(None, self.line, self.job_worker, name="Novice")
        self._call(self.plain, novice, "write", {"department_id": self.garage.id})
        self._call(self.plain, self.worker, "write", {"department_id": self.works.id})
        self._call(self.user_officer, self.worker, "write", {"department_id": self.garage.id})
        # who is there already
        self._call(self.plain, self.worker, "write", {"department_id": self.below.id})
        self._call(self.user_admin, self.worker, "write", {"department_id": self.line.id})
        self.assertEqual(self.worker.department_id, self.line)

    def test_ones_own_post(self):
        """Rank and tenure are those of the post, and of the days of service."""
        user = self.user_officer
        me = self.env["hr.employee"].search([("user_id", "=", user.id)])
        vals = {"job_id": self.job_director.id}
        self._call(user, me, "write", {"job_id": self.job_leader.id})
        self.env["hr.backbone.member"].create({"employee_id": me.id})
        doors = (
            (me, "write", vals),
            (me.version_id, "write", vals),
            (me.version_id, "write", {"date_version": "2001-01-01"}),
            (
                self.env["hr.version"],
                "create",
                {"employee_id": me.id, "date_version": "2001-01-01"},
            ),
        )
        for records, method, *args in doors:
            with (
                self.subTest(model=records._name, method=method, args=args),
                self.assertRefused("You cannot change your own department"),
                self.cr.savepoint(),
            ):
                self._call(user, records, method, *args)
        # all else, and what stays
        day = str(me.version_id.date_version)
        same = {"job_id": self.job_leader.id, "work_phone": "1", "date_version": day}
        self._call(user, me, "write", same)
        self._call(self.user_admin, me, "write", vals)
        self.assertEqual(me.job_id, self.job_director)

    def test_the_name_of_anothers_login(self):
        """The account's name stands beside a signature that is another one; who keeps the
        contacts does not give it."""
        keeper = self._new_user("bt_contacts", "base.group_user,base.group_partner_manager")
        customer = self._new_user("bt_customer", "base.group_portal")
        self.user_officer.group_ids |= self.env.ref("base.group_partner_manager")
        self.user_abroad.group_ids |= self.env.ref("base.group_partner_manager")
        self.user_admin_abroad.group_ids |= self.env.ref("base.group_partner_manager")
        for user in (keeper, self.user_officer, self.user_abroad, self.user_admin_abroad):
            for method, args in (
                ("write", [{"name": "Cheat"}]),
                ("web_save", [{"name": "Cheat"}, {}]),
            ):
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRefused("You cannot rename Worker"),
                ):
                    self._call(user, self.user_worker.partner_id, method, *args)
        self._call(keeper, customer.partner_id, "write", {"name": "Somebody"})
        self._call(keeper, self.user_worker.partner_id, "write", {"name": "Worker", "city": "X"})
        self.user_admin.group_ids |= self.env.ref("base.group_partner_manager")
        self._call(self.user_admin, self.user_worker.partner_id, "write", {"name": "Wife"})
        self.assertEqual(self.user_worker.name, "Wife")
