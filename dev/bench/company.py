"""The people that the operations work on."""

from datetime import timedelta

from odoo import fields

HIRED = fields.Date.to_date("2018-01-01")


class Company:
    """The main company with the people of the procedure and as many employees as asked.

    The employees have no login, so that neither our moves nor the peer's write to them.
    """

    def __init__(self, env, n):
        self.env = env
        self.company = env.ref("base.main_company")
        self.users = {name: self._user(name, *groups) for name, groups in self.PEOPLE.items()}
        self.department, self.job = self._organization()
        self.employees = self._employees(n)

    PEOPLE = {
        "leader": (),
        "director": (),
        "officer": ("hr_backbone_training.group_hr_backbone_officer",),
        "chair": ("hr_backbone_training.group_hr_backbone_committee",),
        "member": ("hr_backbone_training.group_hr_backbone_committee",),
    }

    def _user(self, name, *groups):
        login = f"bench_{name}"
        users = self.env["res.users"].with_context(no_reset_password=True)
        return users.search([("login", "=", login)]) or users.create(
            {
                "name": name.capitalize(),
                "login": login,
                "email": f"{login}@example.com",
                "group_ids": [
                    (6, 0, [self.env.ref(group).id for group in ("base.group_user", *groups)])
                ],
            }
        )

    def _organization(self):
        job = self.env["hr.job"].create(
            {
                "name": "Fitter",
                "backbone_rank_id": self.env.ref("hr_backbone_training.rank_employee").id,
            }
        )
        center = self.env["hr.department"].create({"name": "Center", "is_backbone_center": True})
        department = self.env["hr.department"].create({"name": "Works", "parent_id": center.id})
        for place, name in ((center, "director"), (department, "leader")):
            user = self.users[name]
            place.manager_id = user.employee_id or self._employee(place, job, user=user)
        return department, job

    def _employee(self, department, job, name="", user=None):
        return self.env["hr.employee"].create(self._employee_vals(department, job, name, user))

    def _employee_vals(self, department, job, name="", user=None):
        return {
            "name": user.name if user else name,
            "user_id": user.id if user else False,
            "department_id": department.id,
            "job_id": job.id,
            "date_version": HIRED,
            "contract_date_start": HIRED,
        }

    def _employees(self, n):
        return self.env["hr.employee"].create(
            [
                {
                    **self._employee_vals(self.department, self.job, f"Employee {number:04}"),
                    "work_email": f"employee{number:04}@example.com",
                }
                for number in range(n)
            ]
        )

    def program(self):
        """This year's program, open today, with a place for everyone."""
        today = fields.Date.today()
        programs = self.env["hr.backbone.program"].with_user(self.users["officer"])
        program = programs.search([("year", "=", today.year)])
        if not program:
            program = programs.create(
                {
                    "year": today.year,
                    "recommendation_start": today - timedelta(days=30),
                    "recommendation_end": today + timedelta(days=30),
                }
            )
            program.line_ids.quota = 100_000
            program.action_start()
        return program
