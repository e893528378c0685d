# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common import BackboneCommon
from ..organization import OFFICER


@tagged("post_install", "-at_install")
class TestMeetingOrder(BackboneCommon):
    """Votes, places and the quorum, whatever happens in between."""

    def _set_quota(self, quota, program=None):
        lines = (program or self.program).line_ids
        lines.filtered(lambda line: line.echelon_id == self.echelon_3).quota = quota

    def _draft_next_year(self):
        programs = self.env["hr.backbone.program"].with_user(self.user_officer)
        return programs.create(
            {
                "year": 2027,
                "recommendation_start": "2027-03-01",
                "recommendation_end": "2027-03-31",
            }
        )

    def test_archived_attendee_neither_decides_nor_vanishes(self):
        application = self._reviewed()
        meeting = self._meet(application, vote=None)
        item = meeting.item_ids
        item.with_user(self.user_member).action_vote_for()
        item.with_user(self.user_chair).action_vote_against()
        self.user_member.active = False
        self.env.invalidate_all()
        meeting.with_user(self.user_chair).action_close()
        self.assertEqual(application.state, "refused")
        self.assertEqual(self._form(meeting)["attendees"], ["Chair", "Member"])

    def test_attendee_archived_since_stays_in_the_minutes(self):
        meeting = self._meet(self._reviewed())
        meeting.with_user(self.user_chair).action_close()
        before = self._form(meeting)
        self.user_member.active = False
        self.env.invalidate_all()
        self.assertEqual(self._form(meeting), before)
        self.assertEqual(before["attendees"], ["Chair", "Member"])
        self.assertEqual(before["items"][0]["for"], 2)

    def test_votes_on_the_text_of_before_do_not_count(self):
        application = self._reviewed()
        meeting = self._meet(application)
        application.action_return("The scores are not clear")
        application.with_user(self.user_leader).action_submit()
        application.with_user(self.user_director).action_approve()
        application.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        application.action_pass_review()
        self.env.invalidate_all()
        self.assertFalse(meeting.item_ids.sudo().vote_ids)
        with self.assertRefused("votes cast 0 of 2"):
            meeting.with_user(self.user_chair).action_close()

    def test_two_meetings_closed_at_once_keep_the_quota(self):
        self._set_quota(1)
        first = self._reviewed()
        second = self._reviewed(employee=self.colleague, user=self.user_manager)
        meetings = self._meet(first) | self._meet(second)
        with self.assertRefused("1 selected; places left: 0 of 1"):
            meetings.with_user(self.user_chair).action_close()
        meetings[1].with_user(self.user_chair).quota_reason = "Both are needed"
        meetings.with_user(self.user_chair).action_close()
        self.assertEqual((first | second).mapped("state"), ["selected", "selected"])

    def test_meeting_with_names_stays_in_its_program(self):
        application = self._reviewed()
        other = self._draft_next_year()
        meetings = self.env["hr.backbone.meeting"].with_user(self.user_officer)
        meeting = meetings.create(
            {
                "program_id": self.program.id,
                "attendee_ids": self.user_chair.ids,
                "item_ids": [(0, 0, {"application_id": application.id})],
            }
        )
        with self.assertRefused("“Program” cannot be changed any more"):
            meeting.program_id = other
        self.assertEqual(meeting.program_id, self.program)

    def test_quota_of_a_started_program_is_not_deleted_and_leaves_a_trace(self):
        line = self.program.line_ids.filtered(lambda row: row.echelon_id == self.echelon_3)
        with self.assertRefused("set the quota to 0"):
            line.unlink()
        line.quota = 3
        self.assertIn("quota 10 → 3", self.program.sudo().message_ids[0].body)

    def test_quota_of_a_started_program_is_not_given_to_another_echelon(self):
        """Nor taken off by the program's own page."""
        line = self.program.line_ids.filtered(lambda row: row.echelon_id == self.echelon_3)
        other = self.echelon_3.sudo().copy({"name": "Fourth"})
        with self.assertRefused("set the quota to 0"):
            line.echelon_id = other
        with self.assertRefused("set the quota to 0"):
            self.program.line_ids = [(1, line.id, {"echelon_id": other.id})]
        with self.assertRefused("set the quota to 0"):
            self.program.line_ids = [(5,)]
        line.echelon_id = self.echelon_3
        self.assertEqual(line.echelon_id, self.echelon_3)

    def test_quota_that_is_lowered_binds_the_meeting_in_session(self):
        application = self._reviewed()
        meeting = self._meet(application)
        self._set_quota(0)
        with self.assertRefused("1 selected; places left: 0 of 0"):
            meeting.with_user(self.user_chair).action_close()
        self.assertEqual(application.state, "committee")

    def test_votes_of_those_who_were_removed_decide_nothing(self):
        """Neither 1:0 by nobody present."""
        application = self._reviewed()
        meeting = self._meet(application, vote=None)
        meeting.item_ids.with_user(self.user_member).action_vote_for()
        meeting.action_change("Called away", attendees=self.user_chair)
        with self.assertRefused("votes cast 0 of 1, quorum 1"):
            meeting.with_user(self.user_chair).action_close()
        meeting.item_ids.with_user(self.user_chair).action_vote_against()
        meeting.with_user(self.user_chair).action_close()
        self.assertEqual(application.state, "refused")
        item = self._form(meeting)["items"][0]
        self.assertEqual((item["for"], item["against"]), (0, 1))

    def test_a_meeting_whose_voters_have_lost_their_logins_does_not_decide(self):
        meeting = self._meet(self._reviewed(), vote=None)
        meeting.item_ids.with_user(self.user_member).action_vote_for()
        self.user_member.active = False
        self.env.invalidate_all()
        with self.assertRefused("votes cast 0 of 1, quorum 1"):
            meeting.with_user(self.user_chair).action_close()

    def test_case_that_moves_to_another_program_leaves_the_meeting(self):
        """It is not decided by the places of the program that it has left."""
        application = self._reviewed()
        meeting = self._meet(application)
        other = self._draft_next_year()
        other.action_start()
        application.action_return("For next year")
        application.with_user(self.user_leader).program_id = other
        application.sudo()._write_moved({"state": "committee"})
        self.env.invalidate_all()
        meeting.with_user(self.user_chair).action_close()
        self.assertEqual(application.state, "committee")
        self.assertFalse(meeting.item_ids.result)

    def test_who_is_recused_postpones_nothing_before_the_session_either(self):
        """The recommender, who is HR, too."""
        application = self._reviewed()
        self.user_leader.group_ids |= self.env.ref(OFFICER)
        meetings = self.env["hr.backbone.meeting"].with_user(self.user_leader)
        row = {"application_id": application.id, "postponed": True}
        vals = {"program_id": self.program.id, "attendee_ids": self.user_chair.ids}
        with self.assertRefused("You recommended this person"):
            meetings.create({**vals, "item_ids": [(0, 0, row)]})
        meeting = meetings.create(
            {**vals, "item_ids": [(0, 0, {"application_id": application.id})]}
        )
        with self.assertRefused("You recommended this person"):
            meeting.item_ids.postponed = True
        meeting.with_user(self.user_officer).item_ids.postponed = True
        self.assertTrue(meeting.item_ids.postponed)

    def test_quota_of_a_draft_is_free(self):
        draft = self._draft_next_year()
        draft.line_ids[0].unlink()
        self.assertEqual(len(draft.line_ids), 2)

    def test_raised_quorum_reaches_planned_meetings(self):
        application = self._reviewed()
        meeting = (
            self.env["hr.backbone.meeting"]
            .with_user(self.user_officer)
            .create(
                {
                    "program_id": self.program.id,
                    "attendee_ids": (self.user_chair | self.user_member).ids,
                    "item_ids": [(0, 0, {"application_id": application.id})],
                }
            )
        )
        self.assertEqual(meeting.quorum, 50)
        self.company.backbone_quorum = 100
        meeting.action_open()
        self.assertEqual(meeting.quorum, 100)
        meeting.item_ids.with_user(self.user_chair).action_vote_for()
        with self.assertRefused("votes cast 1 of 2, quorum 2"):
            meeting.with_user(self.user_chair).action_close()

    def test_minutes_rewritten_after_the_meeting_leave_a_trace(self):
        meeting = self._meet(self._reviewed())
        meeting.with_user(self.user_chair).action_close()
        before = meeting.sudo().message_ids
        meeting.with_user(self.user_chair).minutes = "<p>As voted.</p>"
        self.assertEqual(meeting.sudo().message_ids, before)
        meeting.with_user(self.user_member).minutes = "<p>Otherwise.</p>"
        trace = meeting.sudo().message_ids - before
        self.assertIn("As voted.", trace.body)
        self.assertEqual(trace.author_id, self.user_member.partner_id)
