# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common_evaluation import EvaluationCommon
from ..organization import OFFICER

MODEL = "hr.backbone.evaluation"


@tagged("post_install", "-at_install")
class TestEvaluationEarly(EvaluationCommon):
    """Anna is an HR officer and a member: before the outstanding are announced she sees nothing
    of her echelon, by no door, and adjusts nobody in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_anna = cls.people["Anna"].user_id
        cls.user_anna.group_ids |= cls.env.ref(OFFICER) | cls.env.ref("base.group_allow_export")
        # one with whom Anna is not compared
        cls._get(cls, "Bert").sudo().write({"echelon_id": cls.echelon_2.id, "echelon_level": 2})
        cls.run_.sudo()._compute_totals()
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _check_hidden(self, *names):
        # before Anna reads: what a relation has found is kept for all
        evaluations = {name: self._as(self._get(name), self.user_anna) for name in names}
        self.assertNotIn(self.env[MODEL], evaluations.values())
        self.env.invalidate_all()
        anna = self._as(self.env[MODEL], self.user_anna)
        run = self._as(self.run_, self.user_anna)
        wizard = self._as(self.env["hr.backbone.evaluation.wizard"], self.user_anna)
        report = self._as(self.env["report.hr_backbone_training.report_evaluation"], self.user_anna)
        shown = run.evaluation_ids
        self.assertEqual(run.evaluation_count, len(shown))
        for name, hidden in evaluations.items():
            total = hidden.sudo().total
            with self.subTest(name=name, state=self.run_.state):
                for domain in (
                    [("id", "=", hidden.id)],
                    [("employee_name", "=", name)],
                    [("total", "=", total)],
                    [("run_id", "=", run.id), ("rank", "=", hidden.sudo().rank)],
                ):
                    self.assertNotIn(hidden, anna.search(domain))
                    for row in anna.formatted_read_group(domain, ["employee_name"], ["total:max"]):
                        self.assertNotEqual(row["employee_name"], name)
                self.assertFalse(
                    run.search([("evaluation_ids", "any", [("employee_name", "=", name)])])
                )
                self.assertNotIn(hidden, shown)
                self.assertNotIn(hidden.id, [number for number, _name in anna.name_search(name)])
                doors = (
                    lambda record: record.read(["total", "rank", "is_outstanding"]),
                    lambda record: record.web_read({"total": {}}),
                    lambda record: record.export_data(["total"]),
                    lambda record: record.onchange({}, [], {"total": {}}),
                    lambda record: record.rank,
                    lambda record: record.compare_total,
                    lambda record: record.decision_ids,
                    lambda record: record._get_kept_file_name("evaluation"),
                    report._get_forms,
                    lambda record: record.write({"adjustment": -2, "adjustment_reason": "No"}),
                    lambda record: record.action_keep(),
                    lambda record: run.write(
                        {"evaluation_ids": [(1, record.id, {"adjustment": -2})]}
                    ),
                    lambda record: wizard.create(
                        {"evaluation_ids": [(6, 0, record.ids)], "echelon_id": self.echelon_2.id}
                    ).action_confirm(),
                )
                for number, door in enumerate(doors):
                    self.env.invalidate_all()
                    with self.subTest(door=number), self.assertRaises(UserError):
                        with self.env.cr.savepoint():
                            door(hidden)
                self.assertEqual(hidden.sudo().total, total)

    def test_own_echelon_before_the_freeze(self):
        self._check_hidden("Anna", "Cora", "Dirk")

    def test_own_echelon_until_it_is_announced(self):
        """The ranks of all the others would tell one's own."""
        self._as(self.run_, self.user_officer).action_freeze()
        self._check_hidden("Anna", "Cora", "Dirk")
        decisions = self._as(self.env["hr.backbone.decision"], self.user_anna)
        self._as(self._get("Cora"), self.user_officer).action_keep()
        self.assertFalse(decisions.search([("res_model", "=", MODEL)]))
        messages = self._as(self.env["mail.message"], self.user_anna)
        self.assertFalse(messages.search([("model", "=", MODEL)]))

    def test_other_echelons_are_hers(self):
        bert = self._as(self._get("Bert"), self.user_anna)
        self.assertEqual(bert.total, 64)
        bert.write({"adjustment": 1, "adjustment_reason": "Led the flood team"})
        self.assertEqual(bert.total, 65)

    def test_who_is_not_concerned_sees_all(self):
        for user in (self.user_officer, self.user_admin):
            with self.subTest(user=user.login):
                self.assertEqual(len(self._as(self.run_, user).evaluation_ids), 4)
        dirk = self._as(self._get("Dirk"), self.user_admin)
        dirk.write({"adjustment": 4.29, "adjustment_reason": "Led the flood team"})

    def test_an_administrator_who_takes_part_does_not(self):
        self.user_anna.group_ids |= self.env.ref("hr_backbone_training.group_hr_backbone_manager")
        self._check_hidden("Anna", "Dirk")

    def test_a_login_taken_off_opens_nothing(self):
        """HR, which Anna is, writes who is whose login."""
        self.people["Anna"].user_id = False
        self._check_hidden("Anna", "Cora")

    def test_once_announced(self):
        self._as(self.run_, self.user_officer).action_freeze()
        self._as(self.run_, self.user_officer).action_announce()
        self.env.invalidate_all()
        anna = self._as(self.env[MODEL], self.user_anna)
        self.assertEqual(len(anna.search([("run_id", "=", self.run_.id)])), 4)
        self.company.backbone_share_assessment = False
        self.env.invalidate_all()
        names = anna.search([("run_id", "=", self.run_.id)]).mapped("employee_name")
        self.assertEqual(set(names), {"Bert", "Cora", "Dirk"})

    def test_correction_and_what_it_corrects(self):
        """A correction starts from what was announced, which stays readable; of the correction
        nothing is seen before it is announced."""
        run = self._as(self.run_, self.user_officer)
        run.action_freeze()
        run.action_announce()
        correction = run.browse(run.action_correct()["res_id"])
        anna = self._as(self.env[MODEL], self.user_anna)
        shown = anna.search([("employee_name", "=", "Cora")])
        self.assertEqual(shown.run_id, self.run_)
        correction.reason = "Two scores were mixed up"
        correction.action_freeze()
        self.env.invalidate_all()
        self.assertEqual(anna.search([("employee_name", "=", "Cora")]).run_id, self.run_)
        correction.action_announce()
        self.env.invalidate_all()
        self.assertEqual(len(anna.search([("employee_name", "=", "Cora")])), 2)

    def test_comparison_does_not_tell(self):
        other = self._as(self.run_, self.user_officer).copy({"label": "Training counts"})
        other.action_compute()
        run = self._as(self.run_, self.user_officer)
        run.action_freeze()
        run.action_announce()
        run.compare_id = other
        self.env.invalidate_all()
        cora = self._as(self._get("Cora"), self.user_anna)
        self.assertTrue(cora.total)
        self.assertFalse(cora.compare_total)
        with self.assertRaises(AccessError):
            self._as(self._get("Cora", other), self.user_anna).read(["total"])

    def test_form_of_the_run_opens(self):
        with Form(self._as(self.run_, self.user_anna)) as form:
            self.assertEqual(form.evaluation_count, 1)
