# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from ..common_quarter import QuarterCommon


class TestAssessmentScores(QuarterCommon):
    """A total has 100 points, whatever became of the criteria; a mean is of what was scored."""

    def setUp(self):
        super().setUp()
        self.quarter = self._open()

    def test_nothing_to_score_is_not_submitted(self):
        criteria = self.env["hr.backbone.criterion"].search(
            [("echelon_id", "=", self.echelon_3.id)]
        )
        assessment = self._write_assessment(self.quarter, self.worker)
        assessment.sudo().line_ids.unlink()
        with self.assertRefused("no criteria for this echelon"):
            assessment.action_submit()
        # HR adds them, and the daily job brings them in
        self.assertTrue(criteria)
        self._run_cron("quarter")
        self.env.invalidate_all()
        self.assertTrue(assessment.line_ids)

    def test_all_at_100_give_100(self):
        self.program.criterion_ids.filtered(lambda c: c.echelon_id == self.echelon_3)[0].unlink()
        self.quarter.sudo().assessment_ids.line_ids.unlink()
        self._run_cron("quarter")
        self.env.invalidate_all()
        assessment = self._get_document(self.quarter, "assessment", self.worker)
        self.assertLess(sum(assessment.line_ids.mapped("weight")), 100)
        assessment.line_ids.sudo().score = 100
        self.assertEqual(assessment.total, 100)

    def test_a_grade_is_that_of_its_scores(self):
        assessment = self._submit_assessment(self.quarter, self.worker, score=89)
        self.assertEqual(assessment.grade, "A")
        assessment.action_return("Look again")
        self.assertFalse(assessment.grade)
        self._submit_assessment(self.quarter, self.worker, score=61)
        self.assertEqual(assessment.grade, "C")

    def test_nothing_scored_is_no_total(self):
        assessment = self._get_document(self.quarter, "assessment", self.worker)
        lines = assessment.line_ids
        self.assertTrue(all(line.score is False for line in lines))
        self.assertIs(assessment.total, False)
        self.assertEqual(assessment._get_preview(), (False, False))
        lines.write({"score": 0})
        self.assertIsInstance(assessment.total, float)
        self.assertEqual(assessment._get_preview(), (0, "D"))
        domain = [("id", "in", lines.ids)]
        lines[0].score = 60
        lines[1:].write({"score": False})
        self.assertEqual(lines._read_group(domain, [], ["score:avg"]), [(60,)])

    def test_a_draft_is_no_zero_in_the_mean(self):
        self._submit_assessment(self.quarter, self.worker, score=80)
        draft = self._write_assessment(self.quarter, self.colleague, score=80)
        draft.line_ids[0].write({"score": 0})
        self._submit_report(self.quarter, self.worker).action_accept(90)
        self._submit_report(self.quarter, self.colleague)
        for name, field, mean in (("assessment", "total", 80), ("report", "score", 90)):
            model = self.env[f"hr.backbone.{name}"].with_user(self.user_officer)
            [(_quarter, found)] = model._read_group(
                [("quarter_id", "=", self.quarter.id)], ["quarter_id"], [f"{field}:avg"]
            )
            self.assertEqual(found, mean)

    def test_admitted_again_into_another_echelon(self):
        self._submit_report(self.quarter, self.colleague)
        self.member_inside.action_exit("Leaves")
        member = self.member_inside.sudo()
        member._write_moved({"state": "active", "echelon_id": self.echelon_2.id})
        member._join_quarters()
        assessment = self._get_document(self.quarter, "assessment", self.colleague)
        self.env.invalidate_all()
        self.assertEqual(assessment.echelon_id, self.echelon_2)
        self.assertEqual(assessment.line_ids.criterion_id.echelon_id, self.echelon_2)

    # -- one number, wherever it stands ------------------------------------------------------

    def test_who_owes_nothing_is_counted_nowhere(self):
        """Suspended, excused and exited ones: in cockpit, overview, ledger and lists alike."""
        people = self._new_people(2)
        suspended, exited = self._new_members(people, self.mentor).with_user(self.user_officer)
        self.quarter.sudo()._make_documents()
        suspended.action_suspend("Ill")
        exited.action_exit("Leaves")
        self._submit_report(self.quarter, self.worker)
        with freeze_time("2026-05-04 09:00:00"):
            self.env.invalidate_all()
            self.assertEqual((self.quarter.report_count, self.quarter.assessment_count), (2, 2))
            self.assertEqual(self.quarter.report_progress, 50)
            reports = self.env["hr.backbone.report"].with_user(self.user_officer)
            late = reports.search([("quarter_id", "=", self.quarter.id), ("is_overdue", "=", True)])
            self.assertEqual(late.employee_id, self.colleague)
            own = reports.search([("quarter_id", "=", self.quarter.id)])
            self.assertEqual(own.filtered("is_overdue"), late)
            card = (
                self.env["hr.backbone.overview"]
                .with_user(self.user_officer)
                .search(
                    [("company_id", "=", self.company.id), ("echelon_id", "=", self.echelon_3.id)]
                )
            )
            self.assertEqual((card.report_count, card.report_done), (2, 1))
            self.env.flush_all()
            ledger = self.env["hr.backbone.obligation"].with_user(self.user_officer)
            for kind in ("report", "assessment"):
                rows = ledger.search([("quarter_id", "=", self.quarter.id), ("kind", "=", kind)])
                self.assertEqual(rows.employee_id, self.worker | self.colleague)
            owed = self.env["hr.backbone.report"].with_user(self.user_mentor)._get_owed()
            self.assertEqual(set(owed[self.quarter.id]), set(self.members.ids))

    def test_the_ledger_calls_late_what_came_late(self):
        with freeze_time("2026-04-09 09:00:00"):
            report = self._submit_report(self.quarter, self.colleague)
        with freeze_time("2026-04-15 09:00:00"):
            report.action_return("Say more")
        with freeze_time("2026-04-29 09:00:00"):
            self._submit_report(self.quarter, self.colleague)
            self.env.flush_all()
            row = self.env["hr.backbone.obligation"].with_user(self.user_officer)
            row = row.search([("member_id", "=", self.member_inside.id), ("kind", "=", "report")])
            self.assertEqual((row.late, row.days_late), (0, 0))
