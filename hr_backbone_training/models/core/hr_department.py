from odoo import fields, models


class HrDepartment(models.Model):
    """Who manages a department, and whether it is a center."""

    _inherit = "hr.department"

    # whom a user manages is asked on every page
    manager_id = fields.Many2one(index="btree_not_null")
    is_backbone_center = fields.Boolean(
        "Center",
        help="Its manager is the director of the center, who approves the backbone "
        "applications of this department and those below.",
    )
