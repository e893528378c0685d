# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import re
from contextlib import contextmanager
from datetime import datetime

from odoo import Command
from odoo.tests import tagged

from ..common import BackboneCommon
from ..common_portal import BackbonePortalCommon
from ..common_training import TrainingCases

# tables of ours, and the jobs that we would start
OURS = re.compile(r'\b(FROM|JOIN|INTO|UPDATE)\s+"?(hr_backbone_|ir_cron_trigger)', re.IGNORECASE)


@tagged("post_install", "-at_install")
class TestStrangers(TrainingCases, BackboneCommon):
    """People who have nothing to do with the scheme, in a company that uses it: what they do
    costs as much as without the addon, and `make bench ARGS="strangers"` compares the two."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_training()
        # the scheme is in use
        cls._mentored(cls.worker_member, cls.director)
        cls.training = cls._new_training(cls.worker_member)
        cls.clerk = cls._new_user("bt_clerk")
        cls.personnel = cls._new_user("bt_personnel", "base.group_user,hr.group_hr_manager")
        cls.stranger = cls._new_employee(None, cls.line, cls.job_worker, name="Stranger")
        cls.department_else = cls.env["hr.department"].create({"name": "Garage"})
        cls.event = (
            cls.env["calendar.event"]
            .with_user(cls.clerk)
            .create(
                {
                    "name": "Delivery",
                    "start": "2026-03-10 09:00:00",
                    "stop": "2026-03-10 10:00:00",
                    "partner_ids": [Command.set(cls.clerk.partner_id.ids)],
                }
            )
        )

    def _assert_nothing_of_ours(self, action):
        """It does what Odoo does alone, warm caches of the registry assumed."""
        action(0)
        self.env["hr.backbone.mentorship"]._get_concerned_ids()
        queries = []
        self.env.flush_all()
        self.env.invalidate_all()
        with self._watched(queries):
            action(1)
        self.assertTrue(queries)
        self.assertFalse([query for query in queries if OURS.search(query)])

    def _watched(self, queries):
        return contextmanager(self._patchExecute)(queries)

    def test_calendar(self):
        event = self.event.with_user(self.clerk)
        self._assert_nothing_of_ours(lambda n: event.write({"start": datetime(2026, 3, 9, 9 + n)}))
        self._assert_nothing_of_ours(lambda n: event.write({"location": f"Yard {n}"}))
        attendee = event.attendee_ids
        self._assert_nothing_of_ours(lambda n: (attendee.do_decline, attendee.do_accept)[n]())
        others = event.copy() + event.copy()
        self._assert_nothing_of_ours(lambda n: others[n].unlink())

    def test_employee(self):
        row = self.stranger.with_user(self.personnel)
        jobs = self.job_worker + self.job_leader
        places = self.line + self.department_else
        self._assert_nothing_of_ours(lambda n: row.write({"job_id": jobs[n].id}))
        self._assert_nothing_of_ours(lambda n: row.write({"department_id": places[n].id}))
        self._assert_nothing_of_ours(
            lambda n: row.create({"name": f"Novice {n}", "job_id": jobs[n].id})
        )
        self._assert_nothing_of_ours(
            lambda n: row.create_version({"date_version": f"2026-02-0{n + 1}"})
        )

    def test_address_of_a_customer(self):
        """Nothing is asked of it that Odoo does not ask."""
        keeper = self._new_user("bt_keeper", "base.group_user,base.group_partner_manager")
        customer = self._new_user("bt_customer", "base.group_portal").partner_id.with_user(keeper)
        addresses = ("a@example.com", "b@example.com")
        self._assert_nothing_of_ours(lambda n: customer.write({"email": addresses[n]}))
        queries = []
        with self._watched(queries):
            customer.write({"email": "c@example.com"})
        # once, as Odoo does
        self.assertLessEqual(
            len([query for query in queries if '"res_users"."partner_id"' in query]), 1
        )

    # -- what Odoo's own records bring along ---------------------------------------------

    def test_settings_are_not_read_with_the_company(self):
        """Each request reads a company; only the scheme reads its settings, and all at once."""
        company = self.env.company
        own = [
            name
            for name, field in company._fields.items()
            if name.startswith("backbone_") and field.column_type and field.store
        ]
        self.assertGreater(len(own), 20)
        queries = []
        company.invalidate_recordset()
        with self._watched(queries):
            company.mapped("name")
        self.assertTrue(queries)
        self.assertFalse([query for query in queries if "backbone_" in query])
        with self.assertQueryCount(1):
            for name in own:
                company.mapped(name)

    def test_nothing_of_ours_follows_a_version(self):
        """What depends on a field of Odoo's is looked through at each write of it."""
        for field in self.env["hr.version"]._fields.values():
            ours = [
                str(dependent)
                for dependent in self.registry.get_dependent_fields(field)
                if dependent.model_name.startswith("hr.backbone.")
            ]
            self.assertFalse(ours, field)

    # -- what the entry of a document says -----------------------------------------------

    def test_entry_says_whose_it_is(self):
        self.assertEqual(self.training.event_id.backbone_model, "hr.backbone.training")
        self.assertFalse(self.training.event_id.copy().backbone_model)
        self.assertFalse(self.event.backbone_model)

    def test_update_from_earlier_code(self):
        """An entry that was made before entries said whose they are."""
        self.env.cr.execute("UPDATE calendar_event SET backbone_model = NULL")
        self.env.invalidate_all()
        self._run_migration("19.0.1.1.0/post-calendar_event.py")
        self.assertEqual(self.training.event_id.backbone_model, "hr.backbone.training")
        self.assertFalse(self.event.backbone_model)

    def test_nobody_unmarks_an_entry(self):
        for user in (self.user_officer, self.user_admin):
            with self.assertRefused("You are not allowed to fill in"):
                self.training.event_id.with_user(user).write({"backbone_model": False})
        # and whoever marks an entry of their own gains nothing by it
        event = self.event.with_user(self.clerk).with_context(
            default_backbone_model="hr.backbone.training"
        )
        marked = event.create({"name": "Mine", "start": event.start, "stop": event.stop})
        marked.start = "2026-03-11 09:00:00"
        self.assertEqual(marked.start, datetime(2026, 3, 11, 9))

    # -- what is kept in memory follows ------------------------------------------------------

    def test_mentoring_of_others_begins(self):
        """Who is mentored from now on is asked for from now on."""
        mentorships = self.env["hr.backbone.mentorship"]
        self.assertNotIn(self.colleague.id, mentorships._get_concerned_ids())
        self._mentored(self.colleague_member, self.manager)
        self.assertLessEqual({self.manager.id, self.colleague.id}, mentorships._get_concerned_ids())

    def test_login_of_an_employee(self):
        user = self._new_user("bt_customer", "base.group_portal")
        self.assertFalse(user._is_backbone_concerned())
        self.stranger.user_id = user
        self.assertTrue(user._is_backbone_concerned())
        self.stranger.active = False
        self.assertFalse(user._is_backbone_concerned())
        self.stranger.active = True
        self.assertTrue(user._is_backbone_concerned())
        self.stranger.resource_id.user_id = False
        self.assertFalse(user._is_backbone_concerned())


@tagged("post_install", "-at_install")
class TestStrangersPage(BackbonePortalCommon):
    """A customer with a portal login, who opens Odoo's own page."""

    def test_my(self):
        user = self._new_user("bt_visitor", "base.group_portal")
        self._login(user)
        self.assertEqual(self._get("/my").status_code, 200)
        queries = []
        with contextmanager(self._patchExecute)(queries):
            page = self._get("/my").text
        self.assertNotIn("/my/backbone", page)
        self.assertTrue(queries)
        self.assertFalse([query for query in queries if "hr_employee" in query])
