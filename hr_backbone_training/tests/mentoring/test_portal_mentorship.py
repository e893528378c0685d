# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_portal import BackbonePortalCommon

SECRET = "A confidential matter"


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalMentorship(BackbonePortalCommon):
    """Accepting, planning and writing up, with two portal logins; and who gets a page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._admitted(employee=cls.plain, user=cls.user_manager)
        cls.appointed = cls._appoint(cls.member, cls.mentor)
        cls.env.flush_all()

    def _begin(self):
        mentorship = self.appointed
        for user in (self.user_plain, self.user_mentor):
            mentorship.with_user(user).action_accept()
        self.env.flush_all()
        return mentorship

    def _talk(self, **kwargs):
        mentorship = self._begin()
        talk = (
            self.env["hr.backbone.mentorship.session"]
            .with_user(self.user_mentor)
            .create(
                {
                    "mentorship_id": mentorship.id,
                    "date_start": "2026-03-02 07:00:00",
                    "topics": SECRET,
                    **kwargs,
                }
            )
        )
        self.env.flush_all()
        return talk

    def _form(self, talk, **kwargs):
        page = self._get(talk.access_url).text
        return {"version": self._get_version(page), **kwargs}

    def test_born_from_an_action_of_the_plan(self):
        mentorship = self._begin()
        plan = self.member.sudo().plan_id
        plan.line_ids.create(
            {"plan_id": plan.id, "method": "mentoring", "action": "A visit of the works"}
        )
        lines = plan.line_ids.filtered(lambda line: line.method == "mentoring")
        self.env.flush_all()
        self._login(self.user_plain)
        page = self._get(plan.access_url)
        for line in lines:
            address = f"{mentorship.access_url}?line={line.id}"
            self.assertPage(page, f'href="{address}"')
            form = self._get(address)
            self.assertPage(form, f'<option value="{line.id}" selected="selected">')
        for rubbish in ("x", "9" * 30, "%00"):
            self.assertEqual(self._get(f"{mentorship.access_url}?line={rubbish}").status_code, 200)
        when = {"date": "2026-03-12", "time": "14:30", "minutes": "60", "topics": SECRET}
        talks = f"{mentorship.access_url}/talks"
        self._post(talks, {**when, "plan_line_id": lines[-1].id})
        [talk] = mentorship.sudo().session_ids
        self.assertEqual(talk.plan_line_id, lines[-1])
        self._post(talks, {**when, "plan_line_id": (plan.line_ids - lines)[0].id})
        self.assertPage(self._get(mentorship.access_url), "Choose an action of the plan.", SECRET)

    # -- a mentorship ------------------------------------------------------------------

    def test_both_accept(self):
        url = self.appointed.access_url
        self._login(self.user_plain)
        self.assertPage(self._get("/my/backbone"), "Accept or decline the mentorship")
        self.assertPage(self._get("/my/backbone"), "appointed, to be accepted")
        self.assertPage(self._get(url), "Do you accept?", "Mentor is to be your one-to-one mentor")
        self.assertRedirect(self._post(f"{url}/accept"), self.appointed)
        self.assertPage(self._get(url), "You have accepted the mentorship.")
        self.assertNotIn("Accept or decline", self._get("/my/backbone").text)
        self._login(self.user_mentor)
        self.assertPage(self._get(url), "You are to be the one-to-one mentor of")
        self._post(f"{url}/accept")
        self.env.invalidate_all()
        self.assertEqual(self.appointed.state, "active")
        self.assertPage(self._get("/my/backbone"), "My mentees")
        self.assertPage(self._get("/my/backbone/mentees"), self.plain.name, "none planned")
        # once more is refused on the page, not with an error
        self._post(f"{url}/accept")
        self.assertPage(self._get(url), "is not possible there")

    def test_declining_needs_a_reason(self):
        url = self.appointed.access_url
        self._login(self.user_mentor)
        self.assertPage(self._get(url), "Read by:", "human resources only")
        self.assertRedirect(self._post(f"{url}/decline", {"comment": " "}), self.appointed)
        self.assertPage(self._get(url), "Please write a comment")
        self._post(f"{url}/decline", {"comment": "On leave"})
        self.env.invalidate_all()
        self.assertEqual(self.appointed.state, "declined")
        # as the box had said: HR alone reads why
        self.assertNotIn("On leave", self._get(url).text)

    def test_new_member_is_told_that_hr_appoints(self):
        self.appointed.action_end("Not now")
        self.env.flush_all()
        self._login(self.user_plain)
        self.assertPage(self._get("/my/backbone"), "Human resources appoints a mentor for you.")

    # -- talks -----------------------------------------------------------------------------

    def test_plan_a_talk(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        mentorship = self._begin()
        url = f"{mentorship.access_url}/talks"
        self._login(self.user_plain)
        self.assertPage(self._get(mentorship.access_url), "Plan a talk")
        data = {"date": "2026-04-01", "time": "14:30", "minutes": "45", "topics": SECRET}
        for name, value, words in (
            ("date", "01/04/26", "Choose the day of the talk"),
            ("date", "", "Choose the day of the talk"),
            ("date", "9999-99-99", "Choose the day of the talk"),
            ("time", "25:00", "Write the time as hours and minutes"),
            ("minutes", "0", "A talk takes between 5 and 600 minutes"),
            ("minutes", "²", "A talk takes between 5 and 600 minutes"),
            ("minutes", "9" * 400, "A talk takes between 5 and 600 minutes"),
            ("plan_line_id", "1", "Choose an action of the plan"),
        ):
            with self.subTest(name=name, value=value):
                self.assertRedirect(self._post(url, {**data, name: value}), mentorship)
                self.assertPage(self._get(mentorship.access_url), words, SECRET)
        self.env.invalidate_all()
        self.assertFalse(mentorship.session_ids)
        line = self.member.sudo().plan_id.line_ids.filtered(lambda row: row.method == "mentoring")
        self._post(url, {**data, "plan_line_id": str(line.id)})
        self.env.invalidate_all()
        talk = mentorship.session_ids
        self.assertEqual(str(talk.date_start), "2026-04-01 06:30:00")
        self.assertEqual((talk.duration, talk.plan_line_id), (0.75, line))
        self.assertPage(self._get(talk.access_url), "14:30", SECRET)
        calendar = self._get(f"{talk.access_url}/calendar")
        self.assertEqual(calendar.status_code, 200)
        self.assertIn("BEGIN:VCALENDAR", calendar.text)
        self.assertNotIn(SECRET, calendar.text)

    def test_time_is_the_readers_and_says_so(self):
        """As a training tells it to the same person."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        talk = self._talk(date_start="2026-03-02 07:00:00")
        self._login(self.user_plain)
        page = self._get(talk.access_url)
        self.assertPage(page, "3:00\u202fPM", 'value="15:00"')
        self.assertNotIn("Shanghai", page.text)
        self.user_plain.tz = "UTC"
        self.env.flush_all()
        page = self._get(talk.access_url)
        self.assertPage(page, "7:00\u202fAM", "(UTC)", 'value="07:00"')
        form = self._form(talk, date="2026-03-02", time="08:30", minutes="60")
        self._post(talk.access_url, form)
        self.env.invalidate_all()
        self.assertEqual(str(talk.date_start), "2026-03-02 08:30:00")
        # a mail for both says where the clock is
        self.assertIn("4:30\u202fPM", talk._format_time())
        self.assertIn("(Asia/Shanghai)", talk._format_time())

    def test_readers_of_a_talk(self):
        talk = self._talk()
        self._login(self.user_plain)
        # once above a form of many boxes
        for url, box in {
            talk.mentorship_id.access_url: "f-location",
            talk.access_url: "form",
        }.items():
            page = " ".join(self._get(url).text.split())
            place = page.partition(f'id="readers-{box}"')[2].partition("</p>")[0]
            self.assertIn("Read by: you, the mentor, and human resources", place)

    def test_write_up_a_talk(self):
        talk = self._talk(topics=False)
        self._login(self.user_mentor)
        self.assertPage(self._get("/my/backbone"), "Write up the talk")
        form = self._form(talk, agreements="Twice a week", step="hold")
        self._post(talk.access_url, form)
        self.assertPage(self._get(talk.access_url), "Write down what you talked about first")
        stale = self._form(talk, topics="Mine")
        self._post(talk.access_url, self._form(talk, topics="Leading", step="hold"))
        self.env.invalidate_all()
        self.assertEqual((talk.state, talk.agreements), ("held", "Twice a week"))
        self.assertPage(self._get(talk.access_url), "The talk is recorded as held", "Twice a week")
        self.assertPage(self._post(talk.access_url, stale), "changed in another window")
        self.assertNotIn("Write up the talk", self._get("/my/backbone").text)

    def test_cancel_a_talk(self):
        talk = self._talk()
        self._login(self.user_plain)
        self._post(f"{talk.access_url}/cancel")
        self.assertPage(self._get(talk.access_url), "Please write a comment")
        self._post(f"{talk.access_url}/cancel", {"comment": "Ill"})
        self.env.invalidate_all()
        self.assertEqual(talk.state, "cancelled")
        self.assertEqual(self._get(f"{talk.access_url}/calendar").status_code, 404)

    # -- who gets a page -------------------------------------------------------------------

    def test_pages_by_role(self):
        talk = self._talk()
        mentorship = talk.mentorship_id.access_url
        allowed = {"plain", "mentor", "hr"}
        committee = {"committee", "committee_portal"}
        for role, user in self._get_roles().items():
            self._login(user)
            for url, who in ((mentorship, allowed | committee), (talk.access_url, allowed)):
                with self.subTest(role=role, url=url):
                    answer = self._get(url)
                    if role == "public":
                        self.assertEqual(answer.status_code, 303)
                    else:
                        self.assertEqual(answer.status_code, 200 if role in who else 404)
                    if role not in allowed:
                        self.assertNotIn(SECRET, answer.text)
            if role not in ("public", "plain", "mentor"):
                for url in (f"{mentorship}/talks", f"{talk.access_url}/cancel", talk.access_url):
                    with self.subTest(role=role, post=url):
                        self.assertIn(
                            self._post(url, {"comment": "No"}).status_code, (200, 303, 404)
                        )
        self.env.invalidate_all()
        self.assertEqual((talk.state, talk.topics), ("planned", SECRET))
        self.assertEqual(talk.mentorship_id.session_ids, talk)

    def test_bad_addresses(self):
        talk = self._talk()
        self._login(self.user_mentor)
        for url in (
            "/my/backbone/mentorships/0",
            "/my/backbone/mentorships/999999999999",
            "/my/backbone/talks/2147483648",
            f"{talk.access_url}/nothing",
            f"{talk.mentorship_id.access_url}/nothing",
        ):
            with self.subTest(url=url):
                self.assertEqual(self._get(url).status_code, 404)
        self.assertEqual(self._post(f"{talk.mentorship_id.access_url}/activate").status_code, 404)
        for url in ("filterby=x&sortby=y", "filterby=ended", "sortby=%27%22"):
            self.assertPage(self._get(f"/my/backbone/mentees?{url}"), "My mentees")
        for url in (
            f"{talk.mentorship_id.access_url}/accept",
            f"{talk.mentorship_id.access_url}/talks",
            f"{talk.access_url}/cancel",
        ):
            with self.subTest(url=url):
                self.assertEqual(self._get(url).status_code, 303)
                self.assertEqual(self._post(url, {"comment": "No"}, csrf=False).status_code, 400)

    def test_queries_do_not_grow_with_the_talks(self):
        mentorship = self._begin()
        sessions = self.env["hr.backbone.mentorship.session"].with_user(self.user_mentor)

        def plan(count):
            sessions.create(
                [
                    {
                        "mentorship_id": mentorship.id,
                        "date_start": f"2026-04-0{number + 1} 10:00:00",
                    }
                    for number in range(count)
                ]
            )
            self.env.flush_all()

        plan(2)
        self._login(self.user_mentor)
        for url in (mentorship.access_url, "/my/backbone/mentees"):
            self._get(url)
        before = [self._count_queries(url) for url in (mentorship.access_url, "/my/backbone")]
        plan(8)
        after = [self._count_queries(url) for url in (mentorship.access_url, "/my/backbone")]
        for few, many in zip(before, after, strict=True):
            self.assertLessEqual(many, few + 2)

    def test_archived_mentor_is_gone_from_the_page(self):
        mentorship = self._begin()
        self.mentor.active = False
        self._run_cron("mentorship")
        self.env.flush_all()
        self._login(self.user_plain)
        page = self._get(mentorship.access_url)
        self.assertPage(page, "Ended", "The mentor has left", "Automatically")
        self.assertNotIn("OdooBot", page.text)
        self.assertPage(self._get("/my/backbone"), "Human resources appoints a mentor for you.")
