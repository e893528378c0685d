# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models

from ..core import texts


class HrBackboneEchelon(models.Model):
    """The seed's three categories of training targets: "graded training"."""

    _name = "hr.backbone.echelon"
    _description = "Backbone Echelon"
    _inherit = ["hr.backbone.shared.mixin", "hr.backbone.named.mixin"]
    _order = "level, id"
    _check_company_auto = True
    _kept_fields = ("company_id",)
    _readers = ("everyone",)

    name = texts.Char(required=True, translate=True)
    level = fields.Integer(
        required=True, default=3, help="1 is the first (highest) echelon, 3 the third."
    )
    scope = texts.Char(
        translate=True, help="Whom the echelon is for, in one line, as printed on the forms."
    )
    rank_ids = fields.Many2many(
        "hr.backbone.rank",
        string="Eligible Ranks",
        help="Only people whose job has one of these ranks may be recommended.",
        check_company=True,
    )
    minimum_tenure_months = fields.Integer(
        "Minimum Tenure (months)",
        help="How long a person must have been with the company. "
        "0: the company's default of the settings.",
    )
    conditions = texts.Html(translate=True, help="The conditions in words, for everyone to read.")
    condition_ids = fields.One2many(
        "hr.backbone.echelon.condition",
        "echelon_id",
        "Checklist",
        copy=True,
        help="What HR checks in the preliminary review.",
    )
    active = fields.Boolean("In Use", default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: the echelon is shared by all companies."
    )

    _level_range = models.Constraint(
        "CHECK (level BETWEEN 1 AND 3)", "The level of an echelon is 1, 2 or 3."
    )
    _tenure_positive = models.Constraint(
        "CHECK (minimum_tenure_months BETWEEN 0 AND 1200)",
        "The minimum tenure lies between 0 and 1,200 months.",
    )

    def _get_minimum_tenure(self, company):
        """The months of service that `company` asks for in this echelon."""
        self.ensure_one()
        return self.minimum_tenure_months or company.backbone_minimum_tenure

    @api.depends("name", "level")
    def _compute_display_name(self):
        for echelon in self:
            echelon.display_name = echelon.name or ""
