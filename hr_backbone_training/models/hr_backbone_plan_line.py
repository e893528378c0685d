from odoo import api, fields, models
from odoo.exceptions import UserError

# what the member keeps up to date while the plan is in force
LIVING = {"progress", "evidence", "evidence_ids"}


class HrBackbonePlanLine(models.Model):
    """One action of a development plan, by one of the seed's ways of training."""

    _name = "hr.backbone.plan.line"
    _description = "Development Plan Action"
    _order = "plan_id, method, sequence, id"
    _rec_name = "action"

    plan_id = fields.Many2one("hr.backbone.plan", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    employee_id = fields.Many2one(related="plan_id.employee_id", store=True, index=True)
    plan_state = fields.Selection(related="plan_id.state", string="Plan Status")
    sequence = fields.Integer(default=10)
    method = fields.Selection(
        [
            ("mentoring", "Mentoring"),
            ("rotation", "Rotation"),
            ("internal", "Internal Training"),
            ("external", "External Training"),
            ("promotion", "Personal Promotion"),
        ],
        required=True,
        default="mentoring",
    )
    gap = fields.Text("Gap to close")
    action = fields.Text(required=True, help="What you will do about it.")
    support = fields.Text("Support needed")
    date_due = fields.Date("Due")
    evidence = fields.Text(help="How one will see that it was done.")
    evidence_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    progress = fields.Integer("Progress (%)", default=0, aggregator="avg", copy=False)
    quarterly_check = fields.Text(help="What should have been reached by the end of each quarter.")

    _progress_range = models.Constraint(
        "CHECK (progress BETWEEN 0 AND 100)", "Progress lies between 0 and 100 percent."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_editable(set(self._fields))
        for line in lines:
            line.evidence_ids._backbone_adopt(line)
        return lines

    def write(self, vals):
        if {"plan_id", "company_id", "employee_id"} & set(vals) and not self.env.su:
            raise UserError(self.env._("An action stays in the plan that it was written for."))
        self._check_editable(set(vals))
        result = super().write(vals)
        if "evidence_ids" in vals:
            for line in self:
                line.evidence_ids._backbone_adopt(line)
        return result

    def _check_editable(self, names):
        """Content while the plan is a draft; progress and evidence while it is in force."""
        if self.env.su:
            return  # the plan's own code: a revision, an admission
        for plan in self.plan_id:
            if plan.state == "active" and names <= LIVING and plan._is_about_me():
                continue
            if reason := plan._get_edit_refusal():
                raise UserError(reason)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_editable(set(self._fields))
