# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_portal import BackbonePortalCommon
from ..common_report import ReportSteps


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalOpinion(BackbonePortalCommon, ReportSteps):
    """The leader of the line, with a portal login only, gives a second opinion on worker."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_leader.group_ids = cls.env.ref("base.group_portal")
        cls.program.second_opinion_percent = 100
        cls._create_quarter()
        cls.opinion = cls.assessment.second_opinion_ids
        cls.url = cls.opinion.access_url

    def _typed(self, score="70", **kwargs):
        lines = self.opinion.line_ids
        return {
            "version": self.opinion._get_version(),
            "comment": "Reliable",
            **{f"{line.id}-score": score for line in lines},
            **kwargs,
        }

    def test_from_the_list_to_both(self):
        self._login(self.user_leader)
        page = self._get("/my/backbone")
        self.assertPage(page, "Give a second opinion", self.url)
        [todo] = [
            row
            for row in self.user_leader.with_user(self.user_leader)._get_backbone_todo()
            if "second opinion" in row["title"]
        ]
        self.assertEqual(todo["button"], "Give it")
        self.assertPage(self._get("/my/backbone/opinions"), self.worker.name, "Give it")
        page = self._get(self.url)
        self.assertPage(page, "Score as you see it", *self.opinion.line_ids.mapped("name"))
        self.assertNotIn("Proposal for the training plan", page.text)
        answer = self._post(f"{self.url}/autosave", self._typed("101"))
        self.assertFalse(answer.json()["saved"])
        self.assertRedirect(self._post(self.url, self._typed(step="submit")), self.opinion)
        self.assertEqual((self.opinion.state, self.opinion.total), ("submitted", 70))
        self.assertPage(self._get(self.url), "Thank you.", "Take back to change it")
        self.assertRedirect(self._post(self.url, {"step": "take_back"}), self.opinion)
        self.assertEqual(self.opinion.state, "draft")
        self._post(self.url, self._typed("75", step="submit"))
        self._write_assessment(score=80)
        self.env.flush_all()
        page = self._get(self.url)
        self.assertPage(page, "Both at a glance", "80.00", "75.00", self.assessment.access_url)
        # nobody but HR reads what is written beside it
        self.assertNotIn("Conversation", page.text)
        self.assertNotIn("Take back", page.text)
        self._post(self.url, {"step": "take_back"})
        self.assertEqual(self.opinion.state, "submitted")
        # the mentor and the member find it on the assessment
        for user in (self.user_mentor, self.user_worker):
            self._login(user)
            self.assertPage(self._get(self.assessment.access_url), self.url)
            self.assertPage(
                self._get(self.url), "Both at a glance", "never in what the member gets"
            )

    def test_by_role(self):
        """Nobody else gets the page, or writes to it, before both are in."""
        self._write_assessment(score=83)
        self.env.flush_all()
        allowed = {self.user_leader: 200}
        for user in (
            *(self.user_leader, self.user_worker, self.user_colleague, self.user_manager),
            *(self.user_mentor, self.user_plain, self.user_customer),
        ):
            with self.subTest(user=user.login):
                self._login(user)
                page = self._get(self.url)
                self.assertEqual(page.status_code, allowed.get(user, 404))
                if user != self.user_leader:
                    self.assertEqual(self._post(self.url, self._typed()).status_code, 404)
                    answer = self._post(f"{self.url}/autosave", self._typed())
                    self.assertEqual(answer.status_code, 404)
                    # a list of the own alone
                    page = self._get("/my/backbone/opinions/page/2")
                    self.assertNotIn(self.url, page.text)
        self._login(self.user_leader)
        self.assertEqual(self._get(self.assessment.access_url).status_code, 404)
        for form in ("pdf", "year"):
            page = self._get(f"{self.assessment.access_url}/{form}")
            self.assertEqual(page.status_code, 404)
        self.assertNotIn("83.00", self._get(self.url).text)
        self.assertEqual(self.opinion.line_ids.mapped("score")[0], False)

    def test_returned(self):
        """It is due again: the page says by when, and not when the first one came."""
        self._login(self.user_leader)
        self._post(self.url, self._typed(step="submit"))
        self.assertPage(self._get(self.url), "Submitted on")
        self.opinion.with_user(self.user_officer).action_return("Please add examples")
        self.env.flush_all()
        page = self._get(self.url)
        self.assertPage(page, "Please add examples", "Due on")
        self.assertNotIn("Submitted on", page.text)

    def test_cancelled(self):
        self.opinion.with_user(self.user_officer).action_cancel("Not needed")
        self._login(self.user_leader)
        self.assertPage(self._get(self.url), "There is nothing for you to do.")
