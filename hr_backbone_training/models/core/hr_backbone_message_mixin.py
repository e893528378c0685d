# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class HrBackboneMessageMixin(models.AbstractModel):
    """The conversation on a document: who reads it, who follows it, and by whom a message is."""

    _name = "hr.backbone.message.mixin"
    _description = "Backbone Document with Messages"
    _inherit = ["mail.thread"]

    # whether the messages are HR's, since more people read the document than may read them
    _hr_messages = False

    # -- who reads it ----------------------------------------------------------------------

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """HR's messages are for those who may change the document, and whom it does not concern."""
        if not self._hr_messages:
            return super()._mail_get_operation_for_mail_message_operation(message_operation)
        return {row: None if row._concerns_me() else "write" for row in self}

    def _mail_group_by_operation_for_mail_message_operation(self, message_operation):
        rows = super()._mail_group_by_operation_for_mail_message_operation(message_operation)
        rows.pop(None, None)
        return rows

    def _filter_messages_readable(self):
        """Those of these documents whose messages the user reads."""
        asked = self._mail_group_by_operation_for_mail_message_operation("read")
        readable = (rows._filtered_access(operation) for operation, rows in asked.items())
        return self.browse().union(*readable)

    # -- who follows it --------------------------------------------------------------------

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """An activity for each of thousands makes nobody a follower, where its maker says so:
        what is written on the document would go to all of them. Nor does whoever may read the
        document, but not its messages, make themselves one.

        :return: whether they follow the document now
        """
        if self.env.context.get("backbone_no_subscription"):
            return True
        if partner_ids and not self.env.su and self - self._filter_messages_readable():
            return False
        return super().message_subscribe(partner_ids, subtype_ids)

    def _is_messages_reader(self, user_id):
        """Whether this user reads the messages of the document, in any company of theirs."""
        document = self.with_user(user_id)
        companies = document.env.user.company_ids.ids
        document = document.with_context(allowed_company_ids=companies)
        return bool(document._filter_messages_readable())

    # -- by whom it is ---------------------------------------------------------------------

    def _message_compute_author(self, author_id=None, email_from=None):
        """Whoever writes a message on a document is its author, whatever a client says."""
        if not self.env.su:
            author_id = email_from = None
        return super()._message_compute_author(author_id, email_from)
