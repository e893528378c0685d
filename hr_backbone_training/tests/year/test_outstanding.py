# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common_evaluation import EvaluationCommon
from ..organization import OFFICER


@tagged("post_install", "-at_install")
class TestOutstanding(EvaluationCommon):
    """Who is named outstanding, and what is recommended. Totals: Anna 81.50 (B), Cora 75.29 (B),
    Dirk 71.00 (C), Bert 64.00 (C)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line_3 = cls.program.line_ids.filtered(lambda row: row.echelon_id == cls.echelon_3)
        cls.line_2 = cls.program.line_ids.filtered(lambda row: row.echelon_id == cls.echelon_2)

    def _compute(self, quota=None):
        if quota is not None:
            self.line_3.outstanding_quota = quota
        self.run_.action_compute()
        return self._get_named()

    def _get_named(self):
        rows = self.run_.evaluation_ids.filtered("is_outstanding")
        return sorted(rows.mapped("employee_name"))

    # -- the quota is a maximum ------------------------------------------------------------

    def test_nobody_below_the_least_grade(self):
        self.assertEqual(self._compute(3), ["Anna", "Cora"])
        for grade, named in (
            ("S", []),
            ("A", []),
            ("B", ["Anna", "Cora"]),
            ("C", ["Anna", "Cora", "Dirk"]),
            ("D", ["Anna", "Cora", "Dirk"]),
        ):
            with self.subTest(grade=grade):
                self.program.outstanding_grade = grade
                self.assertEqual(self._compute(), named)
                self.assertIn(f"nobody below grade {grade}", self.run_.method)

    def test_least_grade_is_not_set_by_whoever_is_evaluated(self):
        user = self.people["Anna"].user_id
        user.group_ids = [Command.link(self.env.ref(OFFICER).id)]
        with self.assertRefused("You are evaluated by this program"):
            self.program.with_user(user).outstanding_grade = "D"

    def test_who_is_not_evaluated_has_no_place(self):
        self._get("Anna").sudo().settled_quarters = 1
        self.env.flush_all()
        self.run_.sudo()._compute_totals()
        anna = self._get("Anna")
        self.assertFalse(anna.rank or anna.grade or anna.recommendation or anna.is_outstanding)
        self.assertFalse(anna.recommendation_text)
        self.assertEqual(self._get_named(), ["Cora"])
        self.assertScores("rank", Cora=1, Dirk=2, Bert=3)
        self.assertScores("rank_count", Cora=3)

    # -- HR declines a name ------------------------------------------------------------------

    def test_the_place_stays_empty(self):
        self._compute(1)
        self._get("Anna").action_decline("Copied a report")
        self.assertEqual(self._get_named(), [])
        self.assertScores("rank", Anna=1, Cora=2)
        self.assertTrue(self._get("Anna").is_declined)
        # computed again, it stays declined
        self.assertEqual(self._compute(), [])
        self._get("Anna").action_name_again()
        self.assertEqual(self._get_named(), ["Anna"])

    def test_the_place_goes_to_the_next(self):
        self._compute(1)
        self._get("Anna").action_decline("Copied a report", "next")
        self.assertEqual(self._get_named(), ["Cora"])
        self._get("Cora").action_decline("Copied it as well", "next")
        # Dirk is below the least grade
        self.assertEqual(self._get_named(), [])

    def test_the_window(self):
        self._compute(1)
        anna = self._get("Anna")
        wizard = self.env["hr.backbone.evaluation.wizard"].with_user(self.user_officer)
        context = {"active_model": anna._name, "active_ids": anna.ids}
        form = Form(wizard.with_context(**context, default_decision="decline"))
        self.assertIn("human resources only", form.readers)
        form.decline_place = "next"
        form.reason = "Copied a report"
        form.save().action_confirm()
        self.assertEqual(self._get_named(), ["Cora"])

    def test_why_is_read_by_hr_alone(self):
        self._compute(1)
        self._get("Anna").action_decline("Copied a report")
        decision = self._get("Anna").decision_ids[:1]
        self.assertEqual(decision.with_user(self.user_officer).hr_reason, "Copied a report")
        self.assertFalse(decision.comment)
        self.run_.action_freeze()
        self.run_.action_announce()
        anna = self._get("Anna").with_user(self.people["Anna"].user_id)
        # that it was declined, whoever reads the evaluation knows, and can ask
        self.assertTrue(anna.is_declined)
        report = self.env["report.hr_backbone_training.report_evaluation"]
        self.assertTrue(report._get_forms(anna)[anna.id]["declined"])
        with self.assertRaises(AccessError):
            anna.read(["decline_place"])
        self.assertFalse(anna.decision_ids.mapped("comment")[-1])
        with self.assertRaises(AccessError):
            anna.decision_ids.read(["hr_reason"])

    def test_what_is_refused(self):
        self._compute(1)
        with self.assertRefused("not among the outstanding"):
            self._get("Cora").action_decline("Why not")
        with self.assertRefused("was not declined"):
            self._get("Anna").action_name_again()
        with self.assertRefused("needs the reason"):
            self._get("Anna").action_decline("")
        with self.assertRefused("what becomes of the place"):
            self._get("Anna").action_decline("Copied", "mine")
        with self.assertRaises(AccessError):
            self._get("Anna").with_user(self.user_manager).action_decline("Copied")
        with self.assertRefused("directly"):
            self._get("Anna").sudo().is_declined = True
        self.run_.action_freeze()
        with self.assertRefused("not possible"):
            self._get("Anna").action_decline("Too late")

    def test_a_rival_declines_nobody(self):
        self._compute(1)
        user = self.people["Dirk"].user_id
        user.group_ids = [Command.link(self.env.ref(OFFICER).id)]
        with self.assertRaises(AccessError):
            self._get("Anna").with_user(user).action_decline("Me instead")
        self.run_.action_freeze()
        self.run_.action_announce()
        for action in (
            lambda row: row.action_promote("Away with her"),
            lambda row: row.action_exit("Away with her"),
            lambda row: row.action_keep(),
        ):
            with self.assertRefused("You are compared with Anna"):
                action(self._get("Anna").with_user(user))

    def test_a_correction_declines_as_before(self):
        self._compute(1)
        self._get("Anna").action_decline("Copied a report", "next")
        self.run_.action_freeze()
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        anna = self._get("Anna", correction)
        self.assertTrue(anna.is_declined)
        self.assertEqual(anna.decision_ids[:1].hr_reason, "Copied a report")
        named = correction.evaluation_ids.filtered("is_outstanding")
        self.assertEqual(named, self._get("Cora", correction))

    # -- what is recommended -----------------------------------------------------------------

    def test_exit_after_four_quarters_alone(self):
        bert = self._get("Bert")
        bert.sudo().score_assessment = 50
        self.env.flush_all()
        for settled, recommended in ((2, "keep"), (3, "keep"), (4, "exit")):
            bert.sudo().settled_quarters = settled
            self.env.flush_all()
            self.run_.sudo()._compute_totals()
            self.assertEqual((bert.grade, bert.recommendation), ("D", recommended))
        self.assertEqual(bert.recommendation_text, "Exit")

    def test_promotion_within_scope_and_places(self):
        self._make_fit("Anna")
        self._compute()
        anna = self._get("Anna")
        self.assertEqual(anna.recommendation_text, f"Promote to the {self.echelon_2.name}")
        self.assertEqual(anna.ready_echelon_id, self.echelon_2)
        self.line_2.quota = 0
        self._compute()
        self.assertEqual((anna.recommendation, anna.held_back), ("keep", "quota"))
        self.assertIn(f"Keep, ready for the {self.echelon_2.name}", anna.recommendation_text)
        self.line_2.quota = 1
        self.echelon_2.minimum_tenure_months = 600
        self._compute()
        self.assertEqual((anna.recommendation, anna.held_back), ("keep", "tenure"))

    def test_the_last_place_above_is_recommended_once(self):
        self._make_fit("Anna", "Cora")
        self.line_2.quota = 1
        self._compute(2)
        self.assertEqual(self._get("Anna").recommendation, "promote")
        self.assertEqual(self._get("Cora").held_back, "quota")

    # -- promote and exit ask first -----------------------------------------------------------

    def _open(self, user, decision, rows):
        wizard = self.env["hr.backbone.evaluation.wizard"].with_user(user)
        context = {"active_model": rows._name, "active_ids": rows.ids}
        return Form(wizard.with_context(**context, default_decision=decision))

    def test_promotion_says_what_it_would_break(self):
        self.line_2.quota = 0
        self._compute()
        self.run_.action_freeze()
        anna = self._get("Anna")
        form = self._open(self.user_officer, "promote", anna)
        self.assertIn("outside the scope of the Second Echelon", form.refusal)
        self.assertIn("has 0 places in the Second Echelon, and 0 are taken", form.warnings)
        with self.assertRefused("outside the scope", "Only an HR administrator"):
            anna.action_promote("She leads it already")
        form = self._open(self.user_admin, "promote", anna)
        form.reason = "She leads it already"
        form.save().action_confirm()
        self.assertEqual(self.members["Anna"].echelon_id, self.echelon_2)
        self.assertEqual(anna.decision_ids[:1].comment, "She leads it already")

    def test_beyond_the_places_hr_promotes_with_a_reason(self):
        self._make_fit("Anna")
        self.line_2.quota = 0
        self._compute()
        self.run_.action_freeze()
        with self.assertRefused("needs the reason"):
            self._get("Anna").action_promote()
        self._get("Anna").action_promote("The board agreed")
        self.assertEqual(self.members["Anna"].echelon_id, self.echelon_2)

    def test_two_for_one_place(self):
        self._make_fit("Anna", "Cora")
        self.line_2.quota = 1
        self._compute(2)
        self.run_.action_freeze()
        form = self._open(self.user_officer, "promote", self._get("Anna"))
        self.assertFalse(form.warnings)
        form = self._open(self.user_officer, "promote", self._get("Anna") + self._get("Cora"))
        self.assertIn("1 places in the Second Echelon", form.warnings)

    def test_a_move_up_keeps_to_the_scope_as_well(self):
        self.run_.action_freeze()
        anna = self._get("Anna")
        with self.assertRefused("outside the scope", "Only an HR administrator"):
            anna.action_move(self.echelon_1.id, "She leads it already")
        with self.assertRefused("outside the scope", "reason"):
            anna.with_user(self.user_admin).action_move(self.echelon_1.id)
        form = self._open(self.user_admin, "move", anna)
        self.assertFalse(form.warnings)
        form.echelon_id = self.echelon_1
        self.assertIn("outside the scope of the First Echelon", form.warnings)
        form.reason = "She leads it already"
        form.save().action_confirm()
        self.assertEqual(self.members["Anna"].echelon_id, self.echelon_1)

    def test_exit_says_that_it_is_not_recommended(self):
        self.run_.action_freeze()
        form = self._open(self.user_officer, "exit", self._get("Bert"))
        self.assertIn("does not recommend that Bert exits: grade C, 2 settled", form.warnings)
        self.assertIn("human resources only", form.readers)
        form.reason = "Moves abroad"
        form.save().action_confirm()
        self.assertEqual(self.members["Bert"].state, "exited")

    # -- what a decision is about, and what speaks against it ---------------------------------

    def _promote_in_pool(self, name, echelon):
        self.members[name].with_user(self.user_admin).action_promote(echelon, "Ready")

    def test_promoted_to_where_it_was_recommended(self):
        """Anna came there by the pool meanwhile: one step more was never recommended."""
        self._make_fit("Anna")
        self._compute()
        self.run_.action_freeze()
        anna = self._get("Anna").with_user(self.user_admin)
        self._promote_in_pool("Anna", self.echelon_2)
        self.env.invalidate_all()
        self.assertFalse(anna.can_promote)
        with self.assertRefused("is in the Second Echelon already, since 01/11/2027", "Keep"):
            anna.action_promote("Leads the line")
        self.assertEqual(self.members["Anna"].echelon_id, self.echelon_2)
        self.assertFalse(anna.echelon_after_id)
        # moved down since, the step is still the one that was recommended
        cora = self._get("Cora").with_user(self.user_admin)
        self._promote_in_pool("Cora", self.echelon_1)
        with self.assertRefused("Cora is in the First Echelon already"):
            cora.action_promote("Leads the line")

    def test_who_is_suspended_or_has_left_is_not_promoted(self):
        self.run_.action_freeze()
        self.members["Anna"].with_user(self.user_officer).action_suspend("Long trip")
        self.members["Cora"].with_user(self.user_officer).action_exit("Moved abroad")
        self.env.invalidate_all()
        anna, cora = (self._get(name).with_user(self.user_admin) for name in ("Anna", "Cora"))
        self.assertFalse(anna.can_promote or cora.can_promote)
        for action in (
            lambda row: row.action_promote("Ready"),
            lambda row: row.action_move(self.echelon_2, "Ready"),
        ):
            with self.assertRefused("Suspended"):
                action(anna)
        with self.assertRefused("Cora has left the talent pool already"):
            cora.action_promote("Ready")

    def test_the_window_names_the_echelon_and_says_what_must_fail(self):
        self._compute(1)
        self.run_.action_freeze()
        anna = self._get("Anna")
        form = self._open(self.user_officer, "promote", anna)
        self.assertEqual(form.targets, "Anna: Second Echelon")
        # outside the scope, which an officer is told before anything is written
        self.assertIn("Only an HR administrator", form.refusal)
        self.assertFalse(form.warnings and "outside the scope" in form.warnings)
        form = self._open(self.user_admin, "promote", anna)
        self.assertFalse(form.refusal)
        self.assertIn("outside the scope", form.warnings)
        self._promote_in_pool("Bert", self.echelon_1)
        form = self._open(self.user_admin, "promote", self._get("Bert"))
        self.assertIn("is in the First Echelon already", form.refusal)
        form = self._open(self.user_officer, "move", anna)
        self.assertFalse(form.refusal)
        form.echelon_id = self.echelon_2
        self.assertIn("Only an HR administrator", form.refusal)
        self.members["Dirk"].with_user(self.user_officer).action_exit("Moved abroad")
        form = self._open(self.user_officer, "exit", self._get("Dirk"))
        self.assertIn("has left the talent pool already", form.refusal)

    def test_the_window_says_what_the_result_does_not_suggest(self):
        self._make_fit("Anna", "Bert", "Cora")
        self._compute(2)
        self._get("Bert").sudo().settled_quarters = 1
        self.env.flush_all()
        self._get("Cora").action_decline("Copied a report")
        self.run_.action_freeze()
        for user in (self.user_officer, self.user_admin):
            form = self._open(user, "promote", self._get("Anna"))
            self.assertFalse(form.warnings)
            form = self._open(user, "promote", self._get("Bert"))
            self.assertIn("Bert was not evaluated: nothing is recommended.", form.warnings)
            form = self._open(user, "promote", self._get("Cora"))
            self.assertIn("HR declined to name Cora outstanding", form.warnings)
            self.assertIn("It says: Keep.", form.warnings)
            form = self._open(user, "move", self._get("Bert"))
            self.assertFalse(form.warnings)
            form.echelon_id = self.echelon_2
            self.assertIn("Bert was not evaluated", form.warnings)
        self._promote_in_pool("Dirk", self.echelon_2)
        form = self._open(self.user_admin, "move", self._get("Dirk"))
        form.echelon_id = self.echelon_1
        self.assertIn("compared in the Third Echelon, and is in the Second", form.warnings)

    def test_what_a_promotion_asks_is_as_it_was_computed(self):
        """What is frozen for good is what would be recommended on that day."""
        self._make_fit("Anna", "Cora")
        self._compute(2)
        self.assertFalse(self.run_.is_stale)
        job = self.people["Anna"].job_id
        changes = (
            (self.line_2, "quota", 1),
            (self.echelon_2, "minimum_tenure_months", 600),
            (self.echelon_2, "rank_ids", False),
            (job, "backbone_rank_id", False),
            (self.people["Cora"], "job_id", self.job_worker.id),
        )
        for record, name, value in changes:
            before = record[name]
            with self.subTest(record=record._name, name=name):
                record[name] = value
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertIn("Places, scopes, ranks or tenure", self.run_.stale_reason or "")
                with self.assertRefused("compute the evaluation again"):
                    self.run_.action_freeze()
                record[name] = before
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertFalse(self.run_.is_stale)
        self._promote_in_pool("Dirk", self.echelon_2)
        self.line_2.quota = 2
        self.env.invalidate_all()
        self.assertTrue(self.run_.is_stale)
        self._compute()
        self.assertEqual(self._get("Cora").held_back, "quota")
        self.run_.action_freeze()
        self.assertEqual(self.run_.state, "frozen")

    def test_who_was_promoted_meanwhile_takes_no_second_place(self):
        self._make_fit("Anna")
        self.line_2.quota = 1
        self._compute()
        self.run_.action_freeze()
        self._get("Anna").action_promote("Leads the line")
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        anna = self._get("Anna", correction)
        self.assertEqual((anna.recommendation, anna.held_back), ("promote", False))

    # -- who has left meanwhile -------------------------------------------------------------

    def test_who_left_stays_named_for_the_year_and_hr_is_told(self):
        """Anna let go by the version before is named by its correction, unless HR declines."""
        self._compute(1)
        self.run_.action_freeze()
        self.run_.action_announce()
        self._get("Anna").action_exit("Copied a report, as it seemed")
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        self.assertEqual(correction.left_names, "Anna")
        self._get("Anna", correction).action_decline("She has left")
        self.env.invalidate_all()
        self.assertFalse(correction.left_names)
        self._get("Anna", correction).action_name_again()
        correction.reason = "She had not copied it"
        correction.action_freeze()
        self.env.invalidate_all()
        self.assertEqual(correction.left_names, "Anna")
        correction.action_announce()
        self.env.invalidate_all()
        self.assertFalse(correction.left_names)
        named = self.env["hr.backbone.outstanding"].with_user(self.user_colleague).search([])
        self.assertEqual(named.mapped("employee_name"), ["Anna"])

    def test_the_method_says_what_becomes_of_the_last_place(self):
        self.assertIn("all of them are named, though they are more", self.run_.method)
        self.assertIn("its place then stays empty, or goes to the next", self.run_.method)
