# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestApplication(BackboneCommon):
    """Recommended by the department: who may, and each condition that keeps it back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application = cls._recommend()
        cls._write_plan(cls.application)

    def _new_version(self, day, **vals):
        return self.worker.create_version({"date_version": day, **vals})

    def assertKeptBack(self, *words, application=None):
        """Submitting is refused with these words, which the draft has said before."""
        application = application or self.application
        self.env.invalidate_all()
        for word in words:
            self.assertIn(word, application.blocking_reason)
        self.assertFalse(application.can_submit)
        with self.assertRefused(*words):
            application.action_submit()
        self.assertEqual(application.state, "draft")

    # -- graded training: scope and conditions ---------------------------------------------

    def test_complete_draft_has_nothing_against_it(self):
        self.assertFalse(self.application.blocking_reason)
        self.assertTrue(self.application.can_submit)
        self.assertEqual(self.application.next_step, "You submit the application.")
        officer = self.application.with_user(self.user_officer)
        self.assertEqual(officer.next_step, "Leader submits the application.")
        self.application.action_submit()
        director = self.application.with_user(self.user_director)
        self.assertEqual(director.next_step, "You approve as the director of the center.")
        self.assertEqual(officer.next_step, "Director approves as the director of the center.")

    def test_rank_outside_the_scope(self):
        self.application.echelon_id = self.echelon_1
        self.assertKeptBack("Worker has the rank “Employee”", "First Echelon (Manager)")

    def test_job_without_rank(self):
        self.job_worker.backbone_rank_id = False
        self.assertKeptBack("The job “Fitter” of Worker has no backbone rank")

    def test_employee_without_job(self):
        self.worker.job_id = False
        self.assertKeptBack("Worker has no job position")

    def test_tenure_too_short_by_the_companys_default(self):
        self.company.backbone_minimum_tenure = 75
        self.assertKeptBack("here since 01/01/2020", "asks for: 74 of 75")
        self.company.backbone_minimum_tenure = 74
        self.env.invalidate_all()
        self.assertTrue(self.application.can_submit)

    def test_tenure_of_the_echelon_goes_before_the_default(self):
        self.company.backbone_minimum_tenure = 0
        self.echelon_3.minimum_tenure_months = 100
        self.assertKeptBack("the Third Echelon asks for: 74 of 100")

    def test_tenure_reached_on_the_day(self):
        self.worker.contract_date_start = "2025-09-02"
        self.env.invalidate_all()
        self.assertEqual(self.application.tenure_months, 6)
        self.assertTrue(self.application.can_submit)
        self.worker.contract_date_start = "2025-09-03"
        self.assertKeptBack("here since 09/03/2025", "asks for: 5 of 6")

    def test_gap_between_contracts_starts_the_tenure_again(self):
        self.worker.contract_date_end = "2025-12-31"
        self._new_version("2026-01-15", contract_date_start="2026-01-15", contract_date_end=False)
        self.assertKeptBack("here since 01/15/2026")

    def test_weekend_between_contracts_does_not(self):
        self.worker.contract_date_end = "2025-12-31"
        self._new_version("2026-01-02", contract_date_start="2026-01-02", contract_date_end=False)
        self.env.invalidate_all()
        self.assertEqual(self.application.hire_date, date(2020, 1, 1))
        self.assertTrue(self.application.can_submit)

    def test_tenure_without_contract_counts_from_the_first_record(self):
        self.worker.contract_date_start = False
        self.env.invalidate_all()
        self.assertEqual(self.application.hire_date, date(2020, 1, 1))

    # -- the other conditions --------------------------------------------------------------

    def test_plan_not_submitted(self):
        self.application.plan_id.with_user(self.user_worker).action_return()
        self.assertKeptBack("Worker has not submitted the personal development plan")

    def test_employee_without_login_cannot_write_the_plan(self):
        self.application.plan_id.with_user(self.user_worker).action_return()
        self.worker.user_id = False
        self.assertKeptBack("Worker has no login", "HR gives them portal access")

    def test_scores_and_reasons_are_given(self):
        self.application.score_potential = False
        self.application.reason_motivation = "   "
        self.assertKeptBack("missing for: Training Potential and Self-Motivation")

    def test_zero_is_a_score(self):
        """It is low, and it is one; without all three there is no average."""
        self.application.score_potential = False
        self.assertIs(self.application.score_total, False)
        self.application.score_potential = 0
        self.assertAlmostEqual(self.application.score_total, 56.7)
        self.application.action_submit()
        self.assertEqual(self.application.state, "director")
        other = self._recommend(self.colleague, self.user_manager, score_motivation=False)
        cases = (self.application | other).sudo()
        means = ["score_potential:avg", "score_motivation:avg", "score_total:avg", "__count"]
        [(potential, motivation, total, count)] = cases._read_group(
            [("id", "in", cases.ids)], [], means
        )
        self.assertEqual(count, 2)
        self.assertAlmostEqual(potential, other.score_potential / 2)
        self.assertAlmostEqual(motivation, self.application.score_motivation)
        self.assertAlmostEqual(total, 56.7)

    def test_other_application_under_way(self):
        other = self._submitted(user=self.user_manager, recommender_id=self.manager.id)
        self.assertKeptBack("Worker already has an application under way", other.name)

    def test_member_is_not_recommended_again(self):
        self._admitted(user=self.user_manager, recommender_id=self.manager.id)
        self.assertKeptBack("Worker is already in the talent pool (Third Echelon)")

    def test_program_has_no_place_in_the_echelon(self):
        # it was taken away before the program was started
        line = self.program.line_ids.filtered(lambda line: line.echelon_id == self.echelon_3)
        self.cr.execute("DELETE FROM hr_backbone_program_line WHERE id = %s", line.ids)
        self.env.invalidate_all()
        self.assertKeptBack("has no place in the Third Echelon")

    def test_archived_employee(self):
        self.worker.active = False
        application = self.application.with_user(self.user_officer)
        self.assertKeptBack("Worker has left the company", application=application)

    def test_employee_without_department(self):
        self.worker.department_id = False
        application = self.application.with_user(self.user_officer)
        self.assertKeptBack("Worker belongs to no department", application=application)

    def test_hr_names_the_recommender(self):
        application = self.application.with_user(self.user_officer)
        application.recommender_id = False
        self.assertKeptBack("Name the manager who recommends Worker", application=application)

    def test_all_that_is_missing_is_said_at_once(self):
        self.worker.job_id = False
        self.application.score_potential = False
        self.application.plan_id.with_user(self.user_worker).action_return()
        self.assertKeptBack("no job position", "not submitted", "Training Potential")

    # -- who recommends whom ---------------------------------------------------------------

    def test_manager_recommends_own_department_and_below(self):
        for user, employee in (
            (self.user_leader, self.worker),
            (self.user_manager, self.worker),
            (self.user_manager, self.leader),
            (self.user_manager, self.colleague),
            (self.user_director, self.worker),
        ):
            with self.subTest(user=user.login, employee=employee.name):
                application = self._recommend(employee, user)
                self.assertEqual(application.recommender_id.user_id, user)

    def test_nobody_recommends_sideways_above_or_themselves(self):
        stores = self.env["hr.department"].create(
            {"name": "Stores", "company_id": self.company.id, "parent_id": self.works.id}
        )
        clerk = self._new_employee(None, stores, self.job_worker, name="Clerk")
        for user, employee in (
            (self.user_leader, clerk),
            (self.user_leader, self.manager),
            (self.user_manager, self.director),
            (self.user_colleague, self.worker),
            (self.user_worker, self.colleague),
            (self.user_leader, self.leader),
            (self.user_worker, self.worker),
        ):
            with self.subTest(user=user.login, employee=employee.name):
                with self.assertRaises(AccessError):
                    self._recommend(employee, user)

    def test_hr_enters_what_a_department_recommends(self):
        application = self._recommend(
            self.colleague, self.user_officer, recommender_id=self.manager.id
        )
        self.assertEqual(application.recommender_id, self.manager)

    def test_hr_does_not_recommend_themselves(self):
        with self.assertRefused("You cannot recommend yourself"):
            self._recommend(self.officer, self.user_officer)

    def test_manager_recommends_in_the_own_name_only(self):
        with self.assertRaises(AccessError):
            self._recommend(user=self.user_leader, recommender_id=self.manager.id)
        with self.assertRefused("only in your own name"):
            self.application.recommender_id = self.manager

    def test_manager_who_has_lost_the_department_does_not_submit(self):
        self.line.manager_id = False
        with self.assertRefused("is recommended by a manager of “Line”"):
            self.application.action_submit()

    def test_another_employee_needs_another_application(self):
        with self.assertRefused("needs an application of their own"):
            self.application.employee_id = self.leader

    # -- content and history ---------------------------------------------------------------

    def test_content_is_locked_after_submission(self):
        self.application.action_submit()
        for user in (self.user_leader, self.user_officer, self.user_admin):
            with self.subTest(user=user.login), self.assertRefused():
                self.application.with_user(user).main_results = "Something better"
        with self.assertRefused("has been submitted: its content cannot be changed"):
            self.application.with_user(self.user_admin).score_potential = 100
        self.assertFalse(self.application.can_edit)

    def test_employee_does_not_write_the_own_application(self):
        with self.assertRefused("Only the recommender or HR may change this application"):
            self.application.with_user(self.user_worker).score_potential = 100

    def test_snapshots_stay_when_the_employee_moves_on(self):
        self.application.action_submit()
        with freeze_time("2026-04-01 09:00:00"):
            self._new_version("2026-04-01", department_id=self.works.id, job_id=self.job_leader.id)
            self.env.invalidate_all()
            self.assertEqual(self.worker.current_version_id.job_id, self.job_leader)
            self.assertEqual(self.application.department_id, self.line)
            self.assertEqual(self.application.job_id, self.job_worker)
            self.assertEqual(self.application.rank_id.code, "employee")

    def test_snapshot_is_that_of_the_day_of_submission(self):
        self.worker.department_id = self.works
        self.application.with_user(self.user_officer).action_submit()
        self.assertEqual(self.application.sudo().department_id, self.works)

    def test_draft_never_submitted_is_deleted(self):
        draft = self._recommend(self.colleague, self.user_manager)
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_submitted_application_is_not_deleted(self):
        self.application.action_submit()
        for user in (self.user_officer, self.user_admin):
            with self.subTest(user=user.login):
                with self.assertRefused("withdraw it instead of deleting it"):
                    self.application.with_user(user).unlink()
        self.application.with_user(self.user_director).action_return("Scores, please")
        with self.assertRefused("has been submitted before"):
            self.application.unlink()

    def test_draft_whose_plan_was_begun_is_not_deleted(self):
        with self.assertRefused("has begun to write the development plan"):
            self.application.unlink()
        self.assertEqual(self.application.plan_id.sudo().strengths, "Precise")
