# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class HrEmployeePublic(models.Model):
    """What a colleague may see is what publicity made public: that someone is in the talent
    pool, and in which echelon. The mentor is for HR."""

    _inherit = "hr.employee.public"

    backbone_member_id = fields.Many2one(
        "hr.backbone.member", "Talent Pool Membership", readonly=True
    )
    backbone_echelon_id = fields.Many2one("hr.backbone.echelon", readonly=True)
    backbone_mentor_id = fields.Many2one(
        "hr.employee.public", readonly=True, groups="hr.group_hr_user"
    )
