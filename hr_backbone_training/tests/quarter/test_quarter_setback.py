# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import BackboneCommon
from ..organization import OFFICER

PLAN = "hr.backbone.plan"


@tagged("post_install", "-at_install")
class TestQuarterSetback(BackboneCommon):
    """Who fell back in the second quarter of 2026, against the first one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-07-15 09:00:00"))
        cls.people = cls._new_people(3, "Person")
        cls.members = cls._new_members(cls.people)
        cls.members._write_moved({"date_admitted": "2025-12-01"})
        quarters = cls.env["hr.backbone.quarter"]
        cls.first, cls.second = (
            quarters._get_or_create(cls.company, date(2026, month, 1)) for month in (2, 5)
        )
        for quarter in (cls.first, cls.second):
            quarter._make_documents()
        cls.env.flush_all()

    def _score(self, quarter, **totals):
        """Of the first, second or third person: the total of the assessment."""
        for person, total in zip(self.people, totals.values(), strict=False):
            assessment = quarter.assessment_ids.filtered(
                lambda row, person=person: row.employee_id == person
            )
            assessment.line_ids.score = total
            grade = self.company._backbone_grade(total)
            assessment._write_moved({"state": "submitted", "grade": grade})

    def _get_found(self, quarter=None, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["hr.backbone.quarter.setback"].with_user(user or self.user_officer)
        return rows.search([("quarter_id", "=", (quarter or self.second).id)])

    def _get_rows(self):
        found = self._get_found()
        return sorted((row.employee_id.name, row.kind, row.before, row.after) for row in found)

    def _put_in_force(self, person, day="2025-12-15", progress=40):
        plan = self.env[PLAN].create({"employee_id": person.id})
        self.env["hr.backbone.plan.line"].create({"plan_id": plan.id, "action": "Read a book"})
        plan.line_ids.progress = progress
        plan._write_moved({"state": "active", "date_activated": day})
        self.env.flush_all()
        self.env["hr.backbone.plan.progress"].search([]).unlink()
        return plan

    def test_a_fall_of_a_grade_or_of_points(self):
        one, two, three = self.people.mapped("name")
        # within a grade by 9, from A to B by 2, within a grade by 10
        self._score(self.first, one=84, two=86, three=73)
        self._score(self.second, one=75, two=84, three=63)
        self.assertEqual(
            self._get_rows(),
            [(two, "grade", "A (86.00)", "B (84.00)"), (three, "points", "C (73.00)", "C (63.00)")],
        )
        self.assertFalse(self._get_found(self.first))
        self.company.backbone_fall_points = 9
        self.assertIn((one, "points", "B (84.00)", "B (75.00)"), self._get_rows())
        self.company.backbone_fall_points = 0
        self.assertEqual([row[0] for row in self._get_rows()], [two])

    def test_two_missed_reports_in_a_row(self):
        one, two, _three = self.people
        for quarter, people in ((self.first, one), (self.second, one | two)):
            reports = quarter.report_ids.filtered(
                lambda row, people=people: row.employee_id in people
            )
            reports._write_moved({"state": "missed"})
        self.assertEqual(self._get_rows(), [(one.name, "reports", False, False)])
        self.members[0].with_user(self.user_officer).action_suspend("On leave")
        self.assertEqual(self._get_rows(), [], "nothing is owed, nor adjusted, meanwhile")

    def test_a_plan_that_has_not_moved(self):
        one, two, three = self.people
        self._put_in_force(one)
        # one that is done, and one that came into force in the first quarter
        self._put_in_force(two, progress=100)
        self._put_in_force(three, "2026-02-01")
        self.assertEqual(self._get_rows(), [(one.name, "plan", "40 %", "40 %")])
        with freeze_time("2026-06-30 09:00:00"):
            # it may move until the quarter is over
            self.assertEqual(self._get_rows(), [])
        with freeze_time("2026-05-05 09:00:00"):
            self.env[PLAN].search([("employee_id", "=", one.id)]).line_ids.progress = 50
            self.env.flush_all()
        self.assertEqual(self._get_rows(), [])

    def test_one_click_adjusts_the_plan(self):
        one = self.people[0]
        plan = self._put_in_force(one)
        row = self._get_found()
        with Form(self.second.with_user(self.user_officer)) as form:
            self.assertEqual(len(form.setback_ids), 1)
        row.action_adjust()
        revision = self.env[PLAN].search([("previous_id", "=", plan.id)])
        self.assertEqual((revision.state, revision.employee_id), ("draft", one))
        row = self._get_found()
        self.assertTrue(row.is_asked)
        with self.assertRefused("has been begun already"):
            row.action_adjust()
        self.assertEqual(len(self.env[PLAN].search([("previous_id", "=", plan.id)])), 1)

    def test_without_a_plan(self):
        self._score(self.first, one=90)
        self._score(self.second, one=70)
        row = self._get_found()
        self.assertIn("agree on one with the member", row.advice)
        self.assertEqual(row.action_open_member()["res_id"], self.members[0].id)
        with self.assertRefused("No plan is in force for", self.people[0].name):
            row.action_adjust()

    def test_who_reads_it(self):
        user = self._new_user("bt_fallen", OFFICER)
        self.people[0].user_id = user
        self._score(self.first, one=90, two=90)
        self._score(self.second, one=70, two=70)
        # HR who took part reads of the others alone
        self.assertEqual(self._get_found(user=user).employee_id, self.people[1])
        self.assertEqual(self._get_found(user=self.user_admin).employee_id, self.people[:2])
        for other in (self.user_manager, self.user_colleague, self.user_chair):
            with self.subTest(user=other.login), self.assertRaises(AccessError):
                self._get_found(user=other)
            with self.subTest(user=other.login), self.assertRaises(AccessError):
                self._get_found().with_user(other).action_adjust()

    def test_many_at_once(self):
        """Of all members together, in as many queries as of one."""
        for person in self.people:
            self._put_in_force(person)
        few, many = (
            self._cost(lambda rows=rows: rows.mapped("before"))
            for rows in (self._get_found()[:1], self._get_found())
        )
        self.assertEqual(few, many)
