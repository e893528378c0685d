# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .. import organization
from ..common import BackboneCommon

MOVED = "hr_backbone_training.mail_activity_type_member_moved"


class MovedCommon(BackboneCommon):
    """Worker, a member in the middle of a year, works in the sister company from today on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.user_worker.company_ids |= cls.company_abroad
        cls.member = cls._admitted()
        cls.mentorship = cls._mentored(cls.member, cls.director)
        cls.quarter = cls.env["hr.backbone.quarter"]._get_or_create(cls.company)
        cls.quarter._make_documents()
        cls.report = cls.quarter.report_ids.filtered(lambda row: row.employee_id == cls.worker)
        cls.env["hr.backbone.achievement"].with_user(cls.user_worker).create(
            {"member_id": cls.member.id, "name": "Welder"}
        )
        cls.env.flush_all()

    def _move(self):
        self.worker.write({"company_id": self.company_abroad.id, "department_id": False})
        self.worker.job_id = False
        self.env.flush_all()
        self.env.invalidate_all()

    def _get_todo(self):
        user = self._as(self.user_worker, self.user_worker)
        return user._get_backbone_todo()

    def _check_ended(self):
        member = self.member.sudo()
        self.assertEqual(member.state, "exited")
        self.assertEqual(str(member.date_exited), organization.TODAY)
        self.assertEqual(self.mentorship.sudo().state, "ended")
        self.assertEqual(self._get_todo(), [])
        self.assertEqual(self._as(self.user_worker, self.user_worker)._count_backbone_todo(), 0)
        todo = member.activity_ids
        self.assertEqual(todo.activity_type_id, self.env.ref(MOVED))
        self.assertEqual(todo.user_id, self.user_officer)
        self.assertIn("another company", member.movement_ids.sorted("id")[-1].reason)


@tagged("post_install", "-at_install")
class TestMemberMoved(MovedCommon):
    def test_employee_is_moved(self):
        self.assertTrue(self._get_todo())
        self._move()
        self._check_ended()

    def test_new_employee_in_the_other_company(self):
        """The login goes with her, and the old employee is left as it is."""
        organization.create(
            self.env["hr.employee"],
            [organization.employee_values(self.user_worker, self.company_abroad)],
        )
        # an employee in two companies may be a member here
        self.assertEqual(self.member.state, "active")
        self.user_worker.write(
            {
                "company_id": self.company_abroad.id,
                "company_ids": [Command.set(self.company_abroad.ids)],
            }
        )
        self._check_ended()

    def test_login_went_first(self):
        self.user_worker.write(
            {
                "company_id": self.company_abroad.id,
                "company_ids": [Command.set(self.company_abroad.ids)],
            }
        )
        # whoever has no access may get it back: she works nowhere else
        self.assertEqual(self.member.state, "active")
        organization.create(
            self.env["hr.employee"],
            [organization.employee_values(self.user_worker, self.company_abroad)],
        )
        self._check_ended()

    def test_job_finds_who_moved_before(self):
        """In a database of before nobody had noticed; what runs twice changes nothing more."""
        self.env.flush_all()
        self.cr.execute(
            "UPDATE hr_employee SET company_id = %s WHERE id = %s",
            (self.company_abroad.id, self.worker.id),
        )
        self.env.invalidate_all()
        for _again in range(2):
            self._run_cron("member")
            self.assertEqual(self.member.sudo().state, "exited")
            self.assertEqual(len(self.member.sudo().activity_ids), 1)

    def test_reason_is_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["hr_backbone_training"], ["zh_CN"])
        self.company.partner_id.lang = "zh_CN"
        self._move()
        movement = self.member.sudo().movement_ids.sorted("id")[-1]
        self.assertIn("集团", movement.reason)

    def test_case_that_is_under_way_is_ended_by_hr(self):
        """A case of somebody who has moved goes nowhere: whoever has it is asked to end it, and
        nothing waits for the person."""
        self.member.with_user(self.user_officer).action_exit("Once more")
        draft = self._recommend()
        self.assertTrue([row for row in self._get_todo() if "/plans/" in row["url"]])
        self._move()
        self.assertEqual(self._get_todo(), [])
        self.assertTrue(draft.sudo()._get_gone_refusal())

    def test_case_at_the_director(self):
        self.member.with_user(self.user_officer).action_exit("Once more")
        case = self._submitted().sudo()
        self._move()
        left = self.env.ref("hr_backbone_training.mail_activity_type_left")
        self.assertEqual(case.activity_type_id, left)

    # -- who reads what ----------------------------------------------------------------------

    def test_own_history_stays_readable(self):
        """With the access to the old company, and without."""
        self._move()
        names = ("member", "application", "plan", "plan.line", "mentorship", "report", "movement")
        names += ("achievement", "timeline", "decision")
        for companies in (self.company | self.company_abroad, self.company_abroad):
            self.user_worker.write(
                {
                    "company_id": self.company_abroad.id,
                    "company_ids": [Command.set(companies.ids)],
                }
            )
            for name in names:
                with self.subTest(model=name, companies=companies.mapped("name")):
                    rows = self._as(self.env[f"hr.backbone.{name}"], self.user_worker).search([])
                    self.assertTrue(rows)
                    self.assertIn(self.company, rows.company_id)

    def test_others_of_the_old_company_are_not_readable(self):
        """The way to one's own history leads to nobody else's."""
        self._new_members(self.colleague)
        self._move()
        admin_group = self.env.ref(organization.MANAGER)
        self.user_worker.write(
            {
                "group_ids": [Command.set(admin_group.ids)],
                "company_id": self.company_abroad.id,
                "company_ids": [Command.set(self.company_abroad.ids)],
            }
        )
        members = self._as(self.env["hr.backbone.member"], self.user_worker).search([])
        self.assertEqual(members.sudo().employee_id, self.worker)
        with self.assertRaises(AccessError):
            self._as(self.program, self.user_worker).read(["name"])

    def test_hr_of_the_new_company_sees_nothing_of_the_old(self):
        self._move()
        person = self._as(self.worker, self.user_admin_abroad)
        views = person.get_views([(False, "form"), (False, "list"), (False, "kanban")])["views"]
        self.assertTrue(views)
        fields = set(person.fields_get(attributes=["type"]))
        read = person.read(sorted(name for name in fields if "backbone" in name))[0]
        self.assertFalse([name for name, value in read.items() if name != "id" and value])
        self.assertFalse(person.action_open_backbone_member().get("res_id"))
        for name in ("member", "application", "plan", "report", "decision", "movement", "login"):
            rows = self._as(self.env[f"hr.backbone.{name}"], self.user_admin_abroad).search([])
            self.assertFalse(rows.filtered(lambda row: row.company_id == self.company), name)

    def test_hr_of_the_old_company_keeps_the_history(self):
        self._move()
        for name in ("member", "application", "plan", "report", "mentorship", "achievement"):
            with self.subTest(model=name):
                rows = self._as(self.env[f"hr.backbone.{name}"], self.user_officer)
                rows = rows.search([("employee_id", "=", self.worker.id)])
                self.assertTrue(rows)
                for kind in ("form", "list"):
                    view = rows.get_views([(False, kind)])["models"][rows._name]
                    names = [n for n in view["fields"] if n in rows._fields]
                    spec = {
                        n: {"fields": {"display_name": {}}} if rows._fields[n].relational else {}
                        for n in names
                    }
                    self.assertEqual(len(rows.web_read(spec)), len(rows))
        todo = self.member.sudo().activity_ids
        self._as(todo, self.user_officer).action_feedback(feedback="Settled")


@tagged("post_install", "-at_install")
class TestMemberMovedPortal(HttpCase, MovedCommon):
    def test_pages_of_the_history(self):
        """Her login knows the new company alone; her card, plan and reports open."""
        self._move()
        self.user_worker.write(
            {
                "company_id": self.company_abroad.id,
                "company_ids": [Command.set(self.company_abroad.ids)],
            }
        )
        self.env.flush_all()
        self.authenticate(self.user_worker.login, self.user_worker.login)
        plans = self.env["hr.backbone.plan"].search([("employee_id", "=", self.worker.id)])
        for path in (
            "/my/backbone",
            f"/my/backbone/members/{self.member.id}",
            f"/my/backbone/plans/{plans[0].id}",
            f"/my/backbone/applications/{self.member.sudo().application_id.id}",
            f"/my/backbone/mentorships/{self.mentorship.id}",
            "/my/backbone/reports",
            f"/my/backbone/reports/{self.report.id}",
            f"/my/backbone/reports/{self.report.id}/pdf",
            "/my/backbone/achievements",
        ):
            with self.subTest(path=path):
                answer = self.url_open(path)
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("Nothing waits", answer.text) if path != "/my/backbone" else None
        self.assertIn("Nothing waits for you now", self.url_open("/my/backbone").text)
