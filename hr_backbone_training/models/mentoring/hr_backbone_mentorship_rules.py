# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import Counter, defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from .hr_backbone_mentorship import OPEN


class HrBackboneMentorship(models.Model):
    """Who may be whose mentor: one sentence for each rule, looked up for many pairs at once.

    The proposal of mentors asks the same methods.
    """

    # the third file of the model, a part by itself: with another it would be too long to read
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hr.backbone.mentorship"

    # -- a list of appointments --------------------------------------------------------

    @api.model
    def _check_no_open_appointment(self, vals_list):
        """The database refuses it too, but with an error in the place of a sentence."""
        wanted = Counter(vals.get("member_id") for vals in vals_list if vals.get("member_id"))
        # sudo: whether there is one; the name of the member is no secret
        waiting = self.sudo().search_fetch(
            [("member_id", "in", list(wanted)), ("state", "=", "appointed")], ["employee_id"]
        )
        twice = self.env["hr.backbone.member"].browse(k for k, n in wanted.items() if n > 1)
        for employee in waiting.employee_id | twice.sudo().employee_id:
            raise UserError(
                self.env._(
                    "A mentor has been appointed for %s already, who has not accepted yet.",
                    employee.name,
                )
            )

    def _get_appointment_refusals(self):
        """Why these new appointments are refused.

        :return: {mentorship: [sentence, …]}, only of those that are refused
        """
        refusals = defaultdict(list)
        for record in self:
            if record._concerns_me():
                refusals[record].append(self.env._("You cannot appoint your own mentor."))
        for source in (self._get_rule_refusals(), self._get_place_refusals()):
            for record, sentences in source.items():
                refusals[record] += sentences
        return dict(refusals)

    def _get_rule_refusals(self):
        """Why these pairs are not possible (any more), whatever places the mentors have.

        :return: {mentorship: [sentence, …]}, only of those that are not
        """
        # sudo: ranks and departments of the two decide; the sentences name only them
        people = self.sudo()
        members = people._get_member_refusals(people.member_id)
        mentors = people._get_mentor_refusals(people.mentor_id)
        pairs = people._get_pair_refusals([(r.member_id, r.mentor_id) for r in people])
        strange = people.filtered(lambda r: r.mentor_id.company_id != r.member_id.company_id)
        refusals = {
            # nobody is told a name of another company
            record: [self._get_strange_sentence(twin)]
            if twin in strange
            else [
                *members.get(twin.member_id, ()),
                *mentors.get(twin.mentor_id, ()),
                *pairs.get((twin.member_id, twin.mentor_id), ()),
            ]
            for record, twin in zip(self, people, strict=True)
        }
        return {record: sentences for record, sentences in refusals.items() if sentences}

    @api.model
    def _get_strange_sentence(self, pair):
        return self.env._("The mentor works in another company than %s.", pair.employee_id.name)

    # -- the rules ---------------------------------------------------------------------

    @api.model
    def _get_member_refusals(self, members):
        """{member: [sentence]} of those who get no mentor now. Called as superuser."""
        return {
            member: [
                self.env._("%s is not an active member of the talent pool.", member.display_name)
            ]
            for member in members
            if member.state != "active" or not member.employee_id.active
        }

    @api.model
    def _get_mentor_refusals(self, mentors):
        """{employee: [sentence]} of those who may not be a mentor. Called as superuser.

        "Each key employee is appointed … a director, manager or supervisor" as the tutor.
        """
        refusals = {}
        for mentor in mentors:
            rank = mentor.job_id.backbone_rank_id
            if self._has_left(mentor):
                refusals[mentor] = [self.env._("%s has left the company.", mentor.name)]
            elif not rank:
                refusals[mentor] = [
                    self.env._("The post of %s has no rank: HR sets it.", mentor.name)
                ]
            elif not rank.can_mentor:
                refusals[mentor] = [
                    self.env._(
                        "%(mentor)s may not be a mentor: the rank “%(rank)s” does not allow it.",
                        mentor=mentor.name,
                        rank=rank.name,
                    )
                ]
        return refusals

    @api.model
    def _has_left(self, employee, company=None):
        """Whether the employee has left, on the day of the company. Called as superuser.

        :param company: that the employee has left, be it for another one; the employee's own by
            default
        """
        departure = employee.departure_date
        if not employee.active or (company and employee.company_id != company):
            return True
        return bool(departure and departure <= employee.company_id._backbone_today())

    @api.model
    def _get_pair_refusals(self, pairs):
        """Why a member and a possible mentor do not fit together. Called as superuser.

        :param list pairs: [(member, employee)]
        :return: {(member, employee): [sentence, …]}, only of those that do not fit
        """
        above = self._get_people_above({mentor for _member, mentor in pairs})
        refusals = {}
        for member, mentor in pairs:
            sentences = []
            person = member.employee_id
            names = {"member": person.name, "mentor": mentor.name}
            if person == mentor:
                sentences.append(self.env._("%s cannot be their own mentor.", mentor.name))
            elif member.company_id != mentor.company_id:
                sentences.append(
                    self.env._("%(mentor)s works in another company than %(member)s.", **names)
                )
            elif person.id in above[mentor]:
                sentences.append(
                    self.env._(
                        "%(mentor)s reports to %(member)s and so cannot be the mentor.", **names
                    )
                )
            if person != mentor and not self._stands_above(mentor, person):
                sentences.append(
                    self.env._("The rank of %(mentor)s is not above that of %(member)s.", **names)
                )
            if sentences:
                refusals[member, mentor] = sentences
        return refusals

    @api.model
    def _stands_above(self, mentor, person):
        """Whether the mentor's rank stands above the person's; no rank is the lowest."""
        upper, lower = mentor.job_id.backbone_rank_id, person.job_id.backbone_rank_id
        return bool(upper) and (not lower or upper.sequence > lower.sequence)

    @api.model
    def _get_people_above(self, employees):
        """Those to whom each employee reports: the managers upward, and the managers of the
        department and of those above. Called as superuser.

        :return: {employee: set of ids}
        """
        employees = self.env["hr.employee"].union(*employees).with_prefetch()
        companies = employees.company_id
        managers = {
            department.id: department.manager_id.id
            for department in self.env["hr.department"]
            .with_context(active_test=False)
            .search_fetch([("company_id", "in", [False, *companies.ids])], ["manager_id"])
        }
        parents = self._get_managers(employees)
        above = {}
        for employee in employees:
            upward = set()
            person = parents.get(employee.id)
            while person and person not in upward:
                upward.add(person)
                person = parents.get(person)
            path = (employee.department_id.parent_path or "").strip("/").split("/")
            upward |= {managers.get(int(part)) for part in path if part}
            above[employee] = upward - {False, None, employee.id}
        return above

    @api.model
    def _get_managers(self, employees):
        """{employee id: id of the manager}, level by level upward."""
        parents = {}
        while employees:
            parents.update((employee.id, employee.parent_id.id) for employee in employees)
            employees = self.env["hr.employee"].browse(
                {employee.parent_id.id for employee in employees} - {False, *parents}
            )
        return parents

    # -- places: how many members a mentor takes ---------------------------------------

    def _get_place_refusals(self):
        """{mentorship: [sentence]} of those for whom the mentor has no place left."""
        # sudo: counts all mentees of a mentor; the sentence names the mentor and the number
        places = self.sudo()._find_places()
        refusals = {}
        for record, twin in zip(self, self.sudo(), strict=True):
            if not places[twin]:
                cap = twin.company_id.backbone_mentor_cap
                refusals[record] = [
                    self.env._(
                        "%(mentor)s has a member already, and takes no more than one.",
                        mentor=twin.mentor_id.name,
                    )
                    if cap == 1
                    else self.env._(
                        "%(mentor)s takes no more than %(cap)s members at a time.",
                        mentor=twin.mentor_id.name,
                        cap=cap,
                    )
                ]
        return refusals

    def _take_places(self):
        """Of two who give the last place at once, the database takes one."""
        for place, batch in self.grouped(self._find_places().get).items():
            batch._write_moved({"place": place})
        self.flush_recordset(["place"])

    def _find_places(self):
        """{mentorship: the lowest free place of its mentor; False when all are taken}"""
        taken = self._get_taken_places(self.mentor_id)
        places = {}
        for record in self:
            cap = record.company_id.backbone_mentor_cap
            used = taken[record.mentor_id.id]
            # those who stay when HR has lowered the cap count as well
            free = [place for place in range(1, cap + 1) if place not in used]
            place = free[0] if free and len(used) < cap else False
            places[record] = place
            if place:
                used.add(place)
        return places

    @api.model
    def _get_taken_places(self, mentors):
        """{employee id: set of the places that are taken}. Called as superuser."""
        taken = defaultdict(set)
        for mentor, place in self._read_group(
            [("mentor_id", "in", mentors.ids), ("state", "in", OPEN), ("place", ">", 0)],
            ["mentor_id", "place"],
        ):
            taken[mentor.id].add(place)
        return taken
