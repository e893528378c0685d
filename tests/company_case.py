"""A small company in a database without demo data, made over RPC: whom a recommendation needs."""

from datetime import date, timedelta
from types import SimpleNamespace

from portal_case import COMMITTEE, press

CANDIDATE = "Carla Small"
# login: (external ids of the groups, name, job); the password is the login
PEOPLE = {
    "small_candidate": (["base.group_portal"], CANDIDATE, "supervisor"),
    "head": (["base.group_portal"], "Hanna Small", "manager"),
    "director": (["base.group_portal"], "Dora Small", "director"),
    "hr": (["hr_backbone_training.group_hr_backbone_officer"], "Harriet Small", "employee"),
    **{
        login: (
            ["base.group_portal", "hr_backbone_training.group_hr_backbone_committee"],
            login.capitalize(),
            "director",
        )
        for login in COMMITTEE
    },
}
# department: (who leads it, who works in it)
DEPARTMENTS = {
    "Center": ("director", ["director", "hr", *COMMITTEE]),
    "Workshop": ("head", ["head", "small_candidate"]),
}


def make(rpc):
    """People with logins, their departments, jobs and ranks, and a started program.

    :return: the case of the one who may be recommended
    """
    admin = rpc("admin")
    users = _make_users(admin)
    employees = _make_employees(admin, users)
    today = date.today()
    program = {
        "year": today.year,
        "recommendation_start": str(today - timedelta(days=30)),
        "recommendation_end": str(today + timedelta(days=30)),
    }
    hr = rpc("hr")
    press(
        hr,
        "hr.backbone.program",
        "action_start",
        [hr.call("hr.backbone.program", "create", program)],
    )
    login = "small_candidate"
    return SimpleNamespace(name=CANDIDATE, login=login, employee=employees[login])


def _make_users(admin):
    vals_list = [
        {
            "name": name,
            "login": login,
            "password": login,
            "email": f"{login}@example.com",
            "group_ids": [(6, 0, [_find(admin, group) for group in groups])],
        }
        for login, (groups, name, _job) in PEOPLE.items()
    ]
    ids = admin.call("res.users", "create", vals_list, context={"no_reset_password": True})
    return dict(zip(PEOPLE, ids, strict=True))


def _make_employees(admin, users):
    jobs = {
        rank: admin.call(
            "hr.job",
            "create",
            {
                "name": f"Small {rank}",
                "backbone_rank_id": _find(admin, f"hr_backbone_training.rank_{rank}"),
            },
        )
        for rank in sorted({job for _groups, _name, job in PEOPLE.values()})
    }
    employees, parent = {}, False
    for department, (leader, logins) in DEPARTMENTS.items():
        vals = {"name": department, "parent_id": parent, "is_backbone_center": not parent}
        parent = admin.call("hr.department", "create", vals)
        vals_list = [
            {
                "name": PEOPLE[login][1],
                "user_id": users[login],
                "department_id": parent,
                "job_id": jobs[PEOPLE[login][2]],
                "date_version": "2018-01-01",
                "contract_date_start": "2018-01-01",
            }
            for login in logins
        ]
        employees |= dict(zip(logins, admin.call("hr.employee", "create", vals_list), strict=True))
        admin.call("hr.department", "write", [parent], {"manager_id": employees[leader]})
    return employees


def _find(admin, external_id):
    module, name = external_id.split(".")
    found = [("module", "=", module), ("name", "=", name)]
    return admin.call("ir.model.data", "search_read", found, ["res_id"])[0]["res_id"]
