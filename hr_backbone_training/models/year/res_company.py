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
        # not required: another addon may make a company before this one is loaded
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
        help="How mild each mentor is, is estimated from the members whom somebody else scored as "
        "well, and taken off the mentor's scores.",
        prefetch=SETTINGS,
    )
    backbone_leniency_report_weight = fields.Integer(
        "Weight of HR's Scores (%)",
        default=100,
        help="How much HR's scores of the reports count when it is estimated how mild the mentors "
        "are; 0: not at all.",
        prefetch=SETTINGS,
    )

    _backbone_leniency_report_weight_range = models.Constraint(
        "CHECK (backbone_leniency_report_weight BETWEEN 0 AND 100)",
        "The weight of HR's scores must be between 0 and 100 percent.",
    )

    _backbone_least_range = models.Constraint(
        "CHECK (backbone_least_quarters BETWEEN 1 AND 4"
        " AND backbone_least_weight BETWEEN 1 AND 100)",
        "A member is evaluated by 1 to 4 quarters and by 1 to 100 percent of the weight at the "
        "least.",
    )
