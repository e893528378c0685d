from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HrBackboneDecision(models.Model):
    """One row for every step that anyone took on any document: the trail that proves
    the seed's "department, director, company audit, publicity" to an auditor."""

    _name = "hr.backbone.decision"
    _description = "Backbone Decision"
    _inherit = ["hr.backbone.reason.mixin"]
    _order = "date desc, id desc"
    _rec_name = "res_name"

    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document ID", model_field="res_model", required=True, readonly=True, index=True
    )
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
    is_readable = fields.Boolean(
        compute="_compute_is_readable",
        search="_search_is_readable",
        help="Whoever reads a document reads the decisions taken on it.",
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
            states = dict(document._fields["state"]._description_selection(self.env))
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

    def _compute_is_readable(self):
        readable = self.browse()
        for res_model, decisions in self.grouped("res_model").items():
            if res_model not in self.env:
                continue
            # the user's own rights decide, also when a rule is evaluated as superuser
            model = self.env(su=False)[res_model]
            documents = model.browse(decisions.mapped("res_id"))
            ids = set(documents.sudo().exists().sudo(False)._filtered_access("read").ids)
            readable |= decisions.filtered(lambda d, ids=ids: d.res_id in ids)
        for decision in self:
            decision.is_readable = decision in readable

    @api.model
    def _search_is_readable(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        # the user's own rights decide, also when a rule is evaluated as superuser
        own = self.sudo(False)
        own = own.env["ir.rule"]._with_backbone_rules(own, self._get_ruled_models())
        domains = []
        for name in self._get_document_models():
            model = own.env[name].with_context(active_test=False)
            if model.has_access("read"):
                domains.append(
                    Domain("res_model", "=", name) & Domain("res_id", "in", model._search([]))
                )
        return Domain.OR(domains)

    @api.model
    def _get_ruled_models(self):
        """The names of the models whose rules those of a document lead to."""
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("hr.backbone.") and not model._abstract
        ]

    @api.model
    def _get_document_models(self):
        """The names of the models that carry the workflow."""
        mixin = self.env.registry["hr.backbone.workflow.mixin"]
        return [
            name
            for name, model in self.env.registry.items()
            if not model._abstract and issubclass(model, mixin)
        ]

    def write(self, vals):
        if self:
            raise UserError(self.env._("A decision is history: it is never edited."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A decision is history: it is never deleted."))
