# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common_rpc import RpcCommon

PRIVATE = {
    "application": (
        "_move",
        "_do_move",
        "_write_moved",
        "_move_allowed",
        "_log_decisions",
        "_take_snapshots",
        "lock_for_update",
    ),
    "plan": ("_on_application_admitted", "_on_application_created", "_write_moved"),
    "meeting": ("_after_move", "_do_move"),
    "meeting.item": ("_conclude", "_vote"),
    "publicity": ("_close_names", "_cron_close", "_write_moved"),
    "objection": ("_decide", "_take_evidence", "_log_finding"),
    "member": ("_move_in_pool", "_log_movements", "_cron_exit_leavers"),
    "rotation": ("_cron_rotations", "_write_resume", "_give_agreement", "_write_moved"),
    "mentor.proposal": ("_propose", "_appoint_pairs", "_update_spares", "_write_moved"),
    "mentor.proposal.line": ("_appoint", "_create_mentorships"),
    "achievement": (
        "_cron_warn_expiring",
        "_make_certifications",
        "_on_member_exited",
        "_save_from_portal",
        "_write_moved",
    ),
    "suggestion": ("_decide", "_review_from_portal", "_write_moved"),
    "suggestion.review": ("_on_submitted",),
    "suggestion.adopted": ("_on_adopted",),
    "notification": ("_send", "_queue", "_cron_send"),
    "application.check": ("_make_for",),
    "training": (
        "_mark_attendance",
        "_check_in",
        "_sign_checkin",
        "_get_checkin_url",
        "_lock_seats",
        "_cron_remind",
        "_write_moved",
    ),
    "training.participant": ("_do_moves", "_write_resume_lines", "_announce", "_add_certificates"),
}


