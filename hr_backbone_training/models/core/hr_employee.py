# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import defaultdict
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

# so many absences are named one by one
SHOWN = 5
DAY = timedelta(days=1)


class HrEmployee(models.Model):
    """The departments that an employee manages; who the employee's login is, and was; and an
    employee whose login another resource has, or who is deleted: see `resource.resource`."""

    _inherit = "hr.employee"

    backbone_department_ids = fields.One2many(
        "hr.department", "manager_id", "Managed Departments", groups="hr.group_hr_user"
    )

    # -- who is it? see `hr.backbone.login` ------------------------------------------------

    def _is_backbone_user(self):
        """Whether the user is one of these employees: what is theirs is the user's."""
        return not set(self.ids).isdisjoint(self.env.user._get_backbone_own())

    def _is_backbone_worker(self):
        """Whether the user is one of these employees, and has not left: as whom the user acts for
        others, and reads what is theirs."""
        return not set(self.ids).isdisjoint(self.env.user._get_backbone_working())

    def _was_backbone_user(self):
        """Whether the user is, or ever was, one of these employees: and so does not decide."""
        return not set(self.ids).isdisjoint(self.env.user._get_backbone_ever())

    def _get_backbone_users(self):
        """The logins that are these employees, to be told and asked; as superuser. A changed
        link that nobody has confirmed is none."""
        shut, _ever = self.env["hr.backbone.login"]._get_known()
        # sudo: who is the user of an employee
        employees = self.sudo()
        if shut.isdisjoint(self.ids):
            return employees.user_id
        return employees.filtered(lambda employee: employee.id not in shut).user_id

    def _get_acting_users(self, company=None):
        """The logins by which these employees can act for others: none of whoever has left, and
        none that is closed or has no access to the company.

        :param company: of the document on which they would act, for who works elsewhere: the
            director of a group, and whoever has moved; each one's own by default
        :return: `res.users`, as superuser
        """
        # sudo: who can act decides, and is not shown
        there = self.sudo().filtered("active")
        return there.env["res.users"].union(
            *(
                employee._get_backbone_users().filtered(
                    lambda user, place=company or employee.company_id: (
                        user.active and place in user.company_ids
                    )
                )
                for employee in there
            )
        )

    @api.model
    def _select_can_act(self, employee, company):
        """Whether an employee has a login of those that `_get_acting_users` gives, for the views.

        :param SQL employee: the id of the employee
        :param SQL company: the id of the company in which they would act
        :return: a condition, as SQL
        """
        shut, _ever = self.env["hr.backbone.login"]._get_known()
        return SQL(
            """EXISTS (SELECT FROM hr_employee person
                         JOIN res_users login ON login.id = person.user_id AND login.active
                         JOIN res_company_users_rel place
                           ON place.user_id = login.id AND place.cid = %(company)s
                        WHERE person.id = %(employee)s AND person.active
                          AND person.id != ALL(%(shut)s::integer[]))""",
            employee=employee,
            company=company,
            shut=sorted(shut),
        )

    def _get_backbone_ever(self):
        """The logins that are these employees, or ever were; as superuser."""
        _shut, ever = self.env["hr.backbone.login"]._get_known()
        former = {user_id for employee_id in self.ids for user_id in ever.get(employee_id, ())}
        # sudo: as above
        users = self.sudo().user_id
        return users | users.browse(former) if former else users

    def _get_backbone_name(self):
        """The name of an employee, for a sentence or for the title of a document that the user
        has anyway; False of none."""
        # sudo: who reads a document may know whom it names; a portal user reads no employee
        return self.sudo().name

    # -- when they are away ----------------------------------------------------------------

    def _get_backbone_absences(self, start, end):
        """When these employees are away within some days, as their working calendars say; an app
        that knows more of it adds that. Never why.

        :param date start: the first of the days
        :param date end: the last one
        :return: {employee id: [(first day, last day)]}, with no promise of an order
        """
        absences = defaultdict(list)
        by_resource = {employee.resource_id.id: employee._origin for employee in self}
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            Domain("resource_id", "in", [*by_resource])
            # the other kind counts as work, elsewhere
            & Domain("time_type", "!=", "other")
            & Domain("date_to", ">=", datetime.combine(start - DAY, time.min))
            & Domain("date_from", "<=", datetime.combine(end + DAY, time.max)),
            ["resource_id", "date_from", "date_to"],
        )
        for leave in leaves:
            employee = by_resource[leave.resource_id.id]
            tz = employee.company_id._backbone_tz()
            first, last = (
                pytz.utc.localize(moment).astimezone(tz).date()
                for moment in (leave.date_from, leave.date_to)
            )
            absences[employee.id].append((first, last))
        return absences

    @api.model
    def _say_backbone_absences(self, periods):
        """ "Time off on 05/20/2026.", a line for each absence, in as few as possible.

        :param list periods: [(first day, last day)]
        :return: the text, or False of none
        """
        sentences = [
            self.env._("Time off on %s.", format_date(self.env, start))
            if start == end
            else self.env._(
                "Time off from %(start)s to %(end)s.",
                start=format_date(self.env, start),
                end=format_date(self.env, end),
            )
            for start, end in self._join_backbone_periods(periods)
        ]
        if len(sentences) > SHOWN:
            sentences[SHOWN:] = ["…"]
        return "\n".join(sentences) or False

    @api.model
    def _join_backbone_periods(self, periods):
        """The same days in as few periods as possible, in their order."""
        joined = []
        for start, end in sorted(periods):
            if joined and start <= joined[-1][1] + DAY:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        return joined

    # -- a login changes -------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        moved = any(vals.get("resource_id") for vals in vals_list)
        linked = moved or any(vals.get("user_id") for vals in vals_list)
        employees = super().create(vals_list)
        if moved:
            self.env.registry.clear_cache()
        if linked:
            nobody = self.env["res.users"]
            # sudo: who is the user of an employee
            changes = [(row, nobody, row.user_id) for row in employees.sudo() if row.user_id]
            self.env["hr.backbone.login"]._on_changed(changes, created=True)
        return employees

    def write(self, vals):
        # sudo: as above
        before = {row: row.user_id for row in self.sudo()} if "resource_id" in vals else {}
        left = self._get_backbone_users() if vals.get("active") is False else None
        result = super().write(vals)
        if left:
            left._pass_backbone_todos_on(left._find_backbone_todos())
        if "resource_id" in vals:
            self.env.registry.clear_cache()
            self.env["hr.backbone.login"]._on_changed(
                [(row, old, row.user_id) for row, old in before.items() if row.user_id != old]
            )
        return result

    def unlink(self):
        users = self.user_id
        result = super().unlink()
        if users:
            self.env.registry.clear_cache()
        return result
