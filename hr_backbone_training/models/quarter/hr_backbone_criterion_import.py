from odoo import api, models


class HrBackboneCriterion(models.Model):
    """Criteria come in through Odoo's own import: for a program, or without one for the usual
    criteria. As on the form, an echelon with more than 100 points is refused at once, by the
    row that passes them; fewer are stored, and the program says so and does not start.

    A new program has the usual criteria already: they go before others come in, or the list
    gives their External ID and changes them."""

    _name = "hr.backbone.criterion"
    _inherit = ["hr.backbone.criterion", "hr.backbone.import.mixin"]

    _import_named = ("program_id", "echelon_id")
    # the weight, too: a forgotten one is not 20 points
    _import_required = ("echelon_id", "name", "weight")
    _import_key = ("echelon_id", "program_id", "name")

    @api.model
    def _get_total_hint(self, program, echelon):
        hint = super()._get_total_hint(program, echelon)
        stored = [
            ("program_id", "=", program.id),
            ("echelon_id", "=", echelon.id),
            ("create_date", "<", self.env.cr.now()),
        ]
        if self.env.context.get("import_file") and self.search_count(stored, limit=1):
            hint += " " + self.env._(
                "Some are stored already, as in every new program: delete them first, or give "
                "their External ID to change them."
            )
        return hint
