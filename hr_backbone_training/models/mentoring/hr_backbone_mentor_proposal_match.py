# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import defaultdict
from typing import Any, NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import mentor_matching as matching
from ..core.public import public
from .hr_backbone_mentorship import OPEN


class Case(NamedTuple):
    """All members without a mentor (rows) and all who may be one (columns)."""

    members: Any
    mentors: Any
    # arrays: the points without the load, what the rules allow, who stands above whom
    base: Any
    allowed: Any
    above: Any
    # arrays of the mentors: members now, and how many they can take
    loads: Any
    free: Any
    load_points: Any


class HrBackboneMentorProposal(models.Model):
    """How the pairs are found: all members without a mentor, all mentors with a free place.

    Who may be whose mentor is asked of `hr.backbone.mentorship`, for sets of people.
    """

    _inherit = "hr.backbone.mentor.proposal"

    @public(none=True)
    def action_propose(self):
        """Propose the pairs, by HR; anew on a draft, where what is appointed stays.

        Called on no record, it makes a draft for the current company.

        :return: the action that opens the proposal
        :raise UserError: SciPy is missing, or no member is without a mentor
        """
        self.check_access("write")
        libraries = self._load_libraries()
        proposals = self or self.create({})
        proposals._lock_for_move()
        for proposal in proposals:
            if proposal.state != "draft":
                raise UserError(
                    self.env._("“%s” is settled: make a new one.", proposal.display_name)
                )
            # sudo: HR proposes; ranks, departments and skills decide, and lines follow
            proposal.sudo()._propose(libraries)
        return proposals._get_records_action()

    @api.model
    def _load_libraries(self):
        try:
            return matching.load_libraries()
        except ImportError as error:
            raise UserError(
                self.env._(
                    "The mentor proposal needs the Python package “scipy” on the server, which "
                    "is not installed. Please ask your administrator to install it; mentors can "
                    "be appointed one by one meanwhile."
                )
            ) from error

    def _propose(self, libraries):
        self.line_ids.filtered(lambda line: not line.mentorship_id).unlink()
        self.spare_ids.unlink()
        self._write_moved(self._get_settings_vals())
        members = self._find_members()
        if not members:
            raise UserError(self.env._("Every active member of the talent pool has a mentor."))
        np = libraries.numpy
        case = self._read_case(np, members, self._find_mentors())
        chosen = (case.base, case.allowed, case.load_points, case.free)
        best = matching.assign(libraries, *chosen)
        listed = matching.assign_in_turn(np, *chosen)
        self._create_lines(np, case, best)
        self._create_spares(np, case, best)
        kept = sum(self.line_ids.filtered("mentorship_id").mapped("score"))
        greedy = matching.get_total(case.base, case.load_points, listed) / 100
        self._write_moved(
            {
                "proposed_total": self.total,
                "greedy_total": kept + greedy,
                "greedy_count": len(self.line_ids.mentorship_id) + len(listed),
            }
        )

    # -- who ---------------------------------------------------------------------------

    def _find_members(self):
        """The active members of the company who have no mentor, nor one appointed."""
        mentorships = self.env["hr.backbone.mentorship"]
        taken = mentorships._search([("state", "in", OPEN)]).subselect("member_id")
        members = self.env["hr.backbone.member"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "active"),
                ("id", "not in", taken),
            ]
        )
        refused = mentorships._get_member_refusals(members)
        return members.filtered(lambda member: member not in refused)

    def _find_mentors(self):
        """Whoever of the company may be a mentor, with or without a free place."""
        # the few jobs first: the way over the versions of all employees is long
        jobs = self.env["hr.job"].with_context(active_test=False)
        jobs = jobs.search([("backbone_rank_id.can_mentor", "=", True)])
        employees = self.env["hr.employee"].search(
            [("company_id", "=", self.company_id.id), ("job_id", "in", jobs.ids)]
        )
        refused = self.env["hr.backbone.mentorship"]._get_mentor_refusals(employees)
        return employees.filtered(lambda employee: employee not in refused)

    def _get_rank_ladder(self):
        """The sequences of the ranks that may mentor, from the lowest upward."""
        ranks = self.env["hr.backbone.rank"].search_fetch(
            [("can_mentor", "=", True), ("company_id", "in", [False, self.company_id.id])],
            ["sequence"],
        )
        return sorted(set(ranks.mapped("sequence")))

    # -- the arrays --------------------------------------------------------------------

    def _read_case(self, np, members, mentors):
        people = members.employee_id
        ours, theirs = self._read_people(np, people, mentors)
        weights = self._get_weights()
        pairs = matching.compare_all(np, ours, theirs)
        loads = self._read_loads(np, mentors)
        free = np.clip(weights.cap - loads, 0, len(members))
        added = np.arange(max(free.max(initial=0), 1))
        above = self._compare_ranks(np, people, mentors)
        return Case(
            members,
            mentors,
            sum(pairs.get_points(np, weights).values()),
            above & ~self._find_reports(np, people, mentors),
            above,
            loads,
            free,
            matching.get_load_points(np, loads[:, None] + added[None, :], weights),
        )

    def _read_people(self, np, people, mentors):
        """What counts of members and mentors, as `People` of `mentor_matching`."""
        levels = self._read_levels(people | mentors)
        skills = sorted({skill for mentor in mentors for skill in levels[mentor.id]})
        column = {skill: index for index, skill in enumerate(skills)}
        ladder = self._get_rank_ladder()
        return tuple(
            matching.People(
                self._get_level_array(np, employees, levels, column),
                np.array([employee.department_id.id or 0 for employee in employees], dtype=int),
                np.searchsorted(ladder, self._get_sequences(employees), side="right"),
            )
            for employees in (people, mentors)
        )

    @staticmethod
    def _get_level_array(np, employees, levels, column):
        array = np.zeros((len(employees), len(column)), dtype="f4")
        for row, employee in enumerate(employees):
            for skill, level in levels[employee.id].items():
                if skill in column:
                    array[row, column[skill]] = level
        return array

    @staticmethod
    def _get_sequences(employees):
        """Of their ranks; below all others who has none."""
        ranks = [employee.job_id.backbone_rank_id for employee in employees]
        return [rank.sequence if rank else float("-inf") for rank in ranks]

    def _read_levels(self, employees):
        """{employee id: {skill id: percent of mastery}} of the skills that they have now."""
        today = self.company_id._backbone_today()
        rows = self.env["hr.employee.skill"].search_fetch(
            Domain("employee_id", "in", employees.ids)
            & Domain("skill_type_id.active", "=", True)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", today)),
            ["employee_id", "skill_id", "skill_level_id"],
            order="id",
        )
        levels = defaultdict(dict)
        for row in rows:
            mine, skill = levels[row.employee_id.id], row.skill_id.id
            # a certification may be there twice
            mine[skill] = max(mine.get(skill, 0), row.skill_level_id.level_progress)
        return levels

    def _read_loads(self, np, mentors):
        loads = self._count_loads(mentors)
        return np.array([loads[mentor.id] for mentor in mentors], dtype=int)

    def _count_loads(self, mentors):
        """{employee id: how many members each of them has, or is appointed for}"""
        taken = self.env["hr.backbone.mentorship"]._get_taken_places(mentors)
        return {mentor.id: len(taken.get(mentor.id, ())) for mentor in mentors}

    def _compare_ranks(self, np, people, mentors):
        """Whose rank stands above whose: one question for each two ranks."""
        ours, theirs = (self._number_ranks(employees) for employees in (people, mentors))
        stands_above = self.env["hr.backbone.mentorship"]._stands_above
        table = np.array(
            [[stands_above(mentor, person) for mentor in theirs[1]] for person in ours[1]],
            dtype=bool,
        ).reshape(len(ours[1]), len(theirs[1]))
        return table[np.array(ours[0], dtype=int)[:, None], np.array(theirs[0], dtype=int)[None, :]]

    @staticmethod
    def _number_ranks(employees):
        """For each employee the number of the rank, and somebody of each rank."""
        some = {}
        for employee in employees:
            some.setdefault(employee.job_id.backbone_rank_id, employee)
        number = {rank: index for index, rank in enumerate(some)}
        return [number[e.job_id.backbone_rank_id] for e in employees], list(some.values())

    def _find_reports(self, np, people, mentors):
        """Who, of the mentors, reports to a member, or is the member."""
        rows = {person.id: row for row, person in enumerate(people)}
        reports = np.zeros((len(people), len(mentors)), dtype=bool)
        above = self.env["hr.backbone.mentorship"]._get_people_above(mentors) if mentors else {}
        for column, mentor in enumerate(mentors):
            found = [rows[person] for person in (*above[mentor], mentor.id) if person in rows]
            reports[found, column] = True
        return reports

    # -- what comes of it --------------------------------------------------------------

    def _create_lines(self, np, case, best):
        lines = self.env["hr.backbone.mentor.proposal.line"]
        rows = [row for row in range(len(case.members)) if row in best]
        mentors = [case.mentors[best[row][0]] for row in rows]
        loads = [int(case.loads[best[row][0]]) + best[row][1] for row in rows]
        people = [case.members[row].employee_id for row in rows]
        scores = lines._score_pairs(self, people, mentors, loads)
        vals_list = [
            {
                "member_id": case.members[row].id,
                "mentor_id": mentor.id,
                "proposed_mentor_id": mentor.id,
                **vals,
            }
            for row, mentor, vals in zip(rows, mentors, scores, strict=True)
        ]
        vals_list += [
            {"member_id": member.id, **self._explain_without(case, row)}
            for row, member in enumerate(case.members)
            if row not in best
        ]
        lines.create([{"proposal_id": self.id, **vals} for vals in vals_list])

    def _explain_without(self, case, row):
        """Why the member of this row stays without a mentor."""
        allowed = case.allowed[row]
        above, possible = int(case.above[row].sum()), int(allowed.sum())
        free = int((allowed & (case.free > 0)).sum())
        if not len(case.mentors):
            reason, count = "no_mentor", 0
        elif not above:
            reason, count = "none_above", 0
        elif not possible:
            reason, count = "reports", above
        elif not free:
            reason, count = "no_place", possible
        else:
            reason, count = "contested", free
        return {"reason": reason, "candidate_count": count}

    def _create_spares(self, np, case, best):
        """Each mentor whom nobody got, and why."""
        taken = {column for column, _number in best.values()}
        worth = case.base + case.load_points[:, 0]
        self.env["hr.backbone.mentor.proposal.spare"].create(
            [
                {
                    "proposal_id": self.id,
                    "mentor_id": mentor.id,
                    "load": int(case.loads[column]),
                    **self._explain_spare(np, case, best, worth, column),
                }
                for column, mentor in enumerate(case.mentors)
                if column not in taken
            ]
        )

    def _explain_spare(self, np, case, best, worth, column):
        rows = np.flatnonzero(case.allowed[:, column])
        if not case.free[column]:
            return {"reason": "full"}
        if not case.above[:, column].any():
            return {"reason": "none_below"}
        if not rows.size:
            return {"reason": "reports"}
        # nobody whom they could guide stays without: that would be a pair more
        row = int(rows[worth[rows, column].argmax()])
        other, number = best[row]
        return {
            "reason": "better",
            "member_count": int(rows.size),
            "member_id": case.members[row].id,
            "score": worth[row, column] / 100,
            "other_mentor_id": case.mentors[other].id,
            "other_score": (case.base[row, other] + case.load_points[other, number]) / 100,
        }
