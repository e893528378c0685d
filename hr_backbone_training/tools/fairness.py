# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Whether a choice among people treats groups of them alike: numbers in, numbers out, no database.

The four-fifths rule compares the rate of each group with the highest one; Fisher's exact test says
how easily chance brings such a difference. Groups of fewer than five people are never among what
comes out, nor does a subtraction give them. SciPy is optional, and is imported when a test is made.
"""

from fractions import Fraction
from typing import NamedTuple

# a group of fewer people is not shown
LEAST = 5
FOUR_FIFTHS = Fraction(4, 5)
# keys that no group has by itself
NOT_STATED, OTHERS = "*not stated", "*others"


class Group(NamedTuple):
    """So many people, and how many of them were chosen."""

    key: str
    total: int
    chosen: int

    @property
    def rate(self):
        return Fraction(self.chosen, self.total)


class Row(NamedTuple):
    """A group beside the one with the highest rate. `ratio` and `p` are None where there is
    nothing to compare: of people of whom it is not stated, and where nobody was chosen."""

    group: Group
    is_highest: bool
    ratio: Fraction | None
    p: float | None


def load_fisher():
    """Fisher's exact test, both tails: a function of a table of two by two, which gives p.

    :raise ImportError: SciPy is not installed on the server
    """
    from scipy.stats import fisher_exact

    return lambda table: float(fisher_exact(table)[1])


def get_years(since, day):
    """Whole years from one day to another; at least 0."""
    return max(0, day.year - since.year - ((day.month, day.day) < (since.month, since.day)))


def get_band(years, bounds):
    """The last of the rising `bounds` that these years have reached, as a key; "0" below all."""
    return str(max((bound for bound in bounds if years >= bound), default=0))


def tabulate(people):
    """
    :param people: [(key of the group, whether chosen)]
    :return: [Group], by key
    """
    counts = {}
    for key, chosen in people:
        total, before = counts.get(key, (0, 0))
        counts[key] = total + 1, before + bool(chosen)
    return [Group(key, *counts[key]) for key in sorted(counts)]


def merge_small(groups):
    """Groups that may be shown. Those of fewer than five people are put together, and the next
    smallest with them, until at least two groups and five people are: whoever knows the sum of all
    then subtracts what is shown, and is left with no group.

    :return: [Group] that add up to the same people; none, where fewer than two can be compared
    """
    left = sorted(groups, key=lambda group: (group.total, group.key))
    small = [group for group in left if group.total < LEAST]
    left = left[len(small) :]
    while small and left and (len(small) < 2 or sum(group.total for group in small) < LEAST):
        small.append(left.pop(0))
    shown = sorted(left)
    if small:
        shown.append(Group(OTHERS, sum(g.total for g in small), sum(g.chosen for g in small)))
    return shown if len(_get_comparable(shown)) > 1 else []


def _get_comparable(groups):
    return [group for group in groups if group.key != NOT_STATED]


def compare(groups, fisher=None):
    """Each group beside the one with the highest rate; of several, beside the largest.

    :param groups: those of `merge_small`
    :param fisher: see `load_fisher`; without it, no p
    :return: [Row], in the order of the groups
    """
    comparable = _get_comparable(groups)
    highest = max(comparable, key=lambda group: (group.rate, group.total), default=None)
    return [_compare(group, highest, fisher) for group in groups]


def _compare(group, highest, fisher):
    if group.key == NOT_STATED or not highest.chosen:
        return Row(group, False, None, None)
    if group == highest:
        return Row(group, True, Fraction(1), None)
    table = [[one.chosen, one.total - one.chosen] for one in (group, highest)]
    return Row(group, False, group.rate / highest.rate, fisher(table) if fisher else None)


def is_low(row):
    """Whether the rate is below four fifths of the highest one."""
    return row.ratio is not None and row.ratio < FOUR_FIFTHS
