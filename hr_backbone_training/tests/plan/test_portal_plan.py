# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_portal import PDF, BackbonePortalCommon


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalPlan(BackbonePortalCommon):
    """The development plan on its page: written, submitted, reported on."""

    # -- the plan ------------------------------------------------------------------------

    def test_plan_is_written_and_submitted(self):
        plan = self.draft.sudo().plan_id
        self._login(self.user_apprentice)
        version = self._get_version(self._get(plan.access_url).text)
        data = {
            "version": version,
            "strengths": "Precise",
            "gaps": "Leading",
            "goal_short": "Deputy",
            "goal_long": "Leader",
            "new-mentoring-action": "A talk every two weeks",
            "new-mentoring-date_due": "2026-12-31",
            "step": "submit",
        }
        answer = self._post(plan.access_url, data)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(plan.state, "submitted")
        self.assertEqual(plan.line_ids.mapped("method"), ["mentoring"])
        page = self._get(plan.access_url)
        self.assertPage(page, "Your plan was submitted.", "A talk every two weeks")
        self.assertNotIn('name="version"', page.text)
        # read-only now, also for a form that was still open
        self._post(plan.access_url, {**data, "strengths": "Changed"})
        self.assertEqual(plan.strengths, "Precise")
        # and it can be taken back as long as the application has not been submitted
        self._post(plan.access_url, {"step": "return"})
        self.assertEqual(plan.state, "draft")

    def test_how_many_is_one_when_left_empty(self):
        plan = self.draft.sudo().plan_id
        line = plan.line_ids.create({"plan_id": plan.id, "action": "Six books", "quantity": 6})
        self._login(self.user_apprentice)
        name = f"{line.id}-quantity"
        self._post(plan.access_url, {"version": plan._get_version(), name: ""})
        self.env.invalidate_all()
        self.assertEqual(line.quantity, 1)

    def test_plan_names_what_is_missing(self):
        plan = self.draft.sudo().plan_id
        self._login(self.user_apprentice)
        answer = self._post(
            plan.access_url,
            {"version": plan._get_version(), "strengths": "Precise", "step": "submit"},
        )
        # all is stored: the error stands at the plan's address, and a reload sends nothing
        self.assertRedirect(answer, plan)
        answer = self._get(plan.access_url)
        self.assertPage(answer, 'role="alert"', 'id="error-gaps"', 'aria-invalid="true"')
        # in the list, and beside the box, under its label
        self.assertEqual(answer.text.count("Fill in “Gaps” before you submit the plan."), 2)
        self.assertEqual(answer.text.count("Add at least one action to the plan."), 1)
        label = answer.text.partition('for="f-goal_short">')[2].partition("</label>")[0]
        self.assertIn("Goals for 6 to 12 months", label)
        self.assertEqual(plan.state, "draft")
        self.assertEqual(plan.strengths, "Precise", "what was typed stays")

    def test_plan_keeps_what_was_typed_through_an_error(self):
        plan = self.draft.sudo().plan_id
        self._login(self.user_apprentice)
        answer = self._post(
            plan.access_url,
            {
                "version": plan._get_version(),
                "strengths": "Precise <b>",
                "new-rotation-action": "Six weeks in sales",
                "new-rotation-date_due": "31.12.2026",
            },
        )
        self.assertPage(
            answer,
            "Precise &lt;b&gt;",
            "Six weeks in sales",
            'aria-describedby="error-new-rotation-date_due"',
        )
        self.assertFalse(plan.strengths)

    def test_text_says_its_length_and_its_readers(self):
        plan = self.draft.sudo().plan_id
        self._login(self.user_apprentice)
        self.assertPage(
            self._get(plan.access_url),
            'data-limit="10000"',
            'aria-describedby="hint-strengths readers-form count-f-strengths"',
            'id="readers-form"',
            "Read by: you, your managers, the mentor",
        )
        # once for the form, once for the conversation; not below each box
        self.assertEqual(self._get(plan.access_url).text.count("Read by:"), 2)
        long = {"version": plan._get_version(), "strengths": "x" * 10_001}
        said = "This text has 10,001 characters, and at most 10,000 are allowed."
        self.assertPage(self._post(plan.access_url, long), said, "x" * 10_001, "error-strengths")
        answer = self._post(f"{plan.access_url}/autosave", long).json()
        self.assertIn(said, answer["message"])
        self.assertEqual(answer["name"], "strengths")
        self.assertFalse(plan.strengths)

    def test_plan_in_two_windows(self):
        plan = self.draft.sudo().plan_id
        self._login(self.user_apprentice)
        version = plan._get_version()
        first = self._post(f"{plan.access_url}/autosave", {"version": version, "gaps": "One"})
        self.assertTrue(first.json()["saved"])
        second = self._post(f"{plan.access_url}/autosave", {"version": version, "gaps": "Two"})
        self.assertTrue(second.json()["stale"])
        page = self._post(plan.access_url, {"version": version, "gaps": "Two"})
        self.assertPage(page, "Stored now: ", ">Two</textarea>")
        self.assertEqual(plan.gaps, "One")
        # the second time one knows what one replaces
        self._post(plan.access_url, {"version": self._get_version(page.text), "gaps": "Two"})
        self.assertEqual(plan.gaps, "Two")

    def test_plan_autosave_creates_a_line_once(self):
        plan = self.draft.sudo().plan_id
        self._login(self.user_apprentice)
        answer = self._post(
            f"{plan.access_url}/autosave",
            {"version": plan._get_version(), "new-internal-action": "Course"},
        ).json()
        line = plan.line_ids
        self.assertEqual(answer["created"], {"new-internal": line.id})
        self._post(
            f"{plan.access_url}/autosave",
            {"version": answer["version"], f"{line.id}-action": "Longer course"},
        )
        self.assertEqual(plan.line_ids.mapped("action"), ["Longer course"])
        self._post(plan.access_url, {"version": plan._get_version(), "remove": str(line.id)})
        self.assertFalse(plan.line_ids)

    def test_autosave_says_what_is_still_missing(self):
        """With it the page takes away the messages of what has been filled in since."""
        plan = self.draft.sudo().plan_id
        self._login(self.user_apprentice)
        data = {"version": plan._get_version(), "strengths": "Precise", "gaps": " "}
        answer = self._post(f"{plan.access_url}/autosave", data).json()
        self.assertEqual((answer["missing"], answer["refusals"]), ({}, []), "nobody asked")
        data = {"version": plan._get_version(), "goal_short": "Deputy", "check": "1"}
        answer = self._post(f"{plan.access_url}/autosave", data).json()
        self.assertEqual(set(answer["missing"]), {"gaps", "goal_long"})
        self.assertEqual(len(answer["refusals"]), 3)
        self.assertIn("Add at least one action", answer["refusals"][2])

    def test_plan_of_another_is_not_written(self):
        plan = self.draft.sudo().plan_id
        for user in (self.user_leader, self.user_director, self.user_officer):
            self._login(user)
            answer = self._post(
                f"{plan.access_url}/autosave", {"version": plan._get_version(), "gaps": "Mine"}
            )
            self.assertFalse(answer.json()["saved"])
        self.assertFalse(plan.gaps)

    # -- the yearly revision ---------------------------------------------------------------

    def test_revision_is_begun(self):
        plan = self._admitted(employee=self.plain, user=self.user_manager).sudo().plan_id
        self._login(self.user_plain)
        self.assertPage(self._get(plan.access_url), "Begin a revision")
        answer = self._post(plan.access_url, {"step": "revise"})
        revision = plan.search([("previous_id", "=", plan.id)])
        self.assertRedirect(answer, revision)
        self.assertPage(self._get(revision.access_url), "The revision is begun", "revision 2")
        # pressed in another window, it leads to the same revision
        self.assertRedirect(self._post(plan.access_url, {"step": "revise"}), revision)
        self.assertEqual(plan.search([("previous_id", "=", plan.id)]), revision)
        page = self._get(plan.access_url)
        self.assertPage(page, "A revision</a> of it is open")
        self.assertNotIn("Begin a revision", page.text)

    def test_revision_of_another_is_not_begun(self):
        plan = self._admitted(employee=self.plain, user=self.user_manager).sudo().plan_id
        for user, status in ((self.user_manager, 303), (self.user_apprentice, 404)):
            self._login(user)
            self.assertNotIn("Begin a revision", self._get(plan.access_url).text)
            answer = self._post(plan.access_url, {"step": "revise"})
            self.assertEqual(answer.status_code, status)
        self._login(self.user_manager)
        self._post(plan.access_url, {"step": "revise"})
        self.assertPage(self._get(plan.access_url), "The member revises the plan")
        self.assertFalse(plan.search([("previous_id", "=", plan.id)]))

    # -- progress and evidence -------------------------------------------------------------

    def test_progress_and_evidence(self):
        plan = self._admitted(employee=self.plain, user=self.user_manager).sudo().plan_id
        line = plan.line_ids[0]
        self.env.flush_all()
        self._login(self.user_plain)
        data = {"version": plan._get_version(), f"{line.id}-progress": "40"}
        answer = self._upload(plan.access_url, data, f"{line.id}-files", PDF)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(line.progress, 40)
        self.assertEqual(line.evidence_ids.mimetype, "application/pdf")
        self.assertEqual(line.evidence_ids.res_id, line.id)
        self.assertPage(self._get(plan.access_url), "proof.pdf", 'value="40"')
        # content stays as it was agreed
        self._post(plan.access_url, {"version": plan._get_version(), f"{line.id}-action": "Less"})
        self.assertNotEqual(line.action, "Less")
        self._post(
            plan.access_url,
            {"version": plan._get_version(), "remove_file": str(line.evidence_ids.id)},
        )
        self.assertFalse(line.evidence_ids)

    def test_file_of_another_kind(self):
        plan = self._admitted(employee=self.plain, user=self.user_manager).sudo().plan_id
        line = plan.line_ids[0]
        self.env.flush_all()
        self._login(self.user_plain)
        name = f"{line.id}-files"
        for content in (b"<html><script>1</script></html>", b"<svg xmlns='x'/>", b"", b"MZ\x90"):
            answer = self._upload(plan.access_url, {"version": plan._get_version()}, name, content)
            self.assertPage(answer, f'id="error-{name}"')
        self.company.backbone_upload_mb = 1
        answer = self._upload(
            plan.access_url, {"version": plan._get_version()}, name, PDF + b"x" * 2**20
        )
        self.assertPage(answer, "larger than 1 MB")
        self.assertFalse(line.evidence_ids)
