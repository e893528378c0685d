# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrBackboneProgram(models.Model):
    """What the pool fills of the quotas."""

    _inherit = "hr.backbone.program"

    def _count_places(self):
        """The places of this program in each of its echelons, and how many members of the pool
        are in the echelon now.

        :return: {`hr.backbone.echelon`: (quota, taken)}
        """
        self.ensure_one()
        # sudo: numbers of the pool, for HR
        groups = (
            self.env["hr.backbone.member"]
            .sudo()
            ._read_group(
                [("company_id", "=", self.company_id.id), ("state", "!=", "exited")],
                ["echelon_id"],
                ["__count"],
            )
        )
        taken = {echelon.id: count for echelon, count in groups}
        return {
            line.echelon_id: (line.quota, taken.get(line.echelon_id.id, 0))
            for line in self.line_ids
        }
