# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestMentorshipEnd(BackboneCommon):
    """A mentor who leaves or loses the rank: it ends the same day, and HR hands over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._admitted()
        cls.startClassPatcher(freeze_time("2026-04-01 09:00:00"))
        cls.env.invalidate_all()
        cls.mentorship = cls._mentored(cls.member, cls.director)
        sessions = (
            cls.env["hr.backbone.mentorship.session"]
            .with_user(cls.user_director)
            .create(
                [
                    {
                        "mentorship_id": cls.mentorship.id,
                        "date_start": day,
                        "topics": "Leading",
                        "agreements": "Two shifts a week",
                        "next_steps": "Read the manual",
                    }
                    for day in ("2026-04-01 07:00:00", "2026-05-08 10:00:00")
                ]
            )
        )
        cls.held, cls.coming = sessions
        cls.held.action_hold()
        cls.env["ir.cron.trigger"].search([]).unlink()

    def _run(self):
        self.env.flush_all()
        self._run_cron("mentorship")
        self.env.invalidate_all()

    def _assert_ended(self, reason, day="2026-04-01"):
        self.assertEqual((self.mentorship.state, self.mentorship.end_reason), ("ended", reason))
        self.assertEqual(str(self.mentorship.date_end), day)
        self.assertFalse(self.member.mentor_id)
        # not as the mentor, who may have left
        held, coming = self.held.sudo(), self.coming.sudo()
        self.assertEqual((held.state, coming.state), ("held", "cancelled"))
        self.assertFalse(coming.event_id)

    def _get_activities(self):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "hr.backbone.mentorship"),
                (
                    "activity_type_id",
                    "=",
                    self.env.ref("hr_backbone_training.mail_activity_type_handover").id,
                ),
            ]
        )

    def test_archived_mentor(self):
        self.director.active = False
        self.assertTrue(
            self.env["ir.cron.trigger"].search(
                [
                    (
                        "cron_id",
                        "=",
                        self.env.ref("hr_backbone_training.ir_cron_backbone_mentorship").id,
                    )
                ]
            )
        )
        self._run()
        self._assert_ended("left")
        activity = self._get_activities()
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.program.user_id)
        handover = self.mentorship.handover
        for text in (handover, activity.note):
            self.assertIn("Two shifts a week / Read the manual", text)
            self.assertIn("- 05/08/2026: Leading", text)
        decision = self.mentorship.sudo().decision_ids[:1]
        self.assertEqual((decision.move, decision.user_id), ("end", self.env.ref("base.user_root")))
        # twice changes nothing
        self._run()
        self.assertEqual(self._get_activities(), activity)
        self.assertEqual(len(self.mentorship.sudo().decision_ids), 4)
        # found: the activity goes
        self._appoint(self.member, self.manager)
        self.assertFalse(self._get_activities())

    def test_mentor_who_loses_the_rank(self):
        self.director.job_id = self.job_leader
        self._run()
        self._assert_ended("rank")
        self.assertEqual(len(self._get_activities()), 1)

    def test_rank_that_may_not_mentor_any_more(self):
        self.job_director.backbone_rank_id.can_mentor = False
        self._run()
        self._assert_ended("rank")

    def test_mentor_promoted_in_the_middle_goes_on(self):
        mentorship = self._mentored(self.member, self.manager)
        self.manager.job_id = self.job_director
        self._run()
        self.assertEqual(mentorship.state, "active")
        self.assertFalse(self._get_activities())

    def test_member_promoted_to_the_rank_of_the_mentor(self):
        self.worker.job_id = self.job_manager
        self._run()
        self.assertEqual(self.mentorship.state, "active")
        self.worker.job_id = self.job_director
        self._run()
        self._assert_ended("rank")
        self.assertEqual(len(self._get_activities()), 1)

    def test_mentor_who_becomes_a_report_of_the_member(self):
        mentorship = self._mentored(self.member, self.manager)
        self._run()
        self.assertEqual(mentorship.state, "active")
        self.env["ir.cron.trigger"].search([]).unlink()
        # the rank still stands above; somebody wrote another manager all the same
        self.manager.parent_id = self.worker
        self.assertTrue(self.env["ir.cron.trigger"].search([]))
        self._run()
        self.assertEqual((mentorship.state, mentorship.end_reason), ("ended", "report"))
        self.assertEqual(len(self._get_activities()), 1)

    def test_member_who_becomes_the_manager_of_the_mentors_department(self):
        mentorship = self._mentored(self.member, self.manager)
        self._run()
        self.env["ir.cron.trigger"].search([]).unlink()
        self.works.manager_id = self.worker
        self.assertTrue(self.env["ir.cron.trigger"].search([]))
        self._run()
        self.assertEqual((mentorship.state, mentorship.end_reason), ("ended", "report"))

    def test_new_version_of_the_employee_counts_from_its_day(self):
        self.director.create_version({"date_version": "2026-04-15", "job_id": self.job_leader.id})
        self._run()
        self.assertEqual(self.mentorship.state, "active")
        with freeze_time("2026-04-15 09:00:00"):
            self.env["hr.employee"]._cron_update_current_version_id()
            self._run()
        self._assert_ended("rank", "2026-04-15")

    def test_departure_on_a_february_29th_in_another_time_zone(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.director.departure_date = "2028-02-29"
        with freeze_time("2028-02-28 15:59:00"):
            self._run()
            self.assertEqual(self.mentorship.state, "active")
        with freeze_time("2028-02-28 16:01:00"):
            self._run()
        self.assertEqual(self.mentorship.date_end, date(2028, 2, 29))

    def test_appointment_whose_mentor_leaves_ends_too(self):
        appointed = self._appoint(self.member, self.manager)
        self.manager.active = False
        self._run()
        self.assertEqual((appointed.state, appointed.end_reason), ("ended", "left"))
        self.assertEqual(self.mentorship.state, "active")
        self.assertEqual(self.member.mentor_id, self.director)

    def test_one_activity_for_a_member_who_loses_both(self):
        self._appoint(self.member, self.manager)
        (self.manager | self.director).active = False
        self._run()
        self.assertEqual(self._get_activities().res_id, self.mentorship.id)

    def test_member_who_exits(self):
        appointed = self._appoint(self.member, self.manager)
        self.member.action_exit("Changed the profession")
        self._assert_ended("exited")
        self.assertEqual((appointed.state, appointed.end_reason), ("ended", "exited"))
        self.assertFalse(self._get_activities())

    def test_member_who_leaves_the_company(self):
        self.worker.active = False
        self.env.flush_all()
        self._run_cron("member")
        self.env.invalidate_all()
        self._assert_ended("exited")
        self._run()
        self.assertFalse(self._get_activities())

    def test_new_mentor_sees_the_history_and_not_the_handover(self):
        self.director.active = False
        self._run()
        self._mentored(self.member, self.manager)
        mentor = self.held.with_user(self.user_manager)
        self.assertEqual(mentor.agreements, "Two shifts a week")
        self.assertIn(self.mentorship, mentor.env["hr.backbone.mentorship"].search([]))
        with self.assertRefused("handover"):
            self.mentorship.with_user(self.user_manager).read(["handover"])

    # -- it was a mistake ------------------------------------------------------------------

    def _restore(self, user=None):
        self.mentorship.with_user(user or self.user_officer).action_restore("The wrong one")

    def test_end_taken_back(self):
        """The rank of the mentor was taken away by mistake."""
        self.director.job_id = self.job_leader
        self._run()
        self._assert_ended("rank")
        self.assertTrue(self._get_activities())
        self.director.job_id = self.job_director
        self._restore()
        mentorship = self.mentorship.sudo()
        self.assertEqual((mentorship.state, mentorship.end_reason), ("active", False))
        self.assertFalse(mentorship.date_end or mentorship.handover)
        self.assertEqual(self.member.mentor_id, self.director)
        self.assertFalse(self._get_activities())
        ended, restored = mentorship.decision_ids.sorted("id")[-2:]
        self.assertEqual(restored.undone_id, ended)
        # what was cancelled is planned anew
        self.assertEqual(self.coming.sudo().state, "cancelled")

    def test_end_of_an_appointment_taken_back(self):
        self.mentorship.with_user(self.user_officer).action_end("Moved")
        appointed = self._appoint(self.member, self.manager)
        appointed.with_user(self.user_officer).action_end("Not this one")
        appointed.with_user(self.user_officer).action_restore("This one")
        self.assertEqual(appointed.sudo().state, "appointed")
        self.assertFalse(self.member.mentor_id)

    def test_end_is_not_taken_back(self):
        """By anybody else, beside another mentor, or where the pair is not possible any more."""
        self.mentorship.with_user(self.user_officer).action_end("Moved")
        for user in (self.user_director, self.user_worker):
            with self.subTest(user=user.login), self.assertRefused("Only HR can do this"):
                self._restore(user)
        with self.assertRefused("comment"):
            self.mentorship.with_user(self.user_officer).action_restore()
        other = self._appoint(self.member, self.manager)
        with self.assertRefused("has another mentor by now"):
            self._restore()
        other.with_user(self.user_officer).action_end("Nor this one")
        with self.assertRefused("gets only one mentor back"):
            (self.mentorship | other).with_user(self.user_officer).action_restore("Both")
        self.director.sudo().active = False
        with self.assertRefused("has left the company"):
            self._restore()

    def test_another_place_of_the_mentor(self):
        """Somebody else has taken the place: there is another one, or the end stays."""
        self.company.sudo().backbone_mentor_cap = 2
        self.mentorship.with_user(self.user_officer).action_end("Moved")
        members = self._new_members(self._new_people(2))
        self._mentored(members[0], self.director)
        self._restore()
        self.assertEqual(self.mentorship.sudo().place, 2)
        self.mentorship.with_user(self.user_officer).action_end("Moved")
        self._mentored(members[1], self.director)
        with self.assertRefused("takes no more than 2 members"):
            self._restore()
