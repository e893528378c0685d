# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.hr_backbone_training.tests.common_report import BackboneReportCommon

from .common import CourseCases


@tagged("post_install", "-at_install")
class TestEnrollment(CourseCases, BackboneReportCommon):
    """An enrollment follows what happens in the course, and moves the action of the plan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_courses()
        cls.plan = cls._new_plan(
            cls.worker, ("internal", "A course"), ("promotion", "Books"), ("rotation", "Abroad")
        )
        cls.action, cls.action_book, cls.action_rotation = (
            cls.plan.line_ids.filtered(lambda line, m=method: line.method == m)
            for method in ("internal", "promotion", "rotation")
        )

    def test_enrolling_from_an_action_and_completing_moves_it(self):
        row = self._enroll(self.action)
        self.assertEqual(self._attendee(self.user_worker).member_status, "joined")
        self.assertEqual((row.state, row.plan_line_id), ("enrolled", self.action))
        self.assertEqual(str(row.date_enrolled), "2026-03-18")
        self.assertEqual((self.action.progress, self.action.document_count), (0, 1))
        with freeze_time("2026-03-25 09:00:00"):
            self._complete(self.user_worker)
        self.assertEqual((row.state, row.hours), ("completed", 4))
        self.assertEqual(str(row.date_completed), "2026-03-25")
        self.assertEqual(self.action.progress, 100)
        self.assertEqual(row.decision_ids[:1].move, "complete")
        self.assertEqual(row.access_url, self.channel.website_url)

    def test_reading_serves_personal_promotion(self):
        with self.assertRaises(ValidationError):
            self._enroll(self.action, self.reading)
        row = self._enroll(self.action_book, self.reading)
        self._complete(self.user_worker, self.book)
        self.assertEqual((row.state, self.action_book.progress), ("completed", 100))

    def test_other_ways_of_training_have_no_courses(self):
        with self.assertRaisesRegex(UserError, "Courses serve"):
            self.action_rotation.with_user(self.user_worker).action_begin_course()
        self.course.active = False
        with self.assertRaisesRegex(UserError, "No course counts"):
            self.action.with_user(self.user_worker).action_begin_course()

    def test_one_of_several_that_are_promised(self):
        self.action.sudo().quantity = 2
        self._enroll(self.action)
        self._complete(self.user_worker)
        self.assertEqual(self.action.progress, 50)

    def test_whoever_went_there_by_themselves_has_one_too(self):
        self._join(self.user_worker)
        row = self._enrollment(self.pool_member)
        self.assertEqual(row.state, "enrolled")
        self.assertFalse(row.plan_line_id)
        row.with_user(self.user_worker).plan_line_id = self.action
        self._complete(self.user_worker)
        self.assertEqual(self.action.progress, 100)

    def test_who_is_no_member_has_none(self):
        self._join(self.user_leader)
        self._complete(self.user_leader)
        self.assertFalse(self.env["hr.backbone.enrollment"].search([]))
        self.pool_member.with_user(self.user_officer).action_suspend("On leave")
        self._join(self.user_worker)
        self.assertFalse(self._enrollment(self.pool_member))
        self.pool_member.with_user(self.user_officer).action_resume()
        self.assertEqual(self._enrollment(self.pool_member).state, "enrolled")

    def test_whoever_leaves_the_pool_studies_for_themselves(self):
        row = self._enroll(self.action)
        other = self._enrollment_of_colleague_completed()
        for member in (self.pool_member, self.pool_colleague):
            member.with_user(self.user_officer).action_exit("Left the company")
        self.assertEqual((row.state, other.state), ("left", "completed"))
        self._complete(self.user_worker)
        self.assertEqual(row.state, "left")

    def test_an_invitation_is_no_enrollment(self):
        self.channel._action_add_members(self.user_worker.partner_id, member_status="invited")
        self.assertFalse(self._enrollment(self.pool_member))

    # -- what goes back ----------------------------------------------------------------

    def test_leaving_and_coming_back(self):
        row = self._enroll(self.action)
        self.channel._remove_membership(self.user_worker.partner_id.ids)
        self.assertEqual(row.state, "left")
        self.assertEqual(self.action.document_count, 0, "it does not hold the progress any more")
        self._join(self.user_worker)
        self.assertEqual(row.state, "enrolled")

    def test_what_was_completed_stays_when_one_leaves(self):
        row = self._enroll(self.action)
        self._complete(self.user_worker)
        self.channel._remove_membership(self.user_worker.partner_id.ids)
        self.assertEqual((row.state, self.action.progress), ("completed", 100))
        with freeze_time("2026-05-04 09:00:00"):
            self._join(self.user_worker)
        self.assertEqual(str(row.date_completed), "2026-03-18", "the day stays")

    def test_a_completion_that_is_undone_goes_back(self):
        row = self._enroll(self.action)
        self._complete(self.user_worker)
        self._attendee(self.user_worker).member_status = "ongoing"
        self.assertEqual((row.state, row.hours, self.action.progress), ("enrolled", 0, 0))
        self.assertFalse(row.date_completed)
        with freeze_time("2026-04-02 09:00:00"):
            self._attendee(self.user_worker).member_status = "completed"
        self.assertEqual(str(row.date_completed), "2026-04-02")

    def test_an_attendee_who_is_deleted_has_left(self):
        row = self._enroll(self.action)
        self._attendee(self.user_worker).unlink()
        self.assertEqual(row.state, "left")

    def test_an_archived_course(self):
        row = self._enroll(self.action)
        other = self._enrollment_of_colleague_completed()
        self.channel.action_archive()
        self.assertEqual((row.state, other.state), ("left", "completed"))
        self.assertFalse(self.course.is_open)
        self.channel.action_unarchive()
        self.channel.is_published = True
        self.assertEqual(row.state, "enrolled")

    def _enrollment_of_colleague_completed(self):
        self._join(self.user_colleague)
        self._complete(self.user_colleague)
        return self._enrollment(self.pool_colleague)

    def test_a_deleted_course_leaves_what_was_completed(self):
        row = self._enroll(self.action)
        other = self._enrollment_of_colleague_completed()
        self.channel.unlink()
        self.env.invalidate_all()
        self.assertEqual((row.state, other.state), ("left", "completed"))
        self.assertEqual((other.name, other.hours), ("Leading a Team", 4))
        self.assertEqual(row.access_url, "/my/backbone/courses")

    # -- before --------------------------------------------------------------------------

    def test_what_was_completed_before_it_counted_does_not(self):
        channel = self._new_channel("Long ago")
        self._join(self.user_worker, channel)
        self._complete(self.user_worker, channel)
        course = self.course.create({"channel_id": channel.id})
        self.assertFalse(self._enrollment(self.pool_member, course))
        with self.assertRaises(UserError) as caught:
            self._enroll(self.action, course)
        self.assertIn("has completed “Long ago” already", str(caught.exception))
        self.env["hr.backbone.course"].sudo().search([])._sync()
        self.assertFalse(self._enrollment(self.pool_member, course))

    def test_what_was_completed_before_the_plan_began_is_no_progress_of_it(self):
        self.plan._write_moved({"date_activated": "2026-03-20"})
        self._join(self.user_worker)
        self._complete(self.user_worker)
        row = self._enrollment(self.pool_member).with_user(self.user_worker)
        with self.assertRaisesRegex(ValidationError, "before the plan came into force"):
            row.plan_line_id = self.action
        self.plan._write_moved({"date_activated": "2026-03-10"})
        row.plan_line_id = self.action
        self.assertEqual(self.action.progress, 100)

    def test_a_revision_goes_on_with_the_plan(self):
        self.plan._write_moved({"date_activated": "2026-03-01"})
        self.action.sudo().quantity = 2
        self._enroll(self.action)
        self._complete(self.user_worker)
        with freeze_time("2026-04-20 09:00:00"):
            self.plan.with_user(self.user_worker).action_revise()
            revision = self.plan._get_open_revision()
            texts = ("strengths", "gaps", "goal_short", "goal_long")
            revision.with_user(self.user_worker).write(dict.fromkeys(texts, "As before"))
            revision.with_user(self.user_worker).action_submit()
            revision.with_user(self.user_officer).action_activate()
        follower = revision.line_ids.filtered(lambda line: line.method == "internal")
        self.assertEqual((follower.quantity, follower.progress), (1, 0))

    def test_who_was_on_the_way_when_it_began_to_count(self):
        channel = self._new_channel("Under way")
        self._join(self.user_worker, channel)
        course = self.course.create({"channel_id": channel.id})
        self.assertEqual(self._enrollment(self.pool_member, course).state, "enrolled")

    # -- without a login, two companies --------------------------------------------------

    def test_somebody_without_a_login_is_enrolled_by_hr(self):
        person = self._new_people(1, "Nologin")
        member = self._new_members(person)
        enrollments = self.env["hr.backbone.enrollment"].with_user(self.user_officer)
        row = enrollments.create({"course_id": self.course.id, "member_id": member.id})
        attendee = self.channel.channel_partner_all_ids.filtered(
            lambda row: row.partner_id == person.work_contact_id
        )
        self.assertTrue(attendee)
        attendee.sudo().member_status = "completed"
        self.assertEqual(row.state, "completed")

    def test_nor_a_contact(self):
        person = self._new_people(1, "Nobody")
        member = self._new_members(person)
        person.work_contact_id = False
        enrollments = self.env["hr.backbone.enrollment"].with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "no login and no contact"):
            enrollments.create({"course_id": self.course.id, "member_id": member.id})

    def _new_member_abroad(self):
        """Worker is a member of the pool of the other company, too."""
        self._create_abroad()
        abroad = self._new_employee(self.user_worker, None, None, company_id=self.company_abroad.id)
        other = self.env["hr.backbone.member"]._create_moved(
            [
                {
                    "employee_id": abroad.id,
                    "program_id": self.program_abroad.id,
                    "echelon_id": self.echelon_3.id,
                    "state": "active",
                    "date_admitted": "2026-01-05",
                }
            ]
        )
        return other

    def test_each_company_says_for_itself_what_counts(self):
        other = self._new_member_abroad()
        self._join(self.user_worker)
        self.assertTrue(self._enrollment(self.pool_member))
        self.assertFalse(self.env["hr.backbone.enrollment"].search([("member_id", "=", other.id)]))
        there = self.env["hr.backbone.course"].create(
            {"channel_id": self.channel.id, "company_id": self.company_abroad.id, "use": "reading"}
        )
        self.assertEqual(self._enrollment(other, there).state, "enrolled")
        self._complete(self.user_worker)
        self.assertEqual(self._enrollment(other, there).state, "completed")
        self.assertEqual(self._enrollment(self.pool_member).use, "internal")

    def test_one_enrolls_in_the_company_of_the_course(self):
        other = self._new_member_abroad()
        self.user_worker.company_ids |= self.company_abroad
        there = self.env["hr.backbone.course"].create(
            {"channel_id": self.book.id, "company_id": self.company_abroad.id}
        )
        enrollments = self._as(self.env["hr.backbone.enrollment"], self.user_worker)
        for company in (self.company, self.company_abroad):
            form = enrollments.with_company(company).new({"course_id": there.id})
            form._onchange_course_id()
            self.assertEqual(form.member_id._origin.id, other.id)
        here, away = enrollments.with_company(self.company).create(
            [{"course_id": self.course.id}, {"course_id": there.id}]
        )
        self.assertEqual(here.member_id, self.pool_member.with_env(here.env))
        self.assertEqual(away.member_id, other.with_env(here.env))

    def test_a_changed_login_is_nobody_until_it_is_confirmed(self):
        self.leader.user_id = False
        self.worker.user_id = self.user_leader
        self._join(self.user_leader)
        self.assertFalse(self._enrollment(self.pool_member))

    # -- who may -------------------------------------------------------------------------

    def test_hr_says_that_it_does_not_count(self):
        row = self._enroll(self.action)
        self._complete(self.user_worker)
        with self.assertRaises(UserError):
            row.with_user(self.user_worker).action_cancel("No")
        mine = row.with_user(self.user_officer)
        with self.assertRaises(UserError):
            mine.action_cancel()
        mine.action_cancel("Somebody else took it")
        self.assertEqual((row.state, self.action.progress), ("cancelled", 0))
        self._attendee(self.user_worker).member_status = "ongoing"
        self.assertEqual(row.state, "cancelled")
        self._attendee(self.user_worker).member_status = "completed"
        with freeze_time("2026-05-04 09:00:00"):
            mine.action_restore()
        self.assertEqual((row.state, self.action.progress), ("completed", 100))
        self.assertEqual(str(row.date_completed), "2026-03-18")

    def test_nobody_writes_what_the_course_says(self):
        row = self._enroll(self.action)
        for user in (self.user_worker, self.user_officer, self.user_admin):
            for vals in (
                {"state": "completed"},
                {"date_completed": "2026-01-01"},
                {"hours": 40},
                {"course_id": self.reading.id},
            ):
                with self.subTest(user=user.login, vals=vals), self.assertRaises(UserError):
                    row.with_user(user).write(vals)
            with self.assertRaises(UserError):
                row.with_user(user).action_restore()
            with self.assertRaises(UserError):
                row.with_user(user).unlink()

    def test_one_enrolls_for_oneself(self):
        enrollments = self.env["hr.backbone.enrollment"].with_user(self.user_worker)
        with self.assertRaises(AccessError):
            enrollments.create({"course_id": self.course.id, "member_id": self.pool_colleague.id})
        self._enroll(self.action)
        with self.assertRaisesRegex(UserError, "only once"):
            self._enroll(self.action)

    def test_who_reads_it(self):
        row = self._enroll(self.action)
        readers = {
            self.user_worker: True,
            self.user_mentor: True,
            self.user_leader: True,
            self.user_officer: True,
            self.user_colleague: False,
            self.user_abroad: False,
        }
        for user, reads in readers.items():
            with self.subTest(user=user.login):
                self.assertEqual(self._as(row, user).has_access("read"), reads)
        with self.assertRaises(AccessError):
            self.course.with_user(self.user_colleague).write({"hours": 1})

    def test_how_it_counts_stays_once_somebody_is_enrolled(self):
        self._enroll(self.action)
        with self.assertRaisesRegex(UserError, "archive this entry"):
            self.course.use = "reading"
        self.course.active = False
        self.env.flush_all()
        other = self.course.create({"channel_id": self.channel.id, "use": "reading"})
        self.assertEqual(other.use, "reading")
        self._complete(self.user_worker)
        self.assertEqual(self._enrollment(self.pool_member).state, "completed")
        with self.assertRaises(UserError):
            self.course.unlink()

    def test_a_course_that_does_not_count_costs_one_query(self):
        channel = self._new_channel("For customers")
        self._join(self.user_worker, channel)
        attendee = self._attendee(self.user_worker, channel)
        self.env.flush_all()
        self.assertTrue(attendee.channel_id.active)
        with self.assertQueryCount(1):
            attendee._sync_backbone(happened=True)
