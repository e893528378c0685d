"""What the addon costs people who have nothing to do with the scheme: the same operations of
Odoo's own, in turn, in a database with the addon and in one without it."""

import statistics
import sys
import threading
import time
from functools import partial
from typing import NamedTuple

from harness import lay_out, settle
from portal import PEER, log_in
from werkzeug.test import Client

import odoo
from odoo import Command, fields
from odoo.http import root
from odoo.modules.registry import Registry
from odoo.tests import Form

# of each operation, so many at a time, and so many times in either database
BATCH = 5
REPEAT = 15
# what the addon may add
QUERIES = 0
CPU = 1.03
HEADINGS = (
    *("operation", "queries", "without", "CPU ms", "without", "ratio", "ratio of calls"),
    *("at most", "kept"),
)


class Cost(NamedTuple):
    cpu: float
    queries: float


def strangers(database, plain):
    """The lines of the table.

    :param str database: one with the addon, without peers or with the same as the other
    :param str plain: one without the addon
    """
    known = odoo.tools.config["db_name"]
    # a request finds its database in this list
    odoo.tools.config["db_name"] = [database, plain]
    try:
        with Registry(database).cursor() as ours, Registry(plain).cursor() as theirs:
            # the one without the addon first, in each pair
            acts = [_prepare(_env(cr)) for cr in (theirs, ours)]
            pairs = {name: [act[name] for act in acts] for name in acts[0]}
            rows = [(name, *_compare(*pair), *map(_count, pair)) for name, pair in pairs.items()]
    finally:
        odoo.tools.config["db_name"] = known
    return _table(rows)


def _env(cr):
    return odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})


def _compare(plain, ours):
    """The least costs of the two, which take turns: what else the machine does falls on both,
    and only adds. Each starts once unmeasured, and fills the caches of its registry."""
    costs = {plain: [], ours: []}
    for number in range(REPEAT + 1):
        for act in (plain, ours) if number % 2 else (ours, plain):
            cost = act()
            if number:
                costs[act].append(cost)
    return [Cost(*map(min, zip(*costs[act], strict=True))) for act in (plain, ours)]


def _count(act):
    """How many functions of Python it calls: unlike the CPU the same each time, and whatever else
    the machine does; but a call may be short or long."""
    calls = 0

    def note(_frame, event, _arg):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return calls


def _table(rows):
    lines = [HEADINGS]
    for name, plain, ours, plain_calls, calls in rows:
        ratio = ours.cpu / plain.cpu
        kept = ours.queries - plain.queries <= QUERIES and ratio <= CPU
        lines.append(
            (
                name,
                f"{ours.queries:.1f}",
                f"{plain.queries:.1f}",
                f"{1000 * ours.cpu:.2f}",
                f"{1000 * plain.cpu:.2f}",
                f"{ratio:.3f}",
                f"{calls / plain_calls:.3f}",
                f"+{QUERIES} queries, × {CPU:g} CPU",
                "yes" if kept else "NO",
            )
        )
    return lay_out(lines)


# -- what is measured ---------------------------------------------------------------------


def _prepare(env):
    """{name: function that does it once and returns its cost}; a warehouse clerk with a
    calendar, somebody in HR, and a customer with a portal login."""
    clerk = _user(env, "clerk", "base.group_user")
    officer = _user(env, "personnel", "base.group_user", "hr.group_hr_manager")
    customer = _user(env, "customer", "base.group_portal")
    jobs = env["hr.job"].create([{"name": name} for name in ("Packer", "Driver")])
    departments = env["hr.department"].create([{"name": name} for name in ("Store", "Yard")])
    employees = env["hr.employee"].create(
        [_employee_vals(f"Packer {number}", jobs[0], departments[0]) for number in range(BATCH)]
    )
    events = (
        env["calendar.event"]
        .with_user(clerk)
        .create(
            [
                {
                    "name": f"Delivery {number}",
                    "start": "2030-03-04 09:00:00",
                    "stop": "2030-03-04 10:00:00",
                    "partner_ids": [Command.set(clerk.partner_id.ids)],
                }
                for number in range(BATCH)
            ]
        )
    )
    settle(env)
    env.cr.commit()
    events = events.with_user(clerk)
    people = employees.with_user(officer)
    versions = people.version_id
    return {
        "calendar: when": partial(
            _each,
            events,
            lambda event: event.write(
                {"start": "2030-03-05 09:00:00", "stop": "2030-03-05 10:00:00"}
            ),
        ),
        "calendar: where": partial(_each, events, lambda event: event.write({"location": "Yard"})),
        "employee: job": partial(_each, people, lambda row: row.write({"job_id": jobs[1].id})),
        "employee: department": partial(
            _each, people, lambda row: row.write({"department_id": departments[1].id})
        ),
        "employee: created": partial(
            _each,
            people,
            lambda row: row.create(_employee_vals("Novice", jobs[0], departments[0])),
        ),
        "version: written": partial(
            _each, versions, lambda row: row.write({"date_version": "2019-01-01"})
        ),
        "version: created": partial(
            _each, people, lambda row: row.create_version({"date_version": "2025-01-01"})
        ),
        "employee: opened": partial(_each, people, _open_form(people)),
        PEER: partial(_request, _client(env, customer)),
    }


def _user(env, name, *groups):
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": name.capitalize(),
                "login": f"bench_{name}",
                "email": f"bench_{name}@example.com",
                "group_ids": [Command.set([env.ref(group).id for group in groups])],
            }
        )
    )


def _employee_vals(name, job, department):
    return {
        "name": name,
        "job_id": job.id,
        "department_id": department.id,
        "date_version": "2018-01-01",
        "contract_date_start": fields.Date.to_date("2018-01-01"),
        # the one that Odoo draws is most of the work otherwise
        "image_1920": False,
    }


def _open_form(people):
    """What the web client asks when it opens the form: the views, then the record."""
    options = {"toolbar": True, "load_filters": True}
    spec = Form(people[0])._view["fields_spec"]

    def open_form(row):
        row.get_views([(False, "list"), (False, "form"), (False, "search")], options)
        row.web_read(spec)

    return open_form


def _each(records, act):
    """Do it to each record by itself, as a request does: with an empty cache, and to the end.

    :return: the cost of one, the least CPU and the mean of the queries; nothing stays
    """
    env, costs = records.env, []
    for record in records:
        env.invalidate_all()
        savepoint = env.cr.savepoint(flush=False)
        queries, begin = env.cr.sql_log_count, time.process_time()
        act(record)
        settle(env)
        cpu = time.process_time() - begin
        costs.append(Cost(cpu, env.cr.sql_log_count - queries))
        env.clear()
        savepoint.close()
    cpu, queries = zip(*costs, strict=True)
    return Cost(min(cpu), statistics.mean(queries))


def _client(env, user):
    """A browser in which this user has logged in."""
    client = Client(root)
    client.set_cookie("session_id", log_in(env, user).sid, domain="localhost")
    return client


def _request(client):
    """Ask for the page."""
    begin = time.process_time()
    for _number in range(BATCH):
        response = client.get(PEER, base_url="http://localhost")
        assert response.status_code == 200, response.status
    cpu = (time.process_time() - begin) / BATCH
    return Cost(cpu, threading.current_thread().query_count)
