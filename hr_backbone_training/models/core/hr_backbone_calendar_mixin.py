# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class HrBackboneCalendarMixin(models.AbstractModel):
    """A document with one entry in the calendar, which follows the document; who moves the
    entry in the calendar itself moves the document, where that person may.

    Besides `event_id` and a `state`, a document gives what stands below.
    """

    _name = "hr.backbone.calendar.mixin"
    _description = "Backbone Document in the Calendar"

    # whether the mails about it are ours, so that the calendar writes to nobody
    _calendar_quiet = True
    # the states in which its entry is not taken away
    _calendar_states = ()

    event_id = fields.Many2one("calendar.event", "Calendar Entry", readonly=True, copy=False)

    def _get_event_vals(self):
        """What the entry of this document shows, and whose it is: the values with which it is
        made. For each document to extend."""
        return {"backbone_model": self._name}

    def _get_calendar_refusal(self):
        """Why the user may not move the document by its entry; False when that is allowed."""
        raise NotImplementedError

    def _follow_event(self):
        """The user has moved the entries of these documents: the documents are when and where
        these are now."""
        raise NotImplementedError
