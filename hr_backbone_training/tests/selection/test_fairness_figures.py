# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import random
from datetime import date
from fractions import Fraction

from odoo.tests import BaseCase, tagged

from ...tools import fairness
from ...tools.fairness import LEAST, NOT_STATED, OTHERS, Group

try:
    FISHER = fairness.load_fisher()
except ImportError:
    FISHER = None

# so many random companies
DRAWN = 3000


@tagged("post_install", "-at_install")
class TestFairnessFigures(BaseCase):
    """The arithmetic alone, on numbers that can be checked by hand."""

    def _draw(self):
        """Random groups, always the same ones; many of them small."""
        source = random.Random(15)
        for _company in range(DRAWN):
            sizes = [source.choice((1, 2, 3, 4, 5, 6, 9, 30)) for _ in range(source.randint(1, 7))]
            keys = [f"{index}" for index in range(len(sizes) - 1)]
            keys.append(source.choice((NOT_STATED, "x")))
            yield [
                Group(key, size, source.randint(0, size))
                for key, size in zip(keys, sizes, strict=True)
            ]

    def _get_ratios(self, *groups):
        return [row.ratio for row in fairness.compare(groups)]

    # -- ratio and test --------------------------------------------------------------------

    def test_example_of_morris(self):
        """2 of 10 of one group against 15 of 25 of the other: 0.2 ÷ 0.6."""
        rows = fairness.compare([Group("a", 10, 2), Group("b", 25, 15)], FISHER)
        self.assertEqual(rows[0].ratio, Fraction(1, 3))
        self.assertEqual(f"{float(rows[0].ratio):.3f}", "0.333")
        self.assertTrue(fairness.is_low(rows[0]))
        self.assertTrue(rows[1].is_highest)
        self.assertFalse(fairness.is_low(rows[1]))
        if FISHER is None:
            self.assertIsNone(rows[0].p)
            self.skipTest("SciPy is optional, and not installed")
        self.assertEqual(f"{rows[0].p:.4f}", "0.0599")
        self.assertIsNone(rows[1].p)

    def test_exactly_four_fifths_is_enough(self):
        """12 of 25 and 15 of 25: 0.48 ÷ 0.60, which is 0.7999… in binary fractions."""
        enough, _highest = fairness.compare([Group("a", 25, 12), Group("b", 25, 15)])
        self.assertEqual(enough.ratio, Fraction(4, 5))
        self.assertFalse(fairness.is_low(enough))
        below, _highest = fairness.compare([Group("a", 2500, 1199), Group("b", 25, 15)])
        self.assertTrue(fairness.is_low(below))

    def test_nobody_of_one_group(self):
        self.assertEqual(self._get_ratios(Group("a", 8, 0), Group("b", 8, 2)), [0, 1])

    def test_nobody_at_all_is_no_ratio(self):
        rows = fairness.compare([Group("a", 8, 0), Group("b", 9, 0)], FISHER)
        self.assertEqual([row.ratio for row in rows], [None, None])
        self.assertEqual([row.p for row in rows], [None, None])
        self.assertFalse(any(map(fairness.is_low, rows)))

    def test_all_alike(self):
        groups = [Group(key, 10, 5) for key in "abc"]
        self.assertEqual(self._get_ratios(*groups), [1, 1, 1])
        rows = fairness.compare(groups, FISHER)
        self.assertEqual([row.is_highest for row in rows], [True, False, False])
        if FISHER:
            self.assertEqual([row.p for row in rows[1:]], [1, 1])

    def test_not_stated_is_no_group_to_compare(self):
        groups = [Group(NOT_STATED, 9, 9), Group("a", 10, 5), Group("b", 10, 2)]
        self.assertEqual(self._get_ratios(*groups), [None, 1, Fraction(2, 5)])

    def test_order_of_the_groups(self):
        """The order of the groups changes no figure."""
        for groups in self._draw():
            one = {row.group.key: row.ratio for row in fairness.compare(groups)}
            other = {row.group.key: row.ratio for row in fairness.compare(groups[::-1])}
            self.assertEqual(one, other)

    # -- small groups ----------------------------------------------------------------------

    def test_small_groups_are_put_together(self):
        shown = fairness.merge_small(
            [Group("a", 4, 1), Group("b", 3, 2), Group("c", 9, 3), Group("d", 7, 7)]
        )
        self.assertEqual(shown, [Group("c", 9, 3), Group("d", 7, 7), Group(OTHERS, 7, 3)])

    def test_a_single_small_one_takes_the_next_smallest_with_it(self):
        groups = [Group("a", 3, 1), Group("b", 9, 3), Group("c", 6, 6), Group("d", 20, 10)]
        self.assertEqual(
            fairness.merge_small(groups),
            [Group("b", 9, 3), Group("d", 20, 10), Group(OTHERS, 9, 7)],
        )

    def test_two_that_are_too_few_do_so_too(self):
        groups = [Group("a", 1, 1), Group("b", 2, 0), Group("c", 6, 6), Group("d", 9, 1)]
        self.assertEqual(fairness.merge_small(groups), [Group("d", 9, 1), Group(OTHERS, 9, 7)])

    def test_nothing_is_left_to_compare(self):
        for groups in (
            [],
            [Group("a", 30, 4)],
            [Group("a", 4, 1), Group("b", 40, 4)],
            [Group("a", 4, 1), Group("b", 4, 4)],
            [Group(NOT_STATED, 9, 1), Group("b", 40, 4)],
        ):
            with self.subTest(groups=groups):
                self.assertEqual(fairness.merge_small(groups), [])

    def test_large_groups_stay_as_they_are(self):
        groups = [Group("a", 5, 1), Group("b", 40, 4)]
        self.assertEqual(fairness.merge_small(groups), groups)

    def test_no_small_group_comes_out_by_subtraction(self):
        """Whoever knows the sums of all, from another table or from a list, has at the most the
        sum of at least two groups of at least five people together."""
        hidden_once = 0
        for groups in self._draw():
            shown = fairness.merge_small(groups)
            if not shown:
                continue
            self.assertGreaterEqual(min(group.total for group in shown), LEAST)
            for sum_of in ("total", "chosen"):
                self.assertEqual(*(sum(getattr(g, sum_of) for g in of) for of in (groups, shown)))
            keys = {group.key for group in shown}
            alone = [group for group in groups if group.key not in keys]
            self.assertEqual(bool(alone), OTHERS in keys)
            self.assertTrue(not alone or len(alone) > 1, groups)
            self.assertTrue(all(group in groups for group in shown if group.key != OTHERS))
            hidden_once += bool(alone)
        self.assertGreater(hidden_once, DRAWN / 10)

    # -- groups ----------------------------------------------------------------------------

    def test_people_are_counted_by_group(self):
        people = [("b", True), ("a", False), ("b", False), ("b", True)]
        self.assertEqual(fairness.tabulate(people), [Group("a", 1, 0), Group("b", 3, 2)])

    def test_age_is_counted_in_whole_years(self):
        born = date(1996, 2, 29)
        for day, years in (
            (date(2026, 2, 28), 29),
            (date(2026, 3, 1), 30),
            (date(1990, 1, 1), 0),
        ):
            with self.subTest(day=day):
                self.assertEqual(fairness.get_years(born, day), years)
        for years, band in ((0, "0"), (29, "0"), (30, "30"), (39, "30"), (50, "50"), (99, "50")):
            with self.subTest(years=years):
                self.assertEqual(fairness.get_band(years, (30, 40, 50)), band)
