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
        "A missing quarter",
        default="zero",
        help="What a report or an assessment that was never submitted counts for in the "
        "evaluation of the year.",
        prefetch=SETTINGS,
    )
    backbone_leniency = fields.Boolean(
        "Adjust for Mentor Leniency",
        default=True,
        help="Each mentor's scores are shifted towards the mean of all mentors; a mentor with "
        "few scores is hardly adjusted.",
        prefetch=SETTINGS,
    )
