# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

from ...const import SETTINGS


class ResCompany(models.Model):
    """What the company owes of training, and in which period."""

    _inherit = "res.company"

    backbone_internal_training = fields.Selection(
        [
            ("two", "Management training and skills training, each"),
            ("one", "One internal training, whatever it is about"),
        ],
        "Owed every Quarter",
        # "management and skills training for all core employees every quarter"
        default="two",
        help="What each member is promised every quarter. A training about both counts for both.",
        prefetch=SETTINGS,
    )

    def _backbone_internal_promises(self):
        """What the company owes each member every quarter: names of promises."""
        self.ensure_one()
        if self.backbone_internal_training == "one":
            return ("internal",)
        return ("management", "skill")

    def _backbone_promise_period(self, kind):
        """The quarter of today (internal) or the year (external), where the company is.

        :param str kind: of a training
        :return: (first day, last day)
        """
        self.ensure_one()
        today = self._backbone_today()
        _year, number, start, end = self._backbone_quarter_dates(today)
        if kind == "internal":
            return start, end
        return fields.Date.subtract(start, months=3 * (number - 1)), self._backbone_year_end(today)
