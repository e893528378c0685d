from odoo import fields, models
from odoo.exceptions import UserError


class HrBackboneReportEntry(models.Model):
    """One thing that happened in the quarter, as the report found it on the time line: "so
    that the company can understand the situation of each key employee"."""

    _name = "hr.backbone.report.entry"
    _description = "Report Entry"
    _order = "report_id, date, id"
    _rec_name = "name"

    report_id = fields.Many2one(
        "hr.backbone.report", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, precompute=True, index=True
    )
    kind = fields.Char(required=True, readonly=True, help="The kind of the time line.")
    name = fields.Char(readonly=True)
    state = fields.Char("Technical Status", readonly=True)
    date = fields.Date(readonly=True)
    date_end = fields.Date("Until", readonly=True)
    hours = fields.Float(readonly=True)
    days = fields.Integer(readonly=True, help="Calendar days that lie in the quarter.")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    note = fields.Char("Remark", help="What the member says about it.")
    is_included = fields.Boolean("In the Report", default=True)

    _document_uniq = models.UniqueIndex(
        "(report_id, res_model, res_id)", "A document stands once in a report."
    )

    def write(self, vals):
        """The member remarks on it, or leaves it out; what happened stays as it was."""
        if not self.env.su:
            if set(vals) - {"note", "is_included"}:
                raise UserError(self.env._("What happened is taken from its own document."))
            for report in self.report_id:
                if reason := report._get_edit_refusal():
                    raise UserError(reason)
        return super().write(vals)
