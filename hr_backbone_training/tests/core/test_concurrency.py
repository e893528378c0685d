# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import LockError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BackboneCommon
from ..common_transactions import TransactionsCommon

SENTENCE = "Somebody else is acting on this document at this moment"


@tagged("post_install", "-at_install")
class TestConcurrency(BackboneCommon):
    """Of two people who act at once exactly one moves the document; the other is told.

    Twenty clients over HTTP are in the tests from outside; here stands what each of the
    nineteen gets, and that every move takes the lock before it looks.
    """

    def _locked(self, records):
        """As if somebody else held the rows of this model."""
        model = self.env.registry[records._name]
        original = model.lock_for_update

        def lock_for_update(self, **kwargs):
            if self._name == records._name:
                raise LockError("taken")
            return original(self, **kwargs)

        return patch.object(model, "lock_for_update", lock_for_update)

    def test_whoever_comes_second_gets_a_sentence(self):
        application = self._submitted()
        approve = application.with_user(self.user_director)
        with self._locked(application):
            for move in ("approve", "return", "refuse"):
                with self.subTest(move=move), self.assertRefused(SENTENCE):
                    getattr(approve, f"action_{move}")("Because")
            with self.assertRefused(SENTENCE):
                application.with_user(self.user_worker).action_withdraw()
            with self.assertRefused(SENTENCE):
                application.with_user(self.user_officer).action_update_approver()
        self.assertEqual(application.state, "director")
        self.assertEqual(application.sudo().decision_ids.mapped("move"), ["submit"])
        approve.action_approve()
        self.assertEqual(application.state, "hr")

    def test_lock_is_taken_before_the_state_is_read(self):
        """Whoever waited for the row sees what the other has made of it."""
        application = self._submitted()
        approve = application.with_user(self.user_director)
        self.assertEqual(approve.state, "director")
        model = self.env.registry[application._name]
        original = model.lock_for_update

        def lock_for_update(records, **kwargs):
            # the other one commits just before we get the lock
            self.env.cr.execute(
                "UPDATE hr_backbone_application SET state = 'withdrawn' WHERE id = %s",
                (application.id,),
            )
            return original(records, **kwargs)

        with patch.object(model, "lock_for_update", lock_for_update):
            with self.assertRefused("is at “Withdrawn”"):
                approve.action_approve()

    def test_two_meetings_wait_for_each_other_at_the_program(self):
        meeting = self._meet(self._reviewed())
        with self._locked(self.program):
            with self.assertRefused(SENTENCE):
                meeting.with_user(self.user_chair).action_close()
        meeting.with_user(self.user_chair).action_close()
        self.assertEqual(meeting.state, "closed")

    def test_publishing_and_deciding_take_the_lock(self):
        application = self._selected()
        publicity = (
            self.env["hr.backbone.publicity"]
            .with_user(self.user_officer)
            .create(
                {
                    "program_id": self.program.id,
                    "line_ids": [(0, 0, {"application_id": application.id})],
                }
            )
        )
        with self._locked(application), self.assertRefused(SENTENCE):
            publicity.action_publish()
        publicity.action_publish()
        objection = (
            self.env["hr.backbone.objection"]
            .with_user(self.user_manager)
            .create({"line_id": publicity.line_ids.id, "text": "Often late"})
            .with_user(self.user_officer)
        )
        with self._locked(publicity), self.assertRefused(SENTENCE):
            objection.action_dismiss("No")
        self.assertEqual(objection.state, "open")

    def test_pool_takes_the_lock(self):
        member = self._admitted()
        with self._locked(member):
            with self.assertRefused(SENTENCE):
                member.action_exit("Leaves")
        self.assertEqual(member.movement_ids.mapped("kind"), ["admitted"])

    def test_training_takes_the_lock(self):
        member = self._admitted()
        training = (
            self.env["hr.backbone.training"]
            .with_user(self.user_officer)
            .create(
                {
                    "name": "Welding",
                    "provider": "Academy",
                    "date_start": "2026-03-12 09:00:00",
                    "participant_ids": [(0, 0, {"member_id": member.id})],
                }
            )
        )
        with self._locked(training), self.assertRefused(SENTENCE):
            training.action_plan()
        training.action_plan()
        row = training.participant_ids.with_user(self.user_worker)
        with self._locked(row):
            for step in ("confirm", "decline"):
                with self.assertRefused(SENTENCE):
                    getattr(row, f"action_{step}")()
        with self.assertClaimed(training):
            row.action_confirm()

    def test_promotion_takes_the_lock(self):
        """One adopts while the other declines: exactly one answer stands."""
        self._admitted()
        content = dict.fromkeys(
            ("name", "current_state", "proposal", "expected_effect", "expected_benefit"), "Text"
        )
        report = self.env["hr.backbone.suggestion"].with_user(self.user_worker).create(content)
        report.action_submit()
        director, chair = report.with_user(self.user_director), report.with_user(self.user_chair)
        scores = self.env["hr.backbone.suggestion.review"].with_user(self.user_director)
        scores = scores.search([("suggestion_id", "=", report.id)])
        parts = dict.fromkeys(("technique", "benefit", "scope", "practicality"), 10)
        with self._locked(report):
            with self.assertRefused(SENTENCE):
                scores.write({f"score_{part}": value for part, value in parts.items()})
            with self.assertRefused(SENTENCE):
                chair.action_decline("No")
        scores.write({f"score_{part}": value for part, value in parts.items()})
        director.action_adopt("Yes")
        with self.assertRefused("is at “Adopted”"):
            chair.action_decline("No")
        self.assertEqual(report.answer, "Yes")
        book = self.env["hr.backbone.achievement"].with_user(self.user_worker)
        book = book.create({"name": "The Goal", "kind": "book", "notes": "Much"})
        book.action_submit()
        with self._locked(book), self.assertRefused(SENTENCE):
            book.with_user(self.user_officer).action_verify()

    def test_second_application_of_a_person_is_refused_by_the_database(self):
        """Two managers submit for the same person, both having looked before."""
        first = self._recommend()
        second = self._recommend(user=self.user_manager)
        self._write_plan(first)
        self._write_plan(second)
        model = self.env.registry[first._name]
        with patch.object(model, "_get_busy_reasons", lambda records: {}):
            first.action_submit()
            with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation) as caught:
                second.action_submit()
                self.env.flush_all()
        self.assertIn("hr_backbone_application_open_uniq", str(caught.exception))


