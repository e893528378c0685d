# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

from ..core import texts


class HrBackboneProgramResponsibility(models.Model):
    """Who is responsible for what: "clarification of responsibilities at all levels"."""

    _name = "hr.backbone.program.responsibility"
    _description = "Backbone Program Responsibility"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "program_id, sequence, id"
    _rec_name = "task"
    _check_company_auto = True
    _kept_fields = ("program_id",)
    _readers = ("everyone",)

    program_id = fields.Many2one(
        "hr.backbone.program", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    role = texts.Char("Responsible", required=True)
    employee_id = fields.Many2one(
        "hr.employee",
        "Person",
        ondelete="set null",
        help="Where it is one certain person.",
        check_company=True,
    )
    task = texts.Char("Responsible for", required=True)
    deadline = fields.Date()
