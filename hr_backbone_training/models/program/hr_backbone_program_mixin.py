# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class HrBackboneProgramMixin(models.AbstractModel):
    """A document that hangs on the program of a year, and so belongs to its company."""

    _name = "hr.backbone.program.mixin"
    _description = "Backbone Document of a Program"

    program_id = fields.Many2one(
        "hr.backbone.program",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env["hr.backbone.program"]._get_running(),
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, index=True, precompute=True
    )
