from odoo import fields, models

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
