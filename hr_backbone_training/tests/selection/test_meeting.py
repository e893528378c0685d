# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon
from ..organization import COMMITTEE


@tagged("post_install", "-at_install")
class TestMeeting(BackboneCommon):
    """Top management holds a meeting for review and selection."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application = cls._reviewed()
        cls.second = cls._reviewed(employee=cls.colleague, user=cls.user_manager)
        cls.user_third = cls._new_user("bt_third", f"base.group_user,{COMMITTEE}")

    def _new_meeting(self, **kwargs):
        return (
            self.env["hr.backbone.meeting"]
            .with_user(self.user_officer)
            .create(
                {
                    "program_id": self.program.id,
                    "attendee_ids": (self.user_chair | self.user_member).ids,
                    **kwargs,
                }
            )
        )

    def _vote(self, item, **votes):
        for name, vote in votes.items():
            getattr(item.with_user(getattr(self, f"user_{name}")), f"action_vote_{vote}")()

    # -- convening -------------------------------------------------------------------------

    def test_agenda_is_filled_with_what_awaits(self):
        waiting_at_hr = self._approved(employee=self.leader, user=self.user_manager)
        meeting = self._new_meeting()
        self.assertEqual(meeting.action_fill_agenda(), 2)
        self.assertEqual(meeting.item_ids.application_id, self.application | self.second)
        self.assertNotIn(waiting_at_hr, meeting.item_ids.application_id)
        # once more adds nothing, and neither does a second meeting
        self.assertEqual(meeting.action_fill_agenda(), 0)
        self.assertEqual(self._new_meeting().action_fill_agenda(), 0)

    def test_only_what_awaits_is_put_on_the_agenda(self):
        draft = self._recommend(self.leader, self.user_manager)
        with self.assertRefused("does not await the meeting"):
            self._new_meeting(item_ids=[(0, 0, {"application_id": draft.id})])
        self.program.copy({"year": 2027}).action_start()
        with self.assertRefused("belongs to another program"):
            self._new_meeting(
                program_id=self.env["hr.backbone.program"].search([("year", "=", 2027)]).id,
                item_ids=[(0, 0, {"application_id": self.application.id})],
            )

    def test_meeting_without_attendees_or_agenda_does_not_open(self):
        meeting = self._new_meeting(attendee_ids=[])
        with self.assertRefused("has no attendees", "The agenda is empty"):
            meeting.action_open()
        self.assertEqual(
            meeting.blocking_reason,
            "The meeting has no attendees: invite the committee first.\nThe agenda is empty.",
        )

    def test_only_the_committee_attends(self):
        for user in (self.user_colleague, self.user_officer):
            with self.subTest(user=user.login):
                with self.assertRefused("is not a member of the selection committee"):
                    self._new_meeting(attendee_ids=user.ids)

    def test_hr_convenes_and_the_committee_does_not_change_it(self):
        meeting = self._meet(self.application, vote=None).with_user(self.user_chair)
        for vals in (
            {"attendee_ids": [(6, 0, self.user_chair.ids)]},
            {"quorum": 1},
            {"item_ids": [(5,)]},
            {"date": "2026-04-01 09:00:00"},
        ):
            with self.subTest(**vals), self.assertRefused("Only HR can change the meeting"):
                meeting.write(vals)
        with self.assertRaises(AccessError):
            self.env["hr.backbone.meeting"].with_user(self.user_chair).create(
                {"program_id": self.program.id}
            )

    def test_quorum_is_at_least_the_companys(self):
        self.company.backbone_quorum = 60
        with self.assertRefused("The quorum of the company is at least 60 percent"):
            self._new_meeting(quorum=59)
        self.assertEqual(self._new_meeting().quorum, 60)
        meeting = self._meet(self.application, vote=None)
        with self.assertRefused("fixed once the meeting is in session"):
            meeting.quorum = 100

    def test_opening_puts_it_into_the_calendar_of_those_who_attend(self):
        meeting = self._meet(self.application, vote=None)
        self.assertEqual(
            meeting.sudo().event_id.partner_ids, (self.user_chair | self.user_member).partner_id
        )
        vote = self.env.ref("hr_backbone_training.mail_activity_type_vote")
        asked = meeting.sudo().activity_ids.filtered(lambda a: a.activity_type_id == vote)
        # a portal login has no activities
        self.assertEqual(asked.user_id, self.user_chair)

    # -- voting ----------------------------------------------------------------------------

    def test_whoever_attends_reads_the_case_and_votes(self):
        item = self._meet(self.application, vote=None).item_ids
        for user in (self.user_chair, self.user_member):
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                mine = item.with_user(user)
                self.assertEqual(mine.application_id.main_results, "Cut the scrap rate by half")
                self.assertTrue(mine.application_id.plan_id.line_ids.mapped("action"))
                self.assertFalse(mine.vote_refusal)
                mine.action_vote_for()
                self.assertEqual(mine.my_vote, "for")
        self.assertEqual((item.votes_for, item.votes_against), (2, 0))

    def test_whoever_does_not_attend_neither_reads_nor_votes(self):
        item = self._meet(self.application, vote=None).item_ids
        for record in (item, item.meeting_id, item.application_id):
            with self.assertRaises(AccessError):
                record.with_user(self.user_third).read(["display_name"])
        item = item.with_user(self.user_third)
        with self.assertRaises(AccessError):
            item.action_vote_for()
        with self.assertRaises(AccessError):
            item.vote_ids.create({"item_id": item.id, "vote": "for"})

    def test_hr_does_not_vote(self):
        item = self._meet(self.application, vote=None).item_ids
        for user in (self.user_officer, self.user_admin):
            with self.subTest(user=user.login), self.assertRefused("Only those who attend"):
                item.with_user(user).action_vote_for()

    def test_each_casts_the_own_vote_only(self):
        item = self._meet(self.application, vote=None).item_ids
        self._vote(item, chair="for")
        votes = self.env["hr.backbone.meeting.vote"].with_user(self.user_member)
        with self.assertRefused("You can cast only your own vote"):
            votes.create({"item_id": item.id, "user_id": self.user_chair.id, "vote": "against"})
        vote_of_chair = item.vote_ids.with_user(self.user_member)
        for vals in ({"vote": "against"}, {"user_id": self.user_member.id}):
            with self.subTest(**vals), self.assertRefused():
                vote_of_chair.write(vals)
        with self.assertRaises(AccessError):
            vote_of_chair.unlink()
        with self.assertRefused("You can cast only your own vote"):
            vote_of_chair.with_user(self.user_chair).user_id = self.user_member
        forged = votes.with_context(default_user_id=self.user_chair.id)
        self.assertEqual(
            forged.create({"item_id": item.id, "vote": "abstain"}).user_id, self.user_member
        )

    def test_vote_can_be_changed_and_stays_one(self):
        item = self._meet(self.application, vote=None).item_ids
        self._vote(item, chair="for")
        self._vote(item, chair="against")
        self.assertEqual(item.vote_ids.mapped("vote"), ["against"])

    def test_the_person_and_the_recommender_do_not_vote(self):
        for user in (self.user_worker, self.user_leader):
            user.group_ids |= self.env.ref(COMMITTEE)
        item = self._meet(
            self.application,
            vote=None,
            attendees=self.user_worker | self.user_leader | self.user_chair,
        ).item_ids
        for user, sentence in (
            (self.user_worker, "You cannot decide on your own case."),
            (self.user_leader, "You recommended this person, so somebody else decides."),
        ):
            mine = item.with_user(user)
            with self.subTest(user=user.login):
                self.assertEqual(mine.vote_refusal, sentence)
                with self.assertRefused(sentence):
                    mine.action_vote_for()
                with self.assertRefused(sentence):
                    mine.vote_ids.create({"item_id": item.id, "vote": "for"})
        # they do not count for the quorum: one of one has voted
        self._vote(item, chair="for")
        item.meeting_id.with_user(self.user_chair).action_close()
        self.assertEqual(self.application.state, "selected")

    def test_votes_are_cast_in_session(self):
        meeting = self._new_meeting(item_ids=[(0, 0, {"application_id": self.application.id})])
        with self.assertRefused("while the meeting is in session"):
            self._vote(meeting.item_ids, chair="for")

    # -- immutable -------------------------------------------------------------------------

    def test_closed_meeting_is_history(self):
        meeting = self._meet(self.application)
        meeting.with_user(self.user_chair).action_close()
        self.assertEqual(meeting.item_ids.result, "selected")
        third = self.user_third
        for vals in (
            {"attendee_ids": [(4, third.id)]},
            {"item_ids": [(5,)]},
            {"application_ids": [(6, 0, self.second.ids)]},
            {"date": "2026-01-01 09:00:00"},
            {"quorum": 100},
            {"quota_reason": "Because"},
        ):
            with self.subTest(**vals), self.assertRefused("cannot be changed"):
                meeting.write(vals)
        for vals in ({"postponed": True}, {"result": "refused"}, {"echelon_id": 1}):
            with self.subTest(**vals), self.assertRefused():
                meeting.item_ids.write(vals)
        with self.assertRefused("cannot be changed"):
            meeting.item_ids.unlink()
        with self.assertRefused("cannot be changed"):
            meeting.item_ids.create({"meeting_id": meeting.id, "application_id": self.second.id})
        with self.assertRefused("while the meeting is in session"):
            self._vote(meeting.item_ids, chair="against")
        with self.assertRefused("while the meeting is in session"):
            meeting.item_ids.vote_ids.filtered(
                lambda vote: vote.user_id == self.user_chair
            ).with_user(self.user_chair).vote = "against"
        with self.assertRefused("is history"):
            meeting.unlink()
        for move in ("open", "close", "cancel"):
            with self.subTest(move=move), self.assertRefused("is at “Closed”"):
                getattr(meeting.with_user(self.user_chair), f"action_{move}")()
        # the minutes are written up afterwards
        meeting.with_user(self.user_chair).minutes = "<p>As voted.</p>"
        self.assertIn("As voted", meeting.minutes)

    def test_result_and_echelon_of_an_item_are_not_written(self):
        item = self._meet(self.application, vote=None).item_ids
        for user in (self.user_chair, self.user_officer, self.user_admin):
            for vals in (
                {"result": "selected"},
                {"echelon_id": self.echelon_1.id},
                {"application_id": self.second.id},
            ):
                with self.subTest(user=user.login, **vals):
                    with self.assertRefused("follows from the votes"):
                        item.with_user(user).write(vals)

    def test_cancelled_meeting_leaves_its_names_waiting(self):
        meeting = self._meet(self.application)
        with self.assertRefused("Only HR can do this"):
            meeting.with_user(self.user_chair).action_cancel("No time")
        with self.assertRefused("Please write a comment"):
            meeting.action_cancel()
        meeting.action_cancel("No time")
        self.assertEqual(self.application.state, "committee")
        with self.assertRefused("A meeting that is over cannot be changed"):
            meeting.minutes = "<p>Nothing</p>"
        self.assertEqual(self._new_meeting().action_fill_agenda(), 2)
