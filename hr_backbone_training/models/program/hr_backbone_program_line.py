# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError


class HrBackboneProgramLine(models.Model):
    """How many people a program takes into an echelon."""

    _name = "hr.backbone.program.line"
    _readers = ("everyone",)
    _description = "Backbone Program Echelon"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "program_id, level, id"
    _rec_name = "echelon_id"
    _check_company_auto = True
    _kept_fields = ("program_id",)

    program_id = fields.Many2one(
        "hr.backbone.program", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True, index=True)
    echelon_id = fields.Many2one(
        "hr.backbone.echelon", required=True, ondelete="restrict", check_company=True
    )
    level = fields.Integer(related="echelon_id.level", store=True)
    quota = fields.Integer(default=10, help="Exceeded only by a meeting that writes down why.")

    _echelon_uniq = models.UniqueIndex(
        "(program_id, echelon_id)", "Each echelon may appear only once per program."
    )
    _quota_positive = models.Constraint("CHECK (quota >= 0)", "A quota cannot be negative.")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines:
            line._log_quota(self.env._("%(echelon)s: quota %(new)s", **line._get_quota_values()))
        return lines

    def write(self, vals):
        """:raise UserError: an echelon of a started program makes room for another one"""
        if "echelon_id" in vals:
            moved = self.filtered(lambda line: line.echelon_id.id != vals["echelon_id"])
            moved._unlink_except_started()
        before = {line: line._get_quota_values() for line in self}
        result = super().write(vals)
        for line, old in before.items():
            new = line._get_quota_values()
            if new != old:
                line._log_quota(
                    self.env._("%(echelon)s: quota %(old)s → %(new)s", **new, old=old["new"])
                )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        if any(line.program_id.state != "draft" for line in self):
            raise UserError(
                self.env._(
                    "The echelons of a program that was started stay in it: set the quota to 0 "
                    "instead."
                )
            )

    def _get_quota_values(self):
        self.ensure_one()
        return {"echelon": self.echelon_id.name, "new": self.quota}

    def _log_quota(self, body):
        """What changes once the program was started is in its history."""
        self.ensure_one()
        if self.program_id.state != "draft":
            self.program_id._message_log(body=body)
