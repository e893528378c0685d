# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common_report import BackboneReportCommon


@tagged("post_install", "-at_install")
class TestReport(BackboneReportCommon):
    """Reports and assessments of a quarter, from draft to HR, and who may do what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()

    def _officer(self, records):
        return records.with_user(self.user_officer)

    # -- the report --------------------------------------------------------------------

    def test_submitted_only_when_complete(self):
        self.mine.work_done = "Much"
        self.assertEqual(self.mine.next_step, "You write and submit the report.")
        with self.assertRefused("Fill in “Study” before you submit the report."):
            self.mine.action_submit()
        self._write_report()
        self.assertEqual(self.report.state, "submitted")
        self.assertFalse(self.report.is_late)
        with self.assertRefused("has been submitted"):
            self.mine.study = "More"

    def test_accepted_with_a_score(self):
        self._write_report()
        report = self._officer(self.report)
        for score, sentence in (
            (None, "between 0 and 100"),
            (-1, "between 0 and 100"),
            (101, "between 0 and 100"),
            (True, "must be a number"),
            ("80", "must be a number"),
        ):
            with self.assertRefused(sentence):
                report.action_accept(score)
        self.assertTrue(report.action_accept(88.5, "Well done"))
        self.assertEqual((report.state, report.score), ("accepted", 88.5))
        self.assertEqual(report.decision_ids[0].comment, "Well done")

    def test_returned_with_a_comment(self):
        self._write_report()
        with self.assertRefused("write a comment"):
            self._officer(self.report).action_return(" ")
        self._officer(self.report).action_return("Say more")
        self.assertEqual(self.report.state, "draft")
        self.assertEqual(self.mine._get_returned_comment(), "Say more")
        self.mine.study = "More"
        self.mine.action_submit()
        self.assertFalse(self.mine._get_returned_comment())

    def test_many_with_one_score(self):
        reports = self.report | self.report_colleague
        for report in reports:
            self._write_report(report)
        wizard = (
            self.env["hr.backbone.report.wizard"]
            .with_user(self.user_officer)
            .with_context(active_model="hr.backbone.report", active_ids=reports.ids)
        )
        form = Form(wizard)
        form.score = 0
        record = form.save()
        with self.assertRefused("for 0 points"):
            record.action_confirm()
        # nothing typed is no zero
        form.score = False
        form.comment = "Well done"
        with self.assertRefused("Give a score between 0 and 100 points."):
            form.save().action_confirm()
        form.score = 75
        form.save().action_confirm()
        self.assertEqual(reports.mapped("score"), [75, 75])
        self.assertEqual(set(reports.mapped("state")), {"accepted"})

    def test_nobody_accepts_the_own_report(self):
        self.user_colleague.group_ids += self.env.ref(
            "hr_backbone_training.group_hr_backbone_officer"
        )
        self._write_report(self.report_colleague)
        with self.assertRefused("own report"):
            self.report_colleague.with_user(self.user_colleague).action_accept(100)

    def test_who_does_not_decide(self):
        self._write_report()
        for user in (self.user_worker, self.user_leader, self.user_mentor, self.user_admin_abroad):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(self.env["hr.backbone.report.wizard"], user).create(
                    {"report_ids": self.report.ids, "score": 90}
                )
            with self.subTest(user=user.login), self.assertRefused():
                self._as(self.report, user).action_accept(90)
        self.assertEqual(self.report.state, "submitted")

    def test_no_direct_writes(self):
        for vals in ({"state": "accepted"}, {"score": 99}, {"is_late": False}, {"member_id": 1}):
            with self.subTest(vals=vals), self.assertRefused("cannot be changed directly"):
                self.mine.write(vals)
        self._new_book(self.pool_member, "2026-02-01")
        self.report._refresh_entries()
        entry = self.report.entry_ids.with_user(self.user_worker)
        with self.assertRefused("taken from its own document"):
            entry.name = "Ten books"
        with self.assertRaises(AccessError):
            entry.create({"report_id": self.report.id, "kind": "plan"})
        with self.assertRaises(AccessError):
            entry.unlink()

    # -- the assessment ----------------------------------------------------------------

    def test_assessment_submitted_only_when_complete(self):
        high = self.owed.line_ids[0]
        self._write_assessment(submit=False)
        high.write({"score": 90, "example": " "})
        with self.assertRefused("Give an example"):
            self.owed.action_submit()
        high.example = "Led the line alone"
        self.owed.comment = ""
        self.owed.proposal = False
        with self.assertRefused("Write a comment", "kept or adjusted"):
            self.owed.action_submit()
        self.owed.write({"comment": "Good", "proposal": "keep"})
        self.owed.action_submit()
        self.assertEqual(self.assessment.state, "submitted")

    def test_grade_is_frozen(self):
        self._write_assessment(score=85)
        self.assertEqual(self.assessment.grade, "A")
        self.company.backbone_grade_a = 90
        self.assertEqual(self.assessment.grade, "A")

    def test_only_the_mentor_writes_it(self):
        line = self.assessment.line_ids[0]
        for user in (self.user_officer, self.user_admin):
            with self.assertRefused("Only the mentor"):
                line.with_user(user).score = 99
            with self.assertRefused("Only the mentor"):
                self.assessment.with_user(user).comment = "x"
        for user in (self.user_worker, self.user_leader, self.user_colleague):
            with self.assertRaises(AccessError):
                line.with_user(user).score = 99
        with self.assertRefused("do not change"):
            line.with_user(self.user_mentor).weight = 100
        with self.assertRefused("cannot be changed directly"):
            self.owed.grade = "S"

    def test_signed_and_void_when_returned(self):
        self._write_assessment()
        pixel = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/"
            "PchI7wAAAABJRU5ErkJggg=="
        )
        for user in (self.user_worker, self.user_mentor):
            self.assessment.with_user(user)._sign_from_portal(user.name, pixel)
        self.assertEqual(set(self.assessment._get_valid_signatures()), {"employee", "mentor"})
        with self.assertRefused("nothing for you to sign"):
            self.assessment.with_user(self.user_officer)._sign_from_portal("HR", pixel)
        self._officer(self.assessment).action_return("Examples are thin")
        self.assertFalse(self.assessment._get_valid_signatures())
        with self.assertRaises(AccessError):
            self.assessment.with_user(self.user_worker)._get_signature_rows()

    # -- what one may not read, one does not find --------------------------------------

    def test_found_by_nobody_else(self):
        self._write_report()
        self._write_assessment()
        everything = self.report | self.report_colleague
        both = self.assessment | self.assessment_colleague
        for user, reports, assessments in (
            (self.user_worker, self.report, self.assessment),
            (self.user_colleague, self.report_colleague, both.browse()),
            (self.user_mentor, self.report, both),
            (self.user_leader, self.report, self.assessment),
            (self.user_abroad, everything.browse(), both.browse()),
            (self.user_admin_abroad, everything.browse(), both.browse()),
            (self.user_officer, everything, both),
        ):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                self.assertEqual(self._as(everything, user).search([]), reports)
                self.assertEqual(self._as(both, user).search([]), assessments)
                self.assertEqual(
                    self._as(both, user).search([("total", ">", 0)]),
                    assessments & self.assessment,
                )
        self.company.backbone_share_assessment = False
        self.assertFalse(both.with_user(self.user_worker).search([]))
        with self.assertRaises(AccessError):
            self.assessment.with_user(self.user_worker).read(["total"])

    def test_read_as_the_form_does(self):
        """Each one who reads a document gets all that its form shows."""
        self._write_report()
        self._write_assessment()
        for user in (self.user_worker, self.user_mentor, self.user_leader, self.user_officer):
            for records in (self.report, self.assessment):
                with self.subTest(user=user.login, model=records._name):
                    self.env.invalidate_all()
                    form = self._as(records, user)
                    self.assertTrue(form.read())
        self.assertEqual(
            self.assessment.with_user(self.user_mentor).readable_report_id, self.report
        )

    def test_progress_log_is_hrs(self):
        log = self.env["hr.backbone.plan.progress"]
        plan = self._new_plan(self.worker, ("mentoring", "Talks"))
        plan.line_ids.sudo().progress = 25
        self.env.flush_all()
        self.assertTrue(self._officer(log).search([("plan_line_id", "in", plan.line_ids.ids)]))
        self.assertFalse(self._as(log, self.user_admin_abroad).search([]))
        with self.assertRaises(AccessError):
            log.with_user(self.user_worker).search([])
        with self.assertRaises(AccessError):
            self._officer(log).create({"plan_line_id": plan.line_ids.id})
