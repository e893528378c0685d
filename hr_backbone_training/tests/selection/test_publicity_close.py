# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestPublicityClose(BackboneCommon):
    """After the publicity they enter the talent pool, by the daily job or by HR."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application = cls._selected()
        cls.second = cls._selected(employee=cls.colleague, user=cls.user_manager)
        cls.both = cls.application | cls.second
        cls.publicity = cls._publish(cls.both)
        cls.line = cls.publicity.line_ids.filtered(
            lambda row: row.application_id == cls.application
        )

    def _object(self, user=None, **kwargs):
        return (
            self.env["hr.backbone.objection"]
            .with_user(user or self.user_manager)
            .create({"line_id": self.line.id, "text": "The scrap rate is another's work", **kwargs})
            .with_user(self.user_officer)
        )

    def _members(self):
        return (
            self.env["hr.backbone.member"]
            .with_user(self.user_officer)
            .search([("employee_id", "in", (self.worker | self.colleague).ids)])
        )

    def _run_on(self, day):
        with freeze_time(f"{day} 09:00:00"):
            self._run_cron("publicity")
        self.env.invalidate_all()

    # -- the last day ----------------------------------------------------------------------

    def test_not_before_the_last_day_is_over(self):
        self._run_on("2026-03-09")
        self.assertEqual(self.both.mapped("state"), ["publicity", "publicity"])
        with freeze_time("2026-03-09 23:00:00"):
            with self.assertRefused("The publicity lasts until 03/09/2026"):
                self.publicity.action_close()
        self._run_on("2026-03-10")
        self.assertEqual(self.both.mapped("state"), ["admitted", "admitted"])
        self.assertEqual(self.publicity.state, "closed")

    def test_day_is_that_of_the_company(self):
        self.company.resource_calendar_id.tz = "Pacific/Auckland"
        with freeze_time("2026-03-09 10:30:00"):  # half past eleven at night there
            self._run_cron("publicity")
            self.assertEqual(self.application.state, "publicity")
        with freeze_time("2026-03-09 11:30:00"):  # half past midnight there
            self._run_cron("publicity")
            self.assertEqual(self.application.state, "admitted")
            self.assertEqual(str(self._members()[0].date_admitted), "2026-03-10")

    def test_only_hr_closes(self):
        with freeze_time("2026-03-10 09:00:00"):
            for user in (self.user_worker, self.user_director, self.user_chair):
                with self.subTest(user=user.login), self.assertRefused("Only HR can do this"):
                    self.publicity.with_user(user).action_close()
            self.assertEqual(self.publicity.action_close(), 0)
        self.assertEqual(self.both.mapped("state"), ["admitted", "admitted"])

    # -- again and half-way ----------------------------------------------------------------

    def test_running_twice_changes_nothing(self):
        self._run_on("2026-03-10")
        members, movements = self._members(), self._members().movement_ids
        decisions = self.both.sudo().decision_ids
        self._run_on("2026-03-10")
        self._run_on("2026-03-11")
        self.assertEqual(self._members(), members)
        self.assertEqual(self._members().movement_ids, movements)
        self.assertEqual(self.both.sudo().decision_ids, decisions)

    def test_job_stopped_half_way_goes_on_where_it_stopped(self):
        third = self._selected(employee=self.leader, user=self.user_manager)
        later = self._publish(third)
        progress = self.env.registry["ir.cron"]._commit_progress
        with freeze_time("2026-03-10 09:00:00"):
            with patch.object(
                self.env.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 0
            ):
                self.env["hr.backbone.publicity"]._cron_close()
            states = sorted((self.publicity | later).mapped("state"))
            self.assertEqual(states, ["closed", "published"])
            self._run_cron("publicity")
        self.assertEqual((self.publicity | later).mapped("state"), ["closed", "closed"])
        everyone = self.both | third
        self.assertEqual(set(everyone.mapped("state")), {"admitted"})
        for application in everyone:
            moves = application.sudo().decision_ids.mapped("move")
            self.assertEqual(moves.count("admit"), 1)
        self.assertIs(self.env.registry["ir.cron"]._commit_progress, progress)

    def test_job_killed_in_the_middle_of_a_notice_admits_nobody(self):
        member = self.env.registry["hr.backbone.member"]
        with freeze_time("2026-03-10 09:00:00"):
            with (
                patch.object(member, "_log_movements", side_effect=MemoryError("killed")),
                self.assertLogs("odoo.addons.hr_backbone_training", "ERROR"),
            ):
                self._run_cron("publicity")
            self.env.invalidate_all()
            self.assertEqual(self.both.mapped("state"), ["publicity", "publicity"])
            self.assertFalse(self._members())
            self._run_cron("publicity")
        self.assertEqual(self.both.mapped("state"), ["admitted", "admitted"])
        self.assertEqual(self._members().movement_ids.mapped("kind"), ["admitted", "admitted"])

    # -- objections ------------------------------------------------------------------------

    def test_name_with_an_open_objection_waits_while_the_others_go_on(self):
        self._object()
        self._run_on("2026-03-10")
        self.assertEqual(self.both.mapped("state"), ["publicity", "admitted"])
        self.assertEqual(self.publicity.state, "published")
        with freeze_time("2026-03-10 10:00:00"):
            self.assertFalse(self.publicity.is_open)
            self.assertEqual(
                self.publicity.blocking_reason, "Worker waits: an objection is still open."
            )
            self.assertEqual(self.publicity.action_close(), 1)

    def test_dismissed_after_the_window_admits_at_once(self):
        objection = self._object()
        self._run_on("2026-03-10")
        with freeze_time("2026-03-12 09:00:00"):
            objection.action_dismiss("The figures are the worker's own")
        self.assertEqual(self.both.mapped("state"), ["admitted", "admitted"])
        self.assertEqual(self.publicity.state, "closed")

    def test_dismissed_within_the_window_waits_for_its_end(self):
        objection = self._object()
        objection.action_dismiss("The figures are the worker's own")
        self.assertEqual(self.application.state, "publicity")
        self._run_on("2026-03-10")
        self.assertEqual(self.application.state, "admitted")

    def test_upheld_refuses_the_name_alone(self):
        objection = self._object()
        objection.action_uphold("The figures are another's")
        self.assertEqual(self.application.state, "publicity")
        self._run_on("2026-03-10")
        self.assertEqual(self.both.mapped("state"), ["refused", "admitted"])
        self.assertEqual(self.publicity.state, "closed")
        self.assertEqual(self._members().employee_id, self.colleague)
        self.assertEqual(self.application.sudo().plan_id.state, "closed")
        self.assertEqual(self.application.sudo().decision_ids[:1].move, "uphold")

    def test_one_of_two_objections_upheld_refuses(self):
        one, two = self._object(), self._object(self.user_director, hidden=True)
        one.action_dismiss("No")
        self._run_on("2026-03-10")
        self.assertEqual(self.application.state, "publicity")
        with freeze_time("2026-03-10 10:00:00"):
            two.action_uphold("Yes")
        self.assertEqual(self.application.state, "refused")

    # -- who has left, or come in otherwise ------------------------------------------------

    def test_person_who_has_left_does_not_hold_up_the_others(self):
        self.worker.active = False
        self._run_on("2026-03-10")
        self.assertEqual(self.both.mapped("state"), ["refused", "admitted"])
        self.assertEqual(self.publicity.state, "closed")
        decision = self.application.sudo().decision_ids[:1]
        self.assertIn("Worker has left the company", decision.comment)

    def test_person_who_moved_to_another_company_does_not_enter(self):
        """Neither the pool of this one, nor that of the other."""
        self.worker.company_id = self.company_abroad
        self._run_on("2026-03-10")
        self.assertEqual(self.both.mapped("state"), ["refused", "admitted"])
        decision = self.application.sudo().decision_ids[:1]
        self.assertIn("Worker works in another company by now", decision.comment)
        members = self.env["hr.backbone.member"].sudo()
        self.assertFalse(members.search([("employee_id", "=", self.worker.id)]))

    def test_who_moved_is_not_published(self):
        case = self._selected(employee=self.leader, user=self.user_manager)
        self.leader.company_id = self.company_abroad
        with self.assertRefused("Leader works in another company by now"):
            self._publish(case)

    def test_person_withdrawn_in_the_window_does_not_enter(self):
        self.application.with_user(self.user_worker).action_withdraw("A new job")
        self._run_on("2026-03-10")
        self.assertEqual(self.both.mapped("state"), ["withdrawn", "admitted"])
        self.assertEqual(self.publicity.state, "closed")

    def test_returned_in_the_window_does_not_enter(self):
        self.application.with_user(self.user_officer).action_return("The scores are not clear")
        self._run_on("2026-03-10")
        self.assertEqual(self.both.mapped("state"), ["draft", "admitted"])
