from odoo import models


class HrEmployee(models.Model):
    """Whoever leaves the company holds up no application."""

    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            self.env["hr.backbone.application"]._on_people_left(self)
        return result
