# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

# what moves an entry, takes it away, or repeats it
MOVING = {
    *("start", "stop", "start_date", "stop_date", "allday", "duration"),
    *("location", "active", "recurrency"),
}
# what the document says, and who is in it
SAID = {
    *("name", "description", "privacy", "show_as", "user_id", "partner_ids", "attendee_ids"),
    *("res_id", "res_model", "res_model_id", "videocall_location"),
}
# what decides who is shown a private entry of a document
SHOWN_BY = ("backbone_model", "privacy", "user_id", "partner_ids")
# where the mails about it are ours
QUIET = {"no_mail_to_attendees": True, "skip_attendee_notification": True}


class CalendarEvent(models.Model):
    """A talk, a training or a meeting that somebody moves in the calendar itself: the document
    follows where that person may move it, and the entry stays where not."""

    _inherit = "calendar.event"

    # read together with the entry itself: who has an entry of their own asks no model of ours
    backbone_model = fields.Char(
        "Backbone Document",
        readonly=True,
        copy=False,
        help="The model of the document whose entry in the calendar this is.",
    )

    # -- who finds it ----------------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """A private entry of a document is found by those who are in it: Odoo shows others that
        it is there, whose it is, and finds it by its name."""
        query = super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
        if not (self.env.su or bypass_access):
            # not in the domain, which Odoo takes apart at each reading of an entry
            query.add_where(self._get_backbone_shown(query.table))
        return query

    def _fetch_query(self, query, fields):
        if not (self.env.su or any(field.column_type for field in fields)):
            # who is in it is read without a search
            query.add_where(self._get_backbone_shown(query.table))
        return super()._fetch_query(query, fields)

    @api.model
    def _get_backbone_shown(self, alias):
        """In SQL: the entry is no private one of a document, or the user is in it."""
        # every reading of an entry asks it, so it is put together in one step
        named = SQL.identifier(alias)
        return SQL(
            """(%s.backbone_model IS NULL OR %s.privacy IS DISTINCT FROM 'private'
                OR %s.user_id = %s OR EXISTS (
                SELECT FROM calendar_event_res_partner_rel r
                 WHERE r.calendar_event_id = %s.id AND r.res_partner_id = %s))""",
            *(named, named, named, self.env.uid, named, self.env.user.partner_id.id),
            to_flush=map(self._fields.get, SHOWN_BY),
        )

    def _check_access(self, operation):
        """What hangs on a private entry of a document, like the file of an invitation, is asked
        for by its number."""
        result = super()._check_access(operation)
        if self.env.su or operation != "read" or not any(self._ids):
            return result
        user = self.env.user
        rest = self - result[0] if result else self
        # sudo: whose entry it is decides
        hidden = rest.sudo().filtered(
            lambda event: (
                event.backbone_model
                and event.privacy == "private"
                and event.user_id != user
                and user.partner_id not in event.partner_ids
            )
        )
        if not hidden:
            return result
        forbidden = self.browse(hidden._ids) + (result[0] if result else self.browse())
        return forbidden, lambda: self.env["ir.rule"]._make_access_error(operation, forbidden)

    # -- moved -----------------------------------------------------------------------------

    def write(self, vals):
        """
        :raise UserError: the entry belongs to a document that the user may not move so
        """
        if "backbone_model" in vals and not self.env.su:
            label = self._fields["backbone_model"]._description_string(self.env)
            raise UserError(self.env._("You are not allowed to fill in “%s”.", label))
        documents = self._get_backbone_documents() if (MOVING | SAID) & set(vals) else []
        if not documents:
            return super().write(vals)
        if not SAID.isdisjoint(vals):
            self._refuse_backbone_said(documents)
        for records in documents:
            self._check_backbone_move(records, vals)
        # sudo: which of the entries belong to a document; asked above
        own = [self.browse(records.sudo().event_id.ids) for records in documents]
        if others := self - self.browse().union(*own):
            super(CalendarEvent, others).write(dict(vals))
        for records, events in zip(documents, own, strict=True):
            if records._calendar_quiet:
                events = events.with_context(**QUIET)
            super(CalendarEvent, events).write(dict(vals))
        for records in documents:
            records._follow_event()
        return True

    @api.model
    def _refuse_backbone_said(self, documents):
        """:raise UserError: what an entry says, and who is in it, is what its document says"""
        if any(self._is_backbone_kept(records) for records in documents):
            raise UserError(
                self.env._(
                    "This entry belongs to a talk, training or meeting of Backbone Training: "
                    "change its name, its people and what it says there."
                )
            )

    @api.model
    def _check_backbone_move(self, records, vals):
        if vals.get("recurrency"):
            raise UserError(
                self.env._(
                    "A talk, training or meeting takes place once: plan the next one separately."
                )
            )
        if not vals.get("active", True):
            self._raise_unless_over(records)
        for record in records if MOVING - {"active"} & set(vals) else ():
            if reason := record._get_calendar_refusal():
                raise UserError(reason)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_backbone(self):
        for records in self._get_backbone_documents():
            self._raise_unless_over(records)

    @api.model
    def _raise_unless_over(self, records):
        """An entry goes with its document, which is cancelled with a reason."""
        if self._is_backbone_kept(records):
            raise UserError(
                self.env._(
                    "This entry belongs to a talk, training or meeting of Backbone Training: "
                    "cancel it there, with a reason, and it leaves the calendar automatically."
                )
            )

    @api.model
    def _is_backbone_kept(self, records):
        """Whether one of these documents is where its entry stays as the document has it."""
        # sudo: where the document stands decides
        return any(record.state in record._calendar_states for record in records.sudo())

    def _get_backbone_documents(self):
        """The talks, trainings and meetings to which these entries belong; none for the system
        itself, which writes the entry when a document has moved.

        :return: list of recordsets, in the user's own environment
        """
        if self.env.su:
            return []
        mine = self.env.uid
        if all(event.user_id.id == mine and not event.backbone_model for event in self):
            return []
        known = self._get_backbone_document_models()
        # where Odoo hides a private entry of others, it also hides whose it is
        others = self.filtered(lambda event: event.user_id.id != mine)
        if not any(event._check_private_event_conditions() for event in others):
            marked = set(self.mapped("backbone_model"))
            known = [name for name in known if name in marked]
        # sudo: which ones they are; each is asked what the user may do with it
        found = [self.env[name].sudo().search([("event_id", "in", self.ids)]) for name in known]
        return [records.sudo(False) for records in found if records]

    @tools.ormcache(cache="stable")
    @api.model
    def _get_backbone_document_models(self):
        """The names of the models whose documents are in the calendar, in one order always."""
        mixin = self.env.registry["hr.backbone.calendar.mixin"]
        return tuple(
            sorted(
                name
                for name, model in self.env.registry.items()
                if model._auto and not model._abstract and issubclass(model, mixin)
            )
        )

    def _show_as(self, vals, partners):
        """Make the entry of a document say what the document says; what is the same is not
        written again, for each time that is written may be a mail.

        :param dict vals: of simple fields
        :param partners: who attends
        """
        self.ensure_one()
        changed = {name: vals[name] for name in vals if self[name] != vals[name]}
        if self.partner_ids != partners:
            changed["partner_ids"] = [Command.set(partners.ids)]
        if changed:
            self.write(changed)
