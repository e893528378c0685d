# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BackboneCommon

CONTENT = {
    "strengths": "Strong",
    "gaps": "None",
    "goal_short": "Soon",
    "goal_long": "Later",
}


@tagged("post_install", "-at_install")
class TestPlan(BackboneCommon):
    """The recommended employee fills in the plan; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application = cls._recommend()
        cls.plan = cls.application.sudo().plan_id.with_user(cls.user_worker)

    def _line(self, **kwargs):
        return {
            "plan_id": self.plan.id,
            "method": "rotation",
            "action": "A month in stores",
            **kwargs,
        }

    def _active(self):
        """The plan of the worker as a member of the pool."""
        member = self._admitted(user=self.user_manager)
        plan = member.plan_id.with_user(self.user_worker)
        self.assertEqual(plan.state, "active")
        return plan

    # -- only the employee writes ----------------------------------------------------------

    def test_recommended_employee_gets_an_empty_plan(self):
        self.assertEqual(self.plan.state, "draft")
        self.assertEqual(self.plan.employee_id, self.worker)
        self.assertFalse(any(self.plan[name] for name in CONTENT))
        self.assertEqual(self.plan.next_step, "You write and submit the plan.")
        leader = self.plan.with_user(self.user_leader)
        self.assertEqual(leader.next_step, "Worker writes and submits the plan.")

    def test_nobody_writes_it_instead(self):
        self.plan.line_ids = [(0, 0, {"action": "Mine"})]
        for user in (
            self.user_leader,
            self.user_manager,
            self.user_director,
            self.user_officer,
            self.user_admin,
        ):
            plan = self.plan.with_user(user)
            with self.subTest(user=user.login):
                for name, value in CONTENT.items():
                    with self.assertRefused():
                        plan.write({name: value})
                with self.assertRefused():
                    plan.line_ids.action = "Theirs"
                with self.assertRefused():
                    plan.line_ids = [(0, 0, {"action": "Theirs"})]
                with self.assertRefused():
                    plan.line_ids.create(self._line())
                with self.assertRefused():
                    plan.line_ids.unlink()
                with self.assertRefused("Only Worker writes this development plan"):
                    plan.action_submit()
        self.assertEqual(self.plan.line_ids.mapped("action"), ["Mine"])
        self.assertFalse(self.plan.strengths)

    def test_hr_is_told_whose_plan_it_is(self):
        with self.assertRefused("Only Worker writes this development plan"):
            self.plan.with_user(self.user_admin).strengths = "Strong"

    def test_colleague_does_not_read_it(self):
        self.plan.line_ids = [(0, 0, {"action": "Mine"})]
        for user in (self.user_colleague, self.user_chair, self.user_director):
            with self.subTest(user=user.login):
                if user != self.user_director:
                    with self.assertRaises(AccessError):
                        self.plan.with_user(user).read(["strengths"])
                    with self.assertRaises(AccessError):
                        self.plan.line_ids.with_user(user).read(["action"])
                else:
                    # the manager of a department above reads along
                    self.assertTrue(self.plan.with_user(user).line_ids.mapped("action"))

    def test_plan_is_not_made_by_hand(self):
        for user in (self.user_worker, self.user_officer, self.user_admin):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.plan.with_user(user).create({"employee_id": self.worker.id})

    def test_plan_is_not_given_to_another_person_or_case(self):
        other = self._recommend(self.colleague, self.user_manager)
        for user in (self.user_worker, self.user_officer, self.user_admin):
            for vals in (
                {"employee_id": self.colleague.id},
                {"application_id": other.id},
                {"previous_id": other.sudo().plan_id.id},
                {"program_id": False},
                {"revision": 7},
            ):
                with self.subTest(user=user.login, **vals), self.assertRefused():
                    self.plan.with_user(user).write(vals)

    def test_action_is_not_moved_into_another_plan(self):
        """A finished plan gets nothing through the back door."""
        other = self._recommend(self.colleague, self.user_manager).sudo().plan_id
        self.plan.line_ids = [(0, 0, {"action": "Mine"})]
        with self.assertRefused():
            self.plan.line_ids.plan_id = other
        self.assertFalse(other.line_ids)

    # -- submission ------------------------------------------------------------------------

    def test_empty_plan_is_not_submitted(self):
        with self.assertRefused(
            *(
                f"Fill in “{label}” before you submit the plan."
                for label in (
                    *("Strengths", "Gaps"),
                    *("Goals for 6 to 12 months", "Goals for 1 to 3 years"),
                )
            ),
            "Add at least one action",
        ):
            self.plan.action_submit()

    def test_each_part_is_needed(self):
        self.plan.write({**CONTENT, "line_ids": [(0, 0, {"action": "Mine"})]})
        for name in CONTENT:
            self.plan[name] = "  "
            with self.assertRefused(f"Fill in “{self.plan._fields[name].string}” before"):
                self.plan.action_submit()
            self.plan[name] = CONTENT[name]
        self.plan.line_ids.unlink()
        with self.assertRefused("Add at least one action"):
            self.plan.action_submit()

    def test_submitted_plan_is_read_only(self):
        self._write_plan(self.application)
        self.assertEqual(self.plan.state, "submitted")
        self.assertEqual(str(self.plan.date_submitted), "2026-03-02")
        line = self.plan.line_ids[0]
        for vals in (*({name: "New"} for name in CONTENT),):
            with self.subTest(**vals), self.assertRefused():
                self.plan.write(vals)
        for vals in ({"action": "New"}, {"progress": 50}, {"evidence": "Done"}):
            with self.subTest(**vals), self.assertRefused():
                line.write(vals)
        with self.assertRefused():
            line.unlink()
        with self.assertRefused():
            line.create(self._line())

    def test_taken_back_until_the_application_is_submitted(self):
        self._write_plan(self.application)
        for user in (self.user_leader, self.user_officer):
            with self.subTest(user=user.login), self.assertRefused("Only Worker writes"):
                self.plan.with_user(user).action_return()
        self.plan.action_return()
        self.assertEqual(self.plan.state, "draft")
        self.plan.strengths = "Even more precise"
        self.plan.action_submit()
        self.application.action_submit()
        with self.assertRefused("is under review with your application"):
            self.plan.action_return()
        self.application.with_user(self.user_director).action_return("Correct the plan")
        self.plan.action_return()
        self.assertEqual(self.plan.state, "draft")

    # -- in force --------------------------------------------------------------------------

    def test_in_force_only_progress_and_evidence_are_kept_up(self):
        plan = self._active()
        line = plan.line_ids[0]
        line.write({"progress": 50, "evidence": "Certificate in March"})
        self.assertEqual(plan.progress, 25)
        plan.line_ids = [(1, line.id, {"progress": 100})]
        self.assertEqual(plan.progress, 50)
        for vals in (
            {"action": "Something easier"},
            {"date_due": "2030-01-01"},
            {"progress": 100, "gap": "None"},
        ):
            with self.subTest(**vals), self.assertRefused("has been submitted"):
                line.write(vals)
        for vals in (*({name: "New"} for name in CONTENT),):
            with self.subTest(**vals), self.assertRefused("has been submitted"):
                plan.write(vals)
        with self.assertRefused():
            line.unlink()
        with self.assertRefused():
            plan.line_ids = [(0, 0, {"action": "One more"})]
        for user in (self.user_leader, self.user_officer):
            with self.subTest(user=user.login), self.assertRefused():
                line.with_user(user).progress = 100

    def test_hr_reports_the_progress_of_who_has_no_login(self):
        plan = self._active()
        line, second = plan.line_ids
        self.worker.user_id = False
        own = plan.with_user(self.user_officer)
        self.assertEqual((own.can_report, own.can_revise), (True, False))
        line.with_user(self.user_officer).write({"progress": 60, "evidence": "Told by phone"})
        self.assertEqual(plan.sudo().progress, 30)
        with self.assertRefused("Only Worker writes"):
            second.with_user(self.user_officer).action = "Something easier"
        with self.assertRefused("Only Worker writes"):
            second.with_user(self.user_leader).progress = 100

    def test_revision_keeps_the_old_plan(self):
        plan = self._active()
        done, open_ = plan.line_ids
        done.progress = 100
        plan.action_revise()
        revision = plan.search([("previous_id", "=", plan.id)])
        self.assertEqual((revision.state, revision.revision), ("draft", 2))
        self.assertEqual(revision.line_ids.mapped("action"), open_.mapped("action"))
        self.assertEqual(revision.line_ids.mapped("progress"), [0])
        self.assertEqual(revision.strengths, "Precise")
        self.assertEqual(plan.state, "active")
        self.assertEqual(len(plan.line_ids), 2)
        # asked again, it goes on with the revision begun
        plan.action_revise()
        self.assertEqual(plan.search_count([("previous_id", "=", plan.id)]), 1)
        revision.action_submit()
        for user in (self.user_worker, self.user_leader):
            with self.subTest(user=user.login), self.assertRefused("HR brings a plan into force"):
                revision.with_user(user).action_activate()
        revision.with_user(self.user_officer).action_activate()
        self.assertEqual((plan.state, revision.state), ("closed", "active"))
        self.assertEqual(self.worker.backbone_member_id.sudo().plan_id, revision)
        self.assertEqual(plan.line_ids[0].progress, 100)

    def test_one_revision_is_open(self):
        """Also where two begin it at the same moment, and neither sees the other's."""
        plan = self._active().sudo()
        plan._create_revision()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            plan._create_revision()
            self.env.flush_all()

    def test_admission_sends_no_mail_of_a_revision(self):
        self._active()
        told = self.env["mail.mail"].sudo().search([("model", "=", self.plan._name)])
        self.assertNotIn("Your revised development plan is in force", told.mapped("subject"))

    def test_only_the_member_revises(self):
        plan = self._active()
        for user in (self.user_leader, self.user_officer):
            with self.subTest(user=user.login), self.assertRefused("The member revises"):
                plan.with_user(user).action_revise()
        with self.assertRefused("The member revises the plan that is in force"):
            self.plan.action_revise()

    def test_first_plan_comes_into_force_with_the_admission(self):
        self._write_plan(self.application)
        with self.assertRefused("comes into force with the admission"):
            self.plan.with_user(self.user_officer).action_activate()

    def test_plan_ends_with_its_case(self):
        self._write_plan(self.application)
        self.application.action_submit()
        self.application.with_user(self.user_director).action_refuse("No place for it")
        self.assertEqual(self.plan.state, "closed")
        with self.assertRefused():
            self.plan.strengths = "After all"
        with self.assertRefused("is at “Closed”"):
            self.plan.action_submit()

    def test_plan_ends_with_the_membership(self):
        plan = self._active()
        self.worker.backbone_member_id.with_user(self.user_officer).action_exit("Leaves us")
        self.assertEqual(plan.state, "closed")

    def test_history_is_not_deleted(self):
        plan = self._active()
        for user in (self.user_worker, self.user_officer, self.user_admin):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                plan.with_user(user).unlink()
        with self.assertRefused("the others are history"):
            plan.sudo().unlink()

    def test_state_is_not_written(self):
        for user in (self.user_worker, self.user_officer, self.user_admin):
            for vals in ({"state": "active"}, {"date_submitted": "2020-01-01"}):
                with self.subTest(user=user.login, **vals), self.assertRefused():
                    self.plan.with_user(user).write(vals)
