# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    backbone_publicity_days = fields.Integer(
        related="company_id.backbone_publicity_days", readonly=False
    )
    backbone_quorum = fields.Integer(related="company_id.backbone_quorum", readonly=False)
    backbone_minimum_tenure = fields.Integer(
        related="company_id.backbone_minimum_tenure", readonly=False
    )
    backbone_anonymous_objection = fields.Boolean(
        related="company_id.backbone_anonymous_objection", readonly=False
    )
    backbone_upload_mb = fields.Integer(related="company_id.backbone_upload_mb", readonly=False)
    backbone_upload_kinds = fields.Char(related="company_id.backbone_upload_kinds", readonly=False)
    backbone_engine = fields.Selection(
        [("weasyprint", "WeasyPrint"), ("wkhtmltopdf", "wkhtmltopdf")],
        string="Printed by",
        compute="_compute_backbone_engine",
    )
    backbone_center_ids = fields.Many2many(
        "hr.department",
        string="Centers",
        compute="_compute_backbone_center_ids",
        inverse="_inverse_backbone_center_ids",
        help="The managers of these departments are the directors who approve.",
    )

    def _compute_backbone_engine(self):
        self.backbone_engine = self.env["ir.actions.report"].get_backbone_engine()

    @api.depends("company_id")
    def _compute_backbone_center_ids(self):
        for settings in self:
            settings.backbone_center_ids = self.env["hr.department"].search(
                [
                    ("is_backbone_center", "=", True),
                    ("company_id", "in", [settings.company_id.id, False]),
                ]
            )

    def _inverse_backbone_center_ids(self):
        for settings in self:
            centers = self.env["hr.department"].search(
                [
                    ("is_backbone_center", "=", True),
                    ("company_id", "in", [settings.company_id.id, False]),
                ]
            )
            (centers - settings.backbone_center_ids).is_backbone_center = False
            (settings.backbone_center_ids - centers).is_backbone_center = True
