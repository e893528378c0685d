# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError

# where others than the document itself might tell of it
AROUND = (
    "calendar.event",
    "mail.message",
    "mail.activity",
    "mail.followers",
    "mail.mail",
    "mail.notification",
    "mail.tracking.value",
    "ir.attachment",
    "hr.resume.line",
    "gamification.badge.user",
    "hr.employee.public",
)
# that the attendees of a private entry are busy then, Odoo shows to all
BUSY = {
    *("id", "name", "display_name", "display_time", "active", "show_as", "duration"),
    *("start", "stop", "user_id", "partner_id", "effective_privacy", "privacy", "create_uid"),
    *("videocall_source", "recurrence_update", "display_description", "partner_ids"),
    *("attendee_ids", "attendees_count", "awaiting_count"),
}
# differ from one reading to the next, or name no matter
SKIPPED = {"write_date", "write_uid", "__last_update", "create_date"}


class ToldMixin:
    """All that somebody reads: compared before and after a step that is not announced."""

    def _get_told(self, user):
        """{(model, id, field): value} of all that the user finds, of the addon's models and of
        those around them."""
        self.env.flush_all()
        self.env.invalidate_all()
        names = [
            name
            for name, model in self.env.registry.items()
            if name.startswith("hr.backbone.") and not (model._abstract or model._transient)
        ]
        told = {}
        for name in (*sorted(names), *AROUND):
            model = self._as(self.env[name], user).with_context(active_test=False)
            if not model.has_access("read"):
                continue
            domain = [("id", "!=", 0)] if name == "ir.attachment" else []
            # one by one also what a relation would have read before
            told.update(self._read_rows(model.search(domain)))
            self.env.invalidate_all()
        return told

    def _read_rows(self, records):
        fields = [
            name
            for name, field in records._fields.items()
            if name not in SKIPPED
            and field.type != "binary"
            and not (records._name == "calendar.event" and name in BUSY)
            and records._has_field_access(field, "read")
        ]
        try:
            rows = records.read(fields) if records else []
        except AccessError:
            rows = [row for record in records for row in self._read_each(record, fields)]
        return {
            (records._name, row["id"], name): value
            for row in rows
            for name, value in row.items()
            if name in fields
        }

    def _read_each(self, record, fields):
        """What is refused for the record as a whole, field by field."""
        for name in fields:
            try:
                yield from record.read([name])
            except AccessError:
                continue

    def _check_untold(self, *steps, to):
        """Nobody reads anything new after these steps, one after the other: functions, of which
        each is given what the one before it returned.

        :param to: users
        """
        told, done = {user: self._get_told(user) for user in to}, ()
        for step in steps:
            done = (step(*done),)
            for user in to:
                before, told[user] = told[user], self._get_told(user)
                fresh = {
                    key: value
                    for key, value in told[user].items()
                    if value and value != before.get(key)
                }
                with self.subTest(user=user.login):
                    self.assertFalse(fresh)
