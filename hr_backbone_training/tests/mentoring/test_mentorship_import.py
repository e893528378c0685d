# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_import import ImportMixin
from ..common_promotion import PromotionCommon

ROW = ("Worker", "Mentor")


@tagged("post_install", "-at_install")
class TestMentorshipImport(ImportMixin, PromotionCommon):
    """Who mentors whom comes in as appointments."""

    _import_model = "hr.backbone.mentorship"
    _import_headers = ("Member", "Mentor")

    def test_template_fits(self):
        for person in ("Jane Miller", "John Smith"):
            self._new_members(self._new_employee(None, self.line, self.job_worker, name=person))
        for person in ("Peter Brown", "Mary Wood"):
            self._new_employee(None, self.board, self.job_manager, name=person)
        first, second = self._import_template()
        self.assertEqual(first.display_name, "Jane Miller – Peter Brown")
        self.assertEqual(second.mentor_id.name, "Mary Wood")

    def test_good_list(self):
        """A trial tells nobody; then each of the two accepts."""
        mails = self.env["mail.mail"].sudo()
        rows = [ROW, ("Colleague", "Director")]
        self.assertEqual(self._import(rows, dryrun=True)["messages"], [])
        self.assertFalse(mails.search([]))
        result = self._import(rows)
        self.assertEqual(result["messages"], [])
        records = self.env[self._import_model].browse(result["ids"])
        self.assertIn(self.user_worker.partner_id, mails.search([]).recipient_ids)
        self.assertEqual(records.mentor_id, self.mentor | self.director)
        self.assertEqual(records.mapped("state"), ["appointed", "appointed"])
        self.assertFalse(records[0].date_member_accepted or records[0].date_mentor_accepted)
        records[0].with_user(self.user_worker).action_accept()
        records[0].with_user(self.user_mentor).action_accept()
        self.assertEqual(records[0].state, "active")

    def test_bad_rows(self):
        self._new_members(self.leader)
        self._new_members(self.director)
        self._new_employee(None, self.line, None, name="Newcomer")
        self._new_members(self.manager).with_user(self.user_officer).action_suspend("Leave")
        self.manager.parent_id = self.leader
        for bad, sentence in (
            (("", "Director"), "“Member” is missing"),
            (("Colleague", ""), "“Mentor” is missing"),
            (("Nobody", "Director"), "Nobody"),
            (("Officer", "Director"), "Officer"),
            (("Manager", "Director"), "Manager is not an active member"),
            (("Colleague", "Newcomer"), "The post of Newcomer has no rank"),
            (("Colleague", "Leader"), "does not allow it"),
            (("Colleague", "Mentor"), "takes no more than one"),
            (("Director", "Director"), "cannot be their own mentor"),
            (("Leader", "Manager"), "Manager reports to Leader"),
            (("Director", "Manager"), "is not above that of"),
            (("Worker", "Director"), "has been appointed for Worker already"),
        ):
            with self.subTest(row=bad):
                self._assert_refused([ROW, bad], 1, sentence)

    def test_stored_already(self):
        self._appoint(self.member, self.director)
        rows = [("Colleague", "Manager"), ROW]
        self._assert_refused(rows, 1, "has been appointed for Worker already")

    def test_namesakes(self):
        self._new_employee(None, self.works, self.job_manager, name="Mentor")
        self._assert_refused([ROW], 0, "External ID")

    def test_other_company(self):
        self._create_abroad()
        self._assert_refused([("Worker", "Abroad")], 0, "Abroad")

    def test_who_may_not(self):
        fields = ["member_id", "mentor_id"]
        users = self.user_director | self.user_mentor | self.user_worker
        self._assert_not_for(users, fields, ROW)
        self._assert_not_for(self.user_officer, [*fields, "state"], (*ROW, "Ongoing"), "directly")
