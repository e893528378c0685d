# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of the selection; they are on the company."""

    _inherit = "res.config.settings"

    backbone_approval_days = fields.Integer(
        related="company_id.backbone_approval_days", readonly=False
    )
    backbone_fairness = fields.Boolean(related="company_id.backbone_fairness", readonly=False)
