# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..core import texts

# what the member keeps up to date while the plan is in force
LIVING = {"progress", "evidence", "evidence_ids"}
# what follows from the revision
CONTINUED = ("previous_id", "previous_progress")


class HrBackbonePlanLine(models.Model):
    """One action of a development plan, by one of the seed's ways of training."""

    _name = "hr.backbone.plan.line"
    _description = "Development Plan Action"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "plan_id, method, sequence, id"
    _rec_name = "action"
    _kept_fields = ("plan_id",)
    _readers = ("employee", "managers", "mentor", "recommender", "approver", "committee", "hr")

    plan_id = fields.Many2one("hr.backbone.plan", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    employee_id = fields.Many2one(related="plan_id.employee_id", store=True, index=True)
    previous_id = fields.Many2one(
        "hr.backbone.plan.line",
        "Continues",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    previous_progress = fields.Integer(
        "Progress before",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Of the action that it continues, when the revision was begun.",
    )
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
    gap = texts.Text("Gap to close")
    action = texts.Text(required=True, help="What you will do about it.")
    support = texts.Text("Support needed")
    date_due = fields.Date("Due")
    evidence = texts.Text(help="How will we know it is done?")
    evidence_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    progress = fields.Integer("Progress (%)", default=0, aggregator="avg", copy=False)
    quarterly_check = texts.Text(help="What should have been reached by the end of each quarter.")
    quantity = fields.Integer(
        "How many",
        default=1,
        required=True,
        help="How many talks, courses, books… the action promises: each that is done counts "
        "for its share of the progress.",
    )
    is_late = fields.Boolean("Late", compute="_compute_is_late")

    _progress_range = models.Constraint(
        "CHECK (progress BETWEEN 0 AND 100)", "Progress lies between 0 and 100 percent."
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity BETWEEN 1 AND 1000)", "An action promises between 1 and 1,000 of its kind."
    )

    @api.depends("date_due", "progress", "plan_id.state")
    def _compute_is_late(self):
        for line in self:
            line.is_late = bool(
                line.plan_id.state == "active"
                and line.date_due
                and line.progress < 100
                and line.date_due < line.company_id._backbone_today()
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            if any(vals.get(name) for name in CONTINUED for vals in vals_list):
                raise UserError(self.env._("What an action continues follows from the revision."))
            # set: a default_… key in a client's context must not
            vals_list = [{**vals, **dict.fromkeys(CONTINUED, False)} for vals in vals_list]
        lines = super().create(vals_list)
        lines._check_editable(set(self._fields))
        for line in lines:
            line.evidence_ids._backbone_adopt(line)
        return lines

    def write(self, vals):
        kept = {"plan_id", "company_id", "employee_id", *CONTINUED}
        if kept & set(vals) and not self.env.su:
            raise UserError(self.env._("An action stays in the plan that it was written for."))
        self._check_editable(set(vals))
        result = super().write(vals)
        if "evidence_ids" in vals:
            for line in self:
                line.evidence_ids._backbone_adopt(line)
        return result

    def _write_multi(self, vals_list):
        """Here all that is stored comes by, many at once, with the old value still there."""
        progress = {
            line.id: vals["progress"]
            for line, vals in zip(self, vals_list, strict=True)
            if vals.get("progress") is not None
        }
        if progress:
            self.env["hr.backbone.plan.progress"]._log(progress)
        return super()._write_multi(vals_list)

    def _check_editable(self, names):
        """Content while the plan is a draft; progress and evidence while it is in force."""
        if self.env.su:
            return  # the plan's own code: a revision, an admission
        for plan in self.plan_id:
            mine = plan.state == "active" and plan._is_about_me()
            if names <= LIVING and (mine or plan._is_progress_of_hr()):
                self._check_progress_free(names)
                continue
            plan._check_may_edit()

    def _check_progress_free(self, names):
        """Refuse that the member writes the progress where it follows from something else. For
        the rooms later in the flow to extend.

        :param set names: the fields that are about to be written
        :raise UserError: the progress is among them, and not the member's to write
        """

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_editable(set(self._fields))

    def _change_evidence(self, uploads, removed):
        """Add and remove files as the user, who may have no right on files as such.

        :param uploads: werkzeug's file storages
        :param str removed: the number of a file
        """
        self.ensure_one()
        files = self.env["ir.attachment"]._backbone_receive(
            uploads, self.company_id, f"{self.id}-files"
        )
        # sudo: the number of a file, compared with what was sent
        gone = self.sudo().evidence_ids.filtered(lambda file: str(file.id) == removed)
        if not (files or gone):
            return
        self.check_access("write")
        self._check_editable({"evidence_ids"})
        # sudo: both checks are above
        self.sudo().write(
            {
                "evidence_ids": [
                    *(Command.link(file.id) for file in files),
                    *(Command.unlink(file.id) for file in gone),
                ]
            }
        )

    def _get_done(self):
        """How many of the `quantity` that the action promises are done."""
        self.ensure_one()
        # the progress is cut to whole percents: one talk of six is 16 %
        return (self.quantity * self.progress + self.quantity - 1) // 100

    def _get_promise(self):
        """What the action says, with how many where it promises more than one."""
        self.ensure_one()
        return self._say_promise(self.action, self.quantity)

    @api.model
    def _say_promise(self, action, quantity):
        if quantity > 1:
            return self.env._("%(action)s (%(quantity)s in all)", action=action, quantity=quantity)
        return action

    def _get_carried_vals(self):
        """What of its own progress the action of a revision that continues this one begins
        with. For the rooms later in the flow to extend."""
        self.ensure_one()
        # what was entered by hand stays as it is: so many, so far
        return {"quantity": self.quantity, "progress": self.progress}

    def _on_revision_activated(self):
        """These actions, of a revision that has come into force, take over from those that they
        continue. For the rooms later in the flow to extend."""
