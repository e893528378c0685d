# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models

from ..models.hr_backbone_member import OFFERED_BY


class HrBackboneObligation(models.Model):
    """A course that HR lets count as internal training delivers it in the quarter in which the
    member completes it, see `_select_offers` of the member."""

    _inherit = "hr.backbone.obligation"
    _depends = OFFERED_BY
