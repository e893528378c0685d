# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from ..common_quarter import QuarterCommon


class TestQuarterAsking(QuarterCommon):
    """ "Every quarter, key employees need to submit …, every quarter, the mentor … will
    assess": each is asked, exactly once."""

    def test_member_and_mentor_are_asked_once(self):
        quarter = self._open()
        # two members, one mentor: three people; who has no backend gets the mail
        self.assertEqual(quarter.told_count, 3)
        self.assertEqual(quarter.told, "3 of 3 notified")
        self.assertEqual(self._take_mails(), [self.user_worker.partner_id])
        activity = self._get_activities(self.user_colleague)
        report = self._get_document(quarter, "report", self.colleague)
        self.assertEqual((activity.res_model, activity.res_id), (report._name, report.id))
        self.assertEqual(activity.date_deadline, quarter.date_due_report)
        activity = self._get_activities(self.user_mentor)
        self.assertEqual((activity.res_model, activity.res_id), (quarter._name, quarter.id))
        self.assertEqual(activity.date_deadline, quarter.date_due_assessment)
        self.assertFalse(self._get_activities(self.user_worker))

    def test_again_tells_nobody(self):
        self._open()
        self._take_mails()
        self._open()
        self._run_cron("quarter_notice")
        self.assertFalse(self._take_mails())
        self.assertEqual(len(self._get_activities(self.user_mentor)), 1)
        self.assertEqual(len(self._get_activities(self.user_colleague)), 1)

    def test_portal_mentor_gets_one_mail(self):
        self.members.sudo()._on_mentor_changed(self.tutor)
        self._open()
        partners = (self.user_worker | self.user_tutor).partner_id
        self.assertEqual(self._take_mails(), list(partners.sorted("id")))

    def test_mail_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("hr_backbone_training.mail_template_quarter_report")
        template.with_context(lang="fr_FR").subject = "Votre rapport {{ object.name }}"
        self.user_worker.lang = "fr_FR"
        self._open()
        mail = self.env["mail.mail"].search([])
        self.assertEqual(mail.subject, "Votre rapport 2026-Q1")
        self.assertIn("/my/backbone", mail.body_html)
        self.assertTrue(mail.auto_delete)

    def test_nobody_follows_the_quarter_for_an_activity(self):
        quarter = self._open()
        self.assertNotIn(self.user_mentor.partner_id, quarter.sudo().message_partner_ids)

    def test_who_cannot_be_told_is_listed(self):
        lonely = self._new_people(1, "Lonely", work_email=False)
        lonely.work_contact_id.email = False
        self._new_members(lonely)
        quarter = self._open()
        rows = quarter.notice_ids.filtered(lambda row: row.state == "unreachable")
        self.assertEqual(rows.employee_id, lonely)

    def test_the_mentors_reminder_goes_with_the_last_assessment(self):
        quarter = self._open()
        self._submit_assessment(quarter, self.worker)
        self.assertTrue(self._get_activities(self.user_mentor))
        assessment = self._submit_assessment(quarter, self.colleague)
        self.assertFalse(self._get_activities(self.user_mentor))
        assessment.action_return("Say what comes next")
        self.assertTrue(self._get_activities(self.user_mentor))

    def test_the_members_reminder_goes_with_the_report(self):
        quarter = self._open()
        self._submit_report(quarter, self.colleague)
        self.assertFalse(self._get_activities(self.user_colleague))

    def test_returned_report_is_asked_for_again(self):
        quarter = self._open()
        self._take_mails()
        for employee in (self.worker, self.colleague):
            self._submit_report(quarter, employee).action_return("What did you learn?")
        self.assertEqual(self._take_mails(), [self.user_worker.partner_id])
        self.assertEqual(len(self._get_activities(self.user_colleague)), 1)

    # -- who comes later -----------------------------------------------------------------

    def test_member_who_comes_back_has_the_documents_at_once(self):
        self.member.action_suspend("On parental leave")
        quarter = self._open()
        self.assertFalse(self._get_document(quarter, "report", self.worker))
        self.member.action_resume()
        self.assertTrue(self._get_document(quarter, "report", self.worker))
        self.assertEqual(self._take_mails(), [self.user_worker.partner_id])

    def test_suspended_member_is_not_reminded_and_asked_again_afterwards(self):
        quarter = self._open()
        self.member_inside.action_suspend("On parental leave")
        self.assertFalse(self._get_activities(self.user_colleague))
        self.member_inside.action_resume()
        self.assertTrue(self._get_activities(self.user_colleague))
        self.assertEqual(len(quarter.sudo().report_ids), 2)

    def test_admitted_member_has_the_documents_at_once(self):
        quarter = self._open()
        self._take_mails()
        person = self._new_employee(self._new_user("bt_late"), self.line, self.job_worker)
        application, publicity = self._publicized(employee=person, user=self.user_leader)
        with freeze_time("2026-03-20 09:00:00"):
            publicity.action_close()
        self.assertEqual(application.state, "admitted")
        self.assertTrue(self._get_document(quarter, "report", person))
        self.assertTrue(self._get_activities(person.user_id))

    def test_thousand_members_are_one_pass(self):
        quarter = self._open()
        self._new_members(self._new_people(5, "Warm"), self.tutor)._join_quarters()
        few = self._new_members(self._new_people(10, "Few"), self.tutor)
        many = self._new_members(self._new_people(1000, "Many"), self.tutor)
        counts = [self._cost(members._join_quarters) for members in (few, many)]
        self.assertLessEqual(counts[1], 60, counts)
        self.assertLessEqual(counts[1] - counts[0], 10, counts)
        self.assertEqual(len(quarter.sudo().report_ids), 2 + 5 + 10 + 1000)

    # -- many are told by the job ---------------------------------------------------------

    def _many(self, number=30):
        self._new_members(self._new_people(number, "Many"), self.tutor)
        return self._open()

    def test_many_are_left_to_the_job(self):
        quarter = self._many()
        self.assertTrue(quarter.is_telling)
        # the one mentor and the tutor were told at once: few of them
        self.assertEqual(quarter.told, "2 of 34 notified")
        self._run_cron("quarter_notice")
        quarter.invalidate_recordset()
        self.assertFalse(quarter.is_telling)
        self.assertEqual(quarter.told, "34 of 34 notified")
        # 30 by work address, worker, tutor; each once
        partners = self._take_mails()
        self.assertEqual(len(partners), 32)
        self.assertEqual(len(set(partners)), 32)

    def test_job_killed_in_a_batch_loses_nobody_and_tells_nobody_twice(self):
        self._many()
        notices = self.env["hr.backbone.quarter.notice"]
        self._take_mails()
        with self.assertRaises(SystemExit):
            with (
                self.env.cr.savepoint(),
                patch.object(type(notices), "write", side_effect=SystemExit("killed")),
            ):
                notices._cron_tell()
        self.assertFalse(self._take_mails())
        self._run_cron("quarter_notice")
        partners = self._take_mails()
        self.assertEqual(len(partners), len(set(partners)))
        self.assertFalse(notices.search([("state", "=", "waiting")]))

    def test_text_that_fails_holds_up_nobody(self):
        self.members.sudo()._on_mentor_changed(self.tutor)
        notices = self.env["hr.backbone.quarter.notice"]
        broken = self.env.ref("hr_backbone_training.mail_template_quarter_assessment")
        original = type(notices)._render_mail

        def render(self, template, *args):
            if template == broken:
                raise ValueError("a text that somebody broke")
            return original(self, template, *args)

        logger = "odoo.addons.hr_backbone_training.models.core.jobs"
        with patch.object(type(notices), "_render_mail", render), mute_logger(logger):
            quarter = self._open()
        waiting = quarter.notice_ids.filtered(lambda row: row.state == "waiting")
        self.assertEqual(waiting.employee_id, self.tutor)
        self.assertEqual(self._take_mails(), [self.user_worker.partner_id])

    def test_what_is_settled_meanwhile_is_not_asked_for(self):
        quarter = self._many()
        self._submit_report(quarter, self.worker)
        self._take_mails()
        self._run_cron("quarter_notice")
        self.assertNotIn(self.user_worker.partner_id, self._take_mails())

    # -- HR opens it -----------------------------------------------------------------------

    def test_hr_opens_the_quarter(self):
        quarters = self.env["hr.backbone.quarter"]
        action = quarters.with_user(self.user_officer).action_open_current()
        self.assertEqual(
            quarters.browse(action["res_id"]).report_ids.employee_id, (self.worker | self.colleague)
        )

    def test_nobody_else_opens_it(self):
        with self.assertRefused("Only HR", error=AccessError):
            self.env["hr.backbone.quarter"].with_user(self.user_manager).action_open_current()
