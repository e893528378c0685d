# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models
from odoo.exceptions import UserError

from ..core import texts

GRANTED = {"outstanding_quota", "incentive", "incentive_amount"}


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

    def write(self, vals):
        """:raise UserError: the user is one of those who may be named"""
        if not self.env.su and not GRANTED.isdisjoint(vals):
            self.check_access("write")
            own = self.env["hr.backbone.member"]._get_own(self.company_id)
            taken = {(member.company_id, member.echelon_id) for member in own}
            if any((line.company_id, line.echelon_id) in taken for line in self):
                raise UserError(
                    self.env._(
                        "You are a member of this echelon, so somebody else in HR sets how many "
                        "are named outstanding, and what they are granted."
                    )
                )
        return super().write(vals)
