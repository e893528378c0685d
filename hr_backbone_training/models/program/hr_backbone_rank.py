# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

from ..core import texts


class HrBackboneRank(models.Model):
    """The rank of a job, from employee to director: what an echelon is open to, and who
    may be a mentor (seed: "a director, manager or supervisor")."""

    _name = "hr.backbone.rank"
    _description = "Backbone Rank"
    _inherit = ["hr.backbone.shared.mixin", "hr.backbone.named.mixin"]
    _order = "sequence, id"
    _kept_fields = ("company_id",)
    _readers = ("everyone",)

    name = texts.Char(required=True, translate=True)
    code = texts.Char(help="A short key for imports and other systems.")
    sequence = fields.Integer(default=10, help="The higher the number, the higher the rank.")
    can_mentor = fields.Boolean(
        "May mentor", help="People of this rank may be appointed as mentors."
    )
    is_managerial = fields.Boolean(
        "Managerial",
        help="People of this rank are management: the internal trainings of the scheme are theirs "
        "to hold.",
    )
    active = fields.Boolean("In Use", default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: the rank is shared by all companies."
    )
    job_ids = fields.One2many("hr.job", "backbone_rank_id", "Job Positions")

    _name_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE code IS NOT NULL",
        "There is already a rank with this code.",
    )
