# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrBackboneApplication(models.Model):
    """Where the application ends: its employee enters the talent pool."""

    _inherit = "hr.backbone.application"

    def _get_busy_reasons(self):
        busy = super()._get_busy_reasons()
        # sudo: members of other departments count too; only a sentence is told
        members = self.env["hr.backbone.member"].sudo()._search_of(self.sudo())
        busy.update(
            (
                member.employee_id.id,
                self.env._(
                    "%(employee)s is already in the talent pool (%(echelon)s).",
                    employee=member.employee_id.name,
                    echelon=member.echelon_id.name,
                ),
            )
            for member in members
            if member.state != "exited"
        )
        return busy

    def _refusals_admit(self):
        refusals = super()._refusals_admit()
        # sudo: who is in the pool decides
        members = self.sudo()._get_members_by_employee()
        for record in self:
            member = members.get(record.sudo().employee_id.id)
            if member and record not in refusals:
                refusals[record] = [
                    self.env._("%s is already in the talent pool.", member.employee_id.name)
                ]
        return refusals

    def _get_members_by_employee(self):
        members = self.env["hr.backbone.member"]._search_of(self)
        return {member.employee_id.id: member for member in members if member.state != "exited"}

    def _after_move(self, name, decisions):
        if name == "admit":
            # sudo: the move was allowed; the membership follows from it
            self.env["hr.backbone.member"].sudo()._on_application_admitted(self.sudo())
        return super()._after_move(name, decisions)

    def _get_member_vals(self):
        """What the talent pool takes over from the application."""
        self.ensure_one()
        return {
            # of the case, wherever the person works by now
            "company_id": self.company_id.id,
            "echelon_id": self.echelon_id.id,
            "program_id": self.program_id.id,
            "application_id": self.id,
            "date_admitted": self.company_id._backbone_today(),
            "date_exited": False,
        }
