# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class HrDepartment(models.Model):
    """The places of a department for members from elsewhere."""

    _inherit = "hr.department"

    backbone_rotation_capacity = fields.Integer(
        "Rotation Places",
        help="How many members from elsewhere the department takes at a time; zero sets no limit.",
    )

    _backbone_rotation_capacity_positive = models.Constraint(
        "CHECK (backbone_rotation_capacity >= 0)",
        "The number of rotation places cannot be negative.",
    )
