# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of mentoring; they are on the company."""

    _inherit = "res.config.settings"

    backbone_mentor_cap = fields.Integer(related="company_id.backbone_mentor_cap", readonly=False)
    backbone_mentor_days = fields.Integer(related="company_id.backbone_mentor_days", readonly=False)
    backbone_owes_talk = fields.Boolean(related="company_id.backbone_owes_talk", readonly=False)
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
