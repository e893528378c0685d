# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon
from ..organization import COMMITTEE


@tagged("post_install", "-at_install")
class TestApplicationCheck(BackboneCommon):
    """HR's preliminary review: answered by the data, or confirmed by HR."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls._approved().with_user(cls.user_officer)
        cls.checks = {check.kind: check for check in cls.review.check_ids}

    def test_checklist_is_that_of_the_echelon(self):
        self.assertEqual(
            self.review.check_ids.mapped("name"), self.echelon_3.condition_ids.mapped("name")
        )
        self.assertEqual(
            {kind: check.answer for kind, check in self.checks.items()},
            {"rank": "yes", "tenure": "yes", "plan": "yes", "score": "yes", "manual": "open"},
        )

    def test_what_the_data_cannot_tell_has_to_be_answered(self):
        with self.assertRefused("Not answered yet: Outstanding performance"):
            self.review.action_pass_review()
        self.checks["manual"].answer = "no"
        with self.assertRefused("Condition not met: Outstanding performance"):
            self.review.action_pass_review()
        self.checks["manual"].write({"answer": "yes", "note": "Appraisal of 2025"})
        self.review.action_pass_review()
        self.assertEqual(self.review.state, "committee")

    def test_what_the_data_tells_is_not_answered_by_hand(self):
        for kind in ("rank", "tenure", "plan", "score"):
            for user in (self.user_officer, self.user_admin):
                with self.subTest(kind=kind, user=user.login):
                    with self.assertRefused("is answered by the data, not by hand"):
                        self.checks[kind].with_user(user).answer = "no"

    def test_condition_is_not_turned_into_one_that_hr_confirms(self):
        for vals in ({"kind": "manual"}, {"minimum_score": 0}, {"name": "Has a pulse"}):
            with self.subTest(**vals), self.assertRefused("only the answers are HR's"):
                self.checks["score"].write(vals)
        other = self._recommend(self.colleague, self.user_manager)
        with self.assertRefused("only the answers are HR's"):
            self.checks["manual"].application_id = other

    def test_data_is_asked_again_when_hr_passes_the_case(self):
        self.checks["manual"].answer = "yes"
        self.job_worker.backbone_rank_id = self.env.ref("hr_backbone_training.rank_manager")
        self.assertIn("outside the scope", self.checks["rank"].finding)
        with self.assertRefused("Worker has the rank “Manager”, which is outside the scope"):
            self.review.action_pass_review()

    def test_minimum_of_the_average_score(self):
        self.checks["manual"].answer = "yes"
        self.checks["score"].sudo().minimum_score = 85.5
        with self.assertRefused("The average score is 85.0; 85.5 is asked for"):
            self.review.action_pass_review()
        self.checks["score"].sudo().minimum_score = 85
        self.review.action_pass_review()
        self.assertEqual(self.review.state, "committee")

    def test_answered_only_while_the_case_is_at_hr(self):
        self.checks["manual"].answer = "yes"
        self.review.action_pass_review()
        for vals in ({"answer": "no"}, {"note": "Second thoughts"}):
            with self.assertRefused("while the case is at HR review"):
                self.checks["manual"].write(vals)

    def test_checklist_is_for_hr(self):
        for user in (self.user_worker, self.user_leader, self.user_manager, self.user_director):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.checks["manual"].with_user(user).read(["answer"])
                with self.assertRaises(AccessError):
                    self.checks["manual"].with_user(user).answer = "yes"

    def test_nobody_on_the_committee_reads_the_own_checklist(self):
        """They read those of the others on the agenda, and nothing of their own, by any door."""
        self.checks["manual"].write({"answer": "yes", "note": "Appraisal of 2025"})
        self.review.action_pass_review()
        self.user_worker.group_ids |= self.env.ref(COMMITTEE)
        self._meet(self.review, vote=None, attendees=self.user_chair | self.user_worker)
        ids = [("id", "in", self.review.sudo().check_ids.ids)]
        for user, number in ((self.user_worker, 0), (self.user_chair, 5)):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                checks = self.env["hr.backbone.application.check"].with_user(user)
                self.assertEqual(len(checks.search_read(ids, ["note"])), number)
                groups = checks.formatted_read_group(ids, ["answer"], ["__count"])
                self.assertEqual(sum(group["__count"] for group in groups), number)
                case = self.review.with_user(user)
                self.assertEqual(len(case.check_ids), number)
                found = case.search_count([("check_ids.note", "ilike", "appraisal")])
                self.assertEqual(bool(found), bool(number))
        with self.assertRaises(AccessError):
            self.checks["manual"].with_user(self.user_worker).read(["answer"])

    def test_no_condition_is_added_or_removed(self):
        for user in (self.user_officer, self.user_admin):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.checks["manual"].with_user(user).unlink()
                with self.assertRaises(AccessError):
                    self.review.with_user(user).check_ids.copy()

    def test_kinds_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["hr_backbone_training"], ["zh_CN"])
        checks = self.review.check_ids.with_context(lang="zh_CN")
        labels = dict(checks.fields_get(["kind"])["kind"]["selection"])
        self.assertEqual(labels["rank"], "职级属于梯队的适用范围")

    def test_hr_answers_through_the_application(self):
        self.review.write({"check_ids": [(1, self.checks["manual"].id, {"answer": "yes"})]})
        self.review.action_pass_review()
        self.assertEqual(self.review.state, "committee")
        with self.assertRefused("while the case is at HR review"):
            self.review.write({"check_ids": [(1, self.checks["manual"].id, {"answer": "no"})]})
