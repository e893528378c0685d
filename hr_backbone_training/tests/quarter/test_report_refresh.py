# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common_report import BackboneReportCommon


@tagged("post_install", "-at_install")
class TestReportRefresh(BackboneReportCommon):
    """The report writes itself: what happened in the quarter stands in it by itself, and the
    member only corrects it."""

    # -- what happened -----------------------------------------------------------------

    def test_what_happened_stands_in_the_report(self):
        rotation = self._new_rotation(self.pool_member, "2025-12-20", "2026-01-10", "done")
        self._new_talk(self.pool_member, "2026-02-10 10:00:00")
        self._new_book(self.pool_member, "2026-02-01")
        self.report._refresh_entries()
        entries = self.report.entry_ids.grouped("kind")
        self.assertEqual(set(entries), {"rotation", "mentorship.session", "achievement"})
        self.assertEqual(entries["rotation"].days, 10, "of the quarter, not of December")
        self.assertEqual(
            (entries["rotation"].res_model, entries["rotation"].res_id),
            (rotation._name, rotation.id),
        )
        self.assertEqual(entries["mentorship.session"].hours, 1)
        self.assertEqual(entries["mentorship.session"].date, date(2026, 2, 10))
        self.assertIn("10 days in this quarter", entries["rotation"].detail)
        self.assertIn(" · 1 hour · ", entries["mentorship.session"].detail)
        self.assertFalse(self.report_colleague.entry_ids, "each one's own")

    def test_what_did_not_happen_does_not(self):
        self._new_talk(self.pool_member, "2026-02-10 10:00:00", "planned")
        self._new_talk(self.pool_member, "2025-12-10 10:00:00")
        self._new_rotation(self.pool_member, "2026-03-23", "2026-04-10", "agreed")
        self._new_book(self.pool_member, "2026-02-01", "refused")
        self._new_book(self.pool_member, "2025-12-31")
        self.report._refresh_entries()
        self.assertFalse(self.report.entry_ids)

    def test_a_rotation_counts_up_to_today_and_up_to_the_end(self):
        self._new_rotation(self.pool_member, "2026-03-16", "2026-04-10")
        self.report._refresh_entries()
        self.assertEqual(self.report.entry_ids.days, 3, "16, 17 and 18 March")
        with freeze_time("2026-04-20 09:00:00"):
            self.report._refresh_entries()
        self.assertEqual(self.report.entry_ids.days, 16, "until 31 March")

    def test_a_training_across_the_end_counts_in_each_quarter_with_its_days(self):
        training = self.env["hr.backbone.training"].create(
            {
                "name": "Camp",
                "date_start": "2026-03-30 08:00:00",
                "date_end": "2026-04-01 16:00:00",
                "hours": 20,
                "provider": "Academy",
                "participant_ids": [(0, 0, {"member_id": self.pool_member.id})],
            }
        )
        training.action_plan()
        with freeze_time("2026-04-02 09:00:00"):
            training.participant_ids.action_attend()
            following = self.env["hr.backbone.quarter"]._get_or_create(self.company)
            reports, _assessments = following._make_documents()
            reports = self.report | reports.filtered(lambda r: r.member_id == self.pool_member)
            reports._refresh_entries()
        self.assertEqual(reports.entry_ids.mapped("hours"), [13.33, 6.67])
        self.assertIn("(13.33 hours)", self.report.study)

    def test_what_was_handed_in_stays_in_its_quarter(self):
        """It is verified when the next quarter has begun: the remark of the member stays."""
        book = self._new_book(self.pool_member, "2026-03-17", "submitted")
        self.report._refresh_entries()
        entry = self.report.entry_ids
        entry.with_user(self.user_worker).note = "The chapter on talks"
        with freeze_time("2026-04-08 09:00:00"):
            book.with_user(self.user_officer).action_verify()
            self.report._refresh_entries()
        self.assertEqual(self.report.entry_ids, entry)
        self.assertEqual((entry.note, entry.date), ("The chapter on talks", date(2026, 3, 17)))
        self.assertEqual(entry.state, "verified")

    def test_plan_lines_that_moved(self):
        plan = self._new_plan(
            self.worker, ("mentoring", "Talks"), ("promotion", "Exam"), ("internal", "Course")
        )
        talks, exam, course = plan.line_ids
        with freeze_time("2025-12-30 09:00:00"):
            talks.sudo().progress = 10
            self.env.flush_all()
        for day, progress in (("2026-02-01", 30), ("2026-02-01", 40), ("2026-03-01", 60)):
            with freeze_time(f"{day} 09:00:00"):
                talks.sudo().progress = progress
                self.env.flush_all()
        for progress in (50, 0):
            exam.sudo().progress = progress
            self.env.flush_all()
        # the report of the first quarter is written when the second has begun
        with freeze_time("2026-04-05 09:00:00"):
            (talks | course).sudo().write({"progress": 90})
            self.env.flush_all()
            self.report._refresh_entries()
        entry = self.report.entry_ids
        self.assertEqual(entry.name, "Talks", "there and back is no move")
        self.assertEqual((entry.progress_from, entry.progress_to), (10, 60))
        self.assertIn("10 % → 60 %", entry.detail)
        self.assertEqual(entry._get_links()[entry], plan.access_url)

    def test_progress_is_noted_in_batch(self):
        plans = self.env["hr.backbone.plan"]
        for employee in (self.worker, self.colleague):
            plans |= self._new_plan(employee, *[("promotion", f"Book {n}") for n in range(20)])
        lines = plans.line_ids
        self.env.flush_all()
        for progress, few in ((10, lines[:2]), (20, lines)):
            few.sudo().progress = progress
            # the companies of the lines, the notes, the lines, the means of the plans
            with self.assertQueryCount(5):
                self.env.flush_all()
        logs = self.env["hr.backbone.plan.progress"].search([("plan_line_id", "in", lines.ids)])
        self.assertEqual(len(logs), 40)
        self.assertEqual(set(logs.mapped("progress_to")), {20})

    # -- kept up to date ---------------------------------------------------------------

    def test_remarks_stay_and_what_is_gone_goes(self):
        book = self._new_book(self.pool_member, "2026-02-01")
        talk = self._new_talk(self.pool_member, "2026-02-10 10:00:00")
        self.report._refresh_entries()
        entries = self.report.entry_ids.grouped("kind")
        entries["achievement"].with_user(self.user_worker).write(
            {"note": "Read twice", "is_included": False}
        )
        book.name = "Leading better"
        talk._write_moved({"state": "cancelled"})
        self.report._refresh_entries()
        self.assertEqual(self.report.entry_ids, entries["achievement"])
        self.assertEqual(self.report.entry_ids.name, "Leading better")
        self.assertEqual(self.report.entry_ids.note, "Read twice")
        self.assertFalse(self.report.entry_ids.is_included)

    def test_again_changes_nothing(self):
        self._new_book(self.pool_member, "2026-02-01")
        self.report._refresh_entries()
        before = self.report.entry_ids.read()
        self.report._refresh_entries()
        self.assertEqual(self.report.entry_ids.read(), before)

    def test_last_look_at_submission_then_frozen(self):
        self._new_book(self.pool_member, "2026-02-01")
        self._write_report()
        self.assertEqual(self._get_happened(), {"achievement": "Leading well"})
        self._new_talk(self.pool_member, "2026-02-10 10:00:00")
        self.report._refresh_entries()
        self._run_cron("report")
        self.assertEqual(self._get_happened(), {"achievement": "Leading well"})
        with self.assertRefused("has been submitted"):
            self.mine.action_refresh()
        # returned: it is a draft again
        self.report.with_user(self.user_officer).action_return("Say more")
        self.mine.action_refresh()
        self.assertIn("mentorship.session", self._get_happened())

    def test_when_the_quarter_opens(self):
        self._new_talk(self.pool_member, "2026-04-02 10:00:00")
        with freeze_time("2026-04-20 09:00:00"):
            self._run_cron("quarter")
            report = self.env["hr.backbone.report"].search(
                [("member_id", "=", self.pool_member.id)], limit=1
            )
        self.assertEqual(report.quarter_id.name, "2026-Q2")
        self.assertIn("mentorship.session", self._get_happened(report))

    def test_daily_job(self):
        self._new_book(self.pool_member, "2026-02-01")
        self._new_book(self.pool_colleague, "2026-02-01")
        self._run_cron("report")
        self.env.invalidate_all()
        self.assertEqual(len(self.report.entry_ids | self.report_colleague.entry_ids), 2)

    def test_who_brings_it_up_to_date(self):
        self.mine.action_refresh()
        self.report.with_user(self.user_officer).action_refresh()
        for user in (self.user_colleague, self.user_leader, self.user_mentor):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.report.with_user(user).action_refresh()

    # -- the texts it begins with ------------------------------------------------------

    def test_suggested_texts(self):
        plan = self._new_plan(self.worker, ("mentoring", "Talks"))
        plan.line_ids.sudo().progress = 25
        self._new_talk(self.pool_member, "2026-02-10 10:00:00")
        self._new_talk(self.pool_member, "2026-02-17 10:00:00")
        self._new_book(self.pool_member, "2026-02-01")
        self.report._refresh_entries()
        self.assertEqual(self.report.plan_progress, "Talks: from 0 % to 25 %.")
        self.assertIn("Leading well", self.report.study)
        self.assertIn("2 counselling talks with my mentor (2 hours).", self.report.study)
        self.assertFalse(self.report.work_done)

    def test_one_is_not_many(self):
        self._new_talk(self.pool_member, "2026-02-10 10:00:00")
        self._new_rotation(self.pool_member, "2026-03-16", "2026-03-16", "done")
        self.report._refresh_entries()
        rotation = self.report.entry_ids.filtered(lambda entry: entry.kind == "rotation")
        self.assertIn("1 day in this quarter", rotation.detail)
        self.assertIn("One counselling talk with my mentor (1 hour).", self.report.study)
        self.assertIn("(1 day).", self.report.study)
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertIn("本季度 1 天", rotation.with_context(lang="zh_CN").detail)

    def test_what_was_typed_or_cleared_is_the_members(self):
        self._new_book(self.pool_member, "2026-02-01")
        self.report._refresh_entries()
        self.assertIn("Leading well", self.report.study)
        self._new_talk(self.pool_member, "2026-02-10 10:00:00")
        self.report._refresh_entries()
        self.assertIn("counselling talk", self.report.study, "renewed while untouched")
        self.mine.study = ""
        self.report._refresh_entries()
        self.assertFalse(self.report.study)
        self.mine.study = "My own words"
        self._new_talk(self.pool_member, "2026-02-17 10:00:00")
        self.report._refresh_entries()
        self.assertEqual(self.report.study, "My own words")
        with self.assertRefused("cannot be changed directly"):
            self.mine.study_prefill = "x"

    def test_language_of_the_member(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.user_worker.lang = "fr_FR"
        self._new_book(self.pool_member, "2026-02-01")
        self._new_book(self.pool_colleague, "2026-02-01")
        (self.report | self.report_colleague)._refresh_entries()
        self.assertIn("01/02/2026", self.report.study)
        self.assertIn("02/01/2026", self.report_colleague.study)

    # -- many --------------------------------------------------------------------------

    def test_queries_do_not_grow(self):
        """The same number of queries for two reports and for sixty."""
        members = self._new_members(self._new_people(60))
        reports, _assessments = self.quarter._make_documents()
        for member in members:
            self._new_book(member, "2026-02-01")
        self.env.flush_all()
        # companies, the one statement, what is untouched, what happened, the texts
        for some in (reports[:2], reports):
            self.env.invalidate_all()
            with self.assertQueryCount(12):
                some._refresh_entries()
        self.assertEqual(len(reports.entry_ids), 60)
        self.assertTrue(all(report.study for report in reports))
