# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...models.core import bulk
from ..common_opinion import OpinionCommon

OFFICER = "hr_backbone_training.group_hr_backbone_officer"


@tagged("post_install", "-at_install")
class TestSecondOpinion(OpinionCommon):
    """A second opinion is given, taken back, returned, passed on and cancelled."""

    def test_same_form_as_the_mentor(self):
        for opinion in (self.opinion, self.opinion_inside):
            mine, theirs = opinion.line_ids, opinion.assessment_id.line_ids
            for name in ("criterion_id", "sequence", "name", "anchor", "weight"):
                self.assertEqual(mine.mapped(name), theirs.mapped(name))
            self.assertEqual(mine.mapped("score"), [False] * len(mine))
            self.assertEqual(opinion.date_due, self.quarter.date_due_assessment)
            self.assertEqual(opinion.mentor_id, self.mentor)
        self.assertEqual(self.opinion.rater_id, self.leader)
        self.assertEqual(self.opinion_inside.rater_id, self.manager)
        self.assertEqual(self.opinion.department_id, self.line)

    def test_given(self):
        own = self._give(score=70)
        self.assertEqual((own.state, own.total, own.grade), ("submitted", 70, "C"))
        self.assertEqual(own.date_submitted, self.company._backbone_today())
        self.assertIn("has not been submitted yet", own.next_step)
        with self.assertRefused("take it back to change it"):
            own.write({"comment": "Better"})
        with self.assertRefused("take it back to change it"):
            own.line_ids.write({"score": 90})

    def test_zero_empty_and_no_example(self):
        """Zero is a score, an empty box is none, and the ends need an example."""
        own = self._give(score=0, submit=False)
        self.assertEqual(own.total, 0)
        with self.assertRefused("Give an example"):
            own.action_submit()
        own.line_ids.write({"score": False})
        self.assertIs(own.total, False)
        with self.assertRefused("Score “"):
            own.action_submit()
        own.line_ids.write({"score": 0, "example": "Nothing was done"})
        own.action_submit()
        self.assertEqual((own.total, own.grade), (0, "D"))

    def test_who_writes_it(self):
        for user in (self.user_officer, self.user_admin):
            with self.assertRefused("Only the person who was asked"):
                self.opinion.with_user(user).write({"comment": "Mine"})
            with self.assertRefused("Only the person who was asked"):
                self.opinion.with_user(user).action_submit()
        with self.assertRefused("criteria of an assessment do not change"):
            self.opinion.line_ids.with_user(self.user_leader).write({"weight": 1})
        with self.assertRaises(UserError):
            self.opinion.with_user(self.user_leader).write({"state": "submitted"})
        with self.assertRaises(UserError):
            self.opinion.with_user(self.user_leader).write({"rater_id": self.manager.id})

    def test_taken_back_until_both_are_in(self):
        own = self._give()
        own.action_take_back()
        self.assertEqual((own.state, own.grade, own.total), ("draft", False, 70))
        own.action_submit()
        self._assess()
        self.assertFalse(own.can_take_back)
        with self.assertRefused("you may have read it: ask HR"):
            own.action_take_back()
        with self.assertRefused("Only the person"):
            own.with_user(self.user_officer).action_take_back()

    def test_returned_by_hr(self):
        own = self._give()
        self._assess()
        with self.assertRefused("Only HR"):
            own.action_return("Please")
        with self.assertRefused("comment"):
            own.with_user(self.user_officer).action_return()
        own.with_user(self.user_officer).action_return("Wrong member")
        self.assertEqual((own.state, own.grade), ("draft", False))
        self.assertEqual(own._get_returned_comment(), "Wrong member")
        self.assertEqual(own.action_submit(), True)

    def test_passed_on(self):
        hr = self.opinion.with_user(self.user_officer)
        self._give(submit=False)
        with self.assertRefused("reason"):
            hr.action_reassign(self.manager)
        hr.action_reassign(self.manager, "The leader is away")
        self.assertEqual(self.opinion.rater_id, self.manager)
        self.assertEqual(set(self.opinion.line_ids.mapped("score")), {False})
        self.assertFalse(self.opinion.comment)
        self.assertEqual(hr.decision_ids[:1].sudo()._get_reason(), "The leader is away")
        with self.assertRefused("Only HR"):
            self.opinion.with_user(self.user_manager).action_reassign(self.leader, "Not me")

    def test_passed_on_by_the_window(self):
        """As HR does it on the page, with the reason."""
        windows = self.env["hr.backbone.opinion.wizard"].with_user(self.user_officer)
        with Form(windows.with_context(default_opinion_id=self.opinion.id)) as form:
            form.rater_id = self.manager.with_user(self.user_officer)
            form.comment = "The leader is away"
        form.record.action_confirm()
        self.assertEqual(self.opinion.rater_id, self.manager)

    def test_form(self):
        """Who is asked writes it on the form of the backend, too."""
        with Form(self.opinion_inside.with_user(self.user_manager)) as form:
            form.comment = "Reliable"
            with form.line_ids.edit(0) as line:
                line.score = 80
        self.assertEqual(self.opinion_inside.line_ids[0].score, 80)
        with Form(self.program.with_user(self.user_officer)) as form:
            form.second_opinion_percent = 20
        self.assertEqual(self.program.second_opinion_percent, 20)
        self.assertEqual(self.program.sudo().copy({"year": 2030}).second_opinion_percent, 20)

    def test_who_cannot_be_asked(self):
        hr = self.opinion.with_user(self.user_officer)
        nobody = self._new_employee(None, self.board, self.job_manager, name="Without Login")
        rival = self.colleague
        for person, sentence in (
            (self.worker, "Members cannot assess themselves."),
            (self.mentor, "assesses as the mentor"),
            (self.officer, "works in HR"),
            (nobody, "has no login"),
            (rival, "is compared with"),
            (self.env["hr.employee"], "Choose who gives"),
        ):
            with self.assertRefused(sentence):
                hr.action_reassign(person, "Away")
        self._assess()
        with self.assertRefused("may have read it"):
            hr.action_reassign(self.manager, "Away")

    def test_cancelled_and_asked_again(self):
        hr = self.opinion.with_user(self.user_officer)
        with self.assertRefused("Only HR"):
            self.opinion.with_user(self.user_leader).action_cancel("No time")
        hr.action_cancel("She never worked with him")
        self.assertEqual(self.opinion.state, "cancelled")
        with self.assertRefused("was cancelled"):
            self.opinion.with_user(self.user_leader).write({"comment": "Still"})
        hr.action_reopen()
        self.assertEqual(self.opinion.state, "draft")
        hr.action_cancel("Once more")
        self._assess()
        with self.assertRefused("would not be blind any more"):
            hr.action_reopen()

    def test_mentor_in_hr_decides_nothing(self):
        """After both are in the mentor reads it, and takes no step on it all the same."""
        self.user_mentor.group_ids += self.env.ref("hr_backbone_training.group_hr_backbone_officer")
        self._give()
        self._assess()
        with self.assertRefused("You assess this member"):
            self.opinion.with_user(self.user_mentor).action_return("Too severe")

    def test_quarter_closes_without_blame(self):
        self._give(self.opinion_inside)
        with freeze_time("2026-05-21 09:00:00"):
            self.quarter.with_user(self.user_officer).action_close()
            self.assertEqual(self.quarter.state, "closed")
            self.assertEqual((self.opinion.state, self.opinion.is_late), ("cancelled", False))
            self.assertEqual(self.opinion_inside.state, "submitted")
            self.assertTrue(self.opinion.is_closed and self.opinion_inside.is_closed)
            self.assertIn("closed before it was given", self.opinion.decision_ids.comment)
            with self.assertRefused("The quarter is closed."):
                self.opinion_inside.with_user(self.user_manager).action_take_back()
            self.quarter.with_user(self.user_officer).action_reopen("One report came by post")
            self.assertEqual(self.opinion.state, "cancelled")
            self.assertFalse(self.opinion_inside.is_closed)

    def test_who_leaves_the_pool(self):
        self._give(self.opinion_inside)
        (self.member | self.member_inside).action_exit("Moves abroad")
        self.assertEqual(self.opinion.state, "cancelled")
        self.assertEqual(self.opinion_inside.state, "submitted")

    def test_rater_leaves(self):
        """The next one is asked; where there is nobody, nothing waits for ever."""
        tend = self.env["hr.backbone.second.opinion"]._tend
        tend(self.quarter)
        self.assertEqual(self.opinion.rater_id, self.leader)
        self.user_leader.active = False
        tend(self.quarter)
        self.assertEqual(self.opinion.rater_id, self.manager)
        self.assertIn("has no login", self.opinion.decision_ids[:1].comment)
        self._set_mentor(self.member.sudo(), self.manager)
        self.assertEqual(self.opinion.assessment_id.mentor_id, self.manager)
        tend(self.quarter)
        self.assertEqual(self.opinion.rater_id, self.director)
        self.user_director.active = False
        tend(self.quarter)
        self.assertEqual(self.opinion.state, "cancelled")
        tend(self.quarter)
        self.assertEqual(self.opinion.state, "cancelled")

    def test_nobody_asked_after_the_mentor(self):
        """Who manages the member may have read the mentor's form: nobody is asked in the place of
        the one who left."""
        self._assess()
        self.user_leader.active = False
        self.env["hr.backbone.second.opinion"]._tend(self.quarter)
        self.assertEqual(self.opinion.state, "cancelled")

    def test_due_date_moves(self):
        self.quarter.with_user(self.user_officer).date_due_assessment = "2026-05-04"
        self.assertEqual(str(self.opinion.date_due), "2026-05-04")

    def test_overrides_see_each_row(self):
        """As for the other documents: through the ORM, as soon as another addon has a say."""
        seen = []
        opinions = self.env["hr.backbone.second.opinion"]
        registry_class = self.env.registry[opinions._name]
        self.assertFalse(bulk.is_watched(opinions, "create", ("state",)))
        with freeze_time("2026-04-02 09:00:00"):
            quarter = self.env["hr.backbone.quarter"]._get_or_create(self.company)
            parent = registry_class.create

            def create(self, vals_list):
                seen.append(len(vals_list))
                return parent(self, vals_list)

            self.patch(registry_class, "create", create)
            quarter._make_documents()
        self.assertEqual(seen, [2])
        self.assertTrue(all(opinion.line_ids for opinion in self._find_opinions(quarter)))


