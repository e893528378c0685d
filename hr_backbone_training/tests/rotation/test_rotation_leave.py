# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..bulk import copy_rows
from ..common_rotation import BackboneRotationCommon


@tagged("post_install", "-at_install")
class TestRotationLeave(BackboneRotationCommon):
    """Time off within the days of the stay is shown: dates only, never the reason."""

    def _leave(self, start, end, employee=None, **kwargs):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Operation at the hospital",
                "resource_id": (employee or self.worker).resource_id.id,
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": start,
                "date_to": end,
                **kwargs,
            }
        )

    def test_dates_only(self):
        rotation = self._draft()
        self.assertFalse(rotation.leave_conflict)
        self._leave("2026-05-01 07:00:00", "2026-05-05 17:00:00")
        self._leave("2026-05-20 07:00:00", "2026-05-20 17:00:00")
        self._leave("2026-06-01 07:00:00", "2026-06-03 17:00:00")
        self._leave("2026-05-10 07:00:00", "2026-05-11 17:00:00", self.colleague)
        rotation.invalidate_recordset()
        self.assertEqual(
            rotation.leave_conflict,
            "Time off from 05/04/2026 to 05/05/2026.\nTime off on 05/20/2026.",
        )
        host = self._requested().with_user(self.user_keeper)
        self.assertNotIn("hospital", host.leave_conflict)

    def test_work_elsewhere(self):
        self._leave("2026-05-05 07:00:00", "2026-05-05 17:00:00", time_type="other")
        self.assertFalse(self._draft().leave_conflict)

    def test_days_are_the_companys(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        # the 4th of May in Shanghai
        self._leave("2026-05-03 23:00:00", "2026-05-04 09:00:00")
        rotation = self._draft(date_start="2026-05-04", date_end="2026-05-04")
        self.assertEqual(rotation.leave_conflict, "Time off on 05/04/2026.")
        rotation = self._draft(date_start="2026-05-03", date_end="2026-05-03")
        self.assertFalse(rotation.leave_conflict)

    def test_periods_are_joined(self):
        for start, end in (("04", "06"), ("06", "08"), ("09", "09")):
            self._leave(f"2026-05-{start} 07:00:00", f"2026-05-{end} 17:00:00")
        self.assertEqual(self._draft().leave_conflict, "Time off from 05/04/2026 to 05/09/2026.")

    def test_no_query_for_each(self):
        rotations = self._draft()
        rotations |= copy_rows(rotations, 99)
        self._leave("2026-05-05 07:00:00", "2026-05-05 17:00:00")
        rotations[:1].mapped("leave_conflict")
        few, many = (
            self._cost(lambda some=some: some.mapped("leave_conflict"))
            for some in (rotations[:2], rotations)
        )
        self.assertLessEqual(many, 14)
        self.assertEqual(many, few)
        self.assertTrue(all(rotation.leave_conflict for rotation in rotations))
