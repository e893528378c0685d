from odoo import fields, models

# an application that has been selected and not fallen out since takes a place
PLACE_TAKEN = ("selected", "publicity", "admitted")


class HrBackboneProgramLine(models.Model):
    """How many people a program takes into an echelon."""

    _name = "hr.backbone.program.line"
    _description = "Backbone Program Echelon"
    _order = "program_id, level, id"
    _rec_name = "echelon_id"

    program_id = fields.Many2one(
        "hr.backbone.program", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True, index=True)
    echelon_id = fields.Many2one("hr.backbone.echelon", required=True, ondelete="restrict")
    level = fields.Integer(related="echelon_id.level", store=True)
    quota = fields.Integer(default=10, help="Exceeded only by a meeting that writes down why.")
    selected_count = fields.Integer("Places Taken", compute="_compute_selected_count")
    remaining = fields.Integer("Places Left", compute="_compute_selected_count")

    _echelon_uniq = models.UniqueIndex(
        "(program_id, echelon_id)", "An echelon stands once in a program."
    )
    _quota_positive = models.Constraint("CHECK (quota >= 0)", "A quota cannot be negative.")

    def _compute_selected_count(self):
        # sudo: sums of the program, which everyone may read
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
