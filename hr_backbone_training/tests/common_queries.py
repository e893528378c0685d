# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from .bulk import copy_rows

FEW, MANY = 10, 1000
# queries of a page beyond those of Odoo's own /my/security, which does nothing of ours
BUDGET = 35
# one's own page asks everything once: who one is and manages (6), the member, cases and plans
# (3), each kind of thing that may wait (14, and 2 to 4 for names where one does), each room
# (14), and for who has no document yet the program in full (13). Measured: 48 for a director
# with cases to approve and to sign, 38 for an employee; a room costs one or two.
BUDGET_OWN_PAGE = 56


class QuerySteps:
    """Pages beside few and many rows, for the tests of the portal."""

    def _copy_rows(self, record, count, **changes):
        """`count` more rows like the stored one, by SQL: history without its making."""
        self.assertEqual(len(copy_rows(record, count, **changes)), count)
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def assertSteady(self, user, url, grow, budget=BUDGET):
        """The page asks no more with MANY rows than with FEW, and stays in its budget."""
        self._login(user)
        base = self._count_queries("/my/security")
        grow(FEW)
        few = self._count_queries(url)
        grow(MANY - FEW)
        many = self._count_queries(url)
        self.assertLessEqual(many, few + 2, f"{url}: {few} queries, then {many}")
        self.assertLessEqual(many - base, budget, f"{url}: {many} queries, {base} are Odoo's")
