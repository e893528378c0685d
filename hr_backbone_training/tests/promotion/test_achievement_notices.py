# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ..common_promotion import PromotionCommon


@tagged("post_install", "-at_install")
class TestAchievementNotices(PromotionCommon):
    """Who is told of an achievement, and of a certification that is about to expire."""

    # -- who is told -----------------------------------------------------------------------

    def _take_mails(self):
        self.env.flush_all()
        mails = self.env["mail.mail"].search([("model", "=like", "hr.backbone.%")])
        users = mails.recipient_ids.user_ids
        mails.unlink()
        # the job told people of other companies, too
        return users.filtered(lambda user: user.company_id == self.company)

    def test_mentor_is_asked_and_member_is_told(self):
        record = self._new_achievement()
        record.action_submit()
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_mentor)
        self.assertEqual(self._take_mails(), self.user_mentor)
        record.with_user(self.user_mentor).action_return("Which chamber?")
        self.assertEqual(self._take_mails(), self.user_worker)
        self.assertFalse(record.sudo().activity_ids, "a portal login sees none")
        record.action_submit()
        record.with_user(self.user_mentor).action_verify()
        self.assertFalse(record.sudo().activity_ids)

    def test_without_mentor_hr_is_asked(self):
        record = self._new_achievement(self.user_colleague)
        record.action_submit()
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_officer)
        record.with_user(self.user_officer).action_return("Which chamber?")
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_colleague)

    # -- with whom it waits ----------------------------------------------------------------

    def test_it_follows_the_mentor(self):
        record = self._new_achievement()
        record.action_submit()
        self._take_mails()
        follower = self._new_employee(self._new_user("bt_next"), self.board, self.job_manager)
        self._set_mentor(self.member, follower)
        self.assertEqual(record.sudo().activity_ids.user_id, follower.user_id)
        self.assertEqual(self._take_mails(), follower.user_id)
        self._set_mentor(self.member, self.env["hr.employee"])
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_officer)
        record.with_user(self.user_officer).action_verify()
        self._set_mentor(self.member, follower)
        self.assertFalse(record.sudo().activity_ids)

    def test_it_follows_those_who_are_there(self):
        """Mentor and responsible person have left: another one of HR is asked."""
        record = self._new_achievement()
        record.action_submit()
        other = self._new_user("bt_other_hr", "hr_backbone_training.group_hr_backbone_officer")
        self.mentor.active = False
        self._run_cron("todo")
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_officer)
        (self.user_officer | self.user_admin | self.user_mentor).sudo().active = False
        self._run_cron("todo")
        self.assertEqual(record.sudo().activity_ids.user_id, other)
        activity = record.sudo().activity_ids
        self._run_cron("todo")
        self.assertEqual(record.sudo().activity_ids, activity)

    # -- the warning before it expires -----------------------------------------------------

    def _warn(self, day):
        with freeze_time(f"{day} 09:00:00"):
            self._run_cron("achievement")

    def test_warned_once(self):
        self.company.backbone_certification_warning_days = 60
        portal = self._verified(date_expiry="2028-02-29")
        backend = self._verified(self.user_colleague, date_expiry="2028-02-29")
        endless = self._verified(name="Welder")
        self._take_mails()
        self._warn("2027-12-30")
        self.assertFalse(portal.date_warned, "a day before the warning")
        self._warn("2027-12-31")
        self.assertEqual(portal.date_warned, date(2027, 12, 31))
        self.assertFalse(endless.date_warned)
        self.assertEqual(self._take_mails(), self.user_worker)
        self.assertEqual(portal.sudo().activity_ids.user_id, self.user_officer)
        activities = backend.sudo().activity_ids
        self.assertEqual(activities.user_id, self.user_officer | self.user_colleague)
        self.assertEqual(set(activities.mapped("date_deadline")), {date(2028, 2, 29)})
        self._warn("2028-01-01")
        self.assertEqual(backend.sudo().activity_ids, activities)
        self.assertFalse(self._take_mails())
        with freeze_time("2028-02-29 09:00:00"):
            portal.invalidate_recordset()
            self.assertFalse(portal.is_expired)
        with freeze_time("2028-03-01 09:00:00"):
            portal.invalidate_recordset()
            self.assertTrue(portal.is_expired)
            found = portal.search([("is_expired", "=", True)])
            self.assertEqual(found, portal)

    def test_day_is_the_companys(self):
        """At nine in the morning in Greenwich it is the next day in Kiritimati… at noon."""
        self.company.backbone_certification_warning_days = 0
        self.company.resource_calendar_id.tz = "Pacific/Kiritimati"
        record = self._verified(date_expiry="2026-03-04")
        with freeze_time("2026-03-03 09:00:00"):
            self._run_cron("achievement")
        self.assertFalse(record.date_warned)
        with freeze_time("2026-03-03 11:00:00"):
            self._run_cron("achievement")
        self.assertEqual(record.date_warned, date(2026, 3, 4))

    def test_nobody_is_warned_of_those_who_left(self):
        record = self._verified(date_expiry="2026-03-04")
        self.member.with_user(self.user_officer).action_exit("Leaves")
        self._run_cron("achievement")
        self.assertFalse(record.date_warned)

    def test_warning_without_login_is_hrs(self):
        record = self._verified(date_expiry="2026-03-04")
        self.worker.user_id = False
        self._run_cron("achievement")
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_officer)
