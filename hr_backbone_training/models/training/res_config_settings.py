# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of training; they are on the company."""

    _inherit = "res.config.settings"

    backbone_internal_training = fields.Selection(
        related="company_id.backbone_internal_training", readonly=False, required=True
    )
