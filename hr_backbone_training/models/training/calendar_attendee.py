# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class CalendarAttendee(models.Model):
    """Whoever answers the invitation to a training in the calendar has answered it."""

    _inherit = "calendar.attendee"

    def do_accept(self):
        result = super().do_accept()
        if rows := self._get_backbone_participations(("invited", "declined")):
            rows.action_confirm()
        return result

    def do_decline(self):
        result = super().do_decline()
        if rows := self._get_backbone_participations(("invited", "confirmed", "waiting")):
            rows.action_decline()
        return result

    def _get_backbone_participations(self, states):
        """The user's own participations; nobody answers for another in the calendar."""
        participants = self.env["hr.backbone.training.participant"]
        own = self.filtered(
            lambda row: (
                row.partner_id == self.env.user.partner_id
                and row.event_id.backbone_model == participants._fields["training_id"].comodel_name
            )
        )
        if not own:
            return participants
        # sudo: which ones they are; the step asks what the user may do
        rows = participants.sudo().search(
            [
                ("training_id.event_id", "in", own.event_id.ids),
                ("training_id.state", "=", "planned"),
                ("employee_id", "in", self.env.user._get_backbone_own()),
                ("state", "in", states),
            ]
        )
        return rows.sudo(False)
