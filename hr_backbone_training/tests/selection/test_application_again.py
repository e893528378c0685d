# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestApplicationAgain(BackboneCommon):
    """The steps in another order: returned late, two of one person at once, and when those who
    have to act have changed."""

    # -- two drafts of one person ------------------------------------------------------------

    def test_first_of_two_drafts_goes_on_and_the_second_is_told(self):
        first, second = self._recommend(), self._recommend()
        third = self._recommend(employee=self.colleague, user=self.user_manager)
        for draft in (first, second, third):
            self._write_plan(draft)
        three = (first | second | third).with_user(self.user_officer)
        action = three._action_move_selected("submit")
        self.assertEqual(three.mapped("state"), ["director", "draft", "director"])
        self.assertEqual(action["params"]["title"], "2 of 3 done")
        self.assertIn("Worker already has an application under way", action["params"]["message"])
        self.assertIn(first.name, action["params"]["message"])

    def test_both_at_once_are_refused_by_a_sentence(self):
        both = self._recommend() | self._recommend()
        for draft in both:
            self._write_plan(draft)
        with self.assertRefused("Worker already has an application under way"):
            both.action_submit()
        self.assertEqual(both.mapped("state"), ["draft", "draft"])
        both[0].action_submit()
        with self.assertRefused("Worker already has an application under way", both[0].name):
            both[1].action_submit()

    # -- what is under way goes on -----------------------------------------------------------

    def test_returned_case_comes_back_after_the_window(self):
        application = self._submitted()
        application.with_user(self.user_director).action_return("The scores are not clear")
        with freeze_time("2026-04-15 09:00:00"):
            application.action_submit()
        self.assertEqual(application.state, "director")

    def test_returned_case_comes_back_in_a_closed_program(self):
        application = self._submitted()
        application.with_user(self.user_director).action_return("The scores are not clear")
        self.program.action_close()
        application.action_submit()
        application.with_user(self.user_director).action_approve()
        case = application.with_user(self.user_officer)
        case.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        case.action_pass_review()
        self._meet(case).with_user(self.user_chair).action_close()
        notice = self._publish(case)
        with freeze_time("2026-03-10 09:00:00"):
            notice.action_close()
        self.assertEqual(case.state, "admitted")

    def test_draft_that_was_never_submitted_does_not(self):
        draft = self._recommend()
        self._write_plan(draft)
        with freeze_time("2026-04-15 09:00:00"):
            with self.assertRefused("takes recommendations from"):
                draft.action_submit()

    # -- nobody waits for somebody who cannot act --------------------------------------------

    def test_director_who_submits_for_a_manager_is_not_the_one_who_approves(self):
        self.board.manager_id = self.officer
        draft = self._recommend()
        self._write_plan(draft)
        with self.assertRefused("You are the only director", "let the recommender submit"):
            draft.with_user(self.user_officer).action_submit()
        self.works.is_backbone_center = True
        self.manager.user_id = False
        self.assertEqual(draft.sudo().approver_id, self.officer)
        draft.action_submit()
        self.assertEqual(draft.sudo().approver_id, self.officer)
        draft.with_user(self.user_officer).action_approve()
        self.assertEqual(draft.state, "hr")

    def test_next_director_up_where_hr_is_the_nearest(self):
        self.works.is_backbone_center = True
        self.works.manager_id = self.officer
        draft = self._recommend()
        self._write_plan(draft)
        draft.with_user(self.user_officer).action_submit()
        self.assertEqual(draft.sudo().approver_id, self.director)

    def test_reassignment_never_wipes_the_director(self):
        draft = self._recommend()
        self._write_plan(draft)
        draft.with_user(self.user_officer).action_submit()
        self.board.manager_id = self.officer
        with self.assertRefused("No director of a center can approve Worker"):
            draft.with_user(self.user_admin).action_update_approver()
        self.assertEqual(draft.sudo().approver_id, self.director)

    def test_hr_returns_what_nobody_can_approve(self):
        application = self._submitted()
        case = application.with_user(self.user_officer)
        with self.assertRefused("Only Director, the director of the center"):
            case.action_return("Who approves?")
        self.director.active = False
        case.invalidate_recordset()
        self.assertTrue(case.can_return)
        case.action_return("The director has left")
        self.assertEqual(case.state, "draft")

    def test_new_manager_submits_the_draft_of_the_former_one(self):
        draft = self._recommend()
        self._write_plan(draft)
        self.line.manager_id = self.colleague
        self.env.invalidate_all()
        with self.assertRefused("is recommended by a manager of"):
            draft.with_user(self.user_leader).action_submit()
        draft.with_user(self.user_colleague).action_submit()
        self.assertEqual(draft.sudo().state, "director")
        self.assertEqual(draft.sudo().recommender_id, self.colleague)
        self.assertEqual(draft.sudo().approver_id, self.director)

    def _change_manager(self):
        draft = self._recommend()
        self._write_plan(draft)
        self.line.manager_id = self.colleague
        self.env.invalidate_all()
        return draft

    def test_new_manager_writes_the_draft_of_the_former_one(self):
        draft = self._change_manager()
        mine = draft.with_user(self.user_colleague)
        self.assertTrue(mine.can_edit)
        mine.write({"score_potential": 70, "reason_potential": "Has led a shift since"})
        self.assertEqual(mine.search(mine._get_awaiting_domain()), mine)
        self.assertEqual(draft.sudo().activity_ids.user_id, self.user_colleague)
        self.assertEqual(mine._start_from_portal(self.worker.id, self.echelon_3.id), mine)
        mine.action_submit()
        self.assertEqual(draft.sudo().state, "director")

    def test_former_manager_neither_writes_nor_submits(self):
        draft = self._change_manager()
        self.assertFalse(draft.can_edit)
        self.assertFalse(draft.search(draft._get_awaiting_domain()))
        with self.assertRefused("is recommended by a manager of"):
            draft.write({"score_potential": 70})
        with self.assertRaises(AccessError):
            draft.check_access("write")
        with self.assertRefused("is recommended by a manager of"):
            draft.action_submit()
        with self.assertRaises(AccessError):
            draft.unlink()

    def test_manager_above_does_not_write_as_long_as_the_recommender_can(self):
        draft = self._recommend().with_user(self.user_manager)
        self.assertFalse(draft.can_edit)
        with self.assertRefused("Only the recommender or HR may change this application"):
            draft.write({"score_potential": 70})
        with self.assertRaises(AccessError):
            draft.check_access("write")

    def test_draft_without_a_recommender_is_written_by_whoever_may_submit(self):
        """Returned, and the recommender has no login any more: HR, or the manager above."""
        application = self._submitted()
        self.leader.user_id = False
        application.with_user(self.user_director).action_return("The scores are not clear")
        self.env.invalidate_all()
        for user in (self.user_officer, self.user_manager):
            case = application.with_user(user)
            self.assertTrue(case.can_edit)
            case.write({"score_potential": 71})
        application.with_user(self.user_manager).action_submit()
        self.assertEqual(application.sudo().recommender_id, self.manager)
        self.assertEqual(application.sudo().approver_id, self.director)

    def test_candidate_in_hr_writes_nothing_of_the_own_case(self):
        draft = self._recommend(employee=self.officer, user=self.user_director)
        with self.assertRefused("Only the recommender or HR may change this application"):
            draft.with_user(self.user_officer).write({"score_potential": 100})

    def test_to_do_of_a_draft_comes_and_goes_with_its_plan(self):
        draft = self._recommend()
        plan = self._write_plan(draft)
        self.assertEqual(len(draft.sudo().activity_ids), 1)
        plan.action_return("One action more")
        self.assertFalse(draft.sudo().activity_ids)
        plan.action_submit()
        self.assertEqual(draft.sudo().activity_ids.user_id, self.user_leader)

    def test_manager_above_does_not_submit_as_long_as_the_recommender_can(self):
        draft = self._recommend()
        self._write_plan(draft)
        with self.assertRefused("is recommended by a manager of"):
            draft.with_user(self.user_manager).action_submit()

    def test_draft_of_a_recommender_without_a_login_waits_for_hr(self):
        application = self._submitted()
        self.leader.user_id = False
        application.with_user(self.user_director).action_return("The scores are not clear")
        self.assertEqual(application.sudo().activity_ids.user_id, self.user_officer)
        application.with_user(self.user_officer).action_submit()
        self.assertEqual(application.sudo().state, "director")
