from odoo import api, models


class ResourceResource(models.Model):
    """An employee's login, and whether the employee is archived, are the resource's: what is
    kept in memory of them (`_is_backbone_employee`) goes when they change."""

    _inherit = "resource.resource"

    @api.model_create_multi
    def create(self, vals_list):
        resources = super().create(vals_list)
        if any(vals.get("user_id") for vals in vals_list):
            self.env.registry.clear_cache()
        return resources

    def write(self, vals):
        # Odoo writes “no login” to whoever has none, too: that changes nothing
        changed = {"user_id", "active"} & set(vals) and (vals.get("user_id") or self.user_id)
        result = super().write(vals)
        if changed:
            self.env.registry.clear_cache()
        return result
