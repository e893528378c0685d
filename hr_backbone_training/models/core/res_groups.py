# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models

MOVED = {"user_ids", "implied_ids", "implied_by_ids"}


class ResGroups(models.Model):
    """Whoever loses a group has no to-dos left that need it."""

    _inherit = "res.groups"

    def write(self, vals):
        if MOVED.isdisjoint(vals):
            return super().write(vals)
        users = self.all_user_ids
        waiting = users._find_backbone_todos() if users else {}
        result = super().write(vals)
        users._pass_backbone_todos_on(waiting)
        return result
