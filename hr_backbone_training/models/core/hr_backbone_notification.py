# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models

from .words import get_reader_lang


class HrBackboneNotification(models.Model):
    """The outbox of the moves: one row for each mail that is still to be written, deleted
    with that."""

    _name = "hr.backbone.notification"
    _description = "Backbone Notification to Send"
    _inherit = ["hr.backbone.outbox.mixin"]
    _order = "id"
    _outbox_job = "hr_backbone_training.ir_cron_backbone_notification"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    template = fields.Char(required=True, readonly=True)
    move = fields.Char(required=True, readonly=True)
    # the last one when the mail was asked for: what it tells is not what was decided later
    decision_id = fields.Many2one("hr.backbone.decision", readonly=True, ondelete="cascade")

    @api.model
    def _queue(self, documents, template, move):
        """Make sure that the mails of `move` on `documents` go out.

        :param documents: records with `_get_mail_partners(move)`
        :param str template: external id of the mail template
        """
        # sudo: the outbox belongs to the system, and so does what the mail will tell
        documents = documents.sudo()
        # the decision of the move that was just taken is not among those read before
        documents.invalidate_recordset(["decision_ids"])
        rows = self.with_env(documents.env).create(
            [
                {
                    "res_model": documents._name,
                    "res_id": document.id,
                    "template": template,
                    "move": move,
                    "decision_id": document.decision_ids[:1].id,
                }
                for document in documents
            ]
        )
        rows._send_soon()

    def _get_occasion(self):
        return self.res_model, self.template, self.move

    def _send_occasion(self, res_model, template_id, move):
        """Write the mails of these rows into Odoo's mail queue, and drop the rows."""
        template = self.env.ref(template_id, raise_if_not_found=False)
        rest = self if template and template.active else self.browse()
        while rest:
            # a document that was moved twice meanwhile gets both mails, one after the other
            rows = self.browse().union(*(group[0] for group in rest.grouped("res_id").values()))
            rest -= rows
            told = {row.res_id: row.decision_id.id for row in rows}
            documents = self.env[res_model].browse(told).exists()
            self._send_by_recipients(template.with_context(backbone_told=told), documents, move)
        self.unlink()

    @api.model
    def _send_by_recipients(self, template, documents, move):
        """One mail for each document and language, to those of its people with an address."""
        by_partners = documents.grouped(lambda document: document._get_mail_partners(move))
        for everyone, batch in by_partners.items():
            spoken = everyone.filtered("email").grouped(
                lambda partner, batch=batch: get_reader_lang(partner, batch[0])
            )
            for lang, partners in spoken.items():
                template.with_context(lang=lang).send_mail_batch(
                    batch.ids,
                    email_values={"recipient_ids": [Command.set(partners.ids)]},
                    email_layout_xmlid="mail.mail_notification_light",
                )

    @api.model
    def _cron_send(self, batch_size=100):
        """Make sure that all mails of the moves are in Odoo's queue."""
        self._send_waiting(batch_size)
