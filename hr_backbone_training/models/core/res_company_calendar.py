from datetime import datetime, time

import pytz
from dateutil.relativedelta import relativedelta

from odoo import fields, models


class ResCompany(models.Model):
    """In which quarter of the scheme a company's day lies, and where its days begin."""

    _inherit = "res.company"

    def _backbone_quarter(self, date):
        """The quarter of this company in which the day lies: "every quarter", "at least once a
        year". What counts sessions by quarter or year asks here.

        :param date date: a day where the company is
        :return: "2026-Q2"; its first four letters name the (fiscal) year, and it sorts by time
        """
        year, number, _start, _end = self._backbone_quarter_dates(date)
        return f"{year:04d}-Q{number}"

    def _backbone_year(self, date):
        """The year of the scheme in which the day lies: "2026"."""
        return self._backbone_quarter(date)[:4]

    def _backbone_year_end(self, date):
        """The last day of the year of the scheme in which the day lies."""
        _year, number, start, _end = self._backbone_quarter_dates(date)
        return start + relativedelta(months=3 * (5 - number), days=-1)

    def _backbone_paper_size(self):
        """The sheet that forms are printed on, upright: `size` of a style sheet's `@page`."""
        paper = self.paperformat_id
        sides = sorted((paper.print_page_width, paper.print_page_height))
        return f"{sides[0]:g}mm {sides[1]:g}mm" if sides[0] else "A4"

    def _backbone_local_date(self, moment):
        """The date where the company is, of a moment in UTC."""
        return pytz.utc.localize(moment).astimezone(self._backbone_tz()).date()

    def _backbone_day_start(self, date):
        """The moment in UTC at which the day begins where the company is."""
        local = self._backbone_tz().localize(datetime.combine(date, time.min))
        return fields.Datetime.to_datetime(local.astimezone(pytz.utc).replace(tzinfo=None))
