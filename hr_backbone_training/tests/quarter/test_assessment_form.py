# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common_report import BackboneReportCommon

LONG = "The quick brown fox. " * 150


@tagged("post_install", "-at_install")
class TestAssessmentForm(BackboneReportCommon):
    """The third form on paper: "backbone staff assessment form"."""

    def _print(self, name, records, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.user_officer)
        html, _kind = reports._render_qweb_html(f"hr_backbone_training.{name}", records.ids)
        return html.decode()

    def test_empty_form_to_write_on(self):
        page = self._print("report_assessment", self.assessment, self.user_mentor)
        for text in (
            "Backbone Staff Assessment Form", "2026-Q1", "Worker", "Mentor", "Fitter",
            "A. Self report", "B. Assessment by the mentor", "C. Result by human resources",
            *self.assessment.line_ids.mapped("name"), "Keep the training plan",
            "Department Head", "Human Resources",
        ):  # fmt: skip
            self.assertIn(text, page)
        values = self._form(self.assessment)
        self.assertEqual((values["total"], values["grade"], values["hr"]["points"]), ("", "", ""))
        self.assertEqual({row["score"] for row in values["rows"]}, {""})

    def test_filled_form(self):
        self._new_book(self.pool_member, "2026-02-01")
        self._write_report()
        self.report.with_user(self.user_officer).action_accept(70)
        self._write_assessment(score=85)
        page = self._print("report_assessment", self.assessment, self.user_worker)
        for text in ("Leading well", "Built the new line", "85.00", "Go on like this", "☒"):
            self.assertIn(text, page)
        values = self._form(self.assessment.with_user(self.user_worker))
        self.assertEqual((values["total"], values["grade"]), ("85.00", "A"))
        # 25 % and 50 % of the year: one third and two thirds of the quarter
        self.assertEqual((values["hr"]["points"], values["hr"]["grade"]), ("80.00", "B"))
        self.assertEqual(values["hr"]["formula"], "Report 33 %, assessment 67 %")
        self.assertEqual(sum(float(row["points"]) for row in values["rows"]), 85)

    def test_texts_are_text(self):
        self._write_report(submit=False)
        self.mine.write({"work_done": "<script>alert(1)</script>", "study": LONG})
        self.mine.problems = "x" * 999
        self.mine.action_submit()
        page = self._print("report_assessment", self.assessment)
        self.assertNotIn("<script>alert(1)", page)
        self.assertIn(LONG.strip(), page)
        self.assertNotIn("x" * 41, page)

    def test_a_draft_report_is_not_printed_with_it(self):
        self.mine.work_done = "A secret draft"
        self.assertNotIn("A secret draft", self._print("report_assessment", self.assessment))
        self.assertIn("A secret draft", self._print("report_report", self.report, self.user_worker))

    def test_decision_of_hr(self):
        self._new_plan(self.worker, ("mentoring", "Talks"))
        self._write_assessment(submit=False)
        self.owed.proposal = "adjust"
        self.owed.action_submit()
        self.assessment.with_user(self.user_officer).action_decide_keep()
        values = self._form(self.assessment)
        self.assertEqual(values["decision"]["label"], "Plan kept")
        self.assertEqual(values["decision"]["person"], "Officer")

    def test_a_former_mentor_prints_what_was_written_alone(self):
        self._write_report()
        self._write_assessment()
        self._set_mentor(self.pool_member, self.director)
        self.env.cr.execute(
            "UPDATE hr_backbone_assessment SET mentor_id = %s WHERE id = %s",
            (self.mentor.id, self.assessment.id),
        )
        self.env.invalidate_all()
        for records in (self.owed, self.owed.sudo()):
            values = self._form(records)
            self.assertIn("not open", values["report_note"])
            self.assertNotIn("Built the new line", str(values))
            self.env.invalidate_all()

    def test_nobody_else_prints(self):
        self._write_assessment()
        for user in (self.user_colleague, self.user_chair):
            for report in ("assessment", "assessment_year"):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    self._form(self.assessment.with_user(user), report)

    # -- the year ----------------------------------------------------------------------

    def test_year(self):
        self._write_report()
        self.report.with_user(self.user_officer).action_accept(70)
        self._write_assessment(score=85)
        form = self._form(self.pool_member.with_user(self.user_officer), "member_year")
        first, second = form["quarters"][:2]
        self.assertEqual((first["total"], first["report"], first["grade"]), ("85.00", "70", "A"))
        self.assertEqual((second["total"], second["mentor"]), ("", ""))
        self.assertEqual((form["mean_total"], form["mean_report"]), ("85.00", "70.00"))
        (assessed, reported) = form["chart"]["lines"]
        self.assertEqual(
            [[point["text"] for point in part] for part in assessed["parts"]], [["85"]]
        )
        self.assertGreater(reported["parts"][0][0]["y"], assessed["parts"][0][0]["y"])
        page = self._print("report_member_year", self.pool_member)
        self.assertIn("<svg", page)
        self.assertIn("<polyline", page)
        self.assertIn("2026", page)
        page = self._print("report_assessment_year", self.assessment, self.user_worker)
        self.assertIn("85.00", page)

    def test_chart_is_cut_where_a_quarter_is_missing(self):
        rows = [
            {"label": f"Q{number}", "total_score": score, "report_score": None}
            for number, score in enumerate((60, None, 90, 100), 1)
        ]
        reports = self.env["report.hr_backbone_training.report_assessment_year"]
        parts = reports._get_year_chart(rows, self.company._backbone_bands())["lines"][0]["parts"]
        self.assertEqual([len(part) for part in parts], [1, 2])
        self.assertEqual(parts[1][1]["y"], 12, "100 points are at the top")

    def test_year_shows_what_its_reader_may_see(self):
        self._write_assessment(score=85)
        with self.assertRaises(UserError):
            self._form(self.pool_colleague.with_user(self.user_colleague), "member_year")
        self.assertEqual(
            self._form(self.pool_member.with_user(self.user_worker), "member_year")["mean_total"],
            "85.00",
        )

    # -- many at once ------------------------------------------------------------------

    def test_queries_do_not_grow(self):
        self._new_members(self._new_people(20))
        _reports, assessments = self.quarter._make_documents()
        counts = []
        self._print("report_assessment", assessments[:1])
        for some in (assessments[:2], assessments):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._print("report_assessment", some)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 4, f"queries for 2 and 20 forms: {counts}")
