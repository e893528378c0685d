# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import itertools

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import is_ours
from ..common_doors import DoorsCommon


@tagged("post_install", "-at_install")
class TestWindows(DoorsCommon):
    """What somebody types into a window is theirs: nobody else reads it, writes it, or takes the
    step in their name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles["officer beside"] = cls._new_user(
            "bt_officer2", "hr_backbone_training.group_hr_backbone_officer"
        )
        cls.windows = {
            f"hr.backbone.{name}.wizard": cls.env[f"hr.backbone.{name}.wizard"]
            .with_user(cls.user_officer)
            .sudo()
            .create(vals)
            for name, vals in cls._prepare_windows().items()
        }
        cls.env.flush_all()

    @classmethod
    def _prepare_windows(cls):
        """{window: its values}"""

        def link(name):
            return [Command.set(cls.home[f"hr.backbone.{name}"].ids)]

        application = cls.home["hr.backbone.application"]
        return {
            "comment": {
                "res_model": application._name,
                "res_ids": application.ids,
                "move": "refuse",
                "comment": "Ill",
            },
            "meeting": {"meeting_id": cls.home["hr.backbone.meeting"].id, "reason": "Ill"},
            "member": {"member_ids": link("member"), "kind": "exit", "reason": "Ill"},
            "evaluation": {
                "evaluation_ids": link("evaluation"),
                "echelon_id": cls.echelon_3.id,
            },
            "reassign": {
                "assessment_ids": link("assessment"),
                "mentor_id": cls.director.id,
            },
            "opinion": {
                "opinion_id": cls.home["hr.backbone.second.opinion"].id,
                "rater_id": cls.director.id,
                "comment": "Ill",
            },
            "report": {"report_ids": link("report"), "score": 80, "comment": "Ill"},
            "training.need": {"line_ids": link("plan.line"), "name": "Ill"},
        }

    def _each(self):
        """(user, window) of all but the officer who opened it."""
        others = [user for user in self.roles.values() if user != self.user_officer]
        return itertools.product(others, self.windows.values())

    def _get_text(self, window):
        return next(
            name for name in ("comment", "reason", "name", "create_uid") if name in window._fields
        )

    def test_every_window_is_walked(self):
        ours = {
            name for name, model in self.env.registry.items() if is_ours(model) and model._transient
        }
        self.assertEqual(set(self.windows), ours)

    def test_nobody_else_finds_or_reads_it(self):
        for user, window in self._each():
            name, text = window._name, self._get_text(window)
            with self.subTest(window=name, user=user.login):
                self.assertFalse(self._find(user, window, text))
                for method, *args in (
                    ("read", [text]),
                    ("web_read", {text: {}}),
                    ("copy",),
                    ("export_data", [text]),
                    ("onchange", {text: False}, [text], {text: {}}),
                ):
                    with self.assertRaises(UserError):
                        self._call(user, name, method, window.ids, *args)

    def _find(self, user, window, text):
        """What all doors that look for windows find."""
        found = []
        for method, *args in (
            ("search_read", [], [text]),
            ("search", []),
            ("search", [("id", "=", window.id)]),
            ("formatted_read_group", [], [text]),
            ("name_search", ""),
        ):
            try:
                found += self._call(user, window._name, method, *args)
            except AccessError:
                continue
        return found

    def test_nobody_else_writes_or_confirms_it(self):
        for user, window in self._each():
            text = self._get_text(window)
            vals = {text: user.id if text == "create_uid" else "Forged"}
            with self.subTest(window=window._name, user=user.login):
                for method, *args in (
                    ("write", vals),
                    ("web_save", vals, {}),
                    ("unlink",),
                    ("action_confirm",),
                ):
                    with self.assertRaises(AccessError):
                        self._call(user, window._name, method, window.ids, *args)
        self.assertEqual(self.home["hr.backbone.member"].state, "active")

    def test_the_rule_is_not_the_only_one_who_asks(self):
        """A rule can be switched off in the settings."""
        names = list(self.windows)
        self.env["ir.rule"].search([("model_id.model", "in", names)]).active = False
        for window in self.windows.values():
            with self.subTest(window=window._name), self.assertRaises(AccessError):
                self._call(self.user_admin, window._name, "action_confirm", window.ids)

    def test_whoever_opened_it_reads_and_confirms_it(self):
        window = self.windows["hr.backbone.member.wizard"]
        user = self.user_officer
        self.assertEqual(self._call(user, window._name, "search", []), window.ids)
        self._call(user, window._name, "write", window.ids, {"reason": "Leaves"})
        self._call(user, window._name, "action_confirm", window.ids)
        self.assertEqual(self.home["hr.backbone.member"].state, "exited")
