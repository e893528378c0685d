# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models


class HrBackboneAttachedMixin(models.AbstractModel):
    """The finding hangs on an objection, which has no workflow: nobody follows it."""

    _inherit = "hr.backbone.attached.mixin"

    @api.model
    def _get_document_models(self):
        return [*super()._get_document_models(), "hr.backbone.objection"]
