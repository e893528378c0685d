# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class ResUsers(models.Model):
    """What waits for participants and trainers."""

    _inherit = "res.users"

    def _get_backbone_todo(self, limit=20):
        return [
            *super()._get_backbone_todo(limit),
            *self._get_backbone_invitations_todo(limit),
            *self._get_backbone_attendance_todo(limit),
            *self._get_backbone_feedback_todo(limit),
        ]

    def _get_backbone_invitations_todo(self, limit):
        rows = self.env["hr.backbone.training.participant"]
        found = rows.search(rows._get_unanswered_domain(), order="date_start, id", limit=limit)
        return [
            {
                "title": self.env._("Answer the invitation: %s", row.training_id.name),
                "text": row.training_id._get_when(),
                "button": self.env._("Open the training"),
                "url": row.access_url,
            }
            for row in found
        ]

    def _get_backbone_attendance_todo(self, limit):
        trainings = self.env["hr.backbone.training"]
        found = trainings.search(
            trainings._get_attendance_domain(), order="date_start, id", limit=limit
        )
        return [
            {
                "title": self.env._("Mark who attended: %s", training.name),
                "text": training._get_when(),
                "button": self.env._("Mark the attendance"),
                "url": f"{training.access_url}/attendance",
            }
            for training in found
        ]

    def _get_backbone_feedback_todo(self, limit):
        rows = self.env["hr.backbone.training.participant"]
        found = rows.search(rows._get_unrated_domain(), order="date_start, id", limit=limit)
        return [
            {
                "title": self.env._("What did you think of: %s", row.training_id.name),
                "text": row.training_id._get_when(),
                "button": self.env._("Give feedback"),
                "url": f"{row.access_url}#feedback",
            }
            for row in found
        ]

    def _count_backbone_todo(self):
        rows = self.env["hr.backbone.training.participant"]
        trainings = self.env["hr.backbone.training"]
        return (
            super()._count_backbone_todo()
            + rows.search_count(rows._get_unanswered_domain())
            + rows.search_count(rows._get_unrated_domain())
            + trainings.search_count(trainings._get_attendance_domain())
        )
