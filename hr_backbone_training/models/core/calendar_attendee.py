# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.tools import SQL

# who it is that attends
PERSON = {"event_id", "partner_id", "email", "common_name"}


class CalendarAttendee(models.Model):
    """Who is in a private entry of a document is known to those who are in it."""

    _inherit = "calendar.attendee"

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: who is in the entry of a document, the document says"""
        attendees = super().create(vals_list)
        attendees._check_backbone_people()
        return attendees

    def write(self, vals):
        """:raise UserError: as above"""
        if not PERSON.isdisjoint(vals):
            self._check_backbone_people()
        return super().write(vals)

    def unlink(self):
        """:raise UserError: as above"""
        self._check_backbone_people()
        return super().unlink()

    def _check_backbone_people(self):
        if not self.env.su:
            events = self.event_id
            events._refuse_backbone_said(events._get_backbone_documents())

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        query = super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
        if not (self.env.su or bypass_access):
            query.add_where(
                SQL(
                    "EXISTS (SELECT FROM calendar_event entry WHERE entry.id = %s AND %s)",
                    SQL.identifier(query.table, "event_id", to_flush=self._fields["event_id"]),
                    self.env["calendar.event"]._get_backbone_shown("entry"),
                )
            )
        return query
