# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestMember(BackboneCommon):
    """Dynamic management: each change has its reason, its date, and stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._admitted()
        cls._open_scopes()
        cls.startClassPatcher(freeze_time("2026-06-01 09:00:00"))
        cls.env.invalidate_all()

    def _kinds(self):
        return self.member.movement_ids.sorted("id").mapped("kind")

    # -- what HR can do --------------------------------------------------------------------

    def test_admission_is_the_first_movement(self):
        self.assertEqual(self.member.state, "active")
        self.assertEqual(self.member.date_admitted, date(2026, 3, 10))
        movement = self.member.movement_ids
        self.assertEqual(movement.kind, "admitted")
        self.assertEqual(movement.date, date(2026, 3, 10))
        self.assertEqual(movement.to_echelon_id, self.echelon_3)
        self.assertEqual(
            (movement.employee_name, movement.department_name, movement.job_name),
            ("Worker", "Board / Works / Line", "Fitter"),
        )

    def test_promote_to_a_higher_echelon(self):
        self.member.action_promote(self.echelon_2.id, "Leads the new line", "2026-05-04")
        self.assertEqual(self.member.echelon_id, self.echelon_2)
        movement = self.member.movement_ids.sorted("id")[-1]
        self.assertEqual(movement.kind, "promoted")
        self.assertEqual(movement.date, date(2026, 5, 4))
        self.assertEqual(movement.from_echelon_id, self.echelon_3)
        self.assertEqual(movement.to_echelon_id, self.echelon_2)
        self.assertEqual(movement.reason, "Leads the new line")
        self.assertEqual(movement.user_id, self.user_officer)
        self.assertEqual(self.member.decision_ids[:1].move, "promote")

    def test_move_to_a_lower_echelon(self):
        self.member.action_promote(self.echelon_1, "Leads the works")
        self.member.action_promote(self.echelon_3, "Back to the line")
        self.assertEqual(self._kinds(), ["admitted", "promoted", "moved"])
        self.assertEqual(self.member.echelon_id, self.echelon_3)

    def test_suspend_resume_exit(self):
        self.member.action_suspend("Parental leave", "2026-04-01")
        self.assertEqual(self.member.state, "suspended")
        self.member.action_resume("Back again", date(2026, 5, 1))
        self.assertEqual(self.member.state, "active")
        self.member.action_exit("Changed the profession")
        self.assertEqual(self.member.state, "exited")
        self.assertEqual(self.member.date_exited, date(2026, 6, 1))
        movements = self.member.movement_ids.sorted("id")
        self.assertEqual(
            movements.mapped(lambda m: (m.kind, str(m.date), m.hr_reason)),
            [
                ("admitted", "2026-03-10", False),
                ("suspended", "2026-04-01", "Parental leave"),
                ("resumed", "2026-05-01", "Back again"),
                ("exited", "2026-06-01", "Changed the profession"),
            ],
        )
        self.assertFalse(movements[-1].to_echelon_id)

    def test_day_of_the_exit_is_the_one_that_hr_entered(self):
        self.member.action_exit("Changed the profession", "2026-05-15")
        self.assertEqual(self.member.date_exited, date(2026, 5, 15))

    def test_movements_come_in_the_order_of_their_dates(self):
        self.member.action_suspend("Parental leave", "2026-05-20")
        for move in (self.member.action_resume, self.member.action_exit):
            with self.assertRefused("Choose a date from 05/20/2026"):
                move("Back again", "2026-05-01")
        self.member.action_resume("Back again", "2026-05-20")

    def test_an_echelon_of_use_and_of_the_company(self):
        self.echelon_2.active = False
        with self.assertRefused("not in use any more"):
            self.member.action_promote(self.echelon_2, "A good year")
        echelon = self.echelon_2.copy({"active": True, "company_id": self.company.id})
        self.member.action_promote(echelon, "A good year")
        self.assertEqual(self.member.echelon_id, echelon)

    def test_the_pool_shows_where_the_member_works_now(self):
        self.worker.write({"department_id": self.works.id, "job_id": self.job_manager.id})
        self.env.flush_all()
        self.assertEqual(
            (self.member.department_id, self.member.job_id, self.member.rank_id),
            (self.works, self.job_manager, self.job_manager.backbone_rank_id),
        )
        self.assertEqual(self.member.movement_ids.department_name, "Board / Works / Line")
        self.assertEqual(self.member.application_id.department_id, self.line)
        with self.assertRaises(UserError):
            self.member.write({"department_id": self.line.id})

    def test_who_works_in_another_company_enters_its_pool(self):
        """One row for each employee and company: the former company keeps its own."""
        self.member.action_exit("Goes to another company")
        member = self.member.sudo()
        program = member.program_id
        self._create_abroad()
        company = self.program_abroad.company_id
        self.worker.sudo().write(
            {"company_id": company.id, "department_id": False, "job_id": False, "parent_id": False}
        )
        other = (
            self.env["hr.backbone.application"]
            .sudo()
            ._create_moved(
                [
                    {
                        "employee_id": self.worker.id,
                        "program_id": self.program_abroad.id,
                        "echelon_id": self.echelon_3.id,
                    }
                ]
            )
        )
        self.assertEqual(other.company_id, company)
        members = self.env["hr.backbone.member"]
        members._on_application_admitted(other)
        fresh = members.search([("employee_id", "=", self.worker.id)]) - member
        self.assertEqual((fresh.company_id, fresh.state), (company, "active"))
        self.assertEqual((member.state, member.program_id), ("exited", program))
        self.assertEqual(self.worker.backbone_member_id, fresh)

    def test_wizard_changes_many_at_once(self):
        second = self._second_member()
        wizard = (
            self.env["hr.backbone.member.wizard"]
            .with_user(self.user_officer)
            .with_context(active_model="hr.backbone.member", active_ids=(self.member | second).ids)
            .create({"kind": "promote", "reason": "A good year"})
        )
        self.assertEqual(wizard.member_ids, self.member | second)
        with self.assertRefused("Choose the new echelon"):
            wizard.action_confirm()
        wizard.echelon_id = self.echelon_2
        wizard.action_confirm()
        self.assertEqual((self.member | second).echelon_id, self.echelon_2)
        wizard.copy({"kind": "suspend", "reason": "The works are closed"}).action_confirm()
        self.assertEqual((self.member | second).mapped("state"), ["suspended", "suspended"])

    def test_promotion_beyond_the_scope_is_an_administrators(self):
        """The same as after the year's evaluation; a move down asks for no scope."""
        self.echelon_2.sudo().rank_ids -= self.member.rank_id
        self.program.sudo().line_ids.filtered(
            lambda line: line.echelon_id == self.echelon_2
        ).quota = 0
        wizard = self._open_wizard(self.user_officer)
        self.assertIn("outside the scope of the Second Echelon", wizard.refusal)
        self.assertIn("Only an HR administrator", wizard.refusal)
        self.assertIn("has 0 places in the Second Echelon, and 0 are taken", wizard.warnings)
        with self.assertRefused("outside the scope", "Only an HR administrator"):
            wizard.action_confirm()
        with self.assertRefused("outside the scope", "Only an HR administrator"):
            self.member.with_user(self.user_officer).action_promote(self.echelon_2, "Ready")
        with self.assertRefused("Please write a comment"):
            self.member.with_user(self.user_admin).action_promote(self.echelon_2)
        allowed = self._open_wizard(self.user_admin)
        self.assertIn("outside the scope of the Second Echelon", allowed.warnings)
        self.assertFalse(allowed.refusal)
        allowed.action_confirm()
        self.assertEqual(self.member.echelon_id, self.echelon_2)
        wizard.kind = "suspend"
        self.assertFalse(wizard.warnings or wizard.refusal)
        wizard.kind = "resume"
        self.assertIn("not possible", wizard.refusal)
        self.echelon_3.sudo().rank_ids -= self.member.rank_id
        self.member.with_user(self.user_officer).action_promote(self.echelon_3, "Back")
        self.assertEqual(self.member.echelon_id, self.echelon_3)

    def _open_wizard(self, user):
        return (
            self.env["hr.backbone.member.wizard"]
            .with_user(user)
            .with_context(active_model="hr.backbone.member", active_ids=self.member.ids)
            .create({"kind": "promote", "echelon_id": self.echelon_2.id, "reason": "A good year"})
        )

    def _second_member(self):
        with freeze_time("2026-03-02 09:00:00"):
            return self._admitted(employee=self.colleague, user=self.user_manager)

    # -- what is refused -------------------------------------------------------------------

    def test_reason_is_needed(self):
        for comment in (None, "", "  "):
            for label, move in (
                ("Suspended", lambda c: self.member.action_suspend(c)),
                ("Exited", lambda c: self.member.action_exit(c)),
                ("Promoted", lambda c: self.member.action_promote(self.echelon_2, c)),
            ):
                with self.subTest(label=label, comment=comment):
                    with self.assertRefused("Please write a comment: this step needs the reason."):
                        move(comment)
        self.assertEqual(self._kinds(), ["admitted"])

    def test_same_or_no_echelon(self):
        with self.assertRefused("Worker is in the Third Echelon already"):
            self.member.action_promote(self.echelon_3, "Stays")
        with self.assertRefused("Choose the echelon"):
            self.member.action_promote(False, "Where to?")
        for echelon in (0, 999999999):
            with self.assertRefused("“echelon” must be the number of a record"):
                self.member.action_promote(echelon, "Where to?")

    def test_date_lies_between_admission_and_today(self):
        for day in ("2026-03-09", "2026-06-02", "1900-01-01"):
            for move in (
                lambda d: self.member.action_suspend("Leave", d),
                lambda d: self.member.action_exit("Leaves", d),
                lambda d: self.member.action_promote(self.echelon_2, "Leads", d),
            ):
                with self.subTest(day=day), self.assertRefused("last movement of Worker"):
                    move(day)
        for day in ("2026-03-10", "2026-06-01"):
            with self.subTest(day=day), self.cr.savepoint() as savepoint:
                self.member.action_suspend("Leave", day)
                self.assertEqual(self.member.state, "suspended")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_steps_follow_each_other(self):
        with self.assertRefused("is at “Active”"):
            self.member.action_resume("Why not")
        self.member.action_suspend("Leave")
        with self.assertRefused("is at “Suspended”"):
            self.member.action_suspend("Leave")
        with self.assertRefused("is at “Suspended”"):
            self.member.action_promote(self.echelon_2, "Leads")
        self.member.action_exit("Leaves")
        for move in ("suspend", "resume", "exit"):
            with self.subTest(move=move), self.assertRefused("is at “Exited”"):
                getattr(self.member, f"action_{move}")("After all")

    def test_only_hr_manages_the_pool(self):
        for user in (self.user_worker, self.user_leader, self.user_manager, self.user_director):
            member = self.member.with_user(user)
            for move in (
                lambda m: m.action_suspend("No"),
                lambda m: m.action_exit("No"),
                lambda m: m.action_promote(self.echelon_1.id, "Yes"),
            ):
                with self.subTest(user=user.login), self.assertRefused("Only HR can do this"):
                    move(member)
        with self.assertRaises(AccessError):
            self.member.with_user(self.user_colleague).action_exit("No")

    def test_officer_does_not_decide_on_the_own_membership(self):
        self._become(self.user_officer, self.worker)
        for move in (
            lambda m: m.action_suspend("No"),
            lambda m: m.action_exit("No"),
            lambda m: m.action_promote(self.echelon_1.id, "Yes"),
        ):
            with self.assertRefused("You cannot decide on your own case"):
                move(self.member)
        self.member.with_user(self.user_admin).action_promote(self.echelon_1, "Yes")
        self.assertEqual(self.member.echelon_id, self.echelon_1)

    def test_one_refused_changes_none(self):
        second = self._second_member()
        second.action_suspend("Leave")
        with self.assertRefused("is at “Suspended”"):
            (self.member | second).action_suspend("Leave")
        self.assertEqual(self.member.state, "active")
        self.assertEqual(self._kinds(), ["admitted"])

    # -- history ---------------------------------------------------------------------------

    def test_movements_and_decisions_are_never_changed(self):
        self.member.action_suspend("Leave")
        for rows, word in (
            (self.member.movement_ids, "A movement is history"),
            (self.member.sudo().decision_ids, "A decision is history"),
        ):
            for user in (self.user_officer, self.user_admin):
                for vals in ({"date": "2020-01-01"}, {"user_id": self.user_admin.id}):
                    with self.subTest(user=user.login, model=rows._name):
                        with self.assertRefused():
                            rows.with_user(user).sudo(False).write(vals)
                with self.assertRefused():
                    rows.with_user(user).sudo(False).unlink()
                with self.assertRaises(AccessError):
                    rows.with_user(user).sudo(False).create({"date": "2020-01-01"})
            # nor by the system itself
            with self.assertRefused(word):
                rows.sudo().write({"date": "2020-01-01"})
            with self.assertRefused(word):
                rows.sudo().unlink()

    def test_member_is_not_written_or_deleted(self):
        for user in (self.user_officer, self.user_admin):
            member = self.member.with_user(user)
            for vals in (
                {"state": "exited"},
                {"echelon_id": self.echelon_1.id},
                {"date_admitted": "2020-01-01"},
                {"employee_id": self.colleague.id},
                {"company_id": self.env.ref("base.main_company").id},
            ):
                with self.subTest(user=user.login, **vals):
                    with self.assertRefused("cannot be changed directly"):
                        member.write(vals)
            with self.assertRaises(AccessError):
                member.unlink()
            with self.assertRaises(AccessError):
                member.create({"employee_id": self.colleague.id})
        with self.assertRefused("The talent pool keeps its history"):
            self.member.sudo().unlink()

    def test_archived_employee_keeps_the_history_and_leaves_the_pool(self):
        self.worker.active = False
        self.env.invalidate_all()
        self.assertEqual(self._kinds(), ["admitted"])
        self._run_cron("member")
        self.env.invalidate_all()
        self.assertEqual(self.member.state, "exited")
        self.assertEqual(self._kinds(), ["admitted", "exited"])
        self.assertEqual(self.member.movement_ids.sorted("id")[-1].reason, "Left the company.")
        self.assertEqual(self.member.movement_ids.mapped("employee_name"), ["Worker", "Worker"])
        self._run_cron("member")
        self.assertEqual(self._kinds(), ["admitted", "exited"])
        self.assertIn(self.member, self.member.search([("state", "=", "exited")]))

    def test_employee_with_history_is_not_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.worker.unlink()

    def test_whoever_comes_back_comes_into_the_same_row(self):
        self.member.action_exit("Changed the profession")
        with freeze_time("2026-03-20 09:00:00"):
            application, publicity = self._publicized()
        with freeze_time("2026-06-01 09:00:00"):
            publicity.action_close()
        self.env.invalidate_all()
        self.assertEqual(application.state, "admitted")
        self.assertEqual(self.worker.backbone_member_ids, self.member)
        self.assertEqual(self.member.state, "active")
        self.assertEqual(self.member.application_id, application)
        self.assertFalse(self.member.date_exited)
        self.assertEqual(self._kinds(), ["admitted", "exited", "admitted"])
        self.assertEqual(self.worker.backbone_member_id, self.member)
