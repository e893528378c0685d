# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.exceptions import UserError

from ..common_quarter import QuarterCommon


class TestQuarterClose(QuarterCommon):
    """HR closes the quarter for all at once; late ones stay visible for good."""

    def setUp(self):
        super().setUp()
        self.quarter = self._open()

    def _complete(self, employee):
        self._submit_report(self.quarter, employee).action_accept(80)
        self._submit_assessment(self.quarter, employee)

    def _get_states(self):
        self.env.invalidate_all()
        return {
            (document.employee_id, document._name.split(".")[-1]): (
                document.state,
                document.is_closed,
            )
            for documents in (self.quarter.sudo().report_ids, self.quarter.sudo().assessment_ids)
            for document in documents
        }

    def test_what_is_done_is_closed_and_the_others_are_listed(self):
        self._complete(self.worker)
        with freeze_time("2026-04-01 09:00:00"):
            action = self.quarter.action_close()
        self.assertIn("1 settled, 1 left", action["params"]["title"])
        self.assertEqual(self.quarter.state, "open")
        states = self._get_states()
        self.assertEqual(states[self.worker, "report"], ("accepted", True))
        self.assertEqual(states[self.worker, "assessment"], ("submitted", True))
        self.assertEqual(states[self.colleague, "report"], ("draft", False))

    def test_nothing_left_closes_the_quarter(self):
        self._complete(self.worker)
        self._complete(self.colleague)
        with freeze_time("2026-04-01 09:00:00"):
            self.quarter.action_close()
        self.assertEqual(self.quarter.state, "closed")

    def test_a_running_quarter_is_not_closed(self):
        """Whoever is admitted on its last day still owes the report."""
        self._complete(self.worker)
        self._complete(self.colleague)
        for day in ("2026-03-12", "2026-03-31"):
            with freeze_time(f"{day} 09:00:00"), self.assertRefused("2026-Q1", "03/31/2026"):
                self.quarter.action_close()
        self.assertFalse(self.quarter.can_close)

    def test_overdue_is_missed_for_good(self):
        self._complete(self.worker)
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
        self.assertEqual(self.quarter.state, "closed")
        report = self._get_document(self.quarter, "report", self.colleague)
        self.assertEqual((report.state, report.is_late), ("missed", True))
        assessment = self._get_document(self.quarter, "assessment", self.colleague)
        self.assertEqual((assessment.state, assessment.is_late), ("missed", True))
        decision = report.decision_ids
        self.assertEqual((decision.move, decision.user_id), ("miss", self.user_officer))
        self.assertFalse(self._get_activities(self.user_colleague))
        self.assertFalse(self._get_activities(self.user_mentor))

    def test_the_number_of_the_late_ones_leads_to_them(self):
        with freeze_time("2026-04-15 09:00:00"):
            self._submit_report(self.quarter, self.worker)
            self._complete(self.colleague)
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
            ledger = self.env["hr.backbone.obligation"].with_user(self.user_officer)
            self.env.flush_all()
            late = ledger.search(self.quarter.action_open_late()["domain"])
        reports = [
            self._get_document(self.quarter, "report", e) for e in (self.worker, self.colleague)
        ]
        self.assertEqual(
            {(row.res_model, row.res_id) for row in late},
            {(report._name, report.id) for report in reports},
        )
        self.assertEqual(self.quarter.with_user(self.user_officer).late_count, len(late))

    def test_a_member_is_settled_whole_or_not_at_all(self):
        # the report is overdue, the assessment is not
        with freeze_time("2026-04-15 09:00:00"):
            self.quarter.action_close()
        self.assertEqual(self._get_states()[self.worker, "report"], ("draft", False))

    def test_what_waits_for_hr_stays_open(self):
        self._submit_report(self.quarter, self.worker)
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
        states = self._get_states()
        self.assertEqual(states[self.worker, "report"], ("submitted", False))
        self.assertEqual(states[self.colleague, "report"], ("missed", True))
        self.assertEqual(self.quarter.state, "open")

    def test_who_left_the_pool_owes_nothing_and_is_not_late(self):
        self.member.action_exit("Moved abroad")
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
        self.assertEqual(self.quarter.state, "closed")
        report = self._get_document(self.quarter, "report", self.worker)
        self.assertEqual((report.state, report.is_closed, report.is_late), ("draft", True, False))

    def test_closed_is_not_written_any_more(self):
        with freeze_time("2026-04-15 09:00:00"):
            self._submit_report(self.quarter, self.colleague)
        with freeze_time("2026-04-21 09:00:00"):
            self._submit_assessment(self.quarter, self.worker)
            self.quarter.action_close()
        assessment = self._get_document(self.quarter, "assessment", self.worker)
        self.assertTrue(assessment.is_closed)
        with self.assertRefused("closed"):
            assessment.with_user(self.user_officer).action_return("Once more")
        # the state is read again by the guards, whatever a page still shows
        report = self._get_document(self.quarter, "report", self.worker)
        report.sudo()._write_moved({"state": "draft"})
        with self.assertRefused("closed"):
            report.with_user(self.user_worker).write({"study": "Another"})

    def test_opened_again_asks_again(self):
        self._complete(self.worker)
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
            self._take_mails()
            self.quarter.action_reopen("A strike")
        states = self._get_states()
        self.assertEqual(states[self.colleague, "report"], ("draft", False))
        self.assertEqual(states[self.colleague, "assessment"], ("draft", False))
        self.assertEqual(states[self.worker, "report"], ("accepted", False))
        self.assertEqual(len(self._get_activities(self.user_colleague)), 1)
        self.assertEqual(len(self._get_activities(self.user_mentor)), 1)
        self.assertFalse(self._take_mails())
        report = self._get_document(self.quarter, "report", self.colleague)
        self.assertEqual(report.decision_ids[0].move, "reopen")

    def test_reopen_needs_a_reason(self):
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
        with self.assertRefused("comment"):
            self.quarter.action_reopen(" ")

    def test_hr_gives_one_back(self):
        with freeze_time("2026-04-15 09:00:00"):
            self._submit_report(self.quarter, self.worker)
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
            report = self._get_document(self.quarter, "report", self.colleague)
            report.with_user(self.user_officer).action_reopen("Was ill")
            self.assertEqual(self._get_states()[self.colleague, "report"], ("draft", False))
            self.assertEqual(len(self._get_activities(self.user_colleague)), 1)
            self._submit_report(self.quarter, self.colleague)
        self.assertTrue(report.is_late)

    def test_only_hr(self):
        quarter = self.quarter.with_user(self.user_colleague)
        with self.assertRefused("Only HR"):
            quarter.action_close()
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
            with self.assertRefused("Only HR"):
                quarter.action_reopen("Please")
            report = self._get_document(self.quarter, "report", self.colleague)
            with self.assertRefused("Only HR"):
                report.with_user(self.user_colleague).action_reopen("Please")
        with self.assertRefused("not possible"):
            self.quarter.action_close()

    def test_due_dates_move_with_the_quarter(self):
        self.quarter.date_due_report = "2026-04-30"
        report = self._get_document(self.quarter, "report", self.worker)
        self.assertEqual(str(report.date_due), "2026-04-30")
        with self.assertRaises(UserError):
            report.with_user(self.user_worker).write({"date_due": "2030-01-01"})

    def test_queries_do_not_grow(self):
        self._count_closing(1)
        few, many = self._count_closing(5), self._count_closing(1000)
        self.assertLessEqual(many, 70)
        self.assertLessEqual(many - few, 5, f"{few} for 5, {many} for 1000")

    def _count_closing(self, size):
        """Queries of closing the quarter with so many members, after which it is open again."""
        with self.env.cr.savepoint() as savepoint:
            self._new_members(self._new_people(size), self.tutor)
            self.quarter.sudo()._make_documents()
            with freeze_time("2026-04-21 09:00:00"):
                count = self._cost(self.quarter.action_close)
            self.assertEqual(self.quarter.state, "closed")
            savepoint.rollback()
        self.env.invalidate_all()
        return count
