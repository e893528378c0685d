# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.tools import SQL

# what a criterion is called, and means, is the same on both forms
COPIED = ("company_id", "criterion_id", "sequence", "name", "anchor", "weight")


class HrBackboneSecondOpinionLine(models.Model):
    """The second rater's score of one criterion, which is the same as on the mentor's form."""

    _name = "hr.backbone.second.opinion.line"
    _description = "Score of a Second Opinion"
    _inherit = ["hr.backbone.score.mixin"]
    _order = "opinion_id, sequence, id"
    _kept_fields = ("opinion_id",)
    _readers = ("rater", "mentor", "employee_shared", "hr")

    opinion_id = fields.Many2one(
        "hr.backbone.second.opinion", required=True, readonly=True, index=True, ondelete="cascade"
    )

    def _get_scored(self):
        return self.opinion_id

    @api.model
    def _prepare_line_columns(self):
        """What a new line says: `o` is the second opinion, `l` the line of the mentor's form; for
        other addons to extend.

        :return: {field: SQL}
        """
        return {
            "opinion_id": SQL("o.id"),
            **{name: SQL.identifier("l", name) for name in COPIED},
        }
