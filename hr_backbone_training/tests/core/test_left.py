# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common_doors import DoorsCommon
from ..common_rpc import RpcCommon


@tagged("post_install", "-at_install")
class TestLeftReads(DoorsCommon):
    """Whoever has left, and still has a login, reads what is their own and no more: not as
    recommender, director, mentor, host, trainer, reviewer or manager."""

    def _get_found(self, user, name):
        model = self._as(self.env[name].with_context(active_test=False), user)
        try:
            return set(model.search([])._ids)
        except AccessError:
            return set()

    def test_walk(self):
        stranger = self._new_user("bt_stranger")
        self.home["hr.backbone.training"].sudo().trainer_id = self.director
        names = [name for name in self._get_walked_models() if name in self.home]
        before = {name: self._get_found(self.user_director, name) for name in names}
        read = {
            "hr.backbone.application",
            "hr.backbone.plan",
            "hr.backbone.plan.line",
            "hr.backbone.member",
            "hr.backbone.mentorship",
            "hr.backbone.mentorship.session",
            "hr.backbone.achievement",
            "hr.backbone.suggestion",
            "hr.backbone.rotation",
            "hr.backbone.training",
            "hr.backbone.training.participant",
            "hr.backbone.assessment",
        }
        self.assertFalse({name for name in read if not before[name]})
        self.director.with_user(self.user_admin).active = False
        self.env.flush_all()
        self.env.invalidate_all()
        for name in names:
            with self.subTest(model=name):
                # theirs: what they raised themselves
                own = set(self.home[name]._ids) if name == "hr.backbone.objection" else set()
                found = self._get_found(self.user_director, name)
                self.assertLessEqual(found - own, self._get_found(stranger, name))


@tagged("post_install", "-at_install")
class TestLeftActs(RpcCommon):
    """And they take no step for others, by any method."""

    def _leave(self, employee):
        employee.with_user(self.user_admin).active = False
        self.env.flush_all()
        self.env.invalidate_all()

    def test_recommender(self):
        self._leave(self.leader)
        case = self.application.with_user(self.user_leader).sudo()
        self.assertFalse(case._is_recommender())
        for method, args in (("action_withdraw", ["Changed my mind"]), ("read", [["name"]])):
            with self.assertRaises(UserError):
                self._call(self.user_leader, self.application, method, *args)
        self.assertEqual(self.application.state, "publicity")

    def test_signatures(self):
        rows = self.application.with_user(self.user_leader)._get_signature_rows()
        self.assertTrue(any(row["mine"] for row in rows))
        self.assertTrue(self.user_leader._get_backbone_to_sign())
        self._leave(self.leader)
        case = self.application.with_user(self.user_leader).sudo()
        self.assertFalse(any(row["mine"] for row in case._get_signature_rows()))
        with self.assertRaises(UserError):
            self.application.with_user(self.user_leader)._sign_from_portal("Leader", "x")
        self.assertFalse(self.user_leader._get_backbone_to_sign())

    def test_mentor(self):
        mentorship = self._mentored(self.member, self.director)
        session = self.env["hr.backbone.mentorship.session"]._create_moved(
            [{"mentorship_id": mentorship.id, "date_start": "2026-03-02 07:00:00"}]
        )
        of_mentor = session.with_user(self.user_director)
        self.assertTrue(of_mentor._is_one_of_two())
        self._leave(self.director)
        self.assertFalse(of_mentor.sudo()._is_one_of_two())
        self.assertFalse(mentorship.with_user(self.user_director).sudo()._is_own_mentor())
        with self.assertRaises(UserError):
            self._call(self.user_director, session, "action_hold")
        self.assertFalse(self.user_director._count_backbone_todo())

    def test_own_documents_stay(self):
        """Whoever has left still reads what they wrote themselves."""
        self._leave(self.colleague)
        plan = self.draft.sudo().plan_id.with_user(self.user_colleague)
        self.assertTrue(plan.read(["gaps"]))
