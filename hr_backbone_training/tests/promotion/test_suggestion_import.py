# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_import import ImportMixin
from ..common_promotion import PromotionCommon

ROW = ("Worker", "Shadow board", "Each shift searches", "A board", "No search", "Time", "4000")


@tagged("post_install", "-at_install")
class TestSuggestionImport(ImportMixin, PromotionCommon):
    """Work suggestion reports on paper become drafts of their authors."""

    _import_model = "hr.backbone.suggestion"
    _import_headers = (
        "Member",
        "Subject",
        "Current State",
        "Proposal",
        "Expected Effect",
        "Expected Benefit",
        "Benefit a Year",
    )

    def test_template_fits(self):
        for person in ("Jane Miller", "John Smith"):
            self._new_members(self._new_employee(None, self.line, self.job_worker, name=person))
        first, second = self._import_template()
        self.assertEqual((first.employee_id.name, first.benefit_amount), ("Jane Miller", 4000))
        self.assertEqual(second.expected_benefit, "Fewer express orders.")

    def test_good_list(self):
        result = self._import([ROW, ("Colleague", *ROW[1:])])
        self.assertEqual(result["messages"], [])
        records = self.env[self._import_model].browse(result["ids"])
        self.assertEqual(records.member_id, self.member | self.member_colleague)
        self.assertEqual(records.mapped("state"), ["draft", "draft"])
        self.assertEqual(records.reviewer_id, self.director)
        # they are submitted by their authors as any other
        records[0].with_user(self.user_worker).action_submit()

    def test_bad_rows(self):
        self.member_colleague.with_user(self.user_officer).action_suspend("Leave")
        # HR's own membership is not taken for an empty cell
        self._new_members(self.officer)
        for bad, sentence in (
            (("", *ROW[1:]), "“Member” is missing"),
            (("Nobody", *ROW[1:]), "Nobody"),
            (("Manager", *ROW[1:]), "Manager"),
            (("Colleague", *ROW[1:]), "Colleague is not an active member"),
            (("Officer", "", *ROW[2:]), "“Subject” is missing"),
            (("Officer", *ROW[1:6], "-1"), "A benefit is not negative"),
            (("Worker", "SHADOW BOARD", *ROW[2:]), "Worker has handed in “SHADOW BOARD” already"),
        ):
            with self.subTest(row=bad):
                self._assert_refused([ROW, bad], 1, sentence)

    def test_stored_already(self):
        report = self._new_suggestion(name="Shadow board")
        self._assert_refused([ROW], 0, "has handed in “Shadow board” already")
        report.action_withdraw()
        self.assertEqual(self._import([ROW])["messages"], [])

    def test_namesakes(self):
        self._new_members(self._new_employee(None, self.works, self.job_worker, name="Worker"))
        self._assert_refused([ROW], 0, "External ID")

    def test_other_company(self):
        self._create_abroad()
        self.env["hr.backbone.member"].create({"employee_id": self.abroad.id})
        self._assert_refused([("Abroad", *ROW[1:])], 0, "Abroad")

    def test_who_may_not(self):
        """Who is not HR hands in for oneself only."""
        fields = ["member_id", "name"]
        users = self.user_colleague | self.user_mentor | self.user_member
        self._assert_not_for(users, fields, ROW[:2])
        row = (*ROW[:2], "Adopted")
        self._assert_not_for(self.user_officer, [*fields, "state"], row, "directly")
        sentence, row = "“Benefit a Year” is not a number", (*ROW[:2], "nan")
        self._assert_not_for(self.user_officer, [*fields, "benefit_amount"], row, sentence)
