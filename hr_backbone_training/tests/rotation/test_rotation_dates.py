# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common_rotation import BackboneRotationCommon


@tagged("post_install", "-at_install")
class TestRotationDates(BackboneRotationCommon):
    """Dates that never overlap, places that are never exceeded, and the daily job."""

    # -- suspended meanwhile -------------------------------------------------------------

    def _suspend(self, day="2026-04-20"):
        self._on(day)
        self.member.with_user(self.user_officer).action_suspend("Parental leave")

    def _resume(self, day):
        self._on(day)
        self.member.with_user(self.user_officer).action_resume("Back")

    def test_nothing_begins_while_suspended(self):
        rotation = self._agreed()
        other = self._agreed(
            member=self.other_member, user=self.user_officer, date_start="2026-05-05"
        )
        self._suspend()
        self._on("2026-05-05")
        self.assertEqual((rotation.state, other.state), ("agreed", "running"))
        self._resume("2026-05-11")
        self.assertEqual((rotation.state, rotation.date_start), ("running", date(2026, 5, 11)))
        self._on("2026-05-30")
        self.assertEqual(rotation.state, "evaluation")

    def test_nothing_ends_while_suspended(self):
        rotation = self._agreed()
        self._on("2026-05-04")
        self._suspend("2026-05-20")
        self._on("2026-06-02")
        self.assertEqual(rotation.state, "running")
        self.assertFalse(rotation.sudo().activity_ids)
        self._resume("2026-06-08")
        self.assertEqual((rotation.state, rotation.date_end), ("evaluation", date(2026, 5, 29)))

    def test_suspended_for_all_of_it(self):
        rotation = self._agreed()
        later = self._agreed(date_start="2026-07-01", date_end="2026-07-10")
        self._suspend()
        self._resume("2026-06-01")
        self.assertEqual((rotation.state, later.state), ("cancelled", "agreed"))
        self.assertIn("was suspended", rotation.sudo().decision_ids[:1].comment)

    # -- one member, one place ---------------------------------------------------------

    def test_begins_the_day_another_ends(self):
        self._requested(date_start="2026-05-04", date_end="2026-05-29")
        second = self._draft(date_start="2026-05-29", date_end="2026-06-12")
        with self.assertRefused("from 05/04/2026 to 05/29/2026", "never share a day"):
            second.action_request()
        second.date_start = "2026-05-30"
        second.action_request()
        self.assertEqual(second.state, "requested")

    def test_one_day(self):
        self._requested(date_start="2026-05-04", date_end="2026-05-04")
        with self.assertRefused("never share a day"):
            self._requested(date_start="2026-05-04", date_end="2026-05-04")
        self._requested(date_start="2026-05-05", date_end="2026-05-05")

    def test_two_of_one_batch(self):
        both = self._draft() + self._draft(date_start="2026-05-29", date_end="2026-06-01")
        with self.assertRefused("never share a day"):
            both.action_request()

    def test_refused_and_cancelled_free_the_days(self):
        first = self._requested()
        first.action_cancel("Other plans")
        second = self._requested()
        second.with_user(self.user_keeper).action_refuse("No")
        self._requested()

    def test_other_member_and_done_ones(self):
        done = self._agreed(date_start="2026-04-06", date_end="2026-04-10")
        done.with_user(self.user_officer).action_end_early("Enough", "2026-04-06")
        done.with_user(self.user_officer).action_finish("Enough")
        with self.assertRefused("never share a day"):
            self._requested(date_start="2026-04-06", date_end="2026-04-30")
        self._requested(date_start="2026-04-07", date_end="2026-04-30")
        self._requested(member=self.other_member, user=self.user_officer, date_start="2026-04-06")

    def test_database_refuses_what_two_clerks_have_looked_at(self):
        self._requested()
        second = self._draft(date_start="2026-05-29", date_end="2026-06-12")
        model = self.env.registry[second._name]
        with (
            patch.object(model, "_get_overlaps", lambda records: {}),
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.ExclusionViolation) as caught,
        ):
            second.action_request()
            self.env.flush_all()
        name = "hr_backbone_rotation_member_dates"
        self.assertEqual(caught.exception.diag.constraint_name, name)
        constraint = self.registry[second._name]._table_objects[name]
        self.assertEqual(
            constraint.get_error_message(second),
            "The member is in another rotation on some of these days.",
        )

    def test_database_wants_dates(self):
        rotation = self._requested()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            rotation.sudo()._write_moved({"date_start": False})
            self.env.flush_all()

    # -- places ------------------------------------------------------------------------

    def _stay(self, start, end):
        """One more member who is in the stores on these days."""
        employee = self._new_employee(None, self.line, self.job_worker, name=f"Of {start}")
        member = self.env["hr.backbone.member"].create({"employee_id": employee.id})
        dates = {"date_start": f"2026-{start}", "date_end": f"2026-{end}"}
        return self._agreed(member=member, user=self.user_officer, **dates)

    def test_last_place(self):
        self.stores.backbone_rotation_capacity = 1
        self._stay("05-04", "05-15")
        rotation = self._requested(date_start="2026-05-15", date_end="2026-05-29")
        for user in (self.user_keeper, self.user_leader):
            with self.assertRefused("takes one member at a time", "05/15/2026"):
                rotation.with_user(user).action_agree()
        rotation.with_user(self.user_keeper).action_return("From the 16th")
        rotation.date_start = "2026-05-16"
        rotation.action_request()
        for user in (self.user_keeper, self.user_leader):
            rotation.with_user(user).action_agree()
        self.assertEqual(rotation.state, "agreed")

    def test_staggered_stays_take_one_place(self):
        """Three that follow each other, and never more than two on any day."""
        self.stores.backbone_rotation_capacity = 2
        for start, end in (("05-01", "05-10"), ("05-11", "05-20"), ("05-21", "05-31")):
            self._stay(start, end)
        self._stay("05-01", "05-31")
        with self.assertRefused("2 members at a time", "05/01/2026"):
            self._stay("04-20", "05-01")
        self._stay("04-20", "04-30")
        with self.assertRefused("05/31/2026"):
            self._stay("05-31", "06-30")
        self._stay("06-01", "06-30")

    def test_hole_in_the_middle_is_full(self):
        self.stores.backbone_rotation_capacity = 2
        self._stay("05-01", "05-10")
        self._stay("05-10", "05-20")
        with self.assertRefused("05/10/2026"):
            self._stay("05-05", "05-15")

    def test_two_of_one_call(self):
        self.stores.backbone_rotation_capacity = 1
        both = self._requested(user=self.user_leader)
        both += self._requested(member=self.other_member, user=self.user_manager)
        with self.assertRefused("takes one member"):
            both.with_user(self.user_keeper).action_agree()
        both[0].with_user(self.user_keeper).action_agree()
        with self.assertRefused("takes one member"):
            both[1].with_user(self.user_keeper).action_agree()

    def test_capacity_lowered_later(self):
        self.stores.backbone_rotation_capacity = 2
        stays = self._stay("05-01", "05-31") + self._stay("05-01", "05-31")
        self.stores.backbone_rotation_capacity = 1
        self._at("2026-05-01 06:00:00")
        self.assertEqual(set(stays.mapped("state")), {"running"})
        with self.assertRefused("takes one member"):
            self._stay("05-31", "06-01")

    def test_ended_early_takes_the_place_until_its_last_day(self):
        self.stores.backbone_rotation_capacity = 1
        stay = self._stay("04-06", "05-31")
        stay.with_user(self.user_officer).action_end_early("Enough")
        with self.assertRefused("04/06/2026"):
            self._stay("04-06", "04-10")
        self._stay("04-07", "04-10")

    def test_agreeing_claims_the_department(self):
        rotation = self._requested()
        self.stores.backbone_rotation_capacity = 1
        with self.assertClaimed(self.stores):
            rotation.with_user(self.user_keeper).action_agree()

    # -- the daily job -----------------------------------------------------------------

    def test_starts_and_ends_on_its_days(self):
        rotation = self._agreed(date_start="2026-05-04", date_end="2026-05-29")
        for moment, state in (
            ("2026-05-03 23:59:00", "agreed"),
            ("2026-05-04 00:01:00", "running"),
            ("2026-05-04 01:00:00", "running"),
            ("2026-05-29 23:59:00", "running"),
            ("2026-05-30 00:01:00", "evaluation"),
            ("2026-05-31 00:01:00", "evaluation"),
        ):
            self._at(moment)
            self.assertEqual(rotation.state, state, moment)
        moves = rotation.sudo().decision_ids.sorted("id").mapped("move")
        self.assertEqual(moves, ["request", "consent", "agree", "start", "end"])

    def test_job_that_was_off_catches_up(self):
        rotation = self._agreed()
        self._at("2026-07-01 06:00:00")
        self.assertEqual(rotation.state, "evaluation")

    def test_days_are_the_companys(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        rotation = self._agreed(date_start="2026-05-04", date_end="2026-05-04")
        self._at("2026-05-03 15:59:00")
        self.assertEqual(rotation.state, "agreed")
        self._at("2026-05-03 16:00:00")
        self.assertEqual(rotation.state, "running")
        self._at("2026-05-04 15:59:00")
        self.assertEqual(rotation.state, "running")
        self._at("2026-05-04 16:00:00")
        self.assertEqual(rotation.state, "evaluation")

    def test_february_29th(self):
        rotation = self._agreed(date_start="2028-02-29", date_end="2028-02-29")
        with self.assertRefused("never share a day"):
            self._requested(date_start="2028-02-28", date_end="2028-02-29")
        self._requested(date_start="2028-03-01", date_end="2028-03-01")
        self._at("2028-02-28 12:00:00")
        self.assertEqual(rotation.state, "agreed")
        self._at("2028-02-29 12:00:00")
        self.assertEqual(rotation.state, "running")
        self._at("2028-03-01 12:00:00")
        self.assertEqual(rotation.state, "evaluation")

    def test_batches(self):
        stays = self._stay("05-04", "05-05") + self._stay("05-04", "05-06")
        stays += self._stay("05-04", "05-07")
        model = self.env.registry["hr.backbone.rotation"]
        job = model._cron_rotations
        with patch.object(model, "_cron_rotations", lambda records: job(records, batch_size=1)):
            self._at("2026-05-04 09:00:00")
        self.assertEqual(set(stays.mapped("state")), {"running"})

    # -- whoever leaves ----------------------------------------------------------------

    def test_member_exits_in_the_middle(self):
        running = self._agreed(date_start="2026-04-06", date_end="2026-04-24")
        agreed = self._agreed(date_start="2026-04-25", date_end="2026-05-08")
        requested = self._requested(date_start="2026-05-09", date_end="2026-05-22")
        draft = self._draft()
        with freeze_time("2026-04-15 09:00:00"):
            self.member.with_user(self.user_officer).action_exit("Changed the profession")
        self.env.invalidate_all()
        self.assertEqual((agreed + requested + draft).mapped("state"), ["cancelled"] * 3)
        self.assertEqual((running.state, running.date_end), ("done", date(2026, 4, 15)))
        self.assertEqual(running.sudo().resume_line_id.date_end, date(2026, 4, 15))
        self.assertIn("left the talent pool", agreed.sudo().decision_ids[:1].comment)
        with self.assertRefused("not an active member"):
            self._draft(user=self.user_officer)

    def test_member_is_archived(self):
        rotation = self._agreed(date_start="2026-04-06", date_end="2026-04-24")
        self.worker.active = False
        self._run_cron("member")
        self.env.invalidate_all()
        self.assertEqual(rotation.sudo().state, "done")

    def test_host_leaves(self):
        rotation = self._agreed(date_start="2026-04-06", date_end="2026-04-24")
        self.program.user_id = self.user_officer
        self.keeper.active = False
        self._at("2026-04-07 06:00:00")
        officer = rotation.with_user(self.user_officer)
        self.assertTrue(officer.date_host_missing)
        self.assertEqual(officer.activity_ids.user_id, self.user_officer)
        self.assertEqual(
            officer.activity_ids.summary,
            self.env.ref("hr_backbone_training.mail_activity_type_rotation_host").summary,
        )
        self._at("2026-04-08 06:00:00")
        self.assertEqual(len(officer.activity_ids), 1)
        with self.assertRefused("Only HR names another host"):
            rotation.with_user(self.user_leader).sudo(False).write({"host_id": self.manager.id})
        with self.assertRefused("Members cannot host their own rotation"):
            officer.host_id = self.worker
        officer.host_id = self.manager
        self.assertFalse(officer.date_host_missing)
        self.assertFalse(officer.activity_ids)
        self._at("2026-04-25 06:00:00")
        self.assertEqual(rotation.state, "evaluation")
        self.assertEqual(officer.activity_ids.user_id, self.user_manager)

    def test_new_host_agrees_anew(self):
        rotation = self._requested(user=self.user_leader)
        officer = rotation.with_user(self.user_officer)
        officer.host_id = self.manager
        self.assertFalse(rotation.date_host_agreed)
        with self.assertRefused("Manager, the host"):
            rotation.with_user(self.user_director).action_agree()
        rotation.with_user(self.user_manager).action_agree()
        self.assertEqual(rotation.state, "agreed")

    def test_manager_leaves_before_agreeing(self):
        rotation = self._requested()
        self.leader.active = False
        self._at("2026-04-07 06:00:00")
        self.assertEqual(rotation.sudo().manager_id, self.manager)
        self.assertIn(self.user_manager, rotation.with_user(self.user_officer).activity_ids.user_id)

    def test_hr_looks_for_the_manager_again(self):
        rotation = self._requested()
        self.line.manager_id = self.manager
        with self.assertRaises(AccessError):
            rotation.with_user(self.user_leader).action_update_manager()
        rotation.with_user(self.user_officer).action_update_manager()
        self.assertEqual(rotation.sudo().manager_id, self.manager)

    # -- many at once ------------------------------------------------------------------

    def test_host_moves_to_a_sister_company(self):
        """Whoever works there now hosts nobody here: HR is asked to name another one."""
        self.user_keeper.company_ids |= self.company_abroad
        rotation = self._agreed().sudo()
        self.keeper.write({"company_id": self.company_abroad.id, "department_id": False})
        self._on("2026-04-07")
        self.assertTrue(rotation.date_host_missing)
        self.assertEqual(rotation.activity_user_id, self.user_officer)
        rotation.with_user(self.user_officer).host_id = self.director
        self.assertFalse(rotation.date_host_missing)

    def test_manager_and_host_lose_the_company(self):
        rotation = self._requested()
        abroad = self.company_abroad
        lost = {"company_id": abroad.id, "company_ids": [(6, 0, abroad.ids)]}
        asked = rotation.sudo().activity_ids
        self.assertEqual(asked.user_id, self.user_leader | self.user_keeper)
        self.user_leader.write(lost)
        self.assertEqual(rotation.sudo().manager_id, self.manager)
        self.assertEqual(rotation.sudo().activity_ids.user_id, self.user_manager | self.user_keeper)
        self.user_keeper.write(lost)
        self.assertTrue(rotation.sudo().date_host_missing)
        self.assertEqual(rotation.sudo().activity_ids.user_id, self.user_officer)

    def test_two_of_one_member_that_share_a_day(self):
        both = self._draft() | self._draft(date_start=date(2026, 5, 11))
        self.assertEqual(both.mapped("can_request"), [True, True])
        with self.assertRefused("two rotations never share a day"):
            both.action_request()
        self.assertEqual(both.mapped("state"), ["draft", "draft"])
        left = both._move_allowed("request")
        self.assertEqual(list(left), [both[1]])
        self.assertEqual(both.mapped("state"), ["requested", "draft"])
        alone = both[1]._get_refusals("request")
        self.assertEqual(alone, left)

    def test_two_who_take_the_last_place(self):
        self.stores.backbone_rotation_capacity = 1
        both = self._requested() | self._requested(
            user=self.user_colleague, member=self.other_member
        )
        host = both.with_user(self.user_keeper)
        self.assertEqual(host.mapped("can_agree"), [True, True])
        # for one side only: no place is taken yet
        host.action_agree()
        self.assertEqual(host.mapped("state"), ["requested", "requested"])
        self.works.manager_id = self.leader
        for row in both.sudo():
            row._write_moved({"manager_id": self.leader.id, "date_manager_agreed": False})
        manager = both.with_user(self.user_leader)
        with self.assertRefused("its place is taken on", manager[1].display_name):
            manager.action_agree()
        self.assertEqual(manager.mapped("state"), ["requested", "requested"])
        manager[0].action_agree()
        with self.assertRefused("its place is taken on"):
            manager[1].action_agree()
