# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

# a break of up to this many days between two contracts does not end the service
CONTRACT_GAP_DAYS = 4


class HrDepartment(models.Model):
    """Another manager goes on with the drafts of the one before."""

    _inherit = "hr.department"

    def write(self, vals):
        before = self.manager_id if "manager_id" in vals else self.env["hr.employee"]
        result = super().write(vals)
        if before:
            self.env["hr.backbone.application"]._on_people_left(before)
        return result


class HrEmployee(models.Model):
    """Whoever leaves the company, be it for another one of the group, holds up no application, and
    whoever comes back goes on. Since when one is there."""

    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals or "company_id" in vals:
            self.env["hr.backbone.application"]._on_people_left(self)
        return result

    def _get_backbone_hire_dates(self):
        """{employee id: first day of service without a break}, in one query.

        An employee whose contracts are not recorded counts from the first record of HR.
        """
        # sudo: contract dates are private to HR; only the tenure is told
        versions = (
            self.env["hr.version"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch(
                [("employee_id", "in", self.ids)],
                ["employee_id", "date_version", "contract_date_start", "contract_date_end"],
            )
        )
        return {
            employee.id: _get_first_day(rows)
            for employee, rows in versions.grouped("employee_id").items()
        }


def _get_first_day(versions):
    contracts = sorted(
        {
            (v.contract_date_start, v.contract_date_end or fields.Date.to_date("9999-12-31"))
            for v in versions
            if v.contract_date_start
        },
        reverse=True,
    )
    if not contracts:
        return min(versions.mapped("date_version"))
    first = contracts[0][0]
    for start, end in contracts[1:]:
        if (first - end).days > CONTRACT_GAP_DAYS:
            break
        first = start
    return first
