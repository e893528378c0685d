# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import inspect

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common_fuzz import FuzzCommon

WRONG = (7, 1.5, True, ["x"], {"a": 1}, "x" * 10_001)


@tagged("post_install", "-at_install")
class TestPublicMethods(FuzzCommon):
    """Every method of ours that a client can call, found by looking for it: rubbish is answered
    by a sentence, whoever sends it."""

    def test_each_says_what_it_takes(self):
        """Decorate a new one with `@public(…)` of `models/core/public.py`, or begin its name
        with “_”."""
        silent = [
            f"{model}.{name}"
            for model, names in self._get_public_methods().items()
            for name in names
            if not hasattr(getattr(type(self.env[model]), name), "_backbone_arguments")
        ]
        self.assertEqual(silent, [])
        self.assertGreater(len(self._get_public_methods()), 25)

    def test_wrong_kinds_are_refused_before_anything_is_looked_at(self):
        """As the one who may, on records that there are: only the argument is wrong."""
        user = self.user_admin
        for model, names in self._get_public_methods().items():
            records = self._get_samples(model)
            # a mixin has no records to begin with
            for name in () if records._abstract else names:
                kinds = getattr(type(records), name)._backbone_arguments
                for argument, kind in kinds.items():
                    for value in WRONG:
                        if self._fits(kind, value):
                            continue
                        with self.subTest(model=model, method=name, **{argument: value}):
                            given = {**dict.fromkeys(kinds, False), argument: value}
                            with self.assertRaises(UserError) as caught:
                                self._call(user, records, name, **given)
                            # a text that is too long is said beside its box
                            box = getattr(caught.exception, "name", None)
                            if box != argument:
                                self.assertIn(f"“{argument}”", str(caught.exception))

    def test_no_records(self):
        """None, one that is gone, no numbers, and more than a number can be."""
        for model, names in self._get_public_methods().items():
            for name in names:
                method = getattr(type(self.env[model]), name)
                if hasattr(method, "_api_model"):
                    continue
                for ids in ([], [2**31], ["x"], [[1]]):
                    if method._backbone_none and not ids:
                        continue
                    with self.subTest(model=model, method=name, ids=ids):
                        self.assertIsInstance(
                            self._try(self.user_admin, model, ids, name), UserError
                        )

    def test_rubbish_by_everyone(self):
        """Some calls of what `tests/test_fuzz.py` makes tens of thousands of."""
        self._fuzz(seed=19, calls=600)

    def test_signature_stays(self):
        """The JSON interface of Odoo reads it."""
        method = type(self.env["hr.backbone.member"]).action_suspend
        self.assertEqual(list(inspect.signature(method).parameters), ["self", "comment", "date"])
