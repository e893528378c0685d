# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.core import texts


class HrBackboneTrainingNeedWizard(models.TransientModel):
    """HR plans a training for what development plans ask for, or adds their members to one
    that is planned already. It knows no rule of its own: actions and training decide."""

    _name = "hr.backbone.training.need.wizard"
    _description = "Training for Actions of Development Plans"
    _inherit = ["hr.backbone.window.mixin"]

    line_ids = fields.Many2many("hr.backbone.plan.line", string="Actions", required=True)
    company_id = fields.Many2one("res.company", compute="_compute_kind")
    kind = fields.Selection(
        [("internal", "Internal"), ("external", "External")], compute="_compute_kind"
    )
    training_id = fields.Many2one(
        "hr.backbone.training",
        domain="[('kind', '=', kind), ('company_id', '=', company_id),"
        " ('state', 'in', ('draft', 'planned'))]",
        help="Leave it empty to plan a new one.",
    )
    name = texts.Char("New Training")
    date_start = fields.Datetime("Start")

    @api.depends("line_ids")
    def _compute_kind(self):
        for wizard in self:
            line = wizard.line_ids[:1]
            wizard.company_id = line.company_id
            wizard.kind = line.method if line.method in ("internal", "external") else False

    def _confirm(self):
        """Put the members on the list of the training; a new one starts as a draft.

        :return: the form of the training
        :raise UserError: no training was chosen or named, or it does not fit
        """
        lines = self.line_ids
        lines._check_training_needs()
        training = self.training_id or self._create_training()
        lines._put_into(training)
        return {
            "type": "ir.actions.act_window",
            "res_model": training._name,
            "res_id": training.id,
            "views": [(False, "form")],
        }

    def _create_training(self):
        if not (self.name or "").strip() or not self.date_start:
            raise UserError(
                self.env._("Choose a training, or give a name and a start to plan a new one.")
            )
        trainings = self.env["hr.backbone.training"].with_company(self.company_id)
        return trainings.create(
            {
                "name": self.name.strip(),
                "kind": self.kind,
                "company_id": self.company_id.id,
                "date_start": self.date_start,
            }
        )
