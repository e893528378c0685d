# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What people and programs hand to a public method is checked before the method looks at a
record: what does not fit is answered by a sentence, over every interface."""

import inspect
import math
from functools import wraps

from odoo import api, fields, models
from odoo.exceptions import UserError

# so many characters has a text, if nothing else is said
LONGEST = 10_000
# the largest number that a record can have
LARGEST_ID = 2**31 - 1
# no document is of a year before or after: in another time zone, or a month later, there might be
# no such day
YEARS = range(1900, 2201)


def say_too_long(env, label, length, limit):
    """The one sentence for a text that is too long; beside its box it needs no label."""
    numbers = {"length": f"{length:,}", "limit": f"{limit:,}"}
    if not label:
        return env._(
            "This text has %(length)s characters, and at most %(limit)s are allowed. "
            "Please shorten it.",
            **numbers,
        )
    return env._(
        "“%(label)s” has %(length)s characters, and at most %(limit)s are allowed. "
        "Please shorten it.",
        label=label,
        **numbers,
    )


class FieldError(UserError):
    """What was typed into one input does not fit: its page says so beside the input."""

    def __init__(self, message, name):
        super().__init__(message)
        self.name = name


class Argument:
    """One argument of a public method; nothing (None, False, "") is always taken."""

    def take(self, env, name, value):
        """
        :param str name: of the argument, for the sentence
        :return: the value as the method wants it
        :raise UserError: it does not fit
        """
        if value is None or value is False or value == "":
            return self.nothing(env)
        fit = self.parse(env, value)
        if fit is None:
            raise UserError(self.say(env, name))
        return fit

    def nothing(self, env):
        return None

    def parse(self, env, value):
        """:return: the value, which is something; None when it does not fit"""
        raise NotImplementedError

    def say(self, env, name):
        raise NotImplementedError


class Text(Argument):
    """:param int limit: so many characters are allowed"""

    def __init__(self, limit=LONGEST):
        self.limit = limit

    def take(self, env, name, value):
        text = super().take(env, name, value)
        if text and len(text) > self.limit:
            raise FieldError(say_too_long(env, None, len(text), self.limit), name)
        return text

    def parse(self, env, value):
        # the database takes no NUL, nor half a letter
        if not isinstance(value, str):
            return None
        return value.replace("\x00", "").encode(errors="replace").decode()

    def say(self, env, name):
        return env._("“%s” must be a text.", name)


class Day(Argument):
    def parse(self, env, value):
        try:
            day = fields.Date.to_date(value)
        except (TypeError, ValueError, KeyError):
            return None
        return day if day and day.year in YEARS else None

    def say(self, env, name):
        return env._("“%s” must be a date, like 2026-12-31.", name)


class Number(Argument):
    def take(self, env, name, value):
        # zero is a number, not nothing
        return value if type(value) is int and not value else super().take(env, name, value)

    def parse(self, env, value):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return value if abs(value) <= LARGEST_ID and math.isfinite(value) else None

    def say(self, env, name):
        return env._("“%s” must be a number.", name)


class Record(Argument):
    """A record of `model`, or the number of one that the user may read; nothing is the empty
    recordset."""

    def __init__(self, model):
        self.model = model

    def nothing(self, env):
        return env[self.model]

    def parse(self, env, value):
        if isinstance(value, models.BaseModel):
            return value if value._name == self.model and len(value) <= 1 else None
        if not is_id(value):
            return None
        return env[self.model].browse(value).exists()._filtered_access("read") or None

    def say(self, env, name):
        return env._("“%s” must be the number of a record that you can see.", name)


class Records(Record):
    """Records of `model`, or a list of the numbers of some that the user may read; no list at
    all is None."""

    def nothing(self, env):
        return None

    def parse(self, env, value):
        ids = value.ids if isinstance(value, models.BaseModel) else value
        if not isinstance(ids, list | tuple) or not all(map(is_id, ids)):
            return None
        if isinstance(value, models.BaseModel) and value._name != self.model:
            return None
        records = env[self.model].browse(dict.fromkeys(ids))
        readable = records.exists()._filtered_access("read")
        return readable if len(readable) == len(records) else None

    def say(self, env, name):
        return env._("“%s” must be a list of records that you can see.", name)


def is_id(value):
    return type(value) is int and 0 < value <= LARGEST_ID


def public(*, one=False, none=False, **kinds):
    """A method that clients call: `@public(comment=Text())`, with the kind of each argument.

    :param bool one: it is about one record at a time
    :param bool none: it can do without any
    :raise UserError: what it is called with is not what it takes; said before it begins
    """

    def decorate(method):
        signature = inspect.signature(method)
        unknown = [name for name in signature.parameters if name not in (*kinds, "self")]
        if unknown or set(kinds) - set(signature.parameters):
            raise TypeError(f"{method.__qualname__}: say of which kind each argument is")

        @wraps(method)
        def checked(self, *args, **kwargs):
            try:
                given = signature.bind(self, *args, **kwargs).arguments
            except TypeError as error:
                names = ", ".join(kinds) or "–"
                raise UserError(
                    self.env._("This step takes these arguments and no others: %s", names)
                ) from error
            if not getattr(checked, "_api_model", False):
                given["self"] = _check_records(self, one, none)
            for name, kind in kinds.items():
                if name in given:
                    given[name] = kind.take(self.env, name, given[name])
            return method(**given)

        checked._backbone_arguments = kinds
        checked._backbone_none = none
        return checked

    return decorate


def _check_records(records, one, none):
    """:return: the records, each once
    :raise UserError: none, or no numbers of records
    """
    # a mixin has no documents of its own
    if records._abstract or not all(
        is_id(id_) or isinstance(id_, api.NewId) for id_ in records._ids
    ):
        raise UserError(records.env._("There is no such document."))
    if not (records or none):
        raise UserError(records.env._("Choose at least one document."))
    if len(set(records._ids)) < len(records._ids):
        records = records.browse(dict.fromkeys(records._ids))
    if one and len(records) > 1:
        raise UserError(records.env._("Choose one document only."))
    return records
