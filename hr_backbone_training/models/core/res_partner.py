from odoo import models


class ResPartner(models.Model):
    """The name of a login, which stands on documents and under signatures."""

    _inherit = "res.partner"

    def write(self, vals):
        """:raise UserError: people rename themselves whose name stands on a document"""
        # a page of the portal writes as superuser: who is it decides
        own = self.env.user.partner_id if "name" in vals else self.browse()
        if own in self and vals["name"] != own.name:
            self.env.user._check_backbone_name()
        return super().write(vals)
