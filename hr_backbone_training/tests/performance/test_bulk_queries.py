# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from ..common_training import BackboneTrainingCommon

LEDGER = ("quarter_id", "member_id", "department_id", "kind", "debtor_id", "missing", "days_late")


@tagged("post_install", "-at_install")
class TestBulkQueries(BackboneTrainingCommon):
    """Mentors for many, the year of many and the ledger of many: no query for each of them."""

    # -- mentors -------------------------------------------------------------------------

    def _appoint(self, size):
        """:return: how many queries `size` appointments take, and that both accept"""
        members = self._new_pool(size)
        mentors = self._new_people(size, "Mentor", department=self.board, job=self.job_manager)
        mentorships = self.env["hr.backbone.mentorship"].with_user(self.user_officer)
        made = []
        create = self._cost(
            lambda: made.append(
                mentorships.create(
                    [
                        {"member_id": member.id, "mentor_id": mentor.id}
                        for member, mentor in zip(members, mentors, strict=True)
                    ]
                )
            )
        )
        accept = self._cost(made[0].action_accept)
        self.assertEqual(set(made[0].mapped("state")), {"active"})
        return create, accept

    def test_mentors(self):
        # the first ones fill the caches
        self._appoint(20)
        few, many = self._appoint(20), self._appoint(200)
        for one, other in zip(few, many, strict=True):
            self.assertLessEqual((other - one) / 180, 0.5, (few, many))
            self.assertLessEqual(other, 200)

    # -- the year ------------------------------------------------------------------------

    def _make_year(self, size):
        """The members of the pool are `size`, with a quarter that is over."""
        missing = size - self.env["hr.backbone.member"].search_count(
            [("company_id", "=", self.company.id), ("state", "=", "active")]
        )
        self._set_mentor(self._new_pool(missing), self.manager)
        quarter = self.env["hr.backbone.quarter"]._get_or_create(self.company)
        reports, assessments = quarter._make_documents()
        reports._write_moved({"state": "accepted", "score": 80})
        assessments[1:]._write_moved({"state": "submitted", "grade": "B"})
        return quarter

    def _evaluate(self, size):
        """:return: the queries of computing, of one adjustment and of freezing a year"""
        self.company.write({"backbone_least_quarters": 1, "backbone_least_weight": 1})
        self._make_year(size)
        runs = self.env["hr.backbone.evaluation.run"].with_user(self.user_officer)
        warm, run = runs.create([{"program_id": self.program.id}] * 2)
        with freeze_time("2027-01-11 09:00:00"):
            # whoever is new in the pool empties the caches
            warm.action_compute()
            compute = self._cost(run.action_compute)
            self.assertEqual(run.evaluation_count, size)
            vals = {"adjustment": 1, "adjustment_reason": "Chaired the jury"}
            adjust = self._cost(lambda: run.evaluation_ids[-1].write(vals))
            again = self._cost(run.action_compute)
        return compute, adjust, again

    def test_evaluation(self):
        self._evaluate(5)
        few, many = self._evaluate(6), self._evaluate(50)
        self.assertEqual(few, many)

    def _read_ledger(self, size):
        self._make_year(size)
        rows = self.env["hr.backbone.obligation"].with_user(self.user_officer)
        specification = {
            name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
            for name in LEDGER
        }
        # what is kept of the user from one request to the next
        rows.search([], limit=1)
        return (
            self._cost(
                lambda: rows.formatted_read_group(
                    [], ["kind", "quarter_id"], ["promised:sum", "delivered:sum", "missing:sum"]
                )
            ),
            self._cost(lambda: rows.web_search_read([], specification, limit=80)),
        )

    def test_ledger(self):
        # more than a page, so that the rows are counted
        self._read_ledger(20)
        few, many = self._read_ledger(21), self._read_ledger(50)
        self.assertEqual(few, many)
