# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import defaultdict
from itertools import product

from odoo.tests import BaseCase, tagged

from ...tools import rater_severity as severity
from ...tools.rater_severity import Scores

try:
    from scipy.stats import kendalltau

    LIBRARIES = severity.load_libraries()
except ImportError:
    LIBRARIES = None

# Shrout and Fleiss, "Intraclass Correlations: Uses in Assessing Rater Reliability",
# Psychological Bulletin 86 (1979), table 2: six targets (rows), rated by four judges
SHROUT_FLEISS = (
    (9, 2, 5, 8),
    (6, 1, 3, 2),
    (8, 4, 6, 8),
    (7, 1, 2, 6),
    (10, 5, 6, 9),
    (6, 2, 4, 7),
)
# their mean squares, in table 3: between targets, between judges, and of the rest
BETWEEN_TARGETS, BETWEEN_JUDGES, REST = 11.24, 32.49, 1.02
# standard deviations of what is made up, in points
ABILITY, SEVERITY, NOISE, OFFICE_NOISE = 8, 5, 4, 6
QUARTERS = 4
# the judges by their means: 7.67, 6.67, 4.33 and 2.50
FROM_MILD_TO_SEVERE = [0, 3, 2, 1]


@tagged("post_install", "-at_install")
class TestRaterSeverity(BaseCase):
    """The arithmetic alone, on numbers that were published or can be checked by hand."""

    def setUp(self):
        super().setUp()
        if LIBRARIES is None:
            self.skipTest("SciPy is optional, and not installed")
        self.np = LIBRARIES.numpy

    def _estimate(self, rows, weight=1.0, **options):
        """:param rows: [(member, rater, period, value)]"""
        columns = zip(*rows, strict=True)
        scores = Scores(*(self.np.array(column) for column in columns))
        return severity.estimate(LIBRARIES, scores, weight, **options)

    def _published(self, leave_out=()):
        return [
            (target, judge, 0, value)
            for target, row in enumerate(SHROUT_FLEISS)
            for judge, value in enumerate(row)
            if (target, judge) not in leave_out
        ]

    def _get_order(self, estimate):
        """The numbers of the raters, the mildest one first."""
        effects = [rater.effect for rater in estimate.raters]
        return sorted(range(len(effects)), key=lambda number: -effects[number])

    def _company(self, second=(), milder=0.0, office=True):
        """Eight members with a mentor each, two quarters. What a member deserves, how mild the
        mentor is and what chance does are small numbers that repeat.

        :param second: the members whom rater 8 assesses, too
        :param float milder: how much mentor 0 gives on top
        :param bool office: HR scores everybody, too
        """
        rows = []
        for member in range(8):
            for period in range(2):
                merit = 70 + 3 * member
                mild = (-4, 6, 0, 3, -6, 5, -2, -2)[member] + (milder if member == 0 else 0)
                chance = ((member * 5 + period * 3) % 7) - 3
                rows.append((member, member, period, merit + mild + chance))
                if office:
                    rows.append((member, -1, period, merit + (member * 3 + period) % 5 - 2))
                if member in second:
                    rows.append((member, 8, period, merit + 2 + (member + period) % 3 - 1))
        return rows

    def test_published_variances(self):
        """Where every judge rates every target, REML gives what the mean squares give. What is
        assumed beforehand draws the leniencies nearer to half of the merits."""
        spread = self._estimate(self._published(), assumed=None).spread
        drawn = self._estimate(self._published()).spread
        self.assertLess(drawn.leniency / drawn.merit, spread.leniency / spread.merit)
        self.assertGreater(drawn.leniency / drawn.merit, 0.5**0.5)
        self.assertAlmostEqual(spread.chance**2, REST, delta=0.01)
        self.assertAlmostEqual(spread.leniency**2, (BETWEEN_JUDGES - REST) / 6, delta=0.01)
        self.assertAlmostEqual(spread.merit**2, (BETWEEN_TARGETS - REST) / 4, delta=0.01)

    def test_published_order(self):
        """The order of the judges is right, also where each target has lost a rating or two."""
        for leave_out in (
            (),
            ((0, 0), (1, 1), (2, 2), (3, 3), (4, 0), (5, 1)),
            ((0, 0), (0, 3), (1, 1), (2, 2), (3, 0), (3, 1), (4, 3), (5, 2)),
        ):
            with self.subTest(leave_out=leave_out):
                estimate = self._estimate(self._published(leave_out))
                self.assertEqual(self._get_order(estimate), FROM_MILD_TO_SEVERE)

    def test_effects_add_up_to_nothing(self):
        """Nobody's points come from nowhere: what the mild lose, the severe gain."""
        effects = [rater.effect for rater in self._estimate(self._published()).raters]
        self.assertAlmostEqual(sum(effects), 0, places=6)

    def test_interval(self):
        """It holds the effect, and is the narrower the more a rater has scored."""
        few = self._published([(target, 0) for target in range(1, 6)])
        wide, narrow = (self._estimate(rows).raters[0] for rows in (few, self._published()))
        for rater in (wide, narrow):
            self.assertTrue(rater.low < rater.effect < rater.high)
        self.assertGreater(wide.high - wide.low, narrow.high - narrow.low)

    def test_on_how_much_it_rests(self):
        estimate = self._estimate(self._company(second=(1, 2, 3), office=False))
        shared = [rater.members for rater in estimate.raters]
        self.assertEqual(shared, [0, 1, 1, 1, 0, 0, 0, 0, 3])
        comparable = [rater.is_comparable for rater in estimate.raters]
        self.assertEqual(comparable, [number > 0 for number in shared])

    def test_where_nothing_connects(self):
        """One mentor each, and nobody else's word: what is mild and what is good cannot be told
        apart, and nothing is adjusted."""
        estimate = self._estimate(self._company(office=False))
        self.assertIsNone(estimate.spread)
        self.assertEqual({rater.effect for rater in estimate.raters}, {0.0})
        self.assertFalse(any(rater.is_comparable for rater in estimate.raters))

    def test_office_connects(self):
        estimate = self._estimate(self._company())
        self.assertTrue(all(rater.is_comparable for rater in estimate.raters))
        order = self._get_order(estimate)
        self.assertLess(order.index(1), order.index(4))

    def test_weight_of_the_office(self):
        """Without weight it is as if it had said nothing, and the more the weight the more of a
        mentor's mildness is seen."""
        second = (0, 1, 2, 3, 4)
        alone = self._estimate(self._company(second, milder=10, office=False))
        none, half, full = (
            self._estimate(self._company(second, milder=10), weight) for weight in (0, 0.5, 1)
        )
        self.assertEqual(none, alone)
        self.assertLess(half.raters[0].low, half.raters[0].effect)
        self.assertNotEqual(half.raters[0].effect, full.raters[0].effect)

    def test_one_mentor_gives_ten_points_more(self):
        """The own mentee gains less than half of them, though there are eight members and no more,
        and nobody else gains much."""
        before, after = (
            self._estimate(self._company(second=(0, 4), milder=milder)) for milder in (0, 10)
        )
        gains = [
            (10 if number == 0 else 0) - (new.effect - old.effect)
            for number, (old, new) in enumerate(zip(before.raters, after.raters, strict=True))
        ]
        self.assertLess(gains[0], 5)
        self.assertGreater(gains[0], 0)
        self.assertLess(max(map(abs, gains[1:])), 2.5)

    def test_names_and_order_change_nothing(self):
        rows = self._company(second=(0, 2, 5))
        renamed = [
            (7 - member, 8 - rater if rater >= 0 else -1, period, value)
            for member, rater, period, value in reversed(rows)
        ]
        effects = [rater.effect for rater in self._estimate(rows).raters]
        others = [rater.effect for rater in self._estimate(renamed).raters]
        for effect, other in zip(effects, reversed(others), strict=True):
            self.assertAlmostEqual(effect, other, delta=0.01)

    def test_nobody_scored(self):
        np = self.np
        scores = Scores(*(np.array([], dtype=kind) for kind in (int, int, int, float)))
        self.assertEqual(severity.estimate(LIBRARIES, scores), ([], None))

    def test_all_the_same(self):
        """No spread at all is no error."""
        rows = [(member, rater, 0, 80) for member in range(4) for rater in range(3)]
        for rater in self._estimate(rows).raters:
            self.assertAlmostEqual(rater.effect, 0, places=6)

    # -- never worse than raw --------------------------------------------------------------

    def _make_up(
        self, seed, members, follows=1.0, opinion=0, severity_=SEVERITY, office=OFFICE_NOISE
    ):
        """A year of so many members, with a mentor each.

        :param float follows: how strongly the office's scores follow what a member deserves
        :param opinion: how far they follow what the office thinks of a member, which is not it
        :return: (what the members deserve, the rows)
        """
        random = self.np.random.default_rng(seed)
        abilities = random.normal(0, ABILITY, members)
        severities = random.normal(0, severity_, members)
        noise = random.normal(0, 1, (2, members, QUARTERS))
        held = 80 + follows * abilities + opinion * random.normal(0, 1, members)
        rows = []
        for member, period in product(range(members), range(QUARTERS)):
            score = 75 + abilities[member] + severities[member] + NOISE * noise[0, member, period]
            said = held[member] + office * noise[1, member, period]
            rows += [(member, member, period, score), (member, -1, period, said)]
        return abilities, rows

    def _get_means(self, rows, estimate=None):
        """The mean of each member, adjusted if there is an estimate."""
        given = defaultdict(list)
        for member, rater, _period, value in rows:
            if rater >= 0:
                effect = estimate.raters[rater].effect if estimate else 0
                given[member].append(value - effect)
        return [sum(values) / len(values) for _member, values in sorted(given.items())]

    def _get_agreements(self, seeds, members, **how):
        """Kendall's τ with what the members deserve, raw and adjusted, on the mean."""
        agreements = []
        for seed in range(seeds):
            abilities, rows = self._make_up(seed, members, **how)
            estimates = (None, self._estimate(rows))
            means = (self._get_means(rows, estimate) for estimate in estimates)
            agreements.append([kendalltau(abilities, values).statistic for values in means])
        return self.np.mean(agreements, axis=0)

    def _check_none(self, estimate, why):
        self.assertIsNone(estimate.spread)
        for rater in estimate.raters:
            self.assertEqual((rater.effect, rater.is_comparable, rater.why), (0, False, why))

    def test_office_gives_all_the_same(self):
        """It connects nobody, and nothing is taken off."""
        for members in (5, 14, 60):
            with self.subTest(members=members):
                _abilities, rows = self._make_up(1, members, follows=0, office=0)
                self._check_none(self._estimate(rows), "office")

    def test_office_gives_the_same_in_each_quarter(self):
        rows = [
            (member, rater, period, 70 + 5 * period if rater < 0 else value)
            for member, rater, period, value in self._make_up(2, 9)[1]
        ]
        self._check_none(self._estimate(rows), "office")

    def test_office_is_chance(self):
        """The order of the members is not worse than it was given."""
        for members, seeds in ((5, 12), (14, 8), (60, 4)):
            for how in ({}, {"opinion": 6, "office": 2}):
                with self.subTest(members=members, **how):
                    raw, adjusted = self._get_agreements(seeds, members, follows=0, **how)
                    self.assertGreater(adjusted, raw - 0.02)

    def test_office_tells_members_apart(self):
        """The order is better, and the more so the more members there are."""
        for members, least in ((14, 0.04), (60, 0.1)):
            with self.subTest(members=members):
                raw, adjusted = self._get_agreements(8, members)
                self.assertGreater(adjusted, raw + least)

    def test_scale_of_the_office(self):
        """An office that gives 78 to 82, or ten points more, says the same in its own points."""
        _abilities, rows = self._make_up(3, 30)
        effects = [rater.effect for rater in self._estimate(rows).raters]
        self.assertGreater(max(effects), 3)
        for scale, more in ((0.2, 60), (1, 10)):
            others = [
                (member, rater, period, value * scale + more if rater < 0 else value)
                for member, rater, period, value in rows
            ]
            for effect, rater in zip(effects, self._estimate(others).raters, strict=True):
                self.assertAlmostEqual(rater.effect, effect, delta=0.01)

    def test_half_of_the_spread_stays(self):
        """Between the members, whatever the mentors and the office do."""
        for seed, members, severity_, office in product(range(2), (4, 20), (5, 40), (0.1, 6)):
            how = {"severity_": severity_, "office": office}
            _abilities, rows = self._make_up(seed, members, **how)
            # or a second rater, whose word has more weight than the office's
            second = [(row[0], members if row[1] < 0 else row[1], *row[2:]) for row in rows]
            for given in (rows, second):
                with self.subTest(seed=seed, members=members, second=given is second, **how):
                    raw, adjusted = (
                        self.np.std(self._get_means(given, estimate))
                        for estimate in (None, self._estimate(given))
                    )
                    self.assertGreaterEqual(adjusted, 0.4999 * raw)

    def test_half_of_the_spread_that_counts_stays(self):
        """A second opinion tells of the mentor, and the member gets nothing of it."""
        _abilities, rows = self._make_up(1, 20, severity_=40)
        given = [(row[0], 20 if row[1] < 0 else row[1], *row[2:]) for row in rows]
        counting = self.np.array([row[1] >= 0 for row in rows])
        for options in ({}, {"counting": counting}):
            estimate = self._estimate(given, **options)
            mentors = [row for row in given if row[1] < 20 or not options]
            raw, adjusted = (
                self.np.std(self._get_means(mentors, found)) for found in (None, estimate)
            )
            self.assertLess(estimate.spread.factor, 1)
            self.assertAlmostEqual(adjusted, raw / 2, delta=0.01 * raw)

    def test_one_score_each(self):
        """Three mentors, and three scores: next to nothing is known, and little is taken off."""
        given = [(0, 0, 0, 50), (1, 1, 0, 90), (2, 2, 0, 10)]
        same, apart, second = (
            self._estimate(
                [*given, *((member, rater, 0, 60 + step * member) for member in range(3))]
            )
            for rater, step in ((-1, 0), (-1, 1), (3, 0))
        )
        for estimate in (same, apart):
            self.assertEqual({rater.effect for rater in estimate.raters}, {0})
        # whoever scored all three of them saw no difference of 40 points
        self.assertLess(second.raters[1].effect, 40 / 3)
        self.assertGreater(second.raters[1].effect, 0)

    def test_the_less_is_known_the_less_is_taken_off(self):
        """Of two mentors who gave five points more than others did, each time."""
        rows = [
            (member, member, period, 70 + 2 * member + (5 if member in (0, 1) else -2))
            for member, period in product(range(8), range(4))
        ]
        rows += [
            (member, 8, period, 70 + 2 * member + (member != 1) * (3, -3)[(member + period) % 2])
            for member, period in product(range(8), range(4))
            if member != 1 or not period
        ]
        effects = [rater.effect for rater in self._estimate(rows).raters]
        self.assertGreater(effects[0], effects[1])
        self.assertGreater(effects[1], 0)

    def test_members_whom_nobody_else_scored(self):
        """They may be good: that one mentor's are, does not make the mentor mild."""
        rows = self._company(second=(0, 1, 2, 3), office=False)
        good = [*rows, *((8, 0, period, 95) for period in range(2))]
        before, after = (self._estimate(scores).raters[0].effect for scores in (rows, good))
        self.assertAlmostEqual(before, after, delta=0.5)

    def test_two_raters(self):
        """Of two, either is as much milder as the other is more severe."""
        _abilities, rows = self._make_up(4, 2)
        self._check_none(self._estimate(rows), "few")
