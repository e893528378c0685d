# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import re

from lxml import html

from odoo.tests import tagged

from ..common_portal import BackbonePortalCommon
from ..common_report import ReportSteps


@tagged("post_install", "-at_install", "backbone_portal")
class TestPortalAssessment(BackbonePortalCommon, ReportSteps):
    """The mentor's assessment on its page: "every quarter, the mentor … will assess"."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_quarter()
        cls.url = cls.assessment.access_url
        cls.lines = cls.assessment.line_ids

    def _typed(self, score="80", **kwargs):
        return {
            "version": self.assessment._get_version(),
            **{f"{line.id}-score": score for line in self.lines},
            "comment": "Go on like this",
            "proposal": "keep",
            **kwargs,
        }

    def test_written_and_submitted(self):
        self._write_report()
        self.env.flush_all()
        self._login(self.user_mentor)
        page = self._get(self.url)
        self.assertPage(page, "Built the new line", *self.lines.mapped("name"))
        self.assertIn("Required for 90 and more, or below 60.", page.text)
        self.assertIn(self.lines[0].anchor[:20], page.text)
        self.assertRedirect(self._post(self.url, self._typed(step="submit")), self.assessment)
        self.assertEqual(self.assessment.state, "submitted")
        self.assertEqual((self.assessment.total, self.assessment.grade), (80, "B"))
        page = self._get(self.url)
        self.assertPage(page, "The assessment was submitted.", "80.00", "Next: ")
        self.assertNotIn('name="version"', page.text)
        # the grade is frozen, whatever the bands are later
        self.company.backbone_grade_b = 82
        self._post(self.url, self._typed("99"))
        self.assertEqual((self.assessment.total, self.assessment.grade), (80, "B"))
        self.assertPage(self._get(self.url), "80.00")

    def test_report_not_submitted_yet(self):
        self._login(self.user_mentor)
        self.mine.work_done = "A secret draft"
        self.env.flush_all()
        page = self._get(self.url)
        self.assertPage(page, "has not been submitted yet")
        self.assertNotIn("A secret draft", page.text)

    def test_total_and_grade_without_script(self):
        self._login(self.user_mentor)
        data = self._typed("84")
        data[f"{self.lines[0].id}-score"] = ""
        self._post(self.url, data)
        self.assertPage(self._get(self.url), 'o_backbone_grade">–<')
        self._post(self.url, self._typed("86"))
        page = self._get(self.url)
        self.assertPage(page, 'o_backbone_total">86.00<', 'o_backbone_grade">A<')
        self.assertFalse(self.assessment.grade)

    def test_weights_are_of_100_points_in_all(self):
        """Criteria of a running program were deleted: page, script and paper count as the
        model does."""
        self.lines[0].unlink()
        lines = self.assessment.line_ids
        self.assertEqual(lines, self.lines[1:])
        self.assertLess(sum(lines.mapped("weight")), 100)
        self._login(self.user_mentor)
        typed = {f"{line.id}-score": "100" for line in lines}
        typed |= {f"{line.id}-example": "The new line" for line in lines}
        data = {"version": self.assessment._get_version(), "comment": "Well done", **typed}
        self._post(self.url, data)
        page = self._get(self.url)
        self.assertPage(page, 'o_backbone_total">100.00<', 'o_backbone_grade">S<')
        weights = [float(weight) for weight in re.findall(r'data-weight="([^"]*)"', page.text)]
        self.assertEqual((len(weights), round(sum(weights), 6)), (len(lines), 100))
        form = self._form(self.assessment)
        self.assertEqual((form["total"], form["grade"], form["weight"]), ("100.00", "S", 100))
        self.assertEqual(round(sum(float(row["points"]) for row in form["rows"])), 100)
        for row, weight in zip(form["rows"], weights, strict=True):
            self.assertEqual(row["weight"], f"{round(weight, 2):g}")

    def test_example_is_required_at_both_ends(self):
        self._login(self.user_mentor)
        high, low = self.lines[:2]
        data = self._typed(step="submit")
        data |= {f"{high.id}-score": "90", f"{low.id}-score": "59"}
        self.assertRedirect(self._post(self.url, data), self.assessment)
        page = self._get(self.url)
        self.assertPage(page, f'id="error-{high.id}-example"', f'id="error-{low.id}-example"')
        self.assertEqual(self.assessment.state, "draft")
        self.assertEqual(high.score, 90, "what was typed stays")
        data = self._typed(step="submit")
        data |= {f"{high.id}-score": "89", f"{low.id}-score": "60"}
        self._post(self.url, data)
        self.assertEqual(self.assessment.state, "submitted")

    def test_zero_is_a_score_and_nothing_is_none(self):
        self._login(self.user_mentor)
        line = self.lines[0]
        self._post(self.url, self._typed("", **{f"{line.id}-score": "0"}))
        self.assertIsNot(line.score, False)
        self.assertTrue(all(other.score is False for other in self.lines[1:]))
        page = self._get(self.url)
        self.assertPage(page, 'value="0"', 'o_backbone_total">0.00<', 'o_backbone_grade">–<')
        self.assertEqual(self._get_row(), ("0", "0.00", "0.00"))
        self._post(self.url, self._typed(""))
        self.assertIs(line.score, False)
        self.assertPage(self._get(self.url), 'o_backbone_total">–<', 'o_backbone_grade">–<')
        self.assertEqual(self._get_row(), ("", "", ""))
        # for whoever reads it
        zeros = {f"{row.id}-example": "The new line" for row in self.lines}
        self._post(self.url, self._typed("0", step="submit", **zeros))
        self.assertEqual(self.assessment.state, "submitted")
        self.assertPage(self._get(self.url), "<b>0</b>", "0.00")

    def _get_row(self):
        """The score of the first criterion, its points and the total, as they are printed."""
        reports = self.env["ir.actions.report"].with_user(self.user_mentor)
        name = "hr_backbone_training.report_assessment"
        content, _kind = reports._render_qweb_html(name, self.assessment.ids)
        form = html.fromstring(content.decode())
        title = f"//tr[td/b[text()='{self.lines[0].name}']]"
        score, points = (form.xpath(f"string({title}/td[{n}])").strip() for n in (3, 4))
        total = form.xpath("string(//tr[th='Total']/td/b)").strip()
        return score, points, total

    def test_bad_scores(self):
        self._login(self.user_mentor)
        name = f"{self.lines[0].id}-score"
        for score in ("101", "-1", "x", "8.5", "٨٠", "1e2", "9" * 5000):
            answer = self._post(self.url, self._typed(**{name: score, "comment": "Kept"}))
            self.assertPage(answer, f'id="error-{name}"', ">Kept</textarea>")
        answer = self._post(self.url, self._typed(proposal="fire"))
        self.assertPage(answer, 'id="error-proposal"')
        self.assertTrue(all(line.score is False for line in self.lines))
        answer = self._post(f"{self.url}/autosave", self._typed(**{name: "101"}))
        self.assertEqual((answer.json()["saved"], answer.json()["name"]), (False, name))

    def test_two_windows(self):
        self._login(self.user_mentor)
        name = f"{self.lines[0].id}-score"
        version = self.assessment._get_version()
        first = self._post(f"{self.url}/autosave", {"version": version, name: "70"})
        self.assertTrue(first.json()["saved"])
        page = self._post(self.url, {"version": version, name: "80"})
        self.assertPage(page, "Stored now: ", 'value="80"')
        self.assertEqual(self.lines[0].score, 70)

    def test_one_after_the_other(self):
        self._login(self.user_mentor)
        page = self._get("/my/backbone")
        self.assertPage(page, "Assess your mentees: 2 assessments")
        self.assertPage(self._get("/my/backbone/assessments"), "2 to write")
        answer = self._post(self.url, self._typed(step="next"))
        self.assertRedirect(answer, self.assessment_colleague)
        self.assertPage(self._get(self.assessment_colleague.access_url), "Saved: Quintus Case.")
        self._write_assessment()
        self.env.flush_all()
        self.assertPage(self._get("/my/backbone"), "Assess your mentee: Octavia Agenda")
        page = self._get("/my/backbone/assessments?filterby=open")
        self.assertPage(page, "Octavia Agenda", "1 to write")
        self.assertNotIn("Quintus Case", page.text)

    def test_notes_of_the_predecessor(self):
        self.env["hr.backbone.assessment.note"].create(
            {
                "assessment_id": self.assessment.id,
                "mentor_id": self.director.id,
                "mentor_name": "Director",
                "text": "Careful with praise",
            }
        )
        self.env.flush_all()
        self._login(self.user_mentor)
        self.assertPage(self._get(self.url), "Careful with praise")
        self._write_assessment()
        self.env.flush_all()
        self._login(self.user_worker)
        page = self._get(self.url)
        self.assertPage(page, "Go on like this", "80.00")
        self.assertNotIn("Careful with praise", page.text)
        self.assertNotIn('name="version"', page.text)

    def test_member_reads_it_once_submitted_and_shared(self):
        self._login(self.user_worker)
        self.assertEqual(self._get(self.url).status_code, 404)
        self._write_assessment()
        self.env.flush_all()
        self.assertPage(self._get("/my/backbone/reports"), "Assessment: B")
        self.assertPage(self._get("/my/backbone/assessments?filterby=own"), "Quintus Case")
        self.company.backbone_share_assessment = False
        self.env.flush_all()
        self.assertEqual(self._get(self.url).status_code, 404)
        self.assertNotIn("Assessment: B", self._get("/my/backbone/reports").text)

    def test_a_former_mentor(self):
        """Keeps what was written, and the report only while the assessment is still owed."""
        self._write_report()
        self._set_mentor(self.pool_member, self.director)
        self.env.cr.execute(
            "UPDATE hr_backbone_assessment SET mentor_id = %s WHERE id = %s",
            (self.mentor.id, self.assessment.id),
        )
        self.env.invalidate_all()
        self._login(self.user_mentor)
        self.assertPage(self._get(self.url), "Built the new line")
        self.assertEqual(self._get(self.report.access_url).status_code, 200)
        self._write_assessment()
        self.env.flush_all()
        page = self._get(self.url)
        self.assertPage(page, "Go on like this")
        self.assertNotIn("Built the new line", page.text)
        self.assertEqual(self._get(self.report.access_url).status_code, 404)

    def test_others_do_not(self):
        self._write_assessment(submit=False)
        self.env.flush_all()
        for user in (self.user_worker, self.user_plain, self.user_leader, self.user_colleague):
            self._login(user)
            self.assertEqual(self._get(self.url).status_code, 404, user.login)
            answer = self._post(self.url, {"comment": "x", "step": "submit"})
            self.assertEqual(answer.status_code, 404)
        self._login(self.user_officer)
        self.assertEqual(self._get(self.url).status_code, 200)
        answer = self._post(f"{self.url}/autosave", self._typed("99"))
        self.assertFalse(answer.json()["saved"])
        self.assertEqual(self.assessment.state, "draft")

    def test_rubbish(self):
        self._login(self.user_mentor)
        for number in ("0", "abc", "999999999", "9" * 30):
            for tail in ("", "/pdf", "/autosave"):
                url = f"/my/backbone/assessments/{number}{tail}"
                self.assertIn(self._get(url).status_code, (404, 405), url)
        for query in ("filterby=x", "page=x", "sortby=%00", "filterby="):
            answer = self._get(f"/my/backbone/assessments?{query}")
            self.assertEqual(answer.status_code, 200)
        for body in ({"version": "x"}, {"step": "\x00"}, self._typed(step="none")):
            self.assertIn(self._post(self.url, body).status_code, (200, 303))
        self.assertEqual(self._post(self.url, self._typed(), csrf=False).status_code, 400)
