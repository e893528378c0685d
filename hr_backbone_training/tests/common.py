from contextlib import contextmanager
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

OFFICER = "hr_backbone_training.group_hr_backbone_officer"
MANAGER = "hr_backbone_training.group_hr_backbone_manager"
COMMITTEE = "hr_backbone_training.group_hr_backbone_committee"
# a Monday; the windows of the tests are counted from here
TODAY = "2026-03-02"


class BackboneCommon(BaseCommon):
    """One company, three departments below each other, and one user for each role with
    the lowest right that should suffice. The day is fixed: Monday, 2 March 2026.

        Board (center, director)
          └ Works (manager)
              └ Line (leader)  ── worker, with a portal login
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"{TODAY} 09:00:00"))
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.company = cls.env["res.company"].create({"name": "Backbone Works"})
        cls.env.user.company_ids |= cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.company = cls.company.with_env(cls.env)
        # else it is the time zone of whoever runs the tests
        cls.company.resource_calendar_id.tz = "UTC"
        cls._create_users()
        cls._create_organization()
        cls._create_program()

    @classmethod
    def _new_user(cls, login, groups="base.group_user", **kwargs):
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            company_id=kwargs.pop("company", cls.company).id,
            name=kwargs.pop("name", login.replace("bt_", "").capitalize()),
            email=f"{login}@example.com",
            **kwargs,
        )

    @classmethod
    def _create_users(cls):
        cls.user_worker = cls._new_user("bt_worker", "base.group_portal")
        cls.user_leader = cls._new_user("bt_leader")
        cls.user_manager = cls._new_user("bt_manager")
        cls.user_director = cls._new_user("bt_director")
        cls.user_officer = cls._new_user("bt_officer", OFFICER)
        cls.user_admin = cls._new_user("bt_admin", MANAGER)
        cls.user_chair = cls._new_user("bt_chair", f"base.group_user,{COMMITTEE}")
        cls.user_member = cls._new_user("bt_member", f"base.group_portal,{COMMITTEE}")
        cls.user_colleague = cls._new_user("bt_colleague")

    @classmethod
    def _new_employee(cls, user, department, job, start="2020-01-01", **kwargs):
        return cls.env["hr.employee"].create(
            {
                "name": user.name if user else kwargs.pop("name"),
                "user_id": user.id if user else False,
                "company_id": cls.company.id,
                "department_id": department and department.id,
                "job_id": job and job.id,
                "date_version": start or TODAY,
                "contract_date_start": start,
                **kwargs,
            }
        )

    @classmethod
    def _create_organization(cls):
        ranks = {
            code: cls.env.ref(f"hr_backbone_training.rank_{code}")
            for code in ("employee", "team_leader", "manager", "director")
        }
        cls.job_worker, cls.job_leader, cls.job_manager, cls.job_director = cls.env[
            "hr.job"
        ].create(
            [
                {"name": name, "company_id": cls.company.id, "backbone_rank_id": ranks[code].id}
                for name, code in (
                    ("Fitter", "employee"),
                    ("Shift Leader", "team_leader"),
                    ("Works Manager", "manager"),
                    ("Director of the Center", "director"),
                )
            ]
        )
        department = cls.env["hr.department"]
        cls.board = department.create(
            {"name": "Board", "company_id": cls.company.id, "is_backbone_center": True}
        )
        cls.works = department.create(
            {"name": "Works", "company_id": cls.company.id, "parent_id": cls.board.id}
        )
        cls.line = department.create(
            {"name": "Line", "company_id": cls.company.id, "parent_id": cls.works.id}
        )
        cls.worker = cls._new_employee(cls.user_worker, cls.line, cls.job_worker)
        cls.leader = cls._new_employee(cls.user_leader, cls.line, cls.job_leader)
        cls.manager = cls._new_employee(cls.user_manager, cls.works, cls.job_manager)
        cls.director = cls._new_employee(cls.user_director, cls.board, cls.job_director)
        cls.colleague = cls._new_employee(cls.user_colleague, cls.works, cls.job_worker)
        cls.officer = cls._new_employee(cls.user_officer, cls.board, cls.job_worker)
        cls.line.manager_id = cls.leader
        cls.works.manager_id = cls.manager
        cls.board.manager_id = cls.director

    @classmethod
    def _create_program(cls):
        cls.echelon_1, cls.echelon_2, cls.echelon_3 = (
            cls.env.ref(f"hr_backbone_training.echelon_{level}") for level in (1, 2, 3)
        )
        cls.program = (
            cls.env["hr.backbone.program"]
            .with_user(cls.user_officer)
            .create(
                {
                    "year": 2026,
                    "recommendation_start": date(2026, 3, 1),
                    "recommendation_end": date(2026, 3, 31),
                }
            )
        )
        cls.program.action_start()

    # -- the steps of the procedure, each by the person concerned ------------------------

    @classmethod
    def _recommend(cls, employee=None, user=None, **kwargs):
        """A complete draft by the employee's manager, seen by that manager."""
        user = user or cls.user_leader
        return (
            cls.env["hr.backbone.application"]
            .with_user(user)
            .create(
                {
                    "employee_id": (employee or cls.worker).id,
                    "program_id": cls.program.id,
                    "echelon_id": cls.echelon_3.id,
                    "score_performance": 90,
                    "reason_performance": "Best output of the line",
                    "score_potential": 85,
                    "reason_potential": "Learns fast",
                    "score_motivation": 80,
                    "reason_motivation": "Studies in the evening",
                    "main_results": "Cut the scrap rate by half",
                    "training_direction": "Leading a shift",
                    **kwargs,
                }
            )
        )

    @classmethod
    def _write_plan(cls, application):
        """The recommended employee writes and submits the own plan."""
        plan = application.sudo().plan_id.with_user(application.sudo().employee_id.user_id)
        plan.write(
            {
                "strengths": "Precise",
                "gaps": "Has not led people yet",
                "goal_short": "Deputy of the shift leader",
                "goal_long": "Shift leader",
                "line_ids": [
                    (0, 0, {"method": "mentoring", "action": "A talk every two weeks"}),
                    (0, 0, {"method": "promotion", "action": "Master craftsman's exam"}),
                ],
            }
        )
        plan.action_submit()
        return plan

    @classmethod
    def _submitted(cls, **kwargs):
        application = cls._recommend(**kwargs)
        cls._write_plan(application)
        application.action_submit()
        return application

    @classmethod
    def _approved(cls, **kwargs):
        application = cls._submitted(**kwargs)
        application.with_user(application.sudo().approver_id.user_id).action_approve()
        return application

    @classmethod
    def _reviewed(cls, **kwargs):
        application = cls._approved(**kwargs).with_user(cls.user_officer)
        application.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        application.action_pass_review()
        return application

    @classmethod
    def _meet(cls, applications, vote="for", attendees=None):
        """A meeting in session on these applications, with a vote of each attendee."""
        meeting = (
            cls.env["hr.backbone.meeting"]
            .with_user(cls.user_officer)
            .create(
                {
                    "program_id": cls.program.id,
                    "attendee_ids": (attendees or cls.user_chair | cls.user_member).ids,
                    "item_ids": [(0, 0, {"application_id": a.id}) for a in applications],
                }
            )
        )
        meeting.action_open()
        if vote:
            for user in meeting.attendee_ids:
                getattr(meeting.item_ids.with_user(user), f"action_vote_{vote}")()
        return meeting

    @classmethod
    def _selected(cls, **kwargs):
        application = cls._reviewed(**kwargs)
        cls._meet(application).with_user(cls.user_chair).action_close()
        return application

    @classmethod
    def _publish(cls, applications):
        publicity = (
            cls.env["hr.backbone.publicity"]
            .with_user(cls.user_officer)
            .create(
                {
                    "program_id": cls.program.id,
                    "line_ids": [(0, 0, {"application_id": a.id}) for a in applications],
                }
            )
        )
        publicity.action_publish()
        return publicity

    @classmethod
    def _publicized(cls, **kwargs):
        application = cls._selected(**kwargs)
        return application, cls._publish(application)

    @classmethod
    def _admitted(cls, **kwargs):
        """A member of the talent pool, seen by HR."""
        application, publicity = cls._publicized(**kwargs)
        with freeze_time("2026-03-10 09:00:00"):
            publicity.action_close()
        return (
            cls.env["hr.backbone.member"]
            .with_user(cls.user_officer)
            .search([("employee_id", "=", application.employee_id.id)])
        )

    @classmethod
    def _appoint(cls, member, mentor, user=None):
        """An appointment by HR, which nobody has accepted yet."""
        return (
            cls.env["hr.backbone.mentorship"]
            .with_user(user or cls.user_officer)
            .create({"member_id": member.id, "mentor_id": mentor.id})
        )

    @classmethod
    def _mentored(cls, member, mentor):
        """An active mentorship, accepted by both."""
        mentorship = cls._appoint(member, mentor)
        for person in (member.sudo().employee_id, mentor):
            user = person.sudo().user_id
            mentorship.with_user(user if user.active else cls.user_officer).action_accept()
        return mentorship

    @classmethod
    def _set_mentor(cls, member, mentor):
        """The mentor of a member without the procedure, and without its rules."""
        member.sudo()._on_mentor_changed(mentor)

    # -- a second company, and what must be refused ----------------------------------------

    @classmethod
    def _create_abroad(cls):
        """Another company with a running program, one employee and its HR administrator."""
        cls.company_abroad = cls.env["res.company"].create({"name": "Backbone Abroad"})
        cls.user_abroad = cls._new_user("bt_abroad", company=cls.company_abroad)
        cls.user_admin_abroad = cls._new_user(
            "bt_admin_abroad", MANAGER, company=cls.company_abroad
        )
        cls.abroad = cls._new_employee(
            cls.user_abroad, None, None, company_id=cls.company_abroad.id
        )
        cls.program_abroad = cls._as(cls.env["hr.backbone.program"], cls.user_admin_abroad).create(
            {
                "year": 2026,
                "recommendation_start": date(2026, 3, 1),
                "recommendation_end": date(2026, 3, 31),
            }
        )
        cls.program_abroad.action_start()

    @staticmethod
    def _as(records, user):
        """These records as `user` has them, in the companies of that user."""
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    @contextmanager
    def assertRefused(self, *words, error=UserError):
        """The block ends in `error`, and its sentence has all these words."""
        with self.assertRaises(error) as caught:
            yield
        for word in words:
            self.assertIn(word, str(caught.exception))

    def _run_cron(self, name):
        """Run the job as the scheduler does, inside the test's transaction."""
        with self.enter_registry_test_mode():
            self.env.ref(f"hr_backbone_training.ir_cron_backbone_{name}").method_direct_trigger()
