# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common_rpc import RpcCommon
from ..organization import COMMITTEE, OFFICER


@tagged("post_install", "-at_install")
class TestMeetingSession(RpcCommon):
    """An open vote: in session agenda and attendees change by one step that says who and why in
    the minutes; votes stay with the name; whoever is recused takes no step on it; members see
    no running result before their own vote."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        turner = cls._new_user("bt_turner", "base.group_portal")
        cls.case = cls._reviewed(employee=cls._new_employee(turner, cls.line, cls.job_worker))
        cls.user_third = cls._new_user("bt_third", f"base.group_user,{COMMITTEE}")
        cls.three = cls.user_chair | cls.user_member | cls.user_third
        cls.session = cls._meet(cls.case, vote=None, attendees=cls.three)
        cls.item = cls.session.item_ids

    def _vote(self, **votes):
        for name, vote in votes.items():
            self.item.with_user(self._get_voter(name))._vote(vote)

    def _get_voter(self, name):
        return {"chair": self.user_chair, "member": self.user_member, "third": self.user_third}[
            name
        ]

    def _fresh(self, records, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._as(records, user)

    # -- changes, each with its trace ------------------------------------------------------

    def test_nothing_changes_but_by_the_step(self):
        """Neither agenda nor attendees nor what is postponed, over any interface."""
        session, item = self.session, self.item
        self._vote(chair="against")
        users = (self.user_officer, self.user_admin, self.user_chair, self.user_third)
        for vals in (
            {"attendee_ids": [(3, self.user_chair.id)]},
            {"attendee_ids": [(6, 0, self.user_third.ids)]},
            {"attendee_ids": [(4, self.user_officer.id)]},
            {"item_ids": [(2, item.id)]},
            {"item_ids": [(5,)]},
            {"item_ids": [(1, item.id, {"postponed": True})]},
            {"item_ids": [(1, item.id, {"is_off": True})]},
            {"application_ids": [(5,)]},
            {"quorum": 1},
        ):
            self._refuse(users, session, "write", vals)
            self._refuse(users, session, "web_save", vals, {"state": {}})
        for vals in ({"postponed": True}, {"is_off": True}, {"meeting_id": self.meeting.id}):
            self._refuse(users, item, "write", vals)
            self._refuse(users, item, "web_save", vals, {"state": {}})
        self._refuse(users, item, "unlink")
        self._refuse(users, item.vote_ids, "unlink")
        self._refuse(users, session, "action_fill_agenda")
        self._refuse(users, session, "unlink")
        values = {"meeting_id": session.id, "application_id": self.draft.id}
        self._refuse(users, item, "create", values)

    def test_votes_stay_with_a_name_that_is_taken_off(self):
        self._vote(chair="for", member="against")
        self._call(self.user_officer, self.session, "action_change", "Asked to wait", None, [])
        item = self._fresh(self.item, self.user_officer)
        self.assertTrue(item.is_off)
        self.assertFalse(item.meeting_id.application_ids)
        self.assertIn("taken off", self._fresh(self.item, self.user_third).vote_refusal)
        with self.assertRefused("taken off"):
            self._call(self.user_third, self.item, "action_vote_for")
        self._call(
            self.user_officer, self.session, "action_change", "Here now", None, self.case.ids
        )
        item = self._fresh(self.item, self.user_officer)
        self.assertFalse(item.is_off)
        self.assertEqual((item.votes_for, item.votes_against), (1, 1))
        changes = self._form(self.session.sudo())["changes"]
        self.assertEqual([row["person"] for row in changes], ["Officer"] * 2)
        self.assertEqual(changes[0]["text"], "Taken off: Turner\nAsked to wait")
        self.assertEqual(changes[1]["text"], "Put back: Turner\nHere now")

    def test_a_name_that_is_off_is_not_decided(self):
        self._vote(chair="for", member="for", third="for")
        self.session.with_user(self.user_officer).action_change("Ill", applications=[])
        self.session.with_user(self.user_chair).action_close()
        self.assertEqual(self.case.state, "committee")

    def test_vote_of_whoever_no_longer_attends(self):
        """It does not count, and the reason is in the minutes; it counts again when the
        person is back."""
        self._vote(chair="against", member="for", third="for")
        session = self.session.with_user(self.user_officer)
        item = self.item.with_user(self.user_officer)
        with self.assertRefused("Please write a comment"):
            session.action_change(attendees=self.user_chair)
        session.action_change("Called away", attendees=self.user_chair | self.user_third)
        item.invalidate_recordset()
        self.assertEqual((item.votes_for, item.votes_against), (1, 1))
        self.assertEqual(item._get_outcome(item._get_votes()), "refused")
        text = self._form(self.session.sudo())["changes"][0]["text"]
        self.assertEqual(text, "No longer attends: Member\nCalled away")
        session.action_change("Back", attendees=self.three)
        item.invalidate_recordset()
        self.assertEqual(item._get_outcome(item._get_votes()), "selected")

    def test_who_changes_what(self):
        """HR the agenda and the attendees; whoever attends may postpone a name."""
        session = self.session
        for user in (self.user_chair, self.user_member):
            with self.assertRefused("Only HR can change the meeting"):
                self._call(user, session, "action_change", "Because", user.ids)
            with self.assertRefused("Only HR can change the meeting"):
                self._call(user, session, "action_change", "Because", None, [])
        for user in (self.user_colleague, self.user_abroad, self.user_worker):
            with self.assertRaises(UserError):
                self._call(user, session, "action_change", "Because", None, None, self.case.ids)
        self._call(self.user_chair, session, "action_change", "Papers", None, None, self.case.ids)
        self.assertTrue(self.item.postponed)
        self._call(self.user_officer, session, "action_change", "Found", None, None, [])
        self.assertFalse(self.item.postponed)

    def test_hr_does_not_come_and_go(self):
        """Who attends and is HR, too, would see the votes while away."""
        self.user_third.group_ids |= self.env.ref(OFFICER)
        self._vote(chair="against", member="for")
        left = (self.user_chair | self.user_member).ids
        with self.assertRefused("You cannot add or remove yourself"):
            self._call(self.user_third, self.session, "action_change", "Back soon", left)
        self.assertFalse(self._fresh(self.item, self.user_third).votes_shown)

    def test_who_is_recused_gives_no_reason_for_more_places(self):
        """The recommender, who attends."""
        self.case._write_moved({"recommender_id": self.manager.id})
        self.user_manager.group_ids |= self.env.ref(COMMITTEE)
        self._call(
            self.user_officer,
            self.session,
            "action_change",
            "Joins",
            (self.three | self.user_manager).ids,
        )
        vals = {"quota_reason": "Everybody is good"}
        self._refuse((self.user_manager,), self.session, "write", vals)
        self._call(self.user_chair, self.session, "write", {"quota_reason": "One more"})

    def test_votes_are_not_found_by_a_search(self):
        """Whether a name has votes is asked of those that the user reads."""
        self._vote(chair="against")
        for user in (self.user_third, self.user_chair):
            items = self._fresh(self.item, user)
            for domain in (
                [("vote_ids", "!=", False)],
                [("vote_ids", "in", self.item.vote_ids.ids)],
            ):
                found = items.search([*domain, ("id", "=", self.item.id)])
                self.assertEqual(bool(found), user == self.user_chair, (user.login, domain))
            empty = items.search([("vote_ids", "=", False), ("id", "=", self.item.id)])
            self.assertEqual(bool(empty), user != self.user_chair)

    def test_onchange_without_a_case(self):
        for values in ({}, {"meeting_id": self.session.id}):
            for name in ("votes_for", "votes_shown", "outcome"):
                self._call(
                    self.user_officer, self.item.browse(), "onchange", values, [], {name: {}}
                )

    def test_rubbish_is_refused_in_a_sentence(self):
        rubbish = ("x", 7, [None], ["x"], [[1]], {"a": 1}, [True], [10**12])
        for value in rubbish:
            for name in ("attendees", "applications", "postponed"):
                with self.subTest(name=name, value=value), self.assertRaises(UserError):
                    self._call(
                        self.user_officer, self.session, "action_change", "Why", **{name: value}
                    )
        for comment, sentence in (
            (None, "Please write a comment"),
            ("", "Please write a comment"),
            ("  ", "Please write a comment"),
            (7, "must be a text"),
            (["x"], "must be a text"),
            ({"a": 1}, "must be a text"),
        ):
            with self.subTest(comment=comment), self.assertRefused(sentence):
                self._call(self.user_officer, self.session, "action_change", comment, None, [])
        with self.assertRefused("Nothing was changed"):
            self._call(self.user_officer, self.session, "action_change", "Why")

    def test_the_window_changes_it(self):
        wizard = (
            self.env["hr.backbone.meeting.wizard"]
            .with_user(self.user_officer)
            .with_context(default_meeting_id=self.session.id)
            .create({"reason": "Ill"})
        )
        self.assertEqual(wizard.attendee_ids, self.three)
        wizard.postponed_ids = self.case
        wizard.action_confirm()
        self.assertTrue(self.item.postponed)
        self.assertEqual(self.session.sudo().attendee_ids, self.three)

    # -- whoever is recused ----------------------------------------------------------------

    def test_whoever_is_recused_takes_no_step_on_the_name(self):
        """The person and the recommender neither postpone the name, nor change who votes on
        it, nor close the meeting."""
        person, recommender = self.case.sudo().employee_id.user_id, self.user_leader
        recommender.group_ids |= self.env.ref(COMMITTEE) | self.env.ref(OFFICER)
        person.group_ids |= self.env.ref(COMMITTEE)
        session = self.session.with_user(self.user_officer)
        session.action_change("More people", attendees=self.three | person | recommender)
        self._vote(chair="for", member="for", third="for")
        for user in (person, recommender):
            for arguments in (
                (None, None, self.case.ids),
                (None, []),
                (self.user_chair.ids,),
            ):
                with self.subTest(user=user.login, arguments=arguments):
                    with self.assertRaises(UserError):
                        self._call(user, self.session, "action_change", "Why", *arguments)
            with self.assertRaises(UserError):
                self._call(user, self.session, "action_close")
            with self.assertRaises(UserError):
                self._call(user, self.item, "action_vote_for")
        self.session.with_user(self.user_chair).action_close()
        self.assertEqual(self.case.state, "selected")

    def test_whoever_is_recused_neither_stops_the_vote_nor_writes_the_minutes(self):
        """Neither in session nor, of the minutes, afterwards."""
        recommender = self.user_leader
        recommender.group_ids |= self.env.ref(COMMITTEE) | self.env.ref(OFFICER)
        session = self.session.with_user(self.user_officer)
        session.action_change("More people", attendees=self.three | recommender)
        minutes = {"minutes": "<p>Everybody was for it</p>"}
        with self.assertRefused("You recommended this person"):
            self._call(recommender, session, "action_cancel", "No time")
        self._refuse((recommender,), session, "write", minutes)
        self._refuse((recommender,), session, "web_save", minutes, {})
        window = self.env["hr.backbone.comment.wizard"].with_user(recommender)
        window = window.create(
            {"res_model": session._name, "res_ids": session.ids, "move": "cancel", "comment": "No"}
        )
        with self.assertRefused("You recommended this person"):
            window.action_confirm()
        self.assertFalse(self._fresh(session, recommender).can_cancel)
        self._call(self.user_chair, session, "write", minutes)
        self._vote(chair="for", member="for", third="for")
        session.with_user(self.user_chair).action_close()
        self._refuse((recommender,), session, "write", {"minutes": "<p>Never</p>"})

    def test_whoever_is_recused_cancels_what_is_only_planned(self):
        """There is no vote yet that it would stop."""
        recommender = self.user_leader
        recommender.group_ids |= self.env.ref(OFFICER)
        planned = self.session.sudo().copy({"state": "draft"}).with_user(recommender)
        planned.item_ids.create({"meeting_id": planned.id, "application_id": self.case.id})
        planned.action_cancel("No time")
        self.assertEqual(planned.state, "cancelled")

    # -- the running result ----------------------------------------------------------------

    def _assert_sees(self, user, *votes):
        """What each door shows of the votes: those that are named, by user and vote."""
        item = self._fresh(self.item, user)
        rows = self._fresh(self.env["hr.backbone.meeting.vote"], user)
        seen = {(row.user_id.id, row.vote) for row in rows.search([("item_id", "=", item.id)])}
        expected = {(self._get_voter(name).id, vote) for name, vote in votes}
        self.assertEqual(seen, expected)
        self.assertEqual({row.id for row in item.vote_ids}, set(item.vote_ids.ids))
        self.assertEqual(len(item.vote_ids), len(votes))
        groups = rows.formatted_read_group([("item_id", "=", item.id)], ["vote"], ["__count"])
        self.assertEqual(sum(group["__count"] for group in groups), len(votes))
        for vote in ("for", "against"):
            found = item.search_count([("id", "=", item.id), ("vote_ids.vote", "=", vote)])
            self.assertEqual(bool(found), vote in {v for _name, v in votes})

    def test_no_running_result_before_the_own_vote(self):
        self._vote(chair="for", member="against")
        self._assert_sees(self.user_third)
        names = ["votes_for", "votes_against", "votes_abstained", "outcome"]
        (values,) = self._call(self.user_third, self.item, "read", names)
        self.assertEqual([values[name] for name in names], [0, 0, 0, False])
        session = self._fresh(self.session, self.user_third)
        self.assertNotIn("selected", session.blocking_reason or "")
        self._vote(third="for")
        self._assert_sees(
            self.user_third, ("chair", "for"), ("member", "against"), ("third", "for")
        )
        (values,) = self._call(self.user_third, self.item, "read", names)
        self.assertEqual([values[name] for name in names], [2, 1, 0, "selected"])

    def test_not_through_the_places_that_are_left(self):
        """“2 selected; places left” would say it, too."""
        self.program.line_ids.filtered(lambda row: row.echelon_id == self.case.echelon_id).quota = 0
        self._vote(chair="for", member="for")
        with self.assertRaises(UserError) as refusal:
            self._fresh(self.session, self.user_third).action_close()
        self.assertEqual(str(refusal.exception), "Vote on each name first, then close the meeting.")

    def test_hr_that_is_a_member_or_a_candidate(self):
        self._vote(chair="for", member="against")
        self._assert_sees(self.user_officer, ("chair", "for"), ("member", "against"))
        # a member of HR who attends waits for their own vote like everybody
        self.user_third.group_ids |= self.env.ref(OFFICER)
        self._assert_sees(self.user_third)
        # and a candidate never reads who voted against them, not even afterwards
        person = self.case.sudo().employee_id.user_id
        person.write({"group_ids": [(6, 0, self.env.ref(OFFICER).ids)]})
        self._assert_sees(person)
        self._vote(third="for")
        self.session.with_user(self.user_chair).action_close()
        self._assert_sees(person)
        (values,) = self._call(person, self.item, "read", ["votes_for", "votes_against"])
        self.assertEqual((values["votes_for"], values["votes_against"]), (0, 0))

    def test_the_end_of_a_meeting_that_decided_nothing(self):
        """Cancelled, or the name was postponed: the case goes on waiting, and its votes are as
        hidden as before to a member who has not voted."""
        third = self.user_third
        third.group_ids |= self.env.ref(OFFICER)
        self._vote(chair="against", member="for")
        for steps in (
            [("action_cancel", "No time")],
            [("action_change", "Papers", None, None, self.case.ids), ("action_close",)],
            [("action_change", "Papers", None, []), ("action_close",)],
        ):
            with self.subTest(steps=steps), self.env.cr.savepoint() as savepoint:
                for step in steps:
                    self._call(third, self.session, *step)
                self.assertIn(self.session.state, ("closed", "cancelled"))
                self.assertEqual(self.case.state, "committee")
                self._assert_sees(third)
                item = self._fresh(self.item, third)
                self.assertEqual((item.votes_for, item.votes_against), (0, 0))
                self.assertIn(item.outcome, (False, "postponed"))
                self._assert_sees(self.user_chair, ("chair", "against"), ("member", "for"))
                savepoint.rollback()
            self.env.invalidate_all()

    def test_the_recommender_reads_the_votes_once_they_have_decided(self):
        recommender = self.user_leader
        recommender.group_ids |= self.env.ref(OFFICER)
        votes = {"chair": "for", "member": "for", "third": "against"}
        self._vote(**votes)
        self._assert_sees(recommender)
        with self.env.cr.savepoint() as savepoint:
            self._call(self.user_officer, self.session, "action_cancel", "No time")
            self._assert_sees(recommender)
            self.assertFalse(self._fresh(self.item, recommender).votes_shown)
            savepoint.rollback()
        self.env.invalidate_all()
        self.session.with_user(self.user_chair).action_close()
        self._assert_sees(recommender, *votes.items())
