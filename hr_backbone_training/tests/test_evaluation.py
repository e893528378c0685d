from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BackboneCommon


@tagged("post_install", "-at_install")
class TestEvaluation(BackboneCommon):
    """A small year, worked out on paper: four members of the third echelon, three mentors.

    Weights: reports 25, assessments 50, training 15, achievements and suggestions 10. A
    missing quarter counts as zero; leniency is adjusted with a shrinkage of 4.

    Reports, as HR accepted them         Q1    Q2    mean
        Anna                             90    80    85.00
        Bert                             70     –    35.00    (70 + 0) ÷ 2
        Cora                             85    95    90.00
        Dirk                             60    60    60.00

    Assessments                          Q1    Q2    raw mean
        Xaver assesses Anna              96    94    95.00
        Xaver assesses Bert              88    90    89.00
        Yvonne assesses Cora             70    74    72.00
        Zeno assesses Dirk               80    84    82.00
        Mean of all eight: 676 ÷ 8 = 84.50. Xaver's mean is 368 ÷ 4 = 92.00, of two members:
        his scores are shifted by (2 − 1) ÷ (2 − 1 + 4) × (92 − 84.5) = 0.2 × 7.5 = 1.50.
        Yvonne and Zeno have one member each and are not adjusted.
        Anna 93.50, Bert 87.50, Cora 72.00, Dirk 82.00

    Training                             attended   result   score
        Anna                             1 of 1     80       (100 + 80) ÷ 2 = 90.00
        Bert                             1 of 2     none     50.00
        Cora                             none offered: the other parts make the total
        Dirk                             2 of 2     none     100.00

    Achievements: Bert a qualification, 40; Cora a book, 15, and an adopted suggestion,
    15 + 25, makes 55; the others none.

    Totals
        Anna  0.25 × 85 + 0.5 × 93.5 + 0.15 × 90             = 21.25 + 46.75 + 13.5 = 81.50
        Bert  0.25 × 35 + 0.5 × 87.5 + 0.15 × 50 + 0.1 × 40  = 8.75 + 43.75 + 7.5 + 4 = 64.00
        Cora  (25 × 90 + 50 × 72 + 10 × 55) ÷ 85             = 6400 ÷ 85 = 75.29
        Dirk  0.25 × 60 + 0.5 × 82 + 0.15 × 100              = 15 + 41 + 15 = 71.00
    HR adds 4.29 points to Dirk, who then equals Cora at 75.29 and passes her, since his
    assessments are better: Anna 1, Dirk 2, Cora 3, Bert 4. One place for the outstanding: Anna.
    """

    REPORTS = {"Anna": (90, 80), "Bert": (70, None), "Cora": (85, 95), "Dirk": (60, 60)}
    ASSESSMENTS = {"Anna": (96, 94), "Bert": (88, 90), "Cora": (70, 74), "Dirk": (80, 84)}
    MENTORS = {"Anna": "Xaver", "Bert": "Xaver", "Cora": "Yvonne", "Dirk": "Zeno"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            name: cls._new_employee(
                cls._new_user(f"bt_{name.lower()}", name=name), cls.line, cls.job_worker
            )
            for name in cls.REPORTS
        }
        cls.mentors = {
            name: cls._new_employee(None, cls.board, cls.job_manager, name=name)
            for name in ("Xaver", "Yvonne", "Zeno")
        }
        cls.members = {
            name: cls.env["hr.backbone.member"]._create_moved(
                [
                    {
                        "employee_id": employee.id,
                        "echelon_id": cls.echelon_3.id,
                        "date_admitted": "2026-01-05",
                    }
                ]
            )
            for name, employee in cls.people.items()
        }
        for name, member in cls.members.items():
            member._on_mentor_changed(cls.mentors[cls.MENTORS[name]])
        for index, day in enumerate((date(2026, 2, 1), date(2026, 5, 1))):
            cls._fill_quarter(index, day)
        cls._train()
        cls._work()
        cls.startClassPatcher(freeze_time("2027-01-11 09:00:00"))
        cls.run_ = (
            cls.env["hr.backbone.evaluation.run"]
            .with_user(cls.user_officer)
            .create({"program_id": cls.program.id})
        )
        cls.run_.action_compute()

    @classmethod
    def _fill_quarter(cls, index, day):
        quarter = cls.env["hr.backbone.quarter"]._get_or_create(cls.company, day)
        reports, assessments = quarter._make_documents()
        for name, scores in cls.REPORTS.items():
            report = reports.filtered(lambda r, name=name: r.member_id == cls.members[name])
            if scores[index] is None:
                report._write_moved({"state": "missed", "is_late": True})
            else:
                report._write_moved({"state": "accepted", "score": scores[index]})
        for name, scores in cls.ASSESSMENTS.items():
            assessment = assessments.filtered(lambda a, name=name: a.member_id == cls.members[name])
            assessment.line_ids.score = scores[index]
            assessment._write_moved({"state": "submitted"})

    @classmethod
    def _train(cls):
        for number, results in enumerate(
            (
                {"Anna": ("attended", 80), "Bert": ("attended", 0), "Dirk": ("attended", 0)},
                {"Bert": ("absent", 0), "Dirk": ("attended", 0)},
            )
        ):
            training = cls.env["hr.backbone.training"].create(
                {
                    "name": f"Leading {number}",
                    "kind": "internal",
                    "company_id": cls.company.id,
                    "date_start": f"2026-04-{10 + number} 08:00:00",
                    "date_end": f"2026-04-{10 + number} 12:00:00",
                }
            )
            for name, (state, score) in results.items():
                row = cls.env["hr.backbone.training.participant"].create(
                    {"training_id": training.id, "member_id": cls.members[name].id}
                )
                row.score = score
                row._write_moved({"state": state})

    @classmethod
    def _work(cls):
        for name, kind in (("Bert", "qualification"), ("Cora", "book")):
            achievement = cls.env["hr.backbone.achievement"].create(
                {"member_id": cls.members[name].id, "kind": kind, "name": kind}
            )
            achievement._write_moved({"state": "verified", "date_verified": "2026-06-01"})
        suggestion = cls.env["hr.backbone.suggestion"].create(
            {"member_id": cls.members["Cora"].id, "name": "Less scrap"}
        )
        suggestion._write_moved({"state": "adopted", "date_decided": "2026-06-01"})

    def _get(self, name, run=None):
        return (run or self.run_).evaluation_ids.filtered(
            lambda evaluation: evaluation.employee_name == name
        )

    def _adjust(self):
        self._get("Dirk").write({"adjustment": 4.29, "adjustment_reason": "Led the flood team"})

    def assertScores(self, field, **expected):
        found = {name: round(self._get(name)[field], 2) for name in expected}
        self.assertEqual(found, expected)

    # -- the figures -------------------------------------------------------------------

    def test_parts(self):
        self.assertScores("score_report", Anna=85, Bert=35, Cora=90, Dirk=60)
        self.assertScores("score_assessment_raw", Anna=95, Bert=89, Cora=72, Dirk=82)
        self.assertScores("score_assessment", Anna=93.5, Bert=87.5, Cora=72, Dirk=82)
        self.assertScores("score_training", Anna=90, Bert=50, Cora=0, Dirk=100)
        self.assertScores("score_achievement", Anna=0, Bert=40, Cora=55, Dirk=0)

    def test_totals_ranks_and_award(self):
        self.assertScores("total", Anna=81.5, Bert=64, Cora=75.29, Dirk=71)
        self.assertScores("rank", Anna=1, Cora=2, Dirk=3, Bert=4)
        self._adjust()
        self.assertScores("total", Anna=81.5, Bert=64, Cora=75.29, Dirk=75.29)
        self.assertScores("rank", Anna=1, Dirk=2, Cora=3, Bert=4)
        self.assertEqual(self.run_.evaluation_ids.filtered("is_outstanding"), self._get("Anna"))
        grades = {name: self._get(name).grade for name in self.members}
        self.assertEqual(grades, {"Anna": "B", "Bert": "C", "Cora": "B", "Dirk": "B"})
        self.assertEqual(self._get("Anna").recommendation, "promote")

    def test_without_leniency(self):
        self.run_.is_lenient = False
        self.assertTrue(self.run_.is_stale)
        self.run_.action_compute()
        self.assertScores("score_assessment", Anna=95, Bert=89, Cora=72, Dirk=82)
        self.assertScores("total", Anna=82.25, Bert=64.75)

    def test_missing_quarter_by_rule(self):
        for rule, bert in (("skip", 70), ("half", 52.5), ("zero", 35)):
            with self.subTest(rule=rule):
                self.run_.missing_quarter = rule
                self.run_.action_compute()
                self.assertScores("score_report", Bert=bert)

    def test_what_still_runs_is_not_missing(self):
        quarter = self.env["hr.backbone.quarter"]._get_or_create(self.company, date(2026, 8, 1))
        quarter._make_documents()
        self.run_.action_compute()
        self.assertScores("total", Anna=81.5)
        anna = quarter.report_ids.filtered(lambda r: r.member_id == self.members["Anna"])
        anna._write_moved({"state": "missed"})
        quarter._write_moved({"state": "closed"})
        self.run_.action_compute()
        self.assertScores("score_report", Dirk=60)
        # (90 + 80 + 0) ÷ 3
        self.assertScores("score_report", Anna=56.67)

    def test_equal_in_all_share_the_rank(self):
        for name in ("Anna", "Dirk"):
            self.members[name].invalidate_recordset()
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE hr_backbone_evaluation
                  SET score_report = 80, score_assessment = 80, has_training = FALSE,
                      score_achievement = 80
                WHERE run_id = %s AND employee_name IN ('Anna', 'Dirk')""",
            [self.run_.id],
        )
        self.env.invalidate_all()
        self.run_.sudo()._compute_totals()
        self.assertScores("rank", Anna=1, Dirk=1, Cora=3, Bert=4)
        self.assertEqual(self.run_.outstanding_count, 2)

    def test_computing_again_keeps_the_adjustment(self):
        self._adjust()
        self.run_.action_compute()
        self.assertScores("total", Dirk=75.29)

    def test_who_left_is_not_ranked(self):
        self.members["Bert"].with_user(self.user_officer).action_exit("Moved abroad")
        self.run_.action_compute()
        self.assertFalse(self._get("Bert"))
        self.assertScores("rank_count", Anna=3)

    # -- HR's adjustment ---------------------------------------------------------------

    def test_adjustment_needs_a_reason_within_the_limit(self):
        with self.assertRefused("reason", "Dirk"):
            self._get("Dirk").adjustment = 2
        with self.assertRefused("5 points"):
            self._get("Dirk").write({"adjustment": 6, "adjustment_reason": "Much"})

    def test_scores_are_not_typed(self):
        with self.assertRefused("computed"):
            self._get("Dirk").total = 99
        with self.assertRefused("directly"):
            self._get("Dirk").sudo().state = "decided"

    # -- simulate, compare, freeze -----------------------------------------------------

    def test_compare_two(self):
        other = self.run_.copy({"label": "Training counts"})
        other.write({"weight_assessment": 25, "weight_training": 40})
        other.action_compute()
        other.compare_id = self.run_
        dirk = self._get("Dirk", other)
        # 0.25 × 60 + 0.25 × 82 + 0.4 × 100
        self.assertEqual(dirk.total, 75.5)
        self.assertEqual(dirk.compare_total, 71)
        self.assertEqual(dirk.compare_rank - dirk.rank, dirk.compare_change)

    def test_frozen_never_changes(self):
        self._adjust()
        self.run_.action_freeze()
        self.assertEqual(self.run_.version, 1)
        total = self._get("Dirk").total
        for change in (
            lambda: self._get("Dirk").write({"adjustment": 1, "adjustment_reason": "x"}),
            lambda: self.run_.write({"weight_report": 30, "weight_training": 10}),
            self.run_.action_compute,
            self.run_.unlink,
        ):
            with self.assertRefused():
                change()
        self.people["Dirk"].name = "Dirk Another"
        self.program.write({"weight_report": 75, "weight_assessment": 0})
        self.line.name = "Renamed"
        self.env.invalidate_all()
        self.assertEqual(self._get("Dirk").total, total)
        self.assertTrue(self.run_._is_intact())

    def test_printed_again_it_is_the_same(self):
        self.run_.action_freeze()
        report = self.env["ir.actions.report"]

        def render():
            return report._render_qweb_html(
                "hr_backbone_training.report_evaluation", self._get("Cora").ids
            )[0]

        before = render()
        self.assertIn(b"75.29", before)
        with freeze_time("2028-02-29 09:00:00"):
            self.people["Cora"].name = "Cora Married"
            self.people["Cora"].job_id = self.job_leader
            self.company.name = "Another Name"
            self.members["Cora"].with_user(self.user_officer).action_exit("Left")
            self.env.invalidate_all()
            self.assertEqual(render(), before)

    def test_tampering_shows(self):
        self.run_.action_freeze()
        cora = self._get("Cora")
        self.env.cr.execute("UPDATE hr_backbone_evaluation SET total = 99 WHERE id = %s", [cora.id])
        self.env.invalidate_all()
        self.assertFalse(self.run_._is_intact())
        self.assertFalse(cora._get_form_values()["intact"])

    def test_stale_is_not_frozen(self):
        self.assertFalse(self.run_.is_stale)
        self.program.points_book = 20
        with self.assertRefused("again"):
            self.run_.action_freeze()
        self.program.points_book = 15
        self.run_.shrinkage = 9
        with self.assertRefused("again"):
            self.run_.action_freeze()

    def test_correction_is_a_new_version(self):
        self._adjust()
        self.run_.action_freeze()
        self.run_.action_announce()
        other = self.run_.copy()
        other.action_compute()
        with self.assertRefused("in force"):
            other.action_freeze()
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        self.assertEqual(self._get("Dirk", correction).adjustment, 4.29)
        with self.assertRefused("why"):
            correction.action_freeze()
        correction.reason = "Two scores were mixed up"
        correction.action_freeze()
        self.assertEqual(correction.version, 2)
        self.assertEqual(self.run_.state, "superseded")
        self.assertEqual(correction.decision_ids[:1].comment, "Two scores were mixed up")

    # -- consequences ------------------------------------------------------------------

    def test_award(self):
        line = self.program.line_ids.filtered(lambda r: r.echelon_id == self.echelon_3)
        line.incentive = "A study trip"
        self.run_.action_freeze()
        self.run_.action_announce()
        anna = self._get("Anna").sudo()
        self.assertEqual(anna.badge_user_id.employee_id, self.people["Anna"])
        self.assertIn("2026", anna.resume_line_id.name)
        self.assertEqual(anna.incentive, "A study trip")
        told = self.env["hr.backbone.outstanding"].with_user(self.user_colleague).search([])
        self.assertEqual(told.mapped("employee_name"), ["Anna"])
        self.assertFalse(self._get("Dirk").sudo().badge_user_id)

    def test_correction_takes_the_award_back(self):
        self.run_.action_freeze()
        self.run_.action_announce()
        anna = self._get("Anna").sudo()
        badge, line = anna.badge_user_id, anna.resume_line_id
        correction = self.run_.browse(self.run_.action_correct()["res_id"])
        self._get("Anna", correction).write(
            {"adjustment": -5, "adjustment_reason": "Copied a report"}
        )
        self._get("Cora", correction).write({"adjustment": 5, "adjustment_reason": "Her report"})
        correction.reason = "A report was copied"
        correction.action_freeze()
        correction.action_announce()
        self.assertFalse(badge.exists() or line.exists())
        self.assertTrue(self._get("Cora", correction).sudo().badge_user_id)

    def test_one_click_each_becomes_a_movement(self):
        self.run_.action_freeze()
        self._get("Anna").action_promote()
        self.assertEqual(self.members["Anna"].echelon_id, self.echelon_2)
        self.assertEqual(self.members["Anna"].movement_ids[:1].kind, "promoted")
        self._get("Dirk").action_keep()
        self.assertEqual(self._get("Dirk").decision, "keep")
        self._get("Cora").action_honour("Head of the line")
        self.assertEqual(self.members["Cora"].state, "exited")
        self.assertIn("Head of the line", self.members["Cora"].movement_ids[:1].reason)
        self._get("Bert").action_move(self.echelon_1.id)
        self.assertEqual(self.members["Bert"].echelon_id, self.echelon_1)
        with self.assertRefused("not possible"):
            self._get("Anna").action_keep()

    def test_exit_needs_a_reason(self):
        self.run_.action_freeze()
        with self.assertRefused("comment"):
            self._get("Bert").action_exit()

    def test_decisions_wait_for_the_freeze(self):
        with self.assertRefused("not possible"):
            self._get("Anna").action_keep()

    # -- who ---------------------------------------------------------------------------

    def test_only_hr(self):
        with self.assertRaises(AccessError):
            self.run_.with_user(self.user_manager).action_compute()
        self.run_.action_freeze()
        with self.assertRaises(AccessError):
            self._get("Anna").with_user(self.people["Anna"].user_id).read(["total"])
        self.run_.action_announce()
        anna = self._get("Anna").with_user(self.people["Anna"].user_id)
        self.assertEqual(anna.total, 81.5)
        self.assertFalse(anna.search([("employee_name", "=", "Dirk")]))
        leader = self._get("Dirk").with_user(self.user_leader)
        self.assertEqual(leader.total, 71)
        with self.assertRefused("Only HR"):
            leader.action_keep()
