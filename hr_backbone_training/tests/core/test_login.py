# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common_rpc import RpcCommon


@tagged("post_install", "-at_install")
class TestLogin(RpcCommon):
    """Whoever was ever an employee's login stays the person of that employee's documents, and
    takes no step on them. A first login opens one's own documents; a changed one opens nothing
    until an HR administrator who is not the person confirms it. HR writes `user_id`, and
    reaches nothing by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.personnel = cls._new_user(
            "bt_personnel",
            "hr.group_hr_manager,hr_backbone_training.group_hr_backbone_officer",
        )
        cls.me = cls._new_employee(cls.personnel, cls.board, cls.job_worker)
        cls.second_admin = cls._new_user(
            "bt_admin2", "hr_backbone_training.group_hr_backbone_manager"
        )

    def _link(self, employee, user, by=None):
        """Each way in which HR writes it, in turn with the same end."""
        self._call(by or self.personnel, employee.sudo(), "write", {"user_id": user.id})
        self.env.flush_all()
        self.env.invalidate_all()

    def _get_rows(self, employee):
        return self.env["hr.backbone.login"].search([("employee_id", "=", employee.id)])

    def _hidden(self):
        return (
            self.env["hr.backbone.objection"]
            .with_user(self.user_colleague)
            .create({"line_id": self.publicity.line_ids.id, "text": "Hidden", "hidden": True})
        )

    # -- one's login taken away -----------------------------------------------------------

    def test_the_own_case_stays_the_own_case(self):
        """HR takes their own login off their own employee, by each door, and gains nothing."""
        draft = self._recommend(self.me, self.user_director).with_user(self.personnel)
        doors = (
            lambda: self._call(self.personnel, self.me, "write", {"user_id": False}),
            lambda: self._call(self.personnel, self.me, "web_save", {"user_id": False}, {}),
            lambda: self.me.resource_id.with_user(self.personnel).sudo().write({"user_id": False}),
            lambda: self.personnel.sudo().write({"employee_ids": [(3, self.me.id)]}),
        )
        for take_away in doors:
            take_away()
            self.env.invalidate_all()
            self.assertFalse(self.me.user_id)
            self.assertFalse(draft._is_about_me())
            self.assertTrue(draft._concerns_me())
            self.assertFalse(draft._is_hr())
            self._link(self.me, self.personnel, self.user_admin)
            self.assertTrue(draft._is_about_me())

    def test_a_new_recommendation_of_oneself(self):
        self._link(self.me, self.env["res.users"])
        with self.assertRefused("You cannot recommend yourself"):
            self.env["hr.backbone.application"].with_user(self.personnel).create(
                {"employee_id": self.me.id, "echelon_id": self.echelon_3.id}
            )

    def test_who_is_an_objector_decides_nothing(self):
        objection = self._as(self.env["hr.backbone.objection"], self.personnel).create(
            {"line_id": self.publicity.line_ids.id, "text": "Mine"}
        )
        self._link(self.me, self.env["res.users"])
        with self.assertRefused("your own case"):
            objection.with_user(self.personnel).action_uphold("Right")

    # -- one's login put on somebody else -------------------------------------------------

    def test_a_colleagues_documents_stay_closed(self):
        """Neither by HR's own login, nor by one that HR has a hand on."""
        objection = self._hidden()
        customer = self._new_user("bt_customer", "base.group_portal")
        self._link(self.me, self.env["res.users"])
        for user in (self.personnel, customer):
            self._link(self.colleague, user)
            self.assertFalse(self.env["hr.backbone.objection"].with_user(user)._get_mine())
            self.assertNotIn(self.colleague.id, user._get_backbone_own())
            self.assertFalse(self.draft.with_user(user).sudo()._is_about_me())
            self.assertTrue(self.draft.with_user(user).sudo()._concerns_me())
            with self.assertRaises(AccessError):
                self.draft.sudo().plan_id.with_user(customer).read(["gaps"])
        with self.assertRaises(AccessError):
            objection.with_user(customer).read(["text"])
        with self.assertRaises(AccessError):
            self._call(customer, objection, "read", ["text"])
        # and what comes later neither
        self.assertFalse(self.env["res.users"].browse(customer.id)._is_backbone_concerned())

    def test_the_first_login_opens(self):
        """Portal access is often given later."""
        novice = self._new_employee(None, self.line, self.job_worker, name="Novice")
        draft = self._recommend(novice, self.user_leader)
        plan = draft.sudo().plan_id
        user = self._new_user("bt_novice", "base.group_portal")
        with self.assertRaises(AccessError):
            plan.with_user(user).read(["gaps"])
        self._link(novice, user)
        self.assertTrue(plan.with_user(user).read(["gaps"]))
        plan.with_user(user).gaps = "Welding"
        self.assertFalse(self._get_rows(novice))
        # the same login, taken away and given back
        self._link(novice, self.env["res.users"])
        with self.assertRaises(AccessError):
            plan.with_user(user).read(["gaps"])
        self._link(novice, user)
        self.assertTrue(plan.with_user(user).read(["gaps"]))

    def test_nobody_links_themselves(self):
        novice = self._new_employee(None, self.line, self.job_worker, name="Novice")
        self._recommend(novice, self.user_leader)
        other = self._new_user(
            "bt_other", "hr.group_hr_manager,hr_backbone_training.group_hr_backbone_officer"
        )
        self._link(novice, other, other)
        self.assertFalse(other._get_backbone_own())
        self.assertEqual(self._get_rows(novice).state, "shut")

    # -- an administrator decides ----------------------------------------------------------

    def test_confirmed_by_another_administrator(self):
        user = self._new_user("bt_again", "base.group_user")
        plan = self.draft.sudo().plan_id
        self._link(self.colleague, user)
        row = self._get_rows(self.colleague).filtered(lambda row: row.user_id == user)
        self.assertEqual((row.state, row.changed_by_id), ("shut", self.personnel))
        self.assertIn(user.name, self.colleague.message_ids[:1].body)
        asked = row.activity_ids.user_id
        self.assertLessEqual(self.user_admin | self.second_admin, asked)
        self.assertNotIn(self.user_officer, asked)
        with self.assertRaises(AccessError):
            plan.with_user(user).read(["gaps"])
        for somebody in (self.personnel, self.user_officer, user):
            with self.assertRaises(UserError):
                self._call(somebody, row, "action_confirm")
        for vals in ({"state": "open"}, {"date_to": "2026-01-01"}, {"user_id": self.user_admin.id}):
            with self.assertRaises(UserError):
                self._call(self.user_admin, row, "write", vals)
        self._call(self.user_admin, row, "action_confirm")
        self.env.invalidate_all()
        self.assertFalse(row.activity_ids)
        self.assertTrue(plan.with_user(user).read(["gaps"]))
        # who it was before reads no more, and still does not decide
        with self.assertRaises(AccessError):
            plan.with_user(self.user_colleague).read(["gaps"])
        self.assertTrue(plan.with_user(self.user_colleague)._concerns_me())

    def test_one_to_do_for_each_login(self):
        """However often the link changes; and what is decided holds for each time."""
        user = self._new_user("bt_again", "base.group_user")
        other, nobody = self._new_user("bt_third", "base.group_user"), self.env["res.users"]
        for login in (user, nobody, user, other, user):
            self._link(self.colleague, login)
        rows = self._get_rows(self.colleague).filtered(lambda row: row.user_id == user)
        self.assertGreater(len(rows), 1)
        for administrator in (self.user_admin, self.second_admin):
            with self.subTest(user=administrator.login):
                asked = rows.activity_ids.filtered(lambda todo, a=administrator: todo.user_id == a)
                self.assertEqual(len(asked), 1)
                self.assertFalse(rows.browse(asked.res_id).date_to, "the link that holds now")
        row = rows.filtered(lambda row: not row.date_to)
        self._call(self.user_admin, row, "action_confirm")
        self.env.invalidate_all()
        self.assertEqual(set(rows.mapped("state")), {"open"})
        self.assertFalse(rows.activity_ids)
        plan = self.draft.sudo().plan_id
        self.assertTrue(plan.with_user(user).read(["gaps"]))

    def test_an_administrator_does_not_confirm_the_own_login(self):
        self._link(self.colleague, self.second_admin)
        row = self._get_rows(self.colleague).filtered(lambda row: row.state == "shut")
        self.assertNotIn(self.second_admin, row.activity_ids.user_id)
        for method in ("action_confirm", "action_set_aside"):
            with self.assertRefused("your own login"):
                self._call(self.second_admin, row, method)

    def test_a_mistake_is_set_aside(self):
        """A login that was linked by mistake was never the person."""
        user = self._new_user("bt_mistake", "hr_backbone_training.group_hr_backbone_officer")
        draft = self.draft.with_user(user)
        self._link(self.colleague, user)
        self._link(self.colleague, self.user_colleague)
        self.assertTrue(self.draft.with_user(self.user_colleague)._is_about_me())
        self.assertFalse(draft._is_hr())
        row = self._get_rows(self.colleague).filtered(lambda row: row.user_id == user)
        self._call(self.user_admin, row, "action_set_aside")
        self.assertTrue(draft._is_hr())

    def test_nobody_writes_what_is_kept(self):
        self._link(self.colleague, self.env["res.users"])
        row = self._get_rows(self.colleague)
        model = self.env["hr.backbone.login"]
        for user in (self.user_admin, self.personnel, self.user_colleague):
            with self.assertRaises(UserError):
                self._call(user, row, "unlink")
            with self.assertRaises(UserError):
                self._call(
                    user,
                    model,
                    "create",
                    {"employee_id": self.me.id, "user_id": self.user_leader.id},
                )
            with self.assertRaises(UserError):
                self._call(user, row, "web_save", {"state": "mistake"}, {"state": {}})
