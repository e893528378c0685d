# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import re
from pathlib import Path

import polib
from lxml import etree

from odoo.tests import TransactionCase, tagged

from ...models.core.readers import say_readers
from ...models.core.words import add_zone, say_label

ADDON = Path(__file__).parents[2]
HAN = "[\u3400-\u9fff]"
# what is filled in, and the tags around words
FILLED = re.compile(r"<[^>]+>|%\(\w+\)[sd]|%s|\{\{.*?\}\}")
HALF = re.compile(
    rf"{HAN} ?[,;:?!()]|[,;:?!()] ?{HAN}|{HAN}\.(\s|$|X)|{HAN} *X *[,:;.](\s|$)"
    # full-width punctuation has its space in itself
    rf"|[，；：？！（）、。] +\S|\S +[，；：？！）、。]"
)
# as WORDS has it: what is not said
WRONG = {"培养方案", "完成期限", "核心员工", "关键员工"}


@tagged("post_install", "-at_install")
class TestWords(TransactionCase):
    """What people read, in the punctuation of their language and in the words of the house."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.chinese = cls.env(context={**cls.env.context, "lang": "zh_CN"})
        cls.entries = [
            entry for entry in polib.pofile(str(ADDON / "i18n/zh_CN.po")) if not entry.obsolete
        ]

    def _get_pages(self):
        for pattern in ("views/*/portal*.xml", "reports/*.xml"):
            for path in sorted(ADDON.glob(pattern)):
                yield path, etree.parse(path)

    def test_no_punctuation_stands_alone(self):
        """Nobody could translate it: a full stop after a date stays half as wide in Chinese.
        Use “·”, or a sentence with `%s`."""
        alone = [
            f"{path.name}:{node.sourceline} {text.strip()}"
            for path, tree in self._get_pages()
            for node in tree.iter(etree.Element)
            for text in (node.text or "", node.tail or "")
            if re.search(r"[,.;:()?!]", text) and len(re.sub(r"\W", "", text)) <= 1
        ]
        self.assertEqual(alone, [])

    def test_no_words_in_format_strings(self):
        """QWeb does not translate `label.f="Mentor: {{ … }}"`."""
        untranslated = [
            f"{path.name}:{node.sourceline} {value}"
            for path, tree in self._get_pages()
            for node in tree.iter("t")
            for name, value in node.attrib.items()
            if name.endswith(".f") and re.search(r"[A-Za-z]", re.sub(r"\{\{.*?\}\}", "", value))
        ]
        self.assertEqual(untranslated, [])

    def test_chinese_punctuation(self):
        half = [
            entry.msgstr
            for entry in self.entries
            if re.search(HAN, entry.msgstr) and HALF.search(FILLED.sub("X", entry.msgstr))
        ]
        self.assertEqual(half, [])

    def test_words_of_the_house(self):
        said = [entry.msgstr for entry in self.entries if any(w in entry.msgstr for w in WRONG)]
        self.assertEqual(said, [])
        named = [e.msgid for e in self.entries if re.search(r"\b(core|key) employee", e.msgid)]
        self.assertEqual(named, [])

    def test_one_text_with_two_meanings(self):
        meanings = {entry.msgid: entry.msgstr for entry in self.entries}
        self.assertIn("时长", meanings["Length (minutes)"])
        self.assertNotIn("最高分", meanings["Up to"])

    def test_put_together(self):
        names = ("employee", "managers", "mentor", "hr")
        self.assertEqual(
            say_readers(self.env, names),
            "the employee, the employee's managers, the mentor, and human resources",
        )
        self.assertEqual(
            say_readers(self.env, names, own=("employee",)),
            "you, your managers, the mentor, and human resources",
        )
        self.assertEqual(
            say_readers(self.chinese, names, own=("employee",)),
            "您、您的各级经理、导师和人力资源部",
        )
        self.assertEqual(say_label(self.env, "Score"), "Score:")
        self.assertEqual(say_label(self.chinese, "评分"), "评分：")
        self.assertEqual(add_zone(self.chinese, "7:00", "UTC"), "7:00（UTC）")
        self.assertEqual(add_zone(self.env, "7:00 AM", ""), "7:00 AM")
