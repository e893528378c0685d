# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.exceptions import UserError

from odoo.addons.hr_backbone_training.models.core.public import public

from .hr_backbone_course import METHODS


class HrBackbonePlanLine(models.Model):
    """An action of internal training, or of personal promotion, begins with a course, too."""

    _inherit = "hr.backbone.plan.line"

    @public(one=True)
    def action_begin_course(self):
        """The form in which the member enrolls, or HR enrolls the member, for this action.

        :raise UserError: the plan is not in force, or no course serves the action
        """
        self.ensure_one()
        if self.method not in METHODS.values():
            raise UserError(
                self.env._("Courses serve actions of internal training and personal promotion.")
            )
        offered = self.env["hr.backbone.course"]._get_offered(self)
        if not offered:
            raise UserError(
                self.env._("No course counts for such an action yet: HR says which ones do.")
            )
        action = self._open_new("hr.backbone.enrollment")
        action["context"]["default_course_id"] = offered.id if len(offered) == 1 else False
        return action
