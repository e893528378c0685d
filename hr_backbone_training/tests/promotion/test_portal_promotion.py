# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_portal import PDF, BackbonePortalCommon
from ..common_promotion import PromotionCommon


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalPromotion(BackbonePortalCommon):
    """Achievements and work suggestions on their pages; Plain and Apprentice are members,
    both with a portal login, and so is the mentor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._new_members(cls.plain)
        cls._set_mentor(cls.member, cls.mentor)
        cls.env.flush_all()

    def _achievement(self, user=None, **kwargs):
        make = PromotionCommon._new_achievement.__func__
        record = make(type(self), user or self.user_plain, **kwargs)
        self.env.flush_all()
        return record

    @classmethod
    def _new_file(cls, record):
        PromotionCommon._new_file.__func__(cls, record)

    def _suggestion(self, **kwargs):
        make = PromotionCommon._new_suggestion.__func__
        record = make(type(self), self.user_plain, **kwargs)
        self.env.flush_all()
        return record

    # -- achievements ------------------------------------------------------------------

    def test_handed_in_and_verified(self):
        self._login(self.user_plain)
        self.assertPage(self._get("/my/backbone/achievements"), "Hand in an achievement")
        answer = self._post(
            "/my/backbone/achievements", {"kind": "qualification", "name": "  Master \n craftsman "}
        )
        record = self.env["hr.backbone.achievement"].sudo().search([], limit=1)
        self.assertEqual(record.name, "Master craftsman")
        self.assertIn(record.access_url, answer.headers["Location"])
        page = self._get(record.access_url)
        self.assertPage(page, "Master craftsman")
        data = {
            "version": self._get_version(page.text),
            "authority": "Chamber",
            "date_obtained": "2026-02-01",
            "date_expiry": "2028-02-29",
            "step": "submit",
        }
        self.assertEqual(self._post(record.access_url, data).status_code, 303)
        page = self._get(record.access_url)
        self.assertPage(page, "Add a file that proves the qualification.")
        self.assertEqual(record.authority, "Chamber", "what was typed is stored")
        data["version"] = self._get_version(page.text)
        answer = self._upload(record.access_url, data, "files", PDF)
        self.assertEqual(answer.status_code, 303, answer.text)
        self.assertEqual(record.state, "submitted")
        self.assertPage(self._get(record.access_url), "Your achievement was submitted.")
        # the mentor
        self._login(self.user_mentor)
        self.assertPage(self._get("/my/backbone"), "Verify the achievement: Master craftsman")
        self.assertPage(self._get("/my/backbone/achievements"), "Master craftsman", "Plain")
        file = record.attachment_ids
        answer = self._get(f"{record.access_url}/files/{file.id}")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        answer = self._post(f"{record.access_url}/return", {"comment": ""})
        page = self._get(record.access_url)
        self.assertPage(page, "Please write a comment", 'aria-describedby="hint-comment error')
        self._post(f"{record.access_url}/verify", {"comment": "Well done"})
        self.assertEqual(record.state, "verified")
        self.assertEqual(record.employee_skill_id.skill_id.name, "Master craftsman")

    def test_returned_one_waits_for_the_member(self):
        record = self._achievement()
        record.action_submit()
        self.env.flush_all()
        self._login(self.user_mentor)
        self._post(f"{record.access_url}/return", {"comment": "Which chamber?"})
        self.assertEqual(record.state, "draft")
        self._login(self.user_plain)
        self.assertPage(self._get("/my/backbone"), "Correct the achievement: Master craftsman")
        self.assertPage(self._get(record.access_url), "Which chamber?", "Returned for correction")

    def test_bad_input_stands_beside_its_input(self):
        record = self._achievement()
        self._login(self.user_plain)
        for data, name in (
            ({"name": " "}, "name"),
            ({"kind": "medal"}, "kind"),
            ({"date_obtained": "29.02.2027"}, "date_obtained"),
            ({"date_obtained": "2027-02-29"}, "date_obtained"),
            ({"date_obtained": "9999-12-31"}, "date_obtained"),
            ({"date_obtained": "2026-02-02", "date_expiry": "2026-02-01"}, "date_expiry"),
        ):
            with self.subTest(data=data):
                data = {**data, "version": record._get_version()}
                page = self._post(record.access_url, data)
                self.assertPage(page, f'id="error-{name}"')
                answer = self._post(f"{record.access_url}/autosave", data).json()
                self.assertEqual((answer["saved"], answer["name"]), (False, name))
        self.env.invalidate_all()
        self.assertEqual(record.name, "Master craftsman")
        answer = self._post("/my/backbone/achievements", {"kind": "book", "name": ""})
        self.assertEqual(answer.status_code, 303)
        self.assertPage(self._get("/my/backbone/achievements"), "Fill in “Title”.")

    def test_files_of_other_kinds_and_sizes(self):
        record = self._achievement()
        self._login(self.user_plain)
        self.company.backbone_upload_mb = 1
        for content, words in (
            (b"MZ\x90\x00 not a certificate", "not of a kind"),
            (b"", "is empty"),
            (PDF + b" " * 1024 * 1024, "larger than 1 MB"),
        ):
            with self.subTest(words=words):
                data = {"version": record._get_version()}
                page = self._upload(record.access_url, data, "files", content)
                self.assertPage(page, words, 'id="error-files"')
        self.env.invalidate_all()
        file = record.sudo().attachment_ids
        self.assertEqual(len(file), 1)
        self._post(
            record.access_url, {"version": record._get_version(), "remove_file": str(file.id)}
        )
        self.env.invalidate_all()
        self.assertFalse(record.sudo().attachment_ids)

    def test_two_windows(self):
        record = self._achievement()
        self._login(self.user_plain)
        version = record._get_version()
        url = f"{record.access_url}/autosave"
        self.assertTrue(self._post(url, {"version": version, "notes": "One"}).json()["saved"])
        self.assertTrue(self._post(url, {"version": version, "notes": "Two"}).json()["stale"])
        page = self._post(record.access_url, {"version": version, "notes": "Two"})
        self.assertPage(page, "Stored now: ", ">Two</textarea>")

    def test_book_needs_no_expiry(self):
        record = self._achievement(date_expiry="2028-02-29")
        self._login(self.user_plain)
        self._post(record.access_url, {"version": record._get_version(), "kind": "book"})
        self.env.invalidate_all()
        self.assertEqual((record.kind, record.date_expiry), ("book", False))

    def test_those_who_are_no_members_begin_nothing(self):
        self._login(self.user_apprentice)
        page = self._get("/my/backbone/achievements")
        self.assertPage(page, "There is nothing in this list.")
        self.assertNotIn("Hand in an achievement", page.text)
        self._post("/my/backbone/achievements", {"kind": "book", "name": "The Goal"})
        mine = [("employee_id", "=", self.apprentice.id)]
        self.assertFalse(self.env["hr.backbone.achievement"].sudo().search(mine))
        self.assertPage(self._get("/my/backbone/achievements"), "Only active members")

    def test_born_from_the_plan(self):
        user = self._new_user("bt_novice", "base.group_portal")
        novice = self._new_employee(user, self.line, self.job_worker)
        member = self._admitted(employee=novice, user=self.user_leader)
        plan = member.sudo().plan_id
        line = plan.line_ids.filtered(lambda row: row.method == "promotion")
        self.env.flush_all()
        self._login(user)
        link = f"/my/backbone/achievements?line={line.id}"
        self.assertIn(link, self._get(plan.access_url).text)
        self.assertPage(self._get(link), f'value="{line.id}" selected="selected"')
        self._post(
            "/my/backbone/achievements",
            {"kind": "book", "name": "The Goal", "plan_line_id": str(line.id)},
        )
        record = self.env["hr.backbone.achievement"].sudo().search([], limit=1)
        self.assertEqual(record.plan_line_id, line)
        self.assertPage(self._get(plan.access_url), record.access_url)

    # -- work suggestions --------------------------------------------------------------

    def test_report_is_reviewed_and_shown(self):
        record = self._suggestion()
        self._login(self.user_plain)
        page = self._get(record.access_url)
        self.assertPage(page, "A shadow board")
        data = {"version": self._get_version(page.text), "step": "submit"}
        self._post(record.access_url, {**data, "benefit_amount": "1200.50"})
        self.env.invalidate_all()
        self.assertEqual((record.state, record.benefit_amount), ("submitted", 1200.5))
        self.assertNotIn("Your review", self._get(record.access_url).text)
        self._login(self.user_director)
        self.assertPage(self._get("/my/backbone"), "Review the work suggestion: Reserve tools")
        self.assertPage(self._get(record.access_url), "Your review", 'max="30"')
        scores = {"score_technique": "31", "score_benefit": "20", "score_scope": "x"}
        data = {**scores, "score_practicality": "15", "answer": "A sound proposal"}
        self._post(f"{record.access_url}/adopt", data)
        page = self._get(record.access_url)
        self.assertPage(page, "Technique: “31” is not a number between 0 and 30", ">A sound")
        data.update(score_technique="25,5", score_scope="")
        self._post(f"{record.access_url}/adopt", data)
        self.assertPage(self._get(record.access_url), "Score each part of the report")
        data["score_scope"] = "0"
        self._post(f"{record.access_url}/adopt", {**data, "answer": " "})
        self.assertPage(self._get(record.access_url), "the answer that the author will read")
        self._post(f"{record.access_url}/adopt", data)
        self.env.invalidate_all()
        self.assertEqual((record.state, record.answer), ("adopted", "A sound proposal"))
        # the author reads answer and scores, colleagues the answer
        self._login(self.user_plain)
        self.assertPage(self._get(record.access_url), "A sound proposal", "25.5 of", "60.5")
        self._login(self.user_apprentice)
        self.assertPage(self._get("/my/backbone"), "Adopted suggestions")
        page = self._get("/my/backbone/suggestions/adopted?search=shadow")
        self.assertPage(page, record.name)
        adopted = self.env["hr.backbone.suggestion.adopted"].sudo()
        row = adopted.search([("suggestion_id", "=", record.id)])
        page = self._get(f"/my/backbone/suggestions/adopted/{row.id}")
        self.assertPage(page, "A shadow board", "A sound proposal", "Plain")
        self.assertNotIn("70.5", page.text)
        self.assertNotIn("Ten minutes a shift", page.text)
        self.assertEqual(self._get(record.access_url).status_code, 404)

    def test_report_names_what_is_missing(self):
        record = self._suggestion(proposal=False)
        self._login(self.user_plain)
        data = {"version": record._get_version(), "step": "submit"}
        self._post(record.access_url, data)
        self.assertPage(self._get(record.access_url), 'id="error-proposal"')
        for amount in ("-1", "x", "nan", "1e13"):
            data = {"version": record._get_version(), "benefit_amount": amount}
            self.assertPage(self._post(record.access_url, data), 'id="error-benefit_amount"')

    def test_declined_and_withdrawn(self):
        first, second = self._suggestion(), self._suggestion(name="Another one")
        (first | second).action_submit()
        self.env.flush_all()
        self._login(self.user_plain)
        self._post(f"{second.access_url}/withdraw", {"comment": ""})
        self.assertEqual(
            self._post(f"{first.access_url}/adopt", {"answer": "Yes"}).status_code, 303
        )
        self.assertPage(self._get(first.access_url), "You cannot decide on your own case")
        self._login(self.user_director)
        self._post(f"{first.access_url}/decline", {"answer": "We had it before"})
        self.env.invalidate_all()
        self.assertEqual((first.state, second.state), ("declined", "withdrawn"))
