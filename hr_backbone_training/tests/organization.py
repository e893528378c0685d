# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""The organization that the tests work in, made once for a database.

`make test` keeps it in the database that it copies (`commit`), and each class finds it
there. In any other database, whose data are somebody's, each class makes it for itself
within its transaction, and nothing of it stays.

    Backbone Works                              Backbone Abroad
        Board (center, director)                    abroad (with HR of its own)
          └ Works (manager)
              └ Line (leader)  ── worker, with a portal login
"""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from passlib.context import CryptContext

from odoo import Command

from odoo.addons.base.models import res_users
from odoo.addons.base.models.avatar_mixin import AvatarMixin
from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

OFFICER = "hr_backbone_training.group_hr_backbone_officer"
MANAGER = "hr_backbone_training.group_hr_backbone_manager"
COMMITTEE = "hr_backbone_training.group_hr_backbone_committee"
# a Monday; the windows of the tests are counted from here
TODAY = "2026-03-02"
# the external ids of what was made, none of which is an addon's
MODULE = "__backbone_tests__"
CONTEXT = {**DISABLED_MAIL_CONTEXT, "tracking_disable": False}

# login without its prefix: groups; each role has the lowest right that should suffice
USERS = {
    "worker": "base.group_portal",
    "leader": "base.group_user",
    "manager": "base.group_user",
    "director": "base.group_user",
    "officer": OFFICER,
    "admin": MANAGER,
    "chair": f"base.group_user,{COMMITTEE}",
    "member": f"base.group_portal,{COMMITTEE}",
    "colleague": "base.group_user",
}
USERS_ABROAD = {"abroad": "base.group_user", "admin_abroad": MANAGER}
# job: (name, rank)
JOBS = {
    "worker": ("Fitter", "employee"),
    "leader": ("Shift Leader", "team_leader"),
    "manager": ("Works Manager", "manager"),
    "director": ("Director of the Center", "director"),
}
# employee: (department, job)
POSTS = {
    "worker": ("line", "worker"),
    "leader": ("line", "leader"),
    "manager": ("works", "manager"),
    "director": ("board", "director"),
    "colleague": ("works", "worker"),
    "officer": ("board", "worker"),
}
MANAGERS = {"line": "leader", "works": "manager", "board": "director"}
PROGRAM = {
    "year": 2026,
    "recommendation_start": date(2026, 3, 1),
    "recommendation_end": date(2026, 3, 31),
}


def find_or_build(env):
    """:return: {name: record} of the organization, as the superuser has it"""
    return find(env) or build(env)


def find(env):
    """:return: {name: record} of what `commit` left in this database, empty where nothing is"""
    rows = env["ir.model.data"].search_fetch([("module", "=", MODULE)], ["name", "model", "res_id"])
    return {row.name: env[row.model].browse(row.res_id) for row in rows}


def commit(env):
    """Make the organization and let it stay; for a database that only tests ever see."""
    if find(env):
        return
    with freeze_time(f"{TODAY} 09:00:00"), with_cheap_passwords():
        env = env(context=CONTEXT)
        records = build(env)
        env["ir.model.data"].create(
            [
                {"module": MODULE, "name": name, "model": record._name, "res_id": record.id}
                for name, record in records.items()
            ]
        )
        env.cr.commit()


def create(people, vals_list):
    """Create users or employees without drawing an avatar, which is half their price. Pages
    that show one draw it, as for everybody without a picture."""
    with patch.object(AvatarMixin, "_avatar_generate_svg", lambda record: False):
        return people.create(vals_list)


def with_cheap_passwords():
    """:return: a patcher: passwords are hashed in one round, as in Odoo's own test cases"""
    context = CryptContext(["pbkdf2_sha512", "plaintext"], pbkdf2_sha512__rounds=1)
    return patch.object(res_users.ResUsersPatchedInTest, "_crypt_context", lambda user: context)


# -- what is made ---------------------------------------------------------------------


def build(env):
    """Make the organization within this transaction."""
    company, abroad = env["res.company"].create(
        [{"name": "Backbone Works"}, {"name": "Backbone Abroad"}]
    )
    # else it is the time zone of whoever runs the tests
    company.resource_calendar_id.tz = "UTC"
    records = {"company": company, "company_abroad": abroad}
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    records |= _build_users(env, company, abroad)
    records |= _build_departments(env, company)
    records |= _build_employees(env, company, abroad, records)
    records["program"] = _build_program(env, records["user_officer"], company)
    env.flush_all()
    return records


def user_values(env, login, groups, company, **kwargs):
    """The values of one user, as `new_test_user` of Odoo has them; the password is the login.

    :param str groups: the external ids of groups, with commas between them
    """
    group_ids = [env.ref(name).id for name in groups.split(",")]
    return {
        "login": login,
        "name": login.removeprefix("bt_").capitalize(),
        "email": f"{login}@example.com",
        "password": login.ljust(8, "x"),
        "company_id": company.id,
        "company_ids": [Command.link(company.id)],
        "group_ids": [Command.set(group_ids)],
        **kwargs,
    }


def employee_values(user, company, department=None, job=None, start="2020-01-01", **kwargs):
    """The values of one employee, who has a contract since `start`, if that is given."""
    return {
        "name": user.name if user else None,
        "user_id": user.id if user else False,
        "company_id": company.id,
        "department_id": department and department.id,
        "job_id": job and job.id,
        "date_version": start or TODAY,
        "contract_date_start": start,
        **kwargs,
    }


def _build_users(env, company, abroad):
    names = [*USERS, *USERS_ABROAD]
    users = create(
        env["res.users"],
        [user_values(env, f"bt_{name}", groups, company) for name, groups in USERS.items()]
        + [user_values(env, f"bt_{name}", groups, abroad) for name, groups in USERS_ABROAD.items()],
    )
    return {f"user_{name}": user for name, user in zip(names, users, strict=True)}


def _build_departments(env, company):
    jobs = env["hr.job"].create(
        [
            {
                "name": name,
                "company_id": company.id,
                "backbone_rank_id": env.ref(f"hr_backbone_training.rank_{rank}").id,
            }
            for name, rank in JOBS.values()
        ]
    )
    records = {f"job_{name}": job for name, job in zip(JOBS, jobs, strict=True)}
    parent = env["hr.department"]
    for name in ("board", "works", "line"):
        parent = records[name] = parent.create(
            {
                "name": name.capitalize(),
                "company_id": company.id,
                "parent_id": parent.id,
                "is_backbone_center": name == "board",
            }
        )
    return records


def _build_employees(env, company, abroad, records):
    names = [*POSTS, "abroad"]
    employees = create(
        env["hr.employee"],
        [
            employee_values(
                records[f"user_{name}"], company, records[department], records[f"job_{job}"]
            )
            for name, (department, job) in POSTS.items()
        ]
        + [employee_values(records["user_abroad"], abroad)],
    )
    people = dict(zip(names, employees, strict=True))
    for department, name in MANAGERS.items():
        records[department].manager_id = people[name]
    return people


def _build_program(env, officer, company):
    program = env["hr.backbone.program"].with_user(officer).create(PROGRAM)
    program.action_start()
    return program
