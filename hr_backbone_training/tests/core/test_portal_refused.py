# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_portal import PDF, BackbonePortalCommon

TOO_LONG = "This text has 10,001 characters, and at most 10,000 are allowed."


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalRefused(BackbonePortalCommon):
    """What is refused on a page: nothing that was typed is lost, and what is lost is said."""

    def test_comment_of_the_director_has_its_length(self):
        self._login(self.user_director)
        for step in ("approve", "return", "refuse", "withdraw"):
            with self.subTest(step=step):
                self._post(f"{self.case.access_url}/{step}", {"comment": "x" * 10_001})
                self.env.invalidate_all()
                self.assertEqual(self.case.state, "director")
        self._post(f"{self.case.access_url}/refuse", {"comment": "x" * 10_001})
        page = self._get(self.case.access_url)
        self.assertPage(page, TOO_LONG, 'id="error-comment"', "x" * 10_001)

    def test_files_of_a_refused_objection(self):
        self._login(self.user_plain)
        data = {"line_id": "", "text": "Kept"}
        page = self._upload(self.notice.access_url, data, "files", PDF)
        self.assertPage(page, "Please choose them again", "proof.pdf", 'id="lost-files"')
        # none where none were sent
        page = self._post(self.notice.access_url, data)
        self.assertNotIn("choose them again", page.text)

    def test_notice_closed_while_one_writes(self):
        line = self.notice.sudo().line_ids
        self._login(self.user_plain)
        data = {"line_id": str(line.id), "text": "Was not there"}
        self.notice.sudo()._do_move(self.notice._get_move("close"), "")
        self.env.flush_all()
        answer = self._post(self.notice.access_url, data)
        self.assertEqual(answer.status_code, 404)
        self.assertIn("This notice is closed", answer.text)
        self.assertIn(">Was not there</textarea>", answer.text)
        # a notice that never was gets the same answer
        never = self._post("/my/backbone/notices/999999999", data)
        self.assertEqual(never.status_code, 404)
        self.assertIn("This notice is closed", never.text)
        self.assertEqual(self._post("/my/backbone/notices/999999999").status_code, 404)

    def test_finding_is_read_after_the_notice_is_closed(self):
        line = self.notice.sudo().line_ids
        self._login(self.user_plain)
        url = self.notice.access_url
        self._post(url, {"line_id": str(line.id), "text": "Was not there"})
        line.objection_ids.with_user(self.user_officer).action_dismiss("He was on leave")
        self.notice.sudo()._do_move(self.notice._get_move("close"), "")
        self.env.flush_all()
        answer = self._get(url)
        self.assertEqual(answer.status_code, 303)
        self.assertPage(self._get(answer.headers["Location"]), "He was on leave")
        # whoever raised none learns nothing
        self._login(self.user_apprentice)
        self.assertEqual(self._get(url).status_code, 404)

    def test_return_is_told_to_the_employee(self):
        plan = self.case.sudo().plan_id
        self.case.with_user(self.user_director).action_return("Name the results")
        self.env.flush_all()
        self._login(self.user_worker)
        for url in ("/my/backbone", plan.access_url, self.case.access_url):
            with self.subTest(url=url):
                page = self._get(url)
                self.assertPage(page, "The application was returned", "Name the results")
                self.assertIn(self.user_director.name, page.text)
        self.case.with_user(self.user_leader).action_submit()
        self.env.flush_all()
        for url in ("/my/backbone", plan.access_url):
            self.assertNotIn("was returned", self._get(url).text)

    def test_readers_of_the_conversation(self):
        self._login(self.user_worker)
        for record in (self.case, self.case.sudo().plan_id):
            page = " ".join(self._get(record.access_url).text.split())
            said = page.partition(">Conversation</h2>")[2].partition("</p>")[0]
            self.assertIn("Read by: you, ", said)
            self.assertIn("the selection committee", said)
            self.assertNotIn("the employee", said)
