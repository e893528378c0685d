# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from functools import cache, partial

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_list
from odoo.tools.misc import formatLang

from ...tools import mentor_matching as matching
from ..core.moves import list_sentences

FACTS = ("skill_taught", "skill_known", "is_same_department", "rank_steps")
SCORES = ("score_skill", "score_department", "score_rank", "score_load")


class HrBackboneMentorProposalLine(models.Model):
    """One member of a proposal, with the proposed mentor or none, and why.

    HR chooses another mentor or none; everything else follows.
    """

    _name = "hr.backbone.mentor.proposal.line"
    _description = "Backbone Mentor Proposal Pair"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "proposal_id, id"
    _rec_name = "member_id"
    _check_company_auto = True
    _kept_fields = ("proposal_id", "member_id")

    proposal_id = fields.Many2one(
        "hr.backbone.mentor.proposal", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="proposal_id.company_id", store=True, index=True)
    state = fields.Selection(related="proposal_id.state", string="Proposal Status")
    member_id = fields.Many2one(
        "hr.backbone.member", required=True, readonly=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(related="member_id.employee_id", string="Person")
    department_id = fields.Many2one(related="member_id.department_id")
    rank_sequence = fields.Integer(related="member_id.rank_id.sequence", string="Rank Sequence")
    mentor_id = fields.Many2one("hr.employee", index=True, ondelete="set null", check_company=True)
    mentor_department_id = fields.Many2one(
        related="mentor_id.department_id", depends=["mentor_id"], string="Mentor's Department"
    )
    proposed_mentor_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        index=True,
        ondelete="set null",
        check_company=True,
    )
    is_changed = fields.Boolean("Changed by Hand", compute="_compute_is_changed")
    skill_taught = fields.Integer(
        "Skills to pass on",
        compute="_compute_pair",
        store=True,
        help="Current skills of the mentor that the member lacks or masters less.",
    )
    skill_known = fields.Integer("Skills of the Mentor", compute="_compute_pair", store=True)
    is_same_department = fields.Boolean("Same Department", compute="_compute_pair", store=True)
    rank_steps = fields.Integer(
        "Steps in Rank",
        compute="_compute_pair",
        store=True,
        help="How many ranks that may mentor lie between; 1 is the nearest above.",
    )
    score_skill = fields.Float(
        "Points for Skills",
        compute="_compute_pair",
        store=True,
        digits=(16, 2),
        help="The share of the mentor's skills, by percent of mastery, that the member lacks.",
    )
    score_department = fields.Float(
        "Points for the Department", compute="_compute_pair", store=True, digits=(16, 2)
    )
    score_rank = fields.Float(
        "Points for the Rank", compute="_compute_pair", store=True, digits=(16, 2)
    )
    mentor_load = fields.Integer(
        "Other Members", compute="_compute_load", store=True, help="Whom the mentor has as well."
    )
    score_load = fields.Float(
        "Points for the Load", compute="_compute_load", store=True, digits=(16, 2)
    )
    score = fields.Float(
        compute="_compute_score", store=True, digits=(16, 2), help="Of 100 points."
    )
    reason = fields.Selection(
        [
            ("no_mentor", "Nobody may mentor"),
            ("none_above", "Nobody has a higher rank"),
            ("reports", "Only their own reports"),
            ("no_place", "No free place"),
            ("contested", "More members than places"),
            ("decided", "Left open by HR"),
        ],
        "Without a Mentor because",
        readonly=True,
    )
    candidate_count = fields.Integer("Possible Mentors", readonly=True)
    explanation = fields.Text(compute="_compute_explanation")
    mentorship_id = fields.Many2one(
        "hr.backbone.mentorship", readonly=True, index=True, ondelete="restrict"
    )
    refusal = fields.Text(
        "Not appointed because",
        readonly=True,
        help="The reason that HR was shown at the last attempt.",
    )

    _member_uniq = models.UniqueIndex(
        "(proposal_id, member_id)", "A member can be listed only once per proposal."
    )

    @api.depends("mentor_id", "proposed_mentor_id")
    def _compute_is_changed(self):
        for line in self:
            line.is_changed = line.mentor_id != line.proposed_mentor_id

    # -- the score ---------------------------------------------------------------------

    @api.depends("mentor_id")
    def _compute_pair(self):
        """As `_score_pairs` finds it; a row without a mentor has no points."""
        self.update(dict.fromkeys((*FACTS, *SCORES[:3]), 0))
        for lines in self.filtered("mentor_id").grouped("proposal_id").values():
            # sudo: HR reads the rows; skills, ranks and departments decide about the points
            rows = lines.sudo()
            people = [line.member_id.employee_id for line in rows]
            mentors = [line.mentor_id._origin for line in rows]
            scores = rows._score_pairs(rows.proposal_id._origin, people, mentors, [0] * len(people))
            for line, vals in zip(lines, scores, strict=True):
                line.update({name: vals[name] for name in (*FACTS, *SCORES[:3])})

    @api.depends("mentor_id", "proposal_id.line_ids.mentor_id")
    def _compute_load(self):
        """The first of a mentor's new members counts those whom the mentor has, the second
        one more, and so on; what is appointed stays as it was."""
        for proposal, lines in self.grouped("proposal_id").items():
            # in a form the row that is being changed stands for the stored one
            others = proposal.line_ids.filtered(
                lambda line, lines=lines: line not in lines and line._origin not in lines._origin
            )
            rows = (others | lines).filtered(lambda line: not line.mentorship_id)
            # sudo: HR reads the rows; how many members a mentor has decides about the points
            loads = proposal.sudo()._count_loads(rows.mentor_id._origin)
            weights = proposal._get_weights()
            for line in lines - rows:
                line.update({"mentor_load": line.mentor_load, "score_load": line.score_load})
            for line in rows.sorted(lambda line: line._origin.id or 0):
                mentor = line.mentor_id._origin
                if line in lines:
                    line.mentor_load = loads[mentor.id] if mentor else 0
                    line.score_load = weights.get_load_score(line.mentor_load) if mentor else 0
                if mentor:
                    loads[mentor.id] += 1

    @api.depends(*SCORES)
    def _compute_score(self):
        for line in self:
            line.score = round(sum(line[name] for name in SCORES), 2)

    @api.model
    def _score_pairs(self, proposal, people, mentors, loads):
        """What stands behind the score of each pair, and its points. As superuser.

        :param people: list of the members' employees
        :param mentors: list of employees, one for each
        :param loads: how many other members each mentor has
        :return: list of vals of lines
        """
        np = proposal._load_libraries().numpy
        employees = self.env["hr.employee"]
        # not a union: a mentor may stand there twice
        people = employees.browse([person.id for person in people])
        mentors = employees.browse([mentor.id for mentor in mentors])
        ours, theirs = proposal._read_people(np, people, mentors)
        weights = proposal._get_weights()
        pairs = matching.compare_each(np, ours, theirs)
        points = pairs.get_points(np, weights)
        taught = (theirs.levels > ours.levels).sum(axis=1)
        known = (theirs.levels > 0).sum(axis=1)
        return [
            {
                "skill_taught": int(taught[index]),
                "skill_known": int(known[index]),
                "is_same_department": bool(pairs.same[index]),
                "rank_steps": int(pairs.steps[index]),
                "mentor_load": load,
                "score_load": weights.get_load_score(load),
                **{f"score_{part}": float(found[index]) / 100 for part, found in points.items()},
            }
            for index, load in enumerate(loads)
        ]

    # -- the sentences -----------------------------------------------------------------

    @api.depends(*FACTS, *SCORES, "mentor_id", "mentor_load", "reason", "candidate_count")
    def _compute_explanation(self):
        """One line in the reader's language, made of what is stored."""
        # once for all rows: there may be a thousand, and numbers repeat
        show = cache(partial(formatLang, self.env))
        for proposal, lines in self.grouped("proposal_id").items():
            weights = proposal._get_weights()
            for line in lines:
                line.explanation = (
                    line._explain_pair(weights, show) if line.mentor_id else line._explain_reason()
                )

    def _explain_pair(self, weights, show):
        """
        :param weights: of the proposal
        :param show: (number, digits=…) → the number in the reader's language
        """
        facts = {
            "skill": self.env._(
                "passes on %(taught)s of %(known)s skills",
                taught=self.skill_taught,
                known=self.skill_known,
            ),
            "department": (
                self.env._("same department")
                if self.is_same_department
                else self.env._("another department")
            ),
            "rank": (
                self.env._("the nearest rank above")
                if self.rank_steps == 1
                else self.env._("%s steps above in rank", self.rank_steps)
            ),
            "load": (
                self.env._("has %s other members", self.mentor_load)
                if self.mentor_load > 1
                else self.env._("has one other member")
                if self.mentor_load
                else self.env._("has no other member")
            ),
        }
        parts = [
            self.env._(
                "%(fact)s (%(points)s of %(most)s)",
                fact=facts[part],
                points=show(self[f"score_{part}"], digits=1),
                most=show(weights.get_most(part), digits=0),
            )
            for part in matching.PARTS
            if weights.get_most(part)
        ]
        if not parts:
            return self.env._("Nothing has a weight in the settings: each possible pair is equal.")
        return " · ".join(parts)

    def _explain_reason(self):
        # sudo: names and rank of the member, for HR
        person = self.sudo().member_id.employee_id
        names = {
            "member": person.name,
            "rank": person.job_id.backbone_rank_id.name or self.env._("none"),
            "count": self.candidate_count,
        }
        if self.reason == "no_mentor":
            return self.env._("Nobody in the company has a rank that may mentor.")
        if self.reason == "none_above":
            return self.env._(
                "None of the mentors has a higher rank than %(member)s (%(rank)s).", **names
            )
        if self.reason == "reports":
            return self.env._(
                "Everybody with a higher rank than %(member)s reports to %(member)s.", **names
            )
        if self.reason == "no_place":
            return self.env._(
                "No mentor who could guide %(member)s has a free place; there are %(count)s.",
                **names,
            )
        if self.reason == "contested":
            return self.env._(
                "There are more members than free places: mentors who could guide %(member)s "
                "(%(count)s) are proposed for others.",
                **names,
            )
        return self.env._("HR left it open.")

    # -- changes by hand ---------------------------------------------------------------

    def write(self, vals):
        """Another mentor, or none, by HR; everything else follows from it.

        :raise ValidationError: one sentence for each rule that a pair breaks
        """
        if self.env.su:
            return super().write(vals)
        if set(vals) - {"mentor_id"}:
            raise UserError(
                self.env._("HR chooses the mentor; everything else on a row follows from that.")
            )
        self.check_access("write")
        if self - self._get_changeable():
            raise UserError(self.env._("What was appointed or cancelled cannot be changed."))
        before = self.mentor_id
        result = super().write(vals)
        refusals = self.filtered("mentor_id")._get_refusals()
        if refusals:
            raise ValidationError("\n".join(list_sentences(refusals)))
        # sudo: follows from the change
        lines = self.sudo()
        for line in lines:
            line.write({"reason": False if line.mentor_id else "decided", "refusal": False})
        lines.proposal_id._update_spares(before)
        return result

    def _get_changeable(self):
        """The rows that are neither appointed nor cancelled."""
        return self.filtered(lambda line: line.state == "draft" and not line.mentorship_id)

    @api.onchange("mentor_id")
    def _onchange_mentor_id(self):
        """Say at once what the rules will say; two rows that swap are in the way of each other
        until the second one is changed as well."""
        if not self.mentor_id:
            return None
        if refusals := self._get_refusals(self.browse()):
            title = self.env._("Not possible")
            message = "\n".join(sum(refusals.values(), []))
        elif self._get_refusals():
            others = self._get_other_pairs().filtered(lambda line: line.mentor_id == self.mentor_id)
            title = self.env._("Proposed for somebody else")
            message = self.env._(
                "%(mentor)s is proposed for %(members)s: choose another mentor there before you "
                "save.",
                mentor=self.mentor_id.name,
                members=format_list(self.env, others.mapped("member_id.display_name")),
            )
        else:
            return None
        return {"warning": {"title": title, "message": message}}

    def _get_other_pairs(self):
        """The rows of the proposal, besides these, that take places of the mentors; in a form
        as they are there."""
        return self.proposal_id._get_open_pairs().filtered(
            lambda line: line not in self and line._origin not in self._origin
        )

    def _get_refusals(self, others=None):
        """Why these pairs cannot be appointed, by the rules of the mentorship itself.

        :param others: rows that take their places first; all others of the proposal by default
        :return: {line: [sentence, …]}, only of those that cannot
        """
        mentorships = self.env["hr.backbone.mentorship"]
        # sudo: whether the member has a mentor by now
        taken = mentorships.sudo()._read_group(
            [
                ("member_id", "in", self.member_id._origin.ids),
                ("state", "in", ("appointed", "active")),
            ],
            ["member_id"],
        )
        taken = {member.id for (member,) in taken}
        if others is None:
            # whose mentor is another one takes no place here
            mentors = self.mentor_id._origin
            others = self._get_other_pairs().filtered(
                lambda line: line.mentor_id._origin in mentors
            )
        rows = others | self
        drafts = {
            line: mentorships.new(
                {
                    "member_id": line.member_id._origin.id,
                    "mentor_id": line.mentor_id._origin.id,
                }
            )
            for line in rows
        }
        found = mentorships.union(*drafts.values())._get_appointment_refusals()
        refusals = {}
        for line in self:
            sentences = list(found.get(drafts[line], ()))
            if line.member_id._origin.id in taken:
                sentences.append(
                    self.env._("%s has a mentor already.", line.member_id.display_name)
                )
            if sentences:
                refusals[line] = sentences
        return refusals

    # -- appointing --------------------------------------------------------------------

    def _appoint(self):
        """Make the mentorships, all at once; if somebody else was quicker, one by one.

        :return: {line: [sentence]} of those that could not be appointed after all
        """
        if not self:
            return {}
        try:
            with self.env.cr.savepoint():
                self._create_mentorships()
        except (UserError, psycopg2.IntegrityError) as error:
            if len(self) == 1:
                return {self: [self._get_sentence(error)]}
            refusals = {}
            for line in self:
                refusals.update(line._appoint())
            return refusals
        return {}

    def _create_mentorships(self):
        mentorships = self.env["hr.backbone.mentorship"].create(
            [
                # sudo: the mentor of the row, for HR
                {"member_id": line.member_id.id, "mentor_id": line.sudo().mentor_id.id}
                for line in self
            ]
        )
        mentorships.flush_recordset()
        # sudo: the row follows from the appointment
        for line, mentorship in zip(self.sudo(), mentorships, strict=True):
            line.write({"mentorship_id": mentorship.id, "refusal": False})

    def _get_sentence(self, error):
        if isinstance(error, UserError):
            return str(error)
        return self.env._("Somebody has just appointed another mentor, or taken the last place.")
