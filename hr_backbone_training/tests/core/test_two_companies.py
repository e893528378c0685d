# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import BackboneCommon
from ..organization import COMMITTEE, OFFICER

# it is the next day already abroad, and a Friday
NOW = "2026-03-12 13:00:00"
HERE, THERE = date(2026, 3, 12), date(2026, 3, 13)


@tagged("post_install", "-at_install")
class TestTwoCompanies(BackboneCommon):
    """HR of both companies takes a step on records of both in one call, and works in the first
    one: each record goes by the day, the settings and the people of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        both = cls.company | cls.company_abroad
        cls.company_abroad.write(
            {"backbone_publicity_days": 9, "backbone_quorum": 80, "backbone_fiscal_month": "4"}
        )
        cls.company_abroad.resource_calendar_id.tz = "Pacific/Auckland"
        cls.user_both = cls._new_user(
            "bt_both", f"{OFFICER},{COMMITTEE}", company_ids=[Command.set(both.ids)]
        )
        context = {**cls.env.context, "allowed_company_ids": both.ids}
        cls.both = cls.env(user=cls.user_both.id, context=context)
        cls.echelon_here, cls.echelon_there = cls.env["hr.backbone.echelon"].create(
            [{"name": company.name, "level": 3, "company_id": company.id} for company in both]
        )
        cls.program_abroad = cls.both["hr.backbone.program"].create(
            {
                "company_id": cls.company_abroad.id,
                "year": 2026,
                "recommendation_start": "2026-03-01",
                "recommendation_end": "2026-03-31",
            }
        )

    def _new_cases(self, state):
        """An application in each of the companies, at this state."""
        cases = self.both["hr.backbone.application"].sudo()
        return cases._create_moved(
            [
                {
                    "employee_id": employee.id,
                    "program_id": program.id,
                    "echelon_id": self.echelon_3.id,
                    "recommender_id": employee.id,
                    "state": state,
                }
                for employee, program in (
                    (self.colleague, self.program),
                    (self.abroad, self.program_abroad),
                )
            ]
        ).sudo(False)

    def _new_pair(self, model, **kwargs):
        """A record of the model in the program of each company, made in one call."""
        programs = (self.program, self.program_abroad)
        return self.both[model].create([{"program_id": row.id, **kwargs} for row in programs])

    def test_program_has_what_its_company_has(self):
        echelons = self.program_abroad.line_ids.echelon_id
        self.assertIn(self.echelon_there, echelons)
        self.assertIn(self.echelon_3, echelons)
        self.assertNotIn(self.echelon_here, echelons)
        # and the year that it is there
        days = {"recommendation_start": "2031-03-01", "recommendation_end": "2031-03-31"}
        with freeze_time("2031-12-31 13:00:00"):
            here, there = self.both["hr.backbone.program"].create(
                [
                    {"company_id": company.id, **days}
                    for company in (self.company, self.company_abroad)
                ]
            )
        self.assertEqual((here.year, there.year), (2031, 2032))

    def test_meetings_have_the_quorum_of_their_company(self):
        meetings = self._new_pair("hr.backbone.meeting")
        quorum = self.company.backbone_quorum
        self.assertNotEqual(quorum, 80)
        self.assertEqual(meetings.mapped("quorum"), [quorum, 80])

    def test_meetings_are_closed_together(self):
        cases = self._new_cases("committee")
        meetings = self._new_pair(
            "hr.backbone.meeting", attendee_ids=[Command.set(self.user_both.ids)]
        )
        for meeting, case in zip(meetings, cases, strict=True):
            meeting.item_ids = [Command.create({"application_id": case.id})]
        meetings.action_open()
        meetings.item_ids.action_vote_for()
        meetings.action_close()
        self.assertEqual(cases.mapped("state"), ["selected"] * 2)
        self.assertEqual(meetings.item_ids.mapped("result"), ["selected"] * 2)
        for meeting in meetings.sudo():
            self.assertEqual(meeting._get_fact("program"), meeting.program_id.name)
            self.assertEqual(meeting.item_ids.facts["votes"]["for"], 1)
            places = {row["echelon_id"]: row["selected"] for row in meeting._get_places()}
            self.assertEqual(places[self.echelon_3.id], 1)
        for case in cases.sudo():
            decisions = case.decision_ids
            self.assertEqual(decisions.company_id, case.company_id)

    def test_notices_have_the_days_of_their_company(self):
        cases = self._new_cases("selected")
        notices = self._new_pair("hr.backbone.publicity")
        days = self.company.backbone_publicity_days
        self.assertNotEqual(days, 9)
        self.assertEqual(notices.mapped("working_days"), [days, 9])
        for notice, case in zip(notices, cases, strict=True):
            notice.line_ids = [Command.create({"application_id": case.id})]
        notices.action_publish()
        self.assertEqual(notices.mapped("date_start"), [HERE, THERE])
        ends = [
            company._backbone_add_working_days(start, number)
            for company, start, number in (
                (self.company, HERE, days),
                (self.company_abroad, THERE, 9),
            )
        ]
        self.assertEqual(notices.mapped("date_end"), ends)
        with freeze_time("2026-04-30 13:00:00"):
            notices.action_close()
        members = self.both["hr.backbone.member"].search(
            [("employee_id", "in", cases.sudo().employee_id.ids)], order="company_id"
        )
        self.assertEqual(members.company_id, self.company | self.company_abroad)
        self.assertEqual(
            {row.company_id: row.date_admitted for row in members},
            {self.company: date(2026, 4, 30), self.company_abroad: date(2026, 5, 1)},
        )
        self.assertEqual({row.program_id for row in members}, {*notices.program_id})

    def test_review_is_of_the_company(self):
        cases = self._new_cases("hr")
        cases.action_pass_review()
        decisions = cases.decision_ids
        self.assertEqual(decisions.company_id, self.company | self.company_abroad)
        self.assertEqual(cases.mapped("state"), ["committee"] * 2)
        for case in cases.sudo():
            for todo in case.activity_ids:
                self.assertIn(case.company_id, todo.user_id.company_ids)

    def test_members_are_moved_on_the_day_of_their_company(self):
        members = self._new_members(self.colleague) | self._new_members(
            self.abroad, program_id=self.program_abroad.id
        )
        # whoever has no rank is in no scope
        self.abroad.job_id = self.job_worker.copy({"company_id": self.company_abroad.id})
        self.echelon_2.rank_ids |= self.job_worker.backbone_rank_id
        members = members.with_env(self.both)
        for step, args in (
            ("suspend", ()),
            ("resume", ()),
            ("promote", (self.echelon_2,)),
            ("exit", ()),
        ):
            getattr(members, f"action_{step}")(*args, "As agreed")
            moved = members.movement_ids.filtered(lambda row: row.date >= HERE)
            self.assertEqual(
                {row.member_id.company_id: row.date for row in moved},
                {self.company: HERE, self.company_abroad: THERE},
                step,
            )

    def test_window_says_a_day_that_is_there_for_all(self):
        """Abroad it is tomorrow, which nobody here is moved on."""
        members = self._new_members(self.colleague) | self._new_members(
            self.abroad, program_id=self.program_abroad.id
        )
        window = self.both["hr.backbone.member.wizard"].with_company(self.company_abroad)
        window = window.with_context(active_model=members._name, active_ids=members.ids)
        window = window.create({"kind": "suspend", "reason": "As agreed"})
        self.assertEqual(window.date, HERE)
        window.action_confirm()
        self.assertEqual(set(members.mapped("state")), {"suspended"})

    def test_quarters_are_of_their_company(self):
        members = self._new_members(self.colleague) | self._new_members(
            self.abroad, program_id=self.program_abroad.id
        )
        self._run_cron("quarter")
        reports = self.both["hr.backbone.report"].search([("member_id", "in", members.ids)])
        self.assertEqual(reports.company_id, self.company | self.company_abroad)
        names = {row.company_id: row.quarter_id.name for row in reports}
        # the fiscal year of the other company begins in April
        self.assertNotEqual(names[self.company], names[self.company_abroad])
        texts = dict.fromkeys(
            ("work_done", "study", "plan_progress", "problems", "next_quarter"), "As planned"
        )
        for report in reports.sudo():
            mine = report.with_user(report.employee_id.user_id).sudo(False)
            mine = mine.with_context(allowed_company_ids=report.company_id.ids)
            mine.write(texts)
            mine.action_submit()
        self.assertEqual(
            {row.company_id: row.date_submitted for row in reports},
            {self.company: HERE, self.company_abroad: THERE},
        )
        reports.action_accept(80)
        self.assertEqual(set(reports.mapped("state")), {"accepted"})
        self.assertEqual(
            {row.res_id: row.company_id for row in reports.decision_ids},
            {row.id: row.company_id for row in reports},
        )
