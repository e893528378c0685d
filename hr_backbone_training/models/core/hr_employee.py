from odoo import api, fields, models


class HrEmployee(models.Model):
    """The departments that an employee manages; and an employee whose login another resource
    has, or who is deleted: see `resource.resource`."""

    _inherit = "hr.employee"

    backbone_department_ids = fields.One2many(
        "hr.department", "manager_id", "Managed Departments", groups="hr.group_hr_user"
    )

    @api.model_create_multi
    def create(self, vals_list):
        moved = any(vals.get("resource_id") for vals in vals_list)
        employees = super().create(vals_list)
        if moved:
            self.env.registry.clear_cache()
        return employees

    def write(self, vals):
        result = super().write(vals)
        if "resource_id" in vals:
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        users = self.user_id
        result = super().unlink()
        if users:
            self.env.registry.clear_cache()
        return result
