# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..common_promotion import PDF
from ..common_report import BackboneReportCommon


@tagged("post_install", "-at_install")
class TestTight(BackboneReportCommon):
    """What an adversary tries by the external API against the ways of training, the quarter
    and the year."""

    def _call(self, user, records, method, *args, **kwargs):
        context = {"allowed_company_ids": user.company_ids.ids, **kwargs.pop("context", {})}
        model = self.env(user=user, context={})[records._name]
        if method != "create":
            args = (records.ids, *args)
        result = call_kw(model, method, list(args), {**kwargs, "context": context})
        self.env.flush_all()
        return result

    def _refused(self, *args, **kwargs):
        with self.assertRaises(UserError), self.cr.savepoint():
            self._call(*args, **kwargs)
        self.env.invalidate_all()

    # -- files ---------------------------------------------------------------------------

    def _make_foreign_file(self):
        """A file of a report that Worker may not read, put there by HR."""
        return self.env["ir.attachment"].create(
            {
                "name": "salaries.pdf",
                "raw": PDF,
                "res_model": "hr.backbone.report",
                "res_id": self.report_colleague.id,
            }
        )

    def test_nobody_takes_the_file_of_another_document(self):
        """A page hands out the files of a document: linking one by its number must not make
        it their own."""
        file = self._make_foreign_file()
        training = self.env["hr.backbone.training"].create(
            {"name": "Welding", "provider": "Academy", "date_start": "2026-03-12 09:00:00"}
        )
        row = self.env["hr.backbone.training.participant"].create(
            {"training_id": training.id, "member_id": self.pool_member.id}
        )
        row._write_moved({"state": "attended"})
        training._write_moved({"state": "planned"})
        book = self._new_book(self.pool_member, False, "draft")
        idea = self.env["hr.backbone.suggestion"].create(
            {"member_id": self.pool_member.id, "name": "Tools"}
        )
        line = self._new_plan(self.worker, ("promotion", "Read")).line_ids
        for record, name in (
            (self.report, "attachment_ids"),
            (book, "attachment_ids"),
            (idea, "attachment_ids"),
            (line, "evidence_ids"),
            (row, "certificate_ids"),
        ):
            for commands in ([(4, file.id)], [(6, 0, file.ids)]):
                with self.subTest(model=record._name, commands=commands):
                    self._refused(self.user_worker, record, "write", {name: commands})
        self._refused(
            self.user_worker,
            idea,
            "create",
            {"name": "More tools"},
            context={"default_attachment_ids": [(4, file.id)]},
        )

    def test_the_own_file_is_taken(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.user_colleague)
            .create({"name": "Shift log.pdf", "raw": PDF})
        )
        self._call(
            self.user_colleague, self.report_colleague, "write", {"attachment_ids": [(4, file.id)]}
        )
        self.assertEqual(file.res_id, self.report_colleague.id)
        # once more, beside what is there
        self._call(
            self.user_colleague,
            self.report_colleague,
            "write",
            {"attachment_ids": [(6, 0, file.ids)]},
        )

    # -- their own case --------------------------------------------------------------------

    def test_hr_does_not_read_the_own_assessment_before_it_is_submitted(self):
        self._become(self.user_officer, self.worker)
        self._write_assessment(submit=False)
        self.env["hr.backbone.assessment.note"].create(
            {"assessment_id": self.assessment.id, "mentor_id": self.director.id, "text": "Careful"}
        )
        for records in (self.assessment, self.assessment.line_ids, self.assessment.note_ids):
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                self._call(self.user_officer, records, "read", ["display_name"])
            found = records.with_user(self.user_officer).search([("id", "in", records.ids)])
            self.assertFalse(found)
        self.assessment.with_user(self.user_mentor).action_submit()
        self._call(self.user_officer, self.assessment, "read", ["total"])
        self.company.backbone_share_assessment = False
        with self.assertRaises(AccessError):
            self._call(self.user_officer, self.assessment, "read", ["total"])

    def test_hr_does_not_accept_for_the_own_mentor(self):
        self._become(self.user_officer, self.worker)
        absent = self._new_employee(None, self.board, self.job_manager, name="Absent")
        mentorship = self._appoint(self.pool_member, absent, self.user_admin)
        self._call(self.user_officer, mentorship, "action_accept")
        self.assertEqual(mentorship.state, "appointed")
        self.assertFalse(mentorship.date_mentor_accepted)
        self._refused(self.user_officer, mentorship, "action_accept")
        self._call(self.user_admin, mentorship, "action_accept")
        self.assertEqual(mentorship.state, "active")

    # -- the plan ------------------------------------------------------------------------

    def test_an_action_continues_what_the_revision_says(self):
        foreign = self._new_plan(self.colleague, ("promotion", "Read")).line_ids
        plan = self._new_plan(self.worker, ("promotion", "Read"))
        plan._write_moved({"state": "draft"})
        vals = {"plan_id": plan.id, "action": "Take over", "previous_id": foreign.id}
        self._refused(self.user_worker, foreign, "create", vals)
        self._refused(self.user_worker, plan, "write", {"line_ids": [(0, 0, vals)]})
        del vals["previous_id"]
        self._call(
            self.user_worker,
            foreign,
            "create",
            vals,
            context={"default_previous_id": foreign.id},
        )
        self.assertFalse(plan.line_ids.previous_id)

    # -- other companies -----------------------------------------------------------------

    def test_no_name_of_another_company_by_its_number(self):
        self._create_abroad()
        with self.assertRaises(UserError) as error, self.cr.savepoint():
            self._call(
                self.user_officer,
                self.env["hr.backbone.mentorship"],
                "create",
                {"member_id": self.pool_member.id, "mentor_id": self.abroad.id},
            )
        self.assertNotIn(self.abroad.name, str(error.exception))
        self.env.invalidate_all()
        with self.assertRaises(UserError) as error, self.cr.savepoint():
            self._call(self.user_officer, self.assessment, "action_reassign", self.abroad.id)
        self.assertNotIn(self.abroad.name, str(error.exception))

    # -- talks ---------------------------------------------------------------------------

    def test_no_talk_is_moved_when_the_mentorship_is_over(self):
        talk = self._new_talk(self.pool_member, "2026-03-17 09:00:00", "planned")
        mentorship = talk.mentorship_id
        mentorship._write_moved({"state": "ended", "date_end": "2026-03-18"})
        user = mentorship.mentor_id.user_id
        self._refused(user, talk, "write", {"date_start": "2026-04-17 09:00:00"})
        # it took place: the two still write it up
        self._call(user, talk, "write", {"topics": "The new line"})
        self._call(user, talk, "action_hold")

    # -- whoever has left ----------------------------------------------------------------

    def test_nothing_is_submitted_for_an_exited_member(self):
        self._write_report(submit=False)
        self._write_assessment(submit=False)
        self.pool_member.with_user(self.user_officer).action_exit("Left")
        self._refused(self.user_worker, self.report, "action_submit")
        self._refused(self.user_mentor, self.assessment, "action_submit")

    # -- the year ------------------------------------------------------------------------

    def _announce(self):
        for assessment in (self.assessment, self.assessment_colleague):
            self._write_assessment(assessment)
        run = (
            self.env["hr.backbone.evaluation.run"]
            .with_user(self.user_officer)
            .create({"program_id": self.program.id})
        )
        self.company.backbone_least_quarters = 1
        (self.report | self.report_colleague)._write_moved({"state": "accepted", "score": 80})
        self.assessment.quarter_id._write_moved({"state": "closed"})
        with freeze_time("2027-01-11 09:00:00"):
            run.action_compute()
            run.action_freeze()
            run.action_announce()
        return run.evaluation_ids.sudo().filtered(lambda row: row.employee_id == self.worker)

    def test_the_evaluation_tells_no_assessment_that_is_not_shared(self):
        """It prints the scores of each quarter: they are the mentor's assessments."""
        evaluation = self._announce()
        self._call(self.user_worker, evaluation, "read", ["quarters", "score_assessment"])
        self.company.backbone_share_assessment = False
        for names in (["quarters"], ["score_assessment_raw"], ["total"]):
            with self.subTest(names=names), self.assertRaises(AccessError):
                self._call(self.user_worker, evaluation, "read", names)
        found = (
            evaluation.browse()
            .with_user(self.user_worker)
            .search([("score_assessment", ">", 0), ("id", "=", evaluation.id)])
        )
        self.assertFalse(found)
        # the manager still reads it, and an award is no secret
        self._call(self.user_leader, evaluation, "read", ["total"])
        self.env.cr.execute(
            "UPDATE hr_backbone_evaluation SET is_outstanding = id = %s", (evaluation.id,)
        )
        award = self.env["hr.backbone.evaluation"].with_user(self.user_worker)
        self.assertTrue(award._get_own_awards(evaluation.ids))
        self.assertFalse(award.with_user(self.user_colleague)._get_own_awards(evaluation.ids))

    def test_movement_badge_and_resume_tell_no_score(self):
        """Mentors and managers read the movements, all colleagues badge and résumé."""
        evaluation = self._announce()
        evaluation.with_user(self.user_admin).action_promote("The best of all scores")
        evaluation._award()
        texts = [
            self.pool_member.movement_ids[:1].reason,
            self.pool_member.decision_ids[:1].comment,
            evaluation.badge_user_id.comment,
            str(evaluation.resume_line_id.description),
        ]
        secrets = rf"(?i)\b(points?|rank(ed|s|ing)?|scor(e|es|ed))\b|{evaluation.total:.2f}"
        # what may be read says it in these words
        self.assertRegex(evaluation.run_id.method, secrets)
        for text in texts:
            self.assertTrue(text)
            self.assertNotRegex(text, secrets)

    def test_no_certificate_tells_of_an_evaluation_that_one_may_not_read(self):
        evaluation = self._announce()
        self.env.cr.execute("UPDATE hr_backbone_evaluation SET is_outstanding = FALSE")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            evaluation.with_user(self.user_colleague)._check_certificate()

    # -- what a context brings along -----------------------------------------------------

    def test_no_score_comes_with_a_new_document(self):
        """By a default_… key, or with the row itself: the host, the trainer and HR score."""
        rotation = self._call(
            self.user_worker,
            self.env["hr.backbone.rotation"],
            "create",
            {"member_id": self.pool_member.id},
            context={
                "default_score": 100,
                "default_host_comment": "Outstanding",
                "default_summary": "All",
            },
        )
        rotation = self.env["hr.backbone.rotation"].browse(rotation)
        self.assertEqual(
            (rotation.score, rotation.host_comment, rotation.summary), (0, False, False)
        )
        training = self.env["hr.backbone.training"].create(
            {"name": "Welding", "provider": "Academy", "date_start": "2026-03-12 09:00:00"}
        )
        rows = self.env["hr.backbone.training.participant"]
        vals = {"training_id": training.id, "member_id": self.pool_member.id}
        for name, value in (("score", 100), ("rating", 5), ("feedback", "Good")):
            self._refused(self.user_officer, rows, "create", {**vals, name: value})
        lines = [(0, 0, {"member_id": self.pool_member.id, "score": 100})]
        self._refused(self.user_officer, training, "write", {"participant_ids": lines})
        row = rows.browse(
            self._call(
                self.user_officer,
                rows,
                "create",
                vals,
                context={"default_score": 100, "default_rating": 5},
            )
        )
        self.assertEqual((row.score, row.rating), (0, 0))

    def test_the_member_chooses_no_certification(self):
        """What HR alone sees on an achievement is not chosen by a key of the context."""
        kind = self.env["hr.skill.type"]._get_backbone_qualification()
        skill = self.env["hr.skill"].create({"name": "Chartered", "skill_type_id": kind.id})
        self._refused(
            self.user_worker,
            self.env["hr.backbone.achievement"],
            "create",
            {"name": "Welder"},
            context={"default_skill_id": skill.id},
        )
