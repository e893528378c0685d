# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import AccessError

OURS = "hr.backbone."


def _is_ours(model_name):
    return isinstance(model_name, str) and model_name.startswith(OURS)


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


class MailThread(models.AbstractModel):
    """Mails to documents come in by the mail server. Odoo lets each employee hand one in, by
    `message_process`, and posts it as superuser: on any document, in anybody's name."""

    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        """:raise AccessError: a mail to a document of ours, that the mail server did not hand in"""
        ours = any(_is_ours(route[0]) for route in routes or ())
        if ours and not (self.env.su or self.env.user._is_system()):
            raise AccessError(
                self.env._(
                    "You cannot hand in a mail to this document. Please write your message there."
                )
            )
        return super()._message_route_process(message, message_dict, routes)


class MailMessage(models.Model):
    """A message on a document of ours is by whoever writes it."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        default = self.env.context.get("default_model")
        if self.env.su or not any(_is_ours(vals.get("model", default)) for vals in vals_list):
            return super().create(vals_list)
        partner = self.env.user.partner_id
        signed = {"author_id": partner.id, "email_from": partner.email_formatted}
        return super().create(
            [
                {**vals, **signed} if _is_ours(vals.get("model", default)) else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        """:raise AccessError: on a document of ours, to somebody else as its author"""
        authors = {"author_id", "email_from", "author_guest_id"}
        if not (self.env.su or authors.isdisjoint(vals)) and any(
            map(_is_ours, self.mapped("model"))
        ):
            raise AccessError(self.env._("You cannot change who wrote a message."))
        return super().write(vals)

    def _get_forbidden_access(self, operation):
        """Odoo lets whoever follows a document write on it, also who does not read it any more."""
        forbidden = super()._get_forbidden_access(operation)
        if operation != "create":
            return forbidden
        # sudo: on which document it is, and whom the message before it names
        rows = (self - forbidden).sudo()
        rows = rows.filtered(
            lambda row: _is_ours(row.model) and row.message_type != "user_notification"
        )
        for name, group in rows.grouped("model").items():
            ids = group.mapped("res_id")
            allowed = self._filter_records_for_message_operation(name, ids, operation)
            forbidden += self.browse(
                row.id
                for row in group
                if row.res_id not in allowed._ids
                and self.env.user.partner_id not in row.parent_id.partner_ids
            )
        return forbidden


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
