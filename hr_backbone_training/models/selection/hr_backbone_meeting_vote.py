# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import texts


class HrBackboneMeetingVote(models.Model):
    """The vote of one attendee on one name. Everyone casts their own, nobody another's."""

    _name = "hr.backbone.meeting.vote"
    _description = "Backbone Meeting Vote"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "item_id, id"
    _rec_name = "user_id"
    _readers = ("committee", "hr")

    item_id = fields.Many2one(
        "hr.backbone.meeting.item", required=True, ondelete="cascade", index=True
    )
    meeting_id = fields.Many2one(related="item_id.meeting_id", store=True, index=True)
    company_id = fields.Many2one(related="item_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        "Member",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    vote = fields.Selection(
        [("for", "For"), ("against", "Against"), ("abstain", "Abstain")], required=True
    )
    comment = texts.Text()

    _user_uniq = models.UniqueIndex("(item_id, user_id)", "Each attendee has one vote on a name.")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("user_id", self.env.uid) != self.env.uid:
                raise UserError(self.env._("You can cast only your own vote."))
        votes = super().create([{**vals, "user_id": self.env.uid} for vals in vals_list])
        votes._check_own()
        return votes

    def write(self, vals):
        if set(vals) - {"vote", "comment"}:
            raise UserError(self.env._("You can cast only your own vote."))
        self._check_own()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        # sudo: the procedure, see `_forget_votes` of the item
        if self.env.su:
            return
        raise UserError(self.env._("A vote stays with the name: change it while in session."))

    def _check_own(self):
        for vote in self:
            if vote.user_id != self.env.user:
                raise UserError(self.env._("You can cast only your own vote."))
            if reason := vote.item_id._get_vote_refusal():
                raise UserError(reason)
