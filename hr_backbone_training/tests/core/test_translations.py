import re
from io import BytesIO

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open
from odoo.tools.translate import trans_export

ADDON = "hr_backbone_training"
HOW = "run `make translations`, and translate what is new"
# what is the same in Chinese: names of programs, addresses, and names of fields in the code
EQUAL = {
    *("ID", "MB", "WeasyPrint", "wkhtmltopdf", "https://…"),
    *("approver_id", "employee_id", "host_id", "is_managed", "state"),
}
MARKUP = re.compile(r"<[^>]*>|%\(\w+\)[sd]|%[sd]")


def read(name):
    """{message: translation} of a file in i18n/."""
    with file_open(f"{ADDON}/i18n/{name}", filter_ext=(".po", ".pot")) as stream:
        return {entry.msgid: entry.msgstr for entry in polib.pofile(stream.read())}


@tagged("post_install", "-at_install", "backbone")
class TestTranslations(TransactionCase):
    """What people see is in the template, and in Chinese."""

    def assertNothing(self, messages, what):
        listed = "\n".join(map(repr, sorted(messages)))
        self.assertFalse(messages, f"{len(messages)} {what}; {HOW}:\n{listed}")

    def test_the_template_has_each_message(self):
        if self.env["ir.module.module"].search([("name", "=", ADDON), ("demo", "=", True)]):
            self.skipTest("demo data have words of their own")
        exported = BytesIO()
        trans_export(None, [ADDON], exported, "po", self.env)
        fresh = {entry.msgid for entry in polib.pofile(exported.getvalue().decode())}
        stored = read(f"{ADDON}.pot").keys()
        self.assertNothing(fresh - stored, "messages are missing in the template")
        self.assertNothing(stored - fresh, "messages of the template are in the addon no more")

    def test_each_message_is_in_chinese(self):
        template, chinese = read(f"{ADDON}.pot").keys(), read("zh_CN.po")
        self.assertNothing(template - chinese.keys(), "messages are missing in zh_CN.po")
        self.assertNothing(chinese.keys() - template, "messages of zh_CN.po are in no template")
        same = {message for message, text in chinese.items() if text in ("", message)}
        plain = {message: MARKUP.sub("", message).strip() for message in same}
        left = {message for message in same if re.search(r"[^\W\d_]", plain[message])}
        left = {message for message in left if plain[message] not in EQUAL}
        self.assertNothing(left, "messages have no Chinese (or are the same by intent: EQUAL)")
