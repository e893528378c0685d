# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command
from odoo.tests import tagged

from ..common_evaluation import EvaluationCommon
from ..organization import OFFICER


@tagged("post_install", "-at_install")
class TestOwnRun(EvaluationCommon):
    """An HR officer who takes part in an evaluation takes no step on the run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.me = cls.people["Anna"].user_id
        cls.me.group_ids = [Command.link(cls.env.ref(OFFICER).id)]

    def _refuse_me(self, run, action):
        for linked in (True, False):
            if not linked:
                self.people["Anna"].with_user(self.me).sudo().user_id = False
                self.env.invalidate_all()
            with self.subTest(linked=linked), self.assertRefused("You cannot decide on your own"):
                action(run.with_user(self.me))
        self.people["Anna"].with_user(self.user_officer).sudo().user_id = self.me
        self.env.invalidate_all()

    def test_member_takes_no_step(self):
        self._refuse_me(self.run_, lambda run: run.action_compute())
        self._refuse_me(self.run_, lambda run: run.write({"leniency_report_weight": 9}))
        self._refuse_me(self.run_, lambda run: run.action_freeze())
        self._refuse_me(self.run_, lambda run: run.unlink())
        self.run_.action_freeze()
        self._refuse_me(self.run_, lambda run: run.action_correct())
        self._refuse_me(self.run_, lambda run: run.action_announce())
        self.run_.action_announce()
        self.assertEqual(self.run_.state, "announced")

    def test_member_computes_no_simulation(self):
        run = self.env["hr.backbone.evaluation.run"].with_user(self.me)
        draft = run.create({"program_id": self.program.id})
        with self.assertRefused("You cannot decide on your own"):
            draft.action_compute()
