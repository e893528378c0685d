# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from ..common import BackboneCommon
from ..organization import OFFICER

WHY = "It was the wrong name"


@tagged("post_install", "-at_install")
class TestApplicationRestore(BackboneCommon):
    """What if it was a mistake? HR takes back that a case has ended, and it is where it was."""

    def _restore(self, application, user=None):
        application.with_user(user or self.user_officer).action_restore(WHY)

    def _read(self, application):
        """The states of case and plan, and the last two steps."""
        case = application.sudo()
        steps = case.decision_ids.sorted("id")[-2:]
        return case.state, case.plan_id.state, steps.mapped("move")

    def test_refused_by_the_director(self):
        application = self._submitted()
        application.with_user(self.user_director).action_refuse("Not now")
        self.assertEqual(self._read(application)[:2], ("refused", "closed"))
        self._restore(application)
        self.assertEqual(self._read(application), ("director", "submitted", ["refuse", "restore"]))
        refused, restored = application.sudo().decision_ids.sorted("id")[-2:]
        self.assertEqual(restored.undone_id, refused)
        self.assertEqual((restored.comment, restored.to_state), (WHY, "director"))
        self.assertEqual(application.sudo().activity_user_id, self.user_director)
        application.with_user(self.user_director).action_approve()
        self.assertEqual(application.state, "hr")

    def test_withdrawn_draft(self):
        application = self._recommend()
        application.action_withdraw()
        self.assertTrue(application.sudo().facts)
        self._restore(application)
        self.assertEqual(self._read(application), ("draft", "draft", ["withdraw", "restore"]))
        self.assertFalse(application.sudo().facts)
        self._write_plan(application)
        application.with_user(self.user_leader).action_submit()
        self.assertEqual(application.state, "director")

    def test_not_selected_by_a_closed_meeting(self):
        application = self._reviewed()
        meeting = self._meet(application, vote="against")
        meeting.with_user(self.user_chair).action_close()
        self.assertEqual(application.state, "refused")
        self._restore(application)
        self.assertEqual(self._read(application)[:2], ("committee", "submitted"))
        self.assertEqual(meeting.item_ids.result, "refused")
        self._meet(application).with_user(self.user_chair).action_close()
        self.assertEqual(application.state, "selected")

    def test_refused_while_it_is_publicized(self):
        """The name was taken off its notice, and goes on another one for all its days."""
        application, notice = self._publicized()
        application.with_user(self.user_officer).action_refuse("Not now")
        self.assertEqual(notice.state, "closed")
        self._restore(application)
        self.assertEqual(self._read(application)[:2], ("selected", "submitted"))
        notice = self._publish(application)
        with freeze_time("2026-03-10 09:00:00"):
            notice.action_close()
        self.assertEqual(application.state, "admitted")

    def test_the_people_are_told(self):
        application = self._submitted()
        application.with_user(self.user_director).action_refuse("Not now")
        self.env["mail.mail"].search([]).unlink()
        self._restore(application)
        mails = self.env["mail.mail"].search([("model", "=", application._name)])
        people = self.user_worker.partner_id | self.user_leader.partner_id
        self.assertEqual(mails.recipient_ids, people)
        self.assertIn("“Director's Approval” again", mails[0].body_html.replace("&#39;", "'"))
        self.assertIn(WHY, mails[0].body_html)

    def test_what_follows_is_said_before(self):
        application, _notice = self._publicized()
        application.with_user(self.user_officer).action_refuse("Not now")
        wizard = self.env["hr.backbone.comment.wizard"].with_user(self.user_officer)
        wizard = wizard.with_context(active_model=application._name, active_ids=application.ids)
        window = wizard.create({"move": "restore"})
        self.assertIn("“Refused” of 03/02/2026 by Officer is taken back", window.consequences)
        self.assertIn("is at “Selected” again", window.consequences)
        self.assertIn("another notice", window.consequences)
        self.assertFalse(wizard.create({"move": "return"}).consequences)
        with self.assertRefused("comment"):
            window.action_confirm()
        window.comment = WHY
        window.action_confirm()
        self.assertEqual(application.state, "selected")

    # -- what is refused -------------------------------------------------------------------

    def test_by_hr_alone_with_a_reason(self):
        application = self._submitted()
        with self.assertRefused("not possible there"):
            self._restore(application)
        application.with_user(self.user_director).action_refuse("Not now")
        for user in (self.user_director, self.user_leader, self.user_worker):
            with self.subTest(user=user.login), self.assertRefused("Only HR can do this"):
                self._restore(application, user)
            self.assertFalse(application.with_user(user).can_restore)
        self.assertTrue(application.with_user(self.user_officer).can_restore)
        with self.assertRefused("comment"):
            application.with_user(self.user_officer).action_restore(" ")
        self._restore(application)
        with self.assertRefused("not possible there"):
            self._restore(application)

    def test_not_by_hr_that_recommended(self):
        application = self._submitted()
        application.with_user(self.user_director).action_refuse("Not now")
        self.user_leader.sudo().group_ids |= self.env.ref(OFFICER)
        with self.assertRefused("You recommended this person"):
            self._restore(application, self.user_leader)

    def test_not_what_an_objection_has_ended(self):
        application, notice = self._publicized()
        objection = self.env["hr.backbone.objection"].with_user(self.user_director)
        objection = objection.create({"line_id": notice.line_ids.id, "text": "Often late"})
        objection.with_user(self.user_officer).action_uphold("It is so")
        self.env.invalidate_all()
        with freeze_time("2026-03-10 09:00:00"):
            notice.action_close()
        self.assertEqual(application.state, "refused")
        with self.assertRefused("not one that can be taken back"):
            self._restore(application)

    def test_not_beside_another_case_of_the_person(self):
        application = self._submitted()
        application.with_user(self.user_director).action_refuse("Not now")
        second = self._submitted()
        with self.assertRefused("already has an application under way"):
            self._restore(application)
        second.with_user(self.user_director).action_refuse("Nor now")
        both = (application | second).with_user(self.user_officer)
        with self.assertRefused("already has an application under way"):
            both.action_restore(WHY)

    def test_not_for_somebody_who_has_left(self):
        application = self._submitted()
        application.with_user(self.user_director).action_refuse("Not now")
        self.worker.sudo().active = False
        with self.assertRefused("has left the company"):
            self._restore(application)

    def test_the_director_of_today(self):
        """Whoever was to approve may be somebody else by now."""
        application = self._submitted()
        application.with_user(self.user_director).action_refuse("Not now")
        head = self._new_employee(self._new_user("bt_new_head"), self.works, self.job_manager)
        self.board.sudo().manager_id = head
        self.director.sudo().active = False
        self._restore(application)
        self.assertEqual(application.sudo().approver_id, head)
