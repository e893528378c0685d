# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.hr_backbone_training.const import OFFICER


class HrBackboneTraining(models.Model):
    """The test of a training: its result is the score of whoever attended."""

    _inherit = "hr.backbone.training"

    survey_id = fields.Many2one(
        "survey.survey",
        "Test",
        index="btree_not_null",
        ondelete="set null",
        domain="[('scoring_type', '!=', 'no_scoring')]",
        groups=OFFICER,
        help="Participants take it from the first day of the training on. The best of their "
        "attempts is their score, unless the trainer or HR has typed another one.",
    )

    @api.constrains("survey_id")
    def _check_survey(self):
        # sudo: what kind of survey it is decides
        for training in self.sudo():
            if training.survey_id.scoring_type == "no_scoring":
                raise ValidationError(
                    self.env._(
                        "“%s” gives no score: choose a survey with scoring.",
                        training.survey_id.title,
                    )
                )

    def write(self, vals):
        if "survey_id" not in vals or self._is_own_write(vals):
            return super().write(vals)
        for training in self:
            # also of one that was held: the test often comes after it
            if reason := training._get_edit_refusal():
                raise UserError(reason)
            if training.state == "cancelled":
                raise UserError(self.env._("A training that is over cannot be changed."))
        result = super().write(vals)
        # sudo: who took the test before it was the test of the training; the check is above
        self.sudo().participant_ids._take_tests()
        return result
