# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""How mild or severe each rater is, told apart from how good those are whom they rated: arrays in,
numbers out, no database.

A linear mixed model: what a rater gives is the mean of the quarter, the merit of the member, the
leniency of the rater and chance. The office, one and the same for all (`Scores.rater` is -1), has
no leniency, but a scale of its own: it gives the mean of its quarter, its `loading` times the
merit, an opinion that it keeps of the member, and chance. (A congeneric measure: Jöreskog,
"Statistical Analysis of Sets of Congeneric Tests", Psychometrika 36, 1971.)

Nothing is taken off a score that the scores of others do not show:

- Where each member has one rater, a spread of the raters' scores may be merit or leniency. Nothing
  but the office's agreement tells which, and with few scores not even that. So the variances are
  estimated by restricted maximum likelihood with a penalty, which says what is assumed beforehand
  (`ASSUMED`) and weighs little where there is much to go by. (Chung, Rabe-Hesketh, Dorie, Gelman
  and Liu, "A Nondegenerate Penalized Likelihood Estimator for Variance Parameters in Multilevel
  Models", Psychometrika 78, 2013.)
- An office that gives the same to all, or whose scores are chance, has a loading of 0, and connects
  nobody. A loading may be chance as well. What is found with the office is averaged with what is
  found without it, and has the share by which twice the gain in log likelihood exceeds what comes
  by chance one time in twenty (`LEAST_GAIN`). (The bound of a one-sided test, Self and Liang,
  Journal of the American Statistical Association 82, 1987; the share is that of positive-part
  shrinkage, Efron and Morris, same journal 68, 1973.)
- The leniencies are the best linear unbiased predictions where the merits are unknown constants.
  They rest on nothing but the differences between scores of the same member (the intra-block
  analysis of Yates), and are the nearer to 0 the less is known of a rater. With merits drawn from
  a distribution, a rater who gave one high score would lose it for being high.
- At most a part of the spread between members is taken off (`LEAST_KEPT`). (Limited translation:
  Efron and Morris, "Limiting the Risk of Bayes and Empirical Bayes Estimators", Journal of the
  American Statistical Association 66 and 67, 1971 and 1972.)

NumPy and SciPy are optional, and are imported by whoever estimates.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, NamedTuple

# what an interval leaves out on each side is one in forty
HALF_WIDTH = 1.959964
# the ratios of variances are sought between e**LEAST and e**MOST, the loading below
# MOST_LOADING, where the office's scores spread as those of the raters do
LEAST, MOST = -7.0, 9.0
MOST_LOADING = 4.0
# by which the slope is felt: a smaller one drowns in rounding where the office leaves no chance
STEP = 1e-4
# the deviance is found once it falls by no more than this
CLOSE = 1e-8
# with fewer of them there is no distribution of raters to speak of: of two, either is as much
# milder as the other is more severe
LEAST_RATERS = 3
# twice the gain in log likelihood that chance alone exceeds one time in twenty, to one side
LEAST_GAIN = 2.71
# of the standard deviation between the means of members, so much stays
LEAST_KEPT = 0.5
# merits are unknown constants: chance is next to nothing beside their variance
CONSTANT = 1e-6
# so many columns of the inverse at a time
CHUNK = 256


class Assumed(NamedTuple):
    """What is assumed of the variances before there are scores: each is so many times that of the
    merits, within e to the power of plus or minus twice the deviation."""

    leniency: float
    leniency_deviation: float
    chance: float
    chance_deviation: float


# leniency between an eighth and twice the merit: mentors see their members' merit, and differ;
# chance, of which more is known, between a fortieth and ten times
ASSUMED = Assumed(0.5, 0.7, 0.5, 1.5)


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

    `effect` is how much milder than the mean of the raters with whom there are members in common
    (negative: more severe), between `low` and `high` with 95 % probability. `members` are those
    whom somebody else scored, too. Who is not comparable has no effect, and `why` says why:
    "alone" (nobody else scored the members), "office" (the office alone did, and its scores do not
    tell members apart as those of the raters do), "few" (it takes `LEAST_RATERS` to compare).
    """

    effect: float = 0.0
    low: float = 0.0
    high: float = 0.0
    members: int = 0
    is_comparable: bool = False
    why: str | None = None


class Spread(NamedTuple):
    """Standard deviations, in points: of the merits, of the leniencies, of chance in a rater's
    score, of the opinions that the office has of members beside their merit, and of chance in the
    office's score; the loading of the office, and how much of what is found with the office counts,
    0 where its scores were not used; and by what the leniencies were multiplied to keep
    `LEAST_KEPT`."""

    merit: float
    leniency: float
    chance: float
    opinion: float
    office: float
    loading: float
    share: float
    factor: float = 1.0


class Estimate(NamedTuple):
    raters: list
    spread: Spread | None


def estimate(libraries, scores, weight=1.0, assumed=ASSUMED, counting=None):
    """Estimate the leniency of every rater.

    :param Scores scores: all that were given in the year
    :param float weight: how much a score of the office counts, from 0 (not at all) to 1 (as much
        as its own variances say)
    :param Assumed assumed: None for plain restricted maximum likelihood
    :param counting: for each score whether the mean of the member is of it; all by default, and
        none of the office
    :return: `Estimate`, with a `Rater` for each number; without a spread where too little
        connects the raters
    """
    np = libraries.numpy
    count = int(scores.rater.max(initial=-1)) + 1
    is_rater = scores.rater >= 0
    alone = _take(scores, is_rater)
    common = _count_shared(np, alone if weight <= 0 else scores, count)
    shared, found = _count_shared(np, alone, count), _Found(0.0)
    is_enough = np.count_nonzero(common) >= LEAST_RATERS
    if is_enough and weight > 0 and _tells_apart(np, scores):
        found = _Model(libraries, scores, assumed).find_with_office(weight)
    if found.share or not is_enough:
        shared = common
    raters = [_get_uncomparable(*counts) for counts in zip(common, shared, strict=True)]
    if np.count_nonzero(shared) < LEAST_RATERS:
        return Estimate(raters, None)
    model = _Model(libraries, alone, assumed)
    by_raters = _count_shared(np, alone, count)[model.raters]
    effects, errors, spread = _average(np, found, model.find(), by_raters)
    effects[shared[model.raters] == 0] = 0
    factor = model.get_factor(effects, counting if counting is None else counting[is_rater])
    for number, effect, error in zip(model.raters, factor * effects, factor * errors, strict=True):
        if shared[number]:
            ends = (effect - HALF_WIDTH * error, effect + HALF_WIDTH * error)
            raters[number] = Rater(float(effect), *map(float, ends), int(shared[number]), True)
    return Estimate(raters, spread._replace(factor=factor))


def _average(np, found, alone, shared):
    """The mean of what is found with the office, as far as that is no chance, and without it.

    :param _Found found: with the office
    :param _Found alone: without it
    :param shared: for each rater, the members whom another rater scored, too
    :return: (leniencies, their standard errors, `Spread`)
    """
    effects = np.where(shared, alone.effects, 0)
    errors = np.where(shared, alone.errors, alone.spread.leniency)
    if not found.share:
        return effects, errors, alone.spread
    mean = found.share * found.effects + (1 - found.share) * effects
    squares = found.share * (found.errors**2 + (found.effects - mean) ** 2)
    squares += (1 - found.share) * (errors**2 + (effects - mean) ** 2)
    return mean, np.sqrt(squares), found.spread


def _take(scores, mask):
    return Scores(*(column[mask] for column in scores))


def _tells_apart(np, scores):
    """Whether the office gave different scores in the same quarter."""
    office = _take(scores, scores.rater < 0)
    return any(
        np.ptp(office.value[office.period == period]) > 0 for period in np.unique(office.period)
    )


def _count_shared(np, scores, count):
    """For each rater, the members whom somebody else scored, too."""
    pairs = np.unique(np.stack([scores.member, scores.rater]), axis=1)
    by_member = np.bincount(pairs[0], minlength=1) if pairs.size else np.zeros(1, dtype=int)
    shared = (pairs[1] >= 0) & (by_member[pairs[0]] > 1)
    return np.bincount(pairs[1][shared], minlength=count)[:count]


def _get_uncomparable(common, shared):
    """:param common: how many members the office or somebody else scored, too
    :param shared: the same without an office that tells nobody apart
    """
    why = "few" if shared else "office" if common else "alone"
    return Rater(members=int(common), why=why)


class _Ratios(NamedTuple):
    """Logarithms of the ratios of variances: of chance to merit, of chance to leniency, of the
    office's chance to that of the raters, and of the office's opinions to chance; the loading."""

    merit: float
    leniency: float
    office: float = 0.0
    opinion: float = 0.0
    loading: float = 0.0


class _Found(NamedTuple):
    """What is found with the office, or without it: the share of it that is no chance, and for
    each rater the leniency and its standard error."""

    share: float
    effects: Any = None
    errors: Any = None
    spread: Spread | None = None


class _Model:
    """Henderson's mixed model equations. The merits, and the office's opinions, are absorbed: what
    is left to be solved has a row for each mean and for each rater. What a member adds to it
    depends on how often raters and the office scored them, so that these sums are made once."""

    def __init__(self, libraries, scores, assumed):
        self.libraries, self.assumed = libraries, assumed
        np = self.np = libraries.numpy
        is_office = scores.rater < 0
        # a mean for each quarter, of the raters and of the office
        kinds = np.stack([scores.period, is_office.astype(int)])
        means = np.unique(kinds, axis=1, return_inverse=True)[1].ravel()
        self.raters, rater = np.unique(scores.rater[~is_office], return_inverse=True)
        _members, member = np.unique(scores.member, return_inverse=True)
        self.n_means, self.n_raters, self.n_members = (
            means.max() + 1,
            len(self.raters),
            len(_members),
        )
        self.n_scores, self.n_office = len(means), int(is_office.sum())
        value = scores.value - (np.bincount(means, scores.value) / np.bincount(means))[means]
        self.scale = self._get_scale(value[is_office], value[~is_office])
        value[is_office] *= self.scale
        self.given = (member[~is_office], rater, value[~is_office])
        self._sum_up(is_office, member, means, rater, value)

    def _get_scale(self, office, given):
        """By what the office's scores are multiplied, so that they spread as the raters' do: its
        own scale, whatever it is, makes no difference then."""
        np = self.np
        return float(np.std(given) / np.std(office)) if len(office) and np.any(given) else 1.0

    def _sum_up(self, is_office, member, means, rater, value):
        """Everything is a sum of what the raters say and, with another precision, the office."""
        np, matrix = self.np, self.libraries.sparse.csr_matrix
        rows = np.arange(self.n_scores)
        size = self.n_means + self.n_raters
        columns = np.concatenate([means, self.n_means + rater, np.full(self.n_scores, size)])
        entries = np.concatenate([np.ones(self.n_scores + len(rater)), value])
        # a column for each mean and each rater, and the values in the last one
        others = matrix(
            (entries, (np.concatenate([rows, rows[~is_office], rows]), columns)),
            shape=(self.n_scores, size + 1),
        )
        members = matrix((rows * 0 + 1.0, (rows, member)), shape=(self.n_scores, self.n_members))
        said = [others[mask].T @ members[mask] for mask in (~is_office, is_office)]
        counts = [
            np.bincount(member[mask], minlength=self.n_members) for mask in (~is_office, is_office)
        ]
        self.counts, group, self.sizes = np.unique(
            np.stack(counts), axis=1, return_inverse=True, return_counts=True
        )
        parts = [others[mask].T @ others[mask] for mask in (~is_office, is_office)]
        diagonal = np.zeros(size + 1)
        diagonal[self.n_means : size] = 1
        parts.append(self.libraries.sparse.diags(diagonal))
        for number in range(len(self.sizes)):
            raters, office = (one.tocsc()[:, group.ravel() == number] for one in said)
            both = raters @ office.T
            parts += [raters @ raters.T, both + both.T, office @ office.T]
        self._lay_out(parts, size)

    def _lay_out(self, parts, size):
        """Lay the parts over each other, so that a sum of them is one product."""
        np = self.np
        parts = [part.tocoo() for part in parts]
        keys = [part.col.astype(np.int64) * (size + 1) + part.row for part in parts]
        places = np.unique(np.concatenate([*keys, np.arange(size) * (size + 2)]))
        numbers = np.repeat(np.arange(len(parts)), [len(key) for key in keys])
        rows = np.searchsorted(places, np.concatenate(keys))
        data = np.concatenate([part.data for part in parts])
        self.parts = self.libraries.sparse.csr_matrix(
            (data, (rows, numbers)), shape=(len(places), len(parts))
        )
        column, row = np.divmod(places, size + 1)
        self.is_inner = (column < size) & (row < size)
        self.is_right = (column == size) & (row < size)
        self.is_corner = (column == size) & (row == size)
        self.right = row[self.is_right]
        self.indices = row[self.is_inner]
        self.starts = np.searchsorted(column[self.is_inner], np.arange(size + 1))

    def fit(self, start=None):
        """The ratios that are most likely, the loading being 0 without a start."""
        np = self.np
        first = np.array([-0.5, 0.0, 0.0, 0.0][: 4 if self.n_office else 2])
        bounds = [(LEAST, MOST)] * len(first)
        if start is not None:
            first = np.array([*start[:4], 0.3])
            bounds.append((0.0, MOST_LOADING))
        found = self.libraries.minimize(
            lambda ratios: self._get_deviance(_Ratios(*ratios)),
            first,
            bounds=bounds,
            method="SLSQP",
            options={"eps": STEP, "ftol": CLOSE, "maxiter": 300},
        )
        return _Ratios(*map(float, found.x))

    def find(self):
        """What is found where the office has no scores."""
        ratios = self.fit()
        return _Found(0.0, *self.predict(ratios, 1.0), self.get_spread(ratios, 0.0))

    def find_with_office(self, weight):
        """What is found with the scores of the office, and how much of it is no chance."""
        without = self.fit()
        ratios = self.fit(without)
        gain = self._get_deviance(without) - self._get_deviance(ratios)
        if gain <= LEAST_GAIN:
            return _Found(0.0)
        share = 1 - float(LEAST_GAIN / gain)
        return _Found(share, *self.predict(ratios, weight), self.get_spread(ratios, share))

    def get_spread(self, ratios, share):
        """The standard deviations at these ratios."""
        np = self.np
        variance = self._solve(ratios).variance
        shares = [np.exp(-ratios.merit), np.exp(-ratios.leniency), 1, 0, 0]
        if self.n_office:
            shares[3:] = np.exp([ratios.opinion, ratios.office]) / self.scale**2
        values = (float(variance * share) ** 0.5 for share in shares)
        return Spread(*values, ratios.loading / self.scale, share)

    def predict(self, ratios, weight):
        """(the leniencies of `raters`, their standard errors), at these ratios."""
        np = self.np
        variance = self._solve(ratios).variance
        solved = self._solve(ratios, weight, merit=CONSTANT)
        size, first = self.n_means + self.n_raters, self.n_means
        errors = []
        for start in range(first, size, CHUNK):
            wanted = np.arange(start, min(start + CHUNK, size))
            unit = np.zeros((size, len(wanted)))
            unit[wanted, np.arange(len(wanted))] = 1
            errors.append(solved.factors.solve(unit)[wanted, np.arange(len(wanted))])
        return solved.others[first:], np.sqrt(variance * np.concatenate(errors))

    def get_factor(self, effects, counting):
        """The most, up to 1, by which the effects can be multiplied so that between the means of
        members `LEAST_KEPT` of the standard deviation stays."""
        np = self.np
        member, rater, value = (
            column if counting is None else column[counting] for column in self.given
        )
        counts = np.bincount(member, minlength=self.n_members)
        raw, taken = (
            np.bincount(member, column, self.n_members)[counts > 0] / counts[counts > 0]
            for column in (value, effects[rater])
        )
        raw, taken = raw - raw.mean(), taken - taken.mean()
        # of a quadratic function of the factor, the lower root
        square, half, rest = taken @ taken, raw @ taken, (1 - LEAST_KEPT**2) * (raw @ raw)
        if square - 2 * half + rest >= 0:
            return 1.0
        return float((half - np.sqrt(half**2 - square * rest)) / square)

    def _get_deviance(self, ratios):
        """Twice the negative restricted log likelihood, up to a constant, at its best variance,
        and the penalty for what is far from what is assumed."""
        np = self.np
        solved = self._solve(ratios)
        deviance = (
            (self.n_scores - self.n_means) * np.log(solved.variance)
            + solved.log_determinant
            - self.n_members * ratios.merit
            - self.n_raters * ratios.leniency
        )
        if self.n_office:
            deviance += self.n_office * ratios.office + self.n_members * ratios.opinion
        if self.assumed:
            leniency, leniency_deviation, chance, chance_deviation = self.assumed
            off = ratios.merit - ratios.leniency - np.log(leniency)
            deviance += (off / leniency_deviation) ** 2
            deviance += ((ratios.merit - np.log(chance)) / chance_deviation) ** 2
        return deviance

    def _solve(self, ratios, weight=1.0, merit=None):
        """Solve the equations at these ratios, with this weight of the office."""
        np = self.np
        office, opinion = np.exp(-ratios.office) * weight, np.exp(-ratios.opinion) * weight
        merit, loading = merit or np.exp(ratios.merit), ratios.loading
        by_raters, by_office = self.counts[0], office * self.counts[1]
        # of merit and opinion, the inverse of what there is to know
        known = (
            by_raters + loading**2 * by_office + merit,
            loading * by_office,
            by_office + opinion,
        )
        determinant = known[0] * known[2] - known[1] ** 2
        both, cross, single = known[2], -known[1], known[0]
        absorbed = np.stack(
            [
                both,
                office * (loading * both + cross),
                office**2 * (loading**2 * both + 2 * loading * cross + single),
            ],
            axis=1,
        )
        absorbed = (absorbed / determinant[:, None]).ravel()
        data = self.parts @ np.concatenate([[1, office, np.exp(ratios.leniency)], -absorbed])
        return self._factorize(data, self.sizes @ np.log(determinant))

    def _factorize(self, data, log_determinant):
        np, size = self.np, self.n_means + self.n_raters
        inner = (data[self.is_inner], self.indices, self.starts)
        factors = self.libraries.factorize(
            self.libraries.sparse.csc_matrix(inner, shape=(size, size))
        )
        right = np.zeros(size)
        right[self.right] = data[self.is_right]
        others = factors.solve(right)
        left = data[self.is_corner].sum() - right @ others
        return _Solved(
            others,
            factors,
            max(left, 1e-9) / max(self.n_scores - self.n_means, 1),
            log_determinant + np.log(np.abs(factors.U.diagonal())).sum(),
        )


class _Solved(NamedTuple):
    others: Any
    factors: Any
    variance: float
    log_determinant: float
