# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_portal import PDF, BackbonePortalCommon
from ..common_report import ReportSteps

TEXTS = ("work_done", "study", "plan_progress", "problems", "next_quarter")


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalReport(BackbonePortalCommon, ReportSteps):
    """The work-and-study report on its page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_quarter()
        cls.url = cls.report.access_url

    def _typed(self, **kwargs):
        return {"version": self.report._get_version(), **kwargs}

    def test_written_and_submitted(self):
        book = self._new_book(self.pool_member, "2026-02-01")
        self.report._refresh_entries()
        entry = self.report.entry_ids
        self.env.flush_all()
        self._login(self.user_worker)
        page = self._get(self.url)
        self.assertPage(page, "2026-Q1", "Leading well", "Bring up to date")
        data = {
            **{name: f"Text of {name}" for name in TEXTS},
            "version": self._get_version(page.text),
            f"{entry.id}-shown": "1",
            f"{entry.id}-note": "Read twice",
            "step": "submit",
        }
        self.assertRedirect(self._post(self.url, data), self.report)
        self.assertEqual(self.report.state, "submitted")
        self.assertEqual(entry.note, "Read twice")
        self.assertFalse(entry.is_included, "its box was not ticked")
        page = self._get(self.url)
        self.assertPage(page, "Your report was submitted.", "Text of problems")
        self.assertNotIn('name="version"', page.text)
        self.assertNotIn("Read twice", page.text, "what was left out is not shown")
        # read-only now, also for a form that was still open
        self._post(self.url, {**data, "study": "Changed"})
        self.assertEqual(self.report.study, "Text of study")
        self.assertTrue(book.exists())

    def test_names_what_is_missing_and_keeps_what_was_typed(self):
        self._login(self.user_worker)
        answer = self._post(self.url, self._typed(study="Precise <b>", step="submit"))
        self.assertRedirect(answer, self.report)
        page = self._get(self.url)
        self.assertPage(
            page, 'role="alert"', 'id="error-problems"', 'aria-invalid="true"', "Precise &lt;b&gt;"
        )
        self.assertEqual(self.report.state, "draft")
        self.assertNotIn('id="error-study"', page.text)

    def test_two_windows(self):
        self._login(self.user_worker)
        version = self.report._get_version()
        first = self._post(f"{self.url}/autosave", {"version": version, "study": "One"})
        self.assertTrue(first.json()["saved"])
        second = self._post(f"{self.url}/autosave", {"version": version, "study": "Two"})
        self.assertTrue(second.json()["stale"])
        page = self._post(self.url, {"version": version, "study": "Two"})
        self.assertPage(page, "Stored now: ", ">Two</textarea>")
        self.assertEqual(self.report.study, "One")
        self._post(self.url, {"version": self._get_version(page.text), "study": "Two"})
        self.assertEqual(self.report.study, "Two")

    def test_something_new_disturbs_no_open_window(self):
        self.mine.write({"study": "Mine", "plan_progress": "Mine"})
        version = self.report._get_version()
        self._new_book(self.pool_member, "2026-02-01")
        self.report._refresh_entries()
        self.assertEqual(self.report._get_version(), version)
        self.report.entry_ids.with_user(self.user_worker).note = "x"
        self.assertNotEqual(self.report._get_version(), version)

    def test_bring_up_to_date(self):
        self._login(self.user_worker)
        self._new_book(self.pool_member, "2026-02-01")
        answer = self._post(self.url, self._typed(work_done="Half", step="refresh"))
        self.assertRedirect(answer, self.report)
        self.assertPage(self._get(self.url), "Leading well", "up to date", ">Half</textarea>")

    def test_files(self):
        self._login(self.user_worker)
        answer = self._upload(self.url, self._typed(), "files", b"MZ\x90")
        self.assertPage(answer, 'id="error-files"')
        # and when something else is wrong, one is told that the file has to be chosen again
        wrong = {**self._typed(), "study": "x" * 10_001}
        answer = self._upload(self.url, wrong, "files", PDF)
        self.assertPage(answer, 'id="lost-files"', "proof.pdf", "Please choose them again")
        self.assertRedirect(self._upload(self.url, self._typed(), "files", PDF), self.report)
        file = self.report.attachment_ids
        self.assertEqual((file.res_model, file.res_id), (self.report._name, self.report.id))
        self.assertEqual(self._get(f"{self.url}/files/{file.id}").content, PDF)
        self.assertPage(self._get(self.url), "proof.pdf")
        self._post(self.url, self._typed(remove_file=str(file.id)))
        self.assertFalse(self.report.attachment_ids)

    def test_returned_with_a_comment(self):
        self._write_report()
        self.report.with_user(self.user_officer).action_return("Say more about the line")
        self.env.flush_all()
        self._login(self.user_worker)
        self.assertPage(self._get("/my/backbone"), "was returned", "Say more about the line")
        self.assertPage(self._get(self.url), "Say more about the line", 'name="version"')

    def test_accepted_shows_the_score(self):
        self._write_report()
        self.report.with_user(self.user_officer).action_accept(88.5, "Well done")
        self.env.flush_all()
        self._login(self.user_worker)
        self.assertPage(self._get("/my/backbone/reports"), "2026-Q1", "88.5")
        self.assertPage(self._get(self.url), "Well done", "88.5")

    def test_entry_of_an_app_that_is_gone(self):
        """It stays in the report by its name, without the technical one of its kind."""
        self._new_book(self.pool_member, "2026-02-01")
        self.report._refresh_entries()
        entry = self.report.entry_ids
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_backbone_report_entry SET kind = 'divingcourse'")
        self.env.invalidate_all()
        self._login(self.user_worker)
        page = self._get(self.url)
        self.assertPage(page, entry.name)
        self.assertNotIn("divingcourse", page.text)

    def test_todo_and_room(self):
        self._login(self.user_worker)
        page = self._get("/my/backbone")
        self.assertPage(page, "Write your work and study report: 2026-Q1", "/my/backbone/reports")
        self.assertNotIn("Late:", page.text)
        self.env.cr.execute("UPDATE hr_backbone_report SET date_due = '2026-03-01'")
        self.env.invalidate_all()
        self.assertPage(self._get("/my/backbone"), "Late: it was due on")
        count = self.user_worker.with_user(self.user_worker)._count_backbone_todo()
        todo = self.user_worker.with_user(self.user_worker)._get_backbone_todo()
        self.assertEqual(count, len(todo))

    def test_who_sees_a_report(self):
        other = self.report_colleague.access_url
        self._login(self.user_worker)
        self.assertEqual(self._get(other).status_code, 404)
        self._login(self.user_mentor)
        self.assertEqual(self._get(self.url).status_code, 404, "a draft is the member's alone")
        self._write_report()
        self.env.flush_all()
        self.assertPage(self._get(self.url), "Built the new line")
        self._login(self.user_plain)
        for url in (self.url, other, f"{self.url}/files/1"):
            self.assertEqual(self._get(url).status_code, 404)
        for url in (self.url, f"{self.url}/autosave"):
            self.assertEqual(self._post(url, {"study": "x"}).status_code, 404)

    def test_rubbish(self):
        self._login(self.user_worker)
        for number in ("0", "abc", "999999999", "9" * 30):
            for tail in ("", "/pdf", "/files/1", "/autosave"):
                url = f"/my/backbone/reports/{number}{tail}"
                self.assertIn(self._get(url).status_code, (404, 405), url)
        for page in ("0", "7", "9" * 12):
            self.assertEqual(self._get(f"/my/backbone/reports/page/{page}").status_code, 200)
        for body in ({"version": "x"}, {"step": "\x00"}, self._typed(remove_file="x")):
            self.assertIn(self._post(self.url, body).status_code, (200, 303))
        answer = self._post(self.url, self._typed(study="x"), csrf=False)
        self.assertEqual(answer.status_code, 400)
