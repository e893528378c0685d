from odoo import api, models
from odoo.exceptions import UserError

from ...const import OFFICER


class HrBackboneApplication(models.Model):
    """Who recommends and who approves: relations of the organization decide."""

    _inherit = "hr.backbone.application"

    @api.depends("employee_id")
    def _compute_recommender_id(self):
        """A manager recommends in the own name; what HR enters is recommended by the
        manager of the employee's department, or else of the one above, where a director
        is left to approve."""
        managed = self._get_managed_employees()
        for record in self.filtered("employee_id"):
            if record.recommender_id:
                continue
            # sudo: the user's own employee, and the managers of the company
            mine = self.env.user.sudo().employee_ids.filtered(
                lambda me, record=record: me.company_id == record.employee_id.sudo().company_id
            )
            managers = record._get_departments_upward().manager_id - record.employee_id
            foreign = record.employee_id not in managed and self.env.user.has_group(OFFICER)
            record.recommender_id = (foreign and managers[:1]) or mine[:1]
            if foreign and not record._find_approver():
                # the only director cannot both recommend and approve: HR recommends then
                record.recommender_id = mine[:1]

    @api.model
    def _is_officer(self):
        return self.env.user.has_group(OFFICER)

    def _is_recommender(self):
        self.ensure_one()
        # sudo: who is the user of an employee decides, and is not shown
        return self.recommender_id.sudo().user_id == self.env.user

    def _get_recommender_refusal(self, application):
        # sudo: names of the form
        employee = application.employee_id.sudo()
        return self.env._(
            "%(employee)s is recommended by a manager of “%(department)s” or of a department "
            "above it, or entered by HR.",
            employee=employee.name,
            department=employee.department_id.name or self.env._("no department"),
        )

    def _find_approver(self):
        """The director who can approve: never the employee, never the recommender."""
        self.ensure_one()
        return self._find_director(self.employee_id | self.recommender_id)

    def action_update_approver(self):
        """HR: find the director again, where departments or managers have changed."""
        self.check_access("write")
        self._lock_for_move()
        for application in self:
            if application.state not in ("draft", "director") or not self._is_officer():
                raise UserError(
                    self.env._("HR may look for the director again until the case is approved.")
                )
            approver = application._find_approver()
            # sudo: the check stands above
            application.sudo()._write_moved({"approver_id": approver.id})
            application.sudo()._finish_activities()
            application.sudo()._schedule_next_activities()
        return True
