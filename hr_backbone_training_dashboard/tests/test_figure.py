# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.hr_backbone_training.tests.common_report import ReportSteps
from odoo.addons.hr_backbone_training.tests.common_training import BackboneTrainingCommon


@tagged("post_install", "-at_install")
class TestFigure(ReportSteps, BackboneTrainingCommon):
    """The figures are those of the documents, and name nobody."""

    def _read(self, topic, groupby, *measures, user=None):
        """{group: (sum, …)}"""
        self.env.flush_all()
        figures = self._as(self.env["hr.backbone.figure"], user or self.user_officer)
        rows = figures._read_group([("topic", "=", topic)], groupby, measures)
        size = len(groupby)
        return {row[:size] if size > 1 else row[0]: row[size:] for row in rows}

    def test_the_pipeline(self):
        self._apply("director")
        self._apply("draft")
        found = self._read("pipeline", ["state", "department_id"], "applications:sum")
        self.assertEqual(
            {(state, department.name): number for (state, department), number in found.items()},
            {("director", "Line"): (1,), ("draft", "Line"): (1,)},
        )

    def _apply(self, state):
        """An application that has come so far."""
        case = self._recommend(employee=self._new_people(1, f"Person {state}"))
        case.sudo()._write_moved({"state": state})

    def test_compliance_is_the_sum_of_the_ledger(self):
        self._create_quarter_of_members()
        self._write_report(self.report)
        # whatever the day is on which the test runs, this one is to come
        self.env["hr.backbone.quarter"]._get_or_create(
            self.company, date(2090, 2, 1)
        )._make_documents()
        self.env.flush_all()
        ledger = dict.fromkeys(("promised", "planned", "delivered", "due", "missing"))
        domain = [("company_id", "=", self.company.id), ("kind", "=", "report")]
        measures = [f"{name}:sum" for name in ledger]
        (expected,) = self.env["hr.backbone.obligation"]._read_group(domain, [], measures)
        measures = [f"{name}:sum" for name in ("owed", "planned", "delivered", "due", "overdue")]
        found = self._read("compliance", ["obligation"], *measures)
        self.assertEqual(found["report"], expected)
        owed, _planned, delivered, due, overdue = found["report"]
        self.assertEqual((delivered, due), (1, 1 + overdue))
        self.assertGreater(owed, due, "what is to come is not asked for yet")

    def _create_quarter_of_members(self):
        """A quarter with what each member owes in it."""
        quarter = self.env["hr.backbone.quarter"]._get_or_create(self.company)
        reports, assessments = quarter._make_documents()
        self.report = reports.filtered(lambda row: row.member_id == self.worker_member)
        return assessments

    def test_a_mean_is_of_three_at_least(self):
        more = self._new_pool(1)
        assessments = self._create_quarter_of_members().filtered(
            lambda row: row.echelon_id == self.echelon_3
        )
        self.assertEqual(len(assessments), 3)
        self.assertIn(more, assessments.member_id)
        for row, total in zip(assessments[:2], (60, 80), strict=True):
            row._write_moved({"state": "submitted"})
            row.total = total
        self.assertFalse(self._read("score", ["echelon_id"], "score:avg", "assessed:sum"))
        assessments[2]._write_moved({"state": "submitted"})
        assessments[2].total = 100
        found = self._read("score", ["echelon_id"], "score:avg", "assessed:sum")
        self.assertEqual(found, {self.echelon_3.with_user(self.user_officer): (80, 3)})

    def test_trainings(self):
        training = self._new_training(
            self.worker_member | self.colleague_member, cost=1200, budget=1500
        )
        self._new_training(name="Only a draft", plan=False, cost=9999)
        found = self._read(
            "training", ["quarter"], "held:sum", "participants:sum", "hours:sum", "cost:sum"
        )
        self.assertEqual(found, {"2026-Q1": (0, 0, 0, 1200)})
        with freeze_time("2026-03-12 17:00:00"):
            self._row(training, self.worker_member, self.user_officer).action_attend()
            training.action_done()
        found = self._read(
            "training", ["quarter"], "held:sum", "participants:sum", "hours:sum", "cost:sum"
        )
        self.assertEqual(found, {"2026-Q1": (1, 1, 7, 1200)})

    def test_currencies_are_not_added_up(self):
        """Whoever looks at two companies sees the cost of those with the currency of their own."""
        self._new_training(self.worker_member, cost=1200, budget=1500)
        currencies = self.env["res.currency"].with_context(active_test=False)
        other = currencies.search([("id", "!=", self.company.currency_id.id)], limit=1)
        other.active = True
        self.company_abroad.currency_id = other
        abroad = {"company_id": self.company_abroad.id, "program_id": False, "trainer_id": False}
        training = self.env["hr.backbone.training"].create(
            {**abroad, "name": "Abroad", "date_start": "2026-03-12 09:00:00", "cost": 100}
        )
        training._write_moved({"state": "planned"})
        self.env.flush_all()
        both = self.company | self.company_abroad
        for company, cost in ((self.company, 1200), (self.company_abroad, 100)):
            figures = self.env["hr.backbone.figure"].with_context(
                allowed_company_ids=[company.id, *(both - company).ids]
            )
            [(total,)] = figures._read_group(
                [("topic", "=", "training"), ("company_id", "in", both.ids)], [], ["cost:sum"]
            )
            self.assertEqual(total, cost)

    def test_companies_do_not_see_each_other(self):
        self._apply("director")
        self._create_abroad()
        self.assertFalse(
            self._read("pipeline", ["state"], "applications:sum", user=self.user_admin_abroad)
        )

    def test_who_reads_them(self):
        self._apply("director")
        self.env.flush_all()
        for user in (self.user_officer, self.user_admin, self.user_chair):
            self.assertTrue(self._as(self.env["hr.backbone.figure"], user).search([]))
        for user in (self.user_worker, self.user_manager, self.user_director, self.user_colleague):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(self.env["hr.backbone.figure"], user).search([])

    def test_no_person_is_in_them(self):
        people = {"hr.employee", "hr.employee.public", "res.users", "res.partner"}
        people |= {"hr.backbone.member", "hr.backbone.application"}
        fields = self.env["hr.backbone.figure"]._fields.values()
        named = {
            field.name
            for field in fields
            if field.comodel_name in people and field.name not in ("create_uid", "write_uid")
        }
        self.assertFalse(named)
