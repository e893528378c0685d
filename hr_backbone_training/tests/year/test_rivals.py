# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command
from odoo.tests import tagged

from ..common_evaluation import EvaluationCommon
from ..organization import OFFICER


@tagged("post_install", "-at_install")
class TestRivals(EvaluationCommon):
    """An HR officer who is a member rates nobody with whom the year compares them, and sets
    nothing that the own year is made of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.me = cls.people["Anna"].user_id
        cls.me.group_ids = [Command.link(cls.env.ref(OFFICER).id)]
        cls.line_3 = cls.program.line_ids.filtered(lambda line: line.echelon_id == cls.echelon_3)

    def _report(self, name):
        return self.env["hr.backbone.report"].search(
            [("member_id", "=", self.members[name].id)], limit=1
        )

    def test_report_of_a_rival(self):
        report = self._report("Bert")
        report.sudo()._write_moved({"state": "submitted"})
        for act in (lambda r: r.action_accept(score=1), lambda r: r.action_return("Once more")):
            with self.assertRefused("You are compared with Bert at the end of the year"):
                act(report.with_user(self.me))
        self.assertFalse(report.with_user(self.me).can_accept)
        report.with_user(self.user_officer).action_accept(score=70)
        self.assertEqual(report.score, 70)

    def test_report_in_another_echelon(self):
        report = self._report("Bert")
        report.sudo()._write_moved({"state": "submitted"})
        self.members["Bert"].sudo()._write_moved({"echelon_id": self.echelon_2.id})
        report.with_user(self.me).action_accept(score=70)
        self.assertEqual(report.state, "accepted")

    def test_who_left_the_pool_is_compared_with_nobody(self):
        report = self._report("Bert")
        report.sudo()._write_moved({"state": "submitted"})
        self.members["Anna"].sudo()._write_moved({"state": "exited"})
        report.with_user(self.me).action_accept(score=70)
        self.assertEqual(report.state, "accepted")

    def test_attendance_of_a_rival(self):
        row = self.env["hr.backbone.training.participant"].search(
            [("member_id", "=", self.members["Dirk"].id), ("state", "=", "attended")], limit=1
        )
        with self.assertRefused("You are compared with Dirk"):
            row.with_user(self.me).action_miss()

    def test_achievement_of_a_rival(self):
        book = self.env["hr.backbone.achievement"].create(
            {"member_id": self.members["Bert"].id, "kind": "book", "name": "One"}
        )
        book._write_moved({"state": "submitted"})
        with self.assertRefused("You are compared with Bert"):
            book.with_user(self.me).action_refuse("No")

    def test_place_in_the_pool_of_a_rival(self):
        """Whoever is suspended, has left or is in another echelon is compared no more."""
        rival, other = self.members["Bert"], self.members["Dirk"]
        other.sudo()._write_moved({"echelon_id": self.echelon_2.id})
        steps = {
            "suspend": lambda member: member.action_suspend("Ill"),
            "promote": lambda member: member.action_promote(self.echelon_1, "Good"),
            "exit": lambda member: member.action_exit("Gone"),
        }
        for name, step in steps.items():
            with self.subTest(step=name), self.assertRefused("You are compared with Bert"):
                step(rival.with_user(self.me))
            self.assertFalse(rival.with_user(self.me)[f"can_{name}"])
        other.with_user(self.me).action_suspend("Ill")
        self.assertEqual(other.state, "suspended")
        rival.with_user(self.user_officer).action_suspend("Ill")
        self.assertEqual(rival.state, "suspended")

    def test_places_and_incentive_of_the_own_echelon(self):
        for vals in ({"outstanding_quota": 9}, {"incentive_amount": 100000}, {"incentive": "Car"}):
            with self.assertRefused("You are a member of this echelon"):
                self.line_3.with_user(self.me).write(vals)
        other = self.program.line_ids - self.line_3
        other.with_user(self.me).write({"outstanding_quota": 2})
        self.line_3.with_user(self.user_officer).write({"outstanding_quota": 2})
        self.assertEqual(self.line_3.outstanding_quota, 2)

    def test_weights_of_a_running_program(self):
        mine = self.program.with_user(self.me)
        for vals in (
            {"adjustment_limit": 50},
            {"weight_report": 50, "weight_assessment": 25},
            {"points_book": 99},
        ):
            with self.assertRefused("You are evaluated by this program"):
                mine.write(vals)
        self.program.with_user(self.user_officer).write({"adjustment_limit": 6})
        self.assertEqual(self.program.adjustment_limit, 6)
