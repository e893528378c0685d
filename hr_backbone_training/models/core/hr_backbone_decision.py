# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError


class HrBackboneDecision(models.Model):
    """One row for every step that anyone took on any document: the trail that proves
    the seed's "department, director, company audit, publicity" to an auditor."""

    _name = "hr.backbone.decision"
    _description = "Backbone Decision"
    _inherit = ["hr.backbone.attached.mixin", "hr.backbone.reason.mixin"]
    _order = "date desc, id desc"
    _rec_name = "res_name"

    res_name = fields.Char("Document", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    user_id = fields.Many2one("res.users", "Decided by", required=True, readonly=True, index=True)
    date = fields.Datetime(required=True, readonly=True)
    move = fields.Char("Step", required=True, readonly=True)
    move_label = fields.Char("Decision", compute="_compute_labels")
    from_state = fields.Char("From (technical)", readonly=True)
    to_state = fields.Char("To (technical)", readonly=True)
    from_label = fields.Char("From", compute="_compute_labels")
    to_label = fields.Char("To", compute="_compute_labels")
    comment = fields.Text(readonly=True)
    undone_id = fields.Many2one(
        "hr.backbone.decision",
        "Takes Back",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _document = models.Index("(res_model, res_id)")

    def _get_reasoned(self):
        return self.env[self.res_model].browse(self.res_id)

    def _get_reason(self):
        """What was written, whoever may read it; as superuser."""
        self.ensure_one()
        return self.comment or self.kept_reason

    @api.depends("res_model", "move", "from_state", "to_state")
    @api.depends_context("lang")
    def _compute_labels(self):
        for decision in self:
            document = self.env.get(decision.res_model)
            if document is None or not hasattr(document, "_get_move_label"):
                decision.move_label = decision.move
                decision.from_label = decision.from_state
                decision.to_label = decision.to_state
                continue
            states = document._get_state_labels()
            decision.move_label = document._get_move_label(decision.move)
            decision.from_label = states.get(decision.from_state)
            decision.to_label = states.get(decision.to_state)

    def _get_decider(self):
        """Who took the step, as people read it: what a job did, nobody decided."""
        self.ensure_one()
        # sudo: the name of a colleague, which a portal login does not read
        user = self.sudo().user_id
        if user == self.env.ref("base.user_root"):
            return self.env._("Automatically")
        return user.name

    def write(self, vals):
        if self:
            raise UserError(self.env._("A decision is history: it is never edited."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A decision is history: it is never deleted."))
