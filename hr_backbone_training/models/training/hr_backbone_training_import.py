from odoo import api, fields, models
from odoo.exceptions import UserError


class HrBackboneTraining(models.Model):
    """The year's plan of sessions comes in through Odoo's own import, as drafts: HR invites
    the participants and announces each as any other."""

    _name = "hr.backbone.training"
    _inherit = ["hr.backbone.training", "hr.backbone.import.mixin"]

    _import_named = ("trainer_id", "program_id", "echelon_ids")
    _import_required = ("name", "date_start")
    _import_filled = ("hours",)
    # the same session is held for two groups in two rooms
    _import_key = ("date_start", "name", "place", "company_id")

    @api.model
    def _check_row(self, values, new):
        """A row says when by moments, or by days: then it is a session of whole days."""
        first, last = (fields.Date.to_date(values.get(f"day_{end}")) for end in ("start", "end"))
        if first and not values.get("date_start"):
            company = self.env["res.company"].browse(
                values.get("company_id") or self.env.company.id
            )
            values.update(all_day=True, date_start=company._backbone_day_start(first))
        super()._check_row(values, new)
        start, end = (
            fields.Datetime.to_datetime(values.get(f"date_{end}")) for end in ("start", "end")
        )
        # days in the wrong order would be put right in silence
        if (first and last and last < first) or (start and end and end < start):
            raise UserError(self.env._("The session ends before it begins."))
