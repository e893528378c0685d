# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    """The development plans among the things that wait for the user."""

    _inherit = "res.users"

    def _get_backbone_todo(self, limit=20):
        return [*super()._get_backbone_todo(limit), *self._get_backbone_plans_todo(limit)]

    def _count_backbone_todo(self):
        return super()._count_backbone_todo() + self.env["hr.backbone.plan"].search_count(
            self._get_backbone_plans_domain()
        )

    def _get_backbone_plans_todo(self, limit):
        plans = self.env["hr.backbone.plan"].search(self._get_backbone_plans_domain(), limit=limit)
        return [
            {
                "title": self.env._("Write and submit your personal development plan")
                if not plan.previous_id
                else self.env._("Revise and submit your personal development plan"),
                "text": self.env._(
                    "Your department recommends you. The recommendation goes on once you have "
                    "submitted the plan."
                )
                if not plan.previous_id
                else plan._get_returned_comment()
                or self.env._("The plan in force stays until the revision takes its place."),
                "button": self.env._("Open my plan"),
                "url": plan.access_url,
            }
            for plan in plans
        ]

    def _get_backbone_plans_domain(self):
        return self._get_backbone_posts_domain() & Domain("state", "=", "draft")
