from odoo import api, models
from odoo.fields import Domain


class HrBackboneMeeting(models.Model):
    """The meeting in the portal."""

    _name = "hr.backbone.meeting"
    _inherit = ["hr.backbone.meeting", "hr.backbone.portal.mixin"]

    _portal_path = "meetings"

    @api.model
    def _get_search_domains(self, text):
        return {
            "name": Domain("name", "ilike", text),
            "location": Domain("location", "ilike", text),
        }
