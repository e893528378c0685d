# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain

from ...const import OFFICER


class HrBackboneAttachedMixin(models.AbstractModel):
    """A row that hangs on a document of any model: whoever reads the document reads the row,
    and nobody else. What hangs on a document that is gone is HR's."""

    _name = "hr.backbone.attached.mixin"
    _description = "Backbone Row of a Document"

    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document ID", model_field="res_model", required=True, readonly=True, index=True
    )
    is_readable = fields.Boolean(
        compute="_compute_is_readable",
        search="_search_is_readable",
        help="Whoever reads a document reads what hangs on it.",
    )

    @api.depends_context("uid")
    def _compute_is_readable(self):
        readable = self.browse()
        officer = self.env.user.has_group(OFFICER)
        for res_model, rows in self.grouped("res_model").items():
            if res_model not in self.env:
                readable |= rows if officer else rows.browse()
                continue
            # the user's own rights decide, also when a rule is evaluated as superuser
            model = self.env(su=False)[res_model]
            # sudo: which of them are still there
            kept = model.browse(rows.mapped("res_id")).sudo().exists()
            ids = set(kept.sudo(False)._filtered_access("read").ids)
            gone = set(rows.mapped("res_id")).difference(kept.ids) if officer else ()
            readable |= rows.filtered(
                lambda row, ids=ids, gone=gone: row.res_id in ids or row.res_id in gone
            )
        for row in self:
            row.is_readable = row in readable

    @api.model
    def _search_is_readable(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        # the user's own rights decide, also when a rule is evaluated as superuser
        own = self.sudo(False)
        own = own.env["ir.rule"]._with_backbone_rules(own, self._get_ruled_models())
        names = self._get_document_models()
        officer = self.env.user.has_group(OFFICER)
        domains = [Domain("res_model", "not in", names)] if officer else []
        for name in names:
            model = own.env[name].with_context(active_test=False)
            of_model = Domain("res_model", "=", name)
            if model.has_access("read"):
                domains.append(of_model & Domain("res_id", "in", model._search([])))
            if officer:
                # sudo: which of them are still there
                domains.append(of_model & Domain("res_id", "not in", model.sudo()._search([])))
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
        """The names of the models on whose documents rows hang: those that carry the workflow.
        For the rooms later in the flow to extend."""
        mixin = self.env.registry["hr.backbone.workflow.mixin"]
        return [
            name
            for name, model in self.env.registry.items()
            if not model._abstract and issubclass(model, mixin)
        ]
