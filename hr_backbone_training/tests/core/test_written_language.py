# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestWrittenLanguage(BackboneCommon):
    """A company that speaks Chinese: what jobs write down, to-dos and mails are in the language of
    those who read them, not in that of whoever or whatever happens to act."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"]._load_module_terms(["hr_backbone_training"], ["zh_CN"])
        cls.company.partner_id.lang = "zh_CN"
        cls.env.flush_all()

    def test_job_writes_in_the_language_of_the_company(self):
        [member] = self._new_members(self.colleague)
        self.colleague.active = False
        self._run_cron("member")
        self.assertEqual(member.state, "exited")
        movement = member.movement_ids.sorted("id")[-1]
        self.assertEqual(movement.reason, "已离职。")
        self.assertEqual(member.sudo().decision_ids[:1].comment, "已离职。")

    def test_to_do_is_in_the_language_of_whoever_has_it(self):
        """The leader submits, in English; the director reads Chinese."""
        self.user_director.lang = "zh_CN"
        case = self._submitted().sudo()
        self.assertEqual(case.activity_user_id, self.user_director)
        activity_type = case.activity_type_id
        translated = activity_type.with_context(lang="zh_CN").summary
        self.assertNotEqual(translated, activity_type.with_context(lang="en_US").summary)
        self.assertEqual(case.activity_summary, translated)

    def test_mail_to_somebody_without_a_language(self):
        """In that of the company of the document."""
        self.user_director.partner_id.lang = False
        before = self.env["mail.mail"].sudo().search([])
        self._submitted()
        sent = self.env["mail.mail"].sudo().search([]) - before
        self.assertTrue(sent)
        for mail in sent.filtered(lambda row: self.user_director.partner_id in row.recipient_ids):
            self.assertIn("【骨干培养】", mail.subject)

    def test_reminders_of_a_quarter(self):
        """The kind of document stands above the text, in the reader's language, too."""
        self.user_worker.partner_id.lang = "zh_CN"
        self._new_members(self.worker)
        self._run_cron("quarter")
        mails = self.env["mail.mail"].sudo().search([])
        mails = mails.filtered(lambda row: self.user_worker.partner_id in row.recipient_ids)
        self.assertTrue(mails)
        for mail in mails:
            self.assertNotIn("Quarter", mail.body_html)
