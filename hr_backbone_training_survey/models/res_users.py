# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class ResUsers(models.Model):
    """What a certification has proposed among the things that wait for the user."""

    _inherit = "res.users"

    def _get_backbone_todo(self, limit=20):
        achievements = self.env["hr.backbone.achievement"]
        # sudo: the domain asks for the user's own, and is the check
        proposed = achievements.sudo().search(achievements._get_proposed_domain(), limit=limit)
        return [
            *super()._get_backbone_todo(limit),
            *(
                {
                    "title": self.env._(
                        "Submit the qualification: %s",
                        record.name + self._name_backbone_place(record),
                    ),
                    "text": self.env._("You passed a certification that proves it."),
                    "button": self.env._("Open the achievement"),
                    "url": record.access_url,
                }
                for record in proposed
            ),
        ]

    def _count_backbone_todo(self):
        achievements = self.env["hr.backbone.achievement"]
        # sudo: see `_get_backbone_todo`
        proposed = achievements.sudo().search_count(achievements._get_proposed_domain())
        return super()._count_backbone_todo() + proposed
