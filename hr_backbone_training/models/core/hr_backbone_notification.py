import logging

from odoo import Command, api, fields, models

_logger = logging.getLogger(__name__)

# up to this many documents a move queues its mails at once; a longer list is left to the
# job, so that a director who approves a thousand cases does not wait for a thousand mails
SEND_NOW = 20


class HrBackboneNotification(models.Model):
    """The outbox of the moves: one row for each mail that is still to be written.

    A row is deleted in the same transaction that queues its mail, so a job that is
    killed half-way neither loses a mail nor writes one twice.
    """

    _name = "hr.backbone.notification"
    _description = "Backbone Notification to Send"
    _order = "id"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    template = fields.Char(required=True, readonly=True)
    move = fields.Char(required=True, readonly=True)

    @api.model
    def _queue(self, documents, template, move):
        """Make sure that the mails of `move` on `documents` go out.

        :param documents: records with `_get_mail_partners(move)`
        :param str template: external id of the mail template
        """
        rows = self.sudo().create(
            [
                {
                    "res_model": documents._name,
                    "res_id": document.id,
                    "template": template,
                    "move": move,
                }
                for document in documents
            ]
        )
        if len(rows) <= SEND_NOW:
            rows._send()
        else:
            self.env.ref("hr_backbone_training.ir_cron_backbone_notification")._trigger()

    def _send(self):
        """Write the mails of these rows into Odoo's mail queue, and drop the rows.

        A mail that cannot be written, of a template that somebody broke, stays in the outbox
        and does not hold up the others.
        """
        # what the move has written is not ours to lose with a mail that fails
        self.env.flush_all()
        for (res_model, template_id, move), rows in self.grouped(
            lambda row: (row.res_model, row.template, row.move)
        ).items():
            template = self.env.ref(template_id, raise_if_not_found=False)
            documents = self.env[res_model].browse(rows.mapped("res_id")).exists()
            try:
                with self.env.cr.savepoint():
                    if template and template.active:
                        self._send_by_recipients(template, documents, move)
                    rows.unlink()
            except Exception:
                _logger.exception("The mails of “%s” could not be written.", template_id)

    @api.model
    def _send_by_recipients(self, template, documents, move):
        """One mail for each document and language, to those of its people with an address."""
        by_partners = documents.grouped(lambda document: document._get_mail_partners(move))
        for everyone, batch in by_partners.items():
            for lang, partners in everyone.filtered("email").grouped("lang").items():
                template.with_context(lang=lang).send_mail_batch(
                    batch.ids,
                    email_values={"recipient_ids": [Command.set(partners.ids)]},
                    email_layout_xmlid="mail.mail_notification_light",
                )

    @api.model
    def _cron_send(self, batch_size=100):
        """Empty the outbox, a batch at a time; run again, it goes on where it stopped."""
        last = 0
        while rows := self.search([("id", ">", last)], limit=batch_size):
            last = rows[-1].id
            rows = rows.try_lock_for_update()
            rows._send()
            remaining = self.search_count([("id", ">", last)])
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining):
                break
