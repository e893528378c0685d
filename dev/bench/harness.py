"""Measuring an operation, and the table of what was measured."""

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

REPEAT = 3


class Operation(NamedTuple):
    """One thing to measure: what it is called, on how many records it works, how, and how
    often: the median counts.

    `act` does it; `floor`, if there is one, does the same lasting work in bare SQL, given a
    cursor. Both are rolled back and repeated.
    """

    name: str
    n: int
    act: Callable
    floor: Callable | None = None
    repeat: int = REPEAT


class Cost(NamedTuple):
    seconds: float
    queries: int


class Budget(NamedTuple):
    """What an operation may cost at the most; None: no limit.

    `ms` and `queries` are per record (or page), `peer` and `floor` ratios to these, `growth`
    is the cost at ten times the size over that at the size.
    """

    ms: float | None = None
    queries: float | None = None
    peer: float | None = None
    floor: float | None = None
    growth: float | None = None

    def describe(self):
        """What is allowed, in a few words."""
        labels = ("ms", "queries", "× peer", "× floor", "× at 10n")
        return ", ".join(
            f"{limit:g} {label}"
            for limit, label in zip(self, labels, strict=True)
            if limit is not None
        )

    def is_kept(self, *figures):
        """Whether the figures, in the order of the limits, are within them; one that was not
        measured (None) is."""
        return all(
            limit is None or figure is None or figure <= limit
            for limit, figure in zip(self, figures, strict=True)
        )


class _Rollback(Exception):
    pass


def settle(env):
    """What Odoo does at the end of a request, short of the commit."""
    env.flush_all()
    env.cr.precommit.run()
    env.flush_all()
    env.cr.postcommit.clear()


def measure(env, act, repeat=REPEAT):
    """The median cost of `act`, which starts with an empty cache and leaves nothing."""
    return Cost(
        *map(statistics.median, zip(*(_once(env, act) for _ in range(repeat)), strict=True))
    )


def _once(env, act):
    settle(env)
    env.invalidate_all()
    cost = None
    try:
        with env.cr.savepoint(flush=False):
            queries, begin = env.cr.sql_log_count, time.perf_counter()
            act()
            settle(env)
            cost = Cost(time.perf_counter() - begin, env.cr.sql_log_count - queries)
            raise _Rollback
    except _Rollback:
        env.clear()
    return cost


def run(env, group, sizes):
    """Measure the operations of a group at each size.

    :param group: generator function of (env, n) that yields operations; whatever it does
        after a `yield` prepares the next one and is not measured
    :return: {(name, n): (cost, cost of the floor or None)}
    """
    costs = {}
    for n in sizes:
        for operation in group(env, n):
            floor = operation.floor and measure(env, partial(operation.floor, env.cr))
            costs[operation.name, operation.n] = (
                measure(env, operation.act, operation.repeat),
                floor,
            )
    return costs


HEADINGS = (
    "operation",
    "n",
    "ms/{}",
    "queries/{}",
    "peer",
    "ratio to peer",
    "floor ms/{}",
    "ratio to floor",
    "cost at 10n / n",
    "at most",
    "kept",
)
# the columns of words
LEFT = (0, 4, 9, 10)


def table(costs, peers, per="record", budgets=None):
    """The lines of the table: one for each operation and size; none without operations.

    :param peers: {name of an operation: name of Odoo's own that it is compared with}
    :param per: "record" where an operation works on n of them; another word where it is
        one thing to do with n records in the database
    :param budgets: {name of an operation: Budget}
    """
    if not costs:
        return []
    rows = [tuple(heading.format(per) for heading in HEADINGS)]
    for (name, n), (cost, floor) in costs.items():
        parts = n if per == "record" else 1
        peer = peers.get(name)
        other = costs.get((peer, n), (None,))[0]
        smaller = costs.get((name, n // 10))
        figures = (
            1000 * cost.seconds / parts,
            cost.queries / parts,
            cost.seconds / other.seconds if other else None,
            cost.seconds / floor.seconds if floor else None,
            cost.seconds / smaller[0].seconds if smaller else None,
        )
        ms, queries, to_peer, to_floor, growth = figures
        budget = (budgets or {}).get(name)
        rows.append(
            (
                name,
                f"{n:,}",
                f"{ms:.2f}",
                f"{queries:.3f}",
                peer or "",
                f"{to_peer:.2f}" if other else "",
                f"{1000 * floor.seconds / parts:.3f}" if floor else "",
                f"{to_floor:.1f}" if floor else "",
                f"{growth:.1f}" if smaller else "",
                budget.describe() if budget else "",
                ("yes" if budget.is_kept(*figures) else "NO") if budget else "",
            )
        )
    return lay_out(rows, LEFT)


def lay_out(rows, left=None):
    """The lines of a table: its head, a rule and the rows.

    :param rows: tuples of texts, the head first
    :param left: the columns of words, by number; all of them without it
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            text.ljust(width) if left is None or column in left else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return [line.rstrip() for line in lines]
