from odoo import api, fields, models


class ResUsers(models.Model):
    """The departments that a user manages: rules, pages and lists all ask for them."""

    _inherit = "res.users"

    # kept as long as nothing about it changes: a page asks for it a dozen times
    backbone_managed_department_ids = fields.Many2many(
        "hr.department",
        string="Managed Departments",
        compute="_compute_backbone_managed_department_ids",
        compute_sudo=True,
        groups="base.group_system",
    )

    @api.depends("employee_ids.backbone_department_ids")
    def _compute_backbone_managed_department_ids(self):
        """Archived ones among them, and of all companies."""
        departments = self.env["hr.department"].with_context(active_test=False)
        managed = departments.search([("manager_id.user_id", "in", self.ids)])
        for user in self:
            user.backbone_managed_department_ids = (
                managed.filtered(lambda row, user=user: row.manager_id.user_id == user)
                if len(self) > 1
                else managed
            )
