# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.exceptions import UserError


class MailTemplate(models.Model):
    """What is above a mail about a document, by default what Odoo calls its model, and its name;
    and which forms are attached to it."""

    _inherit = "mail.template"

    def _render_encapsulate(self, layout_xmlid, html, add_context=None, context_record=None):
        if isinstance(context_record, self.env.registry["hr.backbone.workflow.mixin"]):
            add_context = {**(add_context or {}), **context_record._get_mail_heading()}
        return super()._render_encapsulate(
            layout_xmlid, html, add_context=add_context, context_record=context_record
        )

    def _generate_template_attachments(self, res_ids, render_fields, render_results=None):
        """:raise UserError: a form of ours would be printed of documents with the numbers of
        something else, to whoever chose it for the template"""
        for form in self.report_template_ids if "report_template_ids" in render_fields else ():
            if form._is_backbone_form() and form.model != self.model:
                raise UserError(
                    self.env._(
                        "“%(form)s” is attached to mails about its own documents alone. Please "
                        "remove it from the template “%(template)s”.",
                        form=form.name,
                        template=self.name,
                    )
                )
        return super()._generate_template_attachments(res_ids, render_fields, render_results)
