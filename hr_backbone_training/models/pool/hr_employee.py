# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import OFFICER
from ..core.public import public
from ..core.rows import ReadableOne2many


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    backbone_member_ids = ReadableOne2many(
        "hr.backbone.member", "employee_id", "Talent Pool", groups=OFFICER
    )
    backbone_application_ids = ReadableOne2many(
        "hr.backbone.application",
        "employee_id",
        "Backbone Applications",
        groups=OFFICER,
    )
    backbone_member_id = fields.Many2one(
        "hr.backbone.member",
        "Talent Pool Membership",
        compute="_compute_backbone_member_id",
        compute_sudo=True,
        store=True,
    )
    backbone_echelon_id = fields.Many2one(
        "hr.backbone.echelon",
        compute="_compute_backbone_member_id",
        compute_sudo=True,
        store=True,
    )
    backbone_mentor_id = fields.Many2one(
        "hr.employee",
        compute="_compute_backbone_member_id",
        compute_sudo=True,
        store=True,
        groups="hr.group_hr_user",
    )
    backbone_application_count = fields.Integer(
        compute="_compute_backbone_application_count", groups=OFFICER
    )

    @api.depends(
        "company_id",
        "backbone_member_ids.state",
        "backbone_member_ids.echelon_id",
        "backbone_member_ids.mentor_id",
    )
    def _compute_backbone_member_id(self):
        """Whoever has exited is no member any more, and whoever works in another company by now
        is none there: people of one company read nothing of the pool of another."""
        for employee in self:
            member = employee.backbone_member_ids.filtered(
                lambda m: m.state != "exited" and m.company_id == m.employee_id.company_id
            )[:1]
            employee.backbone_member_id = member
            employee.backbone_echelon_id = member.echelon_id
            employee.backbone_mentor_id = member.mentor_id

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_backbone_write(vals)
        # asked before: Odoo takes it out of the values
        linked = any(vals.get("user_id") for vals in vals_list)
        employees = super().create(vals_list)
        if linked:
            employees._get_backbone_users()._leave_backbone_pools()
        return employees

    def write(self, vals):
        self._check_backbone_write(vals)
        result = super().write(vals)
        if "company_id" in vals:
            self.env["hr.backbone.member"]._on_employees_moved(self)
        return result

    def _check_backbone_write(self, vals):
        """Membership, echelon and mentor follow from the talent pool."""
        shown = {"backbone_member_id", "backbone_echelon_id", "backbone_mentor_id"}
        if not self.env.su and shown & set(vals):
            raise UserError(
                self.env._("Membership, echelon and mentor are changed in the talent pool.")
            )

    def _compute_backbone_application_count(self):
        groups = self.env["hr.backbone.application"]._read_group(
            [("employee_id", "in", self.ids)], ["employee_id"], ["__count"]
        )
        counts = {employee.id: count for employee, count in groups}
        for employee in self:
            employee.backbone_application_count = counts.get(employee.id, 0)

    @public(one=True)
    def action_open_backbone_applications(self):
        """The backbone applications of this employee."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_application_action"
        )
        action["domain"] = [("employee_id", "=", self.id)]
        action["context"] = {"default_employee_id": self.id}
        return action

    @public(one=True)
    def action_open_backbone_member(self):
        """The talent pool card of this employee."""
        self.ensure_one()
        members = self.backbone_member_id or self.backbone_member_ids
        return members[:1]._get_records_action()
