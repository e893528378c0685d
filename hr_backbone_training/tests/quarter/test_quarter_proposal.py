# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command

from ..common_quarter import QuarterCommon


class TestQuarterProposal(QuarterCommon):
    """ "So as to adjust the appropriate training plan in time"."""

    def setUp(self):
        super().setUp()
        self.quarter = self._open()
        self.plan = self.env["hr.backbone.plan"].create(
            {"employee_id": self.colleague.id, "program_id": self.program.id}
        )
        self.plan._write_moved({"state": "active"})
        self._take_mails()

    def _propose(self, proposal="adjust", employee=None):
        return self._submit_assessment(self.quarter, employee or self.colleague, proposal=proposal)

    def test_they_reach_hr(self):
        self._propose("keep", self.worker)
        assessment = self._propose()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_assessment_action_proposal"
        )
        domain = [("state", "=", "submitted"), ("proposal", "in", ["adjust", "withdraw"])]
        self.assertEqual(action["domain"].replace("\n", ""), str(domain))
        found = assessment.search([*domain, ("company_id", "=", self.company.id)])
        self.assertEqual(found, assessment)

    def test_hr_is_asked_to_decide(self):
        self.assertFalse(self._propose("keep", self.worker).sudo().activity_ids)
        assessment = self._propose()
        activity = assessment.sudo().activity_ids
        self.assertEqual(activity.user_id, self.user_officer)
        self.assertIn("decide on it", activity.summary)
        self._run_cron("todo")
        self.assertEqual(assessment.sudo().activity_ids, activity)
        assessment.action_decide_keep("The plan is new")
        self.assertFalse(assessment.sudo().activity_ids)

    def test_who_proposed_is_not_asked_to_decide(self):
        self.user_mentor.group_ids += self.env.ref("hr_backbone_training.group_hr_backbone_officer")
        self.program.sudo().user_id = self.user_mentor
        activity = self._propose("withdraw").sudo().activity_ids
        self.assertTrue(activity)
        self.assertNotEqual(activity.user_id, self.user_mentor)

    def test_job_asks_where_nobody_was_asked(self):
        assessment = self._propose("withdraw")
        assessment.sudo().activity_ids.unlink()
        self._run_cron("todo")
        self.assertEqual(assessment.sudo().activity_ids.user_id, self.user_officer)

    def test_who_proposed_does_not_decide(self):
        """HR may be a mentor, too: somebody else in HR decides then."""
        group = self.env.ref("hr_backbone_training.group_hr_backbone_officer")
        self.user_mentor.group_ids += group
        assessment = self._propose("withdraw")
        mine = assessment.with_user(self.user_mentor)
        for step in ("keep", "adjust", "withdraw"):
            with self.subTest(step=step), self.assertRefused("somebody else in HR decides"):
                getattr(mine, f"action_decide_{step}")("I say so")
        self.assertFalse(mine.can_decide_withdraw)
        # not even where another employee has that login by now
        self.mentor.user_id = False
        with self.assertRefused("somebody else in HR decides"):
            mine.action_decide_withdraw("I say so")
        assessment.action_decide_withdraw("The officer agrees")
        self.assertEqual(self.member_inside.state, "exited")

    def test_keep(self):
        assessment = self._propose()
        assessment.action_decide_keep("The plan is new")
        self.assertEqual(assessment.proposal_decision, "keep")
        self.assertEqual(assessment.proposal_user_id, self.user_officer)
        self.assertEqual(str(assessment.proposal_date), "2026-03-12")
        self.assertEqual(assessment.state, "submitted")
        decision = assessment.decision_ids[0]
        self.assertEqual((decision.move, decision.comment), ("decide_keep", "The plan is new"))

    def test_adjust_opens_a_revision_and_asks_the_member(self):
        self._propose().action_decide_adjust()
        revision = self.env["hr.backbone.plan"].search([("previous_id", "=", self.plan.id)])
        self.assertEqual((revision.state, revision.revision), ("draft", 2))
        self.assertEqual(self.plan.state, "active")
        activity = revision.activity_ids
        self.assertEqual(activity.user_id, self.user_colleague)
        self.assertIn("adjusted", activity.summary)
        self.assertEqual(self._take_mails(), [self.user_colleague.partner_id])

    def test_adjust_where_a_revision_is_open_asks_for_that_one(self):
        self.plan.with_user(self.user_colleague).action_revise()
        self._propose().action_decide_adjust()
        revision = self.env["hr.backbone.plan"].search([("previous_id", "=", self.plan.id)])
        self.assertEqual(len(revision), 1)
        self.assertEqual(len(revision.activity_ids), 1)

    def _submit_revision(self):
        """The revision that the member has written, as seen by HR."""
        self._propose().action_decide_adjust()
        revision = self.env["hr.backbone.plan"].search([("previous_id", "=", self.plan.id)])
        texts = dict.fromkeys(("strengths", "gaps", "goal_short", "goal_long"), "Written")
        mine = revision.with_user(self.user_colleague)
        mine.write({**texts, "line_ids": [Command.create({"action": "A talk a month"})]})
        mine.action_submit()
        self._take_mails()
        return revision.with_user(self.user_officer)

    def test_a_submitted_revision_waits_for_hr(self):
        self.program.user_id = self.user_officer
        revision = self._submit_revision()
        self.assertIn("brings the revision into force", revision.next_step)
        self.assertEqual(revision.activity_ids.user_id, self.user_officer)
        self.assertIn("bring the revision into force", revision.activity_ids.summary)
        revision.action_activate()
        self.assertFalse(revision.activity_ids)
        self.assertEqual((self.plan.state, revision.state), ("closed", "active"))
        self.assertEqual(self._take_mails(), [self.user_colleague.partner_id])

    def test_hr_returns_a_revision_with_a_comment(self):
        revision = self._submit_revision()
        with self.assertRefused("comment"):
            revision.action_send_back(" ")
        revision.action_send_back("Which exam?")
        self.assertEqual((self.plan.state, revision.state), ("active", "draft"))
        self.assertEqual(revision._get_returned_comment(), "Which exam?")
        self.assertEqual(revision.activity_ids.user_id, self.user_colleague)
        self.assertEqual(self._take_mails(), [self.user_colleague.partner_id])
        [task] = self.user_colleague.with_user(self.user_colleague)._get_backbone_plans_todo(5)
        self.assertEqual(task["text"], "Which exam?")

    def test_only_hr_returns_a_revision_and_never_a_first_plan(self):
        revision = self._submit_revision()
        for user in (self.user_mentor, self.user_manager, self.user_colleague):
            with self.subTest(user=user.login), self.assertRefused("Only HR"):
                revision.with_user(user).action_send_back("Once more")
        first = self.plan.create({"employee_id": self.worker.id, "program_id": self.program.id})
        first._write_moved({"state": "submitted"})
        with self.assertRefused("returned with its application"):
            first.with_user(self.user_officer).action_send_back("Once more")

    def test_withdraw_ends_the_training(self):
        assessment = self._propose("withdraw")
        with self.assertRefused("comment"):
            assessment.action_decide_withdraw(" ")
        assessment.action_decide_withdraw("Wants to stay in the trade")
        self.assertEqual(self.member_inside.state, "exited")
        movement = self.member_inside.movement_ids[:1]
        self.assertEqual(
            (movement.kind, movement.hr_reason), ("exited", "Wants to stay in the trade")
        )

    def test_many_at_once(self):
        both = self._propose("adjust", self.worker) | self._propose("adjust")
        both.action_decide_keep()
        self.assertEqual(set(both.mapped("proposal_decision")), {"keep"})

    def test_decided_once(self):
        assessment = self._propose()
        assessment.action_decide_keep()
        with self.assertRefused("Plan kept"):
            assessment.action_decide_adjust()
        with self.assertRefused("decided"):
            assessment.action_return("Once more")

    def test_nothing_to_revise(self):
        with self.assertRefused("no development plan"):
            self._propose("adjust", self.worker).action_decide_adjust()

    def test_left_already(self):
        assessment = self._propose("withdraw")
        self.member_inside.action_exit("Moved abroad")
        with self.assertRefused("already"):
            assessment.action_decide_withdraw("Late")

    def test_only_hr_and_not_on_the_own_case(self):
        assessment = self._propose()
        for user in (self.user_mentor, self.user_manager, self.user_colleague):
            with self.subTest(user=user.login), self.assertRefused("Only HR"):
                assessment.with_user(user).action_decide_keep()
        self.user_colleague.group_ids |= self.env.ref(
            "hr_backbone_training.group_hr_backbone_officer"
        )
        with self.assertRefused("own case"):
            assessment.with_user(self.user_colleague).action_decide_keep()

    def test_draft_is_not_decided(self):
        assessment = self._write_assessment(self.quarter, self.colleague, proposal="adjust")
        with self.assertRefused("not possible"):
            assessment.with_user(self.user_officer).action_decide_keep()

    def test_no_direct_write(self):
        assessment = self._propose()
        for name in ("proposal_decision", "proposal_date"):
            with self.subTest(name=name), self.assertRefused("directly"):
                assessment.write({name: False})
