# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestMentorshipSession(BackboneCommon):
    """Counselling talks: planned and written up by the two, in the calendar of both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._admitted()
        cls.startClassPatcher(freeze_time("2026-04-01 09:00:00"))
        cls.env.invalidate_all()
        cls.mentorship = cls._mentored(cls.member, cls.director)

    def _plan(self, user=None, mentorship=None, **kwargs):
        return (
            self.env["hr.backbone.mentorship.session"]
            .with_user(user or self.user_director)
            .create(
                {
                    "mentorship_id": (mentorship or self.mentorship).id,
                    "date_start": "2026-04-08 10:00:00",
                    **kwargs,
                }
            )
        )

    def _hold(self, session, **kwargs):
        session.write({"topics": session.topics or "The first weeks", **kwargs})
        with freeze_time("2026-06-01 09:00:00"):
            session.action_hold()

    def test_talk_is_in_the_calendar_of_both(self):
        session = self._plan(topics="A confidential matter", location="Room 4")
        self.assertEqual(session.date_stop, datetime(2026, 4, 8, 11))
        self.assertEqual((session.date, session.duration), (date(2026, 4, 8), 1))
        event = session.event_id.sudo()
        self.assertEqual(
            event.partner_ids, self.user_director.partner_id | self.user_worker.partner_id
        )
        self.assertEqual(event.user_id, self.user_director)
        self.assertEqual(event.privacy, "private")
        self.assertNotIn("confidential", f"{event.name} {event.description}")
        mails = self.env["mail.mail"].sudo().search([("model", "=", session._name)])
        self.assertEqual(mails.recipient_ids, self.user_worker.partner_id)
        session.write({"date_start": "2026-04-09 10:00:00"})
        self.assertEqual(session.date_stop, datetime(2026, 4, 9, 11))
        self.assertEqual(event.start, datetime(2026, 4, 9, 10))
        session.action_cancel("Ill")
        self.assertFalse(event.exists())
        self.assertEqual(session.state, "cancelled")

    def test_member_plans_too_and_nobody_else(self):
        session = self._plan(self.user_worker)
        self.assertEqual(session.sudo().event_id.user_id, self.user_director)
        for user in (self.user_officer, self.user_leader, self.user_colleague, self.user_admin):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._plan(user)

    def test_six_talks_fulfil_the_action_that_promises_six(self):
        line = self.member.sudo().plan_id.line_ids.filtered(lambda row: row.method == "mentoring")
        line.quantity = 6
        for number in range(1, 7):
            session = self._plan(
                date_start=f"2026-04-{number + 1:02} 10:00:00", plan_line_id=line.id
            )
            self._hold(session)
            self.assertEqual(line.progress, number * 100 // 6)
        other = self.member.sudo().plan_id.line_ids - line
        with self.assertRefused("another way of training", error=ValidationError):
            self._plan(plan_line_id=other[0].id)

    def test_talk_is_written_up_before_it_counts(self):
        session = self._plan()
        with self.assertRefused("The talk has not begun yet"):
            session.action_hold()
        with freeze_time("2026-04-08 12:00:00"):
            self.env.invalidate_all()
            self.assertTrue(session.is_due)
            self.assertEqual(session.search([("is_due", "=", True)]), session)
            with self.assertRefused("Write down what you talked about"):
                session.action_hold()
            session.with_user(self.user_worker).topics = "Leading people"
            session.with_user(self.user_worker).action_hold()
        self.assertEqual(session.state, "held")
        with self.assertRefused("is not changed any more"):
            session.topics = "Something else"

    def test_dates(self):
        for vals, words in (
            ({"date_stop": "2026-04-08 10:00:00"}, "ends after it has begun"),
            ({"date_stop": "2026-04-10 10:00:00"}, "less than a day"),
            ({"date_start": "1026-04-08 10:00:00"}, "check the year"),
            ({"date_start": "2026-03-31 10:00:00"}, "before the beginning of the mentorship"),
        ):
            with self.subTest(**vals), self.assertRefused(words), self.cr.savepoint():
                self._plan(**vals)

    def test_no_talk_in_a_mentorship_that_is_not_active(self):
        self.mentorship.action_end("Both asked for it")
        with self.assertRefused("is not active"):
            self._plan()

    def test_day_is_that_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        session = self._plan(date_start="2028-02-28 17:00:00")
        self.assertEqual(session.date, date(2028, 2, 29))

    def test_contents_are_for_the_two_hr_and_later_mentors(self):
        session = self._plan(topics="A confidential matter")
        with self.assertRefused("Only the member and the mentor"):
            session.with_user(self.user_officer).action_cancel("No")
        model = self.env["hr.backbone.mentorship.session"]

        def readers():
            users = (
                self.user_worker,
                self.user_director,
                self.user_manager,
                self.user_leader,
                self.user_colleague,
                self.user_chair,
                self.user_officer,
            )
            return [
                user
                for user in users
                if model.with_user(user).search([("topics", "ilike", "confidential")])
            ]

        self.assertEqual(readers(), [self.user_worker, self.user_director, self.user_officer])
        self._hold(session)
        self._mentored(self.member, self.manager)
        self.assertEqual(
            readers(),
            [self.user_worker, self.user_director, self.user_manager, self.user_officer],
        )
        # the former mentor reads no more than what that mentor took part in
        second = self._plan(
            self.user_manager, self.member.sudo().mentorship_id, topics="Another matter"
        )
        self.assertNotIn(second, model.with_user(self.user_director).search([]))

    def test_guards(self):
        session = self._plan()
        for vals in ({"state": "held"}, {"event_id": False}, {"mentor_id": self.manager.id}):
            with self.subTest(**vals), self.assertRefused("cannot be changed directly"):
                session.write(vals)
        with self.assertRefused("stays with the mentorship"):
            session.write({"mentorship_id": self.mentorship.id})
        with self.assertRefused("cannot be changed directly"):
            self._plan(member_id=self.member.id)
        with self.assertRefused("A talk is history"):
            session.sudo().unlink()

    def test_time_line_shows_no_topics(self):
        self._plan(topics="A confidential matter", date_stop="2026-04-08 11:30:00")
        self.env.flush_all()
        rows = []
        for name in ("hr.backbone.mentorship", "hr.backbone.mentorship.session"):
            self.env.cr.execute(self.env[name]._select_timeline())
            rows += self.env.cr.dictfetchall()
        own = [row for row in rows if row["member_id"] == self.member.id]
        self.assertEqual(
            [(row["date"], row["name"], row["is_done"], row["hours"]) for row in own],
            [
                (date(2026, 4, 1), "Director", True, None),
                (date(2026, 4, 8), "Director", False, 1.5),
            ],
        )

    def _count_queries(self, count):
        rows = [
            {
                "mentorship_id": self.mentorship.id,
                "date_start": datetime(2026, 5, 1 + number % 28, 10),
            }
            for number in range(count)
        ]
        before = self.cr.sql_log_count
        sessions = (
            self.env["hr.backbone.mentorship.session"].with_user(self.user_director).create(rows)
        )
        self.env.flush_all()
        self.assertEqual(len(sessions.event_id), count)
        return self.cr.sql_log_count - before

    def test_many_talks_are_planned_in_a_batch(self):
        self._count_queries(25)
        few, many = self._count_queries(50), self._count_queries(150)
        self.assertLess((many - few) / 100, 2)
