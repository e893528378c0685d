from odoo import Command, api, fields, models


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

    @api.model
    def _queue(self, documents, template, move):
        """Make sure that the mails of `move` on `documents` go out.

        :param documents: records with `_get_mail_partners(move)`
        :param str template: external id of the mail template
        """
        # sudo: the outbox belongs to the system
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
        rows._send_soon()

    def _get_occasion(self):
        return self.res_model, self.template, self.move

    def _send_occasion(self, res_model, template_id, move):
        """Write the mails of these rows into Odoo's mail queue, and drop the rows."""
        template = self.env.ref(template_id, raise_if_not_found=False)
        documents = self.env[res_model].browse(self.mapped("res_id")).exists()
        if template and template.active:
            self._send_by_recipients(template, documents, move)
        self.unlink()

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
        """Make sure that all mails of the moves are in Odoo's queue."""
        self._send_waiting(batch_size)
