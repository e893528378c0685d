# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of the quarter; they are on the company."""

    _inherit = "res.config.settings"

    backbone_fiscal_month = fields.Selection(
        related="company_id.backbone_fiscal_month", readonly=False
    )
    backbone_report_days = fields.Integer(related="company_id.backbone_report_days", readonly=False)
    backbone_assessment_days = fields.Integer(
        related="company_id.backbone_assessment_days", readonly=False
    )
    backbone_acceptance_days = fields.Integer(
        related="company_id.backbone_acceptance_days", readonly=False
    )
    backbone_remind_before = fields.Integer(
        related="company_id.backbone_remind_before", readonly=False
    )
    backbone_remind_after = fields.Integer(
        related="company_id.backbone_remind_after", readonly=False
    )
    backbone_escalate_after = fields.Integer(
        related="company_id.backbone_escalate_after", readonly=False
    )
    backbone_fall_points = fields.Integer(related="company_id.backbone_fall_points", readonly=False)
    backbone_share_assessment = fields.Boolean(
        related="company_id.backbone_share_assessment", readonly=False
    )
    backbone_grade_s = fields.Integer(related="company_id.backbone_grade_s", readonly=False)
    backbone_grade_a = fields.Integer(related="company_id.backbone_grade_a", readonly=False)
    backbone_grade_b = fields.Integer(related="company_id.backbone_grade_b", readonly=False)
    backbone_grade_c = fields.Integer(related="company_id.backbone_grade_c", readonly=False)
