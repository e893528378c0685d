# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_opinion import OpinionCommon


@tagged("post_install", "-at_install")
class TestSecondOpinionRead(OpinionCommon):
    """What was read cannot be unread: from the day on which both forms are in, a correction is
    not blind, whatever state the two are in by then."""

    def setUp(self):
        super().setUp()
        self.hr = self.opinion.with_user(self.user_officer)
        self.hr_assessment = self.assessment.with_user(self.user_officer)

    def _be_read(self):
        self._assess()
        own = self._give()
        self.assertEqual(own.date_both_in, self.company._backbone_today())
        return own

    def _say(self, record, name="return"):
        wizard = self.env["hr.backbone.comment.wizard"].with_user(self.user_officer)
        return wizard.create(
            {"res_model": record._name, "res_ids": record.ids, "move": name}
        ).consequences

    def test_day_on_which_both_are_in(self):
        """Whichever is the last."""
        self._give()
        self.assertFalse(self.opinion.date_both_in)
        self._assess()
        self.assertTrue(self.opinion.date_both_in)
        self._assess(self.colleague)
        self.assertFalse(self.opinion_inside.date_both_in)

    def test_returned_before_both_are_in(self):
        """Nobody has read anything: it counts."""
        self._give()
        self.assertFalse(self._say(self.hr))
        self.hr.action_return("Wrong member")
        self.opinion.with_user(self.user_leader).action_submit()
        self._assess()
        self.assertFalse(self.opinion.is_corrected)

    def test_second_opinion_returned(self):
        own = self._be_read()
        self.assertIn("does not count any more", self._say(self.hr))
        self.hr.action_return("Please add examples")
        self.assertTrue(self.opinion.is_corrected)
        own.action_submit()
        self.assertTrue(self.opinion.is_corrected)
        self.assertFalse(self._say(self.hr))

    def test_assessment_returned(self):
        own = self._be_read()
        self.assertIn("does not count any more", self._say(self.hr_assessment))
        self.hr_assessment.action_return("Please add examples")
        self.assertTrue(self.opinion.is_corrected)
        self.assertFalse(self.opinion_inside.is_corrected)
        with self.assertRefused("you may have read it"):
            own.action_take_back()

    def test_not_asked_again(self):
        self._assess()
        self.hr.action_cancel("Away")
        self.hr_assessment.action_return("Please add examples")
        with self.assertRefused("would not be blind any more"):
            self.hr.action_reopen("Back again")

    def test_not_passed_to_who_may_have_read_it(self):
        self._assess()
        self.hr_assessment.action_return("Please add examples")
        with self.assertRefused("may have read it"):
            self.hr.action_reassign(self.manager, "Knows the work")

    def test_not_by_an_earlier_mentor(self):
        """The mentor of now may read what they noted."""
        self._write_assessment(self.quarter, self.worker)
        self._set_mentor(self.member.sudo(), self.tutor)
        self.assertEqual(self.assessment.note_ids.mentor_id, self.mentor)
        with self.assertRefused("was the mentor in this quarter"):
            self.hr.action_reassign(self.mentor, "Knows the work")
        # who was it for a while, after the draw and without a word
        self.env["hr.backbone.mentorship"]._create_moved(
            [
                {
                    "member_id": self.member.id,
                    "mentor_id": self.director.id,
                    "date_start": "2026-02-01",
                    "date_end": "2026-02-20",
                    "state": "ended",
                }
            ]
        )
        with self.assertRefused("was the mentor in this quarter"):
            self.hr.action_reassign(self.director, "Knows the work")
        self.hr.action_reassign(self.manager, "Knows the work")

    def test_new_mentor_is_rater_no_more(self):
        """At once, and not with the nightly job."""
        self._set_mentor(self.member.sudo(), self.leader)
        self.assertEqual(self.opinion.rater_id, self.manager)

    def test_same_person_is_not_asked_again(self):
        self._give(submit=False)
        with self.assertRefused("is asked already"):
            self.hr.action_reassign(self.leader, "Once more")
        self.assertEqual(self.opinion.comment, "Reliable")

    def test_new_rater_starts_anew(self):
        """What the former one handed in, and HR wrote about it, is none of theirs."""
        own = self._give()
        self.hr.action_return("Please add examples, Leader")
        self.assertEqual(own._get_returned_comment(), "Please add examples, Leader")
        self.opinion._write_moved({"is_late": True})
        window = self.env["hr.backbone.opinion.wizard"].with_user(self.user_officer)
        window = window.create(
            {
                "opinion_id": self.opinion.id,
                "rater_id": self.manager.id,
                "comment": "The mentor is too kind",
            }
        )
        self.assertIn("human resources only", window.readers)
        window.action_confirm()
        new = self.opinion.with_user(self.user_manager)
        self.assertFalse(new.date_submitted or new.is_late or self.opinion.facts)
        self.assertFalse(new._get_returned_comment())
        self.assertFalse(new._get_decisions())
        self.env.invalidate_all()
        self.assertNotIn("The mentor is too kind", str(new.decision_ids.mapped("comment")))
        self.assertEqual(self.hr.decision_ids[:1].sudo()._get_reason(), "The mentor is too kind")
