# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

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

    def test_message_by_defaults(self):
        context = {"default_model": HIDDEN, "default_res_id": self.application.id}
        messages = self.env["mail.message"]
        for user in (self.user_colleague, self.user_abroad):
            with self.assertRaises(AccessError):
                self._call(user, messages, "onchange", {}, [], {"record_name": {}}, context=context)

    def _get_to_do_values(self):
        model_id = self.env["ir.model"]._get_id(HIDDEN)
        return {"res_model_id": model_id, "res_model": HIDDEN, "res_id": self.application.id}

    def test_to_do(self):
        sent, spec = self._get_to_do_values(), {"res_name": {}}
        rows = self.env["mail.activity"]
        for user in (self.user_colleague, self.user_abroad):
            for left in (set(), {"res_model"}, {"res_model_id"}):
                values = {name: sent[name] for name in sent if name not in left}
                with self.subTest(user=user.login, left=left), self.assertRaises(AccessError):
                    self._call(user, rows, "onchange", values, list(values), spec)
            context = {f"default_{name}": value for name, value in sent.items()}
            with self.assertRaises(AccessError):
                self._call(user, rows, "onchange", {}, [], spec, context=context)
        values = self._call(self.user_officer, rows, "onchange", sent, list(sent), spec)["value"]
        self.assertEqual(values["res_name"], self.application.display_name)

    def test_to_do_that_is_moved(self):
        """An own one, on no document."""
        rows = self.env["mail.activity"].with_user(self.user_colleague)
        to_do = rows.create({"summary": "Mine", "user_id": self.user_colleague.id})
        sent = self._get_to_do_values()
        with self.assertRaises(AccessError):
            values = {"res_id": self.application.id, "res_model_id": sent["res_model_id"]}
            self._call(self.user_colleague, to_do, "write", values)
        self.env.invalidate_all()
        for values in (sent, {name: sent[name] for name in ("res_model_id", "res_id")}):
            with self.assertRaises(AccessError):
                spec = {"res_name": {}}
                self._call(self.user_colleague, to_do, "onchange", values, list(values), spec)
        self._call(
            self.user_colleague, to_do, "onchange", {"summary": "x"}, ["summary"], {"res_name": {}}
        )

    def test_every_model_that_names_a_document(self):
        """By a model and a number: whichever the user may fill in."""
        asked = []
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.user_colleague)
            if name.startswith("hr.backbone.") or model._abstract:
                continue
            for model_field, id_field in model._get_backbone_places():
                if model_field is None or not model.has_access("create"):
                    continue
                asked.append(name)
                values = {model_field: HIDDEN, id_field: self.application.id}
                with self.subTest(model=name), self.assertRaises(AccessError):
                    self._call(self.user_colleague, model, "onchange", values, [], {})
        self.assertLessEqual({"mail.activity", "mail.message"}, set(asked))

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

    def test_author_of_a_message(self):
        """Nobody writes in another's name."""
        user, director = self.user_manager, self.user_director.partner_id
        forged = {"author_id": director.id, "email_from": director.email_formatted}
        [number] = self._call(user, self.draft, "message_post", body="No", **forged)
        vals = {"model": HIDDEN, "res_id": self.draft.id, "body": "No", "message_type": "comment"}
        numbers = [number, self._call(user, self.env["mail.message"], "create", {**vals, **forged})]
        context = {f"default_{name}": value for name, value in (vals | forged).items()}
        messages = self.env["mail.message"]
        numbers.append(self._call(user, messages, "create", {"body": "No"}, context=context))
        composer = self.env["mail.compose.message"].with_user(user)
        composer = composer.create(
            {**forged, "model": HIDDEN, "res_ids": str(self.draft.ids), "body": "Composed"}
        )
        composer._action_send_mail()
        self.env.invalidate_all()
        written = messages.browse(numbers) | self.draft.sudo().message_ids.filtered(
            lambda message: "Composed" in message.body
        )
        self.assertEqual(len(written), 4)
        for message in written:
            with self.subTest(body=message.body):
                self.assertEqual(message.author_id, user.partner_id)
                self.assertNotIn(director.email or "?", message.email_from)
        for name, value in forged.items():
            with self.assertRaises(AccessError):
                self._call(user, messages.browse(number), "write", {name: value})

    def test_form_as_a_letter_by_post(self):
        """Odoo prints it as superuser, by whatever number an employee wrote on the letter."""
        report = self.env.ref("hr_backbone_training.action_report_hr_backbone_application")
        printed = report.with_context(snailmail_layout=True)
        kept = self.env["ir.attachment"].search_count([])
        with patch.object(self.registry[report._name], "_print_backbone") as printing:
            file, kind = printed._render_qweb_pdf(report, self.application.id)
        printing.assert_not_called()
        self.assertEqual((file[:5], kind), (b"%PDF-", "pdf"))
        self.assertEqual(self.env["ir.attachment"].search_count([]), kept)

    def _compose_with_form(self, user, model, number):
        """A template of the user's own, with a form of ours, about something with this number."""
        report = self.env.ref("hr_backbone_training.action_report_hr_backbone_application")
        template = self._as(self.env["mail.template"], user).create(
            {
                "name": "Mine",
                "model_id": self.env["ir.model"]._get_id(model),
                "report_template_ids": report.ids,
                "subject": "x",
                "body_html": "<p>x</p>",
            }
        )
        composer = self._as(self.env["mail.compose.message"], user).create(
            {"template_id": template.id, "model": model, "res_ids": str([number])}
        )
        return composer.sudo().attachment_ids

    def test_form_in_a_mail(self):
        """Odoo fills in what is stored as superuser, and prints the form of any number."""
        number = self.env.user.partner_id.id
        for user in (self.user_colleague, self.user_abroad, self.user_officer):
            with self.subTest(user=user.login), self.assertRefused("its own documents alone"):
                self._compose_with_form(user, "res.partner", number)
        report = self.env.ref("hr_backbone_training.action_report_hr_backbone_application")
        for user in (self.user_colleague, self.user_abroad):
            printing = self._as(report, user).sudo()
            for method in ("_render_qweb_pdf", "_render_qweb_html", "_render_qweb_text"):
                self.env.invalidate_all()
                with self.subTest(user=user.login, method=method):
                    with self.assertRaises(AccessError):
                        getattr(printing, method)(report.report_name, self.application.ids)
        with patch.object(
            self.registry[report._name], "_print_backbone", lambda *args, **kwargs: [b"%PDF-"]
        ):
            printing = report.with_user(self.user_officer).sudo()
            printing._render_qweb_pdf(report.report_name, self.application.ids)
            self.assertTrue(self._compose_with_form(self.user_officer, HIDDEN, self.application.id))

    def test_letters_that_nobody_can_store(self):
        for text in ("a\ud800b", "a\x00b"):
            with self.assertRefused("has letters that cannot be stored"):
                self._call(self.user_manager, self.draft, "write", {"main_results": text})
