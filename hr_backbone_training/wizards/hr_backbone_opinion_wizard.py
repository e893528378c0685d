# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models

from ..models.core import texts


class HrBackboneOpinionWizard(models.TransientModel):
    """HR asks somebody else for a second opinion."""

    _name = "hr.backbone.opinion.wizard"
    _description = "Another Second Rater"
    _inherit = ["hr.backbone.window.mixin"]

    _readers = ("rater", "mentor", "employee_shared", "hr")

    opinion_id = fields.Many2one(
        "hr.backbone.second.opinion", "Second Opinion", required=True, readonly=True
    )
    rater_id = fields.Many2one("hr.employee", "New Second Rater", required=True)
    readers = fields.Char("Read by", compute="_compute_readers")
    comment = texts.Text("Reason", required=True)

    @api.depends("opinion_id")
    @api.depends_context("lang", "uid")
    def _compute_readers(self):
        for wizard in self:
            wizard.readers = wizard.opinion_id._say_readers("reassign")

    def _confirm(self):
        """The second opinion passes to the new rater; it says itself what speaks against."""
        self.opinion_id.action_reassign(self.rater_id, self.comment)
