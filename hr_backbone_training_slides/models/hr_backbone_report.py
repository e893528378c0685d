# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.tools import format_date


class HrBackboneReport(models.Model):
    """Courses that were completed in the quarter, in its report."""

    _inherit = "hr.backbone.report"

    @api.model
    def _get_done_kinds(self):
        return [*super()._get_done_kinds(), "enrollment"]

    def _compose_sentence(self, row):
        if row["kind"] != "enrollment":
            return super()._compose_sentence(row)
        values = {
            "name": row["name"] or "",
            "date": format_date(self.env, row["date"]),
            "hours": f"{row['hours'] or 0:g}",
        }
        if values["hours"] == "1":
            return self.env._("Completed the course “%(name)s” on %(date)s (1 hour).", **values)
        if row["hours"]:
            return self.env._(
                "Completed the course “%(name)s” on %(date)s (%(hours)s hours).", **values
            )
        return self.env._("Completed the course “%(name)s” on %(date)s.", **values)
