# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain

from .hr_backbone_message_mixin import HrBackboneMessageMixin
from .mail_message import OURS

# entries of documents are private ones among others
ENTRIES = "calendar.event"
# the condition by which a search says whose followers it asks for
NAMES = ("res_model", "in")


def _get_right(model):
    """By which right the messages of these are read, whoever asks."""
    ours = issubclass(type(model), HrBackboneMessageMixin) and model._hr_messages
    return "write" if ours else "read"


class MailFollowers(models.Model):
    """Who follows a document of ours, or its private entry in the calendar, is known to those who
    read its messages. Odoo shows all followers to every employee: that there is a case, who has
    to do with it, and who decides on it."""

    _inherit = "mail.followers"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain)
            domain &= self._get_backbone_domain(domain)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_backbone_domain(self, asked):
        """What is asked in one query with the search itself, of whoever uses the scheme or not.

        :param asked: the domain of the search. Where it says of which models, as a document's
            does that asks for its own followers, those of readable documents are found; else the
            user's own alone
        """
        found = Domain("partner_id", "=", self.env.user.partner_id.id)
        found |= Domain("res_model", "not =like", f"{OURS}%") & Domain("res_model", "!=", ENTRIES)
        for name in self._find_backbone_models(asked):
            model = self.env[name].with_context(active_test=False)
            if model.has_access(_get_right(model)):
                found |= Domain("res_model", "=", name) & Domain("res_id", "in", model._search([]))
        return found

    @api.model
    def _find_backbone_models(self, asked):
        """The names of our models to which a search is restricted; none where it is not."""
        restricted = asked.optimize(self).map_conditions(
            lambda row: row if (row.field_expr, row.operator) == NAMES else Domain.TRUE
        )
        for condition in restricted.optimize(self).iter_conditions():
            return [name for name in condition.value if self._is_backbone_kind(name)]
        return []

    @api.model
    def _is_backbone_kind(self, name):
        if not isinstance(name, str) or name not in self.env:
            return False
        return name == ENTRIES or name.startswith(OURS)

    @api.private
    def fetch(self, field_names=None):
        """By their numbers, of whatever model, they are asked one by one: by what Odoo reads here
        anyway, so that it costs no query. `_search` finds those of named models alone.

        :raise AccessError: one of them is not the user's to see
        """
        rows = self._origin
        if self.env.su or not rows:
            return super().fetch(field_names)
        columns = [
            name for name, field in self._fields.items() if field.column_type and field.store
        ]
        # sudo: asked just below, by what is read here
        rows.sudo().fetch(columns)
        try:
            rows.check_access("read")
        except MissingError:
            rows.exists().check_access("read")
        except AccessError:
            rows.invalidate_recordset(columns)
            raise
        return super().fetch(field_names)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids) or operation == "create":
            return result
        partner = self.env.user.partner_id
        # sudo: on which document, and who it is, decides
        others = (self - result[0] if result else self).sudo()
        others = others.filtered(
            lambda row: row.partner_id != partner and self._is_backbone_kind(row.res_model)
        )
        hidden = self.browse()
        for name, rows in others.grouped("res_model").items():
            documents = self.env[name].browse(rows.mapped("res_id")).exists()
            asked = documents._mail_group_by_operation_for_mail_message_operation("read")
            shown = set().union(*(row._filtered_access(right)._ids for right, row in asked.items()))
            hidden += self.browse(row.id for row in rows if row.res_id not in shown)
        if not hidden:
            return result
        forbidden = hidden + result[0] if result else hidden
        return forbidden, lambda: self.env["ir.rule"]._make_access_error(operation, forbidden)

    def _get_recipient_data(self, records, message_type, subtype_id, pids=None):
        """Whoever follows a document of ours and does not read its messages any more, as a former
        manager or mentor, gets none of them, unless whoever writes one names them."""
        data = super()._get_recipient_data(records, message_type, subtype_id, pids)
        for record in records if isinstance(records, HrBackboneMessageMixin) else ():
            data[record.id] = {
                partner_id: row
                for partner_id, row in data[record.id].items()
                if not (row["is_follower"] and row["uid"])
                or partner_id in (pids or ())
                or record._is_messages_reader(row["uid"])
            }
        return data
