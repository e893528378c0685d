# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.core.shown import show, show_each, show_rows
from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestShown(BackboneCommon):
    """What a page shows of a document beyond what its reader reads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._submitted()

    def test_values_by_name(self):
        case = self._as(self.case, self.user_director)
        shown = show_each(case, "employee_id.name", "plan_id.line_ids.action")
        self.assertEqual(list(shown), [case])
        self.assertFalse(next(iter(shown)).env.su)
        self.assertEqual(shown[case].employee_id.name, self.worker.name)
        actions = self.case.sudo().plan_id.line_ids.mapped("action")
        self.assertEqual([line.action for line in shown[case].plan_id.line_ids], actions)
        for name in ("id", "env", "user_id"):
            # nothing that was not asked for, and no way from there to more
            self.assertFalse(hasattr(shown[case].employee_id, name), name)
        self.assertEqual([row.id for row in show_rows(case, "id")], case.ids)

    def test_none(self):
        none = self._as(self.case.browse(), self.user_director)
        self.assertEqual(show_each(none, "employee_id.name"), {})
        self.assertFalse(show(none, "employee_id.name"))
        self.assertFalse(show(none, "employee_id.name").employee_id.name)

    def test_only_to_who_reads(self):
        for read in (show, show_each, show_rows):
            with self.assertRaises(AccessError):
                read(self._as(self.case, self.user_colleague), "employee_id.name")
