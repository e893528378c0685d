from odoo import fields, models


class HrEmployee(models.Model):
    """The departments that an employee manages."""

    _inherit = "hr.employee"

    backbone_department_ids = fields.One2many(
        "hr.department", "manager_id", "Managed Departments", groups="hr.group_hr_user"
    )