@tagged("post_install", "-at_install")
class TestSecondOpinionDraw(OpinionCommon):
    """Who is drawn, by whom it is given, and what HR is told of it."""

    def test_share(self):
        for percent in (-1, 101):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.program.sudo().second_opinion_percent = percent
                self.program.flush_recordset()
        self.program.invalidate_recordset()

    def test_whole_numbers(self):
        """What a client sends is kept as it is, or refused: never another number."""
        hr = self.program.with_user(self.user_officer)
        with self.assertRefused("is a whole number"):
            hr.write({"second_opinion_percent": 20.7})
        hr.write({"second_opinion_percent": 20.0})
        self.assertEqual(self.program.second_opinion_percent, 20)
        with self.assertRefused("A score is a whole number"):
            self.opinion.line_ids.with_user(self.user_leader).write({"score": 12.7})
        self.assertEqual(set(self.opinion.line_ids.mapped("score")), {False})

    def test_whoever_is_evaluated_does_not_change_the_share(self):
        self.user_colleague.group_ids += self.env.ref(
            "hr_backbone_training.group_hr_backbone_officer"
        )
        with self.assertRefused("You are evaluated by this program"):
            self.program.with_user(self.user_colleague).second_opinion_percent = 0

    def _open_next(self, **vals):
        """The next quarter, with these values of the program."""
        self.program.write(vals)
        with freeze_time("2026-04-02 09:00:00"):
            quarter = self.env["hr.backbone.quarter"]._get_or_create(self.company)
            quarter._make_documents()
            return quarter

    def test_none_without_a_share(self):
        quarter = self._open_next(second_opinion_percent=0)
        self.assertFalse(self._find_opinions(quarter))
        self.assertFalse(quarter.draw or quarter.opinion_note)

    def test_one_at_least(self):
        self.assertEqual(len(self._find_opinions(self._open_next(second_opinion_percent=1))), 1)

    def test_drawn_once(self):
        """Run again, nothing changes; who joins later is not drawn, nor is the quarter drawn
        again with another share."""
        before = self.quarter.draw
        self.quarter._make_documents()
        newcomer = self._new_employee(None, self.line, self.job_worker, name="Newcomer")
        self._new_members(newcomer, self.mentor)
        self.program.second_opinion_percent = 50
        self.quarter._make_documents()
        self.assertEqual(self._find_opinions(), self.opinion + self.opinion_inside)
        self.assertEqual(self.quarter.draw, before)

    def test_explained_and_repeatable(self):
        hr = self.quarter.with_user(self.user_officer)
        self.assertEqual(hr.opinion_count, 2)
        self.assertIn("2 of 2 members were drawn", hr.opinion_note)
        self.assertIn(
            "• Worker: mentor Mentor, with 0 second opinions earlier in the year; "
            f"{self.leader.name} is asked, a manager",
            hr.opinion_note,
        )
        self.assertNotIn("SHA-256", hr.opinion_note)
        self.assertIn(self.quarter.draw["seed"], hr.opinion_recipe)
        drawn = self.env["hr.backbone.second.opinion"]._repeat_draw(self.quarter.draw)
        self.assertEqual(set(drawn), set(self.members.ids))
        self.assertEqual(hr.action_open_opinions()["res_model"], self.opinion._name)

    def test_cannot_be_foretold(self):
        """What is known beforehand does not say whose lot is the lowest."""
        known = f"{self.company.name} {self.quarter.name} "
        seed = self.quarter.draw["seed"]
        self.assertTrue(seed.startswith(known))
        token = seed.removeprefix(known)
        self.assertRegex(token, "^[0-9a-f]{32}$")
        self.assertNotIn(token, self._open_next().draw["seed"])
        for user in (self.user_mentor, self.user_leader, self.user_worker):
            with self.assertRaises(AccessError):
                self.program.with_user(user).read(["second_opinion_percent"])

    def test_hr_who_is_in_it(self):
        """HR who assesses somebody in the quarter, or is assessed, is told nothing of the draw,
        nor of who was asked; nor by a number that their list does not have."""
        for user in (self.user_mentor, self.user_colleague):
            user.group_ids += self.env.ref(OFFICER)
        notices = self.env["hr.backbone.quarter.notice"]
        self.assertTrue(self.quarter.with_user(self.user_officer).opinion_note)
        told = notices.with_user(self.user_officer).search([("kind", "like", "opinion")])
        self.assertEqual(told.employee_id, self.leader | self.manager)
        for user in (self.user_mentor, self.user_colleague):
            self.env.invalidate_all()
            quarter = self.quarter.with_user(user)
            listed = self.opinion.with_user(user).search_count([("quarter_id", "=", quarter.id)])
            self.assertEqual(quarter.opinion_count, listed)
            self.assertFalse(quarter.opinion_note)
            self.assertFalse(notices.with_user(user).search([("kind", "like", "opinion")]))
            self.assertTrue(notices.with_user(user).search([]))

    def test_hr_who_is_compared_does_not_choose(self):
        self.user_colleague.group_ids += self.env.ref(OFFICER)
        rival = self.opinion.with_user(self.user_colleague)
        with self.assertRefused("You are compared with"):
            rival.action_reassign(self.manager, "Knows the work")
        self.opinion.with_user(self.user_officer).action_cancel("Away")
        with self.assertRefused("You are compared with"):
            rival.action_reopen("Once more")

    def test_hr_who_applies_does_not_change_the_share(self):
        """Whoever may become a member is as good as one."""
        user = self._new_users({"bt_newcomer": "base.group_user"})
        newcomer = self._new_employees({user: (self.line, self.job_worker)})
        [application] = self._new_applications(newcomer)
        user.group_ids += self.env.ref(OFFICER)
        program = self.program.with_user(user)
        program.second_opinion_percent = 30
        application.sudo()._write_moved({"state": "hr"})
        for name in ("second_opinion_percent", "adjustment_limit", "points_book"):
            with self.assertRefused("You are evaluated by this program"):
                program.write({name: 1})

    def test_nobody_to_ask(self):
        """Who has nobody is not drawn, and HR is told."""
        (self.user_leader | self.user_manager | self.user_director).active = False
        lone = self._open_next()
        self.assertFalse(self._find_opinions(lone))
        self.assertIn("2 members could not be drawn", lone.opinion_note)

    def test_covered_mentors_come_last(self):
        """In the next quarter it is another mentor's turn."""
        self._set_mentor(self.member.sudo(), self.tutor)
        self.opinion_inside.with_user(self.user_officer).action_cancel("Away")
        quarter = self._open_next(second_opinion_percent=50)
        self.assertEqual(self._find_opinions(quarter).mentor_id, self.tutor)

    def test_manager_is_the_mentor(self):
        self._set_mentor(self.member.sudo(), self.leader)
        first, _second = self._find_opinions(self._open_next())
        self.assertEqual(first.rater_id, self.manager)

    def test_rival_is_not_asked(self):
        self._new_members(self.leader, self.mentor)
        by_member = {row.member_id: row for row in self._find_opinions(self._open_next())}
        self.assertEqual(by_member[self.member.sudo()].rater_id, self.manager)

    def test_suspended_is_not_asked(self):
        [leader] = self._new_members(
            self.leader, self.mentor, echelon_id=self.env.ref("hr_backbone_training.echelon_2").id
        )
        leader.with_user(self.user_officer).action_suspend("Parental leave")
        first = self._find_opinions(self._open_next())[:1]
        self.assertEqual(first.rater_id, self.manager)

    def _rotate(self, start, end, state):
        host = self._new_employees(
            {self._new_users({"bt_host": "base.group_portal"}): (self.works, self.job_manager)}
        )
        rotation = self.env["hr.backbone.rotation"].create(
            {"member_id": self.member.id, "host_id": host.id, "host_department_id": self.works.id}
        )
        rotation._write_moved({"state": state, "date_start": start, "date_end": end})
        return host

    def test_host_during_a_rotation(self):
        host = self._rotate("2026-04-20", "2026-06-20", "agreed")
        quarter = self._open_next()
        first = self._find_opinions(quarter)[:1]
        self.assertEqual(first.rater_id, host)
        note = quarter.with_user(self.user_officer).opinion_note
        self.assertIn(f"{host.name} is asked, the host of the rotation", note)

    def test_who_is_not_in_the_draw(self):
        self._set_mentor(self.member.sudo(), self.env["hr.employee"])
        note = self._open_next().with_user(self.user_officer).opinion_note
        self.assertIn("1 of 1 members were drawn", note)
        self.assertIn("1 more members were not in the draw", note)

    def test_host_of_a_stay_under_way(self):
        host = self._rotate("2026-03-20", "2026-04-10", "running")
        first = self._find_opinions(self._open_next())[:1]
        self.assertEqual(first.rater_id, host)

    def test_short_stay(self):
        self._rotate("2026-05-20", "2026-06-10", "agreed")
        first = self._find_opinions(self._open_next())[:1]
        self.assertEqual(first.rater_id, self.leader)

    def test_queries_do_not_grow(self):
        """Drawing and asking for twenty takes what it takes for two."""
        with freeze_time("2026-04-02 09:00:00"):
            quarter = self.env["hr.backbone.quarter"]._get_or_create(self.company)
            self.program.second_opinion_percent = 0
            quarter._make_documents()
        self.program.second_opinion_percent = 100
        few = self._cost_of_draw(quarter)
        self._new_members(self._new_people(18), self.mentor)
        self.program.second_opinion_percent = 0
        with freeze_time("2026-04-02 09:00:00"):
            quarter._make_documents()
        self.program.second_opinion_percent = 100
        self.assertLessEqual(self._cost_of_draw(quarter), few)

    def _cost_of_draw(self, quarter):
        # the first time, Odoo reads what it keeps of its own
        for _time in range(2):
            cost = self._draw_and_undo(quarter)
        return cost

    def _draw_and_undo(self, quarter):
        savepoint = self.cr.savepoint(flush=True)
        with savepoint, freeze_time("2026-04-02 09:00:00"):
            cost = self._cost(quarter._draw_second_opinions)
            savepoint.rollback()
        self.env.invalidate_all()
        return cost
