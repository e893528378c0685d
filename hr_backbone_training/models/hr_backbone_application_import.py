import math

from odoo import api, models
from odoo.exceptions import UserError

from .hr_backbone_application import SCORES


class HrBackboneApplication(models.Model):
    """HR's yearly list: applications come in through Odoo's own import."""

    _name = "hr.backbone.application"
    _inherit = ["hr.backbone.application", "hr.backbone.import.mixin"]

    _import_people = ("employee_id", "recommender_id", "proposed_mentor_id")

    @api.model
    def get_import_templates(self):
        """Odoo's import screen offers the template for a list of applications."""
        return [
            {
                "label": self.env._("Import Template for Backbone Applications"),
                "template": "/hr_backbone_training/static/xls/hr_backbone_application.xlsx",
            }
        ]

    @api.model
    def _check_numbers(self, vals):
        """Words or NaN in a score are answered with a sentence."""
        for name in SCORES:
            try:
                finite = math.isfinite(float(vals.get(name) or 0))
            except (TypeError, ValueError):
                finite = False
            if not finite:
                label = self._fields[name]._description_string(self.env)
                raise UserError(self.env._("“%s” is not a number.", label))

    @api.model
    def _check_rows(self, data_list):
        """What the database would refuse, in words."""
        for row in data_list:
            values = row["values"]
            self.new({name: values.get(name) for name in SCORES})._check_scores()
            if row.get("xml_id") or values.get("id"):
                continue  # may be an update of some columns
            for name in ("employee_id", "echelon_id"):
                if not values.get(name):
                    label = self._fields[name]._description_string(self.env)
                    raise UserError(self.env._("“%s” is missing.", label))

    def _check_imported(self):
        """What nobody would notice in a long list before the rows are submitted one by one."""
        busy = self._get_employees_under_way()
        # sudo: cases in other departments count too; only a sentence is told
        drafts = self.sudo().search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("program_id", "in", self.program_id.ids),
                ("state", "=", "draft"),
            ]
        )
        for application in self.filtered(lambda record: record.state == "draft"):
            twins = drafts.filtered(
                lambda draft, mine=application: (
                    draft != mine
                    and draft.employee_id == mine.employee_id
                    and draft.program_id == mine.program_id
                )
            )
            reason = application._get_person_refusal() or application._get_busy_refusal(busy)
            if twins and not reason:
                reason = self.env._(
                    "%(employee)s already has a draft in this program (%(number)s).",
                    employee=twins[:1].employee_id.name,
                    number=twins[:1].name,
                )
            if reason:
                raise UserError(reason)
