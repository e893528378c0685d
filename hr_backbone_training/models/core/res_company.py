# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date, datetime, time, timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_list

from ...const import OFFICER, SETTINGS
from . import texts

# what a page can take, by the name under which the settings list it
UPLOAD_KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}

MONTHS = [
    ("1", "January"),
    ("2", "February"),
    ("3", "March"),
    ("4", "April"),
    ("5", "May"),
    ("6", "June"),
    ("7", "July"),
    ("8", "August"),
    ("9", "September"),
    ("10", "October"),
    ("11", "November"),
    ("12", "December"),
]


class ResCompany(models.Model):
    """The settings of the scheme, the days and quarters of the company, and who looks after the
    scheme for HR."""

    _inherit = "res.company"

    backbone_publicity_days = fields.Integer(
        "Publicity (working days)",
        default=5,
        help="The least number of working days that a list of names is publicized.",
        prefetch=SETTINGS,
    )
    backbone_quorum = fields.Integer(
        "Quorum (%)",
        default=50,
        help="The share of a meeting's members who must have voted on a name.",
        prefetch=SETTINGS,
    )
    backbone_minimum_tenure = fields.Integer(
        "Minimum Tenure (months)",
        default=6,
        help="For echelons that set none of their own.",
        prefetch=SETTINGS,
    )
    backbone_anonymous_objection = fields.Boolean(
        "Anonymous Objections",
        default=True,
        help="Colleagues may object without HR officers seeing who they are.",
        prefetch=SETTINGS,
    )
    backbone_upload_mb = fields.Integer(
        "Largest File (MB)",
        default=10,
        help="For the files that employees send on the portal.",
        prefetch=SETTINGS,
    )
    backbone_upload_kinds = texts.Char(
        "Kinds of Files",
        default="pdf, png, jpg",
        help="What employees may send on the portal; each file's content is checked.",
        prefetch=SETTINGS,
    )
    backbone_fiscal_month = fields.Selection(
        MONTHS,
        "Fiscal Year starts in",
        default="1",
        help="The month in which the first quarter begins.",
        prefetch=SETTINGS,
    )

    _backbone_upload_mb_range = models.Constraint(
        "CHECK (backbone_upload_mb BETWEEN 1 AND 100)",
        "The largest file has between 1 and 100 MB.",
    )
    _backbone_publicity_days_positive = models.Constraint(
        "CHECK (backbone_publicity_days BETWEEN 1 AND 365)",
        "The names are publicized for 1 to 365 working days.",
    )
    _backbone_quorum_range = models.Constraint(
        "CHECK (backbone_quorum BETWEEN 1 AND 100)",
        "The quorum is a percentage between 1 and 100.",
    )
    _backbone_minimum_tenure_positive = models.Constraint(
        "CHECK (backbone_minimum_tenure BETWEEN 0 AND 1200)",
        "The minimum tenure lies between 0 and 1,200 months.",
    )

    # -- files and paper -----------------------------------------------------------------

    @api.constrains("backbone_upload_kinds")
    def _check_backbone_upload_kinds(self):
        for company in self:
            names = company._split_backbone_upload_kinds()
            if not names or any(name not in UPLOAD_KINDS for name in names):
                raise ValidationError(
                    self.env._(
                        "Kinds of files: name some of %s, with commas between them.",
                        format_list(self.env, list(UPLOAD_KINDS)),
                    )
                )

    def _split_backbone_upload_kinds(self):
        names = (self.backbone_upload_kinds or "").lower().replace(";", ",").split(",")
        return [name.strip(" .") for name in names if name.strip(" .")]

    def _get_backbone_upload_kinds(self):
        """{name: mimetype} of the files that this company takes."""
        self.ensure_one()
        return {
            name: UPLOAD_KINDS[name]
            for name in self._split_backbone_upload_kinds()
            if name in UPLOAD_KINDS
        }

    def _backbone_paper_size(self):
        """The sheet that forms are printed on, upright: `size` of a style sheet's `@page`."""
        paper = self.paperformat_id
        sides = sorted((paper.print_page_width, paper.print_page_height))
        return f"{sides[0]:g}mm {sides[1]:g}mm" if sides[0] else "A4"

    # -- days ----------------------------------------------------------------------------

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

    def _backbone_local_date(self, moment):
        """The date where the company is, of a moment in UTC."""
        return pytz.utc.localize(moment).astimezone(self._backbone_tz()).date()

    def _backbone_day_start(self, date):
        """The moment in UTC at which the day begins where the company is."""
        local = self._backbone_tz().localize(datetime.combine(date, time.min))
        return fields.Datetime.to_datetime(local.astimezone(pytz.utc).replace(tzinfo=None))

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
        calendar = self.resource_calendar_id
        if not calendar or calendar.flexible_hours:
            return self._backbone_add_weekdays(start, days)
        first = tz.localize(datetime.combine(start + timedelta(days=1), time.min))
        end = calendar.plan_days(days, first, compute_leaves=True)
        if not end:
            raise UserError(
                self.env._(
                    "The working hours of %s have no working day in sight: "
                    "please set them before you publish.",
                    self.name,
                )
            )
        return end.astimezone(tz).date()

    def _backbone_add_weekdays(self, start, days):
        """As above where nobody has fixed hours: Monday to Friday, but no public holiday."""
        end, last = start, start + timedelta(days=10 * days + 365)
        holidays = self._get_backbone_holidays(start, last)
        while days:
            end += timedelta(days=1)
            days -= self._is_backbone_weekday(end, holidays)
        return end

    def _get_backbone_holidays(self, first, last):
        """The public holidays of the company between two days."""
        # sudo: which days are free in a company is no secret
        leaves = self.env["resource.calendar.leaves"].sudo()
        return leaves.search_fetch(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("company_id", "in", [False, self.id]),
                ("calendar_id", "in", [False, *self.resource_calendar_id.ids]),
                ("date_to", ">=", self._backbone_day_start(first)),
                ("date_from", "<=", self._backbone_day_start(last)),
            ],
            ["date_from", "date_to"],
        )

    def _is_backbone_weekday(self, day, holidays):
        noon = self._backbone_day_start(day) + timedelta(hours=12)
        free = any(row.date_from <= noon <= row.date_to for row in holidays)
        return day.weekday() < 5 and not free

    def _get_backbone_working_days(self, first, last):
        """The working days of the company's calendar; where nobody has fixed hours Monday to
        Friday, but no public holiday.

        :param date first: the first day, which counts
        :param date last: the last day, which counts
        :return: {date}
        """
        self.ensure_one()
        tz, calendar = self._backbone_tz(), self.resource_calendar_id
        if not calendar or calendar.flexible_hours:
            holidays = self._get_backbone_holidays(first, last + timedelta(days=1))
            days = (first + timedelta(days=number) for number in range((last - first).days + 1))
            return {day for day in days if self._is_backbone_weekday(day, holidays)}
        start = tz.localize(datetime.combine(first, time.min))
        end = tz.localize(datetime.combine(last, time.max))
        hours = calendar._work_intervals_batch(start, end, tz=tz)[False]
        return {begin.astimezone(tz).date() for begin, _end, _attendance in hours}

    # -- quarters and years --------------------------------------------------------------

    def _backbone_quarter_dates(self, day):
        """The quarter of the company's fiscal year in which a day lies.

        :param date day: a day where the company is
        :return: (fiscal year, number 1 to 4, first day, last day); the fiscal year is the one
            in which it starts
        """
        self.ensure_one()
        first = int(self.backbone_fiscal_month or 1)
        months = (day.year * 12 + day.month - 1) - (first - 1)
        year, number = months // 12, months % 12 // 3 + 1
        start = date(year, first, 1) + relativedelta(months=3 * (number - 1))
        return year, number, start, start + relativedelta(months=3, days=-1)

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

    # -- people --------------------------------------------------------------------------

    def _backbone_hr_user(self, owner, besides=None):
        """Who is told where "Human Resources" has to act.

        :param owner: `res.users`, the responsible person of a program, or nobody
        :param besides: `res.users` who take no step on the document
        :return: that person; where there is none who could act, an officer of the company; as
            superuser, and empty only where the company has no officer who could
        """
        # sudo: who works in HR
        owner = owner.sudo()
        if owner and self._is_backbone_hr(owner, besides):
            return owner
        return self._backbone_hr_users(owner, besides)[:1]

    def _backbone_hr_users(self, owner, besides=None):
        """All who could, as superuser: the first one is told, see `_backbone_hr_user`."""
        self.ensure_one()
        # sudo: as above
        officers = self.env.ref(OFFICER).sudo().all_user_ids.sorted("id")
        able = officers.filtered(lambda user: self._is_backbone_hr(user, besides))
        return (able & owner) | able

    def _is_backbone_hr(self, user, besides=None):
        """Whether the user, as superuser, can act for HR in this company."""
        self.ensure_one()
        return (
            user.active
            and not user.share
            and user not in (besides or ())
            and self in user.company_ids
            and user.has_group(OFFICER)
        )
