# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from contextlib import suppress

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common_rpc import RpcCommon

ELSEWHERE = "elsewhere@example.com"

UNDONE = "undone"


@tagged("post_install", "-at_install")
class TestLoginAddress(RpcCommon):
    """The address of a login, to which the link for a new password goes, is changed by that
    person and by whoever administers the users; not by HR on the employee, by no door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        hr = "base.group_user,hr.group_hr_user,base.group_partner_manager"
        cls.plain = cls._new_user("bt_plain", hr)
        cls.keeper = cls._new_user("bt_keeper", "base.group_erp_manager,hr.group_hr_manager")
        # one abroad sees no portal login of this company, but its contact
        for user in (cls.user_officer, cls.user_admin_abroad):
            user.group_ids |= cls.env.ref("base.group_partner_manager")
        cls.loginless = cls._new_employee(None, cls.line, cls.job_worker, name="Loginless")
        cls.customer = cls._new_user("bt_customer", "base.group_portal")
        cls.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_by_no_door(self):
        employee = self.env["hr.employee"]
        # an internal login without an employee, and the portal login of an employee
        for victim in (self.user_admin, self.user_director, self.user_worker):
            person = victim.employee_ids[:1]
            address = victim.email
            for user in (self.user_officer, self.user_admin_abroad, self.plain):
                doors = [
                    (victim.partner_id, "write", [{"email": ELSEWHERE}]),
                    (victim.partner_id, "web_save", [{"email": ELSEWHERE}, {}]),
                    (victim.partner_id, "write", [{"email": False}]),
                    (victim, "write", [{"email": ELSEWHERE}]),
                    (person, "write", [{"work_email": ELSEWHERE}]),
                    (person, "web_save", [{"work_email": ELSEWHERE, "name": "X"}, {}]),
                    (
                        self.loginless,
                        "write",
                        [{"work_contact_id": victim.partner_id.id, "work_email": ELSEWHERE}],
                    ),
                    (
                        employee,
                        "create",
                        [{"name": "X", "user_id": victim.id, "work_email": ELSEWHERE}],
                    ),
                ]
                for records, method, args in doors:
                    if not records and method != "create":
                        continue
                    with self.subTest(victim=victim.login, user=user.login, args=args):
                        # Odoo's own index keeps a second employee of one login out
                        with suppress(UserError, UniqueViolation), self.cr.savepoint():
                            self._call(user, records, method, *args)
                            self.env.flush_all()
                            # where Odoo let it be written, it is not the login's address
                            self.assertEqual(victim.partner_id.email, address)
                            raise UserError(UNDONE)
                        self.env.invalidate_all()
                        self.assertEqual(victim.partner_id.email, address)

    def test_says_what_to_do(self):
        with self.assertRefused("You cannot change the e-mail address of Director"):
            self._call(self.user_officer, self.director, "write", {"work_email": ELSEWHERE})

    def test_who_may(self):
        self.user_director.with_user(self.user_director).write({"email": "own@example.com"})
        self.env.flush_all()
        self.assertEqual(self.user_director.partner_id.email, "own@example.com")
        self._call(self.keeper, self.director, "write", {"work_email": "kept@example.com"})
        self.assertEqual(self.user_director.partner_id.email, "kept@example.com")

    def test_what_stays_as_in_odoo(self):
        """HR writes all else of an employee, and the address of whoever has no login; a customer's
        is changed by whoever keeps the contacts."""
        self._call(
            self.user_officer,
            self.director,
            "write",
            {"work_phone": "123", "work_email": self.director.work_email},
        )
        self.assertEqual(self.director.work_phone, "123")
        self._call(self.plain, self.loginless, "write", {"work_email": ELSEWHERE})
        self.assertEqual(self.loginless.work_contact_id.email, ELSEWHERE)
        self._call(self.plain, self.customer.partner_id, "write", {"email": ELSEWHERE})
        self.assertEqual(self.customer.email, ELSEWHERE)
