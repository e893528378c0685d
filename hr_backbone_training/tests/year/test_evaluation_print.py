# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import io
import json
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path
from odoo.tools.pdf import PdfReader

from ...models.year import hr_backbone_evaluation_freeze as evaluation_freeze
from ...tools import paper
from ..common_evaluation import EvaluationCommon

REPORT = "hr_backbone_training.report_evaluation"
CERTIFICATE = "hr_backbone_training.report_certificate"
PRINTS = "hr.backbone.evaluation.print"


@tagged("post_install", "-at_install")
class TestEvaluationPrint(EvaluationCommon):
    """What is printed of a frozen evaluation: "printed again next year it is the same, byte for
    byte"."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.program.line_ids.filtered(lambda r: r.echelon_id == cls.echelon_3)
        cls.line.write({"incentive": "A study trip", "incentive_amount": 500})

    def _html(self, name, report=REPORT):
        return self.env["ir.actions.report"]._render_qweb_html(report, self._get(name).ids)[0]

    def _pdf(self, names, report=REPORT, user=None, **context):
        records = self.run_.evaluation_ids.browse([self._get(name).id for name in names])
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True, **context)
        return reports.with_user(user or self.env.user)._render_qweb_pdf(report, records.ids)[0]

    def _kept(self, name):
        """The files that are kept of this member."""
        rows = self.env[PRINTS].sudo().search([("evaluation_id", "=", self._get(name).id)])
        domain = [("res_model", "=", PRINTS), ("res_field", "=", "file")]
        return self.env["ir.attachment"].sudo().search([*domain, ("res_id", "in", rows.ids)])

    def _let_a_year_pass(self):
        """Everything that an evaluation was made from changes, and the addon's words, too."""
        self.people["Anna"].name = "Anna Married"
        self.people["Anna"].job_id = self.job_leader
        self.members["Anna"].with_user(self.user_officer).action_exit("Left")
        self.company.name = "Another Name"
        self.program.name = "Another Program"
        self.line.write({"incentive": "Nothing", "incentive_amount": 1})
        self.env.cr.execute(
            "UPDATE res_company SET currency_id = %s WHERE id = %s",
            [self.env.ref("base.CHF").id, self.company.id],
        )
        self.env.invalidate_all()
        words = patch.object(type(self.run_), "_get_method", lambda run, settings: ["Other words"])
        words.start()
        self.addCleanup(words.stop)

    def test_content_does_not_change(self):
        self.run_.action_freeze()
        self.run_.action_announce()
        before = self._html("Anna"), self._html("Anna", CERTIFICATE)
        self.assertIn(b"81.50", before[0])
        self.assertIn(b"The total has 100 points: reports", before[0])
        self.assertIn(b"A study trip", before[1])
        with freeze_time("2028-02-29 09:00:00"):
            self._let_a_year_pass()
            self.assertEqual((self._html("Anna"), self._html("Anna", CERTIFICATE)), before)
        self.assertTrue(self.run_._is_intact())

    def test_method_is_kept_in_each_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")

        def say(run, settings):
            return [f"In {run.env.lang}", str(settings["weight_report"])]

        with patch.object(type(self.run_), "_get_method", say):
            self.run_.action_freeze()
        self.assertEqual(self.run_.with_context(lang="fr_FR").method, "In fr_FR\n25")
        self.assertEqual(self.run_.with_context(lang="en_US").method, "In en_US\n25")
        # a correction is computed and frozen in today's words
        self.run_.action_correct()
        correction = self.run_.search([("previous_id", "=", self.run_.id)])
        self.assertIn("100 points", correction.method)

    def test_pdf_is_kept_byte_for_byte(self):
        self.run_.action_freeze()
        self.run_.action_announce()
        before = self._pdf(["Anna"]), self._pdf(["Anna"], CERTIFICATE)
        for pdf in before:
            self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertEqual(len(self._kept("Anna")), 2)
        with freeze_time("2028-02-29 09:00:00"):
            self._let_a_year_pass()
            self.assertEqual((self._pdf(["Anna"]), self._pdf(["Anna"], CERTIFICATE)), before)
        self.assertEqual(len(self._kept("Anna")), 2)

    def test_certificate_is_one_page(self):
        """It is framed: what the evaluation says of its method is not on it."""
        runs = type(self.run_)
        self.run_.action_freeze()
        self.run_.action_announce()
        formula = ["What is computed of each score, at some length. " * 20] * 3
        with patch.object(runs, "_get_leniency_formula", lambda run: formula):
            self.assertIn(b"at some length", self._html("Anna"))
            self.assertNotIn(b"at some length", self._html("Anna", CERTIFICATE))
            pdf = self._pdf(["Anna"], CERTIFICATE)
        self.assertEqual(len(PdfReader(io.BytesIO(pdf)).pages), 1)

    def test_result_is_a_page_and_method_another_one(self):
        formula = ["What is computed of each score, at some length. " * 4] * 4
        self.run_.action_freeze()
        with patch.object(type(self.run_), "_get_leniency_formula", lambda run: formula):
            pages = PdfReader(io.BytesIO(self._pdf(["Anna"]))).pages
        self.assertEqual(len(pages), 2)
        for page, words in zip(pages, ("by quarter", "at some length"), strict=True):
            self.assertIn(words, " ".join(page.extract_text().split()))

    def test_several_at_once_keep_each(self):
        # one of them takes more than a page
        self._get("Dirk").write({"adjustment": 1, "adjustment_reason": "Led the team. " * 600})
        self.run_.action_freeze()
        anna = self._pdf(["Anna"])
        names = ["Cora", "Anna", "Dirk"]
        self.assertTrue(self._pdf(names).startswith(b"%PDF"))
        self.assertEqual(self._pdf(["Anna"]), anna, "what was kept before stays")
        for name in names:
            self.assertEqual(self._pdf([name]), self._kept(name).raw)

    def test_wkhtmltopdf_keeps_each_too(self):
        self.run_.action_freeze()
        reports = type(self.env["ir.actions.report"])
        made = [b"%PDF- first", b"%PDF- second"]
        with (
            patch.object(paper, "is_available", return_value=False),
            patch.object(reports, "get_wkhtmltopdf_state", return_value="ok"),
            patch.object(reports, "_run_wkhtmltopdf", side_effect=made),
            patch.object(reports, "_merge_pdfs", return_value=io.BytesIO(b"%PDF- both")),
        ):
            self._pdf(["Cora", "Anna"])
        self.assertEqual([self._kept(name).raw for name in ("Cora", "Anna")], made)
        # shown again, whatever prints now
        self.assertEqual(self._pdf(["Anna"]), made[1])

    def test_simulation_is_not_kept(self):
        self.assertTrue(self._pdf(["Anna"]).startswith(b"%PDF"))
        self.assertFalse(self._kept("Anna"))

    def test_tampering_shows(self):
        self.run_.action_freeze()
        kept = self._pdf(["Cora"])
        cora = self._get("Cora")
        self.env.cr.execute("UPDATE hr_backbone_evaluation SET total = 99 WHERE id = %s", [cora.id])
        self.env.invalidate_all()
        self.assertFalse(self.run_._is_intact())
        self.assertFalse(self._form(cora)["intact"])
        self.assertNotEqual(self._pdf(["Cora"]), kept)
        self.assertEqual(len(self._kept("Cora")), 1)

    def test_frozen_by_earlier_code_stays_intact(self):
        """What later code prints in addition is in the fingerprints of later evaluations."""
        with patch.object(evaluation_freeze, "HASH_VERSION", 1):
            self.run_.action_freeze()
        kept = self._pdf(["Anna"])
        self.assertEqual(self.run_.hash_version, 1)
        self.assertFalse(self.run_.copy().hash_version)
        # as an evaluation was frozen before there were versions
        self.run_._write_moved({"hash_version": False})
        self.assertTrue(self.run_._is_intact())
        later = {**evaluation_freeze.HASHED, 99: ("total", "employee_name")}
        with (
            patch.object(evaluation_freeze, "HASHED", later),
            patch.object(evaluation_freeze, "HASH_VERSION", 99),
        ):
            self.assertTrue(self.run_._is_intact())
            self.assertTrue(self._get("Anna")._is_intact())
            self.assertEqual(self._pdf(["Anna"]), kept)
            action = self.run_.action_correct()
            correction = self.run_.browse(action["res_id"])
            correction.reason = "Printed anew"
            correction.action_freeze()
            self.assertEqual(correction.hash_version, 99)
            self.assertTrue(correction._is_intact())
            self.assertTrue(self._get("Anna", correction)._is_intact())
            self.env.cr.execute(
                "UPDATE hr_backbone_evaluation SET total = 99 WHERE run_id = %s", [correction.id]
            )
            self.assertFalse(correction._is_intact())

    def test_forged_file_is_not_taken_for_the_print(self):
        self.run_.action_freeze()
        anna = self._get("Anna")
        forged = {"name": anna._get_kept_file_name("evaluation"), "raw": b"%PDF- 100 points"}
        forged.update(res_model=anna._name, res_id=anna.id)
        self.env["ir.attachment"].with_user(self.user_officer).create(forged)
        kept = self._pdf(["Anna"])
        self.assertNotEqual(kept, forged["raw"])
        # nor is a print that somebody has changed, or deleted, since
        file = self._kept("Anna").filtered(lambda file: file.raw == kept)
        file.raw = forged["raw"]
        again = self._pdf(["Anna"])
        self.assertNotEqual(again, forged["raw"])
        self.assertEqual(self._pdf(["Anna"]), again)
        self._kept("Anna").unlink()
        self.assertTrue(self._pdf(["Anna"]).startswith(b"%PDF"))

    def test_kept_print_is_nobodys_file(self):
        """It is shown where it is printed: not among the files of the evaluation, and to nobody
        who asks for the file itself."""
        self.run_.action_freeze()
        self._pdf(["Anna"])
        anna, kept = self._get("Anna"), self._kept("Anna")
        domain = [("res_model", "=", anna._name), ("res_id", "=", anna.id)]
        self.assertFalse(self.env["ir.attachment"].search(domain))
        for user in (self.user_officer, self.user_admin, self.user_worker):
            with self.assertRaises(AccessError):
                kept.with_user(user).check_access("read")

    def test_print_of_each_language_is_kept(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.run_.action_freeze()
        english, french = self._pdf(["Anna"]), self._pdf(["Anna"], lang="fr_FR")
        self.assertEqual(len(self._kept("Anna")), 2)
        self.assertEqual(self._pdf(["Anna"]), english)
        self.assertEqual(self._pdf(["Anna"], lang="fr_FR"), french)

    def test_prints_of_the_version_before_are_carried_over(self):
        self.run_.action_freeze()
        anna, cora = self._get("Anna"), self._get("Cora")
        self.env.cr.execute("ALTER TABLE hr_backbone_evaluation ADD COLUMN prints jsonb")
        old = {"raw": b"%PDF- as it was printed", "res_model": anna._name}
        for evaluation, change in ((anna, {}), (cora, {"raw": b"%PDF- 100 points"})):
            name = evaluation._get_kept_file_name("evaluation")
            file = self.env["ir.attachment"].create({**old, "name": name, "res_id": evaluation.id})
            prints = json.dumps({name: [file.id, file.checksum], "gone.pdf": [0, "x"]})
            self.env.cr.execute(
                "UPDATE hr_backbone_evaluation SET prints = %s WHERE id = %s",
                (prints, evaluation.id),
            )
            file.write(change)
        path = file_path("hr_backbone_training/migrations/19.0.1.1.0/post-evaluation_print.py")
        load_script(path, "post_evaluation_print").migrate(self.env.cr, "19.0.1.0.0")
        self.assertEqual(self._kept("Anna").raw, old["raw"])
        self.assertEqual(self._pdf(["Anna"]), old["raw"])
        # a file that somebody had changed is not taken along
        self.assertFalse(self._kept("Cora"))
        self.assertNotIn(b"100 points", self._pdf(["Cora"]))

    def test_certificate_that_a_correction_took_away(self):
        self.run_.action_freeze()
        self.run_.action_announce()
        self._pdf(["Anna"], CERTIFICATE)
        self.run_.action_correct()
        correction = self.run_.search([("previous_id", "=", self.run_.id)])
        correction.reason = "Two scores were mixed up"
        correction.action_freeze()
        # nobody was told of the correction yet
        self.assertTrue(self._pdf(["Anna"], CERTIFICATE))
        correction.action_announce()
        with self.assertRefused("certificate"):
            self._pdf(["Anna"], CERTIFICATE)

    def test_nobody_else_prints_what_is_kept(self):
        self.run_.action_freeze()
        self._pdf(["Anna"])
        for user in (self.user_colleague, self.user_worker):
            with self.assertRaises(AccessError):
                self._pdf(["Anna"], user=user)
