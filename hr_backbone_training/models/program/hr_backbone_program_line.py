from odoo import fields, models


class HrBackboneProgramLine(models.Model):
    """How many people a program takes into an echelon."""

    _name = "hr.backbone.program.line"
    _readers = ("everyone",)
    _description = "Backbone Program Echelon"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "program_id, level, id"
    _rec_name = "echelon_id"
    _check_company_auto = True
    _kept_fields = ("program_id",)

    program_id = fields.Many2one(
        "hr.backbone.program", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True, index=True)
    echelon_id = fields.Many2one(
        "hr.backbone.echelon", required=True, ondelete="restrict", check_company=True
    )
    level = fields.Integer(related="echelon_id.level", store=True)
    quota = fields.Integer(default=10, help="Exceeded only by a meeting that writes down why.")

    _echelon_uniq = models.UniqueIndex(
        "(program_id, echelon_id)", "Each echelon may appear only once per program."
    )
    _quota_positive = models.Constraint("CHECK (quota >= 0)", "A quota cannot be negative.")
