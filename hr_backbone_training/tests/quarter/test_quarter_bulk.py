# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from contextlib import ExitStack
from unittest.mock import patch

from freezegun import freeze_time

from odoo import api
from odoo.tools import SQL

from ...models.core import bulk
from ..common_quarter import QuarterCommon

REPORT, ASSESSMENT = "hr.backbone.report", "hr.backbone.assessment"
LINE, DECISION = "hr.backbone.assessment.line", "hr.backbone.decision"
MODELS = (REPORT, ASSESSMENT, LINE, DECISION)
# what is never the same twice
OTHER = {"id", "quarter_id", "assessment_id", "res_id", "create_date", "write_date", "date"}


class QuarterBulkCommon(QuarterCommon):
    """A quarter, opened and closed."""

    def _read_rows(self):
        """What stands in the tables of the quarter, without what is never the same twice."""
        self.env.flush_all()
        quarter = self.env["hr.backbone.quarter"].search([("company_id", "=", self.company.id)])
        reports, assessments = quarter.report_ids, quarter.assessment_ids
        found = []
        for model, ids in (
            (REPORT, reports.ids),
            (ASSESSMENT, assessments.ids),
            (LINE, assessments.line_ids.ids),
            (DECISION, (reports.decision_ids + assessments.decision_ids).ids),
        ):
            table = SQL.identifier(self.env[model]._table)
            self.cr.execute(SQL("SELECT * FROM %s WHERE id = ANY(%s) ORDER BY id", table, ids))
            for row in self.cr.dictfetchall():
                # no score yet is zero or nothing, and read as the same
                values = {name: row[name] or None for name in row.keys() - OTHER}
                found.append({**values, "model": model})
            self.assertTrue(ids)
        return found

    def _open_and_close(self):
        quarter = self._open()
        with freeze_time("2026-05-21 09:00:00"):
            quarter.action_close()
        self.assertEqual(quarter.state, "closed")

    def _undone(self, step):
        savepoint = self.cr.savepoint(flush=True)
        with savepoint:
            step()
            rows = self._read_rows()
            savepoint.rollback()
        self.env.invalidate_all()
        return rows

    def _get_overridden(self, seen):
        """As another addon would override `create` and `write` of these models."""
        stack = ExitStack()
        for model in MODELS:
            registry_class = self.env.registry[model]
            for name in ("create", "write"):
                method = self._get_override(getattr(registry_class, name), model, name, seen)
                stack.enter_context(patch.object(registry_class, name, method))
        return stack

    @staticmethod
    def _get_override(parent, model, name, seen):
        def override(self, values):
            result = parent(self, values)
            seen.setdefault((model, name), []).append(len(result if name == "create" else self))
            return result

        return api.model_create_multi(override) if name == "create" else override


class TestQuarterBulk(QuarterBulkCommon):
    """The rows of a quarter are made and closed for all members at once: in one statement, or
    through the ORM as soon as another addon has a say in them."""

    def test_both_ways_make_the_same(self):
        by_sql = self._undone(self._open_and_close)
        with patch.object(bulk, "is_watched", return_value=True):
            by_orm = self._undone(self._open_and_close)
        self.assertEqual(by_sql, by_orm)
        self.assertEqual(
            {(row["model"], row.get("state")) for row in by_sql},
            {(REPORT, "missed"), (ASSESSMENT, "missed"), (LINE, None), (DECISION, None)},
        )

    def test_nobody_else_looks(self):
        """One statement: nothing in Odoo or here is taken for another addon's."""
        for model in MODELS:
            fields = ("state",) if "state" in self.env[model]._fields else ()
            for method in ("create", "write"):
                with self.subTest(model=model, method=method):
                    self.assertFalse(bulk.is_watched(self.env[model], method, fields))

    def test_overrides_see_each_row(self):
        seen = {}
        with self._get_overridden(seen):
            self._open_and_close()
        members = len(self.members)
        for model in (REPORT, ASSESSMENT):
            self.assertEqual(seen[model, "create"], [members])
            self.assertIn(members, seen[model, "write"])
        self.assertTrue(seen[LINE, "create"])
        # a decision for each document that nobody handed in, and the quarter's own
        self.assertEqual(sum(seen[DECISION, "create"]), 2 * members + 1)

    def test_what_is_there_stays(self):
        quarter = self._open()
        report = self._get_document(quarter, "report", self.worker)
        with self._get_overridden({}):
            made = quarter.sudo()._make_documents()
            self.assertFalse(any(made))
        self.assertIn(report, quarter.sudo().report_ids)


class TestQuarterBulkFields(QuarterBulkCommon):
    """Beside another addon's fields; one test, since they stay in the registry for the class."""

    def _add_field(self, name, **vals):
        model_id = self.env["ir.model"]._get_id(REPORT)
        self.env["ir.model.fields"].create({"name": name, "model_id": model_id, **vals})

    def test_fields_of_another_addon(self):
        """What it requires does not stop a quarter; what it computes of a document follows."""
        self._add_field("x_cost_center", ttype="char", required=True)
        self.env["ir.default"].set(REPORT, "x_cost_center", "4711")
        self._add_field(
            "x_is_missed",
            ttype="boolean",
            depends="state",
            compute="for report in self: report['x_is_missed'] = report.state == 'missed'",
            store=True,
        )
        self._open_and_close()
        reports = self.env[REPORT].search([("member_id", "in", self.members.ids)])
        self.assertEqual(set(reports.mapped("x_cost_center")), {"4711"})
        self.assertEqual(reports.mapped("x_is_missed"), [True] * len(self.members))
