# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

from ...const import DAYS, SETTINGS


class ResCompany(models.Model):
    """When a certification is warned of, and what a suggestion's score is made of."""

    _inherit = "res.company"

    backbone_certification_warning_days = fields.Integer(
        "Warning before a Certification expires (days)", default=60, prefetch=SETTINGS
    )
    backbone_suggestion_weight_technique = fields.Integer(
        "Technique", default=30, prefetch=SETTINGS
    )
    backbone_suggestion_weight_benefit = fields.Integer("Benefit", default=30, prefetch=SETTINGS)
    backbone_suggestion_weight_scope = fields.Integer("Scope", default=20, prefetch=SETTINGS)
    backbone_suggestion_weight_practicality = fields.Integer(
        "Practicality", default=20, prefetch=SETTINGS
    )

    _backbone_certification_warning_days_positive = models.Constraint(
        f"CHECK (backbone_certification_warning_days {DAYS})",
        "The warning comes 0 to 3,650 days before the day on which the certification expires.",
    )
    _backbone_suggestion_weights_total = models.Constraint(
        """CHECK (backbone_suggestion_weight_technique >= 0
            AND backbone_suggestion_weight_benefit >= 0
            AND backbone_suggestion_weight_scope >= 0
            AND backbone_suggestion_weight_practicality >= 0
            AND backbone_suggestion_weight_technique::bigint + backbone_suggestion_weight_benefit
              + backbone_suggestion_weight_scope + backbone_suggestion_weight_practicality
              = 100)""",
        "The four parts of a suggestion's score must add up to 100 points.",
    )
