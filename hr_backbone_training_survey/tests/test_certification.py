# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.base.models.ir_actions_report import IrActionsReport
from odoo.addons.hr_backbone_training.tests.common_promotion import PromotionCommon

from .common import SurveyCases


@tagged("post_install", "-at_install")
class TestCertification(SurveyCases, PromotionCommon):
    """A certification that was passed is proposed as a qualification."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls._new_survey(
            title="First Aid", certification=True, certification_validity_months=24
        )

    def _proposed(self, member=None):
        return self.env["hr.backbone.achievement"].search(
            [("member_id", "=", (member or self.member).id), ("name", "=", "First Aid")]
        )

    def test_it_is_a_draft_with_day_score_and_certificate(self):
        self._attempt(self.survey, self.user_worker, 60)
        draft = self._proposed()
        self.assertRecordValues(
            draft,
            [
                {
                    "state": "draft",
                    "kind": "qualification",
                    "authority": "Backbone Works",
                    "survey_id": self.survey.id,
                    "survey_score": 60,
                }
            ],
        )
        self.assertEqual(str(draft.date_obtained), "2026-03-02")
        self.assertEqual(str(draft.date_expiry), "2028-03-02")
        self.assertEqual(len(draft.attachment_ids), 1)
        self.assertEqual(draft.attachment_ids.res_id, draft.id)
        mine = draft.with_user(self.user_worker)
        mine.action_submit()
        draft.with_user(self.user_mentor).action_verify()
        self.assertTrue(draft.employee_skill_id)

    def test_the_member_is_told(self):
        self._attempt(self.survey, self.user_colleague, 100)
        self._attempt(self.survey, self.user_worker, 100)
        draft = self._proposed(self.member_colleague)
        self.assertEqual(draft.activity_ids.user_id, self.user_colleague)
        titles = [
            todo["title"]
            for todo in self.user_worker.with_user(self.user_worker)._get_backbone_todo()
        ]
        self.assertIn("Submit the qualification: First Aid", titles)
        count = self.user_worker.with_user(self.user_worker)._count_backbone_todo()
        self.assertEqual(count, len(titles))
        draft.with_user(self.user_colleague).action_submit()
        self.assertNotIn(self.user_colleague, draft.activity_ids.user_id)
        draft.sudo()._pass_todos_on()
        self.assertNotIn(self.user_colleague, draft.activity_ids.user_id)

    def test_whoever_is_suspended_is_not_asked(self):
        self._attempt(self.survey, self.user_colleague, 100)
        draft = self._proposed(self.member_colleague)
        self.member_colleague.with_user(self.user_officer).action_suspend("On leave")
        user = self.user_colleague.with_user(self.user_colleague)
        self.assertFalse(user._get_backbone_todo())
        draft.sudo()._pass_todos_on()
        self.assertFalse(draft.activity_ids)
        self.member_colleague.with_user(self.user_officer).action_resume()
        self.assertEqual(len(user._get_backbone_todo()), 1)

    def test_not_passed_or_no_certification_is_nothing(self):
        self._attempt(self.survey, self.user_worker, 0)
        self._attempt(self._new_survey(title="First Aid"), self.user_worker, 100)
        self._attempt(self.survey, self.user_worker, 100, trial=True)
        self.assertFalse(self._proposed())

    def test_who_is_no_active_member_gets_none(self):
        self._attempt(self.survey, self.user_leader, 100)
        self.assertFalse(self.env["hr.backbone.achievement"].search([("name", "=", "First Aid")]))
        self.member.with_user(self.user_officer).action_suspend("On leave")
        self._attempt(self.survey, self.user_worker, 100)
        self.assertFalse(self._proposed())

    def test_several_attempts_are_one_proposal(self):
        self._attempt(self.survey, self.user_worker, 60)
        with freeze_time("2026-05-04 09:00:00"):
            self._attempt(self.survey, self.user_worker, 100)
        draft = self._proposed()
        self.assertEqual(draft.survey_score, 100)
        self.assertEqual(str(draft.date_obtained), "2026-05-04")
        self.assertEqual(len(draft.attachment_ids), 2)

    def test_it_is_attached_to_the_members_own_draft(self):
        own = (
            self.env["hr.backbone.achievement"]
            .with_user(self.user_worker)
            .create({"name": "first aid", "authority": "Red Cross"})
        )
        self._attempt(self.survey, self.user_worker, 100)
        self.assertEqual(own.survey_id, self.survey)
        self.assertEqual(own.authority, "Red Cross")
        self.assertEqual(str(own.date_obtained), "2026-03-02")
        self.assertEqual(len(own.attachment_ids), 1)
        self.assertFalse(self._proposed())

    def test_what_holds_is_not_proposed_again_and_a_renewal_is(self):
        self._attempt(self.survey, self.user_worker, 100)
        first = self._proposed()
        first.with_user(self.user_worker).action_submit()
        self._attempt(self.survey, self.user_worker, 100)
        self.assertEqual(self._proposed(), first)
        first.with_user(self.user_officer).action_verify()
        with freeze_time("2028-01-10 09:00:00"):
            self._attempt(self.survey, self.user_worker, 100)
        second = self._proposed() - first
        self.assertEqual(str(second.date_expiry), "2030-01-10")

    def test_one_that_never_expires_is_proposed_once(self):
        self.survey.certification_validity_months = 0
        self._attempt(self.survey, self.user_worker, 100)
        self._proposed().with_user(self.user_worker).action_submit()
        with freeze_time("2028-01-10 09:00:00"):
            self._attempt(self.survey, self.user_worker, 100)
        self.assertEqual(len(self._proposed()), 1)

    def test_a_withdrawn_proposal_is_made_again(self):
        self._attempt(self.survey, self.user_worker, 100)
        first = self._proposed()
        first.with_user(self.user_worker).action_withdraw("A mistake")
        self._attempt(self.survey, self.user_worker, 100)
        self.assertEqual(len(self._proposed() - first), 1)

    def test_each_company_has_its_own(self):
        self._create_abroad()
        abroad = self._new_employee(self.user_worker, None, None, company_id=self.company_abroad.id)
        self.user_worker.sudo().company_ids |= self.company_abroad
        other = self.env["hr.backbone.member"]._create_moved(
            [
                {
                    "employee_id": abroad.id,
                    "program_id": self.program_abroad.id,
                    "echelon_id": self.echelon_3.id,
                    "state": "active",
                    "date_admitted": "2026-01-05",
                }
            ]
        )
        self._attempt(self.survey, self.user_worker, 100)
        self.assertEqual(self._proposed().company_id, self.company)
        self.assertEqual(self._proposed(other).company_id, self.company_abroad)
        self.assertEqual(self._proposed(other).authority, "Backbone Abroad")

    def test_without_a_printer_the_attempt_is_the_proof(self):
        with (
            patch.object(IrActionsReport, "_render_qweb_pdf", side_effect=UserError("No printer")),
            self.assertLogs("odoo.addons.hr_backbone_training_survey", "WARNING"),
        ):
            self._attempt(self.survey, self.user_worker, 100)
        draft = self._proposed()
        self.assertFalse(draft.attachment_ids)
        draft.with_user(self.user_worker).action_submit()
        self.assertEqual(draft.state, "submitted")

    def test_a_deleted_certification_leaves_the_proposal(self):
        self._attempt(self.survey, self.user_worker, 100)
        draft = self._proposed()
        self.survey.unlink()
        draft.invalidate_recordset()
        self.assertFalse(draft.survey_id)
        self.assertEqual(draft.survey_score, 100)
        draft.with_user(self.user_worker).action_submit()

    def test_nobody_types_that_it_was_passed(self):
        draft = self._new_achievement()
        for user in (self.user_worker, self.user_officer, self.user_admin):
            for vals in ({"survey_id": self.survey.id}, {"survey_score": 100}):
                with self.subTest(user=user.login, vals=vals), self.assertRaises(UserError):
                    draft.with_user(user).write(vals)
        with self.assertRaises(UserError):
            self.env["hr.backbone.achievement"].with_user(self.user_worker).create(
                {"name": "First Aid", "survey_id": self.survey.id}
            )
