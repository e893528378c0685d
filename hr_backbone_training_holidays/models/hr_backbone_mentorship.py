# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import timedelta

from odoo import api, models

from .hr_employee import ASKED

# so far ahead people plan their talks
PLANNED_AHEAD = timedelta(days=60)


class HrBackboneMentorship(models.Model):
    """The mentor may be away."""

    _name = "hr.backbone.mentorship"
    _inherit = ["hr.backbone.mentorship", "hr.backbone.absence.mixin"]

    @api.model
    def _get_awaiting_states(self):
        return "mentor_id", ("appointed", "active")

    def _say_coming_absences(self):
        """[(name, days)] of the two, for whoever plans a talk: both of them read when the other
        one has time off within the next weeks, and never why."""
        self.ensure_one()
        if not self.can_plan:
            return []
        # sudo: the user is one of the two, as was asked just before
        people = (self.mentor_id | self.employee_id).sudo()
        today = self.company_id._backbone_today()
        periods = {person: [] for person in people}
        for leave in people._find_backbone_leaves(today, today + PLANNED_AHEAD, ASKED):
            periods[leave.employee_id].append((leave.request_date_from, leave.request_date_to))
        return [
            (person.name, people._say_backbone_absences(days))
            for person, days in periods.items()
            if days
        ]
