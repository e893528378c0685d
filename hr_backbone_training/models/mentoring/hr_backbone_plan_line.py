# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.exceptions import UserError


class HrBackbonePlanLine(models.Model):
    """An action of mentoring begins with a talk of the mentorship that is active."""

    _inherit = "hr.backbone.plan.line"

    def _get_begun_context(self, member):
        context = super()._get_begun_context(member)
        if self.method == "mentoring":
            # sudo: which mentorship it is; opening its form asks who may
            mentorship = self.env["hr.backbone.mentorship"].sudo()
            mentorship = mentorship.search(
                [("member_id", "=", member.id), ("state", "=", "active")], limit=1
            )
            if not mentorship:
                raise UserError(self.env._("There is no mentor to talk with yet."))
            context["default_mentorship_id"] = mentorship.id
        return context
