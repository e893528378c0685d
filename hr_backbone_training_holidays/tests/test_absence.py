# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from .common import HolidaysCommon

AWAY = [("is_awaited_away", "=", True)]


@tagged("post_install", "-at_install")
class TestAbsence(HolidaysCommon):
    """A director or a mentor who is away while somebody waits for them: somebody has to stand in.
    It is Monday, 2 March."""

    def _waiting(self):
        return self._submitted().with_user(self.user_officer)

    def test_director(self):
        application = self._waiting()
        self.assertFalse(application.absence_notice)
        self.assertFalse(application.search(AWAY))
        self._approve(self.director, "03-04", "03-13")
        said = "Director is away from 03/04/2026 to 03/13/2026: let somebody stand in."
        self.assertEqual(application.absence_notice, said)
        self.assertTrue(application.is_awaited_away)
        self.assertEqual(application.search(AWAY), application)
        # the manager in the portal and the employee read the same, and never why
        for user in (self.user_leader, self.user_worker, self.user_director):
            self.assertEqual(application.with_user(user).absence_notice, said)

    def test_not_before_it_is_approved(self):
        application = self._waiting()
        self._ask(self.director, "03-02", "03-03")
        self.assertFalse(application.absence_notice)

    def test_one_day(self):
        application = self._waiting()
        self._approve(self.director, "03-03")
        said = "Director is away on 03/03/2026: let somebody stand in."
        self.assertEqual(application.absence_notice, said)

    def test_neither_later_nor_for_hours(self):
        application = self._waiting()
        self._approve(self.director, "03-10", "03-13")
        kind = self._new_kind("hr", request_unit="half_day")
        periods = {"request_date_from_period": "am", "request_date_to_period": "am"}
        self._approve(self.director, "03-03", kind=kind, **periods)
        self.assertFalse(application.absence_notice)
        self.assertFalse(application.search(AWAY))

    def test_nobody_waits_for_the_director_any_more(self):
        application = self._approved().with_user(self.user_officer)
        self._approve(self.director, "03-02", "03-13")
        self.assertFalse(application.absence_notice)
        self.assertFalse(application.search(AWAY))

    def test_mentor(self):
        mentorship = self._mentored(self._admitted(), self.director).with_user(self.user_officer)
        self._approve(self.director, "03-02", "03-13")
        self.assertIn("Director is away from", mentorship.absence_notice)
        self.assertEqual(mentorship.search(AWAY), mentorship)
        worker = mentorship.with_user(self.user_worker)
        self.assertIn("Director is away from", worker.absence_notice)
        mentorship.action_end("Enough")
        self.assertFalse(mentorship.absence_notice)
        self.assertFalse(mentorship.search(AWAY))

    def test_a_deputy_is_waited_for_instead(self):
        """What brings deputies says whom the document waits for."""
        application = self._waiting()
        self._approve(self.director, "03-02", "03-13")
        self.patch(
            type(application), "_get_awaited", lambda rows: dict.fromkeys(rows, self.manager)
        )
        self.assertFalse(application.absence_notice)

    def test_no_query_for_each(self):
        self._approve(self.director, "03-02", "03-13")
        applications = self._new_applications(self._new_people(12))
        applications.sudo()._write_moved({"state": "director", "approver_id": self.director.id})
        applications[:1].mapped("absence_notice")
        few, many = (
            self._cost(lambda some=some: some.mapped("absence_notice"))
            for some in (applications[:2], applications)
        )
        self.assertEqual(many, few)
