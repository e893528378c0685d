from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of the four ways of training; they stand on the company."""

    _inherit = "res.config.settings"

    backbone_mentor_cap = fields.Integer(related="company_id.backbone_mentor_cap", readonly=False)
    backbone_mentor_weight_skill = fields.Integer(
        related="company_id.backbone_mentor_weight_skill", readonly=False
    )
    backbone_mentor_weight_department = fields.Integer(
        related="company_id.backbone_mentor_weight_department", readonly=False
    )
    backbone_mentor_department = fields.Selection(
        related="company_id.backbone_mentor_department", readonly=False
    )
    backbone_mentor_weight_rank = fields.Integer(
        related="company_id.backbone_mentor_weight_rank", readonly=False
    )
    backbone_mentor_weight_load = fields.Integer(
        related="company_id.backbone_mentor_weight_load", readonly=False
    )
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
