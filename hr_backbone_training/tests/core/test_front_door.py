# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import json
from contextlib import ExitStack, contextmanager
from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import is_ours
from ..common_access import CaseCommon

WORKFLOW = "hr.backbone.workflow.mixin"
# what a client may put under a key of the context
VALUES = (True, 1, 0, "state", [], [1], {}, {"model": "x", "names": ["state"], "ids": [1]}, None)
DECIDED = ("hr.backbone.decision", "create")
KEYS = ("backbone_permit", "_permit")


def get_workflow_models(env):
    """The names of all concrete models with a workflow; a glue addon asks the same of its own."""
    names = env.registry.descendants([WORKFLOW], "_inherit")
    return sorted(name for name in names if is_ours(env[name]) and not env[name]._abstract)


class FrontDoorCommon(CaseCommon):
    """One record of each model that has a workflow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        quarter = cls._make_quarter(cls.colleague, cls.manager, cls.director)
        case = cls._make_case(cls.worker, cls.leader, cls.director, cls.user_chair)
        case = {f"hr.backbone.{name}": record for name, record in {**quarter, **case}.items()}
        cls.documents = {
            name: case[name].sudo().with_env(cls.env) for name in get_workflow_models(cls.env)
        }
        cls.decisions = cls.env["hr.backbone.decision"]
        cls.env.flush_all()

    @contextmanager
    def _overridden(self, model, write=None, create=None):
        """As another addon would override `write` or `create` of `model`: functions of
        (super's method, records, values)."""
        registry_class = self.env.registry[model]
        with ExitStack() as stack:
            for name, function in (("write", write), ("create", create)):
                if function:
                    method = self._get_override(registry_class, name, function)
                    stack.enter_context(patch.object(registry_class, name, method))
            yield

    @staticmethod
    def _get_override(registry_class, name, function):
        parent = getattr(registry_class, name)

        def override(self, values):
            return function(lambda r, v: parent(r, v), self, values)

        return api.model_create_multi(override) if name == "create" else override

    @contextmanager
    def _seen(self, *models):
        """What overrides of another addon see: [(model, method, ids, values)]."""
        seen = []

        def write(parent, records, vals):
            seen.append((records._name, "write", records.ids, dict(vals)))
            return parent(records, vals)

        def create(parent, records, vals_list):
            made = parent(records, vals_list)
            seen.append((records._name, "create", made.ids, [dict(vals) for vals in vals_list]))
            return made

        with ExitStack() as stack:
            for model in models:
                stack.enter_context(self._overridden(model, write, create))
            yield seen

    @contextmanager
    def _undone(self):
        """What the block does is undone."""
        savepoint = self.cr.savepoint(flush=True)
        with savepoint:
            yield
            savepoint.rollback()

    @staticmethod
    def _get_steps(record):
        """The rows of its table that are moves, and no occasion for a mail."""
        return [move for move in record._moves if move.sources]

    def _take(self, record, move):
        """The move itself, without what follows from it in other documents."""
        model = type(record)
        with patch.object(model, "_after_move"), patch.object(model, "_send_move_mails"):
            record._do_move(move, "Because")

    def _bring(self, record, move):
        """The record is where the move starts from.

        :return: where it leads
        """
        if not move.undoes:
            record._write_moved({"state": move.sources[0]})
            return move.target
        step = record._get_move(move.undoes[0])
        record._write_moved({"state": step.sources[0]})
        self._take(record, step)
        return step.sources[0]

    def _draft(self):
        return self._recommend(self.leader, self.user_manager).sudo()

    def _get_other_state(self, record):
        states = record._fields["state"].get_values(self.env)
        return next(state for state in reversed(states) if state != record.state)


@tagged("post_install", "-at_install")
class TestFrontDoor(FrontDoorCommon):
    """Each change of the procedure is a `write` or `create` of its model, which overrides of
    other addons see; and only the procedure gets its changes past the guards."""

    def test_there_is_a_record_of_each_model(self):
        self.assertGreaterEqual(len(self.documents), 15)
        for name, record in self.documents.items():
            with self.subTest(model=name):
                self.assertEqual(len(record), 1)
                self.assertTrue(record._moves)

    # -- what other addons see -------------------------------------------------------------

    def test_overrides_see_each_move(self):
        for name, record in self.documents.items():
            for move in self._get_steps(record):
                with self.subTest(model=name, move=move.name), self._undone():
                    target = self._bring(record, move)
                    with self._seen(name, "hr.backbone.decision") as seen:
                        self._take(record, move)
                    states = [
                        (ids, vals["state"])
                        for model, method, ids, vals in seen
                        if (model, method) == (name, "write") and "state" in vals
                    ]
                    # where a rotation stands when something is handed in, its dates say
                    self.assertIn(record.state, {target, move.sources[0]})
                    self.assertEqual(states, [(record.ids, record.state)])
                    (rows,) = [vals for m, k, _ids, vals in seen if (m, k) == DECIDED]
                    self.assertEqual([row["to_state"] for row in rows], [record.state])

    def test_overrides_see_members_and_their_movements(self):
        applications = self._new_applications(self._new_people(2)).sudo()
        members = self.env["hr.backbone.member"]
        with self._seen("hr.backbone.member", "hr.backbone.movement") as seen:
            members._on_application_admitted(applications)
        made = [(model, len(vals)) for model, method, _ids, vals in seen if method == "create"]
        self.assertEqual(made, [("hr.backbone.member", 2), ("hr.backbone.movement", 2)])

    def test_overrides_see_what_is_no_workflow(self):
        """The finding of an objection, and the result of a name."""
        case = self.documents["hr.backbone.publicity"].line_ids.objection_ids
        with self._seen(case._name) as seen:
            case.with_user(self.user_admin).action_dismiss("Always on time")
        self.assertIn("dismissed", [vals.get("state") for *_rest, vals in seen])
        item = self.documents["hr.backbone.meeting"].item_ids
        self.documents["hr.backbone.application"]._write_moved({"state": "committee"})
        self.documents["hr.backbone.meeting"]._write_moved({"state": "closed"})
        with self._seen(item._name) as seen:
            item._conclude()
        self.assertIn("selected", [vals.get("result") for *_rest, vals in seen])

    # -- what overrides may do -------------------------------------------------------------

    def test_an_override_may_clean_the_context(self):
        for name, record in self.documents.items():

            def write(parent, records, vals):
                return parent(records.with_env(self.env(context={})), vals)

            with self.subTest(model=name), self._undone(), self._overridden(name, write):
                record._write_moved({"state": self._get_other_state(record)})

    def test_an_override_may_split_the_write(self):
        first, second, third = drafts = self._new_applications(self._new_people(3)).sudo()

        def write(parent, records, vals):
            for record in records - third:
                for key, value in vals.items():
                    parent(record, {key: value})
            return True

        with self._overridden(drafts._name, write):
            drafts._write_moved({"state": "hr", "approver_id": self.director.id})
        self.assertEqual(drafts.mapped("state"), ["hr", "hr", "draft"])
        self.assertEqual(drafts.approver_id, self.director)
        # what was left over ends with the call
        with self.assertRaises(UserError):
            third.write({"state": "hr"})

    def test_an_override_may_add_content(self):
        draft = self._draft()

        def write(parent, records, vals):
            return parent(records, {**vals, "main_results": "Written by an addon"})

        with self._overridden(draft._name, write):
            draft._write_moved({"state": "hr"})
        self.assertEqual((draft.state, draft.main_results), ("hr", "Written by an addon"))

    def test_an_override_may_create_more(self):
        people = self._new_people(3)
        members = self.env["hr.backbone.member"]

        def create(parent, records, vals_list):
            # one of its own, by the way; then each by itself
            parent(records, [{"employee_id": people[2].id}])
            return records.concat(*[parent(records, [vals]) for vals in vals_list])

        rows = [{"employee_id": p.id, "date_admitted": "2026-01-05"} for p in people[:2]]
        with self._overridden(members._name, create=create):
            made = members._create_moved(rows)
        self.assertEqual(set(made.mapped("date_admitted")), {date(2026, 1, 5)})
        own = members.search([("employee_id", "=", people[2].id)])
        self.assertFalse(own.date_admitted)

    def test_an_override_may_not_create_more_of_it(self):
        members = self.env["hr.backbone.member"]
        rows = [{"employee_id": p.id, "state": "exited"} for p in self._new_people(2)]

        def create(parent, records, vals_list):
            return parent(records, rows)

        with self._overridden(members._name, create=create), self.assertRaises(UserError):
            members._create_moved(rows[:1])

    # -- what a permit is good for ---------------------------------------------------------

    def test_a_permit_is_for_one_change(self):
        """Before the guard and after it, nothing else passes: another record, another model,
        another field, or the same once more."""
        other = self._draft()
        for name, record in self.documents.items():
            state = self._get_other_state(record)
            moved = [f for f in record._moved_fields if f in record._fields]

            def write(parent, records, vals, name=name, state=state, moved=moved):
                stranger = self._get_stranger(name)
                for target, values in (
                    (stranger, {"state": self._get_other_state(stranger)}),
                    *self._get_neighbours(records, other),
                    *[(records, {**vals, field: False}) for field in moved],
                ):
                    self._refuse(target, values)
                result = parent(records, vals)
                self._refuse(records, vals)
                self._refuse(records.sudo(), {"state": state})
                return result

            with self.subTest(model=name), self._undone(), self._overridden(name, write):
                record._write_moved({"state": state})
                self.assertEqual(record.state, state)

    def _get_neighbours(self, records, other):
        """A document of the same model: by itself, and with the one that is moving."""
        if records._name != other._name:
            return []
        return [(other, {"state": "hr"}), (other + records, {"state": "hr"})]

    def _get_stranger(self, name):
        return self.documents[
            "hr.backbone.plan" if name == "hr.backbone.application" else "hr.backbone.application"
        ]

    def _refuse(self, records, vals):
        with self.assertRaises(UserError, msg=f"{records} {vals}"):
            self._past_override(records).write(vals)

    @staticmethod
    def _past_override(records):
        """The records as they are without the override of the test itself."""
        return super(type(records), records)

    def test_a_permit_to_write_creates_nothing(self):
        draft = self._draft()
        vals = draft.copy_data()[0]

        def write(parent, records, values):
            with self.assertRaises(UserError):
                records.create({**vals, "state": "hr"})
            return parent(records, values)

        with self._overridden(draft._name, write):
            draft._write_moved({"state": "hr"})

    def test_a_permit_ends_with_a_failure(self):
        draft = self._draft()

        def write(parent, records, vals):
            raise ValueError("no")

        with self._overridden(draft._name, write), self.assertRaises(ValueError):
            draft._write_moved({"state": "hr"})
        self._refuse(draft, {"state": "hr"})

    def test_keys_of_a_client_give_no_value_to_what_moves_write(self):
        """Not even while the procedure creates, in the context of the client's call."""
        person = self._new_people(1)
        members = self.env["hr.backbone.member"].with_context(
            default_mentor_id=self.director.id, default_date_exited="2026-03-02"
        )
        self.env["ir.default"].set("hr.backbone.member", "date_exited", "2026-03-02")
        member = members._create_moved([{"employee_id": person.id}])
        self.assertFalse(member.mentor_id)
        self.assertFalse(member.date_exited)

    # -- what clients send -----------------------------------------------------------------

    def _send(self, user, record, method, *args, **context):
        context = {"allowed_company_ids": user.company_ids.ids, **context}
        model = self.env(user=user, context={})[record._name]
        ids = [] if method in ("create", "load") else [record.ids]
        return call_kw(model, method, [*ids, *args], {"context": context})

    def _get_contexts(self, record, state):
        yield {}
        yield {"default_state": state}
        for key in KEYS:
            for value in VALUES:
                yield {key: value}
        value = {"model": record._name, "names": ["state"], "ids": record.ids}
        yield {"backbone_permit": value}

    def test_nobody_writes_what_moves_write(self):
        for name, record in self.documents.items():
            state, before = self._get_other_state(record), record.state
            fields = ["state", *(f for f in record._moved_fields if f in record._fields)]
            with self.subTest(model=name):
                for context in self._get_contexts(record, state):
                    with self.assertRaises(UserError):
                        self._send(self.user_admin, record, "write", {"state": state}, **context)
                    with self.assertRaises(UserError):
                        self._send(
                            self.user_officer, record, "web_save", {"state": state}, {}, **context
                        )
                for field in fields:
                    value = state if field == "state" else False
                    with self.assertRaises(UserError):
                        self._send(self.user_admin, record, "write", {field: value})
                    # nor the system itself
                    with self.assertRaises(UserError):
                        record.sudo().write({field: value})
                self.assertEqual(record.state, before)

    def test_nobody_loads_a_state(self):
        for name, record in self.documents.items():
            state, before = self._get_other_state(record), record.state
            label = dict(record._fields["state"]._description_selection(self.env))[state]
            for context in ({}, {"backbone_permit": True}, {"default_state": state}):
                with self.subTest(model=name, context=context), self._undone():
                    rows = [[str(record.id), label]]
                    try:
                        result = self._send(
                            self.user_admin, record, "load", [".id", "state"], rows, **context
                        )
                    except UserError:
                        continue
                    self.assertFalse(result["ids"])
                    self.assertTrue(result["messages"])
                    self.assertEqual(record.state, before)

    def test_nobody_creates_at_a_later_state(self):
        """By values they are refused; by keys of the context, nothing comes of them."""
        created = set()
        for name, record in self.documents.items():
            initial, state = record._get_initial_state(), self._get_other_state(record)
            vals = {k: v for k, v in record.copy_data()[0].items() if k not in record._moved_fields}
            vals.pop("state", None)
            with self.subTest(model=name):
                if state != initial:
                    with self.assertRaises(UserError):
                        record.sudo().create({**vals, "state": state})
                context = {f"default_{f}": 1 for f in record._moved_fields}
                for extra in ({}, {"backbone_permit": True}):
                    made = self._create_or_refuse(
                        record, vals, default_state=state, **context, **extra
                    )
                    if made:
                        created.add(name)
                        self.assertEqual(made, initial)
        self.assertGreaterEqual(len(created), 4)

    def _create_or_refuse(self, record, vals, **context):
        """The state that a client's record begins in; None where creating is refused."""
        with self._undone():
            try:
                # a copy may also be the second of what exists once
                with mute_logger("odoo.sql_db"), self.cr.savepoint():
                    made = self._send(self.user_admin, record, "create", [vals], **context)
            except (UserError, IntegrityError):
                return None
            return record.browse(made).state


@tagged("post_install", "-at_install")
class TestFrontDoorHttp(HttpCase, FrontDoorCommon):
    """The external API, as a client calls it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keys = cls.env["res.users.apikeys"].with_user(cls.user_admin).sudo()
        cls.api_key = keys._generate("rpc", "test", None)

    def _post(self, record, method, **body):
        return self.url_open(
            f"/json/2/{record._name}/{method}",
            data=json.dumps(body),
            headers={
                "Authorization": f"bearer {self.api_key}",
                "Content-Type": "application/json",
            },
        )

    def test_a_client_reads(self):
        """The refusals below would also come if the key were none."""
        member = self.documents["hr.backbone.member"]
        answer = self._post(member, "read", ids=member.ids, fields=["state"])
        self.assertEqual((answer.status_code, answer.json()[0]["state"]), (200, member.state))

    def test_nobody_writes_a_state(self):
        for name, record in self.documents.items():
            state, before = self._get_other_state(record), record.state
            for context in ({}, {"backbone_permit": {"ids": record.ids, "names": ["state"]}}):
                with self.subTest(model=name, context=context):
                    for method, args in (
                        ("write", {"vals": {"state": state}}),
                        ("web_save", {"vals": {"state": state}, "specification": {}}),
                    ):
                        answer = self._post(record, method, ids=record.ids, context=context, **args)
                        self.assertIn(answer.status_code, (403, 422))
                        self.assertNotIn("Traceback", answer.json()["message"])
                    record.invalidate_recordset()
                    self.assertEqual(record.state, before)
