# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models
from odoo.exceptions import UserError


class HrBackboneAssessmentNote(models.Model):
    """What a mentor had noted in the quarter before another took over: "with the
    predecessor's notes in sight". It stays the author's."""

    _name = "hr.backbone.assessment.note"
    _description = "Note of an Earlier Mentor"
    _order = "assessment_id, id"

    assessment_id = fields.Many2one(
        "hr.backbone.assessment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, precompute=True, index=True
    )
    mentor_id = fields.Many2one(
        "hr.employee", "Mentor then", required=True, readonly=True, index=True, ondelete="restrict"
    )
    mentor_name = fields.Char(readonly=True)
    date = fields.Date(readonly=True)
    text = fields.Text(readonly=True)

    def write(self, vals):
        if self:
            raise UserError(self.env._("A note of an earlier mentor is not edited."))
        return super().write(vals)
