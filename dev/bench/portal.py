"""The pages of `/my/backbone`, each asked for over WSGI with n applications more in the
database and n / 10 trainings behind the member of the card, and Odoo's own `/my` beside them."""

import threading
from datetime import timedelta

from applications import Case
from company import Company
from harness import Operation, settle
from quarter import Clones
from werkzeug.test import Client

from odoo import fields
from odoo.http import DEFAULT_LANG, get_default_session, root
from odoo.service import security
from odoo.tools import SQL

PEER = "/my"
CARD = "the member's card"
MINE = ("/my/backbone", "its application", "its plan", CARD)
OTHERS = ("/my/backbone/recommend", "/my/backbone/approvals")
PEERS = dict.fromkeys((*MINE, *OTHERS), PEER)
ACTIONS = 5
# a page is a matter of milliseconds: what else the machine does shows
REPEAT = 21


def pages(env, n):
    """The pages of an employee with a portal login, and the long ones of leader and director.

    A request has a cursor of its own: what it is to see is committed.
    """
    company = Company(env, n)
    case = Case(company)
    employee, application = _employee(company), case.applications[0]
    plan = _write_plan(application.sudo().plan_id, employee)
    submit, _floor = case.prepare_submit()
    submit()
    member = _make_member(env, application.sudo().employee_id, n // 10)
    settle(env)
    env.cr.commit()
    mine = (PEER, "/my/backbone", application.access_url, plan.access_url, member.access_url)
    for name, path in zip((PEER, *MINE), mine, strict=True):
        yield from _visits(env, n, name, employee, path)
    for name, who in zip(OTHERS, ("leader", "director"), strict=True):
        yield from _visits(env, n, name, company.users[who], name)


def _employee(company):
    """A portal login for the first of the employees."""
    person = company.employees[0]
    user = (
        company.env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": person.name,
                "login": f"bench_employee{person.id}",
                "email": person.work_email,
                "group_ids": [(6, 0, [company.env.ref("base.group_portal").id])],
            }
        )
    )
    person.user_id = user
    return user


def _make_member(env, employee, sessions):
    """The employee as a member who has been to so many trainings."""
    member = env["hr.backbone.member"]._create_moved(
        [
            {
                "employee_id": employee.id,
                "echelon_id": env.ref("hr_backbone_training.echelon_3").id,
                "date_admitted": "2018-01-01",
            }
        ]
    )
    training = env["hr.backbone.training"].create(
        {
            "name": "Leading a Team",
            "provider": "Academy",
            "date_start": fields.Datetime.now() - timedelta(days=7),
        }
    )
    row = env["hr.backbone.training.participant"].create(
        {"training_id": training.id, "member_id": member.id}
    )
    row._write_moved({"state": "attended"})
    training._write_moved({"state": "done"})
    settle(env)
    clones = Clones(env.cr)
    trainings = clones.make("hr_backbone_training", training.id, sessions - 1)
    clones.make(row._table, row.id, sessions - 1, training_id=SQL("(%s::int[])[i]", trainings))
    env.invalidate_all()
    return member


def _write_plan(plan, user):
    """A plan as people write it, submitted."""
    plan._write_moved({"state": "draft"})
    mine = plan.with_user(user).sudo(False)
    texts = dict.fromkeys(("strengths", "gaps", "goal_short", "goal_long"), "Patient and exact")
    lines = [(0, 0, {"action": f"Talk {number} with the mentor"}) for number in range(ACTIONS)]
    mine.write({**texts, "line_ids": lines})
    mine.action_submit()
    return mine


def _visits(env, n, name, user, path):
    session = log_in(env, user)
    client = Client(root)
    client.set_cookie("session_id", session.sid, domain="localhost")

    def visit():
        response = client.get(path, base_url="http://localhost")
        assert response.status_code == 200, f"{path}: {response.status}"
        # counted by Odoo, for this request
        env.cr.sql_log_count += threading.current_thread().query_count

    try:
        visit()  # fills the caches of templates and assets
        yield Operation(name, n, visit, repeat=REPEAT)
    finally:
        root.session_store.delete(session)


def log_in(env, user):
    session = root.session_store.new()
    session.update(get_default_session(), db=env.cr.dbname, _trace_disable=True)
    session.context["lang"] = DEFAULT_LANG
    session.uid, session.login = user.id, user.login
    session.session_token = security.compute_session_token(session, env(user=user.id))
    root.session_store.save(session)
    return session
