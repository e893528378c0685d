# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common_rotation import BackboneRotationCommon


@tagged("post_install", "-at_install")
class TestRotation(BackboneRotationCommon):
    """ "Take turns to study": asked for, agreed by two, and written up at the end."""

    def test_defaults_come_from_the_organization(self):
        rotation = self._draft()
        self.assertEqual(rotation.sudo().host_id, self.keeper)
        self.assertEqual(rotation.sudo().manager_id, self.leader)
        self.assertEqual(rotation.host_department_name, "Board / Stores")
        self.assertEqual(rotation.name, "Worker – Stores")
        self.assertEqual(rotation.days, 26)
        self.assertEqual(rotation.sudo().department_id, self.line)
        self.stores.name = "Warehouse"
        self.assertEqual(rotation.host_department_name, "Board / Stores")

    def test_host_is_the_nearest_manager_with_a_login(self):
        self.user_keeper.active = False
        self.assertEqual(self._draft().sudo().host_id, self.director)

    # -- asking ------------------------------------------------------------------------

    def test_bar_shows_the_stay_across_the_months(self):
        frame = html.fromstring(self._draft().timeline)
        self.assertEqual(frame.get("aria-label"), "Draft: 05/04/2026 to 05/29/2026")
        *months, bar, today = frame.xpath("./span")
        self.assertEqual([month.text for month in months][:2], ["Jan 26", "Feb"])
        self.assertEqual(len(months), 12)
        # of 365 days: 26 from the 124th on, and today is the 96th
        self.assertIn("left: 33.699%; width: 7.123%", bar.get("style"))
        self.assertIn("left: 26.027%", today.get("style"))
        frame = html.fromstring(self.env["hr.backbone.rotation"].new({}).timeline)
        self.assertEqual(frame.get("aria-label"), "No dates yet")
        self.assertEqual(len(frame.xpath("./span")), 13)

    def test_asked_by_member_manager_or_hr(self):
        for user in (self.user_worker, self.user_leader, self.user_manager, self.user_officer):
            with self.subTest(user=user.login), self.env.cr.savepoint() as savepoint:
                rotation = self._requested(user=user)
                self.assertEqual(rotation.state, "requested")
                self.assertEqual(rotation.requester_id, user)
                savepoint.rollback()
        for user in (self.user_keeper, self.user_colleague, self.user_chair):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._draft(user=user)

    def test_member_is_active(self):
        self.member.with_user(self.user_officer).action_suspend("Leave")
        with self.assertRefused("not an active member"):
            self._draft(user=self.user_officer)
        self.member.with_user(self.user_officer).action_resume()
        rotation = self._draft()
        self.member.with_user(self.user_officer).action_suspend("Leave")
        with self.assertRefused("not an active member"):
            rotation.action_request()

    def test_request_needs_all(self):
        rotation = self._draft(
            host_department_id=False,
            host_job_id=False,
            date_start=False,
            date_end=False,
            objectives=" ",
        )
        with self.assertRefused(
            "Choose the host department",
            "Choose the post",
            "Give the first day",
            "Give the last day",
            "what the member should learn",
        ):
            rotation.action_request()

    def test_another_post_or_another_department(self):
        own = {"host_department_id": self.line.id, "host_job_id": self.job_worker.id}
        with self.assertRefused("works in this post of this department"):
            self._draft(**own).action_request()
        self._requested(host_department_id=self.line.id, host_job_id=self.job_leader.id)

    def test_days_are_not_over_and_in_order(self):
        with self.assertRefused("is over already"):
            self._draft(date_start="2026-03-02", date_end="2026-04-05").action_request()
        with self.assertRefused("ends on or after the day it begins"):
            self._draft(date_start="2026-05-02", date_end="2026-05-01")
        self._requested(date_start="2026-04-06", date_end="2026-04-06")

    def test_host_can_agree(self):
        self.keeper.user_id = False
        with self.assertRefused("has left or has no login"):
            self._draft(self.user_officer, host_id=self.keeper.id).action_request()
        with self.assertRefused("Members cannot host their own rotation"):
            self._draft(host_id=self.worker.id).action_request()

    # -- agreeing ----------------------------------------------------------------------

    def test_both_agree(self):
        rotation = self._requested()
        self.assertIn("Leader agrees as the member's manager", rotation.next_step)
        leader = rotation.with_user(self.user_leader)
        self.assertIn("You agree as the member's manager", leader.next_step)
        keeper = rotation.with_user(self.user_keeper)
        self.assertIn("and you as the host", keeper.next_step)
        self.assertTrue(keeper.can_agree)
        self.assertFalse(rotation.can_agree)
        keeper.action_agree("Welcome")
        self.assertEqual(rotation.state, "requested")
        self.assertEqual(rotation.date_host_agreed, date(2026, 4, 6))
        with self.assertRefused("You have agreed"):
            keeper.action_agree()
        rotation.with_user(self.user_leader).action_agree()
        self.assertEqual(rotation.state, "agreed")
        self.assertEqual(rotation.date_manager_agreed, date(2026, 4, 6))
        moves = rotation.sudo().decision_ids.sorted("id").mapped("move")
        self.assertEqual(moves, ["request", "consent", "agree"])

    def test_manager_who_asks_has_agreed(self):
        rotation = self._requested(user=self.user_leader)
        self.assertTrue(rotation.date_manager_agreed)
        self.assertEqual(rotation.state, "requested")
        rotation.with_user(self.user_keeper).action_agree()
        self.assertEqual(rotation.state, "agreed")

    def test_manager_above_asks_and_the_nearest_agrees(self):
        rotation = self._requested(user=self.user_manager)
        self.assertFalse(rotation.date_manager_agreed)
        with self.assertRefused("Leader, the member's manager"):
            rotation.with_user(self.user_manager).action_agree()

    def test_one_person_is_both(self):
        rotation = self._requested(host_id=self.leader.id)
        rotation.with_user(self.user_leader).action_agree()
        self.assertEqual(rotation.state, "agreed")
        self.assertEqual(rotation.date_manager_agreed, rotation.date_host_agreed)

    def test_one_who_is_both_and_asks(self):
        rotation = self._requested(user=self.user_leader, host_id=self.leader.id)
        self.assertEqual(rotation.state, "agreed")

    def test_hr_agrees_where_no_manager_is_above(self):
        self.env["hr.department"].search([("company_id", "=", self.company.id)]).manager_id = False
        rotation = self._requested(host_id=self.keeper.id)
        self.assertFalse(rotation.sudo().manager_id)
        rotation.with_user(self.user_keeper).action_agree()
        self.assertIn("HR agrees", rotation.next_step)
        rotation.with_user(self.user_officer).action_agree()
        self.assertEqual(rotation.state, "agreed")

    def test_others_do_not_decide(self):
        rotation = self._requested()
        for user in (self.user_manager, self.user_officer):
            for move in ("agree", "refuse", "return"):
                with self.subTest(user=user.login, move=move):
                    with self.assertRefused("Leader, the member's manager, and Keeper, the host"):
                        getattr(rotation.with_user(user), f"action_{move}")("No")
        with self.assertRefused("own case"):
            rotation.action_agree()
        with self.assertRaises(AccessError):
            rotation.with_user(self.user_colleague).action_agree()

    def test_refuse_and_return_need_a_reason(self):
        for user in (self.user_keeper, self.user_leader):
            rotation = self._requested().with_user(user)
            for move in ("refuse", "return"):
                with self.assertRefused("Please write a comment"):
                    getattr(rotation, f"action_{move}")(" ")
            rotation.action_return("One week later, please")
            self.assertEqual(rotation.state, "draft")
            worker = rotation.with_user(self.user_worker)
            worker.date_end = "2026-06-05"
            worker.action_request()
            rotation.action_refuse("We are too few")
            self.assertEqual(rotation.state, "refused")

    def test_return_takes_agreement_back(self):
        rotation = self._requested(user=self.user_leader)
        rotation.with_user(self.user_keeper).action_return("Later")
        self.assertFalse(rotation.date_manager_agreed)

    # -- cancelling and ending ---------------------------------------------------------

    def test_cancel(self):
        rotation = self._agreed()
        with self.assertRefused("Please write a comment"):
            rotation.action_cancel()
        with self.assertRefused("Only the member"):
            rotation.with_user(self.user_keeper).action_cancel("Changed my mind")
        rotation.action_cancel("My exam is in May")
        self.assertEqual(rotation.state, "cancelled")

    def test_running_is_cancelled_by_manager_or_hr(self):
        rotation = self._agreed(date_start="2026-04-06")
        self.assertEqual(rotation.state, "running")
        with self.assertRefused("It runs already"):
            rotation.action_cancel("No")
        rotation.with_user(self.user_leader).action_cancel("Needed on the line")
        self.assertEqual(rotation.state, "cancelled")

    def test_end_early_by_hr(self):
        rotation = self._agreed(date_start="2026-04-06")
        officer = rotation.with_user(self.user_officer)
        with freeze_time("2026-04-20 09:00:00"):
            with self.assertRefused("Only HR"):
                rotation.with_user(self.user_leader).action_end_early("No")
            for day in ("2026-04-05", "2026-04-21"):
                with self.assertRefused("between the first one and today"):
                    officer.action_end_early("Moves house", day)
            with self.assertRefused("“date” must be a date"):
                officer.action_end_early("Moves house", "soon")
            with self.assertRefused("Please write a comment"):
                officer.action_end_early()
            officer.action_end_early("Moves house", "2026-04-17")
        self.assertEqual((rotation.state, rotation.date_end), ("evaluation", date(2026, 4, 17)))
        self.assertEqual(rotation.days, 12)

    # -- the evaluation ----------------------------------------------------------------

    def test_from_the_last_week_on(self):
        rotation = self._agreed(date_start="2026-04-06", date_end="2026-05-03")
        keeper = rotation.with_user(self.user_keeper)
        with freeze_time("2026-04-26 09:00:00"):
            with self.assertRefused("from the last week on, from 04/27/2026"):
                rotation.summary = "Much"
            with self.assertRefused("from the last week on"):
                keeper.score = 80
        self.env.invalidate_all()
        with freeze_time("2026-04-27 09:00:00"):
            self.assertTrue(rotation.can_summarize)
            self.assertTrue(keeper.can_score)
            rotation.summary = "Much"
            keeper.write({"score": 80, "host_comment": "Good"})
            keeper.action_hand_in()
            self.assertEqual(rotation.state, "running")
        rotation.invalidate_recordset()
        self._at("2026-05-04 09:00:00")
        self.assertEqual(rotation.state, "evaluation")
        with freeze_time("2026-05-04 09:00:00"):
            rotation.action_hand_in()
        self.assertEqual(rotation.state, "done")

    def test_each_writes_the_own_part(self):
        rotation = self._agreed(date_start="2026-04-06", date_end="2026-04-06")
        self._on("2026-04-07")
        keeper = rotation.with_user(self.user_keeper)
        for user in (self.user_worker, self.user_leader, self.user_officer):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                rotation.with_user(user).write({"score": 100, "host_comment": "Great"})
        with self.assertRefused("Only Worker writes"):
            keeper.summary = "Great"
        with self.assertRefused("Write the summary before"):
            rotation.action_hand_in()
        with self.assertRefused("Give a score", "Write a comment"):
            keeper.action_hand_in()
        for score in (-1, 101):
            with self.assertRefused("between 0 and 100"):
                keeper.score = score
        keeper.write({"score": 91.5, "host_comment": "Quick"})
        keeper.action_hand_in()
        with self.assertRefused("has been handed in"):
            keeper.score = 10
        rotation.summary = "I ran the stores"
        rotation.action_hand_in()
        self.assertEqual(rotation.state, "done")
        with self.assertRaises(UserError):
            rotation.summary = "Later thoughts"

    def test_a_host_may_give_nothing_and_zero(self):
        """Zero is a score; what runs, and what HR closed without one, is in no mean."""
        rotation = self._agreed(date_start="2026-04-06", date_end="2026-04-06")
        other = self._draft(member=self.other_member, user=self.user_officer)
        self._on("2026-04-07")
        keeper = rotation.with_user(self.user_keeper)
        keeper.host_comment = "Never came"
        self.assertIs(keeper.score, False)
        with self.assertRefused("Give a score before you hand it in"):
            keeper.action_hand_in()
        keeper.score = 0
        keeper.action_hand_in()
        self.assertTrue(rotation.date_scored)
        both = (rotation | other).sudo()
        self.assertIs(other.score, False)
        for score, mean in ((0, 0), (59, 59)):
            rotation.sudo()._write_moved({"score": score})
            domain = [("id", "in", both.ids)]
            self.assertEqual(both._read_group(domain, [], ["score:avg"]), [(mean,)])

    def test_nothing_is_written_before_the_end(self):
        rotation = self._draft()
        for vals in ({"score": 100}, {"score": 0}, {"summary": "Great"}):
            with self.assertRefused("written at the end"):
                rotation.write(vals)
            with self.assertRefused("written at the end"):
                self._draft(**vals)
        rotation.action_request()
        with self.assertRefused("cannot be changed any more"):
            rotation.objectives = "Less"
        with self.assertRefused("cannot be changed any more"):
            rotation.with_user(self.user_officer).date_end = "2026-12-31"

    def test_hr_completes_without_what_is_missing(self):
        rotation = self._agreed(date_start="2026-04-06", date_end="2026-04-06")
        self._at("2026-04-07 09:00:00")
        with self.assertRefused("Only HR"):
            rotation.with_user(self.user_leader).action_finish("No")
        rotation.with_user(self.user_officer).action_finish("The host has left")
        self.assertEqual(rotation.state, "done")
        self.assertTrue(rotation.sudo().resume_line_id)

    def test_resume_line_once(self):
        rotation = self._agreed(date_start="2026-04-06", date_end="2026-04-06")
        self._on("2026-04-07")
        rotation.summary = "I ran\nthe <b>stores</b>"
        rotation.with_user(self.user_keeper).write({"score": 70, "host_comment": "Good"})
        rotation.action_hand_in()
        self.assertFalse(rotation.sudo().resume_line_id)
        rotation.with_user(self.user_keeper).action_hand_in()
        line = rotation.sudo().resume_line_id
        self.assertEqual(line.employee_id, self.worker)
        self.assertEqual(line.name, "Rotation: Storekeeper · Stores")
        self.assertEqual((line.date_start, line.date_end), (date(2026, 4, 6), date(2026, 4, 6)))
        self.assertEqual(line.line_type_id.name, "Rotation")
        self.assertIn("I ran<br>the &lt;b&gt;stores", line.description)
        rotation.sudo()._write_resume()
        self.assertEqual(self.worker.resume_line_ids.filtered("date_end"), line)

    # -- the trail ---------------------------------------------------------------------

    def test_no_direct_writes(self):
        rotation = self._requested()
        for user in (self.user_worker, self.user_leader, self.user_officer, self.user_admin):
            for vals in (
                {"state": "done"},
                {"date_host_agreed": "2026-04-06"},
                {"manager_id": self.officer.id},
                {"member_id": self.other_member.id},
                {"resume_line_id": False},
            ):
                with self.subTest(user=user.login, **vals), self.assertRaises(UserError):
                    rotation.with_user(user).write(vals)
        with self.assertRefused("cancel it instead"):
            rotation.with_user(self.user_officer).unlink()
        self._draft(member=self.other_member, user=self.user_officer).unlink()

    def test_a_thousand_need_no_query_each(self):
        members = self._new_members(self._new_people(1021, "Member"))
        warm, few, many = members[:1], members[1:21], members[21:]
        self._count_requests(warm)
        few, many = self._count_requests(few), self._count_requests(many)
        for name, small, large in zip(("create", "request"), few, many, strict=True):
            self.assertLessEqual((large - small) / 980, 0.5, f"{name}: {small}, then {large}")

    def _count_requests(self, members):
        """Queries of a rotation for each of these members, and of requesting them all."""
        vals_list = [
            {
                "member_id": member.id,
                "host_department_id": self.stores.id,
                "host_job_id": self.job_keeper.id,
                "date_start": "2026-05-04",
                "date_end": "2026-05-29",
                "objectives": "Learn",
            }
            for member in members
        ]
        model = self.env["hr.backbone.rotation"].with_user(self.user_officer)
        made = []
        create = self._cost(lambda: made.append(model.create(vals_list)))
        request = self._cost(made[0].action_request)
        self.assertEqual(set(made[0].mapped("state")), {"requested"})
        return create, request
