# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.core.hr_backbone_named_mixin import HrBackboneNamedMixin
from ...models.core.hr_backbone_workflow_mixin import HrBackboneWorkflowMixin
from ..common import BackboneCommon, is_ours
from ..common_training import TrainingCases

# unique indexes of rows that the procedure alone makes, or of plain values
BY_PROCEDURE = {
    "hr.backbone.evaluation": "made by the run",
    "hr.backbone.evaluation.rater": "made by the run",
    "hr.backbone.fairness": "made by the notice and the run",
    "hr.backbone.member": "made by the admission",
    "hr.backbone.plan.progress": "made by the daily job",
    "hr.backbone.quarter": "made by the daily job",
    "hr.backbone.quarter.notice": "made by the outbox",
    "hr.backbone.report": "made by the quarter",
    "hr.backbone.report.entry": "made by the report",
    "hr.backbone.assessment": "made by the quarter",
    "hr.backbone.second.opinion": "made by the draw",
    "hr.backbone.suggestion.adopted": "made by the adoption",
    "hr.backbone.suggestion.review": "made by the submission",
}


@tagged("post_install", "-at_install")
class TestBatch(TrainingCases, BackboneCommon):
    """Two or more at once are told what each is told alone, and which one it is about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_training()
        users = cls._new_users({f"bt_{name}": "base.group_portal" for name in ("first", "second")})
        cls.first, cls.second = cls._new_employees(dict.fromkeys(users, (cls.line, cls.job_worker)))

    # -- what stands there once --------------------------------------------------------------

    def _get_twins(self):
        """{model: the values of a row that may stand there once}"""
        application = self._reviewed(employee=self.first)
        meeting = self.env["hr.backbone.meeting"].create(
            {"program_id": self.program.id, "attendee_ids": self.user_chair.ids}
        )
        notice = self.env["hr.backbone.publicity"].create({"program_id": self.program.id})
        program = self.program.sudo().copy({"year": 2031})
        program.line_ids.unlink()
        training = self._new_training(plan=False)
        return {
            "hr.backbone.meeting.item": {
                "meeting_id": meeting.id,
                "application_id": application.id,
            },
            "hr.backbone.publicity.line": {
                "publicity_id": notice.id,
                "application_id": application.id,
            },
            "hr.backbone.program.line": {
                "program_id": program.id,
                "echelon_id": self.echelon_1.id,
            },
            "hr.backbone.program": {
                "company_id": self.company.id,
                "year": 2032,
                "recommendation_start": "2032-03-01",
                "recommendation_end": "2032-03-31",
            },
            "hr.backbone.training.participant": {
                "training_id": training.id,
                "member_id": self.worker_member.id,
            },
        }

    def test_twice_in_a_list_and_one_by_one(self):
        """Every unique index of what people make: the same sentence, and which row it is."""
        for name, vals in self._get_twins().items():
            model = self.env[name].with_user(self.user_admin)
            with self.subTest(model=name):
                with self.assertRaises(UserError) as together, self.env.cr.savepoint():
                    model.create([vals, dict(vals)])
                model.create([vals])
                with self.assertRaises(UserError) as apart, self.env.cr.savepoint():
                    model.create([dict(vals)])
                self.assertEqual(str(together.exception), str(apart.exception))

    def test_every_unique_index_is_looked_at(self):
        """A new one: add its row above, or say who makes it."""
        known = {*self._get_twins(), *BY_PROCEDURE}
        # their own sentences: test_objection, test_meeting_session, test_mentor_proposal
        known |= {"hr.backbone.meeting.vote", "hr.backbone.mentor.proposal.line"}
        indexed = {
            name
            for name, model in self.registry.items()
            if is_ours(model) and not model._abstract
            if isinstance(self.env[name], HrBackboneNamedMixin)
            if self.env[name]._get_unique_names()
        }
        self.assertEqual(indexed - known, set())

    def test_sentence_names_the_row(self):
        training = self._new_training(self.colleague_member, plan=False)
        rows = self.env["hr.backbone.training.participant"].with_user(self.user_officer)
        vals = [
            {"training_id": training.id, "member_id": member.id}
            for member in (self.worker_member, self.colleague_member)
        ]
        with self.assertRefused("Colleague", "only once per training"):
            rows.create(vals)
        with self.assertRefused("Worker", "only once per training"):
            training.write({"participant_ids": [(0, 0, {"member_id": vals[0]["member_id"]})] * 2})

    # -- a good one and one that is refused --------------------------------------------------

    def _two_cases(self):
        good = self._submitted(employee=self.first)
        other = self._submitted(employee=self.second)
        other.sudo()._write_moved({"approver_id": self.manager.id})
        return (good | other).with_user(self.user_director).sudo(False)

    def test_all_or_none_names_the_one_in_the_way(self):
        both = self._two_cases()
        alone = both[1]._get_refusals("approve")[both[1]]
        with self.assertRaises(UserError) as caught:
            both.action_approve()
        self.assertIn(alone[0], str(caught.exception))
        self.assertIn(both[1].sudo().display_name, str(caught.exception))
        self.assertNotIn(both[0].sudo().display_name, str(caught.exception))
        self.assertEqual(both.sudo().mapped("state"), ["director", "director"])

    def test_selection_keeps_the_good_ones(self):
        both = self._two_cases()
        action = both._action_move_selected("approve")
        self.assertEqual(both.sudo().mapped("state"), ["hr", "director"])
        self.assertIn(both[1].sudo().display_name, action["params"]["message"])

    def test_one_sentence_for_all_is_said_once(self):
        both = self._two_cases().with_user(self.user_officer)
        with self.assertRaises(UserError) as caught:
            both.action_pass_review()
        self.assertIn("Director's Approval", str(caught.exception))
        third = both[:1]._get_refusals("approve")
        self.assertEqual(both[:1]._name_refusals(third), third[both[:1]])

    def test_selection_goes_on_where_no_refusal_foretold_it(self):
        """What fails only while it is done, like a row that another one has just made."""
        both = self._two_cases()
        both[1].sudo()._write_moved({"approver_id": self.director.id})
        after, sentence = type(both)._after_move, "The checklist is there already"

        def fail(records, name, decisions):
            if both[1].id in records.ids:
                raise UserError(sentence)
            return after(records, name, decisions)

        with patch.object(type(both), "_after_move", fail):
            refusals = both._move_allowed("approve")
        self.assertEqual(both.sudo().mapped("state"), ["hr", "director"])
        self.assertEqual(refusals, {both[1]: [sentence]})

    # -- the same one twice, or none ---------------------------------------------------------

    def test_same_one_twice(self):
        application = self._submitted(employee=self.first).with_user(self.user_director)
        twice = application.browse(application.ids * 2)
        twice.action_approve()
        self.assertEqual(application.state, "hr")
        approved = application.sudo().decision_ids.filtered(lambda row: row.move == "approve")
        self.assertEqual(len(approved), 1)

    def test_none_of_a_selection(self):
        for name in self.env["hr.backbone.decision"]._get_document_models():
            documents = self.env[name].with_user(self.user_admin)
            if not isinstance(documents, HrBackboneWorkflowMixin):
                continue
            for move in filter(lambda row: row.sources, documents._moves):
                with self.subTest(model=name, move=move.name):
                    self.assertEqual(documents._move_allowed(move.name), {})
                    self.assertIsInstance(documents._get_batch_refusals(move.name), dict)

    # -- the last place ----------------------------------------------------------------------

    def test_two_who_wait_for_one_seat(self):
        members = self.worker_member | self.colleague_member | self.leader_member
        training = self._new_training(members, seats=1)
        rows = training.participant_ids.sorted("id").with_user(self.user_officer)
        rows.action_confirm()
        self.assertEqual(self._states(training), ["confirmed", "waiting", "waiting"])
        training.sudo()._write_moved({"seats": 2})
        alone = "No seat is free yet."
        with self.assertRefused(alone, rows[2].display_name):
            rows[1:].action_confirm()
        self.assertEqual(self._states(training), ["confirmed", "waiting", "waiting"])
        self.assertEqual(rows[1:]._move_allowed("confirm"), {rows[2]: [alone]})
        self.assertEqual(self._states(training), ["confirmed", "confirmed", "waiting"])
        with self.assertRefused(alone):
            rows[2].action_confirm()

    # -- one name on two notices -------------------------------------------------------------

    def test_one_name_on_two_notices(self):
        application = self._selected(employee=self.first)
        notices = (
            self.env["hr.backbone.publicity"]
            .with_user(self.user_officer)
            .create(
                [
                    {
                        "program_id": self.program.id,
                        "line_ids": [(0, 0, {"application_id": application.id})],
                    }
                ]
                * 2
            )
        )
        with self.assertRefused("First has not been selected, or not any more"):
            notices.action_publish()
        notices[0].action_publish()
        with self.assertRefused("First has not been selected, or not any more"):
            notices[1].action_publish()

    # -- two years at once -------------------------------------------------------------------

    def test_two_proposals_about_one_member(self):
        assessments = self.env["hr.backbone.assessment"]
        member = self.worker_member
        both = assessments.new({"member_id": member.id}) | assessments.new({"member_id": member.id})
        refusals = both._get_batch_refusals("decide_withdraw")
        self.assertEqual(list(refusals.values()), [["Worker has left the talent pool already."]])
        with freeze_time("2026-03-03"):
            member.with_user(self.user_officer).action_exit("Wanted to")
        evaluations = self.env["hr.backbone.evaluation"]
        both = evaluations.new({"member_id": member.id}) | evaluations.new({"member_id": member.id})
        refusals = both._get_batch_refusals("exit")
        self.assertEqual(list(refusals.values()), [["Worker has left the talent pool already."]])
