# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of the year; they are on the company."""

    _inherit = "res.config.settings"

    backbone_missing_quarter = fields.Selection(
        related="company_id.backbone_missing_quarter", readonly=False, required=True
    )
    backbone_least_quarters = fields.Integer(
        related="company_id.backbone_least_quarters", readonly=False
    )
    backbone_least_weight = fields.Integer(
        related="company_id.backbone_least_weight", readonly=False
    )
    backbone_leniency = fields.Boolean(related="company_id.backbone_leniency", readonly=False)
    backbone_leniency_report_weight = fields.Integer(
        related="company_id.backbone_leniency_report_weight", readonly=False
    )
