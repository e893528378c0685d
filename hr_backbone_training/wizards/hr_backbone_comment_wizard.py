# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ..models.core import texts
from ..models.core.public import is_id


class HrBackboneCommentWizard(models.TransientModel):
    """Asks for the written comment of a step, then takes the step. It knows no rule of
    its own: the document's table of moves and refusals decide."""

    _name = "hr.backbone.comment.wizard"
    _description = "Comment on a Backbone Step"
    _inherit = ["hr.backbone.window.mixin"]

    res_model = fields.Char(required=True, readonly=True)
    res_ids = fields.Json(required=True, readonly=True)
    move = fields.Char(required=True, readonly=True)
    move_label = fields.Char("Step", compute="_compute_move_label")
    document_names = fields.Char("Documents", compute="_compute_move_label")
    comment_required = fields.Boolean(compute="_compute_move_label")
    readers = fields.Char("Read by", compute="_compute_move_label")
    consequences = fields.Text("What Follows", compute="_compute_move_label")
    comment = texts.Text()

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        context = self.env.context
        defaults.setdefault("res_model", context.get("active_model"))
        defaults.setdefault("res_ids", context.get("active_ids") or [])
        return defaults

    @api.depends("res_model", "res_ids", "move")
    @api.depends_context("lang", "uid")
    def _compute_move_label(self):
        for wizard in self:
            documents = wizard._get_documents()
            move = documents._get_move(wizard.move)
            wizard.move_label = documents._get_move_label(move.name)
            wizard.comment_required = move.comment or documents._needs_comment(move.name)
            wizard.readers = documents._say_readers(move.name)
            # for whoever may take the step, and nobody else
            refused = documents.browse(row.id for row in documents._get_refusals(move.name))
            told = (documents - refused)._say_consequences(move.name)
            wizard.consequences = "\n".join(told) or False
            names = documents[:5].mapped("display_name")
            wizard.document_names = format_list(self.env, names) + (
                " …" if len(documents) > 5 else ""
            )

    def _get_documents(self):
        """The documents, readable by the user; UserError for anything else."""
        self.ensure_one()
        if self.res_model not in self.env["hr.backbone.decision"]._get_document_models():
            raise UserError(self.env._("Open this window from a document."))
        ids = self.res_ids
        if not (isinstance(ids, list) and ids and all(map(is_id, ids))):
            raise UserError(self.env._("Open this window from a document."))
        documents = self.env[self.res_model].browse(ids).exists()
        if not documents:
            raise UserError(self.env._("This document has been deleted."))
        documents.check_access("read")
        return documents

    def _confirm(self):
        """Take the step with the comment on all documents."""
        self._get_documents()._take_asked(self.move, self.comment)
