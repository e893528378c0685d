# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""That what people see is in the template and in Chinese: the main addon's, and each glue
addon's, by a class of its own in its tests."""

import re
from io import BytesIO

import polib

from odoo.tools import file_open
from odoo.tools.translate import trans_export

HOW = "run `make translations`, and translate what is new"
# what is the same in Chinese: names of programs, addresses, and names of fields in the code
EQUAL = {
    *("ID", "MB", "WeasyPrint", "wkhtmltopdf", "https://…"),
    *("approver_id", "employee_id", "host_id", "is_managed", "state"),
}
MARKUP = re.compile(r"<[^>]*>|%\(\w+\)[sd]|%[sd]")


def read(addon, name):
    """What is in a file of i18n/."""
    with file_open(f"{addon}/i18n/{name}", filter_ext=(".po", ".pot")) as stream:
        return polib.pofile(stream.read())


def messages(file):
    return {entry.msgid for entry in file}


def places(file):
    """(message, view or mail) where it stands: Odoo translates it there and nowhere else."""
    return {
        (entry.msgid, place)
        for entry in file
        for place, _line in entry.occurrences
        if place.startswith("model_terms:")
    }


class TranslationsCase:
    """Mixed into a test case of Odoo's."""

    addon = None
    # what is the same in Chinese besides
    equal = ()

    def assertNothing(self, found, what):
        listed = "\n".join(map(repr, sorted(found)))
        self.assertFalse(found, f"{len(found)} {what}; {HOW}:\n{listed}")

    def test_the_template_has_each_message(self):
        modules = self.env["ir.module.module"]
        demo = modules.search([("name", "=", self.addon), ("demo", "=", True)])
        if demo and modules.get_module_info(self.addon)["demo"]:
            self.skipTest("demo data have words of their own")
        exported = BytesIO()
        trans_export(None, [self.addon], exported, "po", self.env)
        fresh = polib.pofile(exported.getvalue().decode())
        stored = read(self.addon, f"{self.addon}.pot")
        missing, gone = messages(fresh) - messages(stored), messages(stored) - messages(fresh)
        self.assertNothing(missing, "messages are missing in the template")
        self.assertNothing(gone, "messages of the template are in the addon no more")
        moved = places(fresh) ^ places(stored)
        self.assertNothing(moved, "messages stand in another view or mail than the template says")

    def test_each_message_is_in_chinese(self):
        template, chinese = read(self.addon, f"{self.addon}.pot"), read(self.addon, "zh_CN.po")
        missing = messages(template) - messages(chinese)
        gone = messages(chinese) - messages(template)
        self.assertNothing(missing, "messages are missing in zh_CN.po")
        self.assertNothing(gone, "messages of zh_CN.po are in no template")
        moved = places(template) ^ places(chinese)
        self.assertNothing(moved, "messages stand elsewhere in zh_CN.po")
        same = {entry.msgid for entry in chinese if entry.msgstr in ("", entry.msgid)}
        plain = {message: MARKUP.sub("", message).strip() for message in same}
        left = {message for message in same if re.search(r"[^\W\d_]", plain[message])}
        left = {message for message in left if plain[message] not in {*EQUAL, *self.equal}}
        self.assertNothing(left, "messages have no Chinese (or are the same by intent: EQUAL)")
