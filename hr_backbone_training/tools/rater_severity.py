# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""How mild or severe each rater is, told apart from how good those are whom they rated: arrays in,
numbers out, no database.

A linear mixed model: what a rater gives is the mean of the quarter, the merit of the member, the
leniency of the rater and chance, where merits and leniencies are drawn from normal distributions
about zero. Their variances are estimated by restricted maximum likelihood (REML), the leniencies
are the best linear unbiased predictions (BLUP), which shrink the more the less is known. Scores
that one and the same office gave to all (`Scores.rater` is -1) have no leniency, and a variance
of chance of their own.

NumPy and SciPy are optional, and are imported by whoever estimates.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, NamedTuple

# what an interval leaves out on each side is one in forty
HALF_WIDTH = 1.959964
# the ratios of variances are sought between e**LEAST and e**MOST
LEAST, MOST = -7.0, 9.0
# with fewer of them there is no distribution of raters to speak of
LEAST_RATERS = 3
# so many columns of the inverse at a time
CHUNK = 256


class Libraries(NamedTuple):
    numpy: Any
    sparse: Any
    factorize: Any
    minimize: Any


def is_available():
    """Whether NumPy and SciPy are installed, without loading them: pages ask it, too."""
    return all(find_spec(name) for name in ("numpy", "scipy"))


def load_libraries():
    """NumPy, and what is needed of SciPy.

    :raise ImportError: one of them is not installed on the server
    """
    import numpy
    from scipy import sparse
    from scipy.optimize import minimize
    from scipy.sparse.linalg import splu

    return Libraries(numpy, sparse, splu, minimize)


class Scores(NamedTuple):
    """One entry each for every score that was given.

    `member`, `rater` and `period` are numbers from 0 on; a rater of -1 is the office that scores
    everybody. `value` is in points.
    """

    member: Any
    rater: Any
    period: Any
    value: Any


@dataclass(frozen=True)
class Rater:
    """What is known of one rater, in points.

    `effect` is how much milder than the mean of all raters (negative: more severe), between `low`
    and `high` with 95 % probability. It rests on the scores of `members` whom somebody else
    scored, too. Who has nothing in common with the others is not comparable, and has no effect.
    """

    effect: float = 0.0
    low: float = 0.0
    high: float = 0.0
    members: int = 0
    is_comparable: bool = False


class Spread(NamedTuple):
    """Standard deviations, in points: of the merits, of the leniencies, of chance in a rater's
    score, and of chance in the office's."""

    merit: float
    leniency: float
    chance: float
    office: float


class Estimate(NamedTuple):
    raters: list
    spread: Spread | None


def estimate(libraries, scores, weight=1.0):
    """Estimate the leniency of every rater.

    :param Scores scores: all that were given in the year
    :param float weight: how much a score of the office counts, from 0 (not at all) to 1 (as much
        as its own variance says)
    :return: `Estimate`, with a `Rater` for each number; without a spread where too little
        connects the raters
    """
    np = libraries.numpy
    count = int(scores.rater.max(initial=-1)) + 1
    if weight <= 0:
        scores = _take(scores, scores.rater >= 0)
    shared = _count_shared(np, scores, count)
    raters = [Rater() for _number in range(count)]
    if np.count_nonzero(shared) < LEAST_RATERS:
        return Estimate(raters, None)
    model = _Model(libraries, scores)
    ratios = model.fit()
    for number, effect, error in zip(model.raters, *model.predict(ratios, weight), strict=True):
        if shared[number]:
            half = HALF_WIDTH * error
            raters[number] = Rater(effect, effect - half, effect + half, int(shared[number]), True)
    return Estimate(raters, model.get_spread(ratios))


def _take(scores, mask):
    return Scores(*(column[mask] for column in scores))


def _count_shared(np, scores, count):
    """For each rater, the members whom somebody else scored, too."""
    pairs = np.unique(np.stack([scores.member, scores.rater]), axis=1)
    by_member = np.bincount(pairs[0], minlength=1) if pairs.size else np.zeros(1, dtype=int)
    shared = (pairs[1] >= 0) & (by_member[pairs[0]] > 1)
    return np.bincount(pairs[1][shared], minlength=count)[:count]


