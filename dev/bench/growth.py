"""The ways of training for thousands at once: a session, its attendance, the mentors; and
Odoo's own registrations for an event as peer.

The people are cloned in SQL and have no login, so that mails are queued for all of them and
neither our moves nor the peer's write activities.
"""

from datetime import timedelta

from company import Company
from harness import Budget, Operation, settle
from quarter import Clones

from odoo import fields
from odoo.tools import SQL

INVITE = "training: make, invite, announce"
ATTEND = "training: mark the present"
CLOSE = "training: close the attendance"
APPOINT = "mentors: appoint"
ACCEPT = "mentors: accept by both"
REGISTER, REGISTER_DONE = "event.registration: create", "event.registration: attended"
PEERS = {
    INVITE: REGISTER,
    ATTEND: REGISTER_DONE,
    CLOSE: REGISTER_DONE,
    APPOINT: REGISTER,
    ACCEPT: REGISTER,
}
BUDGETS = dict.fromkeys(PEERS, Budget(queries=1, growth=12))


def trainings(env, n):
    """A session for n members, who are there but for every tenth."""
    case = Case(env, n)
    yield from _register(case, n)
    yield Operation(INVITE, n, case.invite)
    training = case.invite()
    training._write_moved(dict.fromkeys(("day_start", "day_end"), case.today))
    came = training.participant_ids.filtered(lambda row: row.id % 10)
    settle(env)
    yield Operation(ATTEND, n, came.action_attend)
    came.action_attend()
    settle(env)
    yield Operation(CLOSE, n, training.action_done)


def mentorships(env, n):
    """n members, each with a mentor of their own."""
    case = Case(env, n)
    case.clone_mentors(n)
    settle(env)
    yield Operation(APPOINT, n, case.appoint)
    mentorships = case.appoint()
    settle(env)
    yield Operation(ACCEPT, n, mentorships.action_accept)


def _register(case, n):
    """As many seats of an event in its cheapest form: no partner, no answers to questions, and
    its mails left to its job as ours are."""
    env = case.env
    env["ir.config_parameter"].set_param("event.event_mail_async", "True")
    event = env["event.event"].create(
        {
            "name": "Bench",
            "date_begin": fields.Datetime.now() + timedelta(days=7),
            "date_end": fields.Datetime.now() + timedelta(days=8),
        }
    )
    vals_list = [
        {
            "event_id": event.id,
            "name": f"Person {number:04}",
            "email": f"person{number:04}@example.com",
        }
        for number in range(n)
    ]
    registrations = env["event.registration"].with_user(env.ref("base.user_admin"))
    settle(env)
    yield Operation(REGISTER, n, lambda: registrations.create(vals_list))
    registrations = registrations.create(vals_list)
    settle(env)
    yield Operation(REGISTER_DONE, n, registrations.action_set_done, repeat=1)


class Case:
    """n members of the third echelon, and nobody else of before in the way."""

    def __init__(self, env, n):
        self.env = env
        self.people = Company(env, 1)
        self.today = self.people.company._backbone_today()
        self.echelon = env.ref("hr_backbone_training.echelon_3")
        self.clones = Clones(env.cr)
        env["hr.backbone.member"].search([])._write_moved({"state": "exited"})
        self.member = env["hr.backbone.member"]._create_moved(
            [
                {
                    "employee_id": self.people.employees.id,
                    "echelon_id": self.echelon.id,
                    "date_admitted": "2018-01-01",
                }
            ]
        )
        settle(env)
        employees = self.clones.employees(self.people.employees, n - 1)
        members = self.clones.make(
            "hr_backbone_member",
            self.member.id,
            n - 1,
            employee_id=SQL("(%s::int[])[i]", employees),
        )
        env.invalidate_all()
        self.members = self.member.browse([self.member.id, *members])

    def _as_officer(self, model):
        return self.env[model].with_user(self.people.users["officer"])

    # -- training --------------------------------------------------------------------------

    def invite(self):
        """As HR does it: a new session, the members of an echelon, and out with it."""
        start = fields.Datetime.now() + timedelta(days=7)
        training = self._as_officer("hr.backbone.training").create(
            {
                "name": "Leading a Team",
                "provider": "Academy",
                "date_start": start,
                "date_end": start + timedelta(hours=6),
                "echelon_ids": [(6, 0, self.echelon.ids)],
            }
        )
        training.action_invite_echelons()
        training.action_plan()
        assert len(training.participant_ids) == len(self.members)
        return training

    # -- mentors -----------------------------------------------------------------------------

    def clone_mentors(self, n):
        job = self.env["hr.job"].create(
            {
                "name": "Works Manager",
                "backbone_rank_id": self.env.ref("hr_backbone_training.rank_manager").id,
            }
        )
        mentor = self.people._employee(self.people.department, job, "Mentor")
        mentor.work_email = "mentor@example.com"
        settle(self.env)
        others = self.clones.employees(mentor, n - 1)
        self.env.invalidate_all()
        self.mentors = mentor.browse([mentor.id, *others])

    def appoint(self):
        return self._as_officer("hr.backbone.mentorship").create(
            [
                {"member_id": member.id, "mentor_id": mentor.id}
                for member, mentor in zip(self.members, self.mentors, strict=True)
            ]
        )
