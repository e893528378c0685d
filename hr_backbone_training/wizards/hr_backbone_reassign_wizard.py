from odoo import fields, models

from ..models.core.public import public


class HrBackboneReassignWizard(models.TransientModel):
    """HR chooses who assesses in the place of a mentor who has left."""

    _name = "hr.backbone.reassign.wizard"
    _description = "Another Mentor assesses"
    _inherit = ["hr.backbone.named.mixin"]

    assessment_ids = fields.Many2many(
        "hr.backbone.assessment", string="Assessments", required=True, readonly=True
    )
    mentor_id = fields.Many2one("hr.employee", "New Mentor", required=True)

    @public(one=True)
    def action_confirm(self):
        """The assessments pass to the new mentor; they say themselves what speaks against."""
        self.ensure_one()
        self.assessment_ids.action_reassign(self.mentor_id)
        return {"type": "ir.actions.act_window_close"}
