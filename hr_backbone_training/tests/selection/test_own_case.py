# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common_rpc import RpcCommon
from ..organization import OFFICER


@tagged("post_install", "-at_install")
class TestOwnCase(RpcCommon):
    """An HR officer who is a candidate: meeting, agenda, notice and objection know whom they
    concern, and the officer acts on none of them, also without a login on the employee."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.me = cls.user_worker
        cls.me.write({"group_ids": [(6, 0, cls.env.ref(OFFICER).ids)]})

    def _refuse_me(self, records, method, *args, **kwargs):
        """Before and after one's login is taken off one's employee."""
        self._refuse((self.me,), records, method, *args, **kwargs)
        with self.env.cr.savepoint() as savepoint:
            self.worker.with_user(self.me).sudo().user_id = False
            self.env.flush_all()
            self.env.invalidate_all()
            self._refuse((self.me,), records, method, *args, **kwargs)
            savepoint.rollback()
        self.env.registry.clear_cache()
        self.env.invalidate_all()

    def _new_meeting(self, case):
        return (
            self.env["hr.backbone.meeting"]
            .with_user(self.user_officer)
            .create(
                {
                    "program_id": self.program.id,
                    "attendee_ids": (self.user_chair | self.user_member).ids,
                    "item_ids": [(0, 0, {"application_id": case.id})],
                }
            )
        )

    def _await_meeting(self):
        self.application._write_moved({"state": "committee"})
        return self._new_meeting(self.application)

    def test_places_of_the_own_echelon(self):
        line = self.program.line_ids.filtered(
            lambda row: row.echelon_id == self.application.echelon_id
        )
        self._refuse_me(line, "write", {"quota": 9})
        self._call(self.user_officer, line, "write", {"quota": 9})
        # nor in those into which one may still come
        others = self.program.line_ids - line
        self._refuse_me(others[:1], "write", {"quota": 9})

    def test_meeting_that_is_planned(self):
        meeting = self._await_meeting()
        for vals in (
            {"attendee_ids": [(3, self.user_member.id)]},
            {"item_ids": [(5,)]},
            {"application_ids": [(5,)]},
            {"quorum": 60},
            {"date": "2026-04-01 09:00:00"},
            {"minutes": "<p>All agreed</p>"},
        ):
            self._refuse_me(meeting, "write", vals)
        self._refuse_me(meeting.item_ids, "write", {"postponed": True})
        self._refuse_me(meeting.item_ids, "unlink")
        self._refuse_me(meeting, "unlink")
        self._refuse_me(meeting, "action_open")
        self._refuse_me(meeting, "action_cancel", "No time")

    def test_meeting_in_session(self):
        meeting = self._await_meeting()
        meeting.action_open()
        case = self.application.ids
        for arguments in (
            ("Why", self.user_chair.ids),
            ("Why", None, []),
            ("Why", None, None, case),
        ):
            self._refuse_me(meeting, "action_change", *arguments)
        self._refuse_me(meeting, "action_cancel", "No time")
        self._refuse_me(meeting, "action_close")

    def test_nobody_puts_themselves_on_the_agenda(self):
        self.application._write_moved({"state": "committee"})
        empty = (
            self.env["hr.backbone.meeting"]
            .with_user(self.user_officer)
            .create({"program_id": self.program.id})
        )
        values = {"meeting_id": empty.id, "application_id": self.application.id}
        self._refuse_me(empty.item_ids, "create", values)
        self.assertEqual(empty.with_user(self.me).action_fill_agenda(), 0)

    def test_notice(self):
        self._refuse_me(self.publicity, "action_close")
        self.application._write_moved({"state": "selected"})
        notice = self._publish_draft(self.application)
        for vals in ({"notice": "<p>Best of all</p>"}, {"working_days": 9}, {"line_ids": [(5,)]}):
            self._refuse_me(notice, "write", vals)
        self._refuse_me(notice, "action_publish")
        self._refuse_me(notice, "unlink")
        self._refuse_me(notice.line_ids, "unlink")
        empty = self._publish_draft(self.application.browse())
        values = {"publicity_id": empty.id, "application_id": self.application.id}
        self._refuse_me(notice.line_ids, "create", values)
        self.assertEqual(empty.with_user(self.me).action_fill_names(), 0)

    def _publish_draft(self, applications):
        return (
            self.env["hr.backbone.publicity"]
            .with_user(self.user_officer)
            .create(
                {
                    "program_id": self.program.id,
                    "line_ids": [(0, 0, {"application_id": a.id}) for a in applications],
                }
            )
        )

    def test_objection(self):
        for method, *arguments in (
            ("read", ["text"]),
            ("write", {"finding": "Nothing"}),
            ("action_uphold", "Nothing"),
            ("action_dismiss", "Nothing"),
        ):
            self._refuse_me(self.objection, method, *arguments)

    def test_recommender_of_hr_writes_no_finding(self):
        self.user_leader.group_ids |= self.env.ref(OFFICER)
        with self.assertRaises(UserError):
            self._call(self.user_leader, self.objection, "write", {"finding": "Nothing"})
        with self.assertRaises(UserError):
            self._call(self.user_leader, self.objection, "action_dismiss", "Nothing")
