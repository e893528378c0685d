"""The quarter of n members: opening it, telling people, closing it.

The people are cloned in SQL: what is measured is the quarter, and ten thousand employees made
by Odoo would take longer than all the rest.
"""

import resource
from unittest.mock import patch

from harness import Operation, settle

from odoo.tools import SQL

OPEN = "quarter: make the documents"
TELL = "quarter: tell in the backend"
MAIL = "quarter: tell by mail"
CLOSE = "quarter: close"
# as it goes where another addon has a say in the documents
OPEN_ELSE, CLOSE_ELSE = f"{OPEN}, by the ORM", f"{CLOSE}, by the ORM"
MENTEES = 5


def quarters(env, n):
    """The life of a quarter with n members, each with a login of the backend, and a mentor for
    every five of them who is told by mail."""
    case = Case(env, n)
    settle(env)
    yield Operation(OPEN, n, case.make, case.floor)
    yield Operation(OPEN_ELSE, n, lambda: by_orm(case.make), case.floor, repeat=1)
    case.make()
    settle(env)
    members, mentors = case.notices("report"), case.notices("assessment")
    yield Operation(TELL, n, lambda: tell(members))
    yield Operation(MAIL, len(mentors), lambda: tell(mentors))
    case.pass_time()
    settle(env)
    yield Operation(CLOSE, n, case.quarter.action_close)
    yield Operation(CLOSE_ELSE, n, lambda: by_orm(case.quarter.action_close), repeat=1)
    case.quarter.action_close()


def by_orm(step):
    # Odoo finds the addon only once its command line has been read
    from odoo.addons.hr_backbone_training.models.core import bulk

    with patch.object(bulk, "is_watched", return_value=True):
        step()


def tell(notices, batch=500):
    """As the job does, and with what a commit does short of the commit: it forgets what was
    read for the batch."""
    for start in range(0, len(notices), batch):
        notices[start : start + batch]._send()
        notices.env.cr.flush()
        notices.env.clear()


