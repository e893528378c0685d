# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from ..common_training import BackboneTrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingManagement(BackboneTrainingCommon):
    """ "Organizes management to conduct": who is none may hold an internal training all the
    same; HR is warned, and the training says so."""

    def _announce(self, **kwargs):
        training = self._new_training(self.worker_member, plan=False, **kwargs)
        return training, training.trainer_warning, training.action_plan()

    def test_a_manager_holds_it(self):
        training, warning, answer = self._announce()
        self.assertFalse(warning)
        self.assertIs(answer, True)
        self.assertTrue(training.is_by_management)

    def test_a_rank_below_is_a_warning(self):
        self.trainer.job_id = self.job_worker
        training, warning, answer = self._announce()
        self.assertIn("Trainer has the rank “Employee”", warning)
        self.assertEqual(answer["params"]["type"], "warning")
        self.assertEqual(answer["params"]["message"], warning)
        self.assertEqual((training.state, training.is_by_management), ("planned", False))

    def test_a_post_without_rank_is_a_warning(self):
        self.trainer.job_id.backbone_rank_id = False
        training, warning, _answer = self._announce()
        self.assertIn("The post of Trainer has no rank", warning)
        self.assertEqual((training.state, training.is_by_management), ("planned", False))

    def test_nobody_is_a_warning(self):
        training, warning, answer = self._announce(trainer_id=False)
        self.assertIn("No trainer is named", warning)
        self.assertEqual(answer["params"]["message"], warning)
        self.assertEqual((training.state, training.is_by_management), ("planned", False))

    def test_others_may_hold_an_external_one(self):
        _training, warning, answer = self._announce(
            kind="external", trainer_id=False, provider="Academy"
        )
        self.assertFalse(warning)
        self.assertIs(answer, True)

    def test_it_stays_as_it_was_when_it_was_held(self):
        self.trainer.job_id = self.job_worker
        training, _warning, _answer = self._announce(date_start="2026-03-02 09:00:00")
        training.action_done()
        self.trainer.job_id = self.job_manager
        self.env.flush_all()
        self.assertFalse(training.is_by_management)

    def test_the_rank_of_the_day_of_the_announcement(self):
        self.trainer.job_id = self.job_worker
        training = self._new_training(plan=False)
        self.assertFalse(training.is_by_management)
        self.trainer.job_id = self.job_manager
        training.action_plan()
        self.assertTrue(training.is_by_management)

    def test_update_from_earlier_code(self):
        """Ranks, invitations and who held a training are known of what is there already; the
        companies go on owing one internal training."""
        ranks = self.env["hr.backbone.rank"].search([])
        before = {rank: rank.is_managerial for rank in ranks if rank.get_external_id()[rank.id]}
        held, draft = self._new_training(self.worker_member), self._new_training(plan=False)
        full = self._new_training(self.worker_member | self.leader_member, seats=1)
        self._row(full, self.leader_member).action_confirm()
        # whoever had the seat did not come
        with freeze_time("2026-03-12 17:00:00"):
            full.action_done()
        shut_out = self._row(full, self.worker_member).sudo()
        # as earlier code closed a session that was full
        self.env.cr.execute(
            """UPDATE hr_backbone_decision SET move = 'miss', to_state = 'absent'
                WHERE res_model = %s AND res_id = %s AND move = 'cancel'""",
            (shut_out._name, shut_out.id),
        )
        shut_out._write_moved({"state": "absent"})
        row = held.participant_ids
        invited = row.date_invited
        self.assertTrue(invited)
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_backbone_rank SET is_managerial = NULL")
        self.env.cr.execute("UPDATE hr_backbone_training_participant SET date_invited = NULL")
        self.env.cr.execute("UPDATE hr_backbone_training SET is_by_management = NULL")
        self.env.invalidate_all()
        self.env["hr.backbone.quarter"]._get_or_create(self.company)
        self._run_migration("19.0.1.2.0/post-training.py")
        self.env.invalidate_all()
        self.assertEqual({rank: rank.is_managerial for rank in before}, before)
        self.assertEqual(row.date_invited, invited)
        self.assertEqual(shut_out.state, "cancelled", "there was no seat to take")
        self.assertTrue(held.is_by_management and draft.is_by_management)
        self.assertEqual(self.company.backbone_internal_training, "one")
        self.assertEqual(self.company_abroad.backbone_internal_training, "two", "nothing yet")
