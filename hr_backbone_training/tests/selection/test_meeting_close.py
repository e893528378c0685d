# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common import BackboneCommon
from ..organization import COMMITTEE


@tagged("post_install", "-at_install")
class TestMeetingClose(BackboneCommon):
    """What a meeting decides: quorum, ties, postponed names, the quota."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application = cls._reviewed()
        cls.second = cls._reviewed(employee=cls.colleague, user=cls.user_manager)
        cls.user_third = cls._new_user("bt_third", f"base.group_user,{COMMITTEE}")
        cls.three = cls.user_chair | cls.user_member | cls.user_third

    def _vote(self, items, vote, *users):
        for user in users:
            getattr(items.with_user(user), f"action_vote_{vote}")()

    def _close(self, meeting, user=None):
        meeting.with_user(user or self.user_chair).action_close()

    def _quota(self, quota):
        line = self.program.line_ids.filtered(lambda row: row.echelon_id == self.echelon_3)
        line.quota = quota
        return line

    def test_votes_decide(self):
        meeting = self._meet(self.application | self.second, vote=None)
        first, second = (
            meeting.item_ids.filtered(lambda item, record=record: item.application_id == record)
            for record in (self.application, self.second)
        )
        self._vote(first, "for", self.user_chair, self.user_member)
        self._vote(second, "against", self.user_chair, self.user_member)
        self._close(meeting, self.user_member)
        self.assertEqual(self.application.state, "selected")
        self.assertEqual(self.second.state, "refused")
        self.assertEqual(self.second.sudo().plan_id.state, "closed")
        self.assertEqual((first.result, second.result), ("selected", "refused"))
        decision = self.second.decision_ids[:1]
        self.assertEqual((decision.move, decision.user_id), ("reject", self.user_member))

    def test_too_few_votes_name_the_person(self):
        self.company.backbone_quorum = 60
        meeting = self._meet(self.application | self.second, vote=None, attendees=self.three)
        self._vote(meeting.item_ids, "for", self.user_chair)
        with self.assertRefused(
            "Worker: votes cast 1 of 3, quorum 2",
            "Colleague: votes cast 1 of 3, quorum 2",
        ):
            self._close(meeting)
        self._vote(meeting.item_ids, "abstain", self.user_member)
        self._close(meeting)
        self.assertEqual((self.application | self.second).mapped("state"), ["selected"] * 2)

    def test_nobody_voted(self):
        meeting = self._meet(self.application, vote=None)
        with self.assertRefused("Worker: votes cast 0 of 2, quorum 1"):
            self._close(meeting)

    def test_tie_does_not_select(self):
        meeting = self._meet(self.application, vote=None)
        self._vote(meeting.item_ids, "for", self.user_chair)
        self._vote(meeting.item_ids, "against", self.user_member)
        self.assertEqual(meeting.item_ids.outcome, "refused")
        self._close(meeting)
        self.assertEqual(self.application.state, "refused")

    def test_abstentions_alone_do_not_select(self):
        self._close(self._meet(self.application, vote="abstain"))
        self.assertEqual(self.application.state, "refused")

    def test_postponed_name_goes_on_to_the_next_meeting(self):
        meeting = self._meet(self.application | self.second, vote=None)
        items = meeting.item_ids.with_user(self.user_chair)
        postponed = items.filtered(lambda item: item.application_id == self.application)
        meeting.with_user(self.user_chair).action_change("Absent", postponed=self.application)
        self._vote(items - postponed, "for", self.user_chair, self.user_member)
        self._close(meeting)
        self.assertEqual(self.application.state, "committee")
        self.assertEqual(postponed.result, "postponed")
        self.assertEqual(self.second.state, "selected")
        following = self._meet(self.application)
        self._close(following)
        self.assertEqual(self.application.state, "selected")

    def test_only_an_attending_member_closes(self):
        meeting = self._meet(self.application)
        for user in (self.user_officer, self.user_admin):
            with self.subTest(user=user.login):
                with self.assertRefused("Only a committee member who attends closes"):
                    self._close(meeting, user)
        with self.assertRefused():
            self._close(meeting, self.user_third)
        self.assertEqual(self.application.state, "committee")

    def test_whoever_has_left_the_committee_does_not_close(self):
        meeting = self._meet(self.application)
        self.user_chair.group_ids -= self.env.ref(COMMITTEE)
        with self.assertRefused():
            self._close(meeting)

    def test_withdrawn_in_between_is_skipped(self):
        meeting = self._meet(self.application | self.second)
        self.second.with_user(self.user_colleague).action_withdraw("Changed my mind")
        self._close(meeting)
        self.assertEqual(self.application.state, "selected")
        self.assertEqual(self.second.state, "withdrawn")

    def test_withdrawn_name_needs_no_votes(self):
        meeting = self._meet(self.application | self.second, vote=None)
        mine = meeting.item_ids.filtered(lambda item: item.application_id == self.application)
        self._vote(mine, "for", self.user_chair)
        self.second.with_user(self.user_colleague).action_withdraw()
        self._close(meeting)
        self.assertEqual(self.application.state, "selected")

    # -- the quota -------------------------------------------------------------------------

    def test_quota_is_kept_or_exceeded_with_a_reason(self):
        self._quota(1)
        meeting = self._meet(self.application | self.second).with_user(self.user_chair)
        with self.assertRefused(
            "Third Echelon: 2 selected; places left: 1 of 1",
            "Write down the reason for exceeding the quota",
        ):
            meeting.action_close()
        self.assertEqual(self.application.state, "committee")
        meeting.quota_reason = "   "
        with self.assertRefused("Write down the reason"):
            meeting.action_close()
        meeting.quota_reason = "Both lead the new line"
        meeting.action_close()
        self.assertEqual((self.application | self.second).mapped("state"), ["selected"] * 2)

    def test_not_selected_and_postponed_take_no_place(self):
        self._quota(1)
        meeting = self._meet(self.application | self.second, vote=None)
        first = meeting.item_ids.filtered(lambda item: item.application_id == self.application)
        self._vote(first, "for", self.user_chair, self.user_member)
        self._vote(meeting.item_ids - first, "against", self.user_chair, self.user_member)
        self._close(meeting)
        self.assertEqual(self.application.state, "selected")

    def test_two_meetings_on_the_last_place(self):
        line = self._quota(1)
        one, two = self._meet(self.application), self._meet(self.second)
        self._close(one)
        self.env.invalidate_all()
        self.assertEqual((line.selected_count, line.remaining), (1, 0))
        with self.assertRefused("Third Echelon: 1 selected; places left: 0 of 1"):
            self._close(two)
        # whoever falls out gives the place back
        self.application.action_refuse("Has resigned")
        self.env.invalidate_all()
        self._close(two)
        self.assertEqual(self.second.state, "selected")

    def test_attendees_see_the_quota_while_deciding(self):
        self._quota(7)
        quotas = self._meet(self.application).with_user(self.user_member).quota_ids
        self.assertIn((7, 7), quotas.mapped(lambda line: (line.quota, line.remaining)))
