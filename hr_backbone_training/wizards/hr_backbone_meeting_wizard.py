# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models

from ..models.core import texts


class HrBackboneMeetingWizard(models.TransientModel):
    """What changes of a meeting in session, and why. It knows no rule of its own: the meeting
    decides, and its minutes say it."""

    _name = "hr.backbone.meeting.wizard"
    _description = "Change a Meeting in Session"
    _inherit = ["hr.backbone.window.mixin"]

    meeting_id = fields.Many2one("hr.backbone.meeting", required=True, readonly=True)
    program_id = fields.Many2one(related="meeting_id.program_id")
    is_officer = fields.Boolean(compute="_compute_is_officer")
    attendee_ids = fields.Many2many("res.users", string="Attendees")
    application_ids = fields.Many2many(
        "hr.backbone.application", "hr_backbone_meeting_wizard_name_rel", string="Agenda"
    )
    postponed_ids = fields.Many2many(
        "hr.backbone.application",
        "hr_backbone_meeting_wizard_postponed_rel",
        help="They stay for the next meeting.",
    )
    readers = fields.Char("Read by", compute="_compute_is_officer")
    reason = texts.Text(help="Printed in the minutes, which the attendees and HR read.")

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        meeting = self.env["hr.backbone.meeting"].browse(defaults.get("meeting_id")).exists()
        if meeting:
            meeting.check_access("read")
            items = meeting.item_ids
            postponed = items.filtered("postponed").application_id
            # sudo: a portal login reads no other login; who attends is shown on the meeting
            defaults["attendee_ids"] = [Command.set(meeting.sudo().attendee_ids.ids)]
            defaults["application_ids"] = [Command.set(meeting.application_ids.ids)]
            defaults["postponed_ids"] = [Command.set(postponed.ids)]
        return defaults

    @api.depends("meeting_id")
    @api.depends_context("uid")
    def _compute_is_officer(self):
        for wizard in self:
            wizard.is_officer = wizard.meeting_id._is_officer()
            wizard.readers = wizard.meeting_id._say_readers("change")

    def _confirm(self):
        """Change the meeting as it stands in the window."""
        mine = self.is_officer
        self.meeting_id.action_change(
            self.reason,
            attendees=self.attendee_ids if mine else None,
            applications=self.application_ids if mine else None,
            postponed=self.postponed_ids,
        )
