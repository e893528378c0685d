# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import Counter
from unittest.mock import patch

from psycopg2 import Error

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common_doors import NOBODY, DoorsCommon

# what a role may name though it does not read it: their own employee, who recommends
OFFERED = {("portal employee", "hr.backbone.application", "recommender_id")}


@tagged("post_install", "-at_install")
class TestNamed(DoorsCommon):
    """No client names a record that it may not read: every model, every field, every role."""

    def setUp(self):
        super().setUp()
        # one savepoint for all: what is refused has changed nothing
        self.cr.execute("SAVEPOINT walk")

    def _walk(self):
        """(role, user, model, field, id) of what can be sent by whom, and may not be."""
        unreadable = {}
        for role, user in self.roles.items():
            for name in self._get_walked_models():
                model = self._as(self.env[name], user)
                if not model.has_access("create") and not model.has_access("write"):
                    continue
                for field, comodel in self._get_relations(name):
                    if (role, name, field.name) in OFFERED:
                        continue
                    if (role, comodel) not in unreadable:
                        unreadable[role, comodel] = self._get_unreadable(comodel, user)
                    for number in unreadable[role, comodel]:
                        # that nobody has it is found out by the same query for all roles
                        if number != NOBODY or role == "officer":
                            yield role, user, name, field, number

    def _get_value(self, field, number):
        return number if field.type == "many2one" else [Command.link(number)]

    def _is_named(self, value, number):
        """Whether an answer, a number or a list of commands, has this number."""
        if isinstance(value, list):
            return any(number in command for command in value if command[0] != number)
        return value == number

    def _attempt(self, passed, key, *call, told=None, **context):
        """Note in `passed` what was not refused with a sentence.

        :param told: says of the answer whether it tells anything
        """
        try:
            with mute_logger("odoo.sql_db"):
                result = self._call(*call, **context)
            if told is None or told(result):
                passed.append(key)
        except UserError as error:
            self.assertNotIn("Traceback", str(error))
            return
        except (Error, ValueError, KeyError, TypeError, AttributeError) as error:
            passed.append((*key, type(error).__name__))
        self.cr.execute("ROLLBACK TO SAVEPOINT walk")
        self.env.clear()

    def test_onchange(self):
        passed, counts = [], Counter()
        for role, user, name, field, number in self._walk():
            counts[role] += 1
            value = self._get_value(field, number)
            self._attempt(
                passed,
                (role, name, field.name, number),
                *(user, name, "onchange", [], {field.name: value}, [field.name]),
                {field.name: {}, "display_name": {}},
                # what is computed is computed anew, whatever was sent
                told=lambda result, f=field, n=number: (
                    not (f.compute and f.readonly) or self._is_named(result["value"].get(f.name), n)
                ),
            )
        self.assertFalse(passed, f"{len(passed)} of {sum(counts.values())}")
        self.assertEqual(set(counts), set(self.roles))

    def test_default(self):
        passed = []
        for role, user, name, field, number in self._walk():
            value = number if field.type == "many2one" else [number]
            self._attempt(
                passed,
                (role, name, field.name, number),
                *(user, name, "default_get", [field.name]),
                told=lambda defaults, f=field, n=number: str(n) in str(defaults.get(f.name)),
                **{f"default_{field.name}": value},
            )
        self.assertFalse(passed)

    def test_create_and_write(self):
        passed = []
        for role, user, name, field, number in self._walk():
            vals = {field.name: self._get_value(field, number)}
            self._attempt(
                passed, (role, name, field.name, number, "create"), user, name, "create", [vals]
            )
            record = self.home.get(name)
            if record is not None and self._as(record, user).has_access("write"):
                for method, args in (("write", (vals,)), ("web_save", (vals, {"id": {}}))):
                    key = (role, name, field.name, number, method)
                    self._attempt(passed, key, user, name, method, record.ids, *args)
        self.assertFalse(passed)

    def test_copy_and_load(self):
        passed = []
        for role, user, name, field, number in self._walk():
            if role not in ("officer", "away") or not self._as(self.env[name], user).has_access(
                "create"
            ):
                continue
            record = self.home.get(name) if role == "officer" else self.away.get(name)
            key = (role, name, field.name, number)
            if record is not None and not record._transient:
                default = {field.name: self._get_value(field, number)}
                self._attempt(
                    passed,
                    (*key, "copy"),
                    *(user, name, "copy", record.ids, default),
                    # a copy that takes no value for the field names nobody
                    told=lambda ids, r=record, f=field.name, n=number: (
                        n in r.sudo().browse(ids)[f]._ids
                    ),
                )
            if field.type == "many2one":
                self._attempt(
                    passed,
                    (*key, "load"),
                    *(user, name, "load", [f"{field.name}/.id"], [[str(number)]]),
                    told=lambda result: result["ids"],
                )
        self.assertFalse(passed)

    def test_the_sentence(self):
        """It does not say whether there is such a record."""
        items = self._as(self.env["hr.backbone.meeting.item"], self.user_officer)
        sentences = set()
        for number in (self.away["hr.backbone.application"].id, NOBODY):
            with self.assertRefused("Application", "Please choose one", error=AccessError):
                items.onchange({"application_id": number}, ["application_id"], {"work_history": {}})
            try:
                items.create({"application_id": number})
            except AccessError as error:
                sentences.add(str(error))
        self.assertEqual(len(sentences), 1)

    def test_without_the_guard_the_case_is_told(self):
        """What the walk above is for: else it would prove nothing."""
        case = self.away["hr.backbone.application"]
        case.sudo().env.cr.execute(
            "UPDATE hr_backbone_application SET work_history = 'Secret' WHERE id = %s", (case.id,)
        )
        self.env.invalidate_all()
        args = ([], {"application_id": case.id}, ["application_id"], {"work_history": {}})
        call = (self.user_officer, "hr.backbone.meeting.item", "onchange", *args)
        with self.assertRaises(AccessError):
            self._call(*call)
        guard = self.registry["hr.backbone.meeting.item"]
        with patch.object(guard, "_find_refused", lambda items, vals_list, deep: []):
            self.assertEqual(self._call(*call)["value"]["work_history"], "Secret")

    def test_archived_ones_may_be_named(self):
        """As long as the user may read them."""
        job = self.job_leader
        rank = self.env["hr.backbone.rank"].create({"name": "Old", "active": False})
        job.with_user(self.user_admin).backbone_rank_id = rank
        self.assertEqual(job.backbone_rank_id, rank)

    def test_what_stands_there_may_be_sent_again(self):
        """A form sends back what it was given, also what its user does not read."""
        rotation = self._as(self.home["hr.backbone.rotation"], self.user_worker)
        with self.assertRaises(AccessError):
            rotation.host_id.check_access("read")
        rotation._check_named([{"host_id": rotation.sudo().host_id.id}])
        with self.assertRaises(AccessError):
            rotation._check_named([{"host_id": self.people_away[0].id}])

    def test_one_query_for_each_model(self):
        """However many are named."""
        items = self._as(self.env["hr.backbone.training.participant"], self.user_officer)
        members = self._new_members(self._new_people(6))
        training = self.home["hr.backbone.training"]
        costs = []
        for count in (1, 6):
            rows = [{"training_id": training.id, "member_id": m.id} for m in members[:count]]
            items._check_named(rows)
            costs.append(self._cost(lambda rows=rows: items._check_named(rows)))
        self.assertEqual(*costs)

    def test_every_model_that_people_write_is_guarded(self):
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "=like", "hr.backbone.%"), ("active", "=", True)]
        )
        written = rights.filtered(lambda right: right.perm_create or right.perm_write)
        mixin = self.registry["hr.backbone.named.mixin"]
        names = {right.model_id.model for right in written}
        self.assertFalse([n for n in names if not issubclass(self.registry[n], mixin)])

    # -- what is computed or settled is nobody's to fill in ------------------------------------

    def _get_forgery(self, record, field):
        """Another value for the field than what is stored."""
        stored = record.sudo()[field.name]
        match field.type:
            case "many2one":
                others = self.env[field.comodel_name].search([("id", "!=", stored.id)], limit=1)
                return others.id
            case "boolean":
                return not stored
            case "integer" | "float" | "monetary":
                return (stored or 0) + 1
            case "char" | "text" | "html":
                return "Forged"
            case "date":
                return "2026-01-02"
            case "datetime":
                return "2026-01-02 10:00:00"
            case "selection":
                values = field.get_values(self.env)
                return next(value for value in values if value != stored)
        return None

    def _make_drafts(self):
        """{model: record} of documents at their beginning, in which most may be written."""
        person, other = self._new_people(2)
        member = self._new_members(other)
        draft = self._new_applications(person).sudo()
        program = {"program_id": self.program.id}
        rows = {
            "meeting": program,
            "publicity": program,
            "rotation": {"member_id": member.id},
            "suggestion": {"member_id": member.id, "name": "Tools"},
            "achievement": {"member_id": member.id, "name": "Welder"},
        }
        drafts = {name: self.env[f"hr.backbone.{name}"].create(row) for name, row in rows.items()}
        drafts |= {"application": draft, "plan": draft.plan_id}
        self.env.flush_all()
        self.cr.execute("SAVEPOINT walk")
        return [(f"hr.backbone.{name}", record) for name, record in drafts.items()]

    def test_nobody_forges(self):
        passed = []
        drafts = self._make_drafts()
        for role, user in self.roles.items():
            for name, record in (*self.home.items(), *self.away.items(), *drafts):
                if not self._as(record, user).has_access("write"):
                    continue
                for field in record._fields.values():
                    own = field.name not in {*self.env["mail.thread"]._fields, *MAGIC_COLUMNS}
                    if own and field.store and field.readonly and field.type != "binary":
                        value, before = self._get_forgery(record, field), record.sudo()[field.name]
                        self._attempt(
                            passed,
                            (role, name, field.name),
                            *(user, name, "write", record.ids, {field.name: value}),
                            told=lambda _done, r=record, f=field.name, b=before: r.sudo()[f] != b,
                        )
        self.assertFalse(passed)
