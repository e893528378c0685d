from collections import defaultdict
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

SHOWN = 5


class HrBackboneRotation(models.Model):
    """A conflict with time off is shown: dates only, never the reason."""

    _inherit = "hr.backbone.rotation"

    leave_conflict = fields.Text(
        "Time off", compute="_compute_leave_conflict", help="Days of the stay that are time off."
    )

    @api.depends("employee_id", "date_start", "date_end")
    def _compute_leave_conflict(self):
        periods = self._get_time_off()
        for record in self:
            sentences = [
                self.env._("Time off on %s.", format_date(self.env, start))
                if start == end
                else self.env._(
                    "Time off from %(start)s to %(end)s.",
                    start=format_date(self.env, start),
                    end=format_date(self.env, end),
                )
                for start, end in self._join_periods(periods[record])
            ]
            if len(sentences) > SHOWN:
                sentences[SHOWN:] = ["…"]
            record.leave_conflict = "\n".join(sentences) or False

    def _get_time_off(self):
        """{record: [(first day, last day)] of the member's absences that meet its days}"""
        periods = defaultdict(list)
        dated = self.filtered(
            lambda record: record.employee_id and record.date_start and record.date_end
        )
        if not dated:
            return periods
        by_employee = self._get_absences(
            # sudo: when a member is away is shown to the people of the rotation
            dated.employee_id.sudo(),
            min(dated.mapped("date_start")),
            max(dated.mapped("date_end")),
        )
        for record in dated:
            for start, end in by_employee[record.employee_id._origin.id]:
                if start <= record.date_end and record.date_start <= end:
                    periods[record].append(
                        (max(start, record.date_start), min(end, record.date_end))
                    )
        return periods

    @api.model
    def _get_absences(self, employees, start, end):
        """{employee id: [(first day, last day)]}, of the working calendars and, where the
        time-off app is there, of what is asked for or approved in it."""
        absences = defaultdict(list)
        by_resource = {employee.resource_id.id: employee._origin for employee in employees}
        day = timedelta(days=1)
        leaves = employees.env["resource.calendar.leaves"].search_fetch(
            Domain("resource_id", "in", [*by_resource])
            & Domain("date_to", ">=", datetime.combine(start - day, time.min))
            & Domain("date_from", "<=", datetime.combine(end + day, time.max)),
            ["resource_id", "date_from", "date_to"],
        )
        for leave in leaves:
            employee = by_resource[leave.resource_id.id]
            tz = employee.company_id._backbone_tz()
            absences[employee.id].append(
                tuple(
                    pytz.utc.localize(moment).astimezone(tz).date()
                    for moment in (leave.date_from, leave.date_to)
                )
            )
        # not a dependency: the app may be there or not
        if "hr.leave" in self.env:
            asked = employees.env["hr.leave"].search_fetch(
                Domain("employee_id", "in", employees._origin.ids)
                & Domain("state", "in", ("confirm", "validate1", "validate"))
                & Domain("request_date_to", ">=", start)
                & Domain("request_date_from", "<=", end),
                ["employee_id", "request_date_from", "request_date_to"],
            )
            for leave in asked:
                absences[leave.employee_id.id].append(
                    (leave.request_date_from, leave.request_date_to)
                )
        return absences

    @api.model
    def _join_periods(self, periods):
        """The same days in as few periods as possible, in their order."""
        joined = []
        for start, end in sorted(periods):
            if joined and start <= joined[-1][1] + timedelta(days=1):
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        return joined
