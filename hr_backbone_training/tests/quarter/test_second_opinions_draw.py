# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import Counter

from odoo.tests import BaseCase, tagged

from ...tools.second_opinions import draw

# fifty members of ten mentors
MENTORS = {member: 1000 + member % 10 for member in range(1, 51)}


@tagged("post_install", "-at_install")
class TestSecondOpinionsDraw(BaseCase):
    """The lots alone: who is drawn, without a database."""

    def test_percent(self):
        for percent, number in ((0, 0), (20, 10), (29, 15), (100, 50)):
            with self.subTest(percent=percent):
                self.assertEqual(len(set(draw("2026-Q1", MENTORS, percent))), number)

    def test_few_members(self):
        """One at the least, so that a small company is not left out."""
        self.assertEqual(len(draw("2026-Q1", {1: 9, 2: 9}, 20)), 1)
        self.assertEqual(draw("2026-Q1", {}, 20), [])

    def test_repeatable(self):
        """The same quarter draws the same, in whatever order the members are told; another one
        draws others."""
        first = draw("2026-Q1", MENTORS, 20)
        self.assertEqual(draw("2026-Q1", dict(reversed(MENTORS.items())), 20), first)
        self.assertNotEqual(set(draw("2026-Q2", MENTORS, 20)), set(first))

    def test_each_mentor_once_before_one_comes_twice(self):
        drawn = Counter(MENTORS[member] for member in draw("2026-Q1", MENTORS, 20))
        self.assertEqual(set(drawn.values()), {1})
        self.assertEqual(len(drawn), 10)

    def test_each_mentor_once_a_year(self):
        """One mentor each: four draws of a quarter reach everybody."""
        mentors = {member: 1000 + member for member in range(40)}
        covered = Counter()
        for quarter in range(1, 5):
            for member in draw(f"2026-Q{quarter}", mentors, 25, covered):
                covered[mentors[member]] += 1
        self.assertEqual(covered, dict.fromkeys(mentors.values(), 1))
