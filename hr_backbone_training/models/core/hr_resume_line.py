# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class HrResumeLine(models.Model):
    """Odoo's résumés are read in all companies; what the scheme writes into them is not."""

    _inherit = "hr.resume.line"

    backbone_company_id = fields.Many2one(
        "res.company",
        "Company of the Scheme",
        readonly=True,
        help="Set where Backbone Training wrote the line: it is read in this company alone.",
    )
