# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import random

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.core.public import FieldError
from ...models.core.sent import clean_vals, clean_vals_list
from ..common_fuzz import OURS, VALUES, FuzzCommon

NO_ROWS = (5, 1.5, True, "x", [[1]], [[6, 0, None]], [[6, 0, ["x"]]], [{}], [None], {"a": 1})
NO_ID = (True, 1.5, "abc", [1], {"a": 1}, -1, 2**31)
NO_TEXT = (5, 1.5, True, ["x"], {"a": 1})
NO_NUMBER = ("abc", "12,5", float("nan"), float("inf"), [90], {"a": 1}, True, 10**30)
NO_DAY = (5, True, "x", "2026-13-45", "0001-01-01", "9999-12-31", ["x"], {"a": 1})
WRONG = {
    "many2one": NO_ID,
    "many2one_reference": NO_ID,
    "one2many": NO_ROWS,
    "many2many": NO_ROWS,
    "char": NO_TEXT[:-1],
    "text": NO_TEXT[:-1],
    "html": NO_TEXT[:-1],
    "integer": NO_NUMBER,
    "float": NO_NUMBER,
    "monetary": NO_NUMBER,
    "date": NO_DAY,
    "datetime": NO_DAY,
    "selection": ("nothing like it", 5, True, ["x"], {"a": 1}),
    "boolean": ([1], {"a": 1}),
}


@tagged("post_install", "-at_install")
class TestSent(FuzzCommon):
    """Rubbish in `create` and `write` is answered by a sentence, over every interface, before an
    override of ours looks at it."""

    def _get_ours(self):
        return sorted(
            name
            for name, model in self.env.registry.items()
            if name.startswith("hr.backbone.") and model._auto and not model._abstract
        )

    def test_nothing_of_ours_comes_before_it(self):
        """The outermost class that has the method, of this addon and of the glue addons, is that
        of a `guards.py`."""
        for name in self._get_ours():
            for method in ("create", "write"):
                owners = [
                    cls.__module__
                    for cls in self.registry[name].mro()
                    if method in vars(cls) and cls.__module__.startswith(OURS.rstrip("."))
                ]
                with self.subTest(model=name, method=method):
                    self.assertEqual(owners[0].split(".")[-1], "guards")

    def test_each_field_of_each_model(self):
        for name in self._get_ours():
            model = self.env[name].with_user(self.user_admin)
            for field in model._fields.values():
                for value in WRONG.get(field.type, ()):
                    with self.subTest(model=name, field=field.name, value=value):
                        with self.assertRaises(FieldError):
                            clean_vals(model, {field.name: value})

    def test_what_fits_goes_through(self):
        model = self.env["hr.backbone.application"].with_user(self.user_admin)
        objection = self.env["hr.backbone.objection"].with_user(self.user_admin)
        for records, vals in (
            (model, {"employee_id": 1, "score_performance": 50.5, "main_results": "Much"}),
            (model, {"employee_id": False, "score_performance": 0, "main_results": None}),
            (model, {"plan_ids": [(0, 0, {"gaps": 5})], "no_field": object}),
            (objection, {"hidden": 1, "date": "2026-03-02", "evidence_ids": [(4, 1, 0), [5]]}),
            (objection, {"evidence_ids": [[6, False, [1, 2]], (3, 1), (2, 1), [1, 1, {}]]}),
        ):
            self.assertEqual(clean_vals(records, vals), vals)
        self.assertEqual(
            clean_vals(model, {"score_performance": "7.5"}), {"score_performance": 7.5}
        )
        self.assertEqual(
            clean_vals(objection, {"evidence_ids": [1, 2]}), {"evidence_ids": [(6, 0, [1, 2])]}
        )
        self.assertEqual(clean_vals(objection, {"evidence_ids": ""}), {"evidence_ids": False})
        for rubbish in ("x", 5, None, ["x"], [None], [[1]]):
            with self.subTest(values=rubbish), self.assertRaises(UserError):
                clean_vals_list(model, rubbish)

    def test_what_was_a_traceback(self):
        line = self.case["publicity.line"].id
        programs = {"program_id": self.program.id}
        training = {"name": "Welding", "provider": "Academy", "date_start": "2026-03-12 09:00:00"}
        session, meeting = self.case["mentorship.session"], self.case["meeting"]
        calls = [
            *(("objection", "create", {"line_id": line, "text": text}) for text in NO_TEXT),
            *(("objection", "create", {"line_id": number, "text": "Late"}) for number in NO_ID),
            *(
                ("objection", "create", {"line_id": line, "text": "Late", "evidence_ids": rows})
                for rows in (*NO_ROWS, [[6]], [[4]])
            ),
            *(("training", "create", {**training, "date_start": day}) for day in NO_DAY),
            *(("training", "create", {**training, "day_start": day}) for day in NO_DAY),
            ("training", "create", {**training, "all_day": True, "day_start": "9999-12-31"}),
            *(
                ("meeting", "create", {**programs, "attendee_ids": self.user_chair.ids, **vals})
                for vals in ({"duration": 10**9}, {"duration": -5}, {"minutes": 5}, {"date": "x"})
            ),
        ]
        calls += [
            (name, method, vals)
            for name in ("objection", "meeting.vote", "training", "meeting", "mentorship.session")
            for method, vals in (("create", "x"), ("create", [["x"]]), ("create", [None]))
        ]
        for name, method, vals in calls:
            model = f"hr.backbone.{name}"
            for user in (self.user_colleague, self.user_officer):
                with self.subTest(model=model, user=user.login, vals=vals):
                    error = self._try(user, model, [], method, (vals,))
                    self.assertIsInstance(error, UserError)
        for record, user, vals in (
            (session, self.user_director, {"date_start": False}),
            (session, self.user_director, {"date_start": "x"}),
            (session, self.user_director, "x"),
            (meeting, self.user_chair, {"minutes": 5}),
            (meeting, self.user_officer, "x"),
        ):
            with self.subTest(record=record, vals=vals):
                error = self._try(user, record._name, record.ids, "write", (vals,))
                self.assertIsInstance(error, UserError)

    def test_window_with_rubbish_for_documents(self):
        vals = {"res_model": "hr.backbone.application", "move": "refuse", "comment": "No"}
        for ids in ([True], [0], [-1], [2**31], ["x"], "x", {"a": 1}, 5):
            with self.subTest(ids=ids):
                window = self.env["hr.backbone.comment.wizard"].with_user(self.user_officer)
                with self.assertRaises(UserError):
                    window.create({**vals, "res_ids": ids}).action_confirm()

    def test_rubbish_by_everyone(self):
        """Drawn from all models and fields."""
        draw = random.Random(26)
        names = self._get_ours()
        for number in range(600):
            name = names[number % len(names)]
            user, records = draw.choice(self.everyone), self._get_samples(name)[:1]
            own = [field.name for field in records._fields.values() if field.type in WRONG]
            picked = draw.sample(own, min(len(own), draw.choice((1, 2, 4))))
            vals = {field: draw.choice(VALUES) for field in picked}
            method = "write" if records and number % 2 else "create"
            with self.subTest(user=user.login, model=name, method=method, vals=vals):
                with mute_logger("odoo.sql_db"):
                    try:
                        self._try(user, name, records.ids, method, (vals,))
                    except IntegrityError as error:
                        # Odoo itself makes a sentence of it
                        self.assertTrue(self.env[name]._sql_error_to_message(error))
