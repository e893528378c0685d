# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrBackboneQuarter(models.Model):
    """By which weights report and assessment make the result of a quarter."""

    _inherit = "hr.backbone.quarter"

    def _get_facts(self):
        """The weights, too, stay as they were when the quarter was closed."""
        return {
            quarter: {**facts, "weights": quarter._get_weights()}
            for quarter, facts in super()._get_facts().items()
        }

    def _get_weights(self):
        """[of the report, of the assessment], as the program gives them in the year; None without
        a program."""
        program = self.program_id
        return [program.weight_report, program.weight_assessment] if program else None
