# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from ..common import BackboneCommon
from ..organization import COMMITTEE


@tagged("post_install", "-at_install")
class TestJourney(BackboneCommon):
    """From the department's recommendation to the place in the talent pool."""

    def test_from_recommendation_to_pool(self):
        application = self._recommend()
        self.assertEqual(application.state, "draft")
        self._write_plan(application)
        application.action_submit()
        self.assertEqual(application.state, "director")
        self.assertEqual(application.sudo().approver_id, self.director)
        application.with_user(self.user_director).action_approve()
        self.assertEqual(application.state, "hr")
        review = application.with_user(self.user_officer)
        review.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        review.action_pass_review()
        meeting = self._meet(application)
        meeting.with_user(self.user_chair).action_close()
        self.assertEqual(application.state, "selected")
        publicity = self._publish(application)
        self.assertEqual(application.state, "publicity")
        self.assertEqual(str(publicity.date_end), "2026-03-09")
        with freeze_time("2026-03-10 09:00:00"):
            self._run_cron("publicity")
        self.assertEqual(application.state, "admitted")
        self.assertEqual(publicity.state, "closed")
        member = self.worker.backbone_member_id
        self.assertEqual(member.state, "active")
        self.assertEqual(self.worker.backbone_echelon_id, self.echelon_3)
        self.assertEqual(member.movement_ids.mapped("kind"), ["admitted"])
        self.assertEqual(application.sudo().plan_id.state, "active")
        self.assertEqual(
            application.sudo().decision_ids.sorted("id").mapped("move"),
            ["submit", "approve", "pass_review", "select", "publish", "admit"],
        )


@tagged("post_install", "-at_install")
class TestJourneyPortal(BackboneCommon):
    """The same, when everybody but HR has a portal login only, and nothing is in the cache:
    what a portal login may not read must not be needed anywhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ("leader", "manager", "director", "colleague")
        groups = {f"bt_portal_{name}": "base.group_portal" for name in names}
        groups["bt_portal_chair"] = f"base.group_portal,{COMMITTEE}"
        *users, cls.user_chair = cls._new_users(groups)
        for name, user in zip(names, users, strict=True):
            setattr(cls, f"user_{name}", user)
            cls._become(user, getattr(cls, name))

    def _as_fresh(self, record, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._as(record, user)

    def _read_all(self, record, user):
        """Every field that the user may read, lists apart: what a page would show."""
        fresh = self._as_fresh(record, user)
        names = [
            name
            for name, field in fresh._fields.items()
            if field.type not in ("one2many", "many2many")
            # Odoo's own activities and messages are for internal users
            and not name.startswith(("activity_", "my_activity_", "message_"))
            and fresh._has_field_access(field, "read")
        ]
        return fresh.read(names)[0]

    def test_everybody_on_the_portal(self):
        self.env.flush_all()
        self.env.invalidate_all()
        application = self._recommend()
        self._as_fresh(application, self.user_leader)
        self._write_plan(application)
        self._as_fresh(application, self.user_leader).action_submit()
        self.assertEqual(self._read_all(application, self.user_director)["state"], "director")
        self._as_fresh(application, self.user_director).action_approve()
        review = self._as_fresh(application, self.user_officer)
        review.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        review.action_pass_review()
        meeting = self._meet(application, vote=None)
        for user in (self.user_chair, self.user_member):
            item = self._as_fresh(meeting.item_ids, user)
            item.action_vote_for()
            self.assertEqual(self._read_all(item, user)["my_vote"], "for")
            self.assertTrue(self._read_all(application, user)["main_results"])
        self.assertTrue(self._read_all(meeting, self.user_chair)["can_close"])
        self._as_fresh(meeting, self.user_chair).action_close()
        publicity = self._publish(application)
        self.assertTrue(self._read_all(publicity, self.user_colleague)["is_open"])
        line = self._as_fresh(publicity, self.user_colleague).line_ids
        objection = self._as_fresh(self.env["hr.backbone.objection"], self.user_colleague).create(
            {"line_id": line.id, "text": "Often late", "hidden": True}
        )
        self.assertEqual(self._read_all(objection, self.user_colleague)["text"], "Often late")
        self._as_fresh(objection, self.user_officer).action_dismiss("The clock was wrong")
        with freeze_time("2026-03-10 09:00:00"):
            self._run_cron("publicity")
        member = self.worker.backbone_member_id
        for record in (member, application, application.sudo().plan_id):
            for user in (self.user_worker, self.user_leader, self.user_director):
                with self.subTest(model=record._name, user=user.login):
                    self.assertTrue(self._read_all(record, user)["display_name"])
        self.assertEqual(self._read_all(member, self.user_worker)["state"], "active")