class _Model:
    """Henderson's mixed model equations, with the members absorbed: what is left to be solved has
    a row for each mean and for each rater."""

    def __init__(self, libraries, scores):
        self.libraries = libraries
        np = self.np = libraries.numpy
        self.value = scores.value.astype(float)
        self.is_office = scores.rater < 0
        self.raters, rater = np.unique(scores.rater[~self.is_office], return_inverse=True)
        _members, member = np.unique(scores.member, return_inverse=True)
        # a mean for each quarter, of the raters and of the office
        means = np.stack([scores.period, self.is_office.astype(int)])
        kinds, mean = np.unique(means, axis=1, return_inverse=True)
        self.n_means, self.n_raters, self.n_members = (
            kinds.shape[1],
            len(self.raters),
            len(_members),
        )
        rows, ones = np.arange(len(self.value)), np.ones(len(self.value))
        matrix = libraries.sparse.csr_matrix
        members = matrix((ones, (rows, member)), shape=(len(rows), self.n_members))
        scored = rows[~self.is_office]
        others = matrix(
            (
                np.concatenate([ones, ones[scored]]),
                (
                    np.concatenate([rows, scored]),
                    np.concatenate([mean.ravel(), self.n_means + rater.ravel()]),
                ),
            ),
            shape=(len(rows), self.n_means + self.n_raters),
        )
        # everything is the sum of what the raters say and, with another precision, the office
        self.said = [
            self._sum_up(members[mask], others[mask], self.value[mask])
            for mask in (~self.is_office, self.is_office)
        ]

    @staticmethod
    def _sum_up(members, others, value):
        return _Said(
            members.T @ (value * 0 + 1),
            (others.T @ members).tocsr(),
            (others.T @ others).tocsr(),
            members.T @ value,
            others.T @ value,
            (value**2).sum(),
        )

    def fit(self):
        """The ratios of variances that are most likely, as logarithms: of chance to merit, of
        chance to leniency, and of the office's chance to that of the raters."""
        np = self.np
        start = np.array([-0.5, 0.0, 0.0])
        bounds = [(LEAST, MOST)] * (3 if self.is_office.any() else 2)
        found = self.libraries.minimize(
            self._get_deviance, start[: len(bounds)], bounds=bounds, method="L-BFGS-B"
        )
        return np.append(found.x, 0.0)[:3]

    def get_spread(self, ratios):
        """The standard deviations at these ratios."""
        np = self.np
        variance = self._solve(ratios).variance
        merit, leniency, office = np.exp(ratios)
        values = (variance / merit, variance / leniency, variance, variance * office)
        return Spread(*(float(value) ** 0.5 for value in values))

    def predict(self, ratios, weight):
        """(the leniencies of `raters`, their standard errors), at these ratios."""
        np = self.np
        variance = self._solve(ratios).variance
        solved = self._solve(ratios, weight)
        size, first = self.n_means + self.n_raters, self.n_means
        errors = []
        for start in range(first, size, CHUNK):
            wanted = np.arange(start, min(start + CHUNK, size))
            unit = np.zeros((size, len(wanted)))
            unit[wanted, np.arange(len(wanted))] = 1
            errors.append(solved.factors.solve(unit)[wanted, np.arange(len(wanted))])
        errors = np.sqrt(variance * np.concatenate(errors))
        return solved.others[first:].tolist(), errors.tolist()

    def _get_deviance(self, ratios):
        """Twice the negative restricted log likelihood, up to a constant, at its best variance."""
        np = self.np
        full = np.append(ratios, 0.0)[:3]
        solved = self._solve(full)
        degrees = len(self.value) - self.n_means
        return (
            degrees * np.log(solved.variance)
            + solved.log_determinant
            - self.n_members * full[0]
            - self.n_raters * full[1]
            + self.is_office.sum() * full[2]
        )

    def _solve(self, ratios, weight=1.0):
        """Solve the equations at these ratios, with this weight of the office."""
        np, sparse = self.np, self.libraries.sparse
        merit, leniency, office = np.exp(ratios)
        said = _Said(*(one + two * (weight / office) for one, two in zip(*self.said, strict=True)))
        own = said.members + merit
        ridge = np.concatenate([np.zeros(self.n_means), np.full(self.n_raters, leniency)])
        absorbed = said.mixed @ sparse.diags(1 / own) @ said.mixed.T
        factors = self.libraries.factorize((said.others + sparse.diags(ridge) - absorbed).tocsc())
        others = factors.solve(said.value_others - said.mixed @ (said.value_members / own))
        members = (said.value_members - said.mixed.T @ others) / own
        left = said.squares - said.value_others @ others - said.value_members @ members
        return _Solved(
            others,
            factors,
            max(left, 1e-9) / max(len(self.value) - self.n_means, 1),
            np.log(own).sum() + np.log(np.abs(factors.U.diagonal())).sum(),
        )


class _Said(NamedTuple):
    """Sums over scores: of members, of members by others (means and raters), of others by others,
    of values by members and by others, and of squares of values."""

    members: Any
    mixed: Any
    others: Any
    value_members: Any
    value_others: Any
    squares: Any


class _Solved(NamedTuple):
    others: Any
    factors: Any
    variance: float
    log_determinant: float
