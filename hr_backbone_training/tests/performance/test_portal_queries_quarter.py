# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import re

from odoo.tests import tagged

from ..common_portal import BackbonePortalCommon
from ..common_queries import BUDGET_OWN_PAGE, FEW, QuerySteps
from ..common_report import ReportSteps


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalQueriesQuarter(QuerySteps, ReportSteps, BackbonePortalCommon):
    """The pages of a quarter cost the same with ten records and with a thousand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_quarter()
        for table in ("report", "assessment"):
            cls.env.cr.execute(f"DROP INDEX hr_backbone_{table}_quarter_member_uniq")

    def _grow_reports(self, count):
        self._copy_rows(self.report, count)

    def _grow_assessments(self, count):
        self._copy_rows(self.assessment, count)

    def test_my_page(self):
        self.assertSteady(self.user_worker, "/my/backbone", self._grow_reports, BUDGET_OWN_PAGE)

    def test_my_page_of_a_mentor(self):
        self.assertSteady(self.user_mentor, "/my/backbone", self._grow_assessments, BUDGET_OWN_PAGE)

    def test_my_reports(self):
        self.assertSteady(self.user_worker, "/my/backbone/reports", self._grow_reports)

    def test_assessments(self):
        self.assertSteady(self.user_mentor, "/my/backbone/assessments", self._grow_assessments)

    def test_an_assessment(self):
        self.assertSteady(self.user_mentor, self.assessment.access_url, self._grow_assessments)

    def test_a_report_with_many_entries(self):
        book = self._new_book(self.pool_member, "2026-02-01")
        self.report._refresh_entries()
        entry = self.report.entry_ids
        self.env.cr.execute("DROP INDEX hr_backbone_report_entry_document_uniq")
        self.assertEqual(entry.res_id, book.id)
        self.assertSteady(
            self.user_worker,
            self.report.access_url,
            lambda count: self._copy_rows(entry, min(count, 100)),
        )
        self.assertEqual(len(self.report.entry_ids), 1 + FEW + 100)
        page = self._get(self.report.access_url).text
        shown = {int(number) for number in re.findall(r'name="(\d+)-note"', page)}
        self.assertEqual(shown, set(self.report.entry_ids.ids))
