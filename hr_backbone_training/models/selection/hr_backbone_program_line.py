# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models
from odoo.exceptions import UserError

from ...const import COMMITTEE, OFFICER

# an application that has been selected and not fallen out since takes a place
PLACE_TAKEN = ("selected", "publicity", "admitted")


class HrBackboneProgramLine(models.Model):
    """How many of the places of an echelon are taken."""

    _inherit = "hr.backbone.program.line"

    # a number, too, would say before the publicity that somebody was selected
    selected_count = fields.Integer(
        "Places Taken", compute="_compute_selected_count", groups=f"{OFFICER},{COMMITTEE}"
    )
    remaining = fields.Integer(
        "Places Left", compute="_compute_selected_count", groups=f"{OFFICER},{COMMITTEE}"
    )

    def write(self, vals):
        """:raise UserError: the user's own case is among those who want a place"""
        if "quota" in vals and not self.env.su:
            self.check_access("write")
            self._check_own_case()
        return super().write(vals)

    def _check_own_case(self):
        # sudo: only the user's own cases
        own = self.env["hr.backbone.application"].sudo()
        found = own.search_fetch(
            [
                ("employee_id", "in", self.env.user._get_backbone_ever()),
                ("program_id", "in", self.program_id.ids),
                ("state", "not in", ("admitted", "refused", "withdrawn")),
            ],
            ["program_id", "echelon_id"],
        )
        taken = {(case.program_id, case.echelon_id) for case in found}
        if any((line.program_id, line.echelon_id) in taken for line in self):
            raise UserError(
                self.env._("You are a candidate in this echelon, so somebody else sets its places.")
            )

    def _compute_selected_count(self):
        # sudo: sums of the program, for HR and the committee, whom the fields are for
        groups = (
            self.env["hr.backbone.application"]
            .sudo()
            ._read_group(
                [("program_id", "in", self.program_id.ids), ("state", "in", PLACE_TAKEN)],
                ["program_id", "echelon_id"],
                ["__count"],
            )
        )
        taken = {(program.id, echelon.id): count for program, echelon, count in groups}
        for line in self:
            line.selected_count = taken.get((line.program_id.id, line.echelon_id.id), 0)
            line.remaining = line.quota - line.selected_count