@tagged("post_install", "-at_install")
class TestTwoTransactions(TransactionsCommon):
    """The same with transactions that are really open at the same time."""

    def _browse(self, env, record, user):
        return env[record._name].browse(record.id).with_user(user)

    def test_whoever_comes_second_is_told_at_once(self):
        """While the first one's transaction is open, and after it: never twice."""
        with self._transaction():
            application = self._submitted()
        with self.registry.cursor() as cr:
            self._browse(self.env(cr=cr), application, self.user_director).action_approve()
            self.env(cr=cr).flush_all()
            (refusal,) = self._race(
                lambda env: self._browse(env, application, self.user_worker).action_withdraw()
            )
            self.assertIn(SENTENCE, refusal)
        (refusal,) = self._race(
            lambda env: self._browse(env, application, self.user_director).action_approve()
        )
        self.assertIn("is at “HR", refusal)
        with self._transaction() as env:
            application = self._browse(env, application, self.user_officer)
            self.assertEqual(application.state, "hr")
            self.assertEqual(application.decision_ids.mapped("move"), ["approve", "submit"])

    def test_of_four_at_once_one_moves_it(self):
        with self._transaction():
            application = self._submitted()

        def act(user, move):
            def call(env):
                getattr(self._browse(env, application, user), f"action_{move}")("Because")

            return call

        director, worker = self.user_director, self.user_worker
        refusals = self._race(
            act(director, "approve"),
            act(director, "return"),
            act(director, "refuse"),
            act(worker, "withdraw"),
        )
        self.assertOneWins(refusals, SENTENCE, "is at “")
        with self._transaction() as env:
            application = self._browse(env, application, self.user_officer)
            self.assertNotEqual(application.state, "director")
            self.assertEqual(len(application.decision_ids), 2, "the submission and one move")

    def test_one_person_has_one_application_under_way(self):
        """Two managers submit for the same person, both having looked before."""
        with self._transaction():
            drafts = [self._recommend(user=user) for user in (self.user_leader, self.user_manager)]
            for draft in drafts:
                self._write_plan(draft)

        def submit(draft):
            return lambda env: self._browse(env, draft, draft.env.user).action_submit()

        self.assertOneWins(self._race(*map(submit, drafts)), "already has an application under way")
        with self._transaction() as env:
            states = [self._browse(env, draft, self.user_officer).state for draft in drafts]
            self.assertEqual(sorted(states), ["director", "draft"])

    def test_a_seat_is_taken_once(self):
        """The last seat of a training, and two members who confirm."""
        with self._transaction() as env:
            users = self._new_users(dict.fromkeys(("bt_first", "bt_second"), "base.group_portal"))
            people = self._new_employees(dict.fromkeys(users, (self.line, self.job_worker)))
            members = self._new_members(people)
            training = env["hr.backbone.training"].create(
                {
                    "name": "Welding",
                    "provider": "Academy",
                    "date_start": "2026-03-12 09:00:00",
                    "company_id": self.company.id,
                    "seats": 1,
                    "participant_ids": [(0, 0, {"member_id": member.id}) for member in members],
                }
            )
            training.with_user(self.user_officer).action_plan()
            rows = training.participant_ids

        def confirm(row, user):
            return lambda env: self._browse(env, row, user).action_confirm()

        self._race(*map(confirm, rows, users))
        with self._transaction() as env:
            rows = env[rows._name].browse(rows.ids)
            self.assertEqual(sorted(rows.mapped("state")), ["confirmed", "waiting"])

    def test_the_same_page_sent_three_times_makes_one_draft(self):
        def recommend(env):
            applications = env["hr.backbone.application"].with_user(self.user_leader)
            applications._start_from_portal(self.worker.id, self.echelon_3.id)

        self.assertEqual(self._race(*[recommend] * 3), [None] * 3)
        with self._transaction() as env:
            drafts = env["hr.backbone.application"].search([("employee_id", "=", self.worker.id)])
            self.assertEqual(len(drafts), 1)

    def test_the_button_pressed_three_times_makes_one_correction(self):
        with self._transaction() as env:
            self._new_members(self._new_people(1))
            run = env["hr.backbone.evaluation.run"].create({"program_id": self.program.id})
            run.action_compute()
            run._write_moved({"state": "frozen", "version": 1, "reason": "Missing report"})

        def correct(env):
            self._browse(env, run, self.user_officer).action_correct()

        self.assertEqual(self._race(*[correct] * 3), [None] * 3)
        with self._transaction() as env:
            corrections = env[run._name].search([("previous_id", "=", run.id)])
            self.assertEqual(len(corrections), 1)

    def test_a_draft_of_a_rotation_is_made_once(self):
        with self._transaction():
            (user,) = self._new_users({"bt_first": "base.group_portal"})
            person = self._new_employees({user: (self.line, self.job_worker)})
            member = self._new_members(person)

        def ask(env):
            rotations = env["hr.backbone.rotation"].with_user(self.user_manager)
            rotations._start_from_portal(member.id)

        self.assertEqual(self._race(*[ask] * 3), [None] * 3)
        with self._transaction() as env:
            rotations = env["hr.backbone.rotation"].search([("member_id", "=", member.id)])
            self.assertEqual(len(rotations), 1)
