# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_access import AccessCommon

# A quarter's documents of Worker, whose mentor is Mentor: both submitted. Who writes what in
# which state is the models' own business, in their own tests.
QUARTER = """
                 worker  leader  manager director colleague mentor former officer admin
quarter          r       r       r       r        r         r      r      rw      rw
report           r       r       r       r        -         r      -      rw      rw
report.entry     r       r       r       r        -         r      -      rw      rw
criterion        r       r       r       r        r         r      r      crwd    crwd
assessment       r       r       r       r        -         r      -      rw      rw
assessment.line  r       r       r       r        -         r      -      rw      rw
assessment.note  -       -       -       -        -         r      r      r       r
second.opinion   -       -       -       -        -         -      -      rw      rw
second.opinion.line - -  -       -       -        -         -      rw      rw
evaluation.run   -       -       -       -        -         -      -      crwd    crwd
evaluation       r       r       r       r        -         -      -      rw      rw
evaluation.rater -       -       -       -        -         -      -      r       r
quarter.notice   -       -       -       -        -         -      -      r       r
quarter.debt     -       -       -       -        -         -      -      r       r
plan.progress    -       -       -       -        -         -      -      r       r
"""

# The same while both are drafts.
DRAFT = """
                 worker  leader  manager director colleague mentor former officer admin
report           rw      -       -       -        -         -      -      rw      rw
report.entry     rw      -       -       -        -         -      -      rw      rw
assessment       -       -       -       -        -         rw     -      rw      rw
assessment.line  -       -       -       -        -         rw     -      rw      rw
assessment.note  -       -       -       -        -         r      r      r       r
evaluation.run   -       -       -       -        -         -      -      crwd    crwd
evaluation       -       -       -       -        -         -      -      rw      rw
evaluation.rater -       -       -       -        -         -      -      r       r
"""


@tagged("post_install", "-at_install")
class TestAccessQuarter(AccessCommon):
    """Who reads and writes the documents of a quarter, as a table."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.user_mentor, cls.user_former = cls._new_users(
            dict.fromkeys(("bt_mentor", "bt_former"), "base.group_portal")
        )
        cls.mentor, cls.former = cls._new_employees(
            dict.fromkeys(cls.user_mentor | cls.user_former, (cls.board, cls.job_manager))
        )
        cls.own = cls._make_quarter(cls.worker, cls.mentor, cls.former)
        mentor_abroad = cls._new_employee(
            None, None, None, name="Mentor Abroad", company_id=cls.company_abroad.id
        )
        cls.foreign = cls._make_quarter(cls.abroad, mentor_abroad, mentor_abroad)

    def test_drafts(self):
        self._check_table(DRAFT, self.own)

    def test_submitted(self):
        self.own["report"]._write_moved({"state": "submitted"})
        self.own["assessment"]._write_moved({"state": "submitted"})
        self.own["evaluation.run"]._write_moved({"state": "announced", "is_told": True})
        self._check_table(QUARTER, self.own)

    def test_not_shared(self):
        """Nor ever where the company does not share assessments."""
        self.company.backbone_share_assessment = False
        self.own["assessment"]._write_moved({"state": "submitted"})
        for model in ("assessment", "assessment.line", "assessment.note"):
            with self.subTest(model=model):
                self.assertEqual(self._get_allowed(self.own[model], self.user_worker), "")

    def test_companies_never_see_each_other(self):
        for case, users in (
            (self.own, self.user_abroad | self.user_admin_abroad),
            (self.foreign, self.user_worker | self.user_mentor | self.user_admin),
        ):
            for model, record in case.items():
                for user in users:
                    with self.subTest(model=model, user=user.login):
                        self.assertEqual(self._get_allowed(record, user), "")
