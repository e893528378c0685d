from odoo import api, models
from odoo.exceptions import UserError

from .hr_backbone_application import SCORES


class HrBackboneApplication(models.Model):
    """HR's yearly list: applications come in through Odoo's own import."""

    _name = "hr.backbone.application"
    _inherit = ["hr.backbone.application", "hr.backbone.import.mixin"]

    _import_named = ("employee_id", "recommender_id", "proposed_mentor_id")
    _import_required = ("employee_id", "echelon_id")

    @api.model
    def _check_row(self, values, new):
        self.new({name: values.get(name) for name in SCORES})._check_scores()
        super()._check_row(values, new)

    def _check_imported(self):
        """What nobody would notice in a long list before the rows are submitted one by one."""
        super()._check_imported()
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
