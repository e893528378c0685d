# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What people do, as a table that the test draws from."""

from collections.abc import Callable
from typing import NamedTuple

from odoo import Command

from ..organization import OFFICER

REASON = "There is a reason"


class Step(NamedTuple):
    """One thing that somebody can do.

    `area`   what it belongs to: one rule of the machine draws from each
    `find`   (world) → the records of which one is picked
    `move`   the move that it takes, where it takes one: who may is asked of the document
    `by`     (world, record) → the users whose part it is, where the document does not say
    `act`    (world, record as the acting user, number): does it; the number chooses the rest
    """

    name: str
    area: str
    find: Callable
    move: str | None
    by: Callable | None
    act: Callable


STEPS = {}


def step(area, model=None, states=(), *, find=None, move=None, by=None):
    """Put a function into the table, under its own name."""

    def search(world):
        records = world.env[model].with_context(active_test=False)
        domain = [("company_id", "=", world.company.id)]
        domain += [("state", "in", states)] if states else []
        return records.search(domain, order="id")

    def decorate(act):
        STEPS[act.__name__] = Step(act.__name__, area, find or search, move, by, act)
        return act

    return decorate


def plain(area, model, states, **methods):
    """Steps that are nothing but a public method, some with a reason.

    :param methods: name of the step: (move, public method, whether it has a reason)
    """
    for name, (move, method, reasoned) in methods.items():

        def act(world, record, number, method=method, reasoned=reasoned):
            getattr(record, method)(*([REASON] if reasoned else []))

        act.__name__ = name
        step(area, model, states, move=move)(act)


def officers(world, record=None):
    """HR, without those whom the record concerns."""
    users = world.groups[OFFICER].all_user_ids.filtered("active") & world.everyone
    if record is not None and record._name == "hr.employee":
        users -= record._get_backbone_ever()
    elif record is not None and hasattr(record, "_get_concerned_employees"):
        users -= record._get_concerned_employees()._get_backbone_ever()
    return users.sorted("id")


def employee_of(name):
    """The user of the employee in this field."""
    return lambda world, record: record[name]._get_backbone_users()


def choose(records, number):
    """One of the records; an empty one where there are none."""
    return records[number % len(records)] if records else records


def line(**vals):
    return Command.create(vals)
