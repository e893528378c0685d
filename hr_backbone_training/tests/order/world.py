# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""A small company in which everything is under way at once."""

from datetime import date

from odoo.fields import Command

from ..common import BackboneCommon
from ..organization import COMMITTEE, MANAGER, OFFICER
from .clock import Clock

PLAN = {
    "strengths": "Precise",
    "gaps": "Has not led people yet",
    "goal_short": "Deputy of the shift leader",
    "goal_long": "Shift leader",
}
REPORT = ("work_done", "study", "plan_progress", "problems", "next_quarter")
SUGGESTION = {
    "current_state": "Too much is thrown away",
    "proposal": "Sort it",
    "expected_effect": "Less waste",
    "expected_benefit": "Half of it is saved",
}
# login: (groups, department, job)
PEOPLE = {
    # members of the pool
    "anna": ("base.group_portal", "line", "worker"),
    "bert": ("base.group_user", "works", "worker"),
    "cora": ("base.group_user", "line", "worker"),
    # who are recommended, and who may be
    "dora": ("base.group_portal", "line", "worker"),
    "emil": ("base.group_user", "line", "worker"),
    "finn": ("base.group_user", "line", "worker"),
    "gina": ("base.group_user", "works", "worker"),
    "hugo": ("base.group_portal", "line", "worker"),
    # who mentors, trains and hosts
    "mentor": ("base.group_user", "board", "manager"),
    "tutor": ("base.group_portal", "board", "manager"),
    "keeper": ("base.group_user", "stores", "manager"),
}


