# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import secrets
from collections import defaultdict

from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import OFFICER
from ...tools.second_opinions import count, draw
from ..core import bulk, front_door


class HrBackboneSecondOpinionDraw(models.AbstractModel):
    """Whose assessment gets a second opinion, and who gives it."""

    _name = "hr.backbone.second.opinion.draw"
    _description = "Draw of Second Opinions"

    @tools.ormcache()
    @api.model
    def _is_in_use(self):
        """Whether there is any second opinion: where there is none, no page asks for them."""
        rows = self.env.execute_query(SQL("SELECT FROM hr_backbone_second_opinion LIMIT 1"))
        return bool(rows)

    # -- the draw --------------------------------------------------------------------------

    @api.model
    def _draw(self, quarter):
        """Make sure that the second opinions of the quarter have been drawn, once, when there is
        somebody to assess; nothing is asked where the program wants none. Called as superuser.

        Each mentor comes once before one comes twice, and those first who had none this year.
        A token that nobody knows before is part of the seed: whom it hits cannot be worked out
        beforehand, and can be repeated afterwards.

        :return: the second opinions that were made
        """
        percent = quarter.program_id.second_opinion_percent
        if not percent or quarter.draw or quarter.date_end < quarter.company_id._backbone_today():
            return self.browse()
        assessments = self._find_drawable(quarter)
        if not assessments:
            return self.browse()
        raters = self._find_raters(assessments)
        by_member = {assessment.member_id.id: assessment for assessment in raters}
        mentors = {number: by_member[number].mentor_id.id for number in sorted(by_member)}
        said = {
            "seed": f"{quarter.company_id.name} {quarter.name} {secrets.token_hex(16)}",
            "percent": percent,
            "members": len(assessments),
            "mentors": list(mentors.items()),
            "covered": list(self._count_covered(quarter).items()),
        }
        drawn = self._repeat_draw(said)
        asked = {by_member[n]: raters[by_member[n]] for n in drawn}
        made = self._make_for(quarter, asked)
        front_door.write(quarter, {"draw": {**said, **self._explain_asked(quarter, asked)}})
        return made

    @api.model
    def _explain_asked(self, quarter, asked):
        """What HR wants to know of a draw besides, for `_explain_draw` of the quarter.

        :param dict asked: {assessment: `hr.employee`}
        :return: {"pool": how many members are assessed in the quarter, "hosts": [the numbers of
            the members whose rater is the host of a rotation]}
        """
        drawn = self.env["hr.backbone.assessment"].union(*asked)
        hosts = self._find_hosts(drawn) if drawn else {}
        return {
            "pool": self.env["hr.backbone.assessment"].search_count(
                [("quarter_id", "=", quarter.id), ("member_id.state", "=", "active")]
            ),
            "hosts": [
                row.member_id.id
                for row, rater in asked.items()
                if rater in hosts.get(row.member_id, ())
            ],
        }

    @api.model
    def _repeat_draw(self, said):
        """Who is drawn: the numbers of the members, in the order of the lots.

        :param dict said: what the quarter keeps of its draw, see `_draw`
        """
        wanted = count(said["percent"], said["members"])
        mentors = dict(map(tuple, said["mentors"]))
        return draw(said["seed"], mentors, 100, dict(map(tuple, said["covered"])))[:wanted]

    @api.model
    def _find_drawable(self, quarter):
        """The assessments that a mentor still has to write, of members who are active."""
        assessments = self.env["hr.backbone.assessment"].search(
            [
                ("quarter_id", "=", quarter.id),
                ("state", "=", "draft"),
                ("is_closed", "=", False),
                ("mentor_id", "!=", False),
                ("member_id.state", "=", "active"),
                ("line_ids", "!=", False),
            ],
            order="id",
        )
        return assessments.with_prefetch()

    @api.model
    def _count_covered(self, quarter):
        """{id of a mentor: how many second opinions there were this year}"""
        groups = self.env["hr.backbone.second.opinion"]._read_group(
            [
                ("company_id", "=", quarter.company_id.id),
                ("quarter_id.year", "=", quarter.year),
                ("state", "!=", "cancelled"),
            ],
            ["mentor_id"],
            ["__count"],
        )
        return {mentor.id: number for mentor, number in groups}

    @api.model
    def _make_for(self, quarter, raters):
        """Ask for second opinions, with the criteria of the mentors' forms.

        :param dict raters: {assessment: who gives it}
        :return: the second opinions
        """
        opinions, lines = self.env["hr.backbone.second.opinion"], self.env[self._get_line_model()]
        made = bulk.insert(
            opinions,
            opinions._prepare_opinion_columns(quarter),
            SQL(
                """hr_backbone_assessment a
                   JOIN unnest(%s::integer[], %s::integer[]) r (assessment_id, rater_id)
                     ON r.assessment_id = a.id
                  ORDER BY a.id""",
                [assessment.id for assessment in raters],
                [rater.id for rater in raters.values()],
            ),
            unique=("quarter_id", "member_id"),
        )
        bulk.insert(
            lines,
            lines._prepare_line_columns(),
            SQL(
                """hr_backbone_second_opinion o
                   JOIN hr_backbone_assessment_line l ON l.assessment_id = o.assessment_id
                  WHERE o.id = ANY(%s)
                  ORDER BY o.id, l.sequence, l.id""",
                made.ids,
            ),
        )
        made.invalidate_recordset(["line_ids"])
        made.assessment_id.invalidate_recordset(["second_opinion_ids"])
        if made and not self._is_in_use():
            self.env.registry.clear_cache()
        return made

    @api.model
    def _get_line_model(self):
        return "hr.backbone.second.opinion.line"

    # -- who gives it ----------------------------------------------------------------------

    @api.model
    def _find_raters(self, assessments):
        """Who knows the work: the host during a rotation, the manager, then those above. Called
        as superuser.

        :return: {assessment: `hr.employee`}, only of those for whom there is somebody
        """
        hosts = self._find_hosts(assessments)
        candidates = {}
        for assessment in assessments:
            person = assessment.employee_id
            upward = assessment._get_departments_upward().manager_id
            named = (*hosts.get(assessment.member_id, ()), person.parent_id, *upward)
            candidates[assessment] = [rater for rater in dict.fromkeys(named) if rater]
        refusals = self._get_rater_refusals(
            [(row, rater) for row, raters in candidates.items() for rater in raters], new=True
        )
        found = {}
        for assessment, raters in candidates.items():
            fit = [rater for rater in raters if (assessment, rater) not in refusals]
            if fit:
                found[assessment] = fit[0]
        return found

    @api.model
    def _find_hosts(self, assessments):
        """{member: the hosts of rotations that fill more than half of the quarter, or are under
        way today}"""
        quarters = assessments.quarter_id
        first, last = min(quarters.mapped("date_start")), max(quarters.mapped("date_end"))
        rotations = self.env["hr.backbone.rotation"].search(
            [
                ("member_id", "in", assessments.member_id.ids),
                ("state", "in", ("agreed", "running", "evaluation", "done")),
                ("date_start", "<=", last),
                ("date_end", ">=", first),
                ("host_id", "!=", False),
            ]
        )
        hosts = defaultdict(list)
        by_member = rotations.grouped("member_id")
        for assessment in assessments:
            quarter, today = assessment.quarter_id, assessment.company_id._backbone_today()
            days = (quarter.date_end - quarter.date_start).days + 1
            for rotation in by_member.get(assessment.member_id, ()):
                start = max(rotation.date_start, quarter.date_start)
                end = min(rotation.date_end, quarter.date_end)
                under_way = rotation.state == "running" and start <= today <= end
                if under_way or 2 * ((end - start).days + 1) > days:
                    hosts[assessment.member_id].append(rotation.host_id)
        return hosts

    @api.model
    def _get_rater_refusals(self, pairs, new=False):
        """Why these people cannot give a second opinion. Called as superuser.

        :param list pairs: [(assessment, employee)]
        :param bool new: who is asked only now, and may have read a form that is submitted
        :return: {(assessment, employee): sentence}, only of those who cannot
        """
        raters = self.env["hr.employee"].union(*(rater for _assessment, rater in pairs))
        assessments = self.env["hr.backbone.assessment"].union(*(row for row, _rater in pairs))
        raters = raters.with_prefetch()
        members = self.env["hr.backbone.member"].search_fetch(
            [("employee_id", "in", raters.ids), ("state", "!=", "exited")]
        )
        known = members.grouped("employee_id")
        earlier = self._find_earlier_mentors(assessments)
        officers = self.env.ref(OFFICER).all_user_ids
        refusals = {}
        for assessment, rater in pairs:
            own = known.get(rater, members.browse())
            sentence = (
                self._get_person_refusal(assessment, rater, officers)
                or self._get_mentor_refusal(assessment, rater, earlier)
                or self._get_member_refusal(assessment, rater, own)
                or (new and self._get_read_refusal(assessment, rater))
            )
            if sentence:
                refusals[assessment, rater] = sentence
        return refusals

    def _get_rater_refusal(self, rater):
        """Why this employee is not asked for the second opinion now; False for nothing. Called as
        superuser."""
        self.ensure_one()
        pair = (self.assessment_id, rater)
        return self._get_rater_refusals([pair], new=True).get(pair, False)

    @api.model
    def _get_person_refusal(self, assessment, rater, officers):
        """What the rater is: gone, without a login, one of the two, or in HR."""
        company = assessment.company_id
        if rater == assessment.employee_id:
            return self.env._("Members cannot assess themselves.")
        if rater == assessment.mentor_id:
            return self.env._(
                "%s assesses as the mentor: a second opinion is somebody else's.", rater.name
            )
        users = rater._get_acting_users(company)
        if self.env["hr.backbone.mentorship"]._has_left(rater, company) or not users:
            return self.env._(
                "%(person)s has no login in %(company)s and cannot give a second opinion.",
                person=rater.name,
                company=company.name,
            )
        if users & officers:
            return self.env._(
                "%s works in HR and reads the mentor's assessment: choose somebody else.",
                rater.name,
            )
        return False

    @api.model
    def _get_mentor_refusal(self, assessment, rater, earlier):
        """Whoever was the mentor in the quarter has a view of it, which the mentor of now may read
        in a note."""
        if rater in earlier[assessment]:
            return self.env._(
                "%s was the mentor in this quarter: a second opinion is somebody else's.",
                rater.name,
            )
        return False

    @api.model
    def _find_earlier_mentors(self, assessments):
        """Who was the mentor in the quarter, before the one who is it now: by a note, on the day
        of the draw, or by a mentorship.

        :return: {assessment: `hr.employee`}
        """
        if not assessments:
            return {}
        quarters = assessments.quarter_id
        mentorships = self.env["hr.backbone.mentorship"].search(
            Domain("member_id", "in", assessments.member_id.ids)
            & Domain("date_start", "<=", max(quarters.mapped("date_end")))
            & (
                Domain("date_end", "=", False)
                | Domain("date_end", ">=", min(quarters.mapped("date_start")))
            )
        )
        by_member = mentorships.grouped("member_id")
        earlier = {}
        for assessment in assessments.with_prefetch():
            quarter = assessment.quarter_id
            then = by_member.get(assessment.member_id, mentorships.browse()).filtered(
                lambda row, quarter=quarter: (
                    row.date_start <= quarter.date_end
                    and (not row.date_end or row.date_end >= quarter.date_start)
                )
            )
            earlier[assessment] = (
                then.mentor_id
                | assessment.note_ids.mentor_id
                | assessment.second_opinion_ids.mentor_id
            )
        return earlier

    @api.model
    def _get_member_refusal(self, assessment, rater, members):
        """What the rater is in the talent pool: suspended, or compared with the member."""
        if any(member.state == "suspended" for member in members):
            return self.env._("%s is suspended at present: choose somebody else.", rater.name)
        if assessment.echelon_id in members.echelon_id:
            return self.env._(
                "%(person)s is compared with %(member)s at the end of the year: choose somebody "
                "else.",
                person=rater.name,
                member=assessment.employee_id.name,
            )
        return False

    @api.model
    def _get_read_refusal(self, assessment, rater):
        """What the rater may have read: the mentor's form, as a manager of the member."""
        above = assessment._get_departments_upward().manager_id
        if assessment._was_submitted() and rater in above:
            return self.env._(
                "The mentor's assessment has been submitted, and %s may have read it: choose "
                "somebody else, or cancel.",
                rater.name,
            )
        return False

    # -- who cannot give it any more -------------------------------------------------------

    @api.model
    def _tend(self, quarters):
        """Make sure that each second opinion is asked of somebody who can give it: of the next
        one, where that has changed; where there is nobody, it is cancelled. Called as
        superuser."""
        if not quarters or not self._is_in_use():
            return
        opinions = self.env["hr.backbone.second.opinion"].search(
            [("quarter_id", "in", quarters.ids), ("state", "=", "draft"), ("is_closed", "=", False)]
        )
        if not opinions:
            return
        refusals = self._get_rater_refusals([(row.assessment_id, row.rater_id) for row in opinions])
        strays = opinions.filtered(lambda row: (row.assessment_id, row.rater_id) in refusals)
        raters = self._find_raters(strays.assessment_id) if strays else {}
        for opinion in strays:
            reason = refusals[opinion.assessment_id, opinion.rater_id]
            rater = raters.get(opinion.assessment_id)
            move, vals = ("reassign", {"rater_id": rater.id}) if rater else ("cancel", {})
            opinion._do_move(opinion._get_move(move), reason, vals)
