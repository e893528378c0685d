# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestMentorship(BackboneCommon):
    """Appointed by HR or the committee, accepted by both; and every rule with its sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._admitted()
        cls.startClassPatcher(freeze_time("2026-04-01 09:00:00"))
        cls.env.invalidate_all()

    def _second_member(self):
        with freeze_time("2026-03-02 09:00:00"):
            return self._admitted(employee=self.colleague, user=self.user_manager)

    # -- appointment and acceptance ----------------------------------------------------

    def test_both_accept_and_it_begins(self):
        mentorship = self._appoint(self.member, self.director)
        self.assertEqual(mentorship.state, "appointed")
        self.assertEqual(mentorship.date_appointed, date(2026, 4, 1))
        self.assertFalse(self.member.mentor_id)
        self.assertEqual(mentorship.next_step, "Worker and Director accept the appointment.")
        for user, other in ((self.user_worker, "Director"), (self.user_director, "Worker")):
            self.assertEqual(
                mentorship.with_user(user).next_step, f"You and {other} accept the appointment."
            )
        with freeze_time("2026-04-02 09:00:00"):
            mentorship.with_user(self.user_worker).action_accept()
        self.assertEqual(mentorship.state, "appointed")
        self.assertEqual(mentorship.next_step, "Director accepts the appointment.")
        mine = mentorship.with_user(self.user_director)
        self.assertEqual(mine.next_step, "You accept the appointment.")
        with freeze_time("2026-04-03 09:00:00"):
            mentorship.with_user(self.user_director).action_accept()
        self.assertEqual(mentorship.state, "active")
        self.assertEqual(mentorship.date_member_accepted, date(2026, 4, 2))
        self.assertEqual(mentorship.date_mentor_accepted, date(2026, 4, 3))
        self.assertEqual(mentorship.date_start, date(2026, 4, 3))
        self.assertEqual(self.member.mentor_id, self.director)
        self.assertEqual(self.worker.backbone_mentor_id, self.director)
        self.assertEqual(self.member.mentorship_id, mentorship)
        decisions = mentorship.sudo().decision_ids.sorted("id")
        self.assertEqual(decisions.mapped("move"), ["appoint", "accept", "activate"])
        self.assertEqual(
            decisions.user_id, self.user_officer | self.user_worker | self.user_director
        )

    def test_activities_and_mails(self):
        mentorship = self._appoint(self.member, self.director)
        activities = mentorship.sudo().activity_ids
        self.assertEqual(activities.user_id, self.user_director)
        mails = self.env["mail.mail"].sudo().search([("model", "=", mentorship._name)])
        self.assertEqual(mails.recipient_ids, self.user_worker.partner_id)
        mentorship.with_user(self.user_director).action_accept()
        self.assertFalse(mentorship.sudo().activity_ids)
        mentorship.with_user(self.user_worker).action_accept()
        mails = self.env["mail.mail"].sudo().search([("model", "=", mentorship._name)]) - mails
        self.assertEqual(mails.recipient_ids, self.user_director.partner_id)

    def test_decline_needs_a_reason_and_tells_hr(self):
        mentorship = self._appoint(self.member, self.director)
        mentor = mentorship.with_user(self.user_director)
        with self.assertRefused("Please write a comment"):
            mentor.action_decline()
        mentor.action_decline("On leave until autumn")
        self.assertEqual(mentorship.state, "declined")
        self.assertEqual(mentorship.sudo().activity_ids.user_id, self.program.user_id)
        self.assertFalse(self.member.mentor_id)
        # a new appointment is possible, and settles what HR had to do
        self._appoint(self.member, self.manager)
        self.assertFalse(mentorship.sudo().activity_ids)

    def test_only_the_two_accept_each_for_oneself(self):
        mentorship = self._appoint(self.member, self.director)
        for user in (self.user_officer, self.user_admin, self.user_chair):
            with self.subTest(user=user.login):
                with self.assertRefused("Only the member and the mentor accept"):
                    mentorship.with_user(user).action_accept()
                with self.assertRefused("Only the member or the mentor declines"):
                    mentorship.with_user(user).action_decline("No")
        for user in (self.user_leader, self.user_manager, self.user_colleague):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mentorship.with_user(user).action_accept()
        mentorship.with_user(self.user_worker).action_accept()
        with self.assertRefused("You have accepted already"):
            mentorship.with_user(self.user_worker).action_accept()

    def test_hr_accepts_for_whoever_has_no_login(self):
        self.director.user_id = False
        mentorship = self._appoint(self.member, self.director)
        mentorship.action_accept()
        self.assertEqual(mentorship.date_mentor_accepted, date(2026, 4, 1))
        self.assertFalse(mentorship.date_member_accepted)
        mentorship.with_user(self.user_worker).action_accept()
        self.assertEqual(mentorship.state, "active")

    def test_committee_that_selected_the_member_appoints(self):
        mentorship = self._appoint(self.member, self.director, user=self.user_chair)
        self.assertEqual(mentorship.state, "appointed")
        other = self._new_user(
            "bt_other", "base.group_user,hr_backbone_training.group_hr_backbone_committee"
        )
        second = self._second_member()
        with self.assertRaises(AccessError):
            self._appoint(second, self.manager, user=other)
        for user in (self.user_leader, self.user_director, self.user_worker):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._appoint(second, self.manager, user=user)

    def test_replacement_takes_over_the_same_day(self):
        first = self._mentored(self.member, self.director)
        second = self._appoint(self.member, self.manager)
        self.assertEqual(self.member.mentor_id, self.director)
        with freeze_time("2026-05-04 09:00:00"):
            second.with_user(self.user_worker).action_accept()
            self.assertEqual((first.state, second.state), ("active", "appointed"))
            second.with_user(self.user_manager).action_accept()
        self.env.flush_all()
        self.assertEqual((first.state, second.state), ("ended", "active"))
        self.assertEqual(first.date_end, date(2026, 5, 4))
        self.assertEqual(first.end_reason, "replaced")
        self.assertEqual(second.date_start, date(2026, 5, 4))
        self.assertEqual(self.member.mentor_id, self.manager)

    def test_hr_ends_with_a_reason(self):
        mentorship = self._mentored(self.member, self.director)
        with self.assertRefused("Please write a comment"):
            mentorship.action_end()
        with self.assertRefused("Only HR can do this"):
            mentorship.with_user(self.user_director).action_end("No time")
        mentorship.action_end("Both asked for it")
        self.assertEqual((mentorship.state, mentorship.end_reason), ("ended", "decided"))
        self.assertFalse(self.member.mentor_id)
        self.assertEqual(mentorship.date_end, date(2026, 4, 1))

    # -- the rules ---------------------------------------------------------------------

    def test_rank_of_the_mentor_may_mentor(self):
        with self.assertRefused("Leader may not be a mentor: the rank “Team Leader”"):
            self._appoint(self.member, self.leader)
        plain = self._new_employee(None, self.works, None, name="Plain")
        with self.assertRefused("The post of Plain has no rank"):
            self._appoint(self.member, plain)

    def test_rank_of_the_mentor_stands_above(self):
        self.worker.job_id = self.job_manager
        with self.assertRefused("The rank of Manager is not above that of Worker"):
            self._appoint(self.member, self.manager)
        self._appoint(self.member, self.director)

    def test_mentor_is_not_the_own_report(self):
        sentence = "Director reports to Worker and so cannot be the mentor"
        middle = self._new_employee(None, self.works, self.job_worker, name="Middle")
        self.director.parent_id = middle
        middle.parent_id = self.worker
        with self.assertRefused(sentence):
            self._appoint(self.member, self.director)
        # a circle in the organization ends as well
        self.worker.parent_id = middle
        with self.assertRefused(sentence):
            self._appoint(self.member, self.director)
        (self.director | middle | self.worker).parent_id = False
        self.board.manager_id = self.worker
        with self.assertRefused("Manager reports to Worker and so cannot be the mentor"):
            self._appoint(self.member, self.manager)

    def test_nobody_is_the_own_mentor(self):
        with self.assertRefused("Worker cannot be their own mentor"):
            self._appoint(self.member, self.worker)
        self._become(self.user_officer, self.worker)
        with self.assertRefused("You cannot appoint your own mentor"):
            self._appoint(self.member, self.director)

    def test_mentor_of_another_company_or_archived(self):
        self._create_abroad()
        self.abroad.job_id = self.job_director.copy({"company_id": self.company_abroad.id})
        with self.assertRefused("not allowed to see it"):
            self._appoint(self.member, self.abroad)
        self.director.active = False
        with self.assertRefused("Director has left the company"):
            self._appoint(self.member, self.director)
        self.manager.departure_date = "2026-04-01"
        with self.assertRefused("Manager has left the company"):
            self._appoint(self.member, self.manager)

    def test_member_is_active(self):
        self.member.action_suspend("Leave")
        with self.assertRefused("Worker is not an active member"):
            self._appoint(self.member, self.director)
        self.member.action_exit("Leaves")
        with self.assertRefused("Worker is not an active member"):
            self._appoint(self.member, self.director)

    def test_cap_of_the_mentor(self):
        second = self._second_member()
        self._appoint(self.member, self.director)
        with self.assertRefused("Director has a member already, and takes no more than one"):
            self._appoint(second, self.director)
        self.company.backbone_mentor_cap = 2
        appointed = self._appoint(second, self.director)
        self.assertEqual(appointed.place, 2)
        third = self._new_employee(None, self.line, self.job_worker, name="Third")
        third = self.env["hr.backbone.member"].create({"employee_id": third.id})
        with self.assertRefused("Director takes no more than 2 members"):
            self._appoint(third, self.director)
        appointed.with_user(self.user_director).action_decline("Too many")
        self.assertEqual(self._appoint(third, self.director).place, 2)
        # who stays when HR lowers the cap counts
        self.company.backbone_mentor_cap = 1
        with self.assertRefused("takes no more than one"):
            self._appoint(second, self.director)

    def test_one_open_appointment_per_member(self):
        self._appoint(self.member, self.director)
        with self.assertRefused("has been appointed for Worker already"):
            self._appoint(self.member, self.manager)
        second = self._second_member()
        rows = [
            {"member_id": second.id, "mentor_id": mentor.id}
            for mentor in (self.manager, self.director)
        ]
        with self.assertRefused("has been appointed for Colleague already"):
            self.env["hr.backbone.mentorship"].with_user(self.user_officer).create(rows)

    def test_acceptance_asks_the_rules_again(self):
        mentorship = self._appoint(self.member, self.director)
        mentorship.with_user(self.user_worker).action_accept()
        self.worker.job_id = self.job_director
        with self.assertRefused("is not above that of"):
            mentorship.with_user(self.user_director).action_accept()

    # -- two at once: what the database itself refuses -------------------------------------

    def test_last_place_of_a_mentor_is_given_once(self):
        """Two clerks appoint at once, both having looked before."""
        second = self._second_member()
        self._appoint(self.member, self.director)
        model = self.env.registry["hr.backbone.mentorship"]
        blind = patch.object(
            model, "_get_taken_places", lambda records, mentors: {self.director.id: set()}
        )
        with blind, mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation) as caught:
            self._appoint(second, self.director)
        self.assertIn("hr_backbone_mentorship_place_uniq", str(caught.exception))

    def test_one_active_mentor(self):
        mentorship = self._mentored(self.member, self.director)
        second = self._appoint(self.member, self.manager)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation) as caught:
            second.sudo()._write_moved({"state": "active"})
            self.env.flush_all()
        self.assertIn("hr_backbone_mentorship_active_uniq", str(caught.exception))
        self.assertEqual(mentorship.state, "active")

    # -- guards ----------------------------------------------------------------------------

    def test_nothing_is_written_past_the_steps(self):
        mentorship = self._mentored(self.member, self.director)
        for vals in (
            {"state": "ended"},
            {"date_start": "2020-01-01"},
            {"place": 7},
            {"handover": "x"},
            {"mentor_name": "x"},
            {"employee_id": self.colleague.id},
        ):
            with self.subTest(**vals), self.assertRefused("cannot be changed directly"):
                mentorship.write(vals)
        for vals in ({"mentor_id": self.manager.id}, {"member_id": self.member.id}):
            with self.subTest(**vals), self.assertRefused("stays with its two people"):
                mentorship.write(vals)
        for user in (self.user_officer, self.user_admin):
            with self.assertRefused("cannot be changed directly"):
                self.member.with_user(user).mentor_id = self.manager
        with self.assertRefused("A mentorship is history"):
            mentorship.sudo().unlink()
        plan_line = self.member.sudo().plan_id.line_ids[0]
        with self.assertRefused("another way of training"):
            mentorship.sudo().plan_line_id = plan_line

    # -- who reads -------------------------------------------------------------------------

    def test_who_reads_a_mentorship(self):
        mentorship = self._mentored(self.member, self.director)
        ended = self._mentored(self.member, self.manager) and mentorship
        self.assertEqual(ended.state, "ended")
        model = self.env["hr.backbone.mentorship"]
        for user, count in (
            (self.user_worker, 2),
            (self.user_director, 1),
            # the mentor now sees what was before
            (self.user_manager, 2),
            (self.user_leader, 0),
            (self.user_colleague, 0),
            # the committee sees who is appointed
            (self.user_chair, 1),
            (self.user_officer, 2),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(model.with_user(user).search_count([]), count)
        with self.assertRaises(AccessError):
            mentorship.with_user(self.user_worker).read(["handover"])

    # -- many at once ----------------------------------------------------------------------

    def _create_pairs(self, count):
        members = self._new_members(self._new_people(count, "Member"))
        mentors = self._new_people(count, "Mentor", job=self.job_manager)
        self.env.flush_all()
        self.env.invalidate_all()
        return [
            {"member_id": member.id, "mentor_id": mentor.id}
            for member, mentor in zip(members, mentors, strict=True)
        ]

    def _count_queries(self, count):
        rows = self._create_pairs(count)
        model = self.env["hr.backbone.mentorship"].with_user(self.user_officer)
        before = self.cr.sql_log_count
        mentorships = model.create(rows)
        self.env.flush_all()
        created = self.cr.sql_log_count
        # nobody of them has a login: HR accepts for both
        mentorships.action_accept()
        self.env.flush_all()
        self.assertEqual(set(mentorships.mapped("state")), {"active"})
        return created - before, self.cr.sql_log_count - created

    def test_many_are_opened_in_batches(self):
        self._count_queries(5)
        few, many = self._count_queries(20), self._count_queries(70)
        for name, small, large in zip(("appoint", "accept"), few, many, strict=True):
            with self.subTest(step=name, few=small, many=large):
                self.assertLess((large - small) / 50, 0.5)
