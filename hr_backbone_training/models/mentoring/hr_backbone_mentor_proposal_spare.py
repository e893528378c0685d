# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.tools.misc import formatLang


class HrBackboneMentorProposalSpare(models.Model):
    """A mentor whom a proposal gives to nobody, and why."""

    _name = "hr.backbone.mentor.proposal.spare"
    _description = "Mentor not taken by a Proposal"
    _order = "proposal_id, id"
    _rec_name = "mentor_id"

    proposal_id = fields.Many2one(
        "hr.backbone.mentor.proposal", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="proposal_id.company_id", store=True, index=True)
    mentor_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="cascade"
    )
    department_id = fields.Many2one(related="mentor_id.department_id", depends=["mentor_id"])
    load = fields.Integer("Members now", readonly=True)
    reason = fields.Selection(
        [
            ("full", "No free place"),
            ("none_below", "No member without a mentor has a lower rank"),
            ("reports", "Reports to all whose rank is lower"),
            ("better", "Others are better"),
            ("freed", "Left out by HR"),
        ],
        required=True,
        readonly=True,
    )
    member_count = fields.Integer("Possible Members", readonly=True)
    member_id = fields.Many2one(
        "hr.backbone.member", "Best Member", readonly=True, index=True, ondelete="set null"
    )
    score = fields.Float("Points with that Member", readonly=True, digits=(16, 2))
    other_mentor_id = fields.Many2one(
        "hr.employee", "Taken instead", readonly=True, index=True, ondelete="set null"
    )
    other_score = fields.Float("Points of the other Mentor", readonly=True, digits=(16, 2))
    explanation = fields.Text(compute="_compute_explanation")

    @api.depends("reason", "load", "member_count", "member_id", "score", "other_score")
    def _compute_explanation(self):
        """One line in the reader's language, made of what is stored."""
        for spare in self:
            spare.explanation = spare._explain()

    def _explain(self):
        # sudo: names, for HR
        spare = self.sudo()
        values = {
            "mentor": spare.mentor_id.name,
            "load": self.load,
            "count": self.member_count,
            "member": spare.member_id.employee_id.name,
            "score": formatLang(self.env, self.score, digits=1),
            "other": spare.other_mentor_id.name,
            "other_score": formatLang(self.env, self.other_score, digits=1),
        }
        if self.reason == "full":
            return self.env._("%(mentor)s has no free place (members now: %(load)s).", **values)
        if self.reason == "none_below":
            return self.env._(
                "No member without a mentor has a lower rank than %(mentor)s.", **values
            )
        if self.reason == "reports":
            return self.env._("%(mentor)s reports to the members whose rank is lower.", **values)
        if self.reason == "freed":
            return self.env._("HR chose others in place of %(mentor)s.", **values)
        return self.env._(
            "Members whom %(mentor)s could guide: %(count)s. Each is as well or better off with "
            "another; the best of them, %(member)s, has %(score)s points with %(mentor)s and "
            "%(other_score)s with %(other)s.",
            **values,
        )
