# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain

from .hr_employee import ASKED


class HrBackboneMentorshipSession(models.Model):
    """A talk that is planned while one of the two has time off."""

    _inherit = "hr.backbone.mentorship.session"

    leave_conflict = fields.Text(
        "Time off",
        compute="_compute_leave_conflict",
        help="Who has time off at the hours of the talk, asked for or approved.",
    )

    @api.depends_context("lang")
    @api.depends("mentorship_id", "date_start", "date_stop", "state")
    def _compute_leave_conflict(self):
        planned = self.filtered(
            lambda talk: (
                talk.state == "planned"
                and talk.mentorship_id
                and talk.date_start
                and talk.date_stop
            )
        )
        leaves = planned._find_leaves()
        (self - planned).leave_conflict = False
        for talk in planned:
            # sudo: the two learn of each other's time off, and not why
            pair = talk.mentorship_id.sudo()
            away = leaves.filtered(
                lambda leave, talk=talk, people=pair.mentor_id | pair.employee_id: (
                    leave.employee_id in people
                    and leave.date_from < talk.date_stop
                    and leave.date_to > talk.date_start
                )
            )
            sentences = [
                self.env._("%s has time off at that time.", person.name)
                for person in away.employee_id
            ]
            talk.leave_conflict = "\n".join(sentences) or False

    def _find_leaves(self):
        """The time off of the people of these talks from the first to the last, as superuser."""
        # sudo: as above
        leaves = self.env["hr.leave"].sudo()
        if not self:
            return leaves
        pairs = self.mentorship_id.sudo()
        return leaves.search_fetch(
            Domain("employee_id", "in", (pairs.mentor_id | pairs.employee_id).ids)
            & Domain("state", "in", ASKED)
            & Domain("holiday_status_id.time_type", "=", "leave")
            & Domain("date_from", "<", max(self.mapped("date_stop")))
            & Domain("date_to", ">", min(self.mapped("date_start"))),
            ["employee_id", "date_from", "date_to"],
        )
