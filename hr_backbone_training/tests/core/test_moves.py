# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from odoo.tests import tagged

from ..common import BackboneCommon
from .test_front_door import get_workflow_models


@tagged("post_install", "-at_install")
class TestMoves(BackboneCommon):
    """The tables of moves name what there is, and what is in them holds for each document."""

    def _get_moves(self):
        for name in get_workflow_models(self.env):
            for move in self.env[name]._moves:
                yield self.env[name], move

    def test_each_row_names_what_there_is(self):
        for model, move in self._get_moves():
            with self.subTest(model=model._name, move=move.name):
                states = {*model._fields["state"].get_values(self.env)}
                if move.undoes:
                    # whatever it takes back has led to where it starts from
                    undone = [model._get_move(name).target for name in move.undoes]
                    self.assertEqual(({*undone}, None), ({*move.sources}, move.target))
                if move.sources:
                    targets = () if move.undoes else (move.target,)
                    self.assertLessEqual({*move.sources, *targets}, states)
                    self.assertTrue(move.label)
                if move.asks:
                    self.assertTrue(move.asks.startswith("action_"))
                    self.assertTrue(callable(getattr(model, move.asks)))
                if move.mail:
                    self.assertEqual(self.env.ref(move.mail).model, model._name)

    def test_a_step_stands_once_in_a_table(self):
        for name in get_workflow_models(self.env):
            with self.subTest(model=name):
                names = [move.name for move in self.env[name]._moves]
                self.assertEqual(len(names), len(set(names)))

    def test_a_row_with_a_button_has_its_field(self):
        for model, move in self._get_moves():
            with self.subTest(model=model._name, move=move.name):
                field = model._fields.get(f"can_{move.name}")
                if move.button:
                    self.assertEqual((field.type, field.compute), ("boolean", "_compute_moves"))
                elif field:
                    self.assertNotEqual(field.compute, "_compute_moves")

    def test_each_document_says_who_may_take_a_step(self):
        for model, move in self._get_moves():
            with self.subTest(model=model._name, move=move.name):
                if move.sources:
                    self.assertEqual(model._get_move_refusals(move.name), {})

    def test_a_step_of_which_nothing_is_said_is_nobodys(self):
        program = self.program.sudo()
        open_row = program._moves[0].__class__("leave", "running", "closed")
        with patch.object(type(program), "_moves", (open_row,)):
            with self.assertRaises(NotImplementedError):
                program._move("leave")

    def test_another_addon_adds_to_a_step(self):
        """Why it is refused, and what follows from it: by one method each, with `super()`."""
        registry_class = type(self.program)
        refusals, after = registry_class._get_move_refusals, registry_class._after_move
        followed = []

        def get_move_refusals(program, name):
            found = refusals(program, name)
            if name == "close" and not program.name.endswith("!"):
                found.setdefault(program, []).append("The addon says no.")
            return found

        def after_move(program, name, decisions):
            after(program, name, decisions)
            followed.append((name, decisions.mapped("to_state")))

        with (
            patch.object(registry_class, "_get_move_refusals", get_move_refusals),
            patch.object(registry_class, "_after_move", after_move),
        ):
            with self.assertRefused("The addon says no."):
                self.program.action_close()
            self.program.name = "Now!"
            self.program.action_close()
        self.assertEqual(followed, [("close", ["closed"])])

    def test_labels_are_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        application = self.env["hr.backbone.application"]
        self.assertEqual(application._get_move_label("approve"), "Approved")
        self.assertEqual(
            application.with_context(lang="zh_CN")._get_move_label("approve"), "已批准"
        )
        self.assertEqual(application._get_move_label("unknown"), "unknown")
