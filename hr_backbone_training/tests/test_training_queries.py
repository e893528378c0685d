from freezegun import freeze_time

from odoo.tests import tagged

from .common_training import BackboneTrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingQueries(BackboneTrainingCommon):
    """What runs for thousands at once: at most one query for each of them in all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls._new_pool(220)
        cls.env.flush_all()

    def _count(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _invite(self, members):
        training = self._new_training(plan=False, provider="Academy")
        vals_list = [{"training_id": training.id, "member_id": m.id} for m in members]
        rows = self.env["hr.backbone.training.participant"].with_user(self.user_officer)

        def run():
            rows.create(vals_list)
            training.action_plan()

        return training, self._count(run)

    def test_inviting(self):
        self._invite(self.members[200:])
        _few, few = self._invite(self.members[:20])
        _many, many = self._invite(self.members[:200])
        self.assertLessEqual((many - few) / 180, 0.5, (few, many))
        self.assertLessEqual(many, 200)

    def test_inviting_the_echelons_of_an_announced_training(self):
        counts = []
        for echelon, part in ((self.echelon_1, 20), (self.echelon_2, 200)):
            members = self.members[:part]
            members._write_moved({"echelon_id": echelon.id})
            training = self._new_training(echelon_ids=echelon.ids)
            counts.append(self._count(training.action_invite_echelons))
        few, many = counts
        self.assertLessEqual(many, 200 + 20, counts)

    def test_closing(self):
        counts = []
        for size in (20, 20, 200):
            training, _count = self._invite(self.members[:size])
            with freeze_time("2026-03-12 10:00:00"):
                came = training.participant_ids[: size // 2]
                attend = self._count(came.action_attend)
                counts.append((attend, self._count(training.action_done)))
            self.assertEqual(training.attended_count, size // 2)
        _warm, few, many = counts
        self.assertLessEqual(many[0], 100, counts)
        self.assertLessEqual(many[1], 200, counts)
        self.assertLessEqual((many[1] - few[1]) / 180, 0.5, counts)

    def test_filters_do_not_grow(self):
        members = self.env["hr.backbone.member"].with_user(self.user_officer)

        def read(records):
            return self._count(
                lambda: records.with_user(self.user_officer).read(
                    ["external_offered_year", "internal_trained_quarter", "training_count"]
                )
            )

        read(self.members[:20])
        self.assertLessEqual(read(self.members[:200]), read(self.members[:20]) + 1)
        self.assertTrue(members.search([("external_offered_year", "=", False)]))
