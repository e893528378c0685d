# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command
from odoo.tests import Form, tagged

from ...const import ADMINISTRATOR
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
        """Nor does Anna make one, with weights of her own."""
        vals = {"program_id": self.program.id, "weight_report": 0, "weight_assessment": 75}
        self.people["Anna"].with_user(self.user_officer).sudo().user_id = self.me
        self._refuse_me(self.run_, lambda run: run.create(vals))
        self._refuse_me(self.run_, lambda run: run.copy())
        draft = self.run_.create({"program_id": self.program.id})
        self._refuse_me(draft, lambda run: run.action_compute())

    def test_member_opens_the_page_of_a_new_one(self):
        self.assertTrue(Form(self.run_.browse().with_user(self.me)).program_id)

    def test_member_does_not_make_the_own_promotion_fit(self):
        """Anna is in the Third Echelon: what decides on the way up is not hers to change."""
        job = self.people["Anna"].job_id
        other = self.env["hr.job"].create({"name": "Another", "company_id": self.company.id})
        ranks = self.env["hr.backbone.rank"].search([])
        lines = {line.echelon_id: line for line in self.program.line_ids}
        refused = [
            (job, {"backbone_rank_id": ranks[-1].id}, "the rank of your own post"),
            (job, {"backbone_rank_id": False}, "the rank of your own post"),
            (
                self.program,
                {"line_ids": [Command.update(lines[self.echelon_2].id, {"quota": 99})]},
                "how many it takes",
            ),
        ]
        refused += [(line, {"quota": 99}, "how many it takes") for line in self.program.line_ids]
        for echelon in (self.echelon_1, self.echelon_2, self.echelon_3):
            for vals in ({"rank_ids": [Command.link(ranks[-1].id)]}, {"minimum_tenure_months": 1}):
                refused.append((echelon, vals, "whom it is for"))
        for record, vals, sentence in refused:
            if sentence == "whom it is for":
                # which is an administrator's to change
                self.me.group_ids = [Command.link(self.env.ref(ADMINISTRATOR).id)]
            with self.subTest(record=record, vals=vals), self.assertRefused(sentence):
                record.with_user(self.me).write(vals)
        self.me.group_ids = [Command.unlink(self.env.ref(ADMINISTRATOR).id)]
        # the same, and what concerns nobody
        job.with_user(self.me).write({"backbone_rank_id": job.backbone_rank_id.id})
        other.with_user(self.me).backbone_rank_id = ranks[0]
        self.echelon_2.with_user(self.user_admin).minimum_tenure_months = 1
        lines[self.echelon_2].with_user(self.user_officer).quota = 9
        job.with_user(self.user_officer).backbone_rank_id = ranks[-1]
        planned = self.program.with_user(self.me).copy({"year": 2031, "name": "Later"})
        planned.line_ids[0].quota = 3

    def test_who_applies_does_not_widen_the_echelon(self):
        self.me.group_ids = [Command.link(self.env.ref(ADMINISTRATOR).id)]
        self.members["Anna"].with_user(self.user_officer).action_exit("Moved abroad")
        self.echelon_2.with_user(self.me).minimum_tenure_months = 1
        self.env["hr.backbone.application"]._create_moved(
            [
                {
                    "employee_id": self.people["Anna"].id,
                    "program_id": self.program.id,
                    "echelon_id": self.echelon_2.id,
                    "state": "director",
                }
            ]
        )
        self.env.flush_all()
        self.echelon_3.with_user(self.me).minimum_tenure_months = 1
        with self.assertRefused("whom it is for"):
            self.echelon_2.with_user(self.me).minimum_tenure_months = 2
