from odoo import api, models
from odoo.fields import Domain


class HrBackbonePublicity(models.Model):
    """The notice in the portal."""

    _name = "hr.backbone.publicity"
    _inherit = ["hr.backbone.publicity", "hr.backbone.portal.mixin"]

    _portal_path = "notices"

    @api.model
    def _get_running_domain(self):
        """The notices to which one can object today, by the day of each one's company."""
        # sudo: the time zones of the user's own companies
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_end", ">=", company._backbone_today())
            for company in self.env.companies.sudo()
        )

    @api.model
    def _get_search_domains(self, text):
        shown = ("employee_name", "job_name", "department_name")
        lines = Domain.OR(Domain(name, "ilike", text) for name in shown)
        return {
            "notice": Domain("name", "ilike", text),
            "name": Domain("line_ids", "any", lines),
        }
