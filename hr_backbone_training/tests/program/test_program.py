# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import base64
from contextlib import suppress
from datetime import date

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestProgram(BackboneCommon):
    """Unified planning: one program a year, its window, its documents, its duties."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.application = cls._recommend()
        cls._write_plan(cls.application)

    def _new_program(self, user=None, **kwargs):
        return (
            self.env["hr.backbone.program"]
            .with_user(user or self.user_officer)
            .create(
                {
                    "year": 2027,
                    "recommendation_start": date(2027, 3, 1),
                    "recommendation_end": date(2027, 3, 31),
                    **kwargs,
                }
            )
        )

    # -- the window ------------------------------------------------------------------------

    def test_first_and_last_day_belong_to_the_window(self):
        for day in ("2026-03-01 00:00:00", "2026-03-31 23:59:00"):
            with self.subTest(day=day), freeze_time(day), self.cr.savepoint() as savepoint:
                self.assertTrue(self.program.is_open)
                self.application.action_submit()
                self.assertEqual(self.application.state, "director")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_day_before_and_after_are_refused(self):
        for day in ("2026-02-28 23:59:00", "2026-04-01 00:00:00"):
            with self.subTest(day=day), freeze_time(day):
                self.env.invalidate_all()
                self.assertFalse(self.program.is_open)
                with self.assertRefused("takes recommendations from 03/01/2026 to 03/31/2026"):
                    self.application.action_submit()
        self.assertEqual(self.application.state, "draft")

    def test_window_is_counted_where_the_company_is(self):
        self.company.resource_calendar_id.tz = "Pacific/Auckland"
        with freeze_time("2026-03-31 11:30:00"):
            # one past midnight there: 1 April
            self.env.invalidate_all()
            with self.assertRefused("takes recommendations from"):
                self.application.action_submit()
        with freeze_time("2026-02-28 11:30:00"):
            # 1 March there, while it is still February in London
            self.env.invalidate_all()
            self.assertTrue(self.program.is_open)
            self.application.action_submit()
        self.assertEqual(self.application.state, "director")
        self.assertEqual(str(self.application.date_submitted), "2026-03-01")

    def test_window_in_utc_is_not_over_when_it_is_in_auckland(self):
        self.company.resource_calendar_id.tz = "UTC"
        with freeze_time("2026-03-31 11:30:00"):
            self.application.action_submit()
        self.assertEqual(self.application.state, "director")

    def test_search_for_open_programs(self):
        programs = self.env["hr.backbone.program"].with_user(self.user_leader)
        found = [("is_open", "=", True), ("company_id", "=", self.company.id)]
        self.assertEqual(programs.search(found), self.program)
        with freeze_time("2026-04-01 09:00:00"):
            self.assertFalse(programs.search(found))

    # -- running ---------------------------------------------------------------------------

    def test_nothing_is_recommended_once_the_program_is_closed(self):
        self.program.action_close()
        with self.assertRefused("is not running"):
            self.application.action_submit()
        self.program.action_start()
        self.application.action_submit()
        self.assertEqual(self.application.state, "director")

    def test_nothing_is_recommended_in_a_program_in_preparation(self):
        program = self._new_program()
        application = self._recommend(
            user=self.user_officer, program_id=program.id, recommender_id=self.leader.id
        )
        with self.assertRefused("is not running"):
            application.action_submit()

    def test_program_without_echelon_does_not_start(self):
        program = self._new_program(line_ids=[])
        program.line_ids.unlink()
        with self.assertRefused("has no echelon yet"):
            program.action_start()
        self.assertEqual(program.state, "draft")

    def test_second_program_of_the_year_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            self._new_program(year=2026)
        # the other company has its own
        self.assertEqual(self.program_abroad.year, 2026)

    def test_reversed_window_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.CheckViolation):
            self._new_program(recommendation_end=date(2027, 2, 1))

    def test_program_with_applications_is_history(self):
        self.program.action_close()
        with self.assertRefused("A program with applications is history"):
            self.program.unlink()
        empty = self._new_program()
        empty.unlink()
        self.assertFalse(empty.exists())

    def test_state_is_not_written(self):
        with self.assertRefused("cannot be changed directly"):
            self.program.state = "closed"
        with self.assertRefused("cannot be changed directly"):
            self._new_program(state="running")

    def test_every_step_leaves_a_decision(self):
        self.program.action_close()
        self.assertEqual(
            self.program.decision_ids.sorted("id").mapped(
                lambda d: (d.move, d.from_state, d.to_state, d.user_id)
            ),
            [
                ("start", "draft", "running", self.user_officer),
                ("close", "running", "closed", self.user_officer),
            ],
        )

    # -- who reads and writes --------------------------------------------------------------

    def test_everyone_in_the_company_reads_what_runs(self):
        for user in (self.user_worker, self.user_colleague, self.user_chair):
            with self.subTest(user=user.login):
                program = self.program.with_user(user)
                self.env.invalidate_all()
                self.assertEqual(program.state, "running")
                self.assertTrue(program.is_open)
                self.assertTrue(program.responsibility_ids.mapped("task"))
                self.assertEqual(len(program.line_ids.mapped("quota")), 3)

    def test_responsibilities_are_those_of_the_procedure(self):
        roles = self.program.with_user(self.user_worker).responsibility_ids.mapped("role")
        self.assertEqual(
            roles,
            [
                "Department",
                "Recommended employee",
                "Director of the center",
                "Human resources",
                "Top management",
            ],
        )

    def test_draft_is_for_hr_alone(self):
        program = self._new_program()
        self.assertTrue(program.name)
        for user in (self.user_worker, self.user_manager, self.user_director):
            with self.subTest(user=user.login):
                seen = self.env["hr.backbone.program"].with_user(user)
                self.assertNotIn(program, seen.search([]))
                for record in (program, program.line_ids, program.responsibility_ids):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["display_name"])

    def test_other_company_reads_nothing(self):
        for user in (self.user_abroad, self.user_admin_abroad):
            with self.subTest(user=user.login):
                for record in (
                    self.program,
                    self.program.line_ids,
                    self.program.responsibility_ids,
                ):
                    with self.assertRaises(AccessError):
                        self._as(record, user).read(["display_name"])
                    self.assertNotIn(record[:1], self._as(record, user).search([]))

    def test_guiding_documents_are_read_by_everyone_in_the_company(self):
        attachment = (
            self.env["ir.attachment"]
            .with_user(self.user_officer)
            .create({"name": "Guideline.txt", "raw": b"How we recommend"})
        )
        self.program.document_ids = attachment
        self.env.invalidate_all()
        document = self.program.with_user(self.user_colleague).document_ids
        self.assertEqual(base64.b64decode(document.datas), b"How we recommend")
        # a portal login reads no ir.attachment: the page hands the program's files out
        self.assertEqual(attachment.res_model, "hr.backbone.program")
        self.assertEqual(attachment.res_id, self.program.id)
        self.program.with_user(self.user_worker).check_access("read")
        for user in (self.user_abroad, self.user_admin_abroad):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(attachment, user).read(["datas"])

    def test_guiding_documents_of_a_draft_wait_until_it_runs(self):
        attachment = (
            self.env["ir.attachment"]
            .with_user(self.user_officer)
            .create({"name": "Guideline.txt", "raw": b"Not yet"})
        )
        program = self._new_program(document_ids=[(6, 0, attachment.ids)])
        with self.assertRaises(AccessError):
            attachment.with_user(self.user_colleague).read(["datas"])
        program.action_start()
        self.env.invalidate_all()
        self.assertEqual(attachment.with_user(self.user_colleague).raw, b"Not yet")

    def test_document_of_somebody_else_is_not_taken(self):
        attachment = (
            self.env["ir.attachment"]
            .with_user(self.user_manager)
            .create({"name": "Mine.txt", "raw": b"Private"})
        )
        with suppress(UserError):
            self.program.document_ids = attachment
        self.assertFalse(attachment.res_id)
        with self.assertRaises(AccessError):
            attachment.with_user(self.user_colleague).read(["datas"])

    def test_only_hr_writes(self):
        for user in (self.user_worker, self.user_manager, self.user_director, self.user_chair):
            with self.subTest(user=user.login):
                program = self.program.with_user(user)
                with self.assertRaises(AccessError):
                    program.name = "Mine"
                with self.assertRaises(AccessError):
                    program.line_ids.quota = 99
                with self.assertRaises(AccessError):
                    program.responsibility_ids.write({"task": "Nothing"})
                with self.assertRaises(AccessError):
                    self._new_program(user)
                with self.assertRefused("Only HR can do this"):
                    program.action_close()
        self.program.with_user(self.user_officer).name = "Backbone 2026"
        self.assertEqual(self.program.name, "Backbone 2026")

    def test_the_year_of_a_started_program_stays(self):
        program = self.program.with_user(self.user_officer)
        with self.assertRefused("The year of", "stays"):
            program.year = 2031
        program.year = program.year
        program.action_close()
        with self.assertRefused("stays"):
            program.year = 2031
        draft = program.copy({"year": 2031})
        draft.year = 2032
        self.assertEqual(draft.year, 2032)
