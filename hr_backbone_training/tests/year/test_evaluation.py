# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common_evaluation import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluation(EvaluationCommon):
    """The comprehensive evaluation of the small year of `EvaluationCommon`."""

    # -- the figures -------------------------------------------------------------------

    def test_parts(self):
        self.assertScores("score_report", Anna=85, Bert=35, Cora=90, Dirk=60)
        self.assertScores("score_assessment_raw", Anna=95, Bert=89, Cora=72, Dirk=82)
        self.assertScores("score_assessment", Anna=93.5, Bert=87.5, Cora=72, Dirk=82)
        self.assertScores("score_training", Anna=90, Bert=50, Dirk=100)
        self.assertIs(self._get("Cora").score_training, False)
        self.assertScores("score_achievement", Anna=0, Bert=40, Cora=55, Dirk=0)

    def test_the_day_counts_on_which_it_was_handed_in(self):
        """Verified or answered in the year after it counts all the same, and once."""
        member = self._get("Anna").member_id
        book, old = self.env["hr.backbone.achievement"].create(
            [{"member_id": member.id, "kind": "book", "name": name} for name in ("One", "Two")]
        )
        book._write_moved(
            {"state": "verified", "date_submitted": "2026-12-20", "date_verified": "2027-01-08"}
        )
        old._write_moved(
            {"state": "verified", "date_submitted": "2025-12-20", "date_verified": "2026-01-08"}
        )
        idea = self.env["hr.backbone.suggestion"].create({"member_id": member.id, "name": "Idea"})
        idea._write_moved(
            {"state": "declined", "date_submitted": "2026-12-20", "date_decided": "2027-01-08"}
        )
        self.run_.action_compute()
        works = self._get("Anna").works
        self.assertEqual((works["book"], works["suggestion"]), (1, 1))

    def test_mean_of_training_is_of_those_who_were_offered_some(self):
        [(mean,)] = self.run_.evaluation_ids._read_group(
            [("run_id", "=", self.run_.id)], [], ["score_training:avg"]
        )
        # (90 + 50 + 100) ÷ 3: Cora was offered none
        self.assertEqual(round(mean, 2), 80)

    def test_totals_ranks_and_award(self):
        self.assertScores("total", Anna=81.5, Bert=64, Cora=75.29, Dirk=71)
        self.assertScores("rank", Anna=1, Cora=2, Dirk=3, Bert=4)
        self._adjust()
        self.assertScores("total", Anna=81.5, Bert=64, Cora=75.29, Dirk=75.29)
        self.assertScores("rank", Anna=1, Dirk=2, Cora=3, Bert=4)
        self.assertEqual(self.run_.evaluation_ids.filtered("is_outstanding"), self._get("Anna"))
        grades = {name: self._get(name).grade for name in self.members}
        self.assertEqual(grades, {"Anna": "B", "Bert": "C", "Cora": "B", "Dirk": "B"})
        self.assertEqual(self._get("Anna").recommendation, "keep")
        self.assertEqual(self._get("Anna").held_back, "rank")

    def test_without_leniency(self):
        self.run_.is_lenient = False
        self.assertTrue(self.run_.is_stale)
        self.run_.action_compute()
        self.assertScores("score_assessment", Anna=95, Bert=89, Cora=72, Dirk=82)
        self.assertScores("total", Anna=82.25, Bert=64.75)

    def test_missing_quarter_by_rule(self):
        for rule, bert in (("skip", 70), ("half", 52.5), ("zero", 35)):
            with self.subTest(rule=rule):
                self.run_.missing_quarter = rule
                self.run_.action_compute()
                self.assertScores("score_report", Bert=bert)

    def test_what_still_runs_is_not_missing(self):
        quarter = self.env["hr.backbone.quarter"]._get_or_create(self.company, date(2026, 8, 1))
        quarter._make_documents()
        self.run_.action_compute()
        self.assertScores("total", Anna=81.5)
        anna = quarter.report_ids.filtered(lambda r: r.member_id == self.members["Anna"])
        anna._write_moved({"state": "missed"})
        quarter._write_moved({"state": "closed"})
        self.run_.action_compute()
        self.assertScores("score_report", Dirk=60)
        # (90 + 80 + 0) ÷ 3
        self.assertScores("score_report", Anna=56.67)

    def test_equal_in_all_share_the_rank(self):
        for name in ("Anna", "Dirk"):
            self.members[name].invalidate_recordset()
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE hr_backbone_evaluation
                  SET score_report = 80, score_assessment = 80, has_training = FALSE,
                      score_training = NULL, score_achievement = 80
                WHERE run_id = %s AND employee_name IN ('Anna', 'Dirk')""",
            [self.run_.id],
        )
        self.env.invalidate_all()
        self.run_.sudo()._compute_totals()
        self.assertScores("rank", Anna=1, Dirk=1, Cora=3, Bert=4)
        self.assertEqual(self.run_.outstanding_count, 2)

    def test_computing_again_keeps_the_adjustment(self):
        self._adjust()
        self.run_.action_compute()
        self.assertScores("total", Dirk=75.29)

    def test_who_left_is_not_ranked(self):
        self.members["Bert"].with_user(self.user_officer).action_exit("Moved abroad")
        self.run_.action_compute()
        self.assertFalse(self._get("Bert"))
        self.assertScores("rank_count", Anna=3)

    # -- HR's adjustment ---------------------------------------------------------------

    def test_adjustment_needs_a_reason_within_the_limit(self):
        with self.assertRefused("reason", "Dirk"):
            self._get("Dirk").adjustment = 2
        with self.assertRefused("5 points"):
            self._get("Dirk").write({"adjustment": 6, "adjustment_reason": "Much"})

    def test_scores_are_not_typed(self):
        with self.assertRefused("computed"):
            self._get("Dirk").total = 99
        with self.assertRefused("directly"):
            self._get("Dirk").sudo().state = "decided"

    # -- simulate, compare, freeze -----------------------------------------------------

    def test_compare_two(self):
        other = self.run_.copy({"label": "Training counts"})
        other.write({"weight_assessment": 25, "weight_training": 40})
        other.action_compute()
        other.compare_id = self.run_
        dirk = self._get("Dirk", other)
        # 0.25 × 60 + 0.25 × 82 + 0.4 × 100
        self.assertEqual(dirk.total, 75.5)
        self.assertEqual(dirk.compare_total, 71)
        self.assertEqual(dirk.compare_rank - dirk.rank, dirk.compare_change)

    def test_frozen_never_changes(self):
        self._adjust()
        self.run_.action_freeze()
        self.assertEqual(self.run_.version, 1)
        total = self._get("Dirk").total
        for change in (
            lambda: self._get("Dirk").write({"adjustment": 1, "adjustment_reason": "x"}),
            lambda: self.run_.write({"weight_report": 30, "weight_training": 10}),
            self.run_.action_compute,
            self.run_.unlink,
        ):
            with self.assertRefused():
                change()
        self.people["Dirk"].name = "Dirk Another"
        self.program.write({"weight_report": 75, "weight_assessment": 0})
        self.line.name = "Renamed"
        self.env.invalidate_all()
        self.assertEqual(self._get("Dirk").total, total)
        self.assertTrue(self.run_._is_intact())

    def test_stale_is_not_frozen(self):
        self.assertFalse(self.run_.is_stale)
        self.program.points_book = 20
        with self.assertRefused("again"):
            self.run_.action_freeze()
        self.program.points_book = 15
        self.run_.leniency_report_weight = 9
        with self.assertRefused("again"):
            self.run_.action_freeze()

    def test_correction_is_a_new_version(self):
        self._adjust()
        self.run_.action_freeze()
        self.run_.action_announce()
        other = self.run_.copy()
        other.action_compute()
        with self.assertRefused("in force"):
            other.action_freeze()
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        self.assertEqual(self._get("Dirk", correction).adjustment, 4.29)
        with self.assertRefused("why"):
            correction.action_freeze()
        correction.reason = "Two scores were mixed up"
        correction.action_freeze()
        self.assertEqual(correction.version, 2)
        self.assertEqual(self.run_.state, "superseded")
        self.assertEqual(correction.decision_ids[:1].comment, "Two scores were mixed up")

    def test_correction_compares_those_of_then(self):
        self._make_fit("Anna")
        self.run_.action_compute()
        self.run_.action_freeze()
        self._get("Anna").action_promote("Leads the line")
        self._get("Cora").action_honour("Head of the line")
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        self.assertEqual(correction.evaluation_count, 4)
        for name in self.members:
            before, after = self._get(name), self._get(name, correction)
            self.assertEqual(after.echelon_id, before.echelon_id)
            self.assertEqual((after.total, after.rank), (before.total, before.rank))
        correction.action_compute()
        self.assertEqual(self._get("Cora", correction).rank, 2)

    def test_what_was_decided_stays_decided_in_a_correction(self):
        self._make_fit("Anna")
        self.run_.action_compute()
        self.run_.action_freeze()
        self._get("Anna").action_promote("Leads the line")
        self._get("Cora").action_honour("Head of the line")
        self.run_.action_correct()
        correction = self.run_.search([("previous_id", "=", self.run_.id)])
        correction.reason = "Two scores were mixed up"
        correction.action_freeze()
        anna, cora, dirk = (self._get(name, correction) for name in ("Anna", "Cora", "Dirk"))
        self.assertEqual((anna.decision, anna.echelon_after_id), ("promote", self.echelon_2))
        self.assertEqual((cora.state, cora.decision), ("decided", "honour"))
        self.assertEqual((dirk.state, dirk.decision), ("frozen", False))
        with self.assertRefused("not possible"):
            anna.action_promote("Once more")
        dirk.action_keep()

    def test_open_quarters_are_named(self):
        quarters = self.env["hr.backbone.quarter"].search(
            [("company_id", "=", self.company.id), ("year", "=", 2026)], order="date_start"
        )
        quarters._write_moved({"state": "open"})
        self.assertEqual(self.run_.open_quarters, "2026-Q1 and 2026-Q2")
        quarters[0]._write_moved({"state": "closed"})
        self.run_.invalidate_recordset(["open_quarters"])
        self.assertEqual(self.run_.open_quarters, "2026-Q2")

    # -- consequences ------------------------------------------------------------------

    def test_award(self):
        line = self.program.line_ids.filtered(lambda r: r.echelon_id == self.echelon_3)
        line.incentive = "A study trip"
        self.run_.action_freeze()
        self.run_.action_announce()
        anna = self._get("Anna").sudo()
        self.assertEqual(anna.badge_user_id.employee_id, self.people["Anna"])
        self.assertIn("2026", anna.resume_line_id.name)
        self.assertEqual(anna.incentive, "A study trip")
        told = self.env["hr.backbone.outstanding"].with_user(self.user_colleague).search([])
        self.assertEqual(told.mapped("employee_name"), ["Anna"])
        self.assertFalse(self._get("Dirk").sudo().badge_user_id)

    def test_correction_takes_the_award_back(self):
        self.run_.action_freeze()
        self.run_.action_announce()
        anna = self._get("Anna").sudo()
        badge, line = anna.badge_user_id, anna.resume_line_id
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        self._get("Anna", correction).write(
            {"adjustment": -5, "adjustment_reason": "Copied a report"}
        )
        self._get("Cora", correction).write({"adjustment": 5, "adjustment_reason": "Her report"})
        correction.reason = "A report was copied"
        correction.action_freeze()
        correction.action_announce()
        self.assertFalse(badge.exists() or line.exists())
        self.assertTrue(self._get("Cora", correction).sudo().badge_user_id)

    def test_one_click_each_becomes_a_movement(self):
        self._make_fit("Anna")
        self.run_.action_compute()
        self.run_.action_freeze()
        self._get("Anna").action_promote("Leads the line")
        self.assertEqual(self.members["Anna"].echelon_id, self.echelon_2)
        self.assertEqual(self.members["Anna"].movement_ids[:1].kind, "promoted")
        self._get("Dirk").action_keep()
        self.assertEqual(self._get("Dirk").decision, "keep")
        self._get("Cora").action_honour("Head of the line")
        self.assertEqual(self.members["Cora"].state, "exited")
        self.assertIn("Head of the line", self.members["Cora"].movement_ids[:1].hr_reason)
        bert = self._get("Bert")
        wizard = self.env["hr.backbone.evaluation.wizard"].with_user(self.user_admin)
        form = Form(wizard.with_context(active_model=bert._name, active_ids=bert.ids))
        form.echelon_id = self.echelon_1
        form.reason = "Leads the works from tomorrow"
        form.save().action_confirm()
        self.assertEqual(self.members["Bert"].echelon_id, self.echelon_1)
        with self.assertRefused("not possible"):
            self._get("Anna").action_keep()

    def test_promoted_into_the_first_echelon_and_no_further(self):
        self.members["Anna"].with_user(self.user_admin).action_promote(self.echelon_2, "Ready")
        self.members["Bert"].with_user(self.user_admin).action_promote(self.echelon_1, "Ready")
        self.run_.action_compute()
        self.run_.action_freeze()
        self._get("Anna").with_user(self.user_admin).action_promote("Leads the works")
        self.assertEqual(self.members["Anna"].echelon_id, self.echelon_1)
        with self.assertRefused("leaves with honour"):
            self._get("Bert").action_promote("Higher still")

    def test_exit_needs_a_reason(self):
        self.run_.action_freeze()
        with self.assertRefused("comment"):
            self._get("Bert").action_exit()

    def test_decisions_wait_for_the_freeze(self):
        with self.assertRefused("not possible"):
            self._get("Anna").action_keep()

    # -- who ---------------------------------------------------------------------------

    def test_only_hr(self):
        with self.assertRaises(AccessError):
            self.run_.with_user(self.user_manager).action_compute()
        self.run_.action_freeze()
        with self.assertRaises(AccessError):
            self._get("Anna").with_user(self.people["Anna"].user_id).read(["total"])
        self.run_.action_announce()
        anna = self._get("Anna").with_user(self.people["Anna"].user_id)
        self.assertEqual(anna.total, 81.5)
        self.assertFalse(anna.search([("employee_name", "=", "Dirk")]))
        leader = self._get("Dirk").with_user(self.user_leader)
        self.assertEqual(leader.total, 71)
        with self.assertRefused("Only HR"):
            leader.action_keep()
