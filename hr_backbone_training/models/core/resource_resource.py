# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models


class ResourceResource(models.Model):
    """The login of an employee, the company, and whether the employee is archived are kept on the
    resource. When they change, what `_is_backbone_employee` has in memory goes, and
    `hr.backbone.login` keeps who the login was."""

    _inherit = "resource.resource"

    @api.model_create_multi
    def create(self, vals_list):
        resources = super().create(vals_list)
        if any(vals.get("user_id") for vals in vals_list):
            self.env.registry.clear_cache()
        return resources

    def write(self, vals):
        # Odoo writes “no login” to whoever has none, too: that changes nothing
        changed = {"user_id", "active", "company_id"} & set(vals) and (
            vals.get("user_id") or self.user_id
        )
        # sudo: who is the user of an employee
        before = {row: row.user_id for row in self.sudo()} if "user_id" in vals and changed else {}
        result = super().write(vals)
        if changed:
            self.env.registry.clear_cache()
        before = {row: old for row, old in before.items() if row.user_id != old}
        if before:
            self._keep_backbone_logins(before)
        return result

    def _keep_backbone_logins(self, before):
        """:param dict before: {resource: the login that it had}, of those that have another"""
        # sudo: as above
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        resources = self.browse([row.id for row in before])
        found = employees.search([("resource_id", "in", resources.ids)])
        self.env["hr.backbone.login"]._on_changed(
            [(row, before[row.resource_id], row.resource_id.user_id) for row in found]
        )
