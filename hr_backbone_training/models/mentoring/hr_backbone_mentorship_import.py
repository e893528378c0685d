from odoo import models


class HrBackboneMentorship(models.Model):
    """Who mentors whom comes in through Odoo's own import, as appointments: member and mentor
    are told, and each still accepts. The rules of an appointment are those of the form."""

    _name = "hr.backbone.mentorship"
    _inherit = ["hr.backbone.mentorship", "hr.backbone.import.mixin"]

    _import_named = ("member_id", "mentor_id")
    _import_required = ("member_id", "mentor_id")
