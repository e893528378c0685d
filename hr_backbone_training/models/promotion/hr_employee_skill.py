# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models

from ...const import OFFICER
from ..core.rows import ReadableOne2many


class HrEmployeeSkill(models.Model):
    """A certification that follows from a verified qualification shows HR its proof."""

    _inherit = "hr.employee.skill"

    backbone_achievement_ids = ReadableOne2many(
        "hr.backbone.achievement", "employee_skill_id", "Verified Qualifications", groups=OFFICER
    )
    backbone_evidence_ids = fields.Many2many(
        "ir.attachment",
        string="Proof",
        compute="_compute_backbone_evidence_ids",
        groups=OFFICER,
        help="The files of the verified qualification.",
    )

    @api.depends("backbone_achievement_ids")
    def _compute_backbone_evidence_ids(self):
        for row in self:
            row.backbone_evidence_ids = row.backbone_achievement_ids.attachment_ids
