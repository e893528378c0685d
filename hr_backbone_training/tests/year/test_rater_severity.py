# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import BaseCase, tagged

from ...tools import rater_severity as severity
from ...tools.rater_severity import Scores

try:
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

    def _estimate(self, rows, weight=1.0):
        """:param rows: [(member, rater, period, value)]"""
        columns = zip(*rows, strict=True)
        scores = Scores(*(self.np.array(column) for column in columns))
        return severity.estimate(LIBRARIES, scores, weight)

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
        """Where every judge rates every target, REML gives what the mean squares give."""
        spread = self._estimate(self._published()).spread
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
        """The own mentee gains less than four of them, and nobody else more than one."""
        before, after = (
            self._estimate(self._company(second=(0, 4), milder=milder)) for milder in (0, 10)
        )
        gains = [
            (10 if number == 0 else 0) - (new.effect - old.effect)
            for number, (old, new) in enumerate(zip(before.raters, after.raters, strict=True))
        ]
        self.assertLess(gains[0], 4)
        self.assertGreater(gains[0], 0)
        self.assertLess(max(map(abs, gains[1:])), 2)

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
