# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_quarter import QuarterCommon


@tagged("post_install", "-at_install")
class TestLoginQuarter(QuarterCommon):
    """Whoever was ever the person of a report or an assessment takes no step of HR on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        officer = cls.env.ref("hr_backbone_training.group_hr_backbone_officer")
        cls.user_colleague.group_ids |= officer

    def test_nobody_accepts_the_own_report(self):
        """HR takes their own login off their own employee, before or after the quarter begins."""
        for early in (True, False):
            with self.subTest(early=early):
                self._check_own_report(early)

    def _check_own_report(self, early):
        with self.env.cr.savepoint() as savepoint:
            employee = self.colleague.with_user(self.user_colleague).sudo()
            if early:
                employee.user_id = False
                employee.with_user(self.user_officer).sudo().user_id = self.user_colleague
            report = self._submit_report(self._open(), self.colleague)
            employee.user_id = False
            self.env.invalidate_all()
            report = report.with_user(self.user_colleague)
            with self.assertRefused("You cannot accept your own report"):
                report.action_accept(80)
            savepoint.rollback()
            self.env.registry.clear_cache()

    def test_mentor_of_a_mentorship_without_login(self):
        """HR accepts for whoever has no login, but not for the person that HR was."""
        mentorship = self._appoint(self.member, self.tutor)
        self.user_tutor.write({"group_ids": [(6, 0, self.env.ref("base.group_user").ids)]})
        self.user_tutor.group_ids |= self.env.ref("hr_backbone_training.group_hr_backbone_officer")
        self.assertIn("mentor", mentorship.with_user(self.user_tutor)._get_my_parts())
        self.tutor.with_user(self.user_tutor).sudo().user_id = False
        self.env.invalidate_all()
        self.assertNotIn("mentor", mentorship.with_user(self.user_tutor)._get_my_parts())
