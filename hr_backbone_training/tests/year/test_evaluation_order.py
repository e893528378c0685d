# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from ..common_evaluation import EvaluationCommon


class TestEvaluationOrder(EvaluationCommon):
    """What changes after the year was computed, or after it was announced."""

    def _get_line(self):
        return self.program.line_ids.filtered(lambda row: row.echelon_id == self.echelon_3)

    def test_what_the_result_follows_from_makes_it_stale(self):
        for record, name, value in (
            (self.company, "backbone_grade_a", 80),
            (self._get_line(), "outstanding_quota", 3),
            (self.program, "adjustment_limit", 9),
            (self.program, "outstanding_grade", "C"),
        ):
            with self.subTest(name=name):
                self.assertFalse(self.run_.is_stale)
                record[name] = value
                self.env.invalidate_all()
                self.assertTrue(self.run_.is_stale)
                with self.assertRefused("compute the evaluation again"):
                    self.run_.action_freeze()
                self.run_.action_compute()
        self.assertEqual(self._get("Anna").grade, "A")
        self.assertEqual(self.run_.outstanding_count, 3)

    def _get_of_year(self, name, member):
        return self.env[name].search([("member_id", "=", self.members[member].id)], limit=1)

    def test_what_was_counted_and_changed_makes_it_stale(self):
        report, assessment, seat, book, idea = (
            self._get_of_year(f"hr.backbone.{name}", member)
            for name, member in (
                ("report", "Anna"),
                ("assessment", "Anna"),
                ("training.participant", "Dirk"),
                ("achievement", "Cora"),
                ("suggestion", "Cora"),
            )
        )
        for change in (
            lambda: report._write_moved({"state": "submitted"}),
            lambda: report._write_moved({"state": "accepted", "score": 61}),
            lambda: assessment._write_moved({"state": "draft"}),
            lambda: assessment.line_ids.write({"score": 61}),
            lambda: assessment._write_moved({"state": "submitted"}),
            lambda: seat._write_moved({"state": "absent"}),
            lambda: book._write_moved({"state": "refused"}),
            lambda: idea._write_moved({"date_submitted": "2025-12-30"}),
            lambda: self.members["Dirk"]._write_moved({"state": "exited"}),
        ):
            change()
            self.env.invalidate_all()
            if assessment.state == "draft" and assessment.total == 61:
                # what is written on a draft counts nothing yet
                self.assertFalse(self.run_.is_stale)
                continue
            self.assertIn("have changed since then", self.run_.stale_reason)
            with self.assertRefused("compute the evaluation again"):
                self.run_.action_freeze()
            self.run_.action_compute()
            self.env.invalidate_all()
            self.assertFalse(self.run_.is_stale)
        self.run_.action_freeze()

    def test_what_is_not_settled_yet_makes_nothing_stale(self):
        quarter = self.env["hr.backbone.quarter"]._get_or_create(self.company, date(2026, 8, 1))
        reports, _assessments = quarter._make_documents()
        reports[0]._write_moved({"state": "submitted"})
        self.env.invalidate_all()
        self.assertFalse(self.run_.is_stale)

    def test_an_adjustment_beyond_the_limit_is_not_frozen(self):
        self._adjust()
        self.program.adjustment_limit = 2
        self.run_.action_compute()
        with self.assertRefused("2 points at the most", "Dirk"):
            self.run_.action_freeze()
        self._get("Dirk").write({"adjustment": 2, "adjustment_reason": "Led the flood team"})
        self.run_.action_freeze()

    def test_rows_of_two_simulations_are_adjusted_at_once(self):
        other = self.run_.copy({"label": "Another"})
        other.action_compute()
        rows = self._get("Dirk") + self._get("Dirk", other)
        rows.write({"adjustment": 1, "adjustment_reason": "Led the flood team"})
        self.assertEqual(rows.mapped("total"), [72, 72])

    def test_a_correction_has_those_of_then_alone(self):
        report = self.env["hr.backbone.report"].search(
            [("member_id", "=", self.members["Cora"].id)], limit=1
        )
        late = self.members["Cora"]
        late._write_moved({"state": "exited"})
        self.run_.action_compute()
        self.assertFalse(self._get("Cora"))
        self.run_.action_freeze()
        late._write_moved({"state": "active"})
        self.assertTrue(report)
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        self.assertFalse(self._get("Cora", correction))
        correction.action_compute()
        self.assertEqual(correction.evaluation_count, 3)
        self.assertEqual(self._get("Dirk", correction).rank_count, 3)

    def test_a_correction_tells_whoever_is_named_anew(self):
        self._get_line().outstanding_quota = 2
        self.program.outstanding_grade = "C"
        self.run_.action_compute()
        self.run_.action_freeze()
        self.run_.action_announce()
        public = self.env["hr.backbone.outstanding"].with_user(self.user_colleague)
        before = public.search([]).mapped("employee_name")
        self.assertEqual(sorted(before), ["Anna", "Cora"])
        self.env.flush_all()
        self.env["mail.mail"].search([]).unlink()
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        self._get("Cora", correction).write(
            {"adjustment": -5, "adjustment_reason": "Copied a report"}
        )
        correction.reason = "A report was copied"
        correction.action_freeze()
        # until it is announced, the company is told what it was told
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(sorted(public.search([]).mapped("employee_name")), ["Anna", "Cora"])
        correction.action_announce()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(sorted(public.search([]).mapped("employee_name")), ["Anna", "Dirk"])
        mails = self.env["mail.mail"].search([("model", "=", "hr.backbone.evaluation")])
        told = sorted((mail.res_id, "outstanding" in mail.subject) for mail in mails)
        cora, dirk = (self._get(name, correction).id for name in ("Cora", "Dirk"))
        # nobody for whom nothing has changed
        self.assertEqual(told, sorted([(cora, False), (dirk, False), (dirk, True)]))
