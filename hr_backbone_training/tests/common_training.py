# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from .common import BackboneCommon


class TrainingCases:
    """What the tests of trainings make, for any of the common classes."""

    @classmethod
    def _set_up_training(cls):
        """A pool of three, and a trainer with a portal login who manages nobody.

        Worker (portal) and Colleague are in the third echelon, Leader is in the second.
        """
        cls.user_trainer = cls._new_user("bt_trainer", "base.group_portal")
        cls.trainer = cls._new_employee(cls.user_trainer, cls.board, cls.job_manager)
        cls.worker_member, cls.colleague_member, cls.leader_member = cls._new_members(
            cls.worker | cls.colleague | cls.leader
        )
        cls.leader_member._write_moved({"echelon_id": cls.echelon_2.id})
        cls.env.flush_all()

    @classmethod
    def _new_pool(cls, count):
        """So many more members of the third echelon."""
        return cls._new_members(cls._new_people(count, "Member"))

    @classmethod
    def _new_training(cls, members=(), plan=True, **kwargs):
        """A session on Thursday, 12 March 2026, from 9 to 16 h, seen by HR."""
        training = (
            cls.env["hr.backbone.training"]
            .with_user(cls.user_officer)
            .create(
                {
                    "name": "Leading a Team",
                    "date_start": "2026-03-12 09:00:00",
                    "date_end": "2026-03-12 16:00:00",
                    "trainer_id": cls.trainer.id,
                    "place": "Room 3",
                    "participant_ids": [(0, 0, {"member_id": member.id}) for member in members],
                    **kwargs,
                }
            )
        )
        if plan:
            training.action_plan()
        return training

    @staticmethod
    def _row(training, member, user=None):
        """The participation of a member, as `user` (the member by default) has it."""
        row = training.sudo().participant_ids.filtered(lambda row: row.member_id == member)
        return row.with_user(user or row.employee_id.user_id)

    def _states(self, training):
        return training.sudo().participant_ids.sorted("id").mapped("state")

    def _mails(self, *words):
        """The mails that were queued, whose subject has all these words."""
        mails = self.env["mail.mail"].sudo().search([("model", "like", "hr.backbone.training%")])
        return mails.filtered(lambda mail: all(word in mail.subject for word in words))


class BackboneTrainingCommon(TrainingCases, BackboneCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_training()
