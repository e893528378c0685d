# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

from ...const import OFFICER
from ..core.public import public


class HrDepartment(models.Model):
    """The talent pool of a department."""

    _inherit = "hr.department"

    backbone_member_count = fields.Integer(
        compute="_compute_backbone_member_count",
        groups=OFFICER,
    )

    def _compute_backbone_member_count(self):
        groups = self.env["hr.employee"]._read_group(
            [("department_id", "child_of", self.ids), ("backbone_member_id", "!=", False)],
            ["department_id"],
            ["__count"],
        )
        for department in self:
            path = department.parent_path or ""
            department.backbone_member_count = sum(
                count for below, count in groups if (below.parent_path or "").startswith(path)
            )

    @public(one=True)
    def action_open_backbone_members(self):
        """The talent pool of this department and those below."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_member_action"
        )
        action["domain"] = [("employee_id.department_id", "child_of", self.ids)]
        return action
