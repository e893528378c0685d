from odoo import models


class HrBackbonePublicity(models.Model):
    """The notice in the portal."""

    _name = "hr.backbone.publicity"
    _inherit = ["hr.backbone.publicity", "hr.backbone.portal.mixin"]

    _portal_path = "notices"
