# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BackboneCommon
from ..common_training import TrainingCases

REASON = "Moves to another company"


@tagged("post_install", "-at_install")
class TestMemberExit(TrainingCases, BackboneCommon):
    """A member who exits in the middle of everything: nothing waits for the member or for
    anybody else afterwards, seats and places are free, and the history stays.

    Worker is a member with a plan in force; Colleague and Leader are members who wait behind.
    It is Thursday, 12 March 2026.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._admitted()
        cls.startClassPatcher(freeze_time("2026-03-12 09:00:00"))
        cls.user_trainer, cls.user_mentor = cls._new_users(
            {"bt_trainer": "base.group_portal", "bt_mentor": "base.group_user"}
        )
        cls.trainer, cls.mentor = cls._new_employees(
            dict.fromkeys(cls.user_trainer | cls.user_mentor, (cls.board, cls.job_manager))
        )
        cls.others = cls._new_members(cls.colleague | cls.leader)
        cls.colleague_member, cls.leader_member = cls.others
        # a member with the backend: reminders are activities there
        cls.user_worker.write({"group_ids": [(6, 0, [cls.env.ref("base.group_user").id])]})
        cls.plan = cls.member.sudo().plan_id
        cls.mentorship = cls._mentored(cls.member, cls.mentor)
        cls.env.flush_all()

    # -- what is going on ------------------------------------------------------------------

    def _plan_talks(self):
        """One that took place and was not written up, and one to come."""
        talks = self.env["hr.backbone.mentorship.session"].with_user(self.user_mentor)
        with freeze_time("2026-03-12 08:00:00"):
            past = talks.create(
                {
                    "mentorship_id": self.mentorship.id,
                    "date_start": "2026-03-12 08:10:00",
                    "date_stop": "2026-03-12 08:40:00",
                }
            )
        coming = talks.create(
            {"mentorship_id": self.mentorship.id, "date_start": "2026-03-20 09:00:00"}
        )
        return past, coming

    def _rotate(self, start, end, state="draft", **kwargs):
        rotation = (
            self.env["hr.backbone.rotation"]
            .with_user(self.user_worker)
            .create(
                {
                    "member_id": self.member.id,
                    "host_department_id": self.works.id,
                    "host_job_id": self.job_manager.id,
                    "date_start": start,
                    "date_end": end,
                    "objectives": "Run the works for a day",
                    **kwargs,
                }
            )
        )
        if state != "draft":
            rotation.action_request()
        if state == "agreed":
            for person in rotation.sudo()._get_missing_agreement():
                rotation.with_user(person.user_id).action_agree()
        return rotation

    def _train(self, members, **kwargs):
        days = {"date_start": "2026-03-26 09:00:00", "date_end": "2026-03-26 16:00:00"}
        return self._new_training(members, **days, **kwargs)

    def _set_up_everything(self):
        self.past, self.coming = self._plan_talks()
        self.rotations = {
            "agreed": self._rotate("2026-03-12", "2026-04-03", "agreed"),
            "later": self._rotate("2026-05-04", "2026-05-29", "agreed"),
            "requested": self._rotate("2026-06-01", "2026-06-12", "requested"),
            "draft": self._rotate("2026-07-01", "2026-07-10"),
        }
        self._run_cron("rotation")
        members = self.member.sudo() | self.others.sudo()
        self.full = self._train(members, name="One seat", seats=1)
        for member in members:
            self._row(self.full, member).action_confirm()
        self.queued = self._train(members, name="Behind", seats=1)
        self._row(self.queued, self.colleague_member).action_confirm()
        self._row(self.queued, self.member.sudo()).action_confirm()
        self._row(self.queued, self.leader_member).action_confirm()
        self.invited = self._train(members, name="Unanswered")
        self.draft = self._train(members, name="Not announced", plan=False)
        self.over = self._new_training(
            members,
            name="This morning",
            date_start="2026-03-12 07:00:00",
            date_end="2026-03-12 08:00:00",
        )
        self.documents = self._hand_in()
        self._run_cron("quarter")
        self.env.invalidate_all()

    def _hand_in(self):
        achievements = self.env["hr.backbone.achievement"].with_user(self.user_worker)
        book = {"kind": "book", "name": "The Goal", "notes": "One bottleneck at a time"}
        drafts, submitted = achievements.create([book, {**book, "name": "Leading well"}])
        submitted.action_submit()
        suggestions = self.env["hr.backbone.suggestion"].with_user(self.user_worker)
        report = {
            "current_state": "Each shift looks for its tools",
            "proposal": "A shadow board",
            "expected_effect": "No search",
            "expected_benefit": "Ten minutes a shift",
        }
        draft, sent, returned = suggestions.create(
            [{**report, "name": name} for name in ("Draft", "Sent", "Returned")]
        )
        (sent | returned).action_submit()
        returned.with_user(self.user_director).action_return("Say what it costs")
        return [drafts, submitted, draft, sent, returned]

    def _exit(self):
        self.member.action_exit(REASON)
        self._run_cron("quarter")
        self.env.invalidate_all()

    # -- afterwards ------------------------------------------------------------------------

    def test_everything_ends(self):
        self._set_up_everything()
        before = {
            "rotations": {name: row.state for name, row in self.rotations.items()},
            "full": self._states(self.full),
            "queued": self._states(self.queued),
        }
        self.assertEqual(
            before,
            {
                "rotations": {
                    "agreed": "running",
                    "later": "agreed",
                    "requested": "requested",
                    "draft": "draft",
                },
                "full": ["confirmed", "waiting", "waiting"],
                "queued": ["waiting", "confirmed", "waiting"],
            },
        )
        events = self.coming.sudo().event_id, self.full.sudo().event_id
        self.assertIn(self.user_worker.partner_id, events[1].partner_ids)
        self._exit()

        mentorship = self.mentorship.sudo()
        self.assertEqual((mentorship.state, mentorship.end_reason), ("ended", "exited"))
        self.assertEqual(mentorship.date_end, date(2026, 3, 12))
        self.assertFalse(self.member.mentor_id)
        self.assertEqual((self.past | self.coming).mapped("state"), ["cancelled", "cancelled"])
        self.assertFalse(events[0].exists())
        self.assertEqual(
            {name: row.state for name, row in self.rotations.items()},
            {
                "agreed": "done",
                "later": "cancelled",
                "requested": "cancelled",
                "draft": "cancelled",
            },
        )
        self.assertEqual(self.rotations["agreed"].date_end, date(2026, 3, 12))
        self.assertEqual(self._states(self.full), ["cancelled", "confirmed", "waiting"])
        self.assertEqual(self._states(self.queued), ["cancelled", "confirmed", "waiting"])
        self.assertEqual(self._row(self.invited, self.member.sudo()).state, "cancelled")
        self.assertEqual(self._row(self.draft, self.member.sudo()).state, "cancelled")
        self.assertNotIn(self.user_worker.partner_id, events[1].partner_ids)
        self.assertEqual(
            [document.state for document in self.documents], ["withdrawn"] * len(self.documents)
        )
        self.assertEqual(self.plan.state, "closed")
        movement = self.member.movement_ids.sorted("id")[-1]
        self.assertEqual(
            (movement.kind, movement.hr_reason, movement.date),
            ("exited", REASON, date(2026, 3, 12)),
        )

    def test_nothing_waits_for_anybody(self):
        self._set_up_everything()
        self._exit()
        for user in (self.user_worker, self.user_mentor, self.user_manager, self.user_director):
            todo = self.env(user=user)["res.users"].browse(user.id)._get_backbone_todo()
            self.assertEqual(todo, [], user.login)
            self.assertEqual(user.with_user(user)._count_backbone_todo(), 0)
        left = self.env["mail.activity"].search(
            [("res_model", "=like", "hr.backbone.%"), ("user_id", "!=", self.user_officer.id)]
        )
        # what waits for those who are in the pool still is theirs
        mine = left.filtered(
            lambda row: (
                row.user_id in (self.user_worker | self.user_mentor) or self._is_about_worker(row)
            )
        )
        self.assertEqual(mine.mapped("summary"), [])

    def _is_about_worker(self, activity):
        record = self.env[activity.res_model].browse(activity.res_id)
        return "employee_id" in record._fields and record.employee_id == self.worker

    def test_session_that_was_held_is_still_marked(self):
        self._set_up_everything()
        self._exit()
        row = self._row(self.over, self.member.sudo(), self.user_trainer)
        row.action_attend()
        self.over.action_done()
        self.assertEqual(row.state, "attended")
        self.assertTrue(row.sudo().resume_line_id)

    def test_report_and_assessment_are_closed(self):
        self._run_cron("quarter")
        quarter = self.env["hr.backbone.quarter"].search([("company_id", "=", self.company.id)])
        report, assessment = (
            documents.filtered(lambda row: row.member_id == self.member.sudo())
            for documents in (quarter.report_ids, quarter.assessment_ids)
        )
        self.assertTrue(report.activity_ids)
        self.assertEqual(assessment.mentor_id, self.mentor)
        self.assertTrue(quarter.activity_ids.filtered(lambda a: a.user_id == self.user_mentor))
        self._exit()
        self.assertEqual((report.state, report.is_closed), ("draft", True))
        self.assertEqual((assessment.state, assessment.is_closed), ("draft", True))
        self.assertFalse(report.activity_ids)
        self.assertFalse(quarter.activity_ids.filtered(lambda a: a.user_id == self.user_mentor))
        with self.assertRefused("closed"):
            report.with_user(self.user_worker).write({"work_done": "Late"})

    def test_quarter_that_is_over_asks_for_nothing_either(self):
        """In April the report on March is still open."""
        self._run_cron("quarter")
        quarter = self.env["hr.backbone.quarter"].search([("company_id", "=", self.company.id)])
        with freeze_time("2026-04-02 09:00:00"):
            self.assertTrue(self.env.user.with_user(self.user_mentor)._get_backbone_todo())
            self.member.action_exit(REASON)
            self.env.invalidate_all()
            activities = (quarter.report_ids.activity_ids | quarter.activity_ids).user_id
            for user in (self.user_worker, self.user_mentor):
                self.assertEqual(user.with_user(user)._get_backbone_todo(), [])
                self.assertNotIn(user, activities)

    def test_suspended_member_owes_nothing_and_keeps_the_draft(self):
        self._run_cron("quarter")
        self.member.action_suspend("Parental leave")
        for user in (self.user_worker, self.user_mentor):
            self.assertEqual(user.with_user(user)._get_backbone_todo(), [])
        report = self.env["hr.backbone.report"].search([("member_id", "=", self.member.id)])
        self.assertFalse(report.is_closed)
        self.member.action_resume()
        for user in (self.user_worker, self.user_mentor):
            self.assertEqual(len(user.with_user(user)._get_backbone_todo()), 1)

    def test_a_revision_ends_with_the_membership(self):
        plan = self.member.sudo().plan_id
        plan.with_user(self.user_worker).action_revise()
        revision = plan._get_open_revision()
        self._exit()
        self.assertEqual((plan.state, revision.state), ("closed", "closed"))
        self.assertFalse(revision.activity_ids)
        with self.assertRefused("not possible"):
            revision.with_user(self.user_officer).action_activate()

    def test_a_plan_left_open_is_closed_by_the_update(self):
        plan = self.member.sudo().plan_id
        plan.with_user(self.user_worker).action_revise()
        revision = plan._get_open_revision()
        self._exit()
        revision._write_moved({"state": "active"})
        self._run_migration("19.0.1.1.0/post-pool.py")
        self.env.invalidate_all()
        self.assertEqual(revision.state, "closed")

    def test_a_revision_of_a_plan_that_ended_does_not_come_into_force(self):
        plan = self.member.sudo().plan_id
        plan.with_user(self.user_worker).action_revise()
        revision = plan._get_open_revision()
        revision._write_moved({"state": "submitted"})
        plan._write_moved({"state": "closed"})
        with self.assertRefused("not in force any more"):
            revision.with_user(self.user_officer).action_activate()

    def test_a_leaver_who_fails_stops_no_other(self):
        people = self._new_people(3)
        members = self._new_members(people)
        people.action_archive()
        original = type(members)._after_move

        def fail(self, name, decisions):
            if members[1] in self:
                raise ValueError("something broke")
            return original(self, name, decisions)

        logger = "odoo.addons.hr_backbone_training.models.core.jobs"
        with patch.object(type(members), "_after_move", fail), mute_logger(logger):
            self._run_cron("member")
        self.assertEqual(members.mapped("state"), ["exited", "active", "exited"])
        self._run_cron("member")
        self.assertEqual(members.mapped("state"), ["exited"] * 3)

    # -- and back --------------------------------------------------------------------------

    def test_admitted_again(self):
        self._set_up_everything()
        self._exit()
        application = self._reviewed()
        self._meet(application).with_user(self.user_chair).action_close()
        publicity = self._publish(application)
        with freeze_time("2026-03-24 09:00:00"):
            publicity.action_close()
            self.env.invalidate_all()
            member = self.member.sudo()
            self.assertEqual(member.state, "active")
            self.assertEqual(member.date_admitted, date(2026, 3, 24))
            self.assertFalse(member.date_exited)
            self.assertFalse(member.mentor_id)
            self.assertNotEqual(member.plan_id, self.plan)
            self.assertEqual(member.plan_id.state, "active")
            self.assertEqual(self.plan.state, "closed")
            self.assertEqual(
                member.movement_ids.sorted("id").mapped("kind"), ["admitted", "exited", "admitted"]
            )
            self.assertEqual(self._row(self.full, member).state, "cancelled")
            # the report of the quarter is asked for again, and nothing else waits
            worker = self.user_worker.with_user(self.user_worker)
            [todo] = worker._get_backbone_todo()
            report = self.env["hr.backbone.report"].search([("member_id", "=", member.id)])
            self.assertEqual(todo["url"], report.access_url)
            self.assertFalse(report.is_closed)
            assessment = self.env["hr.backbone.assessment"].search([("member_id", "=", member.id)])
            self.assertFalse(assessment.is_closed)
            self.assertFalse(assessment.mentor_id)
            # a new mentor, and HR invites once more: behind those who waited all the time
            self._mentored(self.member, self.mentor)
            self.assertEqual(member.mentor_id, self.mentor)
            self.assertEqual(assessment.mentor_id, self.mentor)
            row = self._row(self.full, member)
            row.with_user(self.user_officer).action_invite()
            row.action_confirm()
            self.assertEqual(self._states(self.full), ["waiting", "confirmed", "waiting"])

    # -- it was a mistake ------------------------------------------------------------------

    def _undo(self, user=None):
        self.member.with_user(user or self.user_officer).action_undo_exit("The wrong person")
        self.env.invalidate_all()

    def test_exit_taken_back(self):
        """Mentor, plan, seats that are free, drafts and what was handed in come back; the seat
        that somebody else got, and the rotations, are said before."""
        self._set_up_everything()
        queued = self._states(self.queued)
        states = [document.state for document in self.documents]
        self._exit()
        wizard = self.env["hr.backbone.comment.wizard"].with_user(self.user_officer)
        window = wizard.create(
            {"res_model": self.member._name, "res_ids": self.member.ids, "move": "undo_exit"}
        )
        said = window.consequences
        self.assertIn("Worker is at “Active” again", said)
        self.assertIn("Mentor is the mentor of Worker again", said)
        self.assertIn("The development plan is in work again", said)
        self.assertIn("The seat has been given to somebody else: One seat.", said)
        self.assertEqual(said.count("The rotation is arranged anew"), 4)
        self._undo()
        self.assertEqual((self.member.state, self.member.date_exited), ("active", False))
        self.assertEqual(self.mentorship.sudo().state, "active")
        self.assertEqual(self.member.mentor_id, self.mentor)
        self.assertEqual(self.plan.state, "active")
        self.assertEqual(self._states(self.full), ["cancelled", "confirmed", "waiting"])
        self.assertEqual(self._states(self.queued), queued)
        self.assertEqual(self._row(self.invited, self.member.sudo()).state, "invited")
        self.assertEqual([document.state for document in self.documents], states)
        report = self.env["hr.backbone.report"].search([("member_id", "=", self.member.id)])
        self.assertEqual((report.state, report.is_closed), ("draft", False))

    def test_the_member_was_never_away(self):
        with freeze_time("2026-04-20 09:00:00"):
            self.member.action_exit(REASON, "2026-04-10")
            self.env.invalidate_all()
        with freeze_time("2026-05-20 09:00:00"):
            self._undo()
            exited, restored = self.member.movement_ids.sorted("id")[-2:]
            self.assertEqual((exited.kind, restored.kind), ("exited", "restored"))
            self.assertEqual(restored.date, date(2026, 4, 10))
            self.assertEqual(restored.hr_reason, "The wrong person")
            movements = self.env["hr.backbone.movement"]
            away = movements._get_times_away(self.member)[self.member]
            self.assertEqual(away, [(date(2026, 4, 10), date(2026, 4, 10))])

    def test_whoever_was_suspended_is_so_still(self):
        self.member.action_suspend("Parental leave")
        self._exit()
        self._undo()
        self.assertEqual(self.member.state, "suspended")
        away = self.env["hr.backbone.movement"]._get_times_away(self.member)[self.member]
        self.assertEqual(away, [(date(2026, 3, 12), None)])

    def test_exit_is_not_taken_back(self):
        """By anybody else, without a reason, of somebody who has left or has a case by now."""
        self._exit()
        for user in (self.user_worker, self.user_manager):
            with self.subTest(user=user.login), self.assertRefused("Only HR can do this"):
                self._undo(user)
        with self.assertRefused("comment"):
            self.member.with_user(self.user_officer).action_undo_exit()
        case = self._submitted()
        with self.assertRefused("already has an application under way"):
            self._undo()
        case.with_user(self.user_director).action_refuse("Not now")
        self.worker.active = False
        with self.assertRefused("has left the company"):
            self._undo()
        self.worker.active = True
        self._undo()
        with self.assertRefused("not possible there"):
            self._undo()

    def test_another_mentor_where_the_first_has_no_place(self):
        self._exit()
        self.company.sudo().backbone_mentor_cap = 1
        self._mentored(self.colleague_member, self.mentor)
        window = (
            self.env["hr.backbone.comment.wizard"]
            .with_user(self.user_officer)
            .create(
                {"res_model": self.member._name, "res_ids": self.member.ids, "move": "undo_exit"}
            )
        )
        self.assertIn("needs another mentor", window.consequences)
        self._undo()
        self.assertEqual(self.mentorship.sudo().state, "ended")
        self.assertFalse(self.member.mentor_id)
