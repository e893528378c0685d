# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrDepartment(models.Model):
    """Another manager goes on with the drafts of the one before."""

    _inherit = "hr.department"

    def write(self, vals):
        before = self.manager_id if "manager_id" in vals else self.env["hr.employee"]
        result = super().write(vals)
        if before:
            self.env["hr.backbone.application"]._on_people_left(before)
        return result


class HrEmployee(models.Model):
    """Whoever leaves the company, be it for another one of the group, holds up no application, and
    whoever comes back goes on."""

    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals or "company_id" in vals:
            self.env["hr.backbone.application"]._on_people_left(self)
        return result
