# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import json
import unittest
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import tagged
from odoo.tests.common import get_db_name

from .test_front_door import FrontDoorCommon

CREATED = (
    "hr.backbone.member",
    "hr.backbone.movement",
    "hr.backbone.decision",
    "hr.backbone.report",
    "hr.backbone.assessment",
)
# what each rule of these tests does: it leaves a name behind
NOTE = """
env["res.partner.category"].create({"name": "%s %%s,%%s" %% (record._name, record.id)})
"""


@tagged("post_install", "-at_install")
class TestAutomation(FrontDoorCommon):
    """Beside Odoo's automation rules: whoever sets one up need not know of the procedure."""

    @classmethod
    def setUpClass(cls):
        if "base.automation" not in Registry(get_db_name()):
            raise unittest.SkipTest("the app for automation rules is not installed")
        super().setUpClass()

    def setUp(self):
        super().setUp()
        # the rules stand in the registry's classes, which outlive the transaction
        self.addCleanup(self.env["base.automation"]._unregister_hook)

    def _set_up_rule(self, model, trigger, action=None, **vals):
        model_id = self.env["ir.model"]._get_id(model)
        name = vals.pop("name", trigger)
        action = action or {"state": "code", "code": NOTE % name}
        return self.env["base.automation"].create(
            {
                "name": name,
                "model_id": model_id,
                "trigger": trigger,
                "action_server_ids": [(0, 0, {"name": name, "model_id": model_id, **action})],
                **vals,
            }
        )

    def _set_up_state_rules(self, model, **kwargs):
        """A rule “state is set to …” for each state of the model that a move ends in."""
        # what takes a step back ends where that step began
        steps = self._get_steps(self.documents[model])
        targets = {move.target for move in steps if not move.undoes}
        states = self.env["ir.model.fields.selection"].search(
            [
                ("field_id.model", "=", model),
                ("field_id.name", "=", "state"),
                ("value", "in", list(targets)),
            ]
        )
        self.assertEqual(set(states.mapped("value")), targets)
        for state in states:
            self._set_up_rule(
                model, "on_state_set", name=state.value, trg_selection_field_id=state.id, **kwargs
            )

    def _get_notes(self, records):
        found = self.env["res.partner.category"].search([("name", "like", "hr.backbone.")])
        notes = found.sorted("id").mapped("name")
        names = {f"{record._name},{record.id}" for record in records}
        return [rule for rule, name in (note.split(" ") for note in notes) if name in names]

    def test_state_is_set_to(self):
        for model in self.documents:
            self._set_up_state_rules(model)
        for model, record in self.documents.items():
            for move in self._get_steps(record):
                with self.subTest(model=model, move=move.name), self._undone():
                    target = self._bring(record, move)
                    begun = record.state
                    before = self._get_notes(record)
                    self._take(record, move)
                    after = self._get_notes(record)
                    # a move that ends where it began sets nothing
                    ruled = {step.target for step in self._get_steps(record)}
                    fired = [record.state] * (record.state != begun and record.state in ruled)
                    self.assertIn(record.state, {target, begun})
                    self.assertEqual(after[len(before) :], fired)

    def test_creation(self):
        for model in CREATED:
            self._set_up_rule(model, "on_create")
        applications = self._new_applications(self._new_people(2)).sudo()
        self.env["hr.backbone.member"]._on_application_admitted(applications)
        members = self.env["hr.backbone.member"].search(
            [("employee_id", "in", applications.employee_id.ids)]
        )
        self.assertEqual(self._get_notes(members), ["on_create"] * 2)
        self.assertEqual(self._get_notes(members.movement_ids), ["on_create"] * 2)
        # whoever is admitted has the documents of the quarter at once
        for model in ("hr.backbone.report", "hr.backbone.assessment"):
            documents = self.env[model].search([("member_id", "in", members.ids)])
            self.assertEqual(self._get_notes(documents), ["on_create"] * 2)
        members.with_user(self.user_officer).action_suspend("Parental leave")
        self.assertEqual(self._get_notes(members.decision_ids), ["on_create"] * 2)

    def test_a_closed_quarter(self):
        """Those who handed in nothing, all at once."""
        model = "hr.backbone.report"
        self._set_up_state_rules(model)
        members = self._new_members(self._new_people(2))
        reports, _assessments = self.documents["hr.backbone.quarter"]._make_documents(members)
        reports._settle(reports.ids, "miss")
        self.assertEqual(self._get_notes(reports), ["draft"] * 2 + ["missed"] * 2)

    def test_a_webhook_gets_it(self):
        """What is sent out is the state in which the move leaves the document."""
        model = "hr.backbone.member"
        state_field = self.env["ir.model.fields"]._get(model, "state")
        webhook = {
            "state": "webhook",
            "webhook_url": "https://hook.example.com",
            "webhook_field_ids": [(6, 0, state_field.ids)],
        }
        self._set_up_state_rules(model, action=webhook)
        member = self._new_members(self._new_people(1))
        self.cr.postcommit.clear()
        member.with_user(self.user_officer).action_suspend("Parental leave")
        with patch("requests.post") as post:
            self.cr.postcommit.run()
        sent = [
            json.loads(call.kwargs["data"])
            for call in post.call_args_list
            if call.args == ("https://hook.example.com",)
        ]
        self.assertEqual(
            [(row["_model"], row["_id"], row["state"]) for row in sent],
            [(model, member.id, "suspended")],
        )

    def test_a_rule_writes_no_state(self):
        """What a rule does is no part of the procedure: “update the record” is refused."""
        model = "hr.backbone.application"
        draft = self._recommend().sudo()
        self._set_up_rule(
            model,
            "on_create_or_write",
            action={"state": "code", "code": 'record.write({"state": "admitted"})'},
        )
        with self.assertRaises(UserError):
            draft._write_moved({"state": "hr"})
