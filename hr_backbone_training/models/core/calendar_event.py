from odoo import Command, api, fields, models, tools
from odoo.exceptions import UserError

# what moves an entry, takes it away, or repeats it
MOVING = {
    *("start", "stop", "start_date", "stop_date", "allday", "duration"),
    *("location", "active", "recurrency"),
}
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

    def write(self, vals):
        """
        :raise UserError: the entry belongs to a document that the user may not move so
        """
        if "backbone_model" in vals and not self.env.su:
            label = self._fields["backbone_model"]._description_string(self.env)
            raise UserError(self.env._("You are not allowed to fill in “%s”.", label))
        documents = self._get_backbone_documents() if MOVING & set(vals) else []
        if not documents:
            return super().write(vals)
        for records in documents:
            self._check_backbone_move(records, vals)
        # sudo: which of the entries belong to a document; asked above
        own = self.browse().union(*(records.sudo().event_id for records in documents))
        if others := self - own:
            super(CalendarEvent, others).write(dict(vals))
        for records in documents:
            # sudo: as above
            events = self.browse(records.sudo().event_id.ids)
            if records._calendar_quiet:
                events = events.with_context(**QUIET)
            super(CalendarEvent, events).write(dict(vals))
        for records in documents:
            records._follow_event()
        return True

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
        # sudo: where the document stands decides
        if any(record.state in record._calendar_states for record in records.sudo()):
            raise UserError(
                self.env._(
                    "This entry belongs to a talk, training or meeting of Backbone Training: "
                    "cancel it there, with a reason, and it leaves the calendar automatically."
                )
            )

    def _get_backbone_documents(self):
        """The talks, trainings and meetings to which these entries belong; none for the system
        itself, which writes the entry when a document has moved.

        :return: list of recordsets, in the user's own environment
        """
        if self.env.su:
            return []
        known = self._get_backbone_document_models()
        # where Odoo hides a private entry of others, it also hides whose it is
        others = self.filtered(lambda event: event.user_id.id != self.env.uid)
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
