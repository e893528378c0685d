# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.tests import tagged

from ..common_training import BackboneTrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingQueries(BackboneTrainingCommon):
    """What runs for thousands at once: at most one query for each of them in all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls._new_pool(220)
        cls.env.flush_all()

    def _invite(self, members):
        training = self._new_training(plan=False, provider="Academy")
        vals_list = [{"training_id": training.id, "member_id": m.id} for m in members]
        rows = self.env["hr.backbone.training.participant"].with_user(self.user_officer)

        def run():
            rows.create(vals_list)
            training.action_plan()

        return training, self._cost(run)

    def _assert_growth(self, counts, most):
        """A hundred and eighty more of them cost half a query each at most.

        :param list counts: queries for 20 and for 200
        :param int most: queries for 200
        """
        few, many = counts
        self.assertLessEqual((many - few) / 180, 0.5, counts)
        self.assertLessEqual(many, most, counts)

    def test_inviting(self):
        self._invite(self.members[200:])
        counts = [self._invite(self.members[:size])[1] for size in (20, 200)]
        self._assert_growth(counts, 200)

    def test_inviting_the_echelons_of_an_announced_training(self):
        self._new_training(echelon_ids=self.echelon_1.ids).action_invite_echelons()
        counts = []
        for echelon, part in ((self.echelon_1, 20), (self.echelon_2, 200)):
            members = self.members[:part]
            members._write_moved({"echelon_id": echelon.id})
            training = self._new_training(echelon_ids=echelon.ids)
            counts.append(self._cost(training.action_invite_echelons))
            self.assertGreaterEqual(len(training.participant_ids), part)
        self._assert_growth(counts, 220)

    def test_closing(self):
        counts = []
        for size in (20, 20, 200):
            training, _count = self._invite(self.members[:size])
            with freeze_time("2026-03-12 10:00:00"):
                came = training.participant_ids[: size // 2]
                attend = self._cost(came.action_attend)
                counts.append((attend, self._cost(training.action_done)))
            self.assertEqual(training.attended_count, size // 2)
        _warm, few, many = counts
        self._assert_growth((few[0], many[0]), 100)
        self._assert_growth((few[1], many[1]), 200)

    def test_filters_do_not_grow(self):
        members = self.env["hr.backbone.member"].with_user(self.user_officer)

        def read(records):
            return self._cost(
                lambda: records.with_user(self.user_officer).read(
                    ["external_offered_year", "internal_trained_quarter", "training_count"]
                )
            )

        read(self.members[:20])
        self.assertLessEqual(read(self.members[:200]), read(self.members[:20]) + 1)
        self.assertTrue(members.search([("external_offered_year", "=", False)]))
