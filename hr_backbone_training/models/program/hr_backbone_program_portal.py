from odoo import api, models


class HrBackboneProgram(models.Model):
    """The program in the portal: what everyone reads once it runs."""

    _name = "hr.backbone.program"
    _inherit = ["hr.backbone.program", "hr.backbone.portal.mixin"]

    _portal_path = "programs"

    @api.model
    def _get_shown(self):
        """The program of the user's company that runs, or else the last one that ran."""
        domain = [("company_id", "=", self.env.company.id)]
        return self._get_running() or self.search([*domain, ("state", "=", "closed")], limit=1)
