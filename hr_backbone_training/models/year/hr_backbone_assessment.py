# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models

from .hr_backbone_program import IN_FORCE


class HrBackboneAssessment(models.Model):
    """The evaluation of the year, which stands on the form of a quarter."""

    _inherit = "hr.backbone.assessment"

    # what the reader of a form may see besides the assessment, for many at once
    readable_evaluation_id = fields.Many2one(
        "hr.backbone.evaluation",
        "Evaluation I may read",
        compute="_compute_readable_evaluation_id",
    )

    @api.depends_context("uid")
    @api.depends("quarter_id", "member_id")
    def _compute_readable_evaluation_id(self):
        # the rights of the reader decide, also where a form is printed as superuser
        evaluations = self._get_readable_evaluations(self.env(su=False))
        for assessment in self:
            # sudo: whose it is, and of which year
            stored = assessment.sudo()
            key = (stored.member_id.id, stored.quarter_id.year)
            assessment.readable_evaluation_id = evaluations.get(key)

    def _get_readable_evaluations(self, env):
        """{(member id, year): the evaluation of the year}, of those that are frozen."""
        model = env["hr.backbone.evaluation"]
        if not model.has_access("read"):
            return {}
        # sudo: whom the assessments are about; the search is the reader's
        found = model.search([("member_id", "in", self.sudo().member_id.ids)])
        # sudo: the run of an evaluation that the user may read
        rows = found.sudo().filtered(lambda row: row.run_id.is_told or row.run_id.state in IN_FORCE)
        # whoever reads a correction before it is announced gets the correction
        rows = rows.sorted(lambda row: row.run_id.version)
        return {(row.member_id.id, row.program_id.year): row for row in rows}
