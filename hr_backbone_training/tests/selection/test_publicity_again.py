# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestPublicityAgain(BackboneCommon):
    """A name that leaves the notice while it is out, and one that comes back on the next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application, cls.notice = cls._publicized()
        cls.line = cls.notice.line_ids

    def _object(self, line=None, user=None):
        return (
            self.env["hr.backbone.objection"]
            .with_user(user or self.user_colleague)
            .create({"line_id": (line or self.line).id, "text": "The figures are another's"})
            .with_user(self.user_officer)
        )

    def _come_back(self, **changes):
        """Returned, corrected and selected once more: on a new notice, three days later."""
        self.application.with_user(self.user_officer).action_return("The scores are not clear")
        with freeze_time("2026-03-05 09:00:00"):
            case = self.application.with_user(self.user_leader)
            case.write({"score_performance": 80, **changes})
            case.action_submit()
            case.with_user(self.user_director).action_approve()
            case = case.with_user(self.user_officer)
            case.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
            case.action_pass_review()
            self._meet(case).with_user(self.user_chair).action_close()
            return self._publish(case)

    def _run_on(self, day):
        with freeze_time(f"{day} 09:00:00"):
            self._run_cron("publicity")
        self.env.invalidate_all()

    # -- which notice decides --------------------------------------------------------------

    def test_latest_notice_decides(self):
        again = self._come_back()
        self.assertEqual(str(again.date_end), "2026-03-12")
        self._run_on("2026-03-10")
        self.assertEqual(self.notice.state, "closed")
        self.assertEqual(self.application.state, "publicity")
        self._run_on("2026-03-13")
        self.assertEqual(again.state, "closed")
        self.assertEqual(self.application.state, "admitted")

    def test_objection_on_the_notice_before_follows_the_case(self):
        objection = self._object()
        again = self._come_back()
        self._run_on("2026-03-13")
        self.assertEqual(self.notice.state, "closed")
        self.assertEqual((self.application.state, again.state), ("publicity", "published"))
        with freeze_time("2026-03-13 10:00:00"):
            self.assertIn("Worker waits", again.with_user(self.user_officer).blocking_reason)
            objection.action_uphold("They are")
        self.assertEqual((self.application.state, again.state), ("refused", "closed"))

    def test_upheld_on_the_notice_before_stops_the_next(self):
        self._object().action_uphold("They are")
        self._come_back()
        self._run_on("2026-03-13")
        self.assertEqual(self.application.state, "refused")
        self.assertEqual(self.application.sudo().decision_ids[:1].move, "uphold")

    # -- a name that has left --------------------------------------------------------------

    def test_name_leaves_the_notice_with_its_case(self):
        steps = {
            "action_withdraw": self.user_worker,
            "action_return": self.user_officer,
            "action_refuse": self.user_officer,
        }
        names = self.env["hr.backbone.publicity.line"].with_user(self.user_colleague)
        for step, user in steps.items():
            with self.subTest(step=step), self.cr.savepoint() as point:
                getattr(self.application.with_user(user), step)("A reason")
                self.env.invalidate_all()
                self.assertFalse(names.search([("publicity_id", "=", self.notice.id)]))
                self.assertEqual(self.notice.line_count, 0)
                self.assertEqual(self.line.with_user(self.user_officer).is_off, True)
                # without names there is nothing to object to
                self.assertEqual(self.notice.state, "closed")
                point.rollback()
            self.env.invalidate_all()

    def test_notice_stays_out_for_its_other_names(self):
        second = self._selected(employee=self.colleague, user=self.user_manager)
        first = self._selected(employee=self.leader, user=self.user_manager)
        notice = self._publish(first + second)
        second.with_user(self.user_officer).action_refuse("The files were forged")
        self.assertEqual((notice.state, notice.line_count), ("published", 1))
        line = notice.line_ids.filtered("is_off")
        with self.assertRefused("Colleague is not on this notice any more"):
            self._object(line, user=self.user_officer)
        first.with_user(self.user_officer).action_return("The scores are not clear")
        self.assertEqual((notice.state, notice.line_count), ("closed", 0))

    def test_only_the_procedure_takes_a_name_off(self):
        line = self.line.with_user(self.user_officer)
        with self.assertRefused("A name leaves a notice with its case"):
            line.is_off = True

    def test_withdrawal_is_told_to_all_but_the_one_who_withdraws(self):
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        self.application.with_user(self.user_worker).action_withdraw("A new job")
        self._run_cron("notification")
        mail = (mails.search([]) - before).filtered(lambda m: "Withdrawn" in (m.subject or ""))
        told = mail.recipient_ids
        people = self.user_leader | self.user_director | self.user_officer
        self.assertEqual(told, people.partner_id)
        self.assertIn("A new job", mail.body_html)

    def test_withdrawn_draft_is_told_to_its_two_people_alone(self):
        draft = self._recommend(employee=self.colleague, user=self.user_manager)
        draft.action_withdraw("Somebody else is better")
        self.assertEqual(
            draft.sudo()._get_mail_partners("withdraw"), self.user_colleague.partner_id
        )

    # -- a person who has left -------------------------------------------------------------

    def test_person_who_has_left_is_not_publicized(self):
        second = self._selected(employee=self.colleague, user=self.user_manager)
        self.colleague.active = False
        notices = self.env["hr.backbone.publicity"].with_user(self.user_officer)
        notice = notices.create({"program_id": self.program.id})
        self.assertEqual(notice.action_fill_names(), 0)
        notice.line_ids = [(0, 0, {"application_id": second.id})]
        with self.assertRefused("Colleague has left the company"):
            notice.action_publish()

    def test_person_who_left_in_the_window_is_not_refused_by_an_objection(self):
        self.worker.active = False
        self._run_on("2026-03-10")
        decision = self.application.sudo().decision_ids[:1]
        self.assertEqual(self.application.state, "refused")
        self.assertEqual((decision.move, decision.move_label), ("drop", "Could not be admitted"))
        self.assertEqual(self.application.sudo().plan_id.state, "closed")

    # -- what stands on it -----------------------------------------------------------------

    def test_draft_shows_the_echelon_of_now_and_the_published_that_of_then(self):
        second = self._selected(employee=self.colleague, user=self.user_manager)
        notices = self.env["hr.backbone.publicity"].with_user(self.user_officer)
        notice = notices.create(
            {"program_id": self.program.id, "line_ids": [(0, 0, {"application_id": second.id})]}
        )
        second.with_user(self.user_officer).action_return("The echelon is wrong")
        second.with_user(self.user_officer).echelon_id = self.echelon_2
        self.assertEqual(notice.line_ids.echelon_id, self.echelon_2)
        self.application.with_user(self.user_officer).action_return("The echelon is wrong")
        self.application.with_user(self.user_officer).echelon_id = self.echelon_2
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.line.echelon_id, self.echelon_3)

    # -- what was stored before ------------------------------------------------------------

    def _migrate(self):
        """From when names stayed on a notice, and a notice without names stayed out."""
        self.env.flush_all()
        self.cr.execute("UPDATE hr_backbone_publicity_line SET is_off = NULL")
        self.cr.execute("UPDATE hr_backbone_publicity SET state = 'published'")
        self._run_migration("19.0.1.1.0/post-publicity.py")
        self.env.invalidate_all()

    def test_migration_takes_off_who_has_left(self):
        again = self._come_back()
        self._migrate()
        self.assertTrue(self.line.is_off)
        self.assertFalse(again.line_ids.is_off)
        self.application.with_user(self.user_worker).action_withdraw("A new job")
        self._migrate()
        self.assertTrue(again.line_ids.is_off)
