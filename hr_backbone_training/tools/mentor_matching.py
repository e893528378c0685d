# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""The arithmetic of the mentor proposal: arrays in, arrays out, no database.

NumPy and SciPy are optional, and are imported when a proposal is made: a server that makes
none neither needs nor loads them. Points are counted in hundredths, as whole numbers, so
that the same people always give the same proposal.
"""

from typing import Any, NamedTuple

# how many hundredths of a point a score has at the most
FULL = 10_000
PARTS = ("skill", "department", "rank", "load")


class Libraries(NamedTuple):
    numpy: Any
    assign: Any


def load_libraries():
    """NumPy and SciPy's assignment.

    :raise ImportError: one of them is not installed on the server
    """
    import numpy
    from scipy.optimize import linear_sum_assignment

    return Libraries(numpy, linear_sum_assignment)


class People(NamedTuple):
    """Members or mentors: one entry each in all arrays.

    `levels` has a column for each skill, with the percent of mastery; `departments` has
    ids, 0 for none; `places` counts the mentoring ranks up to one's own.
    """

    levels: Any
    departments: Any
    places: Any


class Weights(NamedTuple):
    """What HR weighs; `ranks` is the number of ranks that may mentor."""

    skill: int
    department: int
    rank: int
    load: int
    same_department: bool
    cap: int
    ranks: int

    def get_most(self, part):
        """The most points, of 100, that a part can bring."""
        total = self.skill + self.department + self.rank + self.load
        return 100 * getattr(self, part) / total if total else 0.0

    def get_load_score(self, load):
        """The points of a mentor who has so many other members."""
        fraction = min(max(1 - load / max(self.cap, 1), 0), 1)
        return round(fraction * self.get_most("load") * FULL / 100) / 100


class Pairs(NamedTuple):
    """What stands behind the scores of members (rows) with mentors."""

    gaps: Any
    known: Any
    same: Any
    apart: Any
    steps: Any

    def get_points(self, np, weights):
        """{part: hundredths of a point}, the load apart, which depends on who else is taken."""
        skill = np.divide(
            self.gaps, self.known, out=np.zeros(self.gaps.shape), where=self.known > 0
        )
        department = self.same if weights.same_department else self.apart
        rank = np.clip(1 - (self.steps - 1) / max(weights.ranks, 1), 0, 1)
        return {
            "skill": _to_points(np, skill, weights, "skill"),
            "department": _to_points(np, department, weights, "department"),
            "rank": _to_points(np, rank, weights, "rank"),
        }


def _to_points(np, fraction, weights, part):
    return np.rint(fraction * weights.get_most(part) * (FULL / 100))


def get_load_points(np, loads, weights):
    """Hundredths of a point for mentors who have so many members already."""
    scores = [weights.get_load_score(load) for load in range(int(loads.max(initial=0)) + 1)]
    return np.rint(100 * np.array(scores))[loads]


def compare_all(np, members, mentors):
    """Every member with every mentor."""
    known = mentors.levels.sum(axis=1, dtype="f4")
    shape = len(members.levels), len(mentors.levels)
    gaps = np.zeros(shape, dtype="f4")
    for skill in range(mentors.levels.shape[1]):
        # most mentors have few of all the skills
        having = np.flatnonzero(mentors.levels[:, skill])
        gaps[:, having] += np.maximum(
            mentors.levels[having, skill][None, :] - members.levels[:, skill][:, None], 0
        )
    return _pairs(
        np,
        gaps,
        np.broadcast_to(known, shape),
        (members.departments[:, None], mentors.departments[None, :]),
        mentors.places[None, :] - members.places[:, None],
    )


def compare_each(np, members, mentors):
    """The first member with the first mentor, the second with the second, and so on."""
    gaps = np.maximum(mentors.levels - members.levels, 0).sum(axis=1, dtype="f4")
    return _pairs(
        np,
        gaps,
        mentors.levels.sum(axis=1, dtype="f4"),
        (members.departments, mentors.departments),
        mentors.places - members.places,
    )


def _pairs(np, gaps, known, departments, steps):
    ours, theirs = departments
    both = (ours != 0) & (theirs != 0)
    return Pairs(gaps, known, both & (ours == theirs), both & (ours != theirs), steps)


def assign(libraries, base, allowed, load_points, free):
    """The assignment that is best as a whole: first as many members with a mentor as can be,
    then the most points.

    :param base: hundredths for each member (row) with each mentor (column), without the load
    :param allowed: whether the rules allow the pair
    :param load_points: a row for each mentor, with the points of the first member that is
        added, of the second, …
    :param free: how many members each mentor can take
    :return: {row: (column, number of the place that is taken, from 0)}
    """
    np = libraries.numpy
    columns = np.repeat(np.arange(len(free)), free)
    if not base.shape[0] or not columns.size:
        return {}
    number = np.arange(columns.size) - np.repeat(np.cumsum(free) - free, free)
    worth = base[:, columns] + load_points[columns, number]
    # to stay without is worse than any points that the others could gain by it
    worth[~allowed[:, columns]] = -(FULL + 1.0) * (min(worth.shape) + 1)
    rows, chosen = libraries.assign(worth, maximize=True)
    taken = [0] * len(free)
    result = {}
    for row, column in zip(rows.tolist(), columns[chosen].tolist(), strict=True):
        if allowed[row, column]:
            # who takes which place of a mentor is all the same to the total
            result[row] = column, taken[column]
            taken[column] += 1
    return result


def assign_in_turn(np, base, allowed, load_points, free):
    """ "Best free mentor first": down the list, each member gets the best who is still free.

    :return: as that of `assign`
    """
    taken = np.zeros(len(free), dtype=int)
    result = {}
    if not len(free):
        return result
    everyone = np.arange(len(free))
    last = load_points.shape[1] - 1
    for row in range(base.shape[0]):
        worth = base[row] + load_points[everyone, np.minimum(taken, last)]
        worth[~allowed[row] | (taken >= free)] = -1
        best = int(worth.argmax())
        if worth[best] >= 0:
            result[row] = best, int(taken[best])
            taken[best] += 1
    return result


def get_total(base, load_points, assignment):
    """Hundredths of all pairs of an assignment."""
    return sum(
        float(base[row, column] + load_points[column, number])
        for row, (column, number) in assignment.items()
    )
