# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from itertools import permutations

from odoo.tests import BaseCase, tagged

from ...tools import mentor_matching as matching
from ...tools.mentor_matching import Weights

try:
    LIBRARIES = matching.load_libraries()
except ImportError:
    LIBRARIES = None


@tagged("post_install", "-at_install")
class TestMentorMatching(BaseCase):
    """The arithmetic alone, on numbers that can be checked by hand."""

    def setUp(self):
        super().setUp()
        if LIBRARIES is None:
            self.skipTest("SciPy is optional, and not installed")
        self.np = LIBRARIES.numpy

    def _solve(self, base, free, load_points=None, allowed=None):
        np = self.np
        base = np.array(base, dtype=float)
        free = np.array(free)
        allowed = np.ones(base.shape, dtype=bool) if allowed is None else np.array(allowed)
        if load_points is None:
            load_points = [[0] * max([*free, 1])] * len(free)
        arguments = base, allowed, np.array(load_points, dtype=float), free
        best = matching.assign(LIBRARIES, *arguments)
        listed = matching.assign_in_turn(np, *arguments)
        totals = [matching.get_total(base, arguments[2], found) for found in (best, listed)]
        return best, listed, totals

    def test_best_as_a_whole(self):
        """Down the list A takes X (90), and Y with 10 is left for B: 100. Together, A with Y
        (80) and B with X (85) make 165."""
        best, listed, totals = self._solve([[90, 80], [85, 10]], [1, 1])
        self.assertEqual(listed, {0: (0, 0), 1: (1, 0)})
        self.assertEqual(best, {0: (1, 0), 1: (0, 0)})
        self.assertEqual(totals, [165, 100])

    def test_a_mentor_for_everybody_comes_before_points(self):
        """A fits X only, B fits both. B with X has 10,000, and A would stay without: A with X
        (1) and B with Y (0) are better."""
        best, listed, totals = self._solve(
            [[0, 0], [10_000, 0], [1, 0]],
            [1, 1],
            allowed=[[False, False], [True, True], [True, False]],
        )
        self.assertEqual(best, {1: (1, 0), 2: (0, 0)})
        self.assertEqual(listed, {1: (0, 0)})
        self.assertEqual(totals, [1, 10_000])

    def test_two_places(self):
        """X takes two, the second for 5 points of load in the place of 10: all three members
        have a mentor, and X is full."""
        best, listed, totals = self._solve(
            [[50, 20], [50, 20], [40, 39]], [2, 1], load_points=[[10, 5], [10, 5]]
        )
        self.assertEqual(best, {0: (0, 0), 1: (0, 1), 2: (1, 0)})
        self.assertEqual(totals, [164, 164])
        self.assertEqual(listed, best)

    def test_nobody(self):
        for shape, free in (((0, 2), [1, 1]), ((2, 0), []), ((2, 1), [0])):
            with self.subTest(shape=shape):
                base = self.np.zeros(shape)
                arguments = base, base == 0, self.np.zeros((shape[1], 1)), self.np.array(free)
                self.assertEqual(matching.assign(LIBRARIES, *arguments[:3], self._int(free)), {})
                self.assertEqual(
                    matching.assign_in_turn(self.np, *arguments[:3], self._int(free)), {}
                )

    def _int(self, values):
        return self.np.array(values, dtype=int)

    def test_as_good_as_trying_all(self):
        """On small random cases nothing that one can try is better."""
        random = self.np.random.default_rng(4)
        for _case in range(20):
            base = random.integers(0, 10_000, (4, 5)).astype(float)
            allowed = random.random((4, 5)) < 0.6
            best = self._solve(base, [1] * 5, allowed=allowed)[0]
            tried = max(
                (
                    sum(bool(allowed[row, column]) for row, column in enumerate(way)),
                    sum(
                        base[row, column] for row, column in enumerate(way) if allowed[row, column]
                    ),
                )
                for way in permutations(range(5), 4)
            )
            total = sum(base[row, column] for row, (column, _number) in best.items())
            self.assertEqual((len(best), total), tried)

    def _people(self, levels, departments, places):
        array = self.np.array
        return matching.People(array(levels, dtype="f4"), array(departments), array(places))

    def test_parts_of_a_score(self):
        """The mentor masters two skills with 100 and 60 %. Of these 160 the member lacks 100
        and 20: three quarters of 40 points. Another department, two steps above of three:
        two thirds of 30. With one other member of two: half of 10."""
        np = self.np
        weights = Weights(
            skill=40, department=20, rank=30, load=10, same_department=True, cap=2, ranks=3
        )
        member = self._people([[0, 40, 90]], [7], [1])
        mentor = self._people([[100, 60, 0]], [8], [3])
        for compare in (matching.compare_all, matching.compare_each):
            points = compare(np, member, mentor).get_points(np, weights)
            self.assertEqual(
                {part: float(found.item()) for part, found in points.items()},
                {"skill": 3000, "department": 0, "rank": 2000},
            )
            other = weights._replace(same_department=False)
            points = compare(np, member, mentor).get_points(np, other)
            self.assertEqual(float(points["department"].item()), 2000)
        self.assertEqual(weights.get_load_score(1), 5)
        self.assertEqual(weights.get_load_score(5), 0)
        self.assertEqual(
            matching.get_load_points(np, np.array([0, 1, 5]), weights).tolist(), [1000, 500, 0]
        )

    def test_whoever_has_no_skill_or_department_gets_no_points_for_it(self):
        np = self.np
        for same in (True, False):
            weights = Weights(1, 1, 0, 0, same, 1, 3)
            nobody = self._people([[0]], [0], [0])
            points = matching.compare_all(np, nobody, nobody).get_points(np, weights)
            self.assertEqual([part.item() for part in points.values()], [0, 0, 0])

    def test_weights_of_zero(self):
        weights = Weights(0, 0, 0, 0, True, 1, 3)
        people = self._people([[50]], [1], [1])
        points = matching.compare_all(self.np, people, people).get_points(self.np, weights)
        self.assertEqual([part.item() for part in points.values()], [0, 0, 0])
        self.assertEqual(weights.get_load_score(0), 0)
