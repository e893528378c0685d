# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import BackboneCommon

# both beyond the number of mails that a move queues at once
FEW, MANY = 25, 125


@tagged("post_install", "-at_install")
class TestWorkflow(BackboneCommon):
    """Every move holds for many records in one call, for at most one query a record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.sudo().line_ids.quota = 1000
        appraisal = {
            f"{part}_{name}": value
            for name in ("performance", "potential", "motivation")
            for part, value in (("score", 80), ("reason", "Good"))
        }
        applications = cls._new_applications(cls._new_people(FEW + MANY), **appraisal)
        applications.sudo().plan_ids._write_moved({"state": "submitted"})
        cls.few, cls.many = applications[:FEW], applications[FEW:]
        cls.env.flush_all()

    def _count(self, records, call):
        """How many queries `call(records)` costs with a cold cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        records = records.browse(records.ids)
        before = self.cr.sql_log_count
        call(records)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _check_budget(self, move, user, call, few=None, many=None):
        """The move on a few and on many: at most one query a record, and fewer the more."""
        few, many = few or self.few, many or self.many
        small = self._count(few.with_user(user), call)
        large = self._count(many.with_user(user), call)
        with self.subTest(move=move):
            self.assertLessEqual(large, MANY, f"{move}: {large} queries for {MANY} records")
            per_record = (large - small) / (MANY - FEW)
            self.assertLessEqual(per_record, 1, f"{move}: {small} for {FEW}, {large} for {MANY}")
            self.assertLessEqual(large / MANY, small / FEW, f"{move}: {small}, then {large}")

    def _move(self, name, *args):
        return lambda records: getattr(records, f"action_{name}")(*args)

    def test_whole_way(self):
        applications = self.few | self.many
        self._check_budget("submit", self.user_officer, self._move("submit"))
        self._check_budget("approve", self.user_director, self._move("approve"))
        applications.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        self._check_budget("pass_review", self.user_admin, self._move("pass_review"))
        meetings = [self._meet(records, vote=None) for records in (self.few, self.many)]
        self._check_budget(
            "vote", self.user_chair, self._move("vote_for"), *[m.item_ids for m in meetings]
        )
        self._check_budget("select", self.user_chair, self._move("close"), *meetings)
        self.assertEqual(set(applications.mapped("state")), {"selected"})
        notices = [
            self.env["hr.backbone.publicity"]
            .with_user(self.user_officer)
            .create(
                {
                    "program_id": self.program.id,
                    "line_ids": [(0, 0, {"application_id": record.id}) for record in records],
                }
            )
            for records in (self.few, self.many)
        ]
        self._check_budget("publish", self.user_officer, self._move("publish"), *notices)
        with freeze_time("2026-03-10 09:00:00"):
            self._check_budget("admit", self.user_officer, self._move("close"), *notices)
            self.assertEqual(set(applications.mapped("state")), {"admitted"})
            members = [
                self.env["hr.backbone.member"].search([("application_id", "in", records.ids)])
                for records in (self.few, self.many)
            ]
            self.assertEqual([len(batch) for batch in members], [FEW, MANY])
            self._check_pool(members)
        decisions = applications.sudo().decision_ids
        self.assertEqual(len(decisions), 6 * (FEW + MANY))

    def _check_pool(self, members):
        self._open_scopes()
        officer = self.user_officer
        for name, args in (
            ("promote", (self.echelon_2, "Leads")),
            ("suspend", ("Leave",)),
            ("resume", ()),
            ("exit", ("Leaves",)),
        ):
            self._check_budget(name, officer, self._move(name, *args), *members)
        for batch in members:
            self.assertEqual(len(batch.movement_ids), 5 * len(batch))

    def test_ways_out(self):
        applications = self.few | self.many
        with self.assertRefused("Only the employee or the recommender"):
            applications.action_withdraw()
        self._check_budget("submit", self.user_officer, self._move("submit"))
        self._check_budget("return", self.user_director, self._move("return", "Again"))
        self._check_budget("submit again", self.user_officer, self._move("submit"))
        self._check_budget("refuse", self.user_director, self._move("refuse", "No"))
        self.assertEqual(set(applications.sudo().plan_ids.mapped("state")), {"closed"})

    def test_withdraw(self):
        self._check_budget("withdraw", self.user_leader, self._move("withdraw"))

    def test_reading_a_list_with_its_buttons(self):
        """The reasons, too, are found for many at once."""
        names = ["can_submit", "can_approve", "can_withdraw", "next_step", "blocking_reason"]
        self._check_budget("read", self.user_officer, lambda records: records.read(names))

    def test_job_of_leavers(self):
        members = self._new_members((self.few | self.many).employee_id)
        counts = []
        for batch in (members[:FEW], members[FEW:]):
            batch.employee_id.active = False
            with patch.object(
                self.env.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 1
            ):
                counts.append(self._count(members, lambda m: m._cron_exit_leavers()))
        self.assertEqual(set(members.mapped("state")), {"exited"})
        self.assertLessEqual((counts[1] - counts[0]) / (MANY - FEW), 1, counts)
