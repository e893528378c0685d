# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.core import texts
from ..models.core.scores import Score


class HrBackboneReportWizard(models.TransientModel):
    """HR accepts reports with a score, one or many that deserve the same. It knows no rule of
    its own: the report decides."""

    _name = "hr.backbone.report.wizard"
    _description = "Accept Reports"
    _inherit = ["hr.backbone.window.mixin"]

    report_ids = fields.Many2many("hr.backbone.report", string="Reports", required=True)
    score = Score(help="0 to 100 points, for each of the reports.")
    comment = texts.Text(help="The members read it with the score.")
    readers = fields.Char("Read by", compute="_compute_readers")

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if self.env.context.get("active_model") == "hr.backbone.report":
            reports = self.env.context.get("active_ids") or []
            defaults.setdefault("report_ids", [Command.set(reports)])
        self._check_named([defaults])
        return defaults

    @api.depends("report_ids")
    def _compute_readers(self):
        for wizard in self:
            wizard.readers = wizard.report_ids._say_readers("accept")

    def _confirm(self):
        """Accept all of the reports with the score."""
        if not self.report_ids:
            raise UserError(self.env._("Choose the reports to accept."))
        if not self.score and not (self.comment or "").strip():
            raise UserError(self.env._("Give a score; for 0 points, say why in the comment."))
        self.report_ids.action_accept(self.score, self.comment)
