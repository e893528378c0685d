# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common import BackboneCommon
from ..common_training import TrainingCases

OFFICER = "hr_backbone_training.group_hr_backbone_officer"


@tagged("post_install", "-at_install")
class TestTodo(TrainingCases, BackboneCommon):
    """Whoever gets a to-do can do it, also later: whatever of an officer, a director, a mentor,
    a host or a member of the committee ends, what waits for them goes to who can act."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_training()
        users = cls._new_users({f"bt_{name}": "base.group_portal" for name in ("first", "second")})
        cls.candidate, cls.named = cls._new_employees(
            dict.fromkeys(users, (cls.line, cls.job_worker))
        )
        cls.env["mail.activity"].search([("user_id", "=", cls.user_officer.id)]).unlink()

    def _todo(self, record):
        return record.sudo().activity_ids.user_id

    def _find(self, user):
        return {name: ids for name, ids in user._find_backbone_todos().items() if ids}

    def _give_officer_one_of_each(self):
        """What HR has to do in every room.

        :return: the documents
        """
        review = self._approved(employee=self.candidate)
        _named, notice = self._publicized(employee=self.named)
        self.env["hr.backbone.objection"].with_user(self.user_colleague).create(
            {"line_id": notice.line_ids.id, "text": "Often late"}
        )
        declined = self._appoint(self.worker_member, self.director)
        declined.with_user(self.user_director).action_decline("No time")
        ended = self._mentored(self.colleague_member, self.director)
        ended.with_user(self.user_officer).action_end("Another one is closer")
        ended.sudo()._hand_over()
        achievement = self._new_qualification()
        achievement._write_moved({"state": "verified"})
        achievement._warn_expiring()
        program = self.program.sudo()
        program._remind_of_training(self.company._backbone_today())
        training = self._new_training(self.worker_member)
        return [review, notice, declined, ended, achievement, program, training]

    def _new_qualification(self):
        return self.env["hr.backbone.achievement"].create(
            {
                "member_id": self.worker_member.id,
                "name": "Welder",
                "kind": "qualification",
                "authority": "Chamber",
                "date_obtained": "2024-03-02",
                "date_expiry": "2026-03-20",
            }
        )

    def _check_officer_ends(self, end):
        """
        :param end: called once the officer has a to-do in each room
        """
        documents = self._give_officer_one_of_each()
        for document in documents:
            self.assertIn(self.user_officer, self._todo(document), document)
        counts = [len(document.sudo().activity_ids) for document in documents]
        end()
        self.assertFalse(self._find(self.user_officer))
        for document, count in zip(documents, counts, strict=True):
            self.assertIn(self.user_admin, self._todo(document), document)
            self.assertEqual(len(document.sudo().activity_ids), count, document)

    # -- an officer --------------------------------------------------------------------------

    def test_officer_loses_the_group(self):
        group = self.env.ref(OFFICER)
        self._check_officer_ends(lambda: self.user_officer.write({"group_ids": [(3, group.id)]}))

    def test_group_loses_the_officer(self):
        group = self.env.ref(OFFICER)
        self._check_officer_ends(lambda: group.write({"user_ids": [(3, self.user_officer.id)]}))

    def test_officer_login_is_archived(self):
        self._check_officer_ends(self.user_officer.action_archive)

    def test_officer_loses_the_company(self):
        abroad = self.company_abroad
        self._check_officer_ends(
            lambda: self.user_officer.write(
                {"company_id": abroad.id, "company_ids": [(6, 0, abroad.ids)]}
            )
        )

    def test_nobody_is_left_until_somebody_comes(self):
        application = self._approved(employee=self.candidate)
        group = self.env.ref(OFFICER)
        (self.user_officer | self.user_admin).write(
            {"group_ids": [(3, group.id), (3, self._administrators().id)]}
        )
        self.assertFalse(self._todo(application))
        self.user_chair.group_ids |= group
        self._run_cron("todo")
        self.assertEqual(self._todo(application), self.user_chair)

    def _administrators(self):
        return self.env.ref("hr_backbone_training.group_hr_backbone_manager")

    def test_officer_may_give_it_to_another(self):
        application = self._approved(employee=self.candidate)
        activity = application.sudo().activity_ids
        activity.user_id = self.user_admin
        self._run_cron("todo")
        self.assertEqual(application.sudo().activity_ids, activity)
        self.assertEqual(activity.user_id, self.user_admin)

    def test_manual_todo_stays(self):
        application = self._approved(employee=self.candidate)
        note = application.sudo().activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_colleague.id
        )
        self.user_colleague.write({"company_ids": [(4, self.company_abroad.id)]})
        self._run_cron("todo")
        self.assertEqual(note.exists().user_id, self.user_colleague)

    # -- whoever acts by a relation ----------------------------------------------------------

    def test_director_loses_the_company(self):
        application = self._submitted(employee=self.candidate)
        self.assertEqual(self._todo(application), self.user_director)
        abroad = self.company_abroad
        self.user_director.write({"company_id": abroad.id, "company_ids": [(6, 0, abroad.ids)]})
        self.assertEqual(self._todo(application), self.user_officer)

    def test_director_with_a_portal_login_leaves(self):
        """Who had no to-do, since portal logins have none, leaves one to HR."""
        self.user_director.write({"group_ids": [(6, 0, self.env.ref("base.group_portal").ids)]})
        application = self._submitted(employee=self.candidate)
        self.assertFalse(self._todo(application))
        self.director.active = False
        self.assertEqual(self._todo(application), self.user_officer)

    def test_director_whose_login_is_taken_off(self):
        application = self._submitted(employee=self.candidate)
        self.director.user_id = False
        self.assertEqual(self._todo(application), self.user_officer)

    def test_mentor_leaves(self):
        self._set_mentor(self.worker_member, self.manager)
        achievement = self._new_qualification()
        achievement._write_moved({"state": "submitted"})
        achievement._pass_todos_on()
        self.assertEqual(self._todo(achievement), self.user_manager)
        self.manager.active = False
        self.assertEqual(self._todo(achievement), self.user_officer)

    def test_mentor_without_a_login_accepts_by_hr(self):
        self.director.user_id = False
        mentorship = self._appoint(self.colleague_member, self.director)
        self.assertEqual(self._todo(mentorship), self.user_colleague | self.user_officer)
        mentorship.with_user(self.user_officer).action_accept()
        self.assertEqual(self._todo(mentorship), self.user_colleague)

    def test_trainer_leaves_and_hr_closes(self):
        training = self._new_training(self.worker_member, trainer_id=self.manager.id)
        self.assertEqual(self._todo(training), self.user_officer | self.user_manager)
        self.manager.active = False
        self.assertEqual(self._todo(training), self.user_officer)

    def test_committee_loses_the_group(self):
        other = self._new_user(
            "bt_other", "base.group_user,hr_backbone_training.group_hr_backbone_committee"
        )
        meeting = self._meet(
            self._reviewed(employee=self.candidate), vote=None, attendees=self.user_chair | other
        )
        self.assertEqual(self._todo(meeting), self.user_chair | other)
        committee = self.env.ref("hr_backbone_training.group_hr_backbone_committee")
        other.group_ids = [(3, committee.id)]
        self.assertEqual(self._todo(meeting), self.user_chair)
        self.user_chair.group_ids = [(3, committee.id)]
        self.assertEqual(self._todo(meeting), self.user_officer)

    # -- a changed login ---------------------------------------------------------------------

    def test_administrator_who_decides_on_logins(self):
        second = self._new_user("bt_another", "hr_backbone_training.group_hr_backbone_manager")
        self.worker.user_id = self._new_user("bt_else")
        row = self.env["hr.backbone.login"].search([("employee_id", "=", self.worker.id)], limit=1)
        self.assertEqual(self._todo(row), self.user_admin | second)
        second.group_ids = [(3, self._administrators().id)]
        self.assertEqual(self._todo(row), self.user_admin)

    # -- data of before ----------------------------------------------------------------------

    def test_migration_replaces_the_two_jobs(self):
        job = self.env.ref("hr_backbone_training.ir_cron_backbone_todo")
        old = job.copy()
        self.env["ir.model.data"].create(
            {
                "module": "hr_backbone_training",
                "name": "ir_cron_backbone_achievement_pass_on",
                "model": "ir.cron",
                "res_id": old.id,
            }
        )
        self._run_migration("19.0.1.1.0/post-todo.py")
        self.assertFalse(old.exists())
        self.assertTrue(job.exists())
