# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date
from io import BytesIO

from werkzeug.datastructures import FileStorage

from odoo.tests import BaseCase, tagged

from ...controllers.forms import Choice, Date, Files, Number, Text, get_texts, read, read_row
from ...models.core.public import FieldError


@tagged("post_install", "-at_install")
class TestForms(BaseCase):
    """The typed form: a value of what was typed, or one sentence beside the input."""

    def _check(self, taken, values, wrong=()):
        for typed, value in values.items():
            with self.subTest(typed=typed):
                got = taken.take("x", typed)
                self.assertEqual((type(got), got), (type(value), value))
        for typed in wrong:
            with self.subTest(typed=typed), self.assertRaisesRegex(FieldError, "Wrong") as caught:
                taken.take("x", typed)
            self.assertEqual(caught.exception.name, "x")

    def test_text(self):
        self._check(Text(), {"": "", " \x00 ": "", " a\r\nb ": "a\nb"})
        self._check(Text(one_line=True), {" a \r\n\t b": "a b"})
        self._check(Text(required="Wrong"), {"a": "a"}, ("", " ", "\r\n", None, ["file"]))

    def test_date(self):
        day = Date(2000, 2100, "Wrong")
        fits = {"": False, "2028-02-29": date(2028, 2, 29), " 2026-12-31 ": date(2026, 12, 31)}
        wrong = ("31.12.2026", "2027-02-29", "1999-12-31", "9999-99-99", "x", "0")
        self._check(day, fits, wrong)

    def test_number(self):
        whole = Number(0, 100, "Wrong")
        fits = {"": False, "0": 0, "007": 7, "100": 100, "８５": 85}
        wrong = ("101", "-1", "x", "8.5", "²", "٨٠", "1e2", "40%", "9" * 400, "9" * 5000)
        self._check(whole, fits, wrong)
        self._check(Number(0, 100, "Wrong", unit="%"), {"40": 40, " 40 % ": 40}, ("%", "4%0"))
        points = Number(0, 100, "Wrong", digits=1, empty=0.0)
        fits = {"": 0.0, "12,5": 12.5, "0.25": 0.2, "１２．５": 12.5, "100": 100.0}
        self._check(points, fits, ("100.1", "-0.1", "nan", "inf", "-inf", "x", "1,2,3", "9" * 400))

    def test_choice(self):
        values = Choice(lambda: ["book", "research"], "Wrong")
        self._check(values, {"": False, "book": "book"}, ("medal", "BOOK", "0"))
        self._check(
            Choice(lambda: range(1, 6), "Wrong", required="Wrong"), {"5": 5}, ("", "0", "6", "05")
        )

    def test_files(self):
        there, empty = FileStorage(BytesIO(b"x"), "a.pdf"), FileStorage(BytesIO(), "")
        self.assertEqual(Files().take("x", [there, empty]), [there])
        for typed in (None, "a.pdf", ""):
            self.assertEqual(Files().take("x", typed), [])
        self.assertEqual(
            get_texts({"a": "b", "step": "x", "csrf_token": "y", "f": there}), {"a": "b"}
        )

    def test_only_what_differs_is_read(self):
        inputs = {"a": Text(required="Wrong"), "b": Number(0, 9, "Wrong"), "c": Text()}
        stored = {"a": "A", "b": "99"}
        self.assertEqual(read(inputs, {"a": " A", "b": "99", "c": ""}, stored), {})
        self.assertEqual(read(inputs, {"b": "9", "d": "D"}, stored), {"b": 9})
        with self.assertRaisesRegex(FieldError, "Wrong"):
            read(inputs, {"a": ""}, stored)

    def test_what_a_new_document_needs_is_asked_for(self):
        inputs = {"a": Text(required="Wrong"), "b": Text()}
        self.assertEqual(read(inputs, {"a": "A"}), {"a": "A"})
        self.assertEqual(read(inputs, {"a": "A", "b": ""}), {"a": "A", "b": ""})
        with self.assertRaisesRegex(FieldError, "Wrong"):
            read(inputs, {"b": "B"})

    def test_row(self):
        inputs = {"score": Number(0, 9, "Wrong"), "example": Text()}
        typed = {"7-score": "5", "7-example": "E", "77-score": "6"}
        self.assertEqual(read_row(7, inputs, typed, {"7-example": "E"}), {"score": 5})
        with self.assertRaises(FieldError) as caught:
            read_row(7, inputs, {"7-score": "x"}, {})
        self.assertEqual(caught.exception.name, "7-score")