@tagged("post_install", "-at_install")
class TestRpc(RpcCommon):
    """What a client sends by itself, past every page: refused, with a clean error."""

    def test_every_step_answers_what_each_protocol_can_carry(self):
        """XML-RPC knows no None: a client must not be told of a fault after the step."""
        self._write_plan(self.draft)
        self.assertIs(self._call(self.user_manager, self.draft, "action_submit"), True)
        self.assertIs(self._call(self.user_director, self.draft, "action_approve"), True)
        self.assertIs(self._call(self.user_officer, self.draft, "action_return", "Why?"), True)

    def test_nobody_writes_a_state(self):
        for records, state in (
            (self.application, "admitted"),
            (self.draft, "hr"),
            (self.plan, "draft"),
            (self.meeting, "open"),
            (self.publicity, "draft"),
            (self.program, "draft"),
            (self.objection, "dismissed"),
            (self.member, "exited"),
            (self.rotation, "agreed"),
            (self.achievement, "verified"),
            (self.suggestion, "adopted"),
            (self.review, "adopted"),
            (self.training, "done"),
            (self.participant, "attended"),
        ):
            self._refuse(self.everyone, records, "write", {"state": state})

    def test_nobody_writes_the_scores_of_a_submitted_case(self):
        self._refuse(self.everyone, self.application, "write", {"score_performance": 100})
        self._refuse(self.everyone, self.application, "write", {"score_total": 100})
        self._refuse(self.everyone, self.application, "web_save", {"main_results": "Better"}, {})

    def test_scores_of_anothers_draft(self):
        others = [
            user
            for user in self.everyone
            if user not in (self.user_manager, self.user_officer, self.user_admin)
        ]
        self._refuse(others, self.draft, "write", {"score_performance": 100})

    def test_nobody_writes_the_approver(self):
        for records in (self.application, self.draft):
            self._refuse(self.everyone, records, "write", {"approver_id": self.manager.id})

    def test_nobody_makes_or_changes_a_decision(self):
        decision = self.application.sudo().decision_ids[0]
        vals = {
            "res_model": "hr.backbone.application",
            "res_id": self.application.id,
            "user_id": self.user_director.id,
            "date": "2026-03-02 09:00:00",
            "move": "approve",
        }
        self._refuse(self.everyone, decision, "create", vals)
        self._refuse(self.everyone, decision, "write", {"comment": "Never said that"})
        self._refuse(self.everyone, decision, "unlink")
        self._refuse(self.everyone, self.application, "write", {"decision_ids": [(0, 0, vals)]})

    def test_nobody_writes_a_finished_plan(self):
        self._refuse(self.everyone, self.plan, "write", {"strengths": "All"})
        self._refuse(self.everyone, self.plan.line_ids, "write", {"action": "Rest"})
        self._refuse(self.everyone, self.plan.line_ids, "unlink")
        self._refuse(
            self.everyone,
            self.plan.line_ids,
            "create",
            {"plan_id": self.plan.id, "action": "Rest"},
        )

    def test_no_way_through_a_list_of_another_document(self):
        self._refuse(
            self.everyone,
            self.draft,
            "write",
            {"plan_ids": [(1, self.draft.sudo().plan_id.id, {"state": "submitted"})]},
        )
        self._refuse(
            (self.user_manager, self.user_officer, self.user_admin),
            self.draft,
            "write",
            {"plan_ids": [(4, self.plan.id)]},
        )
        self._refuse(self.everyone, self.draft, "write", {"check_ids": [(0, 0, {"name": "x"})]})
        self._refuse(
            self.everyone,
            self.publicity,
            "write",
            {"objection_ids": [(1, self.objection.id, {"state": "dismissed"})]},
        )
        self._refuse(
            self.everyone,
            self.member,
            "write",
            {"movement_ids": [(0, 0, {"kind": "promoted", "date": "2026-03-01"})]},
        )
        item = self.meeting.item_ids
        self._refuse(
            self.everyone,
            self.meeting,
            "write",
            {"item_ids": [(1, item.id, {"result": "refused"})]},
        )
        self._refuse(
            self.everyone,
            item,
            "write",
            {"vote_ids": [(1, item.vote_ids[0].id, {"vote": "against"})]},
        )

    def test_other_company(self):
        abroad = (self.user_abroad, self.user_admin_abroad)
        for records in (
            self.application,
            self.draft,
            self.program,
            self.publicity,
            self.member,
            self.rotation,
            self.training,
            self.participant,
        ):
            self._refuse(abroad, records, "read", ["display_name"])
            self._refuse(abroad, records, "write", {"message_follower_ids": [(5,)]})
            self._refuse(abroad, records, "unlink")
        self._refuse(abroad, self.application, "action_refuse", "No")
        self._refuse(abroad, self.objection, "action_dismiss", "No")
        self._refuse(abroad, self.member, "action_exit", "No")
        self._refuse(
            abroad,
            self.draft,
            "create",
            {
                "employee_id": self.worker.id,
                "program_id": self.program_abroad.id,
                "echelon_id": self.echelon_3.id,
            },
        )
        # not even by naming the company
        company = {"context": {"allowed_company_ids": self.company.ids}}
        self._refuse(abroad, self.application, "read", ["display_name"], **company)

    def test_nobody_attends_by_writing(self):
        row = self.participant
        self._refuse(self.everyone, row, "write", {"attendance_date": "2026-03-02 09:00:00"})
        self._refuse(self.everyone, row, "write", {"member_id": self.member.id})
        self._refuse(self.everyone, row, "write", {"score": 100})
        self._refuse(self.everyone, row, "action_attend")
        self._refuse(
            self.everyone,
            self.training,
            "write",
            {"participant_ids": [(1, row.id, {"state": "attended"})]},
        )
        others = [
            user
            for user in self.everyone
            if user not in (self.user_leader, self.user_officer, self.user_admin)
        ]
        for step in ("action_confirm", "action_decline", "action_cancel", "action_invite"):
            self._refuse(others, row, step)
        for step in ("action_done", "action_cancel", "action_invite_echelons"):
            self._refuse(self.everyone, self.training, step)

    def test_private_methods_are_not_called(self):
        records = {
            "application": self.application,
            "plan": self.plan,
            "meeting": self.meeting,
            "meeting.item": self.meeting.item_ids,
            "publicity": self.publicity,
            "objection": self.objection,
            "member": self.member,
            "rotation": self.rotation,
            "mentor.proposal": self.env["hr.backbone.mentor.proposal"],
            "mentor.proposal.line": self.env["hr.backbone.mentor.proposal.line"],
            "notification": self.env["hr.backbone.notification"],
            "application.check": self.application.sudo().check_ids,
            "achievement": self.achievement,
            "suggestion": self.suggestion,
            "suggestion.review": self.review,
            "suggestion.adopted": self.env["hr.backbone.suggestion.adopted"],
            "training": self.training,
            "training.participant": self.participant,
        }
        for model, methods in PRIVATE.items():
            for method in methods:
                self.assertTrue(hasattr(records[model], method), f"{model}.{method}")
                self._refuse((self.user_worker, self.user_admin), records[model], method)

    def test_scores_and_certification_are_not_written_past_the_steps(self):
        """The author, the managers and colleagues score nothing; nobody moves the maxima,
        makes a row of scores or of what is public, nor says what HR was told."""
        scorers = (self.user_director, self.user_chair, self.user_officer, self.user_admin)
        others = [user for user in self.everyone if user not in scorers]
        self._refuse(others, self.review, "write", {"score_technique": 30})
        for vals in ({"max_scope": 100}, {"score_total": 100}, {"employee_id": 1}):
            self._refuse(self.everyone, self.review, "write", vals)
        vals = {"suggestion_id": self.suggestion.id, "score_technique": 30}
        self._refuse(self.everyone, self.review, "create", vals)
        lines = [(0, 0, {"score_technique": 30})]
        self._refuse(self.everyone, self.suggestion, "write", {"review_ids": lines})
        public = {"suggestion_id": self.suggestion.id, "name": "x", "company_id": self.company.id}
        adopted = self.env["hr.backbone.suggestion.adopted"]
        self._refuse(self.everyone, adopted, "create", public)
        for name in ("answer", "date_decided", "date_submitted"):
            self._refuse(self.everyone, self.suggestion, "write", {name: "2026-03-02"})
        for name in ("employee_skill_id", "date_warned", "date_verified"):
            self._refuse(self.everyone, self.achievement, "write", {name: 1})
