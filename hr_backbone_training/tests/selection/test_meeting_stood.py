# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon
from ..organization import COMMITTEE

PATH = "19.0.1.1.0/post-facts.py"


@tagged("post_install", "-at_install")
class TestMeetingStood(BackboneCommon):
    """What a meeting has decided is shown and printed as it stood."""

    def _close(self, meeting):
        meeting.with_user(self.user_chair).action_close()
        self.env.flush_all()
        self.env.invalidate_all()

    def _rewrite(self, application):
        """HR returns the case after the meeting, and the department writes it anew."""
        application.with_user(self.user_officer).action_return("The scores are not clear")
        mine = application.with_user(self.user_leader)
        mine.write(
            {
                "echelon_id": self.echelon_2.id,
                "score_performance": 40,
                "score_potential": 40,
                "score_motivation": 40,
                "main_results": "None to speak of",
                "proposed_mentor_id": self.manager.id,
            }
        )
        plan = application.sudo().plan_id.with_user(self.user_worker)
        plan.action_return()
        plan.strengths = "Patient"
        plan.line_ids[0].action = "Another aim"
        self.env.flush_all()
        self.env.invalidate_all()

    def _read(self, item, user=None):
        names = [
            "employee_name",
            "echelon_id",
            "department_id",
            "job_id",
            "rank_id",
            "recommender_id",
            "proposed_mentor_id",
            "score_total",
            "score_performance",
            "reason_performance",
            "main_results",
            "plan_strengths",
            "plan_actions",
            "votes_for",
            "votes_against",
            "votes_abstained",
            "outcome",
        ]
        return item.with_user(user or self.user_officer).read(names)

    def test_minutes_and_page_keep_the_case(self):
        """88.3 does not become 40.0."""
        application = self._reviewed()
        meeting = self._meet(application)
        self._close(meeting)
        form, page = self._form(meeting), self._read(meeting.item_ids)
        self.assertEqual(form["items"][0]["echelon"], "Third Echelon")
        self.assertEqual(form["items"][0]["score"], 85)
        self.assertIn("A talk every two weeks", page[0]["plan_actions"])
        self._rewrite(application)
        self.assertEqual(self._form(meeting), form)
        self.assertEqual(self._read(meeting.item_ids), page)

    def test_until_it_is_closed_it_follows_the_case(self):
        application = self._reviewed()
        meeting = self._meet(application)
        self._rewrite(application)
        item = self._form(meeting)["items"][0]
        self.assertEqual((item["echelon"], item["score"]), ("Second Echelon", 40))
        self.assertEqual(meeting.item_ids.plan_strengths, "Patient")

    def test_places_stay(self):
        """Neither a later quota nor what becomes of other cases changes them."""
        application = self._reviewed()
        meeting = self._meet(application)
        self._close(meeting)
        form, shown = self._form(meeting), meeting.places
        self.assertEqual(
            [(row["quota"], row["before"], row["after"]) for row in form["quotas"]],
            [(10, 10, 10), (10, 10, 10), (10, 10, 9)],
        )
        self.program.line_ids.quota = 3
        self._rewrite(application)
        self.program.sudo().name = "Another name"
        self.env.invalidate_all()
        self.assertEqual(self._form(meeting), form)
        self.assertEqual(meeting.places, shown)

    def test_who_attended_stays(self):
        """Archived, renamed or deleted since."""
        third = self._new_user("bt_third", f"base.group_user,{COMMITTEE}", name="Third")
        meeting = self._meet(
            self._reviewed(), vote=None, attendees=self.user_chair | self.user_member | third
        )
        for user in (self.user_chair, self.user_member):
            meeting.item_ids.with_user(user).action_vote_for()
        self._close(meeting)
        form = self._form(meeting)
        self.assertEqual(form["attendees"], ["Chair", "Member", "Third"])
        self.user_member.active = False
        self.user_chair.name = "Chairwoman"
        meeting.sudo().activity_ids.unlink()
        third.unlink()
        self.env.invalidate_all()
        after = self._form(meeting)
        self.assertEqual(after["attendees"], form["attendees"])
        self.assertEqual(after["needed"], form["needed"])
        self.assertEqual(after["items"], form["items"])
        self.assertEqual(meeting.attendee_names, "Chair, Member, and Third")

    def test_votes_are_shown_as_they_were_counted(self):
        """Of whoever had no login any more when the meeting was closed, none."""
        meeting = self._meet(self._reviewed(), vote=None)
        meeting.item_ids.with_user(self.user_member).action_vote_for()
        meeting.item_ids.with_user(self.user_chair).action_vote_against()
        self.user_member.active = False
        self._close(meeting)
        item = self._form(meeting)["items"][0]
        self.assertEqual((item["for"], item["against"], item["outcome"]), (0, 1, "Not Selected"))
        self.user_member.active = True
        self.env.invalidate_all()
        item = self._form(meeting)["items"][0]
        self.assertEqual((item["for"], item["against"]), (0, 1))

    def test_name_of_the_person_and_of_the_meeting(self):
        meeting = self._meet(self._reviewed())
        self._close(meeting)
        self.worker.sudo().name = "Worker-Smith"
        self.env.invalidate_all()
        self.assertEqual(self._form(meeting)["items"][0]["person"], "Worker")
        with self.assertRefused("A meeting that is over cannot be changed"):
            meeting.name = "Another meeting"

    def test_facts_are_nobodys_to_read_or_write(self):
        """They hold the votes on a name, which its person never sees."""
        meeting = self._meet(self._reviewed())
        self._close(meeting)
        for record in (meeting, meeting.item_ids):
            for user in (self.user_officer, self.user_chair, self.user_admin):
                mine = record.with_user(user)
                with self.subTest(record=record._name, user=user.login):
                    with self.assertRaises(AccessError):
                        mine.read(["facts"])
                    with self.assertRaises(AccessError):
                        mine.search([("facts", "!=", False)])
                    with self.assertRefused():
                        mine.write({"facts": {"attendees": ["Nobody"]}})
        meetings = self.env["hr.backbone.meeting"].with_user(self.user_officer)
        with self.assertRaises(AccessError):
            meetings.with_context(default_facts={"attendees": ["Nobody"]}).create(
                {"program_id": self.program.id}
            )

    def test_those_of_before_are_kept_by_the_update(self):
        application = self._reviewed()
        meeting = self._meet(application)
        self._close(meeting)
        form = self._form(meeting)
        self.env.cr.execute("UPDATE hr_backbone_meeting SET facts = NULL")
        self.env.cr.execute("UPDATE hr_backbone_meeting_item SET facts = NULL")
        self.user_member.active = False
        # what has happened since does not count for the places of then
        application.with_user(self.user_officer).action_refuse("Has left")
        self.env.flush_all()
        self.env.invalidate_all()
        self._run_migration(PATH)
        self.env.invalidate_all()
        self.assertEqual(self._form(meeting), form)
        self.program.line_ids.quota = 3
        self.env.invalidate_all()
        self.assertEqual(self._form(meeting), form)
