# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, models
from odoo.exceptions import UserError

from ...const import OFFICER
from ..core.public import public
from ..pool.hr_backbone_plan_line import TRAININGS


class HrBackbonePlanLine(models.Model):
    """Actions of internal and of external training: HR plans one training for many at once."""

    _inherit = "hr.backbone.plan.line"

    @public(none=True)
    def action_plan_training(self):
        """The window in which HR plans a training for these actions, or adds their members to
        one that is planned.

        :raise UserError: see `_check_training_needs`
        """
        self._check_training_needs()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_backbone_training.hr_backbone_training_need_wizard_action"
        )
        action["context"] = {"default_line_ids": [Command.set(self.ids)]}
        return action

    def _check_training_needs(self):
        """
        :raise UserError: the user is not HR, or one training cannot serve all of the actions
        """
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise UserError(self.env._("Only HR plans and changes a training."))
        self.check_access("read")
        methods = set(self.mapped("method"))
        if not methods or methods - set(TRAININGS):
            raise UserError(self.env._("Choose actions of internal or of external training."))
        if len(methods) > 1 or len(self.company_id) > 1:
            raise UserError(
                self.env._("A training is internal or external, and of one company: choose such.")
            )
        self._get_members()

    def _put_into(self, training):
        """Put the members of these actions on the list of a training, once each; whoever
        stands there already gets the action, unless it serves another one."""
        rows = {row.member_id: row for row in training.participant_ids}
        fresh = {}
        for line, member in self._get_members().items():
            row = rows.get(member)
            if not row:
                fresh.setdefault(member, line)
            elif not row.plan_line_id:
                row.plan_line_id = line
        training.participant_ids.create(
            [
                {"training_id": training.id, "member_id": member.id, "plan_line_id": line.id}
                for member, line in fresh.items()
            ]
        )
