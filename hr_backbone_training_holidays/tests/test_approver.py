# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import Form, tagged

from ..hooks import post_init_hook
from .common import HolidaysCommon

GROUP = "hr_holidays.group_hr_holidays_responsible"


@tagged("post_install", "-at_install")
class TestApprover(HolidaysCommon):
    """Somebody who logs in through the portal can be made a manager, and approves no time off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_outside = cls._new_user("bt_outside", "base.group_portal")
        cls.user_inside = cls._new_user("bt_inside")
        cls.outside, cls.inside = (
            cls._new_employee(user, cls.works, cls.job_manager)
            for user in (cls.user_outside, cls.user_inside)
        )
        cls.person = cls._new_employee(None, cls.line, cls.job_worker, name="Person")
        cls.person.parent_id = False
        cls.person.leave_manager_id = False
        cls.env.flush_all()
        cls.as_hr = cls.person.with_user(cls.user_officer)

    def assertOutside(self, person):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(person.parent_id, self.outside)
        self.assertFalse(person.leave_manager_id)
        self.assertFalse(self.user_outside.has_group(GROUP))
        self.assertTrue(self.user_outside.share)

    def test_manager_inside_approves_as_ever(self):
        self.as_hr.write({"parent_id": self.inside.id})
        self.assertEqual(self.person.leave_manager_id, self.user_inside)
        self.assertTrue(self.user_inside.has_group(GROUP))

    def test_written(self):
        self.as_hr.write({"parent_id": self.outside.id})
        self.assertOutside(self.person)

    def test_after_a_manager_inside(self):
        self.as_hr.write({"parent_id": self.inside.id})
        self.as_hr.write({"parent_id": self.outside.id})
        self.assertOutside(self.person)
        self.assertFalse(self.user_inside.has_group(GROUP))

    def test_another_approver_stays(self):
        self.as_hr.write({"parent_id": self.inside.id, "leave_manager_id": self.user_answers.id})
        self.as_hr.write({"parent_id": self.outside.id})
        self.assertEqual(self.person.leave_manager_id, self.user_answers)

    def test_with_an_approver_of_its_own(self):
        vals = {"parent_id": self.outside.id, "leave_manager_id": self.user_inside.id}
        self.as_hr.write(vals)
        self.assertEqual(self.person.leave_manager_id, self.user_inside)

    def test_created(self):
        vals = {"name": "New", "parent_id": self.outside.id, "company_id": self.company.id}
        self.assertOutside(self.env["hr.employee"].with_user(self.user_officer).create(vals))

    def test_created_with_an_approver(self):
        vals = {
            "name": "New",
            "parent_id": self.outside.id,
            "leave_manager_id": self.user_inside.id,
            "company_id": self.company.id,
        }
        person = self.env["hr.employee"].with_user(self.user_officer).create(vals)
        self.assertEqual(person.leave_manager_id, self.user_inside)

    def test_by_the_form(self):
        with Form(self.as_hr) as form:
            form.parent_id = self.outside
        self.assertOutside(self.person)

    def test_of_the_department(self):
        self.person.write({"department_id": self.works.id, "parent_id": self.manager.id})
        self.works.with_user(self.user_admin).manager_id = self.outside
        self.assertOutside(self.person)

    def test_imported(self):
        result = (
            self.env["hr.employee"]
            .with_user(self.user_officer)
            .load(["name", "parent_id/.id"], [["Imported", str(self.outside.id)]])
        )
        self.assertEqual(result["messages"], [])
        self.assertOutside(self.env["hr.employee"].browse(result["ids"]))

    def test_nobody_names_one(self):
        for method, args in (
            (self.as_hr.write, {"leave_manager_id": self.user_outside.id}),
            (self.as_hr.create, {"name": "New", "leave_manager_id": self.user_outside.id}),
        ):
            with self.assertRefused("through the portal and cannot approve time off"):
                method(args)

    def _approve_outside(self):
        """As Time Off has it before the glue is installed: a computed field asks no group."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_employee SET leave_manager_id = %s WHERE id = %s",
            (self.user_outside.id, self.person.id),
        )
        self.env.invalidate_all()

    def test_existing_data(self):
        self._approve_outside()
        post_init_hook(self.env)
        self.env.flush_all()
        self.assertFalse(self.person.leave_manager_id)

    def test_a_login_goes_to_the_portal(self):
        self.as_hr.write({"parent_id": self.inside.id})
        self.user_inside.group_ids = self.env.ref("base.group_portal")
        self.assertTrue(self.user_inside.share)
        self.assertFalse(self.person.leave_manager_id)

    def test_who_is_asked_instead(self):
        """By Time Off's own rule the manager is asked where there is no approver."""
        self.as_hr.write({"parent_id": self.outside.id})
        kind = self._new_kind("manager")
        leave = self._ask(self.person, "03-09", kind=kind)
        self.assertEqual(leave._get_responsible_for_approval(), self.user_answers)
        self.assertEqual(leave.activity_ids.user_id, self.user_answers)
        self.as_hr.write({"parent_id": self.inside.id})
        leave = self._ask(self.person, "03-10", kind=kind)
        self.assertEqual(leave._get_responsible_for_approval(), self.user_inside)

    def test_who_is_asked_for_days_instead(self):
        self.as_hr.write({"parent_id": self.outside.id})
        kind = self._new_kind(
            "no_validation", requires_allocation=True, allocation_validation_type="manager"
        )
        vals = {
            "name": "Days",
            "employee_id": self.person.id,
            "holiday_status_id": kind.id,
            "number_of_days": 3,
        }
        days = self.env["hr.leave.allocation"].create(vals)
        self.assertEqual(days._get_responsible_for_approval(), self.user_answers)
