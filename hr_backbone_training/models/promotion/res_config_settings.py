# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of personal promotion; they are on the company."""

    _inherit = "res.config.settings"

    backbone_certification_warning_days = fields.Integer(
        related="company_id.backbone_certification_warning_days", readonly=False
    )
    backbone_suggestion_weight_technique = fields.Integer(
        related="company_id.backbone_suggestion_weight_technique", readonly=False
    )
    backbone_suggestion_weight_benefit = fields.Integer(
        related="company_id.backbone_suggestion_weight_benefit", readonly=False
    )
    backbone_suggestion_weight_scope = fields.Integer(
        related="company_id.backbone_suggestion_weight_scope", readonly=False
    )
    backbone_suggestion_weight_practicality = fields.Integer(
        related="company_id.backbone_suggestion_weight_practicality", readonly=False
    )
