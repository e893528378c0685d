# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common_doors import DoorsCommon
from ..organization import COMMITTEE, OFFICER

# so many other values are tried for each field
TRIED = 4
PLAIN = ("char", "text", "integer", "float", "monetary", "selection", "date", "datetime")


@tagged("post_install", "-at_install")
class TestHidden(DoorsCommon):
    """What a user is not shown on a saved record, no form shows: whatever the client says there
    of the record, it is decided by what is stored."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # HR, on the own case; and a member of the committee, recused from it
        cls.user_worker.write({"group_ids": [(6, 0, cls.env.ref(OFFICER).ids)]})
        cls.user_leader.group_ids |= cls.env.ref(COMMITTEE)
        cls.meeting = cls.home["hr.backbone.meeting"]
        cls.item = cls.home["hr.backbone.meeting.item"]
        cls.meeting._write_moved({"attendee_ids": [(4, cls.user_leader.id)]})
        cls.closed = cls.meeting.create(
            {"program_id": cls.program.id, "attendee_ids": cls.user_leader.ids}
        )
        cls.closed._write_moved({"state": "closed"})
        cls.other_case = cls._recommend(cls.manager, cls.user_officer).sudo()
        cls.env.flush_all()

    def _get_hidden(self, record, user):
        """The fields that say nothing to this user, and something to HR whom it does not
        concern."""
        steps = {
            field.name for field in record._fields.values() if field.compute == "_compute_moves"
        }
        shown, hidden = self._as(record, self.user_admin), self._as(record, user)
        names = {
            name
            for name, field in record._fields.items()
            if field.type in PLAIN and name not in steps
            if shown._has_field_access(field, "read") and hidden._has_field_access(field, "read")
        }
        if not shown.has_access("read") or not hidden.has_access("read"):
            return {}
        values, known = hidden.read(names)[0], shown.read(names)[0]
        return {name: known[name] for name in names if known[name] and not values[name]}

    def _get_others(self, record, field, user):
        """Other values that the user can choose in a form."""
        if field.type == "many2one":
            model = self._as(self.env[field.comodel_name], user)
            if not model.has_access("read"):
                return []
            ids = [("id", "!=", record.sudo()[field.name].id)]
            return model.search(ids, limit=TRIED, order="id desc").ids
        if field.type == "selection":
            return field.get_values(self.env)
        return [True, False] if field.type == "boolean" else []

    def test_no_other_value_shows_what_is_hidden(self):
        told, tried = [], 0
        for user in (self.user_worker, self.user_leader, self.user_chair):
            for name, record in self.home.items():
                if not self._as(record, user).has_access("write"):
                    continue
                hidden = self._get_hidden(record, user)
                for field in record._fields.values() if hidden else ():
                    for value in self._get_others(record, field, user):
                        tried += 1
                        found = self._onchange(user, record, {field.name: value}, hidden)
                        told += [
                            (user.login, name, field.name, value, key)
                            for key in hidden
                            if key != field.name and found.get(key) == hidden[key]
                        ]
        self.assertFalse(told)
        self.assertGreater(tried, 10)

    def _onchange(self, user, record, values, names):
        try:
            with mute_logger("odoo.sql_db"):
                result = self._call(
                    user,
                    record._name,
                    "onchange",
                    record.ids,
                    values,
                    list(values),
                    {key: {} for key in names},
                )
        except UserError:
            return {}
        return result["value"]

    def test_votes(self):
        """By the name, the meeting, and the rows of the meeting's own form."""
        votes = ("votes_shown", "votes_for", "outcome")
        for values in (
            {"application_id": self.other_case.id},
            {"meeting_id": self.closed.id},
            {"application_id": self.other_case.id, "meeting_id": self.closed.id},
            {"votes_shown": True},
            {"votes_shown": True, "sequence": 3},
            {"meeting_state": "closed"},
            {"result": "selected"},
            {"vote_ids": [[5]]},
        ):
            for user in (self.user_worker, self.user_leader):
                with self.subTest(user=user.login, **values):
                    found = self._onchange(user, self.item, values, votes)
                    told = {name: found[name] for name in votes if found.get(name)}
                    # a value of their own that they get back tells nothing
                    told = {name for name in told if told[name] != values.get(name)}
                    self.assertFalse(told - {"votes_shown"})
            rows = {"item_ids": [[1, self.item.id, values]], "state": "closed"}
            spec = {"item_ids": {"fields": {name: {} for name in votes}}}
            for user in (self.user_worker, self.user_leader):
                with self.subTest(user=user.login, rows=rows):
                    self._check_rows(user, rows, spec)

    def _check_rows(self, user, rows, spec):
        meeting = self.meeting
        try:
            result = self._call(
                user, meeting._name, "onchange", meeting.ids, rows, list(rows), spec
            )
        except UserError:
            return
        for command in result["value"].get("item_ids", ()):
            told = command[2] if len(command) > 2 and isinstance(command[2], dict) else {}
            self.assertFalse(told.get("votes_for") or told.get("outcome"))

    def test_a_member_who_has_voted_sees_them_in_the_form(self):
        """What is above would also hold if nobody saw anything."""
        self.meeting._write_moved({"attendee_ids": [(4, self.user_member.id)]})
        self.item.with_user(self.user_member)._vote("against")
        self.env.flush_all()
        self.env.invalidate_all()
        found = self._call(
            self.user_member,
            self.item._name,
            "onchange",
            self.item.ids,
            {"postponed": False, "votes_for": 0},
            ["postponed"],
            {"votes_for": {}, "votes_against": {}},
        )["value"]
        item = self._as(self.item, self.user_member)
        self.assertEqual((item.votes_for, item.votes_against), (1, 1))
        self.assertNotIn("votes_against", {k: v for k, v in found.items() if not v})

    def test_what_is_settled_is_not_changed_in_a_form(self):
        """Its state, its company: a sentence of the form would follow from them."""
        plan = self.home["hr.backbone.plan"]
        result = self._call(
            self.user_officer,
            plan._name,
            "onchange",
            plan.ids,
            {"state": "closed", "employee_id": self.colleague.id},
            ["state"],
            {"state": {}, "next_step": {}, "can_edit": {}},
        )
        self.assertFalse(result["value"])
