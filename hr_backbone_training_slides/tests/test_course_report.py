# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.hr_backbone_training.tests.common_report import BackboneReportCommon

from .common import CourseCases


@tagged("post_install", "-at_install")
class TestCourseReport(CourseCases, BackboneReportCommon):
    """What was completed stands on the time line, in the quarterly report and in the ledger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_courses()
        cls._join(cls.user_worker)
        cls._join(cls.user_worker, cls.book)

        cls.company.backbone_internal_training = "one"

    def _owed(self, member=None, kind="internal"):
        """The quarter's obligation of internal training to the member."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["hr.backbone.obligation"].search(
            [
                ("member_id", "=", (member or self.pool_member).id),
                ("kind", "=", kind),
                ("quarter_id", "=", self.quarter.id),
            ]
        )

    def test_it_stands_in_the_report_of_its_quarter(self):
        self.report._refresh_entries()
        self.assertFalse(self.report.entry_ids, "it is not completed")
        self._complete(self.user_worker)
        self.report._refresh_entries()
        entry = self.report.entry_ids
        self.assertEqual(entry.kind, "enrollment")
        self.assertEqual((entry.kind_label, entry.name), ("Course", "Leading a Team"))
        self.assertIn("4 hours", entry.detail)
        self.assertIn("Completed the course “Leading a Team”", self.report.study)
        row = self._enrollment(self.pool_member)
        self.assertEqual((entry.res_model, entry.res_id), (row._name, row.id))
        self.assertEqual(entry._get_links(), {entry: self.channel.website_url})
        self._attendee(self.user_worker).member_status = "ongoing"
        self.report._refresh_entries()
        self.assertFalse(self.report.entry_ids)
        self.assertFalse(self.report.study)

    def test_the_next_quarter_is_another_report(self):
        with freeze_time("2026-04-02 09:00:00"):
            self._complete(self.user_worker)
            self.report._refresh_entries()
        self.assertFalse(self.report.entry_ids)

    def test_the_ledger_counts_internal_training(self):
        self.assertEqual(self._owed().delivered, 0)
        self._complete(self.user_worker, self.book)
        self.assertEqual(self._owed().delivered, 0, "reading is none")
        self._complete(self.user_worker)
        self.assertEqual((self._owed().delivered, len(self._owed())), (1, 1))
        self.assertEqual(self._owed(self.pool_colleague).delivered, 0)
        self._enrollment(self.pool_member).with_user(self.user_officer).action_cancel("No")
        self.assertEqual(self._owed().delivered, 0)

    def test_it_delivers_what_it_is_about(self):
        self.company.backbone_internal_training = "two"
        member = self.pool_member.with_user(self.user_officer)
        self._complete(self.user_worker)
        for subject, owed in {"skill": (0, 1), "management": (1, 0), "both": (1, 1)}.items():
            self.course.subject = subject
            delivered = [self._owed(kind=kind).delivered for kind in ("management", "skill")]
            self.assertEqual(delivered, list(owed))
            self.assertEqual(member.internal_trained_quarter, all(owed))
        self.assertEqual(self._owed(kind="skill").unmanaged, 1, "nobody of management held it")

    def test_a_training_and_a_course_are_one_delivery(self):
        self._complete(self.user_worker)
        training = self.env["hr.backbone.training"].create(
            {
                "name": "Camp",
                "date_start": "2026-03-20 08:00:00",
                "provider": "Academy",
                "participant_ids": [(0, 0, {"member_id": self.pool_member.id})],
            }
        )
        training.action_plan()
        self.assertEqual((self._owed().delivered, len(self._owed())), (1, 1))

    def test_the_time_line(self):
        self._complete(self.user_worker)
        self.env.flush_all()
        rows = self.pool_member.timeline_ids.filtered(lambda row: row.kind == "enrollment")
        self.assertEqual(sorted(rows.mapped("state")), ["completed", "enrolled"])
        done = rows.filtered("is_done")
        self.assertEqual(done.title, "Course · Leading a Team")
        self.assertEqual(done.status, "Completed")
        self.assertEqual(done.hours, 4)
        self.assertEqual(
            len(set(self.pool_member.timeline_ids.ids)), len(self.pool_member.timeline_ids)
        )
