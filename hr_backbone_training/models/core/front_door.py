# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Every change goes through the model's own `write` and `create`; guards there keep people from
what only the procedure writes. Here is what lets the procedure's own change through them."""

from contextlib import contextmanager
from contextvars import ContextVar

_permit = ContextVar("backbone_permit", default=None)


class _Permit:
    """That the `write` or `create` under way is the procedure's own.

    It is an object of this process, and stands for as long as the one call lasts: nothing that
    a client sends, in values or in a context, becomes one, and an override that cleans the
    context does not lose it. It is good for the records and the fields that it was made for,
    each once: what overrides write on the way is a write like any other.
    """

    def __init__(self, records, vals_list, creating):
        self.model = records._name
        self.transaction = records.env.transaction
        self.names = frozenset(name for vals in vals_list for name in vals)
        # what every row has: a `create` without it is another one, of an override's own
        self.common = frozenset.intersection(self.names, *map(frozenset, vals_list))
        # what the guard has not let through yet: rows to create, or fields by record
        self.rows = len(vals_list) if creating else 0
        self.fields = {} if creating else {record_id: set(self.names) for record_id in records._ids}

    def is_of(self, records):
        return records._name == self.model and records.env.transaction is self.transaction


@contextmanager
def _opened(permit):
    token = _permit.set(permit)
    try:
        yield
    finally:
        _permit.reset(token)


def write(records, vals):
    """Write `vals` through the records' own `write`, past what it asks of people.

    :return: what `write` returns
    """
    with _opened(_Permit(records, [vals], creating=False)):
        return records.write(vals)


def create(model, vals_list):
    """Create through the model's own `create`, past what it asks of people.

    :return: the records, in the environment of `model`
    """
    with _opened(_Permit(model, vals_list, creating=True)):
        return model.create(vals_list).with_env(model.env)


def get_permitted_write(records, vals):
    """The names in `vals` that the procedure itself is writing on all of `records`."""
    permit = _permit.get()
    if permit is None or not permit.is_of(records):
        return frozenset()
    left = [permit.fields.get(record_id, ()) for record_id in records._ids]
    return frozenset(
        name for name in permit.names.intersection(vals) if all(name in names for names in left)
    )


def get_permitted_create(model, vals_list):
    """The names with which the procedure itself is creating `vals_list`."""
    permit = _permit.get()
    if permit is None or not permit.is_of(model) or permit.rows < len(vals_list):
        return frozenset()
    if not all(permit.common.issubset(vals) for vals in vals_list):
        return frozenset()
    return permit.names


def use_write(records, names):
    """The guard lets the permitted `names` pass on these records: it does so once."""
    for record_id in records._ids if names else ():
        _permit.get().fields[record_id].difference_update(names)


def use_create(vals_list):
    """The guard lets these permitted rows pass."""
    _permit.get().rows -= len(vals_list)
