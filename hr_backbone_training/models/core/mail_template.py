# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class MailTemplate(models.Model):
    """What stands above a mail about a document: by default what Odoo calls its model, and its
    name."""

    _inherit = "mail.template"

    def _render_encapsulate(self, layout_xmlid, html, add_context=None, context_record=None):
        if isinstance(context_record, self.env.registry["hr.backbone.workflow.mixin"]):
            add_context = {**(add_context or {}), **context_record._get_mail_heading()}
        return super()._render_encapsulate(
            layout_xmlid, html, add_context=add_context, context_record=context_record
        )
