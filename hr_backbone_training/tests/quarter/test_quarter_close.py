# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from ..common_quarter import QuarterCommon
from ..organization import OFFICER


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

    # -- a member without a login ----------------------------------------------------------

    def _get_ledger(self, report):
        self.env.flush_all()
        self.env.invalidate_all()
        ledger = self.env["hr.backbone.obligation"].with_user(self.user_officer)
        return ledger.search(
            [("res_model", "=", report._name), ("res_id", "=", report.id), ("kind", "=", "report")]
        )

    def test_hr_owes_the_report_of_who_has_no_login(self):
        self.worker.user_id = False
        report = self._get_document(self.quarter, "report", self.worker)
        debts = self.env["hr.backbone.quarter.debt"].with_user(self.user_officer)
        row = debts.search([("report_id", "=", report.id)])
        self.assertEqual((row.debtor, row.debtor_id.ids), ("hr", []))
        self.assertIn("has no login", report.with_user(self.user_officer).next_step)
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
            row = self._get_ledger(report)
            self.assertEqual((row.debtor, row.debtor_id.ids, row.missing), ("hr", [], 1))
        self.assertEqual(self.quarter.state, "closed")
        self.assertEqual(
            (report.state, report.is_closed, report.is_late, report.is_owed_by_hr),
            ("draft", True, False, True),
        )
        self.assertEqual(report.decision_ids.move, "lapse")
        self.assertFalse(report.is_overdue)
        self.assertNotIn(report, report.search([("is_overdue", "=", True)]))
        other = self._get_document(self.quarter, "report", self.colleague)
        self.assertEqual((other.state, self._get_ledger(other).debtor), ("missed", "member"))

    def test_hr_hands_in_what_is_on_paper(self):
        self.worker.user_id = False
        report = self._get_document(self.quarter, "report", self.worker)
        names = ("work_done", "study", "plan_progress", "problems", "next_quarter")
        texts = dict.fromkeys(names, "As on paper")
        for user in (self.user_colleague, self.user_mentor, self.user_leader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                report.with_user(user).write(texts)
        handed = report.with_user(self.user_officer)
        handed.write(texts)
        handed.action_submit()
        handed.action_accept(75)
        self.assertEqual(report.decision_ids.mapped("user_id"), self.user_officer)
        self.assertEqual(self._get_ledger(report).delivered, 1)
        # nobody writes for who can write
        with self.assertRefused("Only Colleague writes this report"):
            self._get_document(self.quarter, "report", self.colleague).with_user(
                self.user_officer
            ).write(texts)

    def test_a_login_that_was_taken_away_after_the_due_date_excuses_nobody(self):
        with freeze_time("2026-04-20 09:00:00"):
            self.colleague.user_id = False
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
        report = self._get_document(self.quarter, "report", self.colleague)
        self.assertEqual((report.state, report.is_owed_by_hr), ("missed", False))

    def test_what_hr_did_not_hand_in_is_asked_for_again(self):
        self.worker.user_id.active = False
        report = self._get_document(self.quarter, "report", self.worker)
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
            self.assertTrue(report.is_owed_by_hr)
            self.quarter.action_reopen("They have a login now")
            self.env.invalidate_all()
            self.assertEqual((report.is_closed, report.is_owed_by_hr), (False, False))
            self.assertEqual(str(report.date_due), "2026-04-28")
            self.user_worker.active = True
        with freeze_time("2026-05-01 09:00:00"):
            self.quarter.action_close()
        self.assertEqual((report.state, report.is_owed_by_hr), ("missed", False))

    # -- HR who is a member ------------------------------------------------------------------

    def test_hr_opens_the_quarter_again_for_others_alone(self):
        own, other = (
            self._get_document(self.quarter, "report", who) for who in (self.colleague, self.worker)
        )
        with freeze_time("2026-04-21 09:00:00"):
            self.quarter.action_close()
            self.user_colleague.group_ids |= self.env.ref(OFFICER)
            quarter = self.quarter.with_user(self.user_colleague)
            with self.assertRefused("own case"):
                own.with_user(self.user_colleague).action_reopen("For me")
            quarter.action_reopen("For me")
            self.env.invalidate_all()
            self.assertEqual((own.state, own.is_closed), ("missed", True))
            self.assertEqual((other.state, other.is_closed), ("draft", False))
            assessment = self._get_document(self.quarter, "assessment", self.colleague)
            self.assertEqual(assessment.state, "missed")
            # somebody else in HR asks for it
            own.with_user(self.user_officer).action_reopen("Was ill")
            self.assertEqual(own.state, "draft")

    def test_hr_moves_the_due_date_of_others_alone(self):
        self.user_colleague.group_ids |= self.env.ref(OFFICER)
        own, other = (
            self._get_document(self.quarter, "report", who) for who in (self.colleague, self.worker)
        )
        before = own.date_due
        self.quarter.with_user(self.user_colleague).date_due_report = "2027-06-30"
        self.assertEqual((own.date_due, str(other.date_due)), (before, "2027-06-30"))

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
