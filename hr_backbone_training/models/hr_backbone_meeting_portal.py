from odoo import models


class HrBackboneMeeting(models.Model):
    """The meeting in the portal."""

    _name = "hr.backbone.meeting"
    _inherit = ["hr.backbone.meeting", "hr.backbone.portal.mixin"]

    _portal_path = "meetings"
