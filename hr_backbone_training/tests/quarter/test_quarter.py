# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError

from ..common import BackboneCommon


class TestQuarter(BackboneCommon):
    """ "Every quarter, key employees need to submit work and study reports … every quarter,
    the mentor … will assess": the quarter makes the documents of all members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._admitted()
        cls.startClassPatcher(freeze_time("2026-03-12 09:00:00"))

    def test_opens_by_itself(self):
        self._run_cron("quarter")
        quarter = self.env["hr.backbone.quarter"].search([("company_id", "=", self.company.id)])
        self.assertEqual(quarter.name, "2026-Q1")
        self.assertEqual(quarter.date_end, date(2026, 3, 31))
        self.assertEqual(quarter.date_due_report, date(2026, 4, 10))
        self.assertEqual(quarter.program_id, self.program)
        report, assessment = quarter.report_ids, quarter.assessment_ids
        self.assertEqual(report.employee_id, self.worker)
        self.assertEqual(report.state, "draft")
        self.assertEqual(report.department_id, self.line)
        self.assertEqual(report.job_id, self.job_worker)
        self.assertEqual(report.rank_id, self.job_worker.backbone_rank_id)
        self.assertEqual(sum(assessment.line_ids.mapped("weight")), 100)

    def test_again_changes_nothing(self):
        self._run_cron("quarter")
        quarter = self.env["hr.backbone.quarter"].search([("company_id", "=", self.company.id)])
        report, assessment = quarter.report_ids, quarter.assessment_ids
        lines = assessment.line_ids
        self._run_cron("quarter")
        self.env.invalidate_all()
        self.assertEqual(quarter.report_ids, report)
        self.assertEqual(quarter.assessment_ids.line_ids, lines)

    def test_who_is_not_active_owes_nothing(self):
        self.member.action_suspend("On parental leave")
        self._run_cron("quarter")
        self.assertFalse(
            self.env["hr.backbone.report"].search([("company_id", "=", self.company.id)])
        )

    def test_fiscal_start(self):
        self.company.backbone_fiscal_month = "4"
        dates = self.company._backbone_quarter_dates
        self.assertEqual(dates(date(2026, 3, 31)), (2025, 4, date(2026, 1, 1), date(2026, 3, 31)))
        self.assertEqual(dates(date(2026, 4, 1)), (2026, 1, date(2026, 4, 1), date(2026, 6, 30)))
        self.company.backbone_fiscal_month = "12"
        self.assertEqual(dates(date(2024, 2, 29)), (2023, 1, date(2023, 12, 1), date(2024, 2, 29)))

    def test_a_quarter_that_is_there_keeps_its_name(self):
        """Else two would be 2026-Q4, and a year would have five."""
        self._run_cron("quarter")
        quarter = self.env["hr.backbone.quarter"].search([("company_id", "=", self.company.id)])
        quarter._write_moved({"state": "closed"})
        for month in ("2", "4"):
            with self.assertRefused("2026-Q1", error=ValidationError):
                self.company.backbone_fiscal_month = month
        self.company.backbone_fiscal_month = "1"

    def test_an_echelon_without_criteria_does_not_start(self):
        program = self.program.copy({"year": 2027})
        program.criterion_ids.filtered(lambda c: c.echelon_id == self.echelon_1).unlink()
        usual = self.env["hr.backbone.criterion"].search(
            [("program_id", "=", False), ("echelon_id", "=", self.echelon_1.id)]
        )
        usual.unlink()
        with self.assertRefused("First Echelon has no criteria"):
            program.with_user(self.user_officer).action_start()

    def test_quarters_are_not_moved_while_one_is_open(self):
        self._run_cron("quarter")
        with self.assertRefused("2026-Q1", error=ValidationError):
            self.company.backbone_fiscal_month = "2"

    def test_what_it_is_of_is_settled(self):
        """By its program its assessments are weighed, also when it is closed."""
        self._run_cron("quarter")
        quarter = self.env["hr.backbone.quarter"].search([("company_id", "=", self.company.id)])
        other = self.program.copy({"year": 2027})
        for vals in ({"program_id": other.id}, {"year": 2027}, {"date_end": "2026-04-30"}):
            with self.assertRefused("cannot be changed directly"):
                quarter.with_user(self.user_officer).write(vals)

    def test_criteria_make_100(self):
        program = self.env["hr.backbone.program"].create(
            {
                "year": 2027,
                "company_id": self.company.id,
                "recommendation_start": date(2027, 3, 1),
                "recommendation_end": date(2027, 3, 31),
            }
        )
        first = program.criterion_ids.filtered(lambda c: c.echelon_id == self.echelon_1)
        self.assertEqual(sum(first.mapped("weight")), 100)
        first[0].weight -= 1
        with self.assertRefused("99", "100"):
            program.with_user(self.user_officer).action_start()
        with self.assertRefused("101", error=ValidationError):
            first[0].weight += 2
