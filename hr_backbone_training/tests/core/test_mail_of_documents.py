from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common_rpc import RpcCommon

HIDDEN = "hr.backbone.application"


@tagged("post_install", "-at_install")
class TestMailOfDocuments(RpcCommon):
    """Odoo's mail names and renders a document by its number: for its readers alone."""

    def _ask_message(self, user):
        values = {"model": HIDDEN, "res_id": self.application.id}
        spec = {"record_name": {}}
        return self._call(
            user, self.env["mail.message"], "onchange", values, ["model", "res_id"], spec
        )

    def _ask_composer(self, user, **values):
        values |= {
            "model": HIDDEN,
            "res_ids": str(self.application.ids),
            "composition_mode": "comment",
        }
        spec = {"subject": {}, "body": {}}
        return self._call(
            user, self.env["mail.compose.message"], "onchange", values, list(values), spec
        )

    def _get_template(self):
        return self.env["mail.template"].search([("model", "=", HIDDEN)], limit=1)

    def test_message(self):
        for user in (self.user_colleague, self.user_abroad):
            with self.assertRaises(AccessError):
                self._ask_message(user)
        self.assertTrue(self._ask_message(self.user_officer))

    def test_composer(self):
        template = self._get_template()
        for values in ({}, {"template_id": template.id}):
            with self.assertRaises(AccessError):
                self._ask_composer(self.user_colleague, **values)
            self.assertTrue(self._ask_composer(self.user_officer, **values))

    def test_preview_of_a_template(self):
        values = {
            "mail_template_id": self._get_template().id,
            "resource_ref": f"{HIDDEN},{self.application.id}",
        }
        previews = self.env["mail.template.preview"]
        arguments = (values, ["resource_ref"], {"subject": {}, "body_html": {}})
        with self.assertRaises(AccessError):
            self._call(self.user_colleague, previews, "onchange", *arguments)
        self._call(self.user_officer, previews, "onchange", *arguments)

    def test_letters_that_nobody_can_store(self):
        for text in ("a\ud800b", "a\x00b"):
            with self.assertRefused("has letters that cannot be stored"):
                self._call(self.user_manager, self.draft, "write", {"main_results": text})
