# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.tools import SQL

from ..core.words import get_written_lang


class HrBackboneAssessmentLine(models.Model):
    """The mentor's score of one criterion, with the criterion as it stood when the quarter
    opened."""

    _name = "hr.backbone.assessment.line"
    _description = "Assessment Score"
    _inherit = ["hr.backbone.score.mixin"]
    _order = "assessment_id, sequence, id"
    _kept_fields = ("assessment_id",)
    _readers = ("mentor", "managers", "employee_shared", "rater", "hr")

    assessment_id = fields.Many2one(
        "hr.backbone.assessment", required=True, readonly=True, index=True, ondelete="cascade"
    )

    def _get_scored(self):
        return self.assessment_id

    @api.model
    def _prepare_line_columns(self, quarter):
        """What a new line says: `a` is the assessment, `c` the criterion, in the company's
        language; for other addons to extend.

        :return: {field: SQL}
        """
        lang = get_written_lang(quarter)
        return {
            "assessment_id": SQL("a.id"),
            "company_id": SQL("a.company_id"),
            "criterion_id": SQL("c.id"),
            "sequence": SQL("c.sequence"),
            "name": SQL("COALESCE(c.name->>%s, c.name->>'en_US')", lang),
            "anchor": SQL("COALESCE(c.anchor->>%s, c.anchor->>'en_US')", lang),
            "weight": SQL("c.weight"),
        }
