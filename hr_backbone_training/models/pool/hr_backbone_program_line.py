# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import UserError


class HrBackboneProgramLine(models.Model):
    """How many an echelon takes is not for those to say who are in it or may come into it, once
    the program was started."""

    _inherit = "hr.backbone.program.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_own_quota()
        return lines

    def write(self, vals):
        """:raise UserError: see above"""
        if "quota" in vals:
            self._check_own_quota()
        return super().write(vals)

    def _check_own_quota(self):
        lines = self.filtered(lambda line: line.program_id.state != "draft")
        if self.env.su or not lines:
            return
        self.check_access("write")
        levels = self.env["hr.backbone.echelon"]._get_own_levels(lines.company_id)
        for line in lines:
            if line.echelon_id._is_open_to_me(levels, line.company_id):
                raise UserError(
                    self.env._(
                        "You are in the %s or may come into it, so somebody else in HR decides how "
                        "many it takes.",
                        line.echelon_id.name,
                    )
                )
