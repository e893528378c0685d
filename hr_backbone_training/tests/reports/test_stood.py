# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from ..common_report import BackboneReportCommon

PATH = "19.0.1.1.0/post-facts.py"


@tagged("post_install", "-at_install")
class TestStood(BackboneReportCommon):
    """What was decided is printed as it stood: the forms of a closed quarter, of a closed plan and
    of an application follow neither people nor settings that live on."""

    def _forms(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return [self._form(self.assessment), self._form(self.report)]

    def _decide(self):
        self._write_report()
        self.report.with_user(self.user_officer).action_accept(70)
        self._write_assessment(score=85)

    def _close(self):
        with freeze_time("2026-04-30 09:00:00"):
            self.quarter.with_user(self.user_officer).action_close()

    def _change_settings(self):
        """Another program, other bands, other people."""
        self.program.sudo().write({"weight_report": 5, "weight_assessment": 70})
        self.company.write({"backbone_grade_a": 80, "backbone_grade_b": 70})
        self.program.sudo().user_id = self.user_admin
        self._set_mentor(self.pool_member, self.director)
        self.line.manager_id = self.manager
        self.worker.sudo().name = "Worker-Smith"
        self.mentor.sudo().name = "Mentor-Smith"

    def test_composite_of_a_closed_quarter(self):
        """80.00 B does not become 84.00 A beside the stored grade."""
        self._decide()
        self._close()
        before = self._forms()
        self.assertEqual((before[0]["hr"]["points"], before[0]["hr"]["grade"]), ("80.00", "B"))
        self.assertEqual(before[0]["grade"], "A")
        self.assertIn("A from 85", before[0]["bands"])
        self._change_settings()
        self.assertEqual(self._forms(), before)

    def test_until_it_is_closed_the_composite_follows_the_program(self):
        self._decide()
        self.program.sudo().write({"weight_report": 15, "weight_assessment": 60})
        self.assertEqual(self._forms()[0]["hr"]["points"], "82.00")

    def test_all_of_a_quarter_count_by_the_same_rules(self):
        """Also whoever is settled later, or after the quarter was opened again."""
        self._decide()
        with freeze_time("2026-04-01 09:00:00"):
            self.quarter.with_user(self.user_officer).action_close()
        self.assertEqual(self.quarter.state, "open")
        self._change_settings()
        self.assertEqual(self._forms()[0]["hr"]["points"], "80.00")
        self._close()
        self.quarter.with_user(self.user_officer).action_reopen("One is missing")
        form = self._forms()[0]
        self.assertEqual((form["hr"]["points"], form["hr"]["grade"]), ("80.00", "B"))

    def test_year_shows_the_bands_of_then(self):
        self._decide()
        self._close()
        before = self._form(self.assessment, "assessment_year")
        self.assertIn("A 85", [band["label"] for band in before["chart"]["bands"]])
        self._change_settings()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._form(self.assessment, "assessment_year"), before)

    def test_a_submitted_form_keeps_its_people(self):
        self._decide()
        before = self._forms()
        self.assertEqual(before[1]["mentor"], "Mentor")
        self._change_settings()
        after = self._forms()
        for name in ("person", "mentor", "signatories"):
            self.assertEqual([form[name] for form in after], [form[name] for form in before])
        self.assertEqual(after[0]["bands"], before[0]["bands"])

    def test_a_returned_form_tells_what_is_so_now(self):
        self._decide()
        self._change_settings()
        self.assessment.with_user(self.user_officer).action_return("Say more")
        form = self._forms()[0]
        self.assertEqual(form["person"], "Worker-Smith")
        self.assertIn("A from 80", form["bands"])

    def test_a_report_that_was_missed_names_whoever_owed_the_assessment(self):
        self._close()
        self.assertEqual(self.report.state, "missed")
        before = self._forms()[1]["mentor"]
        self._set_mentor(self.pool_member, self.director)
        self.assertEqual((before, self._forms()[1]["mentor"]), ("Mentor", "Mentor"))

    # -- plans -------------------------------------------------------------------------

    def _new_closed_plan(self):
        plan = self._new_plan(self.worker, ("mentoring", "Talks"))
        plan.with_user(self.user_worker).action_revise()
        revision = plan.search([("previous_id", "=", plan.id)]).with_user(self.user_worker)
        revision.write({"strengths": "A", "gaps": "B", "goal_short": "C", "goal_long": "D"})
        revision.action_submit()
        revision.with_user(self.user_officer).action_activate()
        self.assertEqual(plan.state, "closed")
        return plan, revision

    def _promote(self):
        self._open_scopes()
        self.pool_member.with_user(self.user_officer).action_promote(self.echelon_2.id, "Leads now")
        self._set_mentor(self.pool_member, self.director)
        self.program.sudo().user_id = self.user_admin
        self.worker.sudo().write(
            {"name": "Worker-Smith", "job_id": self.job_manager.id, "department_id": self.works.id}
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def test_a_closed_plan_keeps_echelon_post_and_mentor(self):
        """Also when the member is promoted on the very day on which it was closed."""
        plan, revision = self._new_closed_plan()
        before = self._form(plan)
        self.assertEqual((before["echelon"], before["mentor"]), ("Third Echelon", "Mentor"))
        self._promote()
        self.assertEqual(self._form(plan), before)
        self.assertEqual(self._form(revision)["echelon"], "Second Echelon")
        self.assertEqual(self._form(revision)["mentor"], "Director")

    def test_a_plan_that_ends_with_the_membership(self):
        plan = self._new_plan(self.worker, ("mentoring", "Talks"))
        self.pool_member.with_user(self.user_officer).action_exit("Moves away")
        form = self._form(plan)
        self.assertEqual(form["status"], "Closed")
        self.assertEqual((form["echelon"], form["mentor"]), ("Third Echelon", "Mentor"))

    # -- applications --------------------------------------------------------------------

    def _study(self, employee):
        employee.sudo().write({"certificate": "master", "study_field": "Law", "name": "Other"})
        employee.sudo().version_ids.write(
            {"contract_date_start": "2024-01-01", "contract_date_end": False}
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def test_an_application_keeps_what_it_told_of_the_person(self):
        employee = self._new_employee(
            self._new_user("bt_turner", "base.group_portal"), self.line, self.job_worker
        )
        application = self._submitted(employee=employee, proposed_mentor_id=self.manager.id)
        before = self._form(application)
        self.assertEqual((before["hire_date"], before["education"]), ("01/01/2020", ""))
        self._study(employee)
        self.leader.sudo().name = "Leader-Smith"
        self.manager.sudo().name = "Manager-Smith"
        self.env.flush_all()
        self.env.invalidate_all()
        after = self._form(application)
        for name in ("person", "hire_date", "tenure", "education", "recommender"):
            self.assertEqual(after[name], before[name], name)
        self.assertEqual(after["proposed_mentor"], "Manager")
        application.with_user(self.user_director).action_return("Say more")
        self.assertEqual(self._form(application)["person"], "Other")

    def test_a_case_that_is_over_counts_no_more_months(self):
        employee = self._new_employee(
            self._new_user("bt_turner", "base.group_portal"), self.line, self.job_worker
        )
        application = self._submitted(employee=employee).with_user(self.user_director)
        application.invalidate_recordset()
        self.assertEqual(application.tenure_months, 74)
        with freeze_time("2026-09-18 09:00:00"):
            application.invalidate_recordset()
            self.assertEqual(application.tenure_months, 80)
            application.action_refuse("Not yet")
            application.invalidate_recordset()
            self.assertEqual(application.tenure_months, 74)

    def test_a_case_that_was_never_submitted(self):
        """Withdrawn as a draft: its form tells what was so on that day."""
        employee = self._new_employee(
            self._new_user("bt_turner", "base.group_portal"), self.line, self.job_worker
        )
        application = self._recommend(employee=employee)
        application.with_user(self.user_leader).action_withdraw("A mistake")
        self.env.flush_all()
        before = self._form(application)
        self.assertTrue(before["tenure"])
        employee.sudo().name = "Turner-Smith"
        with freeze_time("2027-09-18 09:00:00"):
            self.env.invalidate_all()
            self.assertEqual(self._form(application), before)
            self.assertEqual(application.tenure_months, 74)

    def test_an_assessment_that_was_never_written_is_signed_by_nobody(self):
        self._close()
        self.assertEqual(self.assessment.state, "missed")
        names = [name for _role, name in self._form(self.assessment)["signatories"]]
        self.assertEqual(names, ["Worker", "Mentor", "", ""])

    # -- stored before the update --------------------------------------------------------

    def test_what_was_decided_before_is_kept_by_the_update(self):
        self._mentored(self.pool_member.sudo(), self.mentor)
        plan, _revision = self._new_closed_plan()
        self._decide()
        self._close()
        with freeze_time("2026-05-04 09:00:00"):
            before = [*self._forms(), self._form(plan)]
            self._promote_later()
            for table in ("quarter", "report", "assessment", "plan"):
                self.env.cr.execute(f"UPDATE hr_backbone_{table} SET facts = NULL")
            self.env.invalidate_all()
            self._run_migration(PATH)
            self.assertEqual([*self._forms(), self._form(plan)], before)
            self._change_settings()
            self.assertEqual([*self._forms(), self._form(plan)], before)
            # once more changes nothing
            self._run_migration(PATH)
            self.assertEqual([*self._forms(), self._form(plan)], before)

    def _promote_later(self):
        self._open_scopes()
        self.pool_member.with_user(self.user_officer).action_promote(self.echelon_2.id, "Leads now")
        self.env.flush_all()
