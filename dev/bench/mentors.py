"""Mentors for n members at once, out of n mentors with a free place."""

import random
import resource

from company import HIRED, Company
from harness import Operation

SKILLS = 20
SKILLS_EACH = 10
LEVELS = (20, 40, 60, 80, 100)
DEPARTMENTS = 10
PROPOSE, APPOINT = "propose mentors", "appoint mentors"

# what the last proposals came to: {n: (total, total of "best free mentor first", MB)}
found = {}


def proposals(env, n):
    """Propose and appoint, each for n members and n mentors."""
    case = Case(env, n)
    before = _peak()
    yield Operation(PROPOSE, n, case.propose)
    proposal = case.propose()
    found[n] = proposal.proposed_total, proposal.greedy_total, before, _peak()
    yield Operation(APPOINT, n, proposal.action_appoint)


def summary():
    """One line for each size: the totals, and what the memory of the process grew to."""
    return [
        f"{PROPOSE}, {n:,} × {n:,}: {total:,.1f} points in all, “best free mentor first” "
        f"{greedy:,.1f} ({100 * (total / greedy - 1):+.1f} %); memory at its peak "
        f"{peak:,.0f} MB, {before:,.0f} MB before"
        for n, (total, greedy, before, peak) in found.items()
    ]


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Case:
    """n members and n mentors of all ranks that may mentor, in ten departments, each with
    ten of twenty skills; the same at each run."""

    def __init__(self, env, n):
        company = Company(env, 0)
        self.proposals = env["hr.backbone.mentor.proposal"].with_user(company.users["officer"])
        self.env, self.random = env, random.Random(n)
        # of the sizes before nobody is in the way
        env["hr.backbone.member"].search([])._write_moved({"state": "exited"})
        ranks = ("employee", "technical", "team_leader"), ("supervisor", "manager", "director")
        departments = env["hr.department"].create(
            [{"name": f"Department {number}"} for number in range(DEPARTMENTS)]
        )
        members, mentors = (
            self._create_employees(n, name, codes, departments)
            for name, codes in zip(("Member", "Mentor"), ranks, strict=True)
        )
        env["hr.backbone.member"].create([{"employee_id": person.id} for person in members])
        self._teach(members | mentors)

    def _create_employees(self, n, name, codes, departments):
        jobs = self.env["hr.job"].create(
            [
                {
                    "name": f"{name} {code}",
                    "backbone_rank_id": self.env.ref(f"hr_backbone_training.rank_{code}").id,
                }
                for code in codes
            ]
        )
        return self.env["hr.employee"].create(
            [
                {
                    "name": f"{name} {number:04}",
                    "department_id": self.random.choice(departments).id,
                    "job_id": self.random.choice(jobs).id,
                    "date_version": HIRED,
                    "contract_date_start": HIRED,
                }
                for number in range(n)
            ]
        )

    def _teach(self, employees):
        kind = self.env["hr.skill.type"].create(
            {
                "name": "Craft",
                "skill_ids": [(0, 0, {"name": f"Skill {number}"}) for number in range(SKILLS)],
                "skill_level_ids": [
                    (0, 0, {"name": f"{level} %", "level_progress": level}) for level in LEVELS
                ],
            }
        )
        self.env["hr.employee.skill"].create(
            [
                {
                    "employee_id": employee.id,
                    "skill_type_id": kind.id,
                    "skill_id": skill.id,
                    "skill_level_id": self.random.choice(kind.skill_level_ids).id,
                    "valid_from": HIRED,
                }
                for employee in employees
                for skill in self.random.sample(kind.skill_ids, SKILLS_EACH)
            ]
        )

    def propose(self):
        return self.proposals.browse(self.proposals.action_propose()["res_id"])
