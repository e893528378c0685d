# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...const import COMMITTEE, OFFICER


class HrBackboneSuggestionAdopted(models.Model):
    """An adopted work suggestion report: what every colleague may read, and nothing else.

    It is copied here with the adoption, so that nobody needs to read the report itself,
    its scores, files or conversation.
    """

    _name = "hr.backbone.suggestion.adopted"
    _description = "Adopted Work Suggestion"
    _inherit = ["hr.backbone.search.mixin"]
    _order = "date_adopted desc, id desc"

    suggestion_id = fields.Many2one(
        "hr.backbone.suggestion",
        "Report",
        required=True,
        readonly=True,
        ondelete="cascade",
        groups=f"{OFFICER},{COMMITTEE}",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    name = fields.Char("Subject", required=True, readonly=True)
    employee_name = fields.Char("Author", readonly=True)
    department_name = fields.Char("Department", readonly=True)
    proposal = fields.Text(readonly=True)
    expected_effect = fields.Text(readonly=True)
    answer = fields.Text("Answer of Management", readonly=True)
    date_adopted = fields.Date("Adopted on", readonly=True)

    _suggestion_uniq = models.UniqueIndex("(suggestion_id)", "A report is adopted once.")

    @api.model
    def _on_adopted(self, suggestions):
        """The company is shown what was adopted, as the report has it."""
        return self.create(
            [
                {
                    "suggestion_id": record.id,
                    "company_id": record.company_id.id,
                    "name": record.name,
                    "employee_name": record.employee_id.name,
                    "department_name": record.department_id.name,
                    "proposal": record.proposal,
                    "expected_effect": record.expected_effect,
                    "answer": record.answer,
                    "date_adopted": record.date_decided,
                }
                for record in suggestions
            ]
        )

    @api.model
    def _get_search_domains(self, text):
        names = ("name", "employee_name", "department_name", "proposal")
        return {name: Domain(name, "ilike", text) for name in names}

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("What was adopted cannot be changed any more."))
        return super().write(vals)
