# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.exceptions import AccessError

from ..common_quarter import QuarterCommon


class TestQuarterDebt(QuarterCommon):
    """The cockpit of the quarter: who owes what, members, mentors and HR alike."""

    def setUp(self):
        super().setUp()
        self.quarter = self._open()
        self.debts = self.env["hr.backbone.quarter.debt"].with_user(self.user_officer)

    def _get_debts(self):
        self.env.invalidate_all()
        return {
            (debt.debtor, debt.debtor_id.name, debt.what, debt.member_id.employee_id.name)
            for debt in self.debts.search([("quarter_id", "=", self.quarter.id)])
        }

    def test_who_owes_what(self):
        self.assertEqual(
            self._get_debts(),
            {
                ("member", "Worker", "report", "Worker"),
                ("member", "Colleague", "report", "Colleague"),
                ("mentor", "Mentor", "assessment", "Worker"),
                ("mentor", "Mentor", "assessment", "Colleague"),
            },
        )

    def test_hr_owes_too(self):
        self._submit_report(self.quarter, self.worker)
        self.member_inside.sudo()._on_mentor_changed(self.env["hr.employee"])
        debts = self._get_debts()
        self.assertIn(("hr", False, "acceptance", "Worker"), debts)
        self.assertIn(("hr", False, "mentor", "Colleague"), debts)
        self.assertNotIn(("member", "Worker", "report", "Worker"), debts)

    def test_hr_owes_the_criteria(self):
        """Where there is nothing to score, the mentor can do nothing, and is not reminded."""
        self._get_document(self.quarter, "assessment", self.worker).line_ids.unlink()
        debts = self._get_debts()
        self.assertIn(("hr", False, "criteria", "Worker"), debts)
        self.assertNotIn(("mentor", "Mentor", "assessment", "Worker"), debts)
        ledger = self.env["hr.backbone.obligation"].with_user(self.user_officer)
        row = ledger.search([("kind", "=", "assessment"), ("employee_id", "=", self.worker.id)])
        self.assertEqual((row.debtor, row.debtor_id), ("hr", self.env["hr.employee"]))
        self._get_document(self.quarter, "assessment", self.colleague).line_ids.unlink()
        self._submit_report(self.quarter, self.worker)
        self._submit_report(self.quarter, self.colleague)
        message = self.quarter.action_nudge()["params"]["message"]
        self.assertEqual(message, "Nobody owes anything.")

    def test_what_is_done_is_gone(self):
        self._submit_report(self.quarter, self.worker).action_accept(80)
        self._submit_assessment(self.quarter, self.worker)
        self.member_inside.action_suspend("On parental leave")
        self.assertEqual(self._get_debts(), set())

    def test_overdue_in_days(self):
        with freeze_time("2026-04-15 09:00:00"):
            debts = self.debts.search([("is_overdue", "=", True)])
            self.assertEqual(set(debts.mapped("what")), {"report"})
            self.assertEqual(set(debts.mapped("days_overdue")), {5})
            self.assertEqual(set(debts.mapped("closing")), {"missed"})
            self.assertEqual(self.quarter.overdue_count, 2)

    def test_the_numbers_of_the_page(self):
        self._submit_report(self.quarter, self.worker)
        self._submit_report(self.quarter, self.colleague).action_accept(90)
        self._submit_assessment(self.quarter, self.worker)
        quarter = self.quarter
        self.assertEqual((quarter.report_count, quarter.report_done), (2, 2))
        self.assertEqual((quarter.report_accepted, quarter.report_progress), (1, 100))
        self.assertEqual((quarter.assessment_done, quarter.assessment_progress), (1, 50))
        self.assertEqual((quarter.owed_member, quarter.owed_mentor, quarter.owed_hr), (0, 1, 1))

    def test_where_the_buttons_lead(self):
        action = self.quarter.with_context(backbone_debtor="hr").action_open_debts()
        self.assertEqual(action["domain"], [("quarter_id", "in", self.quarter.ids)])
        self.assertEqual(action["context"], {"search_default_hr": 1})
        debt = self.debts.search([("what", "=", "report")], limit=1)
        self.assertEqual(debt.action_open()["res_id"], debt.report_id.id)
        for name in ("reports", "assessments", "notices"):
            action = getattr(self.quarter, f"action_open_{name}")()
            self.assertTrue(self.env[action["res_model"]].search_count(action["domain"]))

    def test_hr_chooses_another_mentor_in_a_window(self):
        self.mentor.user_id = False
        with freeze_time("2026-04-02 09:00:00"):
            debts = self.debts.search([("what", "=", "assessment")])
            context = debts.action_reassign()["context"]
            wizard = (
                self.env["hr.backbone.reassign.wizard"]
                .with_user(self.user_officer)
                .with_context(**context)
                .create({"mentor_id": self.tutor.id})
            )
            wizard.action_confirm()
        self.assertEqual(self.quarter.sudo().assessment_ids.mentor_id, self.tutor)

    def test_hr_alone_looks_at_it(self):
        for user in (self.user_worker, self.user_mentor, self.user_manager, self.user_chair):
            debts = self.debts.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                debts.search([])
            quarter = self.quarter.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                quarter.read(["overdue_count"])

    def test_companies_never_see_each_other(self):
        self._create_abroad()
        debts = self._as(self.debts, self.user_admin_abroad)
        self.assertFalse(debts.search([]))

    def test_queries_do_not_grow(self):
        specification = {
            name: {}
            for name in ("report_progress", "owed_hr", "overdue_count", "told", "late_count")
        }
        columns = {"debtor_id": {"fields": {"display_name": {}}}, "what": {}, "days_overdue": {}}

        def read():
            self.quarter.web_read(specification)
            self.debts.web_search_read([], columns, limit=80)
            self.debts.web_read_group([], ["department_id"], ["__count"])

        counts = []
        for number in (5, 80, 1000):
            self._new_members(self._new_people(number, f"Crew{number}"), self.tutor)
            self.quarter.sudo()._make_documents()
            # whoever is new in the pool empties the caches
            read()
            counts.append(self._cost(read))
        # the first one fills the caches; a full page is counted as well
        _warm, few, many = counts
        self.assertEqual(few, many)
