# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.tools import SQL


class HrBackboneObligation(models.Model):
    """A course that HR lets count as internal training delivers it in the quarter in which the
    member completes it."""

    _inherit = "hr.backbone.obligation"
    _depends = {
        "hr.backbone.enrollment": ["member_id", "company_id", "use", "state", "date_completed"]
    }

    @api.model
    def _select_offered(self, kind, start):
        offered = super()._select_offered(kind, start)
        if kind != "internal":
            return offered
        # each pair once, whichever way it was offered
        return SQL(
            """
            %(offered)s
            UNION
            SELECT e.member_id, k.id
              FROM hr_backbone_enrollment e
              JOIN hr_backbone_quarter k ON k.company_id = e.company_id
                   AND e.date_completed >= %(start)s AND e.date_completed <= k.date_end
             WHERE e.use = 'internal' AND e.state = 'completed'""",
            offered=offered,
            start=start,
        )
