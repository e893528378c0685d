# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged
from odoo.tools import SQL

from ...models.core.scores import is_blank
from ..common_quarter import QuarterCommon
from ..common_rpc import RpcCommon

PATH = "19.0.1.2.0/pre-scores.py"


class Migrated:
    """What the version before had stored, and what the update makes of it."""

    def _store(self, record, **values):
        """As the version before did, which knew no blank."""
        self.env.flush_all()
        for name, value in values.items():
            column = SQL.identifier(name)
            table = SQL.identifier(record._table)
            self.cr.execute(
                SQL("UPDATE %s SET %s = %s WHERE id IN %s", table, column, value, record._ids)
            )
        self.env.invalidate_all()

    def _update(self):
        self.env.flush_all()
        self._run_migration(PATH)
        # once more changes nothing
        self._run_migration(PATH)
        self.env.invalidate_all()

    def assertBlank(self, record, *names):
        for name in names:
            self.assertTrue(is_blank(record[name]), f"{record}.{name}: {record[name]}")

    def assertNumber(self, record, **values):
        for name, value in values.items():
            self.assertFalse(is_blank(record[name]), f"{record}.{name}")
            self.assertEqual(record[name], value)


@tagged("post_install", "-at_install")
class TestScoresMigration(Migrated, RpcCommon):
    """What is zero and was never typed becomes empty."""

    def test_participation(self):
        row = self.participant
        # as the version before had it, in which zero was no rating
        constraint = f"{row._table}_rating_range"
        self.cr.execute(f"ALTER TABLE {row._table} DROP CONSTRAINT {constraint}")
        self._store(row, score=0, rating=0)
        self._update()
        self.assertBlank(row, "score", "rating")
        self._store(row, score=60, rating=1)
        self._update()
        self.assertNumber(row, score=60, rating=1)

    def test_rotation(self):
        self._store(self.rotation, score=0)
        self._update()
        self.assertBlank(self.rotation, "score")
        for values in ({"score": 0, "date_scored": "2026-03-01"}, {"score": 40}):
            with self.subTest(**values):
                self._store(self.rotation, **values)
                self._update()
                self.assertNumber(self.rotation, score=values["score"])

    def test_application(self):
        draft = self.draft.sudo()
        self._store(draft, score_performance=0, score_potential=80, score_total=56.7)
        whole = self.application.sudo()
        total = whole.score_total
        self.assertTrue(total)
        self._update()
        self.assertBlank(draft, "score_performance", "score_total")
        self.assertNumber(draft, score_potential=80)
        self.assertNumber(whole, score_total=total)

    def test_suggestion(self):
        review = self.review.sudo()
        parts = {"score_technique": 0, "score_benefit": 20, "score_scope": 10}
        self._store(review, **parts, score_practicality=5, score_total=35)
        self._update()
        self.assertBlank(review, "score_technique", "score_total")
        self.assertNumber(review, score_benefit=20)
        # a part that does not count is not missing
        self._store(review, max_technique=0, score_technique=0, score_total=35)
        self._update()
        self.assertNumber(review, score_total=35)

    def test_plan_without_actions(self):
        plan = self.draft.sudo().plan_id
        plan.line_ids.unlink()
        self._store(plan, progress=0)
        self._update()
        self.assertBlank(plan, "progress")
        self.env["hr.backbone.plan.line"].create({"plan_id": plan.id, "action": "Read"})
        self._store(plan, progress=0)
        self._update()
        self.assertNumber(plan, progress=0)


@tagged("post_install", "-at_install")
class TestScoresMigrationQuarter(Migrated, QuarterCommon):
    def setUp(self):
        super().setUp()
        quarter = self._open()
        self.assessment, self.other = (
            self._get_document(quarter, "assessment", person).sudo()
            for person in (self.worker, self.colleague)
        )
        self.report, self.late = (
            self._get_document(quarter, "report", person).sudo()
            for person in (self.worker, self.colleague)
        )

    def test_assessment(self):
        self.cr.execute("ALTER TABLE hr_backbone_assessment_line ADD COLUMN is_scored boolean")
        typed, *_rest = lines = self.assessment.line_ids
        self._store(lines | self.other.line_ids, score=0, is_scored=False)
        self._store(typed, is_scored=True)
        self._store(self.assessment | self.other, total=0)
        self._update()
        self.assertNumber(typed, score=0)
        self.assertNumber(self.assessment, total=0)
        for line in (lines - typed) | self.other.line_ids:
            self.assertBlank(line, "score")
        self.assertBlank(self.other, "total")

    def test_report(self):
        self._store(self.report | self.late, score=0)
        self._store(self.report, state="accepted")
        self._update()
        self.assertNumber(self.report, score=0)
        self.assertBlank(self.late, "score")
