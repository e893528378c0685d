# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.public import public


class HrBackboneProgram(models.Model):
    """The applications of a program: how many there are, and what they keep as it is."""

    _inherit = "hr.backbone.program"

    application_ids = fields.One2many("hr.backbone.application", "program_id", "Applications")
    application_count = fields.Integer(compute="_compute_counts")
    member_count = fields.Integer("Admitted", compute="_compute_counts")

    def _compute_counts(self):
        # sudo: the sums of the program, which everyone may read
        groups = (
            self.env["hr.backbone.application"]
            .sudo()
            ._read_group([("program_id", "in", self.ids)], ["program_id", "state"], ["__count"])
        )
        for program in self:
            by_state = {state: count for owner, state, count in groups if owner == program}
            program.application_count = sum(by_state.values())
            program.member_count = by_state.get("admitted", 0)

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        moved = self.filtered(lambda program: vals.get("company_id", 0) != program.company_id.id)
        if "company_id" in vals and moved.application_ids:
            raise UserError(self.env._("A program with applications stays in its company."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.application_ids:
            raise UserError(self.env._("A program with applications is history: close it instead."))

    @public(one=True)
    def action_open_applications(self):
        """The applications of this program."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_application_action"
        )
        action["domain"] = [("program_id", "=", self.id)]
        action["context"] = {"default_program_id": self.id}
        return action
