# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from odoo.addons.hr_backbone_training.tests.common_training import BackboneTrainingCommon

from .common import SurveyCases

DAY = "2026-03-12 17:00:00"


@tagged("post_install", "-at_install")
class TestTrainingTest(SurveyCases, BackboneTrainingCommon):
    """The best attempt of whoever attended is the score, unless somebody typed another one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls._new_survey()
        cls.training = cls._new_training(
            cls.worker_member | cls.colleague_member, survey_id=cls.survey.id
        )
        cls.startClassPatcher(freeze_time(DAY))
        cls.row = cls._row(cls.training, cls.worker_member, cls.user_officer)
        cls.row.action_attend()

    def test_what_only_the_procedure_writes_stays_so(self):
        """What this addon adds takes nothing away from what the main one keeps."""
        for name in ("date_invited", "date_answered", "attendance_date", "test_score", "test_date"):
            with self.subTest(name=name), self.assertRaises(UserError):
                self.row.with_user(self.user_officer).write({name: False})

    def test_a_completed_attempt_is_the_score(self):
        self._attempt(self.survey, self.user_worker, 60)
        self.assertEqual((self.row.score, self.row.test_score), (60, 60))
        self.assertEqual(str(self.row.test_date), "2026-03-12")
        other = self._row(self.training, self.colleague_member)
        self.assertFalse(other.test_date)

    def test_of_several_attempts_the_best_one_counts(self):
        for score, kept in ((60, 60), (0, 60), (100, 100)):
            self._attempt(self.survey, self.user_worker, score)
            self.assertEqual(self.row.score, kept)

    def test_zero_is_a_result(self):
        self._attempt(self.survey, self.user_worker, 0)
        self.assertEqual(self.row.score, 0)
        self.assertTrue(self.row.test_date)

    def test_a_typed_score_stays(self):
        self.row.with_user(self.user_trainer).score = 75
        messages = self.row.message_ids
        self._attempt(self.survey, self.user_worker, 60)
        self.assertEqual((self.row.score, self.row.test_score), (75, 60))
        self.assertTrue(self.row.is_test_overruled)
        self.assertIn("75", (self.row.message_ids - messages).body)
        self.row.with_user(self.user_trainer).action_take_test_score()
        self.assertEqual(self.row.score, 60)
        self.assertFalse(self.row.is_test_overruled)

    def test_a_typed_zero_stays_and_nothing_is_none(self):
        trainer = self.row.with_user(self.user_trainer)
        self.assertIs(self.row.score, False)
        self.assertIs(self.row.test_score, False)
        trainer.score = 0
        self._attempt(self.survey, self.user_worker, 60)
        self.assertIsInstance(self.row.score, float)
        self.assertEqual((self.row.score, self.row.test_score), (0, 60))
        self.assertTrue(self.row.is_test_overruled)
        # emptied by hand, the next test fills it
        trainer.score = False
        self._attempt(self.survey, self.user_worker, 100)
        self.assertEqual((self.row.score, self.row.test_score), (100, 100))

    def test_stored_before_the_update(self):
        """A test without a point is a zero, and no test is none."""
        other = self._row(self.training, self.colleague_member, self.user_officer)
        self._attempt(self.survey, self.user_worker, 0)
        self.env.flush_all()
        ids = tuple((self.row | other).ids)
        # as the version before had it, after the main addon's script
        self.cr.execute(
            """UPDATE hr_backbone_training_participant SET score = NULL, test_score = 0
                WHERE id IN %s""",
            [ids],
        )
        path = "hr_backbone_training_survey/migrations/19.0.1.2.0/pre-scores.py"
        for _twice in range(2):
            load_script(file_path(path), "survey_scores").migrate(self.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertIsInstance(self.row.score, float)
        self.assertIsInstance(self.row.test_score, float)
        self.assertIs(other.score, False)
        self.assertIs(other.test_score, False)

    def test_a_score_typed_after_the_test_stays_too(self):
        self._attempt(self.survey, self.user_worker, 60)
        self.row.with_user(self.user_trainer).score = 65
        self._attempt(self.survey, self.user_worker, 100)
        self.assertEqual((self.row.score, self.row.test_score), (65, 100))

    def test_the_participant_does_not_take_it_over(self):
        self.row.with_user(self.user_trainer).score = 75
        with self.assertRaisesRegex(UserError, "no result"):
            self.row.action_take_test_score()
        self._attempt(self.survey, self.user_worker, 100)
        with self.assertRaises(UserError):
            self.row.with_user(self.user_worker).action_take_test_score()
        self.assertEqual(self.row.score, 75)

    def test_nobody_types_the_result_of_the_test(self):
        for user in (self.user_trainer, self.user_officer, self.user_admin):
            with self.assertRaises(UserError):
                self.row.with_user(user).test_score = 100

    def test_it_counts_once_the_participant_is_marked(self):
        self._attempt(self.survey, self.user_colleague, 100)
        other = self._row(self.training, self.colleague_member, self.user_officer)
        self.assertFalse(other.test_date)
        other.action_attend()
        self.assertEqual(other.score, 100)

    def test_a_late_attempt_counts_after_the_training_is_closed(self):
        self.training.action_done()
        with freeze_time("2026-04-20 09:00:00"):
            self._attempt(self.survey, self.user_worker, 100)
        self.assertEqual(self.row.score, 100)
        self.assertEqual(str(self.row.test_date), "2026-04-20")

    def test_what_was_passed_before_the_training_does_not_count(self):
        with freeze_time("2026-03-11 09:00:00"):
            self._attempt(self.survey, self.user_worker, 100)
        self.assertFalse(self.row.test_date)
        self._attempt(self.survey, self.user_worker, 60)
        self.assertEqual(self.row.score, 60)

    def test_a_trial_and_an_open_attempt_do_not_count(self):
        self._attempt(self.survey, self.user_worker, 100, trial=True)
        self.survey.sudo()._create_answer(user=self.user_worker)
        self.assertFalse(self.row.test_date)

    def test_whoever_is_not_on_the_list_is_nobody(self):
        self._attempt(self.survey, self.user_leader, 100)
        self._attempt(self.survey, partner=self.env["res.partner"].create({"name": "A guest"}))
        self.assertEqual(self.training.sudo().participant_ids.mapped("test_date"), [False] * 2)

    def test_somebody_without_a_login_answers_by_the_contact(self):
        member = self._new_pool(1)
        training = self._new_training(member, survey_id=self.survey.id)
        row = self._row(training, member, self.user_officer)
        row.action_attend()
        self._attempt(self.survey, partner=member.employee_id.work_contact_id)
        self.assertEqual(row.score, 100)

    def test_a_changed_login_brings_no_result_until_it_is_confirmed(self):
        self._attempt(self.survey, self.user_leader, 100)
        self.leader.user_id = False
        # a login is that of one employee in a company, at each moment
        self.env.flush_all()
        self.worker.sudo().user_id = self.user_leader
        self.training.survey_id = self.survey
        self.assertFalse(self.row.test_date)

    def test_a_test_that_is_named_afterwards_takes_what_there_is(self):
        self.training.survey_id = False
        self._attempt(self.survey, self.user_worker, 60)
        self.assertFalse(self.row.test_date)
        self.training.survey_id = self.survey
        self.assertEqual(self.row.score, 60)

    def test_a_deleted_survey_leaves_the_score(self):
        self._attempt(self.survey, self.user_worker, 60)
        self.survey.unlink()
        self.row.invalidate_recordset()
        self.assertFalse(self.training.survey_id)
        self.assertEqual((self.row.score, self.row.test_score), (60, 60))
        self.assertIsNone(self.row.with_user(self.user_worker)._get_test())

    def test_hr_alone_names_the_test(self):
        with self.assertRaises(UserError):
            self.training.with_user(self.user_leader).survey_id = False
        self.training.with_user(self.user_officer).survey_id = False
        for without in ({"scoring_type": "no_scoring"},):
            with self.assertRaises(ValidationError):
                self.training.survey_id = self._new_survey(**without)
        other = self._new_training(name="Not held")
        other.action_cancel("No room")
        with self.assertRaises(UserError):
            other.survey_id = self.survey

    def test_a_survey_for_others_is_not_offered(self):
        self.survey.restrict_user_ids = self.env.ref("base.user_admin")
        surveys = self.env["survey.survey"].with_user(self.user_officer)
        self.assertNotIn(self.survey, surveys.search([]))

    # -- taking it ---------------------------------------------------------------------

    def test_who_takes_it_and_when(self):
        mine = self.row.with_user(self.user_worker)
        self.assertFalse(mine._get_test_refusal())
        self.assertIn(self.survey.access_token, mine._start_test())
        self.assertEqual(mine._start_test(), mine._start_test(), "an open attempt goes on")
        self.assertIn("Only the participant", self.row._get_test_refusal())
        with freeze_time("2026-03-11 09:00:00"):
            self.assertIn("03/12/2026", mine._get_test_refusal())
        self.survey.active = False
        self.assertIn("closed", mine._get_test_refusal())
        with self.assertRaises(UserError):
            mine._start_test()
        other = self._row(self.training, self.colleague_member)
        with freeze_time("2026-03-11 09:00:00"):
            other.action_decline()
        self.assertIn("those who take part", other._get_test_refusal())

    def test_no_attempts_are_left(self):
        self.survey.write(
            {"is_attempts_limited": True, "attempts_limit": 1, "access_mode": "token"}
        )
        mine = self.row.with_user(self.user_worker)
        self.assertFalse(mine._get_test_refusal())
        self._attempt(self.survey, self.user_worker, 60)
        self.assertIn("all attempts", mine._get_test_refusal())
