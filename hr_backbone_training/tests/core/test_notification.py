# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BackboneCommon
from ..organization import COMMITTEE


@tagged("post_install", "-at_install")
class TestNotification(BackboneCommon):
    """Whoever must act next is asked, and those concerned are told: once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.mail"].search([]).unlink()

    def _take_mails(self):
        """The logins that were written to since the last call."""
        self.env.flush_all()
        mails = self.env["mail.mail"].search([("model", "=like", "hr.backbone.%")])
        self.assertTrue(all("<p" in mail.body_html for mail in mails))
        users = mails.recipient_ids.user_ids
        self.assertEqual(len(users), len(mails.recipient_ids))
        mails.unlink()
        return users

    def _asked(self, document):
        """{who: what for} of the open activities on a document."""
        prefix = "mail_activity_type_"
        ids = document.sudo().activity_ids.activity_type_id.get_external_id()
        return {
            activity.user_id: ids[activity.activity_type_id.id].split(prefix)[-1]
            for activity in document.sudo().activity_ids
        }

    def test_each_step_asks_the_next_and_tells_the_people(self):
        application = self._recommend()
        plan = application.sudo().plan_id
        # a portal login gets a mail, and no activity that it could not see
        self.assertEqual(self._take_mails(), self.user_worker)
        self.assertEqual(self._asked(plan), {})
        self._write_plan(application)
        self.assertEqual(self._asked(application), {self.user_leader: "submit"})
        application.action_submit()
        self.assertEqual(self._take_mails(), self.user_director)
        self.assertEqual(self._asked(application), {self.user_director: "approve"})
        application.with_user(self.user_director).action_approve()
        self.assertEqual(self._take_mails(), self.user_worker | self.user_officer)
        self.assertEqual(self._asked(application), {self.user_officer: "review"})
        review = application.with_user(self.user_officer)
        review.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        review.action_pass_review()
        self.assertFalse(self._take_mails())
        self.assertEqual(self._asked(application), {self.user_officer: "meeting"})
        meeting = self._meet(application)
        # of the committee, whoever has no backend gets a mail in the place of the activity
        self.assertEqual(self._asked(meeting), {self.user_chair: "vote"})
        self.assertEqual(self._take_mails(), self.user_member)
        meeting.with_user(self.user_chair).action_close()
        self.assertNotIn(self.user_chair, self._asked(meeting))
        concerned = self.user_worker | self.user_leader
        self.assertEqual(self._take_mails(), concerned)
        self.assertEqual(self._asked(application), {self.user_officer: "publish"})
        publicity = self._publish(application)
        self.assertEqual(self._take_mails(), concerned)
        self.assertEqual(self._asked(application), {})
        with freeze_time("2026-03-10 09:00:00"):
            publicity.action_close()
        self.assertEqual(self._take_mails(), concerned)
        self.assertEqual(self._asked(application), {})

    def test_each_is_told_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self._new_user("bt_french", f"base.group_portal,{COMMITTEE}")
        french.lang = "fr_FR"
        template = self.env.ref("hr_backbone_training.mail_template_meeting_opened")
        template.with_context(lang="fr_FR").subject = "On attend vos votes"
        self._meet(self._reviewed(), attendees=self.user_member | french)
        subjects = {
            mail.recipient_ids.user_ids: mail.subject
            for mail in self.env["mail.mail"].search([("model", "=", "hr.backbone.meeting")])
        }
        self.assertIn("Your votes are awaited", subjects[self.user_member])
        self.assertEqual(subjects[french], "On attend vos votes")

    def test_internal_employee_is_asked_for_the_plan_by_an_activity(self):
        application = self._recommend(self.colleague, self.user_manager)
        plan = application.sudo().plan_id
        self.assertEqual(self._asked(plan), {self.user_colleague: "plan"})
        self.assertEqual(self._take_mails(), self.user_colleague)
        self._write_plan(application)
        self.assertEqual(self._asked(plan), {})

    def test_return_and_refusal_tell_the_reason(self):
        application = self._submitted()
        self._take_mails()
        application.with_user(self.user_director).action_return("Which <b>results</b>?")
        mails = self.env["mail.mail"].search([("res_id", "=", application.id)])
        self.assertIn("Which &lt;b&gt;results&lt;/b&gt;?", mails[0].body_html)
        self.assertEqual(self._take_mails(), self.user_worker | self.user_leader)
        self.assertEqual(self._asked(application), {self.user_leader: "submit"})
        application.action_submit()
        self._take_mails()
        application.with_user(self.user_director).action_refuse("No place for it")
        self.assertEqual(self._take_mails(), self.user_worker | self.user_leader)
        self.assertEqual(self._asked(application), {})

    def test_own_reminders_of_people_stay(self):
        application = self._submitted()
        mine = (
            self.env["mail.activity"]
            .with_user(self.user_director)
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(application._name),
                    "res_id": application.id,
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "user_id": self.user_director.id,
                }
            )
        )
        application.with_user(self.user_director).action_approve()
        self.assertTrue(mine.exists())

    def test_objection_asks_hr_until_it_is_decided(self):
        _application, publicity = self._publicized()
        model = self.env["hr.backbone.objection"]
        vals = {"line_id": publicity.line_ids.id, "text": "Often late"}
        raised = [model.with_user(u).create(vals) for u in (self.user_manager, self.user_colleague)]
        both = model.with_user(self.user_officer).union(*raised)
        self.assertEqual(self._asked(publicity), {self.user_officer: "objection"})
        both[0].action_dismiss("No")
        self.assertEqual(self._asked(publicity), {self.user_officer: "objection"})
        both[1].action_dismiss("No")
        self.assertEqual(self._asked(publicity), {})

    # -- the outbox ------------------------------------------------------------------------

    def _many(self, number=23):
        return self._new_applications(self._new_people(number, "Many"))

    def _get_plan_mails(self, applications):
        self.env.flush_all()
        plans = applications.sudo().plan_ids
        mails = self.env["mail.mail"].search([("model", "=", plans._name)])
        return mails.filtered(lambda mail: mail.res_id in plans.ids)

    def test_short_list_is_written_at_once(self):
        applications = self._many(20)
        self.assertEqual(len(self._get_plan_mails(applications)), 20)
        self.assertFalse(self.env["hr.backbone.notification"].search([]))

    def test_long_list_is_left_to_the_job(self):
        applications = self._many()
        self.assertFalse(self._get_plan_mails(applications))
        self._run_cron("notification")
        mails = self._get_plan_mails(applications)
        self.assertEqual(len(mails), 23)
        self.assertEqual(mails.recipient_ids, applications.sudo().employee_id.work_contact_id)
        self._run_cron("notification")
        self.assertEqual(self._get_plan_mails(applications), mails)

    def test_job_stopped_half_way_goes_on(self):
        applications = self._many()
        outbox = self.env["hr.backbone.notification"]
        with patch.object(
            self.env.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 0
        ):
            outbox._cron_send(batch_size=10)
        self.assertEqual(len(self._get_plan_mails(applications)), 10)
        self.assertEqual(len(outbox.search([])), 13)
        self._run_cron("notification")
        mails = self._get_plan_mails(applications)
        self.assertEqual(len(mails), 23)
        self.assertEqual(len(set(mails.mapped("res_id"))), 23)

    def test_job_killed_in_a_batch_loses_nothing_and_writes_nothing_twice(self):
        applications = self._many()
        outbox = self.env["hr.backbone.notification"]
        with self.assertRaises(SystemExit):
            with patch.object(type(outbox), "unlink", side_effect=SystemExit("killed")):
                outbox._cron_send()
        self.assertEqual(len(outbox.search([])), 23)
        self.assertFalse(self._get_plan_mails(applications))
        self._run_cron("notification")
        self.assertEqual(len(self._get_plan_mails(applications)), 23)

    def test_mail_that_fails_holds_up_nobody(self):
        applications = self._many()
        outbox = self.env["hr.backbone.notification"]
        template = "hr_backbone_training.mail_template_plan_requested"
        outbox._queue(applications.sudo().plan_id, template, "broken")
        original = type(outbox)._send_by_recipients

        def send(self, template, documents, move):
            if move == "broken":
                raise ValueError("a template that somebody broke")
            return original(self, template, documents, move)

        logger = "odoo.addons.hr_backbone_training.models.core.jobs"
        with patch.object(type(outbox), "_send_by_recipients", send), mute_logger(logger):
            self._run_cron("notification")
        self.assertEqual(len(self._get_plan_mails(applications)), 23)
        self.assertEqual(set(outbox.search([]).mapped("move")), {"broken"})

    def test_a_document_that_fails_holds_up_no_other(self):
        applications = self._many()
        outbox = self.env["hr.backbone.notification"]
        broken = applications[7].sudo().plan_id
        original = type(outbox)._send_by_recipients

        def send(self, template, documents, move):
            if broken in documents:
                raise ValueError("a text that does not render")
            return original(self, template, documents, move)

        logger = "odoo.addons.hr_backbone_training.models.core.jobs"
        with patch.object(type(outbox), "_send_by_recipients", send), mute_logger(logger):
            self._run_cron("notification")
        self.assertEqual(len(self._get_plan_mails(applications)), 22)
        self.assertEqual(outbox.search([]).mapped("res_id"), broken.ids)
        self._run_cron("notification")
        self.assertEqual(len(self._get_plan_mails(applications)), 23)

    def test_a_mail_left_to_the_job_tells_what_was_decided_then(self):
        application = self._submitted()
        self._take_mails()
        outbox = "odoo.addons.hr_backbone_training.models.core.hr_backbone_outbox_mixin.SEND_NOW"
        with patch(outbox, 0):
            application.with_user(self.user_director).action_return("The first reason")
            application.action_submit()
            application.with_user(self.user_director).action_return("The second reason")
        self._run_cron("notification")
        self.env.flush_all()
        mails = self.env["mail.mail"].search([("model", "=", application._name)])
        bodies = "".join(mails.mapped("body_html"))
        for reason in ("The first reason", "The second reason"):
            self.assertIn(reason, bodies)
        self.assertFalse(self.env["hr.backbone.notification"].search([]))

    def test_document_deleted_meanwhile_is_passed_over(self):
        applications = self._many()
        applications[0].unlink()
        self._run_cron("notification")
        self.assertEqual(len(self._get_plan_mails(applications[1:])), 22)
        self.assertFalse(self.env["hr.backbone.notification"].search([]))

    def test_person_without_address_holds_up_nobody(self):
        applications = self._many()
        applications[0].sudo().employee_id.work_contact_id.email = False
        self._run_cron("notification")
        self.assertEqual(len(self._get_plan_mails(applications)), 22)
        self.assertFalse(self.env["hr.backbone.notification"].search([]))
