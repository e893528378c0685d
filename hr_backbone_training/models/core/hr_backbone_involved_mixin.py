# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.exceptions import UserError


class HrBackboneInvolvedMixin(models.AbstractModel):
    """A document, or a row of one, that knows whom it concerns: nobody acts on their own case."""

    _name = "hr.backbone.involved.mixin"
    _description = "Backbone Document that Concerns Somebody"

    def _get_concerned_employees(self):
        """The employees whose own case these are, as superuser. Documents without an employee
        of their own say it."""
        # sudo: whom it concerns decides, and is not shown
        record = self.sudo()
        return record.employee_id if "employee_id" in self._fields else self.env["hr.employee"]

    def _concerns_me(self):
        """Whether the user is, or ever was, one of the people whose own case these are."""
        return self._get_concerned_employees()._was_backbone_user()

    def _get_involved_refusal(self):
        """Why the user, as a person of the case, takes no step on it; else False."""
        self.ensure_one()
        if self._concerns_me():
            return self.env._("You cannot decide on your own case.")
        return False

    def _check_not_involved(self):
        """:raise UserError: the user is a person of one of these cases, and takes no step on it"""
        for record in self if not self.env.su else ():
            if reason := record._get_involved_refusal():
                raise UserError(reason)