class OrderWorld(BackboneCommon):
    """Three members (Anna with a portal login, Bert with a mentor on the portal, Cora), six cases
    each at another step, a training with one seat, a rotation that is asked for, and two
    quarters. Two officers, and an administrator who is no employee. It is Monday, 2 March 2026.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clock = Clock(cls.cr, "2026-03-02 09:00:00")
        cls.addClassCleanup(cls.clock.stop)
        cls._open_scopes()
        cls._make_people()
        cls._make_pool()
        cls._make_cases()
        cls._make_work()
        cls.env.flush_all()
        cls.cr.flush()
        cls.cr.postcommit.clear()

    @classmethod
    def _make_people(cls):
        cls.works.is_backbone_center = True
        cls.stores = cls.env["hr.department"].create(
            {
                "name": "Stores",
                "company_id": cls.company.id,
                "parent_id": cls.board.id,
                "backbone_rotation_capacity": 1,
            }
        )
        users = cls._new_users(
            {"bt_second": OFFICER, **{f"bt_{name}": row[0] for name, row in PEOPLE.items()}}
        )
        cls.user_second, users = users[0], users[1:]
        posts = {
            user: (getattr(cls, department), getattr(cls, f"job_{job}"))
            for user, (_groups, department, job) in zip(users, PEOPLE.values(), strict=True)
        }
        cls.people = dict(zip(PEOPLE, cls._new_employees(posts), strict=True))
        cls.stores.manager_id = cls.people["keeper"]
        cls.program.line_ids.filtered(lambda row: row.echelon_id == cls.echelon_3).quota = 3
        cls.program.second_opinion_percent = 50
        known = (
            *("worker", "leader", "manager", "director", "officer", "admin", "chair", "member"),
            *("colleague", "second"),
        )
        # in this order they are drawn
        cls.everyone = cls.env["res.users"].union(*(getattr(cls, f"user_{n}") for n in known))
        cls.everyone |= users
        cls.groups = {name: cls.env.ref(name).sudo() for name in (OFFICER, MANAGER, COMMITTEE)}
        cls.staff = cls.worker | cls.leader | cls.manager | cls.director | cls.officer
        cls.staff = cls.staff.union(cls.colleague, *cls.people.values())

    @classmethod
    def _make_pool(cls):
        """Anna and Bert have a plan in force and a mentor, Bert's revision is handed in, and
        Cora has one who is appointed."""
        anna, bert, cora = (cls.people[name] for name in ("anna", "bert", "cora"))
        cls.members = cls._new_members(anna | bert | cora, date_admitted="2025-10-06")
        plans = cls.env["hr.backbone.plan"]._create_moved(
            [
                {
                    **PLAN,
                    "employee_id": member.employee_id.id,
                    "program_id": cls.program.id,
                    "state": "active",
                    "line_ids": [Command.create({"method": "mentoring", "action": "Talks"})],
                }
                for member in cls.members[:2]
            ]
        )
        plans._write_moved({"date_activated": "2025-10-06"})
        plans[1].with_user(bert.user_id).action_revise()
        revision = plans.search([("previous_id", "=", plans[1].id)])
        revision.with_user(bert.user_id).action_submit()
        for member, name in zip(cls.members[:2], ("mentor", "tutor"), strict=True):
            cls._mentored(member, cls.people[name])
        cls._appoint(cls.members[2], cls.manager)

    @classmethod
    def _make_cases(cls):
        """Dora's is a draft, Emil's waits for the director, Finn's for HR, Gina's is voted
        on in a meeting, Hugo's waits for the notice, and Worker's name is on one, to which
        somebody objects."""
        person = cls.people.get
        cls._recommend(employee=person("dora"))
        cls._submitted(employee=person("emil"))
        cls._approved(employee=person("finn"))
        gina = cls._reviewed(employee=person("gina"), user=cls.user_manager)
        cls._selected(employee=person("hugo"))
        _case, notice = cls._publicized(employee=cls.worker)
        meeting = cls._as_officer("meeting").create(
            {
                "program_id": cls.program.id,
                "attendee_ids": (cls.user_chair | cls.user_member).ids,
                "item_ids": [Command.create({"application_id": gina.id})],
            }
        )
        meeting.action_open()
        cls.env["hr.backbone.objection"].with_user(cls.user_colleague).create(
            {"line_id": notice.line_ids.id, "text": "Often late"}
        )

    @classmethod
    def _make_work(cls):
        """The last quarter is closed, with all of it missed; in the one of now Bert has handed
        in, and his mentor proposes to adjust the plan."""
        anna, bert, cora = cls.members
        training = cls._as_officer("training").create(
            {
                "name": "Leading a Team",
                "date_start": "2026-03-05 09:00:00",
                "date_end": "2026-03-05 16:00:00",
                "trainer_id": cls.people["keeper"].id,
                "seats": 1,
                "participant_ids": [
                    Command.create({"member_id": member.id}) for member in anna | bert
                ],
            }
        )
        training.action_plan()
        rotation = cls._as_officer("rotation").create(
            {
                "member_id": anna.id,
                "host_department_id": cls.stores.id,
                "host_job_id": cls.job_manager.id,
                "date_start": "2026-03-09",
                "date_end": "2026-03-13",
                "objectives": "Run the stores for a week",
            }
        )
        rotation.action_request()
        rotation.copy({"member_id": bert.id})._write_moved(
            {"state": "evaluation", "date_start": "2026-02-16", "date_end": "2026-02-27"}
        )
        cls._make_quarters(bert)
        achievement, _draft = (
            cls.env["hr.backbone.achievement"]
            .with_user(cls.people[name].user_id)
            .create({"member_id": member.id, "kind": "book", "name": "Leading", "notes": "Ask"})
            for name, member in (("bert", bert), ("cora", cora))
        )
        achievement.action_submit()
        suggestion = (
            cls.env["hr.backbone.suggestion"]
            .with_user(cls.people["anna"].user_id)
            .create({"member_id": anna.id, "name": "Less scrap", **SUGGESTION})
        )
        suggestion.action_submit()

    @classmethod
    def _make_quarters(cls, member):
        quarters = cls.env["hr.backbone.quarter"]
        past = quarters._get_or_create(cls.company, date(2025, 12, 1))
        now = quarters._get_or_create(cls.company)
        (past | now)._make_documents()
        past.with_user(cls.user_officer).action_close()
        report, assessment = (
            now[f"{name}_ids"].filtered(lambda document: document.member_id == member)
            for name in ("report", "assessment")
        )
        report = report.with_user(member.employee_id.user_id)
        report.write(dict.fromkeys(REPORT, "As planned"))
        report.action_submit()
        assessment = assessment.with_user(cls.people["tutor"].user_id)
        assessment.line_ids.write({"score": 80})
        assessment.write({"comment": "Well done", "proposal": "adjust"})
        assessment.action_submit()

    @classmethod
    def _as_officer(cls, name):
        return cls.env[f"hr.backbone.{name}"].with_user(cls.user_officer)
