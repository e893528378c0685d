from odoo import fields, models

from ..core import texts


class HrBackboneProgramLine(models.Model):
    """What the program grants in an echelon: "a long-term incentive mechanism"."""

    _inherit = "hr.backbone.program.line"

    currency_id = fields.Many2one(related="company_id.currency_id")
    outstanding_quota = fields.Integer(
        "Outstanding", default=1, help="How many members are named outstanding at year's end."
    )
    incentive = texts.Char(
        translate=True, help="What the outstanding are granted, in words; for information."
    )
    incentive_amount = fields.Monetary(help="For information: nothing is paid from here.")

    _outstanding_quota_positive = models.Constraint(
        "CHECK (outstanding_quota >= 0 AND incentive_amount >= 0)",
        "The number of the outstanding and the incentive cannot be negative.",
    )
