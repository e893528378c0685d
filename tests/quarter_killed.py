"""What test_quarter_killed.py runs inside `dev/odoo shell`: processes that do the jobs of the
quarter and are killed on the way.

The processes are forked from one that has Odoo loaded, as Odoo's own prefork server makes its
workers; each has a connection of its own, and a SIGKILL leaves it no time for anything. Over
HTTP one could only kill a whole server, which takes longer to start than the jobs to run.
"""

import os
import random
import signal
import sys
import time
import traceback

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.sql_db import close_all
from odoo.tools import SQL

MEMBERS, MENTEES = 60, 5
KILLS = 50
COMPANY = "Kill Works"
STATE = """
    SELECT 'report' AS kind, e.name AS who, r.state AS what, count(*)
      FROM hr_backbone_report r JOIN hr_employee e ON e.id = r.employee_id
     WHERE e.name LIKE 'Kill %' GROUP BY 1, 2, 3
    UNION ALL
    SELECT 'assessment', e.name || ' by ' || m.name, a.state, count(*)
      FROM hr_backbone_assessment a JOIN hr_employee e ON e.id = a.employee_id
      JOIN hr_employee m ON m.id = a.mentor_id WHERE e.name LIKE 'Kill %' GROUP BY 1, 2, 3
    UNION ALL
    SELECT 'score', e.name, l.name, count(*)
      FROM hr_backbone_assessment_line l JOIN hr_backbone_assessment a ON a.id = l.assessment_id
      JOIN hr_employee e ON e.id = a.employee_id WHERE e.name LIKE 'Kill %' GROUP BY 1, 2, 3
    UNION ALL
    SELECT 'notice', e.name, n.kind || ' ' || n.state, count(*)
      FROM hr_backbone_quarter_notice n JOIN hr_employee e ON e.id = n.employee_id
     WHERE e.name LIKE 'Kill %' GROUP BY 1, 2, 3
    UNION ALL
    SELECT 'activity', u.login, v.res_model, count(*)
      FROM mail_activity v JOIN res_users u ON u.id = v.user_id
     WHERE u.login LIKE 'kill%' GROUP BY 1, 2, 3
    UNION ALL
    SELECT 'mail', p.email, m.subject, count(*)
      FROM mail_mail i JOIN mail_message m ON m.id = i.mail_message_id
      JOIN mail_mail_res_partner_rel r ON r.mail_mail_id = i.id
      JOIN res_partner p ON p.id = r.res_partner_id
     WHERE p.email LIKE 'kill%' GROUP BY 1, 2, 3
    ORDER BY 1, 2, 3"""
CLEAN = (
    """DELETE FROM mail_mail m USING mail_mail_res_partner_rel r, res_partner p
        WHERE r.mail_mail_id = m.id AND p.id = r.res_partner_id AND p.email LIKE 'kill%'""",
    """DELETE FROM mail_activity v USING res_users u
        WHERE u.id = v.user_id AND u.login LIKE 'kill%'""",
    *(
        f"""DELETE FROM hr_backbone_{table} d USING res_company c
             WHERE c.id = d.company_id AND c.name = '{COMPANY}'"""
        for table in ("quarter_notice", "assessment", "report", "quarter")
    ),
)


def main(env):
    """Prints what the test looks at."""
    database = env.cr.dbname
    build(env)
    env.cr.commit()
    whole, seconds = undisturbed(database)
    print("rows", len(whole), "twice", [row for row in whole if row[3] != 1])
    print("kinds", *sorted({row[0] for row in whole}))
    dice = random.Random(20260302)
    killed = 0
    while killed < KILLS:
        run_sql(database, *CLEAN)
        # one after the other is killed, until one is ready before its moment has come
        while kill_one(database, dice.uniform(0, seconds / 4)):
            killed += 1
        report("killed", killed, whole, database)
    for number in range(3):
        run_sql(database, *CLEAN)
        workers = [start(database), start(database)]
        print("exit codes", *map(wait, workers))
        report("two at once", number, whole, database)
    # the shell's own connection went with the first fork: it has nothing to roll back
    sys.stdout.flush()
    os._exit(0)


def build(env):
    """Members and mentors, some with the backend, the others with an address alone."""
    company = env["res.company"].create(
        {"name": COMPANY, "backbone_remind_before": 120, "backbone_report_days": 0}
    )
    env = env(context={"allowed_company_ids": company.ids, "no_reset_password": True})
    users = env["res.users"].create(
        [
            {
                "name": f"Kill {number}",
                "login": f"kill{number}",
                "email": f"kill{number}@example.com",
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [(6, 0, env.ref("base.group_user").ids)],
            }
            for number in range(MEMBERS // MENTEES)
        ]
    )
    people = env["hr.employee"].create(
        [
            {
                "name": f"Kill {number}",
                "work_email": f"kill{number}@example.com",
                "user_id": users[number].id if number < len(users) else False,
                "company_id": company.id,
            }
            for number in range(MEMBERS)
        ]
    )
    env["hr.backbone.member"]._create_moved(
        [
            {
                "employee_id": employee.id,
                "echelon_id": env.ref("hr_backbone_training.echelon_3").id,
                "date_admitted": "2018-01-01",
                "mentor_id": people[number // MENTEES * 2].id,
            }
            for number, employee in enumerate(people)
        ]
    )


def jobs(env):
    """As the scheduler runs them, in small batches: more moments at which to be killed."""
    retrying(env["hr.backbone.quarter"]._cron_open, env)
    retrying(env["hr.backbone.quarter"]._cron_remind, env)
    notices = env["hr.backbone.quarter.notice"]
    retrying(lambda: notices._cron_tell(batch_size=5), env)
    env.cr.commit()


def start(database):
    """A process of its own that does the jobs."""
    close_all()
    if child := os.fork():
        return child
    code = 1
    try:
        with Registry(database).cursor() as cr:
            jobs(api.Environment(cr, SUPERUSER_ID, {}))
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def wait(child):
    return os.waitpid(child, 0)[1]


def kill_one(database, seconds):
    """:return: 1 when the process was still at work"""
    child = start(database)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    killed = os.WIFSIGNALED(wait(child))
    wait_alone(database)
    return int(killed)


def wait_alone(database):
    """Until PostgreSQL is rid of the process: what its transaction has in hand is passed over by
    the next one, and left to the one after. A statement under way does not notice by itself that
    nobody waits for it any more; the server's own workers (autovacuum) do not count.
    """
    others = SQL(
        """FROM pg_stat_activity WHERE datname = current_database()
           AND backend_type = 'client backend' AND pid != pg_backend_pid()"""
    )
    with Registry(database).cursor() as cr:
        for _try in range(600):
            cr.execute(SQL("SELECT pg_terminate_backend(pid) %s", others))
            if not cr.rowcount:
                return
            time.sleep(0.05)
            cr.execute("SELECT pg_stat_clear_snapshot()")
        cr.execute(SQL("SELECT state, wait_event, query %s", others))
        raise AssertionError(f"somebody is still connected: {cr.fetchall()}")


def undisturbed(database):
    """What comes of it, and how long it takes."""
    begin = time.monotonic()
    assert wait(start(database)) == 0
    seconds = time.monotonic() - begin
    return run_sql(database, STATE), seconds


def run_sql(database, *statements):
    with Registry(database).cursor() as cr:
        for statement in statements:
            cr.execute(statement)
        return cr.fetchall() if statements == (STATE,) else None


def report(name, number, whole, database):
    found = run_sql(database, STATE)
    print(name, number, "the same" if found == whole else sorted(set(found) ^ set(whole))[:5])
