# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.modules.module import load_script
from odoo.tools import file_path

from odoo.addons.base.tests.common import BaseCommon

from . import bulk, organization
from .organization import TODAY


def is_ours(model):
    """Whether the main addon made the model, which its tables of tests are about. A glue addon
    has models of the same family, and tests of its own."""
    return model._original_module == "hr_backbone_training"


class BackboneCommon(BaseCommon):
    """One company, three departments below each other, and one user for each role with
    the lowest right that should suffice: see organization.py. The day is fixed: Monday,
    2 March 2026.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"{TODAY} 09:00:00"))
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        records = organization.find_or_build(cls.env)
        cls.env.user.company_ids |= records["company"]
        cls.env.user.company_id = records["company"]
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": records["company"].ids}
        )
        for name, record in records.items():
            setattr(cls, name, record.with_env(cls.env))
        cls.program = cls.program.with_user(cls.user_officer)
        cls.echelon_1, cls.echelon_2, cls.echelon_3 = (
            cls.env.ref(f"hr_backbone_training.echelon_{level}") for level in (1, 2, 3)
        )

    def setUp(self):
        """What Odoo keeps in its caches outlives a test that has changed nothing of it.

        Odoo's test case empties all of them after each test; then each one reads the access
        rights and compiles the templates of its pages anew, a third of its time. What a test
        writes there makes Odoo itself empty the caches concerned, and does so once more when
        the test is rolled back.
        """
        registry, emptied = self.registry, {}

        def note(empty):
            def empty_and_note(*names):
                emptied[empty, names] = True
                empty(*names)

            return empty_and_note

        def empty_again():
            for empty, names in emptied:
                empty(*names)

        names = ("clear_cache", "clear_all_caches")
        noted = {name: note(getattr(registry, name)) for name in names}
        with patch.object(registry, "clear_all_caches", empty_again):
            super().setUp()
        for name, method in noted.items():
            self.startPatcher(patch.object(registry, name, method))

    # -- people ------------------------------------------------------------------------------

    @classmethod
    def _new_user(cls, login, groups="base.group_user", **kwargs):
        return cls._new_users({login: groups}, **kwargs)

    @classmethod
    def _new_users(cls, groups_by_login, **kwargs):
        """Users in one batch, which is a fourth of the price of one by one.

        :param dict groups_by_login: {login: external ids of groups, with commas}
        """
        company = kwargs.pop("company", cls.company)
        return organization.create(
            cls.env["res.users"],
            [
                organization.user_values(cls.env, login, groups, company, **kwargs)
                for login, groups in groups_by_login.items()
            ],
        )

    @classmethod
    def _new_employee(cls, user, department, job, start="2020-01-01", **kwargs):
        values = organization.employee_values(user, cls.company, department, job, start, **kwargs)
        return organization.create(cls.env["hr.employee"], [values])

    @classmethod
    def _new_employees(cls, posts):
        """Employees in one batch.

        :param dict posts: {user, or the name of somebody without a login: (department, job)}
        """
        vals_list = []
        for person, (department, job) in posts.items():
            user, named = (None, {"name": person}) if isinstance(person, str) else (person, {})
            vals_list.append(
                organization.employee_values(user, cls.company, department, job, **named)
            )
        return organization.create(cls.env["hr.employee"], vals_list)

    @classmethod
    def _become(cls, user, employee):
        """The user is this employee from now on, as an HR administrator confirms; and no other
        one of the company any more."""
        employees = cls.env["hr.employee"].with_context(active_test=False)
        employees.search(
            [("user_id", "=", user.id), ("company_id", "=", employee.company_id.id)]
        ).user_id = False
        cls.env.flush_all()
        employee.user_id = user
        changed = cls.env["hr.backbone.login"].search(
            [("employee_id", "=", employee.id), ("state", "=", "shut")]
        )
        changed.with_user(cls.user_admin).action_confirm()

    @classmethod
    def _new_people(cls, number, name="Person", **kwargs):
        """So many employees of the line without a login, each with an address of their own."""
        department = kwargs.pop("department", cls.line)
        job = kwargs.pop("job", cls.job_worker)
        names = [f"{name} {index}" for index in range(number)]
        kwargs = {"work_email": f"{name.lower()}0@example.com", **kwargs}
        first = cls._new_employee(None, department, job, name=names[0], **kwargs)
        return first | bulk.copy_employee(first, names[1:]) if number > 1 else first

    @classmethod
    def _new_members(cls, employees, mentor=None, **kwargs):
        """Members of the third echelon since January, without the procedure."""
        members = cls.env["hr.backbone.member"]._create_moved(
            [
                {
                    "employee_id": employee.id,
                    "program_id": cls.program.id,
                    "echelon_id": cls.echelon_3.id,
                    "date_admitted": "2026-01-05",
                    **kwargs,
                }
                for employee in employees
            ]
        )
        if mentor:
            cls._set_mentor(members, mentor)
        return members

    @classmethod
    def _new_applications(cls, employees, **kwargs):
        """Drafts by the leader of the line, seen by HR, in one batch."""
        return (
            cls.env["hr.backbone.application"]
            .with_user(cls.user_officer)
            .create(
                [
                    {
                        "employee_id": employee.id,
                        "program_id": cls.program.id,
                        "echelon_id": cls.echelon_3.id,
                        "recommender_id": cls.leader.id,
                        **kwargs,
                    }
                    for employee in employees
                ]
            )
        )

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
        """The recommended employee writes and submits their plan."""
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
    def _meet(cls, applications, vote="for", attendees=None, by=None):
        """A meeting in session on these applications, with a vote of each attendee."""
        meeting = (
            cls.env["hr.backbone.meeting"]
            .with_user(by or cls.user_officer)
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
    def _publish(cls, applications, by=None):
        publicity = (
            cls.env["hr.backbone.publicity"]
            .with_user(by or cls.user_officer)
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
    def _open_scopes(cls):
        """Each rank fits into every echelon."""
        echelons = cls.echelon_1 | cls.echelon_2 | cls.echelon_3
        echelons.sudo().rank_ids = cls.env["hr.backbone.rank"].search([])

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
    def _set_mentor(cls, members, mentor):
        """The mentor of members without the procedure, and without its rules."""
        members.sudo()._on_mentor_changed(mentor)
        members.sudo()._on_mentors_changed()

    # -- a second company, and what must be refused ----------------------------------------

    @classmethod
    def _create_abroad(cls):
        """A running program of the other company, which has one employee and an HR
        administrator."""
        cls.program_abroad = cls._as(cls.env["hr.backbone.program"], cls.user_admin_abroad).create(
            organization.PROGRAM
        )
        cls.program_abroad.action_start()

    @staticmethod
    def _as(records, user):
        """These records as `user` has them, in the companies of that user."""
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    @staticmethod
    def _form(record, report=None):
        """What the printed form of a record shows, as its report model gives it.

        :param report: the name of the report, where it is not that of the model
        """
        name = report or record._name.removeprefix("hr.backbone.")
        reports = record.env[f"report.hr_backbone_training.report_{name}"]
        return reports._get_forms(record)[record.id]

    @contextmanager
    def assertRefused(self, *words, error=UserError):
        """The block ends in `error`, and its sentence has all these words."""
        with self.assertRaises(error) as caught:
            yield
        for word in words:
            self.assertIn(word, str(caught.exception))

    @contextmanager
    def assertClaimed(self, record):
        """The block writes the row: another transaction that does so, too, is refused by the
        database and begun again."""

        def get_place():
            self.env.flush_all()
            self.cr.execute(f"SELECT ctid FROM {record._table} WHERE id = %s", record.ids)
            return self.cr.fetchone()

        before = get_place()
        yield
        self.assertNotEqual(get_place(), before)

    def _cost(self, action):
        """How many queries `action()` takes with a cold cache, all that it writes included."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _run_migration(self, path):
        """Run a script of `migrations/` as an update does, inside the test's transaction."""
        script = file_path(f"hr_backbone_training/migrations/{path}")
        load_script(script, "backbone_migration").migrate(self.env.cr, "19.0.1.0.0")

    def _run_cron(self, name):
        """Run the job as the scheduler does, inside the test's transaction."""
        with self.enter_registry_test_mode():
            self.env.ref(f"hr_backbone_training.ir_cron_backbone_{name}").method_direct_trigger()
