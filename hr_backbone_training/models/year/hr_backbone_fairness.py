# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class HrBackboneFairness(models.Model):
    """And who is outstanding, among those who were evaluated."""

    _inherit = "hr.backbone.fairness"

    run_id = fields.Many2one(
        "hr.backbone.evaluation.run", "Evaluation", readonly=True, ondelete="cascade"
    )

    _run_uniq = models.UniqueIndex(
        "(run_id)", "The fairness of an evaluation is looked at only once."
    )

    def _get_document(self):
        return self.run_id or super()._get_document()
