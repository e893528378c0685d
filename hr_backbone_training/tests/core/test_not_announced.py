# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon
from ..common_evaluation import EvaluationCommon
from ..common_told import ToldMixin
from ..organization import COMMITTEE


@tagged("post_install", "-at_install")
class TestSelectionNotAnnounced(ToldMixin, BackboneCommon):
    """What is not announced is read nowhere: neither in the document nor in a calendar, a
    message, a to-do, a file's name, a résumé, a badge or a movement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.user_customer, cls.user_other = cls._new_users(
            {
                "bt_customer": "base.group_portal",
                "bt_other": f"base.group_user,{COMMITTEE}",
            }
        )

    def test_selection_until_it_is_published(self):
        application = self._reviewed()
        outsiders = (self.user_colleague, self.user_abroad, self.user_customer)

        def step():
            meeting = self._meet(application)
            meeting.with_user(self.user_chair).action_close()
            notice = self.env["hr.backbone.publicity"].with_user(self.user_officer)
            notice = notice.create({"program_id": self.program.id})
            notice.action_fill_names()
            self.assertEqual(notice.line_ids.employee_name, "Worker")

        self._check_untold(step, to=outsiders)
        event = application.sudo().meeting_item_ids.meeting_id.event_id
        for user in (self.user_colleague, self.user_abroad):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                self._as(event, user).read(["name"])
        self.env.invalidate_all()
        self.assertNotEqual(self._as(event, self.user_chair).name, "Busy")

    def test_places_left_are_for_those_who_decide(self):
        line = self.program.line_ids[0]
        for user in (self.user_worker, self.user_colleague, self.user_director):
            for name in ("selected_count", "remaining"):
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    self._as(line, user).read([name])
        for user in (self.user_officer, self.user_chair, self.user_member):
            self.assertIn("remaining", self._as(line, user).read(["remaining"])[0])

    def test_to_do_on_a_notice_is_hrs(self):
        """Field by field: what one reads first is kept, and hides what another would tell."""
        _application, publicity = self._publicized()
        objections = self._as(self.env["hr.backbone.objection"], self.user_manager)
        objections.create({"line_id": publicity.line_ids.id, "text": "Often late"})
        names = [name for name in publicity._fields if name.startswith("activity_")]
        for user in (self.user_worker, self.user_colleague, self.user_leader, self.user_chair):
            for name in names:
                self.env.invalidate_all()
                mine = self._as(publicity, user)
                with self.subTest(user=user.login, name=name):
                    try:
                        self.assertFalse(mine.read([name])[0][name])
                        self.assertFalse(mine.search([(name, "!=", False)]))
                    except AccessError:
                        continue
            activities = self._as(self.env["mail.activity"], user)
            if activities.has_access("read"):
                self.assertFalse(activities.search([("res_model", "=", publicity._name)]))
        self.env.invalidate_all()
        self.assertTrue(self._as(publicity, self.user_officer).activity_summary)

    def test_migration_makes_the_entry_of_a_meeting_private(self):
        event = self._meet(self._reviewed()).sudo().event_id
        event.write({"privacy": "public"})
        self.env.flush_all()
        self._run_migration("19.0.1.1.0/post-calendar_event.py")
        self.env.invalidate_all()
        self.assertEqual(event.privacy, "private")

    def test_objection_until_the_window_is_over(self):
        _application, publicity = self._publicized()

        def step():
            file = self.env["ir.attachment"].with_user(self.user_director)
            file = file.create({"name": "Shift log of Worker.txt", "raw": b"Late"})
            objection = self.env["hr.backbone.objection"].with_user(self.user_director)
            objection = objection.create(
                {
                    "line_id": publicity.line_ids.id,
                    "text": "Often late",
                    "evidence_ids": [(6, 0, file.ids)],
                }
            )
            self.env.flush_all()
            return objection

        people = (
            *(self.user_worker | self.user_leader | self.user_manager | self.user_chair),
            *(self.user_colleague | self.user_other | self.user_abroad | self.user_customer),
        )

        def dismiss(objection):
            objection.with_user(self.user_officer).action_dismiss("No")

        self._check_untold(step, dismiss, to=people)


@tagged("post_install", "-at_install")
class TestEvaluationNotAnnounced(ToldMixin, EvaluationCommon):
    """The same for the evaluation of a year and its outstanding."""

    def test_evaluation_until_it_is_announced(self):
        run = self._as(self.run_, self.user_officer)
        people = (
            *(person.user_id for person in self.people.values()),
            *(self.user_leader | self.user_manager | self.user_director | self.user_colleague),
            *(self.user_chair | self.user_worker | self.user_abroad),
        )

        def step():
            run.action_compute()
            self._adjust()
            run.action_freeze()
            self._get("Cora").action_keep()

        self._check_untold(step, to=people)

    def test_correction_until_it_is_announced(self):
        """What was announced goes from the lists; what takes its place is not read there."""
        run = self._as(self.run_, self.user_officer)
        run.action_freeze()
        run.action_announce()
        # nothing new would also be found where nothing is found at all
        self.assertIn("Anna", self._get_told(self.user_colleague).values())
        correction = run.browse(run.action_correct()["res_id"])
        people = (self.people["Anna"].user_id, self.user_leader, self.user_colleague)

        def step():
            self._get("Anna", correction).write(
                {"adjustment": -5, "adjustment_reason": "Copied a report"}
            )
            self._get("Cora", correction).write({"adjustment": 5, "adjustment_reason": "Hers"})

        def freeze(_done):
            correction.reason = "A report was copied"
            correction.action_freeze()

        self._check_untold(step, freeze, to=people)
