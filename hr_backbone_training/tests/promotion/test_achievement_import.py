# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from odoo.tests import tagged

from ..common_import import ImportMixin
from ..common_promotion import PromotionCommon

ROW = ("Worker", "Qualification", "Welder", "School", "2026-01-15", "2028-02-29")


@tagged("post_install", "-at_install")
class TestAchievementImport(ImportMixin, PromotionCommon):
    """The qualifications that HR has in a list become drafts of the members."""

    _import_model = "hr.backbone.achievement"
    _import_headers = (
        "Member",
        "Kind",
        "Title",
        "Issuer or Author",
        "Obtained on",
        "Expires on",
    )

    def test_template_fits(self):
        for person in ("Jane Miller", "John Smith"):
            self._new_members(self._new_employee(None, self.line, self.job_leader, name=person))
        first, second = self._import_template()
        self.assertEqual(first.employee_id.name, "Jane Miller")
        self.assertEqual(first.date_expiry, date(2031, 1, 14))
        self.assertEqual((second.kind, second.authority), ("book", "Eliyahu M. Goldratt"))

    def test_good_list(self):
        result = self._import([ROW, ("Colleague", *ROW[1:])])
        self.assertEqual(result["messages"], [])
        records = self.env[self._import_model].browse(result["ids"])
        self.assertEqual(records.member_id, self.member | self.member_colleague)
        self.assertEqual(records.mapped("state"), ["draft", "draft"])
        self.assertEqual(records[0].date_expiry, date(2028, 2, 29))
        self.assertEqual(records[0].department_id, self.line)
        # they are completed and submitted as any other
        self._new_file(records[0])
        records[0].with_user(self.user_officer).action_submit()

    def test_state_is_not_imported(self):
        columns = ["member_id", "kind", "name", "authority", "date_obtained", "state"]
        sentence = "cannot be changed directly"
        self._assert_not_for(self.user_officer, columns, (*ROW[:5], "Verified"), sentence)

    def test_bad_rows(self):
        self._new_members(self.leader)
        self.member_colleague.with_user(self.user_officer).action_suspend("Leave")
        for bad, sentence in (
            (("Nobody", *ROW[1:]), "Nobody"),
            (("Manager", *ROW[1:]), "Manager"),
            (("Colleague", *ROW[1:]), "Colleague is not an active member"),
            (("Leader", "Medal", *ROW[2:]), "Medal"),
            (("Leader", "Qualification", "", *ROW[3:]), "“Title” is missing"),
            ((*ROW[:4], "2026-01-15", "2026-01-14"), "does not expire before"),
            (("Leader", "Book", *ROW[2:]), "Only a qualification expires"),
            (ROW, "Worker has handed in “Welder” of the same date already"),
        ):
            with self.subTest(row=bad):
                self._assert_refused([ROW, bad], 1, sentence)

    def test_bad_date(self):
        result = self._import([(*ROW[:4], "2026-02-30", "")])
        self.assertFalse(result.get("ids"))
        self.assertTrue(result["messages"])

    def test_namesakes(self):
        self._new_members(self._new_employee(None, self.works, self.job_worker, name="Worker"))
        self._assert_refused([ROW], 0, "External ID")

    def test_other_company(self):
        self._create_abroad()
        self.env["hr.backbone.member"].create({"employee_id": self.abroad.id})
        self.abroad.name = "Traveller"
        self._assert_refused([("Traveller", *ROW[1:])], 0, "Traveller")
