# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import OFFICER

BADGE = "hr_backbone_training.badge_outstanding"


class GamificationBadge(models.Model):
    """The badge of the outstanding, which the announcement of a year gives and nobody else. All
    companies have the one."""

    _name = "gamification.badge"
    _inherit = ["gamification.badge", "hr.backbone.shared.mixin"]

    def _get_shared(self):
        number = self.env["ir.model.data"]._xmlid_to_res_id(BADGE)
        return self.filtered(lambda badge: badge.id == number)

    def _is_backbone_badge(self):
        """Whether the badge of the outstanding is among these."""
        return self.env["ir.model.data"]._xmlid_to_res_id(BADGE) in self.ids

    def write(self, vals):
        """:raise UserError: who may give it, or whether it is there, is not changed; and what it
        says is the scheme's"""
        if not self.env.su and self._is_backbone_badge():
            kept = any(name.startswith("rule_") for name in vals) or vals.get("active") is False
            if kept or not self.env.user.has_group(OFFICER):
                raise UserError(self._get_backbone_badge_sentence())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_backbone_badge(self):
        if not self.env.su and self._is_backbone_badge():
            raise UserError(self._get_backbone_badge_sentence())

    @api.model
    def _get_backbone_badge_sentence(self):
        return self.env._(
            "This badge is given to the outstanding backbone employees of a year when they are "
            "announced, and by nobody else. Please choose another badge."
        )


class GamificationChallenge(models.Model):
    """A challenge of Odoo's gives a badge as superuser, to whom somebody in HR chose."""

    _inherit = "gamification.challenge"

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: the badge of the outstanding is its reward"""
        challenges = super().create(vals_list)
        challenges._check_backbone_reward()
        return challenges

    def write(self, vals):
        """:raise UserError: as above"""
        result = super().write(vals)
        if any(name.startswith("reward_") for name in vals):
            self._check_backbone_reward()
        return result

    def _check_backbone_reward(self):
        names = [
            name
            for name, field in self._fields.items()
            if field.type == "many2one" and field.comodel_name == "gamification.badge"
        ]
        badges = self.env["gamification.badge"].union(*map(self.mapped, names))
        if not self.env.su and badges._is_backbone_badge():
            raise UserError(badges._get_backbone_badge_sentence())

    def _reward_user(self, user, badge):
        """Of one that there was before."""
        if badge._is_backbone_badge():
            return False
        return super()._reward_user(user, badge)


class GamificationBadgeUser(models.Model):
    """A badge of the outstanding is read where they are announced."""

    _inherit = "gamification.badge.user"

    backbone_company_id = fields.Many2one(
        "res.company",
        "Company of the Scheme",
        readonly=True,
        help="Set where Backbone Training gave the badge: it is read in this company alone.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: the badge of the outstanding is given by nobody"""
        if not self.env.su:
            self._check_backbone_badge(vals.get("badge_id") for vals in vals_list)
            if any(vals.get("backbone_company_id") for vals in vals_list):
                raise UserError(self.env["gamification.badge"]._get_backbone_badge_sentence())
        return super().create(vals_list)

    def write(self, vals):
        """:raise UserError: it is not given, changed or taken away by hand"""
        if not self.env.su:
            # sudo: which badge it is, whoever has it
            self._check_backbone_badge([vals.get("badge_id"), *self.sudo().badge_id.ids])
            if "backbone_company_id" in vals:
                raise UserError(self.env["gamification.badge"]._get_backbone_badge_sentence())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_backbone_badge(self):
        if not self.env.su:
            # sudo: as above
            self._check_backbone_badge(self.sudo().badge_id.ids)

    @api.model
    def _check_backbone_badge(self, badge_ids):
        badges = self.env["gamification.badge"].browse(
            number for number in badge_ids if isinstance(number, int) and number
        )
        if badges._is_backbone_badge():
            raise UserError(badges._get_backbone_badge_sentence())
