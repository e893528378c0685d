from odoo import api, fields, models
from odoo.exceptions import UserError


class HrBackboneMovement(models.Model):
    """ "Dynamic management": each entry, promotion, suspension and exit, with its date.
    History that survives everything, the employee's archiving included."""

    _name = "hr.backbone.movement"
    _description = "Talent Pool Movement"
    _inherit = ["hr.backbone.reason.mixin"]
    _order = "date desc, id desc"
    _rec_name = "employee_name"

    member_id = fields.Many2one(
        "hr.backbone.member", required=True, readonly=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        related="member_id.employee_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="member_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("admitted", "Admitted"),
            ("promoted", "Promoted"),
            ("moved", "Moved"),
            ("suspended", "Suspended"),
            ("resumed", "Resumed"),
            ("exited", "Exited"),
        ],
        "Movement",
        required=True,
        readonly=True,
    )
    date = fields.Date(required=True, readonly=True, index=True)
    from_echelon_id = fields.Many2one(
        "hr.backbone.echelon", "From", readonly=True, ondelete="restrict"
    )
    to_echelon_id = fields.Many2one("hr.backbone.echelon", "To", readonly=True, ondelete="restrict")
    reason = fields.Text(readonly=True)
    user_id = fields.Many2one("res.users", "Entered by", readonly=True)
    employee_name = fields.Char("Employee (then)", readonly=True)
    department_name = fields.Char("Department (then)", readonly=True)
    job_name = fields.Char("Post (then)", readonly=True)

    def _get_reasoned(self):
        return self.member_id

    def write(self, vals):
        # a stored related follows its member; nothing else ever changes
        if self:
            raise UserError(self.env._("A movement is history: it is never edited."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A movement is history: it is never deleted."))
