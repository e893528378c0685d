# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from odoo.addons.http_routing.tests.common import MockRequest

from ..common_fuzz import OURS
from ..common_rpc import RpcCommon

LONG = "x" * 10_001
SAID = "has 10,001 characters, and at most 10,000 are allowed"


@tagged("post_install", "-at_install")
class TestTexts(RpcCommon):
    """Every text that people type has a length, over every interface."""

    def test_every_text_has_a_length(self):
        """What is typed is of `models/core/texts.py`, not of Odoo's `fields`."""
        endless = [
            str(field)
            for name, model in self.env.registry.items()
            for field in model._fields.values()
            if field.type in ("char", "text", "html")
            and field._module == "hr_backbone_training"
            and not field.related
            and not field.readonly
            and field.groups != "base.group_system"
            and not hasattr(field, "limit")
            and any(
                field.name in vars(cls) and cls.__module__.startswith(OURS) for cls in model.mro()
            )
        ]
        self.assertEqual(endless, [])

    def test_too_long_by_write_create_and_load(self):
        with self.assertRefused(SAID):
            self._call(self.user_manager, self.draft, "write", {"main_results": LONG})
        with self.assertRefused(SAID):
            self._call(self.user_manager, self.draft, "web_save", {"main_results": LONG}, {})
        plan = self.draft.sudo().plan_id
        vals = {"plan_id": plan.id, "action": LONG}
        with self.assertRefused(SAID):
            self._call(plan.employee_id.user_id, self.env["hr.backbone.plan.line"], "create", vals)
        achievements = self._as(self.env["hr.backbone.achievement"], self.user_officer)
        result = achievements.load(
            ["member_id/.id", "name", "notes"], [[str(self.member.id), "Welder", LONG]]
        )
        self.assertFalse(result["ids"])
        self.assertIn(SAID, result["messages"][0]["message"])

    def test_a_line_is_short(self):
        with self.assertRefused("“Title” has 251 characters, and at most 250 are allowed"):
            self._call(self.user_leader, self.achievement, "write", {"name": "x" * 251})

    def test_letters_are_counted_not_bytes(self):
        self._call(self.user_manager, self.draft, "write", {"main_results": "骨" * 10_000})
        self.assertEqual(len(self.draft.sudo().main_results), 10_000)

    def test_html_is_measured_by_its_text_and_its_bytes(self):
        meeting = self._as(self.meeting, self.user_officer)
        with self.assertRefused(SAID):
            meeting.minutes = f"<p>{LONG}</p>"
        picture = "<p><img src='data:image/png;base64,%s'/></p>" % ("A" * 200_000)
        with self.assertRefused("and at most 100 kB are allowed"):
            meeting.minutes = picture
        meeting.minutes = "<p>" + "<b>x</b> " * 1000 + "</p>"
        self.assertTrue(meeting.minutes)

    def test_html_brings_nothing_from_elsewhere(self):
        """Neither who reads the page nor who prints it is made to fetch what somebody wrote."""
        meeting = self._as(self.meeting, self.user_officer)
        kept = '<img src="/web/image/7-abc/x.png">'
        meeting.minutes = (
            f"<p>Yes {kept}"
            '<img src="http://127.0.0.1:1/a.png"><img src="//example.com/b.png">'
            '<img srcset="http://127.0.0.1:1/c.png 2x"><img src="/web/image/../c.png">'
            '<a href="https://example.com">link</a></p>'
            '<p style="color: red; background: url(http://127.0.0.1:1/d.png)">No</p>'
            r'<p style="background: \75 rl(http://127.0.0.1:1/e.png)">No</p>'
        )
        self.assertIn("/web/image/7-abc/x.png", meeting.minutes)
        self.assertIn('href="https://example.com"', meeting.minutes)
        self.assertIn("color: red", meeting.minutes)
        for gone in ("127.0.0.1", "//example.com/b.png", ".."):
            self.assertNotIn(gone, meeting.minutes)

    def test_what_is_longer_already_may_be_made_shorter(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_backbone_application SET main_results = %s WHERE id = %s",
            ("x" * 20_000, self.draft.id),
        )
        self.env.invalidate_all()
        draft = self._as(self.draft, self.user_manager)
        self.assertEqual(len(draft.main_results), 20_000)
        draft.main_results = "x" * 15_000
        self.assertEqual(len(draft.main_results), 15_000)
        with self.assertRefused("has 15,001 characters"):
            draft.main_results = "x" * 15_001
        draft.main_results = "x" * 9_000
        with self.assertRefused(SAID):
            draft.main_results = LONG

    def test_clients_know_the_length(self):
        fields = self.env["hr.backbone.application"].fields_get(["main_results"], ["size"])
        self.assertEqual(fields["main_results"]["size"], 10_000)
        fields = self.env["hr.backbone.meeting"].fields_get(["minutes"], ["size"])
        self.assertEqual(fields["minutes"]["size"], 10_000)

    def test_pages_count_in_the_readers_language(self):
        """The scripts of the portal get the translations of the addon."""
        # a website says which one it is by the request
        with MockRequest(self.env):
            modules = self.env["ir.http"]._get_translation_frontend_modules_name()
        self.assertIn("hr_backbone_training", modules)

    def test_a_comment_has_a_length_too(self):
        wizard = self._as(self.env["hr.backbone.comment.wizard"], self.user_officer)
        vals = {
            "res_model": self.application._name,
            "res_ids": self.application.ids,
            "move": "refuse",
        }
        with self.assertRefused(SAID):
            wizard.create({**vals, "comment": LONG})
        with self.assertRefused(SAID):
            self._call(self.user_officer, self.application, "action_refuse", LONG)
