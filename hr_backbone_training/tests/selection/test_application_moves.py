# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestApplicationMoves(BackboneCommon):
    """Approve, review, return, refuse, withdraw: who, from where, and what stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application = cls._submitted()

    def _moves(self, application=None):
        decisions = (application or self.application).sudo().decision_ids.sorted("id")
        return decisions.mapped("move")

    # -- approval --------------------------------------------------------------------------

    def test_only_the_director_approves(self):
        for user in (self.user_leader, self.user_manager, self.user_worker):
            with self.subTest(user=user.login), self.assertRefused():
                self.application.with_user(user).action_approve()
        for user in (self.user_officer, self.user_admin, self.user_manager):
            with self.subTest(user=user.login):
                with self.assertRefused("Only Director, the director of the center, can do this"):
                    self.application.with_user(user).action_approve()
        self.assertEqual(self.application.state, "director")
        self.application.with_user(self.user_director).action_approve("Well deserved")
        self.assertEqual(self.application.state, "hr")
        decision = self.application.sudo().decision_ids.sorted("id")[-1]
        self.assertEqual(decision.user_id, self.user_director)
        self.assertEqual(decision.comment, "Well deserved")
        self.assertEqual((decision.from_state, decision.to_state), ("director", "hr"))

    def test_colleague_does_not_even_read_the_case(self):
        for user in (self.user_colleague, self.user_chair):
            application = self.application.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                application.action_approve()

    def test_approving_twice_says_where_the_case_is(self):
        application = self.application.with_user(self.user_director)
        application.action_approve()
        with self.assertRefused("is at “HR Review”", "“Approved” is not possible there"):
            application.action_approve()
        self.assertEqual(self._moves(), ["submit", "approve"])

    def test_buttons_say_what_the_guard_says(self):
        for user, allowed in (
            (self.user_leader, {"withdraw"}),
            (self.user_worker, {"withdraw"}),
            (self.user_director, {"approve", "return", "refuse"}),
            (self.user_officer, set()),
            (self.user_manager, set()),
        ):
            application = self.application.with_user(user)
            self.env.invalidate_all()
            moves = ("submit", "approve", "pass_review", "return", "refuse", "withdraw")
            can = {move for move in moves if application[f"can_{move}"]}
            self.assertEqual(can, allowed, user.login)

    # -- HR --------------------------------------------------------------------------------

    def test_review_is_for_hr(self):
        self.application.with_user(self.user_director).action_approve()
        for user in (self.user_director, self.user_leader, self.user_manager):
            with self.subTest(user=user.login), self.assertRefused("Only HR can do this"):
                self.application.with_user(user).action_pass_review()

    def test_hr_officer_does_not_review_the_own_case(self):
        self.officer.department_id = self.env["hr.department"].create(
            {
                "name": "Head Office",
                "company_id": self.company.id,
                "is_backbone_center": True,
                "manager_id": self.leader.id,
            }
        )
        application = self._recommend(
            self.officer, self.user_admin, recommender_id=self.director.id
        )
        self._write_plan(application)
        application.action_submit()
        application.with_user(self.user_leader).action_approve()
        application.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        mine = application.with_user(self.user_officer)
        for move in ("pass_review", "return", "refuse"):
            with self.subTest(move=move), self.assertRefused("on your own case"):
                getattr(mine, f"action_{move}")("I am the best")
        application.action_pass_review()
        self.assertEqual(application.state, "committee")

    def test_hr_officer_does_not_review_a_recommendation_of_their_own(self):
        application = self._recommend(
            self.colleague, self.user_officer, recommender_id=self.officer.id
        )
        self._write_plan(application)
        application.action_submit()
        application.with_user(self.user_director).action_approve()
        for move in ("pass_review", "return", "refuse"):
            with self.subTest(move=move), self.assertRefused("You recommended this person"):
                getattr(application, f"action_{move}")("Because")

    def test_director_who_submitted_for_another_does_not_approve(self):
        self.user_director.group_ids |= self.env.ref(
            "hr_backbone_training.group_hr_backbone_officer"
        )
        application = self._recommend(
            self.colleague, self.user_director, recommender_id=self.manager.id
        )
        self._write_plan(application)
        with self.assertRefused("You are the only director", "let the recommender submit"):
            application.action_submit()

    # -- return and refuse -----------------------------------------------------------------

    def test_return_needs_a_comment(self):
        application = self.application.with_user(self.user_director)
        for comment in (None, "", "   "):
            with self.assertRefused("Please write a comment that says what needs to be corrected."):
                application.action_return(comment)
            with self.assertRefused("Please write a comment: why you refuse."):
                application.action_refuse(comment)
        self.assertEqual(application.state, "director")

    def test_returned_mended_and_submitted_again(self):
        self.application.with_user(self.user_director).action_return("Which results?")
        self.assertEqual(self.application.state, "draft")
        self.application.main_results = "Scrap from 4 to 2 percent"
        self.application.action_submit()
        self.application.with_user(self.user_director).action_approve()
        self.assertEqual(self._moves(), ["submit", "return", "submit", "approve"])
        self.assertEqual(
            self.application.sudo().decision_ids.sorted("id").mapped("comment"),
            ["", "Which results?", "", ""],
        )

    def test_box_of_the_form_forgets_the_decisions_before_a_return(self):
        self.application.with_user(self.user_director).action_approve()
        self.assertTrue(self.application._get_decision_of("approve"))
        self.application.with_user(self.user_officer).action_return("Again, please")
        self.assertFalse(self.application._get_decision_of("approve"))

    def test_returned_from_hr_gets_a_fresh_checklist(self):
        self.application.with_user(self.user_director).action_approve()
        review = self.application.with_user(self.user_officer)
        review.check_ids.filtered(lambda check: check.kind == "manual").answer = "no"
        review.action_return("Not yet")
        self.application.action_submit()
        self.application.with_user(self.user_director).action_approve()
        manual = review.check_ids.filtered(lambda check: check.kind == "manual")
        self.assertEqual(manual.mapped("answer"), ["open"])

    def test_refused_is_for_good(self):
        self.application.with_user(self.user_director).action_refuse("No place for it")
        self.assertEqual(self.application.state, "refused")
        for move in ("submit", "approve", "pass_review", "return", "withdraw"):
            for user in (self.user_leader, self.user_director, self.user_officer):
                with self.subTest(move=move, user=user.login):
                    with self.assertRefused("is at “Refused”"):
                        getattr(self.application.with_user(user), f"action_{move}")()
        self.assertEqual(self.application.sudo().plan_id.state, "closed")

    # -- withdraw --------------------------------------------------------------------------

    def test_employee_and_recommender_withdraw(self):
        for user in (self.user_worker, self.user_leader):
            with self.subTest(user=user.login), self.cr.savepoint() as savepoint:
                self.application.with_user(user).action_withdraw("Changed my mind")
                self.assertEqual(self.application.state, "withdrawn")
                self.assertEqual(self.application.sudo().plan_id.state, "closed")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_nobody_else_withdraws(self):
        for user in (self.user_director, self.user_officer, self.user_manager):
            with self.subTest(user=user.login):
                with self.assertRefused("Only the employee or the recommender can withdraw"):
                    self.application.with_user(user).action_withdraw("Away with it")

    def test_withdrawn_person_can_be_recommended_again(self):
        self.application.with_user(self.user_worker).action_withdraw()
        again = self._submitted(user=self.user_manager)
        self.assertEqual(again.state, "director")

    # -- many at once ----------------------------------------------------------------------

    def test_one_refused_moves_none(self):
        other = self._recommend(self.colleague, self.user_manager)
        both = (self.application + other).with_user(self.user_director)
        with self.assertRefused("is at “Draft”"):
            both.action_approve()
        self.assertEqual(both.mapped("state"), ["director", "draft"])

    def test_list_button_moves_what_can_be_moved_and_says_the_rest(self):
        other = self._recommend(self.colleague, self.user_manager)
        both = (self.application + other).with_user(self.user_director)
        left = both._move_allowed("approve")
        self.assertEqual(both.mapped("state"), ["hr", "draft"])
        self.assertEqual(list(left), [other])
        self.assertIn("is at “Draft”", left[other][0])

    # -- guards ----------------------------------------------------------------------------

    def test_nobody_writes_what_moves_write(self):
        draft = self._recommend(self.colleague, self.user_manager)
        for user in (self.user_manager, self.user_officer, self.user_admin):
            record = draft.with_user(user)
            for vals in (
                {"state": "admitted"},
                {"approver_id": self.manager.id},
                {"department_id": self.board.id},
                {"rank_id": self.env.ref("hr_backbone_training.rank_director").id},
                {"date_submitted": "2020-01-01"},
                {"score_total": 100},
                {"plan_id": self.application.sudo().plan_id.id},
            ):
                with self.subTest(user=user.login, **vals):
                    with self.assertRefused("cannot be changed directly"):
                        record.write(vals)
        # not as the superuser either: the steps alone
        with self.assertRefused("cannot be changed directly"):
            draft.sudo().state = "admitted"

    def test_no_context_key_writes_it_either(self):
        forged = {
            "default_state": "admitted",
            "default_approver_id": self.manager.id,
            "default_rank_id": self.env.ref("hr_backbone_training.rank_director").id,
            "default_date_submitted": "2020-01-01",
            "default_score_total": 100.0,
            "default_plan_id": self.application.sudo().plan_id.id,
        }
        model = self.env["hr.backbone.application"].with_user(self.user_manager)
        draft = model.with_context(**forged).create(
            {
                "employee_id": self.colleague.id,
                "program_id": self.program.id,
                "echelon_id": self.echelon_3.id,
            }
        )
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.sudo().approver_id, self.director)
        self.assertEqual(draft.rank_id.code, "employee")
        self.assertFalse(draft.date_submitted)
        self.assertEqual(draft.score_total, 0)
        self.assertEqual(draft.sudo().plan_id.employee_id, self.colleague)
        for vals in ({"state": "admitted"}, {"score_total": 100}, {"approver_id": 1}):
            with self.subTest(**vals), self.assertRefused("cannot be changed directly"):
                model.create({"employee_id": self.colleague.id, **vals})
