# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# asked for, or approved: who plans something wants to know of both
ASKED = ("confirm", "validate1", "validate")


class HrEmployee(models.Model):
    """A manager who logs in through the portal approves no time off: Time Off makes every manager
    an approver, by a group that only the logins of employees inside can have, and then nobody in
    the portal could be made a manager. Its officers approve instead, or whom they name."""

    _inherit = "hr.employee"

    # -- who approves ----------------------------------------------------------------------

    @api.depends("parent_id")
    def _compute_leave_manager(self):
        result = super()._compute_leave_manager()
        for employee in self:
            # sudo: which kind of login it is decides, and is not shown
            if employee.leave_manager_id.sudo().share:
                employee.leave_manager_id = False
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Time Off takes the manager's login where no approver is named."""
        prepared = []
        for vals in vals_list:
            self._check_backbone_approver(vals)
            # sudo: as above
            manager = self.sudo().browse(vals.get("parent_id") or [])
            if manager.user_id.share and not vals.get("leave_manager_id"):
                vals = {**vals, "leave_manager_id": False}
            prepared.append(vals)
        return super().create(prepared)

    def write(self, vals):
        """With a new manager Time Off writes that login as the approver, by a call of its own."""
        # sudo: as above
        manager = self.sudo().browse(vals.get("parent_id") or [])
        left_out = manager.user_id.filtered("share").id
        if left_out:
            return super(HrEmployee, self.with_context(backbone_no_approver=left_out)).write(vals)
        named = vals.get("leave_manager_id")
        if named and named == self.env.context.get("backbone_no_approver"):
            vals = {**vals, "leave_manager_id": False}
        self._check_backbone_approver(vals)
        return super().write(vals)

    @api.model
    def _check_backbone_approver(self, vals):
        """:raise UserError: a portal login is named as the approver"""
        # sudo: as above; the name of whom the user has just chosen
        named = self.env["res.users"].sudo().browse(vals.get("leave_manager_id") or [])
        if named.share:
            raise UserError(
                self.env._(
                    "%s logs in through the portal and cannot approve time off: choose somebody "
                    "else, or leave the approver empty.",
                    named.name,
                )
            )

    # -- when they are away ------------------------------------------------------------------

    def _get_backbone_absences(self, start, end):
        """Also what is asked for, and not approved yet."""
        absences = super()._get_backbone_absences(start, end)
        for leave in self._find_backbone_leaves(start, end, ASKED):
            absences[leave.employee_id.id].append((leave.request_date_from, leave.request_date_to))
        return absences

    def _find_backbone_leaves(self, start, end, states):
        """The time off of these employees that meets the days, in these states: away from work
        for a day or more."""
        return self.env["hr.leave"].search_fetch(
            Domain("employee_id", "in", self._origin.ids)
            & Domain("state", "in", states)
            & Domain("holiday_status_id.time_type", "=", "leave")
            & Domain("number_of_days", ">=", 1)
            & Domain("request_date_to", ">=", start)
            & Domain("request_date_from", "<=", end),
            ["employee_id", "request_date_from", "request_date_to"],
        )
