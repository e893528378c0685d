# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common_rpc import RpcCommon


@tagged("post_install", "-at_install")
class TestRpcWindows(RpcCommon):
    """The two windows that take a step: they open no other door."""

    def _confirm(self, user, **vals):
        wizard = self.env["hr.backbone.comment.wizard"]
        wizard_id = self._call(user, wizard, "create", {"comment": "Because", **vals})
        return self._call(user, wizard.browse(wizard_id), "action_confirm")

    def test_comment_window_opens_no_other_door(self):
        before = self._dump()
        for user, vals in (
            # a document that one does not read
            (self.user_colleague, {"res_ids": self.application.ids, "move": "refuse"}),
            (self.user_admin_abroad, {"res_ids": self.application.ids, "move": "refuse"}),
            # a step that somebody else takes
            (self.user_worker, {"res_ids": self.application.ids, "move": "refuse"}),
            # steps that follow from another document, or are not asked for here
            (self.user_admin, {"res_ids": self.application.ids, "move": "admit"}),
            (self.user_admin, {"res_ids": self.application.ids, "move": "uphold"}),
            (self.user_manager, {"res_ids": self.draft.ids, "move": "submit"}),
            (self.user_admin, {"res_ids": self.application.ids, "move": "no_such_step"}),
            (self.user_admin, {"res_ids": self.application.ids, "move": "update_approver"}),
            (
                self.user_admin,
                {"res_ids": self.member.ids, "move": "promote", "res_model": "hr.backbone.member"},
            ),
            (
                self.user_admin,
                {"res_ids": self.member.ids, "move": "shift", "res_model": "hr.backbone.member"},
            ),
            # no document of the procedure, or none at all
            (self.user_admin, {"res_ids": [1], "move": "approve", "res_model": "res.users"}),
            (self.user_admin, {"res_ids": [1], "move": "approve", "res_model": "nothing"}),
            (self.user_admin, {"res_ids": ["x"], "move": "approve"}),
            (self.user_admin, {"res_ids": {"a": 1}, "move": "approve"}),
            (self.user_admin, {"res_ids": [999999999], "move": "approve"}),
        ):
            with self.subTest(user=user.login, **vals), self.assertRaises(UserError):
                self._confirm(user, **{"res_model": "hr.backbone.application", **vals})
        self.assertEqual(self._dump(), before)

    def test_comment_window_takes_the_step_it_is_for(self):
        self._confirm(
            self.user_officer,
            res_model="hr.backbone.application",
            res_ids=self.application.ids,
            move="refuse",
        )
        self.assertEqual(self.application.state, "refused")
        self.assertEqual(self.application.sudo().decision_ids[:1].comment, "Because")

    def test_window_of_the_pool_is_hrs(self):
        wizard = self.env["hr.backbone.member.wizard"]
        vals = {"member_ids": [(6, 0, self.member.ids)], "kind": "exit", "reason": "No"}
        self._refuse(
            [
                u
                for u in self.everyone
                if u not in (self.user_officer, self.user_admin, self.user_admin_abroad)
            ],
            wizard,
            "create",
            vals,
        )
        with self.assertRaises(UserError):
            wizard_id = self._call(self.user_admin_abroad, wizard, "create", vals)
            self._call(self.user_admin_abroad, wizard.browse(wizard_id), "action_confirm")
        self.assertEqual(self.member.state, "active")
