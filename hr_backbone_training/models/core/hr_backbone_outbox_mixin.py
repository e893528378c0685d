# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models

from .jobs import run_in_batches, take_apart

# so many people are told in the transaction of whoever asks; a longer list is left to the job,
# so that a director who approves a thousand cases does not wait for a thousand mails
SEND_NOW = 20


class HrBackboneOutboxMixin(models.AbstractModel):
    """Rows of what people still have to be told.

    A row is settled in the same transaction that makes the activity or queues the mail: a job
    that is killed half-way neither forgets anyone nor tells anyone twice.
    """

    _name = "hr.backbone.outbox.mixin"
    _description = "Outbox of Backbone Training"

    # the job that sends what is too much for now, by its external id
    _outbox_job = None

    def _send_soon(self):
        """A few are told at once; many by the job."""
        if len(self) <= SEND_NOW:
            self._send()
        else:
            self.env.ref(self._outbox_job)._trigger()

    def _send(self):
        """Tell the people of these rows, those of one occasion at once.

        What cannot be told, because a document fails in its template, stays in the outbox and
        does not hold up the others.
        """
        # what the move has written is not ours to lose with a mail that fails
        self.env.flush_all()
        for occasion, rows in self.grouped(lambda row: row._get_occasion()).items():
            take_apart(rows, lambda part, told=occasion: part._send_occasion(*told))

    def _get_occasion(self):
        """What the row is about: all rows with the same are told at once."""
        raise NotImplementedError

    def _send_occasion(self, *occasion):
        """Tell the people of these rows, and settle the rows."""
        raise NotImplementedError

    def _get_waiting_domain(self):
        """Those that are still to be sent."""
        return []

    def _send_waiting(self, batch_size):
        """Empty the outbox, a batch at a time; run again, it goes on where it stopped."""
        domain = self._get_waiting_domain()
        run_in_batches(self, domain, lambda rows: rows._send(), batch_size)
