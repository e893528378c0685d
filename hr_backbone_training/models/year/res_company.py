# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

from ...const import SETTINGS


class ResCompany(models.Model):
    """The settings of the evaluation of the year."""

    _inherit = "res.company"

    backbone_missing_quarter = fields.Selection(
        [
            ("zero", "counts as zero"),
            ("skip", "is left out of the mean"),
            ("half", "counts as half of the mean of the others"),
        ],
        "A missing report",
        default="zero",
        help="What a report that was owed and never submitted counts for in the evaluation of the "
        "year. An assessment that was not written never counts against the member.",
        prefetch=SETTINGS,
    )
    backbone_least_quarters = fields.Integer(
        "Quarters at the Least",
        default=2,
        help="Who was active in fewer quarters of the year is not evaluated.",
        prefetch=SETTINGS,
    )
    backbone_least_weight = fields.Integer(
        "Weight at the Least (%)",
        default=50,
        help="Where the parts that could be scored have less weight in all, the member is not "
        "evaluated.",
        prefetch=SETTINGS,
    )
    backbone_leniency = fields.Boolean(
        "Adjust for Mentor Leniency",
        default=True,
        help="Each mentor's scores are shifted towards the mean of all scores; a mentor with "
        "few members is hardly adjusted.",
        prefetch=SETTINGS,
    )

    _backbone_least_range = models.Constraint(
        "CHECK (backbone_least_quarters BETWEEN 1 AND 4"
        " AND backbone_least_weight BETWEEN 1 AND 100)",
        "A member is evaluated by 1 to 4 quarters and by 1 to 100 percent of the weight at the "
        "least.",
    )
