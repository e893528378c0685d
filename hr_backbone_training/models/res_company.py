from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    _inherit = "res.company"

    backbone_publicity_days = fields.Integer(
        "Publicity (working days)",
        default=5,
        help="The least number of working days that a list of names is publicized.",
    )
    backbone_quorum = fields.Integer(
        "Quorum (%)",
        default=50,
        help="The share of a meeting's members who must have voted on a name.",
    )
    backbone_minimum_tenure = fields.Integer(
        "Minimum Tenure (months)",
        default=6,
        help="For echelons that set none of their own.",
    )
    backbone_anonymous_objection = fields.Boolean(
        "Anonymous Objections",
        default=True,
        help="Colleagues may object without HR officers seeing who they are.",
    )

    _backbone_publicity_days_positive = models.Constraint(
        "CHECK (backbone_publicity_days >= 1)",
        "The names are publicized for at least one working day.",
    )
    _backbone_quorum_range = models.Constraint(
        "CHECK (backbone_quorum BETWEEN 1 AND 100)",
        "The quorum is a percentage between 1 and 100.",
    )
    _backbone_minimum_tenure_positive = models.Constraint(
        "CHECK (backbone_minimum_tenure >= 0)", "The minimum tenure cannot be negative."
    )

    def _backbone_tz(self):
        """The time zone in which the company counts its days."""
        self.ensure_one()
        # sudo: what day it is in a company is no secret; a portal login reads no calendar
        company = self.sudo()
        name = company.resource_calendar_id.tz or company.partner_id.tz
        return pytz.timezone(name) if name in pytz.all_timezones_set else pytz.utc

    def _backbone_today(self):
        """Today's date where the company is."""
        now = pytz.utc.localize(fields.Datetime.now())
        return now.astimezone(self._backbone_tz()).date()

    def _backbone_add_working_days(self, start, days):
        """The date of the `days`-th working day after `start` on the company's calendar.

        The day of publication itself does not count, so that "at least five working
        days" are whole days; a public holiday in between moves the end.

        :param date start: the day of publication
        :param int days: number of working days, at least 1
        :raise UserError: the calendar has no working day within two years
        """
        self.ensure_one()
        tz = self._backbone_tz()
        first = tz.localize(datetime.combine(start + timedelta(days=1), time.min))
        calendar = self.resource_calendar_id
        end = calendar and calendar.plan_days(days, first, compute_leaves=True)
        if not end:
            raise UserError(
                self.env._(
                    "The working hours of %s have no working day in sight: "
                    "please set them before you publish.",
                    self.name,
                )
            )
        return end.astimezone(tz).date()
