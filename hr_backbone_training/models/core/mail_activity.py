# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import OFFICER
from .mail_message import OURS, check_readable

# where the document of a to-do stands
PLACE = {"res_model_id", "res_model", "res_id"}


class MailActivity(models.Model):
    """A to-do on a document of ours says what somebody is asked to do about a person: it is for
    whom it is assigned to, whoever wrote it by hand, and HR, whom the document does not concern.
    Odoo shows it to all who read the document."""

    _inherit = "mail.activity"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if self.env.su or bypass_access:
            return super()._search(
                domain, offset, limit, order, bypass_access=bypass_access, **kwargs
            )
        officer = self.env.user.has_group(OFFICER)
        if not officer:
            # a condition that Odoo does not take apart at each search
            domain = Domain(domain) & Domain.custom(to_sql=self._get_backbone_shown)
        query = super()._search(domain, offset, limit, order, **kwargs)
        if not officer:
            return query
        found = self.browse(query.get_result_ids())
        hidden = found._get_backbone_hidden()
        return (found - hidden)._as_query(order) if hidden else query

    @api.model
    def _get_backbone_shown(self, _model, alias, _query):
        """In SQL, what `_is_backbone_shown` says."""
        named, uid = SQL.identifier(alias), self.env.uid
        return SQL(
            """(%s.res_model IS NULL OR %s.res_model NOT LIKE %s OR %s.user_id = %s
                OR (%s.create_uid = %s AND %s.automated IS NOT TRUE))""",
            *(named, named, f"{OURS}%", named, uid, named, uid, named),
            to_flush=map(self._fields.get, ("res_model", "user_id", "create_uid", "automated")),
        )

    def _is_backbone_shown(self):
        """Whether it is on no document of ours, or the user's own."""
        return (
            not (self.res_model or "").startswith(OURS)
            or self.user_id.id == self.env.uid
            or (self.create_uid.id == self.env.uid and not self.automated)
        )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self or operation == "create":
            return result
        hidden = (self - result[0] if result else self)._get_backbone_hidden()
        if not hidden:
            return result
        forbidden = hidden + result[0] if result else hidden
        return forbidden, lambda: forbidden._make_access_error(operation)

    def _get_backbone_hidden(self):
        """Those of these to-dos that are not the user's to see."""
        # sudo: on which document it is, and whose, decides
        others = self.sudo().filtered(lambda row: not row._is_backbone_shown())
        hidden = others
        if others and self.env.user.has_group(OFFICER):
            hidden = others.browse()
            for name, rows in others.grouped("res_model").items():
                concerned = set(self._find_backbone_concerned(name, rows.mapped("res_id")))
                hidden += rows.filtered(lambda row, ids=concerned: row.res_id in ids)
        return hidden.with_env(self.env)

    @api.model
    def _find_backbone_concerned(self, name, ids):
        """The ids of those documents whose own case is the user's."""
        involved = self.env.registry["hr.backbone.involved.mixin"]
        documents = self.env[name].browse(ids).exists() if name in self.env else ()
        if isinstance(documents, involved):
            return [document.id for document in documents if document._concerns_me()]
        return []

    def write(self, vals):
        """:raise AccessError: to a document that the user does not read"""
        result = super().write(vals)
        if not self.env.su and not PLACE.isdisjoint(vals):
            for name, rows in self.grouped("res_model").items():
                check_readable(self.env, name, rows.mapped("res_id"))
        return result

    # -- done ----------------------------------------------------------------------------

    def _action_done(self, feedback=False, attachment_ids=None):
        """What was to do on a document of ours, and what came of it, stays with the to-do: the
        people of the document read its messages.

        :raise UserError: the to-do ends with a decision
        """
        ours = self.filtered(lambda row: (row.res_model or "").startswith(OURS))
        if not ours:
            return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        ours._check_backbone_done()
        messages, following = super(MailActivity, self - ours)._action_done(
            feedback=feedback, attachment_ids=attachment_ids
        )
        chained = [
            row.with_context(
                activity_previous_deadline=row.date_deadline
            )._prepare_next_activity_values()
            for row in ours
            if row.chaining_type == "trigger"
        ]
        if attachment_ids:
            # sudo: only the user's own files, which go from the document to the to-do
            files = self.env["ir.attachment"].sudo().browse(attachment_ids).exists()
            own = files.filtered(lambda file: file.create_uid.id == self.env.uid)
            own.write({"res_model": self._name, "res_id": ours[:1].id})
            ours.attachment_ids = own.ids
        if feedback:
            ours.feedback = feedback
        ours.action_archive()
        return messages, following + self.create(chained)

    def _check_backbone_done(self):
        """
        :raise UserError: the step that these ask for ends them, and nobody else does
        """
        kinds = self.activity_type_id
        if kinds & kinds._get_backbone_decided():
            raise UserError(
                self.env._(
                    "You cannot mark this as done: it ends with the decision. Open the document "
                    "and decide there."
                )
            )
