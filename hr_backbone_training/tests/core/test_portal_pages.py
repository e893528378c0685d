# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import json

from lxml import html

from odoo.tests import tagged

from ..common_portal import PDF, BackbonePortalCommon


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalPages(BackbonePortalCommon):
    """What each page shows and does."""

    # -- home and my page ----------------------------------------------------------------

    def test_card_for_those_concerned(self):
        self._login(self.user_plain)
        self.assertIn("/my/backbone", self._get("/my/home").text)
        self._login(self.user_customer)
        self.assertNotIn("/my/backbone", self._get("/my/home").text)

    def test_counter(self):
        for user, count in (
            (self.user_apprentice, 1),
            # one to approve, and the signatures on both forms of two approved before
            (self.user_director, 5),
            (self.user_chair, 1),
            (self.user_worker, 1),
            (self.user_leader, 3),
            (self.user_plain, 0),
        ):
            self._login(user)
            answer = self.url_open(
                "/my/counters",
                data=json.dumps({"params": {"counters": ["backbone_todo_count"]}}),
                headers={"Content-Type": "application/json"},
            ).json()
            self.assertEqual(answer["result"], {"backbone_todo_count": count}, user.login)

    def test_my_page_says_what_is_next(self):
        self._login(self.user_apprentice)
        self.assertPage(
            self._get("/my/backbone"),
            "Write and submit your personal development plan",
            'aria-current="step"',
            'lang="en-US"',
        )
        self._login(self.user_worker)
        self.assertPage(self._get("/my/backbone"), "Sign your development plan")
        self._login(self.user_plain)
        self.assertPage(self._get("/my/backbone"), "Nothing waits for you now")

    def test_my_page_of_someone_with_nothing(self):
        self._login(self.user_plain)
        page = self._get("/my/backbone")
        self.assertPage(page, "What the program is", "03/01/2026", self.echelon_3.name)
        for name in self.secret_names:
            self.assertNotIn(name, page.text)

    # -- recommending ----------------------------------------------------------------------

    def test_recommend_says_who_is_eligible(self):
        self._login(self.user_manager)
        page = self._get("/my/backbone/recommend?search=Plain")
        self.assertPage(page, "Plain", "Third Echelon", "outside the scope")
        self.assertNotIn("Quintus Case", page.text)

    def test_recommend_starts_one_draft(self):
        self._login(self.user_manager)
        data = {"employee_id": str(self.plain.id), "echelon_id": str(self.echelon_3.id)}
        first = self._post("/my/backbone/recommend", data).headers["Location"]
        second = self._post("/my/backbone/recommend", data).headers["Location"]
        self.assertEqual(first, second)
        self.assertPage(self._get(first), "Plain", 'name="score_performance"')

    def test_portal_manager_recommends(self):
        """A manager with a portal login, and no right in the backend, does it all."""
        user = self._new_user("bt_portal_manager", "base.group_portal")
        self.works.manager_id = self._new_employee(user, self.works, self.job_manager)
        self.env.flush_all()
        self._login(user)
        self.assertPage(self._get("/my/backbone/recommend"), "Plain")
        answer = self._post(
            "/my/backbone/recommend",
            {"employee_id": str(self.plain.id), "echelon_id": str(self.echelon_3.id)},
        )
        record = (
            self.env["hr.backbone.application"].sudo().search([("employee_id", "=", self.plain.id)])
        )
        self.assertEqual(record.recommender_id.user_id, user)
        page = self._get(answer.headers["Location"])
        self.assertPage(page, "Plain")
        data = {
            "version": self._get_version(page.text),
            "proposed_mentor_id": str(self.director.id),
            **{f"score_{name}": "88,5" for name in ("performance", "potential", "motivation")},
            **{f"reason_{name}": "Good" for name in ("performance", "potential", "motivation")},
        }
        self.assertEqual(self._post(record.access_url, data).status_code, 303)
        self.assertEqual(record.score_total, 88.5)
        self.assertEqual(record.proposed_mentor_id, self.director)
        self._write_plan(record)
        self.env.flush_all()
        data = {"version": record._get_version(), "step": "submit"}
        self.assertEqual(self._post(record.access_url, data).status_code, 303)
        self.assertEqual(record.state, "director")

    def test_application_errors_stand_beside_their_fields(self):
        self._login(self.user_leader)
        url = self.draft.access_url
        data = {
            "version": self.draft._get_version(),
            "score_potential": "a lot",
            "reason_potential": "Typed",
        }
        answer = self._post(url, data)
        self.assertPage(answer, 'id="error-score_potential"', ">Typed</textarea>", "a lot")
        saved = self._post(f"{url}/autosave", data).json()
        self.assertEqual((saved["saved"], saved["name"]), (False, "score_potential"))
        answer = self._post(
            url,
            {"version": self.draft._get_version(), "score_potential": "", "step": "submit"},
        )
        self.assertRedirect(answer, self.draft)
        answer = self._get(url)
        self.assertPage(answer, "has not submitted the personal development plan")
        self.assertIn('id="error-score_potential"', answer.text)

    def test_zero_is_a_score_and_nothing_is_none(self):
        self._login(self.user_leader)
        url = self.draft.access_url
        data = {"score_performance": "0", "score_potential": ""}
        self._post(url, {"version": self.draft._get_version(), **data})
        draft = self.draft.sudo()
        self.assertIsInstance(draft.score_performance, float)
        self.assertEqual(draft.score_performance, 0)
        self.assertIs(draft.score_potential, False)
        self.assertIs(draft.score_total, False)
        boxes = html.fromstring(self._get(url).text)
        for name, value in (("performance", "0"), ("potential", "")):
            self.assertEqual(boxes.xpath(f"//input[@name='score_{name}']/@value"), [value])
        # another window that says the same changes nothing
        version = draft._get_version()
        self._post(url, {"version": version, "score_performance": "0"})
        self.assertEqual(draft._get_version(), version)

    def test_withdraw(self):
        self._login(self.user_worker)
        self._post(f"{self.case.access_url}/withdraw", {"comment": "Another post"})
        self.assertEqual(self.case.state, "withdrawn")
        self.assertPage(self._get(self.case.access_url), "Another post")

    # -- approving -------------------------------------------------------------------------

    def test_director_sees_both_forms(self):
        self._login(self.user_director)
        self.assertPage(
            self._get(self.case.access_url),
            "Cut the scrap rate by half",
            "Master craftsman",
            "Return for correction",
            "o_portal_chatter",
        )

    def test_return_needs_a_comment(self):
        self._login(self.user_director)
        for step in ("return", "refuse"):
            answer = self._post(f"{self.case.access_url}/{step}", {"comment": "  "})
            self.assertRedirect(answer, self.case)
            self.assertPage(self._get(self.case.access_url), 'id="error-comment"')
            # once: whoever reloads the page is not told again
            self.assertNotIn('id="error-comment"', self._get(self.case.access_url).text)
        self.assertEqual(self.case.state, "director")
        self._post(f"{self.case.access_url}/return", {"comment": "Name the results"})
        self.assertEqual(self.case.state, "draft")
        self._login(self.user_leader)
        self.assertPage(self._get(self.case.access_url), "Name the results", "History")

    def test_address_of_a_step_leads_to_its_document(self):
        """After a login, or out of the browser's history."""
        self._login(self.user_director)
        for step in ("approve", "return", "refuse", "withdraw"):
            self.assertRedirect(self._get(f"{self.case.access_url}/{step}"), self.case)
        self.assertEqual(self._get(f"{self.case.access_url}/admit").status_code, 404)
        self._login(self.user_chair)
        for step in ("vote", "close"):
            self.assertRedirect(self._get(f"{self.meeting.access_url}/{step}"), self.meeting)
        self._login(self.user_plain)
        for url in (f"{self.case.access_url}/approve", f"{self.meeting.access_url}/vote"):
            self.assertEqual(self._get(url).status_code, 404)

    def test_refused_step_keeps_what_was_typed(self):
        self._login(self.user_chair)
        url = self.meeting.access_url
        answer = self._post(f"{url}/close", {"quota_reason": "Two posts are free"})
        self.assertRedirect(answer, self.meeting)
        self.assertPage(self._get(url), ">Two posts are free</textarea>", "o_backbone_errors")
        # it is told on its own page, not on one that was opened in between
        self._post(f"{url}/close", {"quota_reason": "Two posts are free"})
        self.assertNotIn("o_backbone_errors", self._get("/my/backbone").text)

    def test_approve_many(self):
        self._login(self.user_director)
        page = self._get("/my/backbone/approvals")
        self.assertPage(page, "Quintus Case")
        self.assertNotIn("Octavia Agenda", page.text)
        answer = self._post(
            "/my/backbone/approvals", {"record": [str(self.case.id), str(self.agenda.id)]}
        )
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.case.state, "hr")
        self.assertPage(self._get("/my/backbone/approvals"), "1 of 2 approved.")

    # -- notices and objections --------------------------------------------------------------

    def test_notice_shows_nothing_private(self):
        self._login(self.user_plain)
        page = self._get(self.notice.access_url)
        self.assertPage(page, "Decimus Notice", "Line", "Shift Leader", "03/09/2026")
        # what is shown: a token in a hidden input may hold any two digits
        shown = html.fromstring(page.text).get_element_by_id("wrap").text_content()
        self.assertIn("Decimus Notice", shown)
        for private in ("Best output", "90", "Works Manager", "Quintus"):
            self.assertNotIn(private, shown)

    def test_closed_meeting_shows_the_case_as_it_stood(self):
        """Returned, rewritten and with other places since."""
        for user in (self.user_chair, self.user_member):
            self.meeting.item_ids.with_user(user).action_vote_for()
        self.meeting.with_user(self.user_chair).action_close()
        self.agenda.with_user(self.user_officer).action_return("The scores are not clear")
        self.agenda.with_user(self.user_manager).write(
            {
                "echelon_id": self.echelon_2.id,
                "score_performance": 10,
                "main_results": "None to speak of",
            }
        )
        self.program.line_ids.quota = 5
        self.env.flush_all()
        self._login(self.user_member)
        page = self._get(self.meeting.access_url)
        self.assertPage(
            page,
            "Octavia Agenda",
            "average 85.0",
            "Cut the scrap rate by half",
            "A talk every two weeks",
            "For <b>2</b>",
        )
        shown = " ".join(
            html.fromstring(page.text).get_element_by_id("wrap").text_content().split()
        )
        # one of the third echelon is publicized already
        self.assertIn("Third Echelon: 8 of 10 left", shown)
        for new in ("None to speak of", "of 5 left", "Second Echelon ·"):
            self.assertNotIn(new, shown)

    def test_one_name_is_not_names(self):
        self._login(self.user_chair)
        self.assertNotIn("1 names", self._get("/my/backbone/meetings").text)
        page = self._get(self.meeting.access_url).text
        self.assertIn("Your vote on the name below is missing", page)
        self.assertNotIn("1 names", page)
        self.assertNotIn("1 names", self._get("/my/backbone/notices").text)

    def test_objection(self):
        self._login(self.user_plain)
        url, line = self.notice.access_url, self.notice.sudo().line_ids
        self.assertPage(self._post(url, {"line_id": "", "text": "Kept"}), ">Kept</textarea>")
        data = {"line_id": str(line.id), "text": "Was not there", "hidden": "1"}
        answer = self._upload(url, data, "files", b"GIF89a nothing")
        self.assertPage(answer, 'id="error-files"', ">Was not there</textarea>")
        self.assertEqual(self._upload(url, data, "files", PDF).status_code, 303)
        objection = line.objection_ids
        self.assertEqual(objection.objector_id, self.plain)
        self.assertFalse(objection.objector_name)
        self.assertNotEqual(objection.evidence_ids.create_uid, self.user_plain)
        self.assertPage(self._get(url), "Was not there", "proof.pdf")
        file = f"/my/backbone/objections/{objection.id}/files/{objection.evidence_ids.id}"
        self.assertEqual(self._get(file).content, PDF)
        objection.with_user(self.user_officer).action_dismiss("He was on leave")
        self.assertPage(self._get("/my/backbone/notices"), "He was on leave")
        self._login(self.user_worker)
        self.assertEqual(self._get(file).status_code, 404)
        self.assertNotIn("Was not there", self._get(url).text)

    def test_objection_under_the_own_name_only(self):
        self.company.backbone_anonymous_objection = False
        self._login(self.user_plain)
        self.assertNotIn('name="hidden"', self._get(self.notice.access_url).text)
        data = {
            "line_id": str(self.notice.sudo().line_ids.id),
            "text": "No",
            "hidden": "1",
        }
        self.assertPage(self._post(self.notice.access_url, data), "only under your own name")

    # -- the committee -----------------------------------------------------------------------

    def test_vote_and_close(self):
        item, url = self.meeting.item_ids, self.meeting.access_url
        for user in (self.user_chair, self.user_member):
            self._login(user)
            self.assertPage(self._get(url), "Octavia Agenda", "Cut the scrap rate by half")
            data = {"item_id": str(item.id), "vote": "for"}
            self.assertEqual(self._post(f"{url}/vote", data).status_code, 303)
        self.assertEqual(item.votes_for, 2)
        for vote in ("", "yes", "select"):
            answer = self._post(f"{url}/vote", {"item_id": str(item.id), "vote": vote})
            self.assertEqual(answer.status_code, 404)
        self._post(f"{url}/close")
        self.assertEqual(self.meeting.state, "closed")
        self.assertEqual(self.agenda.state, "selected")
        self.assertPage(self._get(url), "The meeting is closed.")

    def test_close_without_quorum(self):
        self._login(self.user_chair)
        self.assertRedirect(self._post(f"{self.meeting.access_url}/close"), self.meeting)
        self.assertPage(self._get(self.meeting.access_url), "quorum 1", "o_backbone_errors")
        self.assertEqual(self.meeting.state, "open")

    # -- mails, chatter ------------------------------------------------------------------------

    def test_button_of_mails(self):
        """The button of a mail opens the page, after login too; no token opens it."""
        plan = self.draft.sudo().plan_id
        for user, record in ((self.user_member, self.meeting), (self.user_apprentice, plan)):
            self._login(user)
            answer = self._get(f"/mail/view?model={record._name}&res_id={record.id}")
            self.assertTrue(answer.headers["Location"].endswith(record.access_url))
        self._login(None)
        answer = self._get(plan.access_url)
        self.assertIn("redirect", answer.headers["Location"])

    def test_conversation(self):
        """Employee and director write to each other; a stranger reads nothing."""

        def call(route, **params):
            return self.url_open(
                route,
                data=json.dumps({"params": params}),
                headers={"Content-Type": "application/json"},
            ).json()

        thread = {"thread_model": self.case._name, "thread_id": self.case.id}
        post = {"body": "Thank you", "subtype_xmlid": "mail.mt_comment"}
        self._login(self.user_worker)
        call("/mail/message/post", post_data=post, **thread)
        self.assertIn("Thank you", " ".join(self.case.sudo().message_ids.mapped("body")))
        self._login(self.user_plain)
        self.assertNotIn("Thank you", str(call("/mail/chatter_fetch", **thread)))
        self._login(self.user_director)
        self.assertIn("Thank you", str(call("/mail/chatter_fetch", **thread)))

    # -- another manager -----------------------------------------------------------------

    def test_new_manager_goes_on_with_a_draft(self):
        """The page of the former one is to read, that of the new one to write."""
        self.line.manager_id = self.plain
        self.env.flush_all()
        url = self.draft.access_url
        self._login(self.user_leader)
        page = self._get(url).text
        self.assertNotIn('name="score_potential"', page)
        answer = self._post(url, {"score_potential": "11", "version": self.draft._get_version()})
        self.assertNotEqual(self.draft.sudo().score_potential, 11)
        self.assertNotEqual(answer.status_code, 500)
        self._login(self.user_plain)
        page = self._get(url).text
        self.assertIn('name="score_potential"', page)
        values = {"score_potential": "12", "version": self._get_version(page), "step": "save"}
        self.assertRedirect(self._post(url, values), self.draft)
        self.env.invalidate_all()
        self.assertEqual(self.draft.sudo().score_potential, 12)
        self.assertIn(url, self._get("/my/backbone/recommend").text)
