# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import random
from collections import Counter

from odoo.exceptions import UserError
from odoo.service.model import call_kw

from .common_access import CaseCommon

OURS = "odoo.addons.hr_backbone_training."
VALUES = (
    *(None, False, True, 0, 1, -1, 7, 1.5, float("inf"), 2**31, 10**30),
    *("", "x", "1", "2026-13-45", "0000-00-00", "2026-03-02", "\x00", "\ud800", "x" * 10_001),
    *([], [1], ["x"], [[1]], [None], {}, {"a": 1}, [[6, 0, ["x"]]]),
)
# what is no list at all, Odoo itself does not take as the records
LISTS = tuple(value for value in VALUES if isinstance(value, list))


class PublicMethods:
    """What a client can call, found by looking for it."""

    def _get_public_methods(self):
        """{model: the names of the methods that a client can call and that are ours alone}."""
        found = {}
        for model_name, model in sorted(self.env.registry.items()):
            names = {
                name
                for cls in model.mro()
                if cls.__module__.startswith(OURS)
                for name, value in vars(cls).items()
                if not name.startswith("_") and callable(value) and not isinstance(value, type)
            }
            theirs = {
                name
                for cls in model.mro()
                if not cls.__module__.startswith(OURS)
                for name in vars(cls)
            }
            private = {name for name in names if hasattr(getattr(model, name), "_api_private")}
            if left := names - theirs - private:
                found[model_name] = sorted(left)
        return found


class FuzzCommon(PublicMethods, CaseCommon):
    """Calls of all that clients can call, with rubbish."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.case = {
            **cls._make_case(cls.worker, cls.leader, cls.director, cls.user_chair),
            **cls._make_quarter(cls.colleague, cls.director, cls.manager),
        }
        cls.env.flush_all()
        cls.everyone = (
            *(cls.user_worker, cls.user_colleague, cls.user_leader, cls.user_manager),
            *(cls.user_director, cls.user_chair, cls.user_officer, cls.user_admin),
            *(cls.user_abroad, cls.user_admin_abroad),
        )

    def _get_samples(self, model):
        """Two records of the model, or as many as there are."""
        records = self.env[model].sudo()
        if records._abstract:
            return records
        known = self.case.get(model.removeprefix("hr.backbone."), records)
        return known.sudo() | records.search([("id", "not in", known.ids)], limit=1)

    def _fits(self, kind, value):
        try:
            kind.take(self.env, "x", value)
        except UserError:
            return False
        return True

    def _call(self, user, records, name, *args, **kwargs):
        model = self.env(user=user, context={})[records._name]
        context = {"allowed_company_ids": user.company_ids.ids}
        ids = () if hasattr(getattr(type(model), name), "_api_model") else (records._ids,)
        return call_kw(model, name, [*ids, *args], {**kwargs, "context": context})

    def _try(self, user, model, ids, name, args=(), kwargs=None):
        """Call and take it back, for the error; anything but a sentence goes on upward."""
        model = self.env(user=user, context={})[model]
        context = {"allowed_company_ids": user.company_ids.ids}
        first = () if hasattr(getattr(type(model), name), "_api_model") else (ids,)
        try:
            with self.env.cr.savepoint() as savepoint:
                call_kw(model, name, [*first, *args], {**(kwargs or {}), "context": context})
                self.env.flush_all()
                savepoint.rollback()
        except UserError as error:
            return error
        finally:
            self.env.invalidate_all()
        return None

    def _fuzz(self, seed, calls):
        """So many calls of public methods, drawn from what there is.

        :return: Counter of what came of them
        """
        draw = random.Random(seed)
        methods = [(m, name) for m, names in self._get_public_methods().items() for name in names]
        results = Counter()
        for number in range(calls):
            model, name = methods[number % len(methods)]
            user = draw.choice(self.everyone)
            kinds = getattr(type(self.env[model]), name)._backbone_arguments
            both = self._get_samples(model).ids
            ids = draw.choice((both[:1],) * 6 + (both,) * 2 + LISTS)
            args = [draw.choice(VALUES) for _ in range(draw.choice((0, 0, 1, 2, 4)))]
            kwargs = {key: draw.choice(VALUES) for key in kinds if draw.random() < 0.4}
            with self.subTest(
                seed=seed, user=user.login, model=model, method=name, ids=ids, args=args, **kwargs
            ):
                error = self._try(user, model, ids, name, args, kwargs)
                results[type(error).__name__] += 1
        return results
