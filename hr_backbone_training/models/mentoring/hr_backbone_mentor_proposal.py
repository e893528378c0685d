# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, formatLang
from odoo.tools.translate import LazyTranslate

from ...tools.mentor_matching import Weights
from ..core.moves import Move, Moves
from ..core.public import public

_lt = LazyTranslate(__name__)


class HrBackboneMentorProposal(models.Model):
    """Mentors for all members without one at once, best as a whole: "each key employee is
    appointed by the company … a one-to-one tutor".

    HR proposes, changes pairs by hand, and appoints all with one click; one bad row does not
    fail the others. How the pairs are found is in `hr_backbone_mentor_proposal_match`, the
    arithmetic in `mentor_matching`.
    """

    _name = "hr.backbone.mentor.proposal"
    _description = "Backbone Mentor Proposal"
    _inherit = ["hr.backbone.workflow.mixin"]
    _order = "date desc, id desc"

    _moves = Moves(
        Move("appoint", "draft", "appointed", _lt("Appointed"), button=True),
        Move("cancel", "draft", "cancelled", _lt("Cancelled"), button=True),
    )
    # what a proposal found, and the settings it was made with
    _moved_fields = (
        "date",
        "weight_skill",
        "weight_department",
        "preferred_department",
        "weight_rank",
        "weight_load",
        "mentor_cap",
        "proposed_total",
        "greedy_total",
        "greedy_count",
    )
    _fixed_fields = ("company_id",)

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date = fields.Date("Proposed on", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("appointed", "Appointed"), ("cancelled", "Cancelled")],
        default="draft",
    )
    weight_skill = fields.Integer("Weight of the Skills", readonly=True)
    weight_department = fields.Integer("Weight of the Department", readonly=True)
    preferred_department = fields.Selection(
        [("same", "The member's department"), ("other", "Another department")], readonly=True
    )
    weight_rank = fields.Integer("Weight of the Distance in Rank", readonly=True)
    weight_load = fields.Integer("Weight of the Load", readonly=True)
    mentor_cap = fields.Integer("Members per Mentor", readonly=True)
    line_ids = fields.One2many("hr.backbone.mentor.proposal.line", "proposal_id", "Pairs")
    without_ids = fields.One2many(
        "hr.backbone.mentor.proposal.line",
        "proposal_id",
        "Without a Mentor",
        domain=[("mentor_id", "=", False)],
        readonly=True,
    )
    spare_ids = fields.One2many(
        "hr.backbone.mentor.proposal.spare", "proposal_id", "Mentors not taken", readonly=True
    )
    total = fields.Float(
        compute="_compute_total",
        store=True,
        digits=(16, 2),
        help="The points of all pairs; 100 are the most that a pair can have.",
    )
    proposed_total = fields.Float(
        "Total as proposed",
        readonly=True,
        copy=False,
        digits=(16, 2),
        help="The best total that the rules allow.",
    )
    greedy_total = fields.Float(
        "Best Free Mentor first",
        readonly=True,
        copy=False,
        digits=(16, 2),
        help="The total if each member, down the list, got the best mentor still free.",
    )
    greedy_count = fields.Integer("Members with a Mentor that way", readonly=True, copy=False)
    member_count = fields.Integer("Members", compute="_compute_total", store=True)
    pair_count = fields.Integer("Number of Pairs", compute="_compute_total", store=True)
    without_count = fields.Integer("Number without", compute="_compute_total", store=True)
    refused_count = fields.Integer("Pairs not appointed", compute="_compute_refused_count")
    total_text = fields.Char("Points", compute="_compute_texts")
    greedy_text = fields.Char("Compared with", compute="_compute_texts")

    @api.depends_context("lang")
    @api.depends("date", "company_id")
    def _compute_display_name(self):
        for proposal in self:
            proposal.display_name = (
                self.env._("Mentor Proposal of %s", format_date(self.env, proposal.date))
                if proposal.date
                else self.env._("Mentor Proposal")
            )

    @api.depends("line_ids.mentor_id", "line_ids.score")
    def _compute_total(self):
        for proposal in self:
            lines = proposal.line_ids
            pairs = lines.filtered("mentor_id")
            proposal.total = sum(pairs.mapped("score"))
            proposal.member_count = len(lines)
            proposal.pair_count = len(pairs)
            proposal.without_count = len(lines) - len(pairs)

    @api.depends("line_ids.refusal")
    def _compute_refused_count(self):
        for proposal in self:
            proposal.refused_count = len(proposal.line_ids.filtered("refusal"))

    @api.depends_context("lang")
    @api.depends("total", "pair_count", "proposed_total", "greedy_total", "greedy_count")
    def _compute_texts(self):
        """What a change by hand costs, and what the proposal is better by than a list."""
        for proposal in self:
            change = proposal.total - proposal.proposed_total
            proposal.total_text = self.env._(
                "Total %(total)s (proposed %(proposed)s, %(change)s)",
                total=proposal._format(proposal.total),
                proposed=proposal._format(proposal.proposed_total),
                change=proposal._format_change(change),
            )
            gain = proposal.proposed_total - proposal.greedy_total
            proposal.greedy_text = self.env._(
                "“Best free mentor first”: %(total)s points (members with a mentor: %(count)s); "
                "the proposal: %(gain)s",
                total=proposal._format(proposal.greedy_total),
                count=proposal.greedy_count,
                gain=proposal._format_change(gain),
            )

    def _format(self, points):
        return formatLang(self.env, points, digits=1)

    def _format_change(self, points):
        """With a sign: a minus sign, not a hyphen."""
        text = self._format(abs(points))
        if text == self._format(0):
            return f"±{text}"
        return f"+{text}" if points > 0 else f"−{text}"

    def _get_weights(self):
        """The settings that the proposal was made with, for `mentor_matching`."""
        self.ensure_one()
        return Weights(
            skill=self.weight_skill,
            department=self.weight_department,
            rank=self.weight_rank,
            load=self.weight_load,
            same_department=self.preferred_department != "other",
            cap=self.mentor_cap,
            ranks=len(self._get_rank_ladder()),
        )

    def _get_settings_vals(self):
        """The company's settings of today."""
        company = self.company_id
        return {
            "date": company._backbone_today(),
            "weight_skill": company.backbone_mentor_weight_skill,
            "weight_department": company.backbone_mentor_weight_department,
            "preferred_department": company.backbone_mentor_department,
            "weight_rank": company.backbone_mentor_weight_rank,
            "weight_load": company.backbone_mentor_weight_load,
            "mentor_cap": company.backbone_mentor_cap,
        }

    # -- moves -------------------------------------------------------------------------

    def _get_next_move(self):
        self.ensure_one()
        return "appoint" if self.state == "draft" else None

    def _get_next_step(self):
        self.ensure_one()
        if self.state != "draft":
            return False
        if self.line_ids.mentorship_id:
            return self.env._("HR settles the pairs that could not be appointed.")
        return self.env._("HR looks through the pairs, changes what is better, and appoints.")

    def _get_move_refusals(self, name):
        match name:
            case "appoint":
                return self._refusals_appoint()
            case "cancel":
                return self._refusals_cancel()
        return super()._get_move_refusals(name)

    def _refusals_appoint(self):
        refusals = self._refuse_unless_officer()
        for proposal in self:
            if proposal not in refusals and not proposal.line_ids.mentor_id:
                refusals[proposal] = [self.env._("There is no pair to appoint.")]
        return refusals

    def _refusals_cancel(self):
        refusals = self._refuse_unless_officer()
        for proposal in self:
            if proposal not in refusals and proposal.line_ids.mentorship_id:
                refusals[proposal] = [
                    self.env._(
                        "Some of the mentors are appointed already: take the mentor out of the "
                        "other rows, and appoint."
                    )
                ]
        return refusals

    @public()
    def action_appoint(self):
        """Appoint all mentors of the proposal, by HR.

        A pair that is not possible any more stays, with its reason, and the proposal with it
        in draft; the others are appointed. What is done already is not done again.

        :return: True; when some pairs had to stay, an action that says how many
        """
        self._check_step("appoint")
        left = sum(len(proposal._appoint_pairs()) for proposal in self)
        finished = self.filtered(lambda proposal: not proposal._get_open_pairs())
        if finished:
            finished._move("appoint")
        if not left:
            return True
        message = self.env._(
            "Pairs that are not possible any more: %s. Each row says why; choose another "
            "mentor or none, and appoint again.",
            left,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @public()
    def action_cancel(self):
        """draft → cancelled, by HR: nobody of it is appointed."""
        self._move("cancel")
        return True

    # -- appointing --------------------------------------------------------------------

    def _check_step(self, name):
        """Lock the records, and see that the step is possible on all of them."""
        self.check_access("write")
        self._lock_for_move()
        self.line_ids.invalidate_recordset(["mentor_id", "mentorship_id"])
        refusals = self._get_refusals(name)
        if refusals:
            raise UserError("\n".join(self._name_refusals(refusals)))

    def _get_open_pairs(self):
        """The rows with a mentor who is not appointed yet."""
        return self.line_ids.filtered(lambda line: line.mentor_id and not line.mentorship_id)

    def _appoint_pairs(self):
        """Appoint whom the rules still allow.

        :return: the rows that had to stay; each has its reason
        """
        self.ensure_one()
        pairs = self._get_open_pairs()
        refusals = pairs._get_refusals()
        ready = pairs.filtered(lambda line: line not in refusals)
        refusals.update(ready._appoint())
        left = pairs.browse()
        # sudo: what HR is told about a row, which HR does not write
        for line, sentences in refusals.items():
            line.sudo().refusal = "\n".join(dict.fromkeys(sentences))
            left += line
        return left

    # -- changes by hand ---------------------------------------------------------------

    def write(self, vals):
        """Of rows that change together none is in the way of another: two may swap mentors."""
        if self._is_own_write(vals):
            return super().write(vals)
        changed = self.env["hr.backbone.mentor.proposal.line"].browse(
            command[1]
            for command in vals.get("line_ids", ())
            if command[0] == Command.UPDATE and "mentor_id" in command[2]
        )
        # sudo: each of these rows is written below, by the user
        changed = (changed & self.line_ids._get_changeable()).sudo()
        before = changed.mentor_id
        changed.mentor_id = False
        result = super().write(vals)
        if before:
            self.sudo()._update_spares(before)
        return result

    def _update_spares(self, before):
        """A mentor who was taken by hand is no spare one; who was left out is. As superuser.

        :param before: the mentors of the rows that were changed
        """
        for proposal in self:
            taken = proposal.line_ids.mentor_id
            spares = proposal.spare_ids
            spares.filtered_domain([("mentor_id", "in", taken.ids)]).unlink()
            left_out = before - taken - proposal.spare_ids.mentor_id
            loads = proposal._count_loads(left_out)
            spares.create(
                [
                    {
                        "proposal_id": proposal.id,
                        "mentor_id": mentor.id,
                        "reason": "freed",
                        "load": loads[mentor.id],
                    }
                    for mentor in left_out
                ]
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_appointed(self):
        if self.line_ids.mentorship_id:
            raise UserError(self.env._("A proposal whose mentors were appointed is history."))
