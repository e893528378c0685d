from odoo import models
from odoo.exceptions import AccessError

OURS = "hr.backbone."


def check_readable(env, model_name, ids):
    """What Odoo's mail knows of our documents it knows by their number, and names and renders
    them for whoever sends one.

    :raise AccessError: a document of ours that the user does not read, or that does not exist
    """
    if env.su or not isinstance(model_name, str) or not model_name.startswith(OURS):
        return
    records = env[model_name].browse(ids) if model_name in env else ()
    if not records or records - records.exists()._filtered_access("read"):
        raise AccessError(env._("This document does not exist, or you are not allowed to see it."))


class MailMessage(models.Model):
    _inherit = "mail.message"

    def onchange(self, values, field_names, fields_spec):
        """:raise AccessError: for a message on a document that the user does not read"""
        if values.get("res_id"):
            check_readable(self.env, values.get("model"), [values["res_id"]])
        return super().onchange(values, field_names, fields_spec)


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _evaluate_res_ids(self):
        """:raise AccessError: the user does not read one of these documents"""
        ids = super()._evaluate_res_ids()
        if ids:
            check_readable(self.env, self.model, ids)
        return ids


class MailTemplatePreview(models.TransientModel):
    _inherit = "mail.template.preview"

    def _compute_mail_template_fields(self):
        for preview in self:
            if record := preview.resource_ref:
                check_readable(self.env, record._name, record.ids)
        return super()._compute_mail_template_fields()
