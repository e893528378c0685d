# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class HrBackboneReassignWizard(models.TransientModel):
    """HR chooses who assesses in the place of a mentor who has left."""

    _name = "hr.backbone.reassign.wizard"
    _description = "Another Mentor assesses"
    _inherit = ["hr.backbone.window.mixin"]

    assessment_ids = fields.Many2many(
        "hr.backbone.assessment", string="Assessments", required=True, readonly=True
    )
    mentor_id = fields.Many2one("hr.employee", "New Mentor", required=True)

    def _confirm(self):
        """The assessments pass to the new mentor; they say themselves what speaks against."""
        self.assessment_ids.action_reassign(self.mentor_id)
