# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from odoo.addons.hr_backbone_training.tests.common_portal import BackbonePortalCommon

from .common import HolidaysCommon

REASON = "hospital"


@tagged("post_install", "-at_install")
class TestPortal(BackbonePortalCommon, HolidaysCommon):
    """The pages say who is away and when, and never why."""

    def _open(self, user, address):
        self._login(user)
        text = self._get(address).text
        self.assertNotIn(REASON, text)
        return text

    def test_case(self):
        self._approve(self.director, "03-02", "03-13")
        text = self._open(self.user_leader, self.case.access_url)
        self.assertIn("Director is away from 03/02/2026 to 03/13/2026", text)

    def test_mentorship_and_talk(self):
        member = self._admitted(employee=self.plain, user=self.user_manager)
        mentorship = self._mentored(member, self.mentor)
        self._approve(self.mentor, "03-04", "03-06")
        self._ask(self.plain, "03-20")
        talk = (
            self.env["hr.backbone.mentorship.session"]
            .with_user(self.user_mentor)
            .create({"mentorship_id": mentorship.id, "date_start": "2026-03-05 10:00:00"})
        )
        self.env.flush_all()
        for user in (self.user_plain, self.user_mentor):
            text = self._open(user, mentorship.access_url)
            self.assertIn("is away from 03/04/2026 to 03/06/2026", text)
            self.assertIn("Time off from 03/04/2026 to 03/06/2026.", text)
            self.assertIn("Time off on 03/20/2026.", text)
            self.assertIn("has time off at that time.", self._open(user, talk.access_url))
