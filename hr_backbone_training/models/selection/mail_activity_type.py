# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models


class MailActivityType(models.Model):
    _inherit = "mail.activity.type"

    @api.model
    def _get_backbone_decided(self):
        decided = self.browse(self.env.user._get_backbone_objection_type())
        return super()._get_backbone_decided() | decided
