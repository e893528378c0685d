# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tests import HttpCase, tagged

from .. import organization
from ..common import BackboneCommon


class GroupCommon(BackboneCommon):
    """Two companies of a group. “Boss” has one login, of the portal, and is an employee in both:
    manages the line here, with Worker, and the shop abroad, with Diver. “Twin” works in both
    and manages nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        both = cls.company | cls.company_abroad
        cls.user_boss, cls.user_twin, cls.user_diver = cls._new_users(
            {name: "base.group_portal" for name in ("bt_boss", "bt_twin", "bt_diver")},
            company_ids=[Command.set(both.ids)],
        )
        cls.boss, cls.twin = cls._new_employees(
            {
                cls.user_boss: (cls.line, cls.job_leader),
                cls.user_twin: (cls.line, cls.job_worker),
            }
        )
        cls.line.manager_id = cls.boss
        cls.job_away = cls.env["hr.job"].create(
            {
                "name": "Diver",
                "company_id": cls.company_abroad.id,
                "backbone_rank_id": cls.env.ref("hr_backbone_training.rank_employee").id,
            }
        )
        cls.center_away, cls.shop = cls.env["hr.department"].create(
            [
                {"name": "Head", "company_id": cls.company_abroad.id, "is_backbone_center": True},
                {"name": "Shop", "company_id": cls.company_abroad.id},
            ]
        )
        cls.shop.parent_id = cls.center_away
        cls.boss_away, cls.twin_away, cls.diver = (
            cls._new_employee_away(user) for user in (cls.user_boss, cls.user_twin, cls.user_diver)
        )
        cls.shop.manager_id = cls.boss_away
        cls.center_away.manager_id = cls.abroad
        cls.env.flush_all()

    @classmethod
    def _new_employee_away(cls, user, **kwargs):
        values = organization.employee_values(
            user, cls.company_abroad, cls.shop, cls.job_away, **kwargs
        )
        return organization.create(cls.env["hr.employee"], [values])

    @classmethod
    def _recommend_away(cls, employee, **kwargs):
        """A complete draft abroad by the boss, who is here at the moment."""
        applications = cls._as(cls.env["hr.backbone.application"], cls.user_boss)
        return applications.with_company(cls.company).create(
            {
                "employee_id": employee.id,
                "echelon_id": cls.echelon_3.id,
                **{f"score_{part}": 80 for part in ("performance", "potential", "motivation")},
                **{f"reason_{part}": "Yes" for part in ("performance", "potential", "motivation")},
                **kwargs,
            }
        )


@tagged("post_install", "-at_install")
class TestGroup(GroupCommon):
    """Each document is of the company of its person, whichever company the user is in."""

    def test_program_is_that_of_the_person(self):
        draft = self._recommend_away(self.diver)
        self.assertEqual(draft.program_id, self.program_abroad.with_user(self.user_boss))
        self.assertEqual(draft.company_id, self.company_abroad)
        self.assertEqual(draft.recommender_id, self.boss_away)
        here = self._recommend_away(self.worker)
        self.assertEqual(here.program_id.id, self.program.id)
        self.assertEqual(here.recommender_id, self.boss)

    def test_program_follows_in_the_form(self):
        officer = self._new_user(
            "bt_hr_group",
            organization.OFFICER,
            company_ids=[Command.set((self.company | self.company_abroad).ids)],
        )
        applications = self._as(self.env["hr.backbone.application"], officer)
        form = applications.with_company(self.company).new({"program_id": self.program.id})
        form.employee_id = self.diver
        form._onchange_employee_id()
        self.assertEqual(form.program_id._origin.id, self.program_abroad.id)

    def test_each_is_offered_in_their_own_program(self):
        applications = self._as(self.env["hr.backbone.application"], self.user_boss)
        applications = applications.with_company(self.company)
        own = self.env["hr.backbone.echelon"].create(
            {"name": "Only Here", "level": 3, "company_id": self.company.id}
        )
        self.program.sudo().line_ids = [Command.create({"echelon_id": own.id})]

        def offered():
            people = applications.env.user._get_backbone_people()
            return {
                row["employee"].id: (bool(row["closed"]), [e.id for e, _why in row["echelons"]])
                for row in applications._get_candidates(people)
            }

        found = offered()
        self.assertIn(self.worker.id, found)
        closed, echelons = found[self.diver.id]
        self.assertFalse(closed)
        self.assertEqual(set(echelons), set(self.program_abroad.sudo().line_ids.echelon_id.ids))
        self.assertEqual(set(found[self.worker.id][1]), {own.id, *echelons})
        draft = applications._start_from_portal(self.diver.id, self.echelon_3.id)
        self.assertEqual(draft.program_id.id, self.program_abroad.id)
        self.assertEqual(draft.recommender_id, self.boss_away)
        self._as(self.program_abroad, self.user_admin_abroad).action_close()
        self.assertEqual(offered()[self.diver.id], (True, []))
        self.assertFalse(offered()[self.worker.id][0])
        with self.assertRefused("No program is running"):
            applications._start_from_portal(self.twin_away.id, self.echelon_3.id)

    def test_one_recommends_where_one_works(self):
        """A manager of the group who is no employee there is not offered what would be refused."""
        self.boss_away.active = False
        self.shop.manager_id = self.boss
        applications = self._as(self.env["hr.backbone.application"], self.user_boss)
        self.assertNotIn(self.diver, applications.env.user._get_backbone_people())
        with self.assertRefused("You cannot choose this", error=AccessError):
            self._recommend_away(self.diver)

    # -- directors -------------------------------------------------------------------------

    def _submit_away(self):
        draft = self._recommend_away(self.diver)
        self._write_plan(draft)
        draft.action_submit()
        return draft.sudo()

    def test_director_without_access_is_not_found(self):
        """The director of the center works here, and the login knows this company alone."""
        self.center_away.manager_id = self.director
        draft = self._recommend_away(self.diver)
        self.assertFalse(draft.sudo().approver_id)
        self._write_plan(draft)
        with self.assertRefused("Director, the director", "no access to Backbone Abroad", "HR"):
            draft.action_submit()
        self.user_director.company_ids |= self.company_abroad
        draft.action_submit()
        self.assertEqual(draft.sudo().approver_id, self.director)
        self._as(draft, self.user_director).action_approve()
        self.assertEqual(draft.sudo().state, "hr")

    def test_director_who_loses_the_access(self):
        """HR is asked for another one at once, and may return the case."""
        self.center_away.manager_id = self.director
        self.user_director.company_ids |= self.company_abroad
        case = self._submit_away()
        self.assertEqual(case.activity_user_id, self.user_director)
        self.user_director.company_ids -= self.company_abroad
        self.assertEqual(case.activity_user_id, self.user_admin_abroad)
        self.assertEqual(
            case.activity_type_id,
            self.env.ref("hr_backbone_training.mail_activity_type_director"),
        )
        self._as(case.sudo(False), self.user_admin_abroad).action_return("Another director")
        self.assertEqual(case.state, "draft")

    def test_leader_of_another_company_hosts_nobody(self):
        """A department that is managed from a sister company: a host works where the stay is."""
        self.user_director.company_ids |= self.company_abroad
        [member] = self._new_members(self.worker)
        self.works.manager_id = self.abroad
        self.abroad.user_id.company_ids |= self.company
        rotation = self.env["hr.backbone.rotation"].create(
            {"member_id": member.id, "host_department_id": self.works.id}
        )
        self.assertEqual(rotation.host_id, self.director)

    # -- settings and defaults ----------------------------------------------------------------

    def _as_group_hr(self, name):
        admin = self.env.ref("base.user_admin")
        users = self.user_admin
        users.company_ids |= self.company_abroad
        self.assertNotEqual(users, admin)
        return self._as(self.env[name], users).with_company(self.company)

    def test_settings_of_the_company_of_the_program(self):
        self.company_abroad.backbone_quorum, self.company.backbone_quorum = 80, 60
        self.company_abroad.backbone_publicity_days, self.company.backbone_publicity_days = 9, 7
        for program, quorum, days in ((self.program_abroad, 80, 9), (self.program, 60, 7)):
            vals = {"program_id": program.id}
            self.assertEqual(self._as_group_hr("hr.backbone.meeting").create(vals).quorum, quorum)
            notice = self._as_group_hr("hr.backbone.publicity").create(vals)
            self.assertEqual(notice.working_days, days)
        vals = {"program_id": self.program_abroad.id, "quorum": 90}
        self.assertEqual(self._as_group_hr("hr.backbone.meeting").create(vals).quorum, 90)

    def test_defaults_of_the_company_that_is_named(self):
        own = self.env["hr.backbone.echelon"].create(
            {"name": "Only Here", "level": 2, "company_id": self.company.id}
        )
        first, second = self._as_group_hr("hr.backbone.program").create(
            [
                {**organization.PROGRAM, "year": 2027, "company_id": company.id}
                for company in (self.company, self.company_abroad)
            ]
        )
        self.assertIn(own, first.line_ids.echelon_id)
        self.assertNotIn(own, second.line_ids.echelon_id)
        self.assertEqual(second.env.company, self.company)
        trainings = self._as_group_hr("hr.backbone.training").create(
            [
                {
                    **{"name": "Diving", "provider": "A", "date_start": "2026-03-12 09:00:00"},
                    "company_id": company.id,
                }
                for company in (self.company_abroad, self.company)
            ]
        )
        self.assertEqual(
            trainings.mapped("program_id.id"), [self.program_abroad.id, self.program.id]
        )

    def test_day_of_a_movement_has_begun_where_the_member_is(self):
        self.company.resource_calendar_id.tz = "Asia/Tokyo"
        self.company_abroad.resource_calendar_id.tz = "America/New_York"
        member = self._new_members(
            self.twin_away, program_id=self.program_abroad.id, date_admitted="2026-01-05"
        )
        wizards = self._as_group_hr("hr.backbone.member.wizard")
        with freeze_time("2026-03-01 20:00:00"):
            vals = wizards.with_context(
                active_model="hr.backbone.member", active_ids=member.ids
            ).default_get(["member_ids", "date", "kind"])
        self.assertEqual(str(vals["date"]), "2026-03-01")

    def test_mails_are_of_the_company_of_the_case(self):
        self.company_abroad.email, self.company.email = "away@example.com", "here@example.com"
        draft = self._recommend_away(self.diver)
        self._write_plan(draft)
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        draft.action_submit()
        sent = mails.search([]) - before
        self.assertTrue(sent)
        self.assertEqual({mail.email_from for mail in sent}, {self.company_abroad.email_formatted})

    def test_jobs_open_the_quarter_of_each_company(self):
        self._new_members(self.twin)
        self._new_members(self.twin_away, program_id=self.program_abroad.id)
        self._run_cron("quarter")
        reports = self._as(self.env["hr.backbone.report"], self.user_twin).search([])
        self.assertEqual(reports.company_id, self.company | self.company_abroad)
        # switching the company shows one, the other, or both
        for company in (self.company, self.company_abroad):
            one = reports.with_context(allowed_company_ids=company.ids)
            self.assertEqual(one.search([]).company_id, company)
            twin = self.user_twin.with_user(self.user_twin)
            todo = twin.with_context(allowed_company_ids=company.ids)._get_backbone_todo()
            [report] = [row for row in todo if "/reports/" in row["url"]]
            # of two that are asked for at once each says where
            self.assertIn(f" · {company.name}", report["title"])
        with freeze_time("2026-05-20 09:00:00"):
            overdue = reports.search([("is_overdue", "=", True)])
        self.assertEqual(overdue.company_id, self.company | self.company_abroad)


@tagged("post_install", "-at_install")
class TestGroupPortal(HttpCase, GroupCommon):
    """On `/my/backbone` all companies count in which one works; also where a website narrows its
    pages down to its own company, as Odoo's does."""

    def setUp(self):
        super().setUp()
        company = self.company
        ir_http = self.env.registry["ir.http"]
        before = ir_http._frontend_pre_dispatch

        def narrowed(cls):
            before()
            request.update_context(allowed_company_ids=company.ids)

        self.startPatcher(patch.object(ir_http, "_frontend_pre_dispatch", classmethod(narrowed)))
        self.drafts = self._recommend_away(self.twin) | self._recommend_away(self.twin_away)
        self.env.flush_all()

    def _open(self, user, path):
        self.authenticate(user.login, user.login)
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200, path)
        return page.text

    def test_what_waits_in_both(self):
        text = self._open(self.user_twin, "/my/backbone")
        for plan in self.drafts.sudo().plan_id:
            self.assertIn(f"/my/backbone/plans/{plan.id}", text)
            self._open(self.user_twin, f"/my/backbone/plans/{plan.id}")
        counted = self.make_jsonrpc_request("/my/counters", {"counters": ["backbone_todo_count"]})
        self.assertEqual(counted["backbone_todo_count"], 2)

    def test_reports_of_both_say_where(self):
        self._new_members(self.twin)
        self._new_members(self.twin_away, program_id=self.program_abroad.id)
        self._run_cron("quarter")
        reports = self._as(self.env["hr.backbone.report"], self.user_twin).search([])
        self.assertEqual(len(reports), 2)
        pages = [self._open(self.user_twin, "/my/backbone/reports")] * 2
        pages += [self._open(self.user_twin, report.access_url) for report in reports]
        for report, text in zip(reports + reports, pages, strict=True):
            self.assertIn(f" · {report.company_id.name}", text)

    def test_member_of_both(self):
        self._new_members(self.twin)
        self._new_members(self.twin_away, program_id=self.program_abroad.id)
        text = self._open(self.user_twin, "/my/backbone")
        self.assertEqual(text.count("I am in the talent pool"), 2)
        for name in ("Backbone Works", "Backbone Abroad"):
            self.assertIn(name, text)
        # for which of the two something is handed in
        self.assertIn('name="member_id"', self._open(self.user_twin, "/my/backbone/achievements"))
        members = self.env["hr.backbone.member"].search([("employee_id", "=", self.twin_away.id)])
        self.url_open(
            "/my/backbone/achievements",
            data={
                **{"csrf_token": self.csrf_token(), "name": "Diver", "kind": "qualification"},
                "member_id": str(members.id),
            },
        )
        made = self.env["hr.backbone.achievement"].search([("name", "=", "Diver")])
        self.assertEqual(made.company_id, self.company_abroad)

    def csrf_token(self):
        page = self.url_open("/my/backbone/achievements").text
        return page.split('name="csrf_token" value="')[1].split('"')[0]

    def test_programs_of_both(self):
        self.program_abroad.sudo().name = "Training of the Divers"
        text = self._open(self.user_boss, "/my/backbone/recommend")
        self.assertIn("Training of the Divers", text)
        self.assertIn(self.program.name, text)
        self.assertIn(f'name="employee_id" value="{self.diver.id}"', text)
        self.assertIn(f'name="employee_id" value="{self.worker.id}"', text)
        self.assertEqual(self._open(self.user_boss, "/my/backbone").count("What the program is"), 2)

    def test_employer_is_not_the_company_of_the_login(self):
        """A portal login of this company, of somebody who works abroad alone."""
        (self.user_diver).company_id = self.company
        self.program_abroad.sudo().description = "<p>Diving is learned in the sea.</p>"
        text = self._open(self.user_diver, "/my/backbone")
        self.assertIn("Diving is learned in the sea", text)

    def test_conversation_of_the_other_company(self):
        """What stands below a document of the other company is loaded there, too."""
        plan = self.drafts.filtered(lambda row: row.company_id == self.company_abroad).plan_id
        self.authenticate(self.user_twin.login, self.user_twin.login)
        found = self.make_jsonrpc_request(
            "/portal/chatter_init",
            {"thread_model": "hr.backbone.plan", "thread_id": plan.sudo().id},
        )
        self.assertTrue(found)

    def test_somebody_elses_pages_stay_as_narrow(self):
        """What another app shows is that of the website's company, as before."""
        seen = []
        portal = self.env.registry["ir.http"]
        before = portal._is_backbone_page

        def note(path):
            seen.append((path, before(path)))
            return seen[-1][1]

        self.patch(portal, "_is_backbone_page", staticmethod(note))
        self._open(self.user_twin, "/my/account")
        self.assertEqual([ours for _path, ours in seen], [False] * len(seen))


@tagged("post_install", "-at_install")
class TestGroupHr(GroupCommon):
    def test_a_company_that_is_not_the_users(self):
        programs = self._as(self.env["hr.backbone.program"], self.user_admin)
        with self.assertRaises(UserError):
            programs.create(
                {**organization.PROGRAM, "year": 2028, "company_id": self.company_abroad.id}
            )
