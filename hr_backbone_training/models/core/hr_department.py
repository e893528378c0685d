# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ...const import ADMINISTRATOR

# by which somebody becomes the manager of people, or the director who approves
POWERS = {"manager_id", "parent_id", "is_backbone_center"}


class HrDepartment(models.Model):
    """Who manages a department, and whether it is a center. Managers read the documents of their
    people and decide on some: so nobody in HR makes themselves a manager."""

    _inherit = "hr.department"

    # whom a user manages is asked on every page
    manager_id = fields.Many2one(index="btree_not_null")
    is_backbone_center = fields.Boolean(
        "Center",
        help="Its manager is the director of the center, who approves the backbone "
        "applications of this department and those below.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: people make themselves the manager"""
        departments = super().create(vals_list)
        if any(vals.get("manager_id") for vals in vals_list):
            departments._check_backbone_powers({})
        return departments

    def write(self, vals):
        """:raise UserError: people make themselves the manager, or the director of a center"""
        asked = POWERS & set(vals)
        before = self._get_backbone_powers() if asked else {}
        result = super().write(vals)
        if asked:
            self._check_backbone_powers(before)
        return result

    def _check_backbone_powers(self, before):
        """:raise UserError: the user has more of a say in these departments than `before`"""
        for department, powers in self._get_backbone_powers().items():
            if powers - before.get(department, set()):
                raise UserError(
                    self.env._(
                        "You cannot make yourself the manager of a department, put one below "
                        "yours, or make yours a center: ask another person in human resources."
                    )
                )

    def _get_backbone_powers(self):
        """:return: {department: what the user is to it: "manager", of it or of one above, and
        "director"}; empty for those who may change it, and for whoever is no employee"""
        user = self.env.user
        own = set(user._get_backbone_ever())
        free = self.env.uid == SUPERUSER_ID or user.has_group(ADMINISTRATOR)
        if not own or free or user.has_group("base.group_erp_manager"):
            return {}
        powers = {}
        # sudo: whether the user manages one of these
        for department in self.sudo():
            above = [int(number) for number in (department.parent_path or "").split("/") if number]
            managers = set(department.browse(above).manager_id.ids)
            powers[department.sudo(False)] = {
                *(["manager"] if managers & own else []),
                *(
                    ["director"]
                    if department.is_backbone_center and department.manager_id.id in own
                    else []
                ),
            }
        return powers
