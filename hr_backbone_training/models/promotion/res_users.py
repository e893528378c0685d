# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class ResUsers(models.Model):
    """Achievements and work suggestions among the things that wait for the user."""

    _inherit = "res.users"

    def _get_backbone_todo(self, limit=20):
        """What waits for the user's decision, and what of the user's own came back."""
        achievements = self.env["hr.backbone.achievement"]
        suggestions = self.env["hr.backbone.suggestion"]
        return [
            *super()._get_backbone_todo(limit),
            # achievements of one's mentees to verify, and one's own that came back
            *achievements._get_todo(
                limit,
                correct=self.env._("Correct the achievement: %s"),
                decide=self.env._("Verify the achievement: %s"),
                button=self.env._("Open the achievement"),
            ),
            # reports to review, and one's own that came back
            *suggestions._get_todo(
                limit,
                correct=self.env._("Correct the work suggestion: %s"),
                decide=self.env._("Review the work suggestion: %s"),
                button=self.env._("Open the report"),
            ),
        ]

    def _count_backbone_todo(self):
        return (
            super()._count_backbone_todo()
            + self.env["hr.backbone.achievement"]._count_awaiting()
            + self.env["hr.backbone.suggestion"]._count_awaiting()
        )
