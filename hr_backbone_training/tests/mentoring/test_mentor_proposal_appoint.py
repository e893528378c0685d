# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from functools import partial
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, LockError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .test_mentor_proposal import MentorProposalCommon


@tagged("post_install", "-at_install")
class TestMentorProposalAppoint(MentorProposalCommon):
    """HR changes pairs by hand, and appoints all that the rules still allow."""

    # -- changes by hand ---------------------------------------------------------------

    def test_change_by_hand(self):
        proposal = self._propose()
        lines = self._line(proposal, self.ben) + self._line(proposal, self.ann)
        lines[0].mentor_id = False
        self.assertEqual((lines[0].reason, lines[0].explanation), ("decided", "HR left it open."))
        self.assertEqual(proposal.spare_ids.mentor_id, self.xia)
        self.assertIn("HR chose others", proposal.spare_ids.explanation)
        lines[1].mentor_id = self.xia
        lines[0].mentor_id = self.yan
        self.assertFalse(proposal.spare_ids)
        self.assertTrue(lines[0].is_changed)
        self.assertEqual(lines.mapped("score"), [0, 100])
        self.assertEqual(proposal.total_text, "Total 100.0 (proposed 180.0, −80.0)")

    def test_form_shows_the_new_score(self):
        proposal = self._propose()
        self._line(proposal, self.ben).mentor_id = False
        with Form(proposal) as form:
            with form.line_ids.edit(0) as line:
                line.mentor_id = self.xia
                self.assertEqual(line.score, 100)
                self.assertIn("100.0 of 100", line.explanation)
            self.assertIn("−80.0", form.total_text)
        self.assertEqual(self._line(proposal, self.ann).mentor_id, self.xia)

    def test_form_warns_at_once(self):
        proposal = self._propose()
        with Form(proposal) as form:
            with self.assertLogs("odoo.tests.form", "WARNING") as logs:
                with form.line_ids.edit(0) as line:
                    line.mentor_id = self.leader
                with form.line_ids.edit(0) as line:
                    line.mentor_id = self.xia
                with form.line_ids.edit(1) as line:
                    line.mentor_id = self.yan
        self.assertEqual(len(logs.output), 2)
        self.assertIn("Leader may not be a mentor", logs.output[0])
        self.assertIn("Xia is proposed for Ben: choose another mentor there", logs.output[1])
        self.assertEqual(self._pairs(proposal), {"Ann": "Xia", "Ben": "Yan"})

    def test_queries_of_a_change_do_not_grow(self):
        """Opening the form and changing a pair asks as much for many rows as for a few."""

        def change(proposal):
            form = Form(proposal)
            with form.line_ids.edit(0) as line:
                line.mentor_id = proposal.spare_ids[:1].mentor_id or line.mentor_id.browse()

        counts = []
        for size in (1, 5, 40):
            self._new_pairs(size)
            counts.append(self._cost(partial(change, self._propose())))
        _warm, few, many = counts
        self.assertLessEqual(many, few + 5, counts)

    def test_rules_hold_for_changes_by_hand(self):
        proposal = self._propose()
        line = self._line(proposal, self.ann)
        for mentor, words in (
            (self.leader, "may not be a mentor"),
            (self.xia, "takes no more than one"),
            (self.ann.employee_id, "own mentor"),
        ):
            with self.subTest(words=words), self.assertRefused(words, error=ValidationError):
                line.mentor_id = mentor
            line.invalidate_recordset()
        self.xia.parent_id = self.ann.employee_id
        self._line(proposal, self.ben).mentor_id = False
        with self.assertRefused("reports to Ann", error=ValidationError):
            line.mentor_id = self.xia

    def test_both_rows_swap_in_one_step(self):
        """One save exchanges two mentors: no row is in the way of the other."""
        proposal = self._propose()
        ann, ben = self._line(proposal, self.ann), self._line(proposal, self.ben)
        proposal.write(
            {
                "line_ids": [
                    (1, ann.id, {"mentor_id": self.xia.id}),
                    (1, ben.id, {"mentor_id": self.yan.id}),
                ]
            }
        )
        self.assertEqual(self._pairs(proposal), {"Ann": "Xia", "Ben": "Yan"})

    def test_everything_but_the_mentor_follows(self):
        proposal = self._propose()
        line = proposal.line_ids[0]
        for vals in ({"score": 100}, {"score_skill": 100}, {"member_id": self.ben.id}):
            with self.subTest(vals=vals), self.assertRefused("HR chooses the mentor"):
                line.write(vals)
        for vals in ({"proposed_total": 1}, {"weight_skill": 1}, {"state": "appointed"}):
            with self.subTest(vals=vals), self.assertRefused("cannot be changed directly"):
                proposal.write(vals)
        for command in ((2, line.id), (0, 0, {"member_id": self.ann.id})):
            with self.assertRaises(AccessError):
                proposal.write({"line_ids": [command]})
        with self.assertRaises(AccessError):
            line.unlink()

    # -- appointing --------------------------------------------------------------------

    def test_appoint_all(self):
        proposal = self._propose()
        self.assertIs(proposal.action_appoint(), True)
        self.assertEqual(proposal.state, "appointed")
        mentorships = proposal.line_ids.mentorship_id
        self.assertEqual(mentorships.mapped("state"), ["appointed"] * 2)
        self.assertEqual(
            {(m.member_id, m.mentor_id) for m in mentorships},
            {(self.ann, self.yan), (self.ben, self.xia)},
        )
        self.assertEqual(proposal.decision_ids.mapped("move"), ["appoint"])
        with self.assertRefused("is at “Appointed”"):
            proposal.action_appoint()
        with self.assertRefused("cannot be changed"):
            proposal.line_ids[0].mentor_id = False
        with self.assertRefused("is settled"):
            proposal.action_propose()
        with self.assertRefused("is history"):
            proposal.unlink()
        self.assertEqual(len(self.env["hr.backbone.mentorship"].search([])), len(mentorships))

    def test_a_row_gone_bad_stays_with_its_reason(self):
        proposal = self._propose()
        self.xia.active = False
        action = proposal.action_appoint()
        self.assertIn("not possible any more: 1", action["params"]["message"])
        ann, ben = self._line(proposal, self.ann), self._line(proposal, self.ben)
        self.assertTrue(ann.mentorship_id)
        self.assertFalse(ben.mentorship_id)
        self.assertEqual(ben.refusal, "Xia has left the company.")
        self.assertEqual(proposal.state, "draft")
        self.assertIn("settles", proposal.next_step)
        # again: nothing happens twice
        proposal.action_appoint()
        self.assertEqual(len(self.env["hr.backbone.mentorship"].search([])), 1)
        with self.assertRefused("Some of the mentors are appointed already"):
            proposal.action_cancel()
        with self.assertRefused("cannot be changed"):
            ann.mentor_id = False
        ben.mentor_id = False
        self.assertFalse(ben.refusal)
        self.assertIs(proposal.action_appoint(), True)
        self.assertEqual(proposal.state, "appointed")

    def test_propose_again_keeps_what_is_appointed(self):
        proposal = self._propose()
        self.xia.active = False
        proposal.action_appoint()
        self.xia.active = True
        ann = self._line(proposal, self.ann)
        proposal.action_propose()
        self.assertEqual(proposal.line_ids.filtered("mentorship_id"), ann)
        self.assertEqual(self._line(proposal, self.ben).mentor_id, self.xia)
        self.assertEqual((proposal.total, proposal.proposed_total), (180, 180))
        self.assertIs(proposal.action_appoint(), True)

    def test_member_got_a_mentor_meanwhile(self):
        proposal = self._propose()
        self._appoint(self.ben, self.xia)
        proposal.action_appoint()
        ben = self._line(proposal, self.ben)
        self.assertIn("Ben has a mentor already", ben.refusal)
        self.assertFalse(ben.mentorship_id)

    @mute_logger("odoo.sql_db")
    def test_somebody_is_quicker(self):
        """What the rules cannot see yet the database refuses: the others are appointed."""
        proposal = self._propose()
        model = self.env.registry["hr.backbone.mentorship"]
        original = model.create

        def create(records, vals_list):
            if any(vals["member_id"] == self.ben.id for vals in vals_list):
                raise IntegrityError("taken")
            return original(records, vals_list)

        with patch.object(model, "create", create):
            proposal.action_appoint()
        self.assertTrue(self._line(proposal, self.ann).mentorship_id)
        self.assertIn("Somebody has just appointed", self._line(proposal, self.ben).refusal)

    def test_two_at_once(self):
        """Whoever comes second is told, and appoints nobody a second time."""
        proposal = self._propose()
        model = self.env.registry[proposal._name]
        with patch.object(model, "lock_for_update", side_effect=LockError("taken")):
            for step in ("appoint", "propose", "cancel"):
                with self.assertRefused("Somebody else is acting on this document"):
                    getattr(proposal, f"action_{step}")()
        self.assertFalse(proposal.line_ids.mentorship_id)
        self.assertEqual(proposal.state, "draft")

    def test_lock_is_taken_before_the_rows_are_read(self):
        """The other one has appointed all just before we get the lock."""
        proposal = self._propose()
        self.assertEqual(proposal.state, "draft")
        model = self.env.registry[proposal._name]
        original = model.lock_for_update

        def lock_for_update(records, **kwargs):
            with patch.object(model, "lock_for_update", original):
                proposal.with_user(self.user_admin).action_appoint()
            return original(records, **kwargs)

        with patch.object(model, "lock_for_update", lock_for_update):
            with self.assertRefused("is at “Appointed”"):
                proposal.action_appoint()

    def test_nothing_to_appoint(self):
        proposal = self._propose()
        proposal.line_ids.mentor_id = False
        self.assertFalse(proposal.can_appoint)
        with self.assertRefused("There is no pair to appoint"):
            proposal.action_appoint()
        proposal.action_cancel()
        self.assertEqual(proposal.state, "cancelled")
        with self.assertRefused("is at “Cancelled”"):
            proposal.action_appoint()

    def test_nobody_appoints_the_own_mentor(self):
        """The officer is a member too: that row stays, for another one to appoint."""
        member = self.env["hr.backbone.member"].create({"employee_id": self.officer.id})
        self._supervisor("Zoe")
        proposal = self._propose()
        proposal.action_appoint()
        self.assertIn("own mentor", self._line(proposal, member).refusal)
        self.assertIs(proposal.with_user(self.user_admin).action_appoint(), True)
        self.assertEqual(proposal.state, "appointed")