def peak_memory():
    """What this process has needed at the most, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Case:
    def __init__(self, env, n):
        self.env = env
        self.company = env["res.company"].create({"name": f"Quarter of {n}"})
        env = self.env = env(context={"allowed_company_ids": self.company.ids})
        self.company = self.company.with_env(env)
        self._make_people(n)
        quarters = env["hr.backbone.quarter"]
        self.quarter = quarters._get_or_create(self.company)
        self.before = set()

    def _make_people(self, n):
        user = self.env["res.users"].create(
            {
                "name": "Member",
                "login": f"quarter_{n}",
                "email": "member@example.com",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [(6, 0, self.env.ref("base.group_user").ids)],
            }
        )
        employee = self.env["hr.employee"].create(
            {"name": "Member", "user_id": user.id, "company_id": self.company.id}
        )
        mentor = self.env["hr.employee"].create(
            {
                "name": "Mentor",
                "work_email": "mentor@example.com",
                "company_id": self.company.id,
            }
        )
        member = self.env["hr.backbone.member"]._create_moved(
            [
                {
                    "employee_id": employee.id,
                    "echelon_id": self.env.ref("hr_backbone_training.echelon_3").id,
                    "date_admitted": "2018-01-01",
                    "mentor_id": mentor.id,
                }
            ]
        )
        settle(self.env)
        clones = Clones(self.env.cr)
        mentors = clones.employees(mentor, n // MENTEES - 1)
        users = clones.users(user, n - 1)
        employees = clones.employees(employee, n - 1, users)
        clones.make(
            "hr_backbone_member",
            member.id,
            n - 1,
            employee_id=SQL("(%s::int[])[i]", employees),
            mentor_id=SQL("(%s::int[])[i %% %s + 1]", [mentor.id, *mentors], n // MENTEES),
        )
        self.env.invalidate_all()

    def make(self):
        return self.quarter._make_documents()

    def floor(self, cr):
        """The same rows, in bare SQL."""
        for table, mentor in (("hr_backbone_report", ""), ("hr_backbone_assessment", "mentor_id")):
            extra = SQL(", mentor_id") if mentor else SQL()
            cr.execute(
                SQL(
                    """INSERT INTO %(table)s (quarter_id, member_id, employee_id, company_id,
                              echelon_id, state, date_due, is_late, is_closed, create_uid,
                              create_date, write_uid, write_date %(extra)s)
                       SELECT %(quarter)s, id, employee_id, company_id, echelon_id, 'draft',
                              now(), FALSE, FALSE, 1, now(), 1, now() %(extra)s
                         FROM hr_backbone_member WHERE company_id = %(company)s""",
                    table=SQL.identifier(table),
                    quarter=self.quarter.id,
                    company=self.company.id,
                    extra=extra,
                )
            )
        cr.execute(
            SQL(
                """INSERT INTO hr_backbone_assessment_line (assessment_id, criterion_id, sequence,
                          name, anchor, weight, company_id, create_uid, create_date, write_uid,
                          write_date)
                   SELECT a.id, c.id, c.sequence, c.name->>'en_US', c.anchor->>'en_US', c.weight,
                          a.company_id, 1, now(), 1, now()
                     FROM hr_backbone_assessment a
                     JOIN hr_backbone_criterion c ON c.echelon_id = a.echelon_id
                          AND c.program_id IS NULL
                    WHERE a.quarter_id = %s""",
                self.quarter.id,
            )
        )
        for table, person in (
            ("hr_backbone_report", "employee_id"),
            ("hr_backbone_assessment", "mentor_id"),
        ):
            cr.execute(
                SQL(
                    """INSERT INTO hr_backbone_quarter_notice (quarter_id, company_id,
                              employee_id, kind, date, state, create_uid, create_date,
                              write_uid, write_date)
                       SELECT DISTINCT quarter_id, company_id, %(person)s, %(table)s,
                              now()::date, 'waiting', 1, now(), 1, now()
                         FROM %(name)s WHERE quarter_id = %(quarter)s""",
                    person=SQL.identifier(person),
                    table=table,
                    name=SQL.identifier(table),
                    quarter=self.quarter.id,
                )
            )

    def notices(self, kind):
        return self.env["hr.backbone.quarter.notice"].search(
            [("quarter_id", "=", self.quarter.id), ("kind", "=", kind)]
        )

    def pass_time(self):
        """The quarter is over. Every second member has done everything; what the others owe is
        overdue."""
        self.env.cr.execute(
            "UPDATE hr_backbone_quarter SET date_start = '2019-10-01', date_end = '2019-12-31'"
            " WHERE id = %s",
            [self.quarter.id],
        )
        for table, state in (
            ("hr_backbone_report", "accepted"),
            ("hr_backbone_assessment", "submitted"),
        ):
            self.env.cr.execute(
                SQL(
                    """UPDATE %(table)s
                          SET state = CASE WHEN member_id %% 2 = 0 THEN %(state)s
                                           ELSE state END,
                              date_due = '2020-01-01'
                        WHERE quarter_id = %(quarter)s""",
                    table=SQL.identifier(table),
                    state=state,
                    quarter=self.quarter.id,
                )
            )
        self.env.invalidate_all()


class Clones:
    """Rows that are like another, but for some columns; in one statement."""

    def __init__(self, cr):
        self.cr = cr

    def make(self, table, template_id, number, **columns):
        """:return: the ids of `number` copies of a row; `i` counts them from 1"""
        self.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND table_schema = current_schema AND column_name != 'id'",
            [table],
        )
        names = [name for (name,) in self.cr.fetchall()]
        self.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) i"
                " WHERE t.id = %s ORDER BY i RETURNING id",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(columns.get(name, SQL.identifier("t", name)) for name in names),
                SQL.identifier(table),
                number,
                template_id,
            )
        )
        return [row for (row,) in self.cr.fetchall()]

    def users(self, user, number):
        partners = self.make(
            "res_partner",
            user.partner_id.id,
            number,
            email=SQL("'member' || i || '@example.com'"),
        )
        users = self.make(
            "res_users",
            user.id,
            number,
            partner_id=SQL("(%s::int[])[i]", partners),
            login=SQL("t.login || '_' || i"),
        )
        for table, column, value in (
            ("res_groups_users_rel", "uid", "gid"),
            ("res_company_users_rel", "user_id", "cid"),
        ):
            self.cr.execute(
                SQL(
                    "INSERT INTO %(table)s (%(column)s, %(value)s) SELECT u, r.%(value)s"
                    " FROM %(table)s r, unnest(%(users)s) u WHERE r.%(column)s = %(user)s",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    value=SQL.identifier(value),
                    users=users,
                    user=user.id,
                )
            )
        return users

    def employees(self, employee, number, users=None):
        resources = self.make(
            "resource_resource",
            employee.resource_id.id,
            number,
            user_id=SQL("(%s::int[])[i]", users) if users else SQL("NULL"),
        )
        contacts = self.make("res_partner", employee.work_contact_id.id, number)
        employees = self.make(
            "hr_employee",
            employee.id,
            number,
            name=SQL("t.name || ' ' || i"),
            resource_id=SQL("(%s::int[])[i]", resources),
            work_contact_id=SQL("(%s::int[])[i]", contacts),
            user_id=SQL("(%s::int[])[i]", users) if users else SQL("NULL"),
        )
        versions = self.make(
            "hr_version",
            employee.current_version_id.id,
            number,
            employee_id=SQL("(%s::int[])[i]", employees),
        )
        self.cr.execute(
            "UPDATE hr_employee e SET current_version_id = v.id FROM hr_version v"
            " WHERE v.id = ANY(%s) AND v.employee_id = e.id",
            [versions],
        )
        return employees
