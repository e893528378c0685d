from odoo import models


class IrHttp(models.AbstractModel):
    """What the scripts of the portal's pages say comes in the reader's language."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "hr_backbone_training"]
