# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_import import ImportMixin
from ..common_training import BackboneTrainingCommon

TITLE = "Leading a Team"
HEADERS = ("Training", "Member")


@tagged("post_install", "-at_install")
class TestTrainingParticipantImport(ImportMixin, BackboneTrainingCommon):
    """Who takes part in a training comes in from a list."""

    _import_model = "hr.backbone.training.participant"
    _import_headers = HEADERS

    def test_template_fits(self):
        training = self._new_training(plan=False)
        for person in ("Jane Miller", "John Smith"):
            self._new_members(self._new_employee(None, self.line, self.job_worker, name=person))
        rows = self._import_template()
        self.assertEqual(rows.training_id, training)
        self.assertEqual(rows.mapped("employee_id.name"), ["Jane Miller", "John Smith"])

    def test_draft_is_not_announced(self):
        self._new_training(plan=False)
        result = self._import([(TITLE, "Worker"), (TITLE, "Colleague")])
        self.assertEqual(result["messages"], [])
        rows = self.env[self._import_model].browse(result["ids"])
        self.assertEqual(rows.member_id, self.worker_member | self.colleague_member)
        self.assertEqual(rows.mapped("state"), ["invited", "invited"])
        self.assertFalse(rows.decision_ids)

    def test_announced_training_invites(self):
        """As when HR adds a row; a trial tells nobody."""
        self._new_training()
        self._import([(TITLE, "Worker")], dryrun=True)
        self.assertFalse(self._mails(TITLE))
        result = self._import([(TITLE, "Worker")])
        row = self.env[self._import_model].browse(result["ids"])
        self.assertEqual(row.decision_ids.mapped("to_state"), ["invited"])
        self.assertEqual(self._mails(TITLE).recipient_ids, self.user_worker.partner_id)

    def test_bad_rows(self):
        self._new_training(plan=False)
        self.leader_member.with_user(self.user_officer).action_suspend("Leave")
        good = (TITLE, "Worker")
        for bad, sentence in (
            (("", "Colleague"), "“Training” is missing"),
            ((TITLE, ""), "“Member” is missing"),
            (("Unknown", "Colleague"), "Unknown"),
            ((TITLE, "Manager"), "Manager"),
            ((TITLE, "Leader"), "Leader is not in the talent pool now"),
            (good, "can be listed only once"),
        ):
            with self.subTest(row=bad):
                self._assert_refused([good, bad], 1, sentence)

    def test_stored_already(self):
        self._new_training([self.worker_member])
        self._assert_refused(
            [(TITLE, "Colleague"), (TITLE, "Worker")], 1, "can be listed only once"
        )

    def test_training_is_over(self):
        self._new_training().action_cancel("No trainer")
        self._assert_refused([(TITLE, "Worker")], 0, "A training that is over cannot be changed")

    def test_namesakes(self):
        self._new_training()
        self._new_members(self._new_employee(None, self.works, self.job_worker, name="Worker"))
        self._assert_refused([(TITLE, "Worker")], 0, "External ID")
        days = {"date_start": "2026-05-12 09:00:00", "date_end": "2026-05-12 16:00:00"}
        self._new_training(plan=False, **days)
        self._assert_refused([(TITLE, "Colleague")], 0, "External ID")

    def test_other_company(self):
        self._new_training()
        self._create_abroad()
        self.env["hr.backbone.member"].create({"employee_id": self.abroad.id})
        self._assert_refused([(TITLE, "Abroad")], 0, "Abroad")

    def test_who_may_not(self):
        self._new_training([self.leader_member])
        fields, row = ["training_id", "member_id"], (TITLE, "Worker")
        self._assert_not_for(self.user_leader | self.user_worker | self.user_trainer, fields, row)
        self._assert_not_for(self.user_officer, [*fields, "state"], (*row, "Attended"), "directly")
        self._assert_not_for(self.user_officer, [*fields, "score"], (*row, "90"), "attended")
