from odoo import models


class CalendarAttendee(models.Model):
    """Whoever answers the invitation to a training in the calendar has answered it."""

    _inherit = "calendar.attendee"

    def do_accept(self):
        result = super().do_accept()
        self._answer_backbone("action_confirm", ("invited", "declined"))
        return result

    def do_decline(self):
        result = super().do_decline()
        self._answer_backbone("action_decline", ("invited", "confirmed", "waiting"))
        return result

    def _answer_backbone(self, action, states):
        """The user's own participations follow; nobody answers for another in the calendar."""
        participants = self.env["hr.backbone.training.participant"]
        own = self.filtered(
            lambda row: (
                row.partner_id == self.env.user.partner_id
                and row.event_id.backbone_model == participants._fields["training_id"].comodel_name
            )
        )
        if not own:
            return
        # sudo: which ones they are; the step asks what the user may do
        rows = participants.sudo().search(
            [
                ("training_id.event_id", "in", own.event_id.ids),
                ("training_id.state", "=", "planned"),
                ("employee_id.user_id", "=", self.env.uid),
                ("state", "in", states),
            ]
        )
        if rows:
            getattr(rows.sudo(False), action)()
