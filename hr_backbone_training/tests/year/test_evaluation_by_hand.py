# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import random
from datetime import date

from freezegun import freeze_time

from ..common_evaluation import YearCommon
from .by_method import PARTS, ByMethod

QUARTERS = (date(2026, 2, 1), date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1))
MISSED = "missed"
# reports and assessments from the first quarter to the fourth; None: nothing was owed
REPORTS = {
    "Ada": (80, 90, 85, 85),
    "Ben": (None, None, 70, 90),
    "Cleo": (None, 70, 80, 90),
    "Dora": (60, None, None, 80),
    "Emil": (75, MISSED, 85, 90),
    "Finn": (88, 88, 88, 88),
    "Gina": (70, 60, 70, 80),
    "Hugo": (90, 90, 90, 90),
    "Ida": (90, 90, 90, 90),
}
ASSESSMENTS = {
    "Ada": (96, 94, 95, 95),
    "Ben": (None, None, 50, 64),
    "Cleo": (None, 80, 84, 88),
    "Dora": (70, None, None, 80),
    "Emil": (MISSED, MISSED, MISSED, MISSED),
    "Finn": (94, 96, 80, 82),
    "Gina": (70, 74, 72, 72),
    "Hugo": (78, 78, 78, 78),
    "Ida": (78, 78, 78, 78),
}
MENTORS = {
    "Ada": ("Xaver",) * 4,
    "Ben": ("Ulf",) * 4,
    "Cleo": ("Walter",) * 4,
    "Dora": ("Vera",) * 4,
    "Emil": ("Yvonne",) * 4,
    "Finn": ("Xaver", "Xaver", "Zeno", "Zeno"),
    "Gina": ("Zeno",) * 4,
    "Hugo": ("Theo",) * 4,
    "Ida": ("Sven",) * 4,
}
# February, May and November; the state of the seat and the result
TRAININGS = {
    "2026-02-10": {
        "Ada": ("attended", 80),
        "Dora": ("attended", 60),
        "Emil": ("absent", False),
        "Finn": ("declined", False),
        "Gina": ("attended", 0),
        "Hugo": ("attended", False),
        "Ida": ("attended", False),
    },
    "2026-05-12": {"Ada": ("attended", 88), "Emil": ("attended", False)},
    "2026-11-10": {"Ada": ("declined", False), "Cleo": ("attended", False)},
}
# kind of the achievement, handed in, verified
ACHIEVEMENTS = {
    "Ada": (("qualification", "2026-03-02", "2026-03-09"), ("book", "2026-07-01", "2026-07-03")),
    "Finn": (
        ("qualification", "2026-03-02", "2026-03-09"),
        ("research", "2026-06-01", "2026-06-10"),
    ),
    "Gina": (("book", "2025-12-20", "2026-01-08"),),
}
# handed in, answered
SUGGESTIONS = {"Emil": ("2026-12-28", "2027-01-08"), "Finn": ("2026-05-04", "2026-05-20")}
# first day, last day, the host's score
ROTATIONS = {
    "Ada": (("2026-03-02", "2026-03-13", 80), ("2026-08-03", "2026-08-14", 90)),
    "Dora": (("2026-12-14", "2027-01-08", 90),),
    "Gina": (("2026-06-01", "2026-06-12", 0),),
}
# due, progress today, and on the last day of the year
ACTIONS = {
    "Ada": (("2026-06-30", 100, 100), ("2026-12-31", 100, 40), ("2027-03-31", 10, 10)),
    "Emil": (("2026-09-30", 60, 60),),
}


class YearByHand(YearCommon):
    """A year worked out on paper, by the method as it is printed: nine members of the third
    echelon.

    Weights: reports 20, assessments 40, training 15, achievements and suggestions 10, rotation 5,
    progress of the plan 10. A report that is missing counts as half of the mean of the others.
    Evaluated is whoever has two quarters and 50 of the weight.

    Quarters that count (working days 64, 65, 66 and 66, half of them 32, 32.5, 33 and 33)
        Ben was admitted on 24 August: 28 days of the third quarter, which does not count.
        Cleo was admitted on 11 May: 37 days of the second quarter, which counts.
        Dora was on leave from 2 April to 30 September: 1 day of the second, none of the third.
        Ben has one quarter and is not evaluated, Cleo has three, Dora two, the others four.

    Reports
        Ada (80 + 90 + 85 + 85) ÷ 4 = 85.00       Cleo (70 + 80 + 90) ÷ 3 = 80.00
        Dora (60 + 80) ÷ 2 = 70.00                Finn 88.00
        Emil: the mean of the others is 250 ÷ 3 = 83.33…, the missing one counts 41.66…:
              (250 + 41.66…) ÷ 4 = 72.92          Gina (70 + 60 + 70 + 80) ÷ 4 = 70.00
        Hugo and Ida 90.00

    Assessments
        Xaver is taken to be 3.00 points milder than the others, and Zeno 1.00 more severe: so much
        is taken off, or added.
        Ada 92.00, Cleo 84.00, Dora 75.00, Hugo and Ida 78.00, Gina 73.00
        Finn, who changed the mentor: (91 + 93 + 81 + 83) ÷ 4 = 87.00
        Emil: Yvonne wrote none, the part does not apply.

    Training
        Ada 2 of 2, since a declined invitation does not count; results 80 and 88, mean 84:
            (100 + 84) ÷ 2 = 92.00
        Cleo, Hugo and Ida 1 of 1, no result: 100.00
        Dora 1 of 1, result 60: 80.00             Emil 1 of 2, no result: 50.00
        Gina 1 of 1, result 0: (100 + 0) ÷ 2 = 50.00
        Finn declined the only one: the part does not apply.

    Achievements and suggestions
        Ada 40 + 15 = 55; Emil's suggestion of 28 December was adopted in January: 15 + 25 = 40;
        Finn 40 + 30 + 15 + 25 = 110, of which 100 count; Gina's book was handed in in the year
        before: 0; the others 0.

    Rotation: Ada (80 + 90) ÷ 2 = 85.00; Gina's host gave 0: 0.00; Dora's ends in January, and the
        others had none: the part does not apply.

    Plan: two actions of Ada's were due, at 100 and 40 on 31 December: 70.00; Emil 60.00; of the
        others none was due.

    Totals
        Ada   20 × 85 + 40 × 92 + 15 × 92 + 10 × 55 + 5 × 85 + 10 × 70     = 8,435    ÷ 100 = 84.35
        Cleo  20 × 80 + 40 × 84 + 15 × 100 + 10 × 0                        = 6,460    ÷ 85  = 76.00
        Dora  20 × 70 + 40 × 75 + 15 × 80 + 10 × 0                         = 5,600    ÷ 85  = 65.88
        Emil  20 × 72.92 + 15 × 50 + 10 × 40 + 10 × 60                     = 3,208.40 ÷ 55  = 58.33
        Finn  20 × 88 + 40 × 87 + 10 × 100                                 = 6,240    ÷ 70  = 89.14
        Gina  20 × 70 + 40 × 73 + 15 × 50 + 10 × 0 + 5 × 0                 = 5,070    ÷ 90  = 56.33
        Hugo  20 × 90 + 40 × 78 + 15 × 100 + 10 × 0                        = 6,420    ÷ 85  = 75.53
        Ida   as Hugo, admitted on the same day
    Finn 1, Ada 2, Cleo 3, Hugo and Ida 4, Dora 6, Emil 7, Gina 8. There are four places for the
    outstanding: Hugo and Ida share the fourth, so that five are named.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.backbone_missing_quarter = "half"
        weights = {"report": 20, "assessment": 40, "training": 15}
        weights.update(achievement=10, rotation=5, plan=10)
        cls.program.sudo().write({f"weight_{part}": value for part, value in weights.items()})
        lines = cls.program.line_ids.filtered(lambda line: line.echelon_id == cls.echelon_3)
        lines.outstanding_quota = 4
        names = [*REPORTS, *sorted({name for row in MENTORS.values() for name in row})]
        people = cls._new_employees(dict.fromkeys(names, (cls.line, cls.job_worker)))
        cls.people = dict(zip(names, people, strict=True))
        cls._admit()
        for number, day in enumerate(QUARTERS):
            cls._fill_quarter(number, day)
        cls._offer()
        cls._achieve()
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls._give_leniency({cls.people["Xaver"]: 3, cls.people["Zeno"]: -1})
        cls.startClassPatcher(freeze_time("2027-01-11 09:00:00"))
        cls.run_ = cls._evaluate()

    @classmethod
    def _admit(cls):
        members = cls._new_members(
            [cls.people[name] for name in REPORTS], date_admitted="2025-03-03"
        )
        cls.members = dict(zip(REPORTS, members, strict=True))
        cls.members["Ben"]._write_moved({"date_admitted": "2026-08-24"})
        cls.members["Cleo"]._write_moved({"date_admitted": "2026-05-11"})
        cls.env["hr.backbone.movement"].create(
            [
                {"member_id": cls.members["Dora"].id, "kind": kind, "date": day}
                for kind, day in (("suspended", "2026-04-02"), ("resumed", "2026-10-01"))
            ]
        )

    @classmethod
    def _fill_quarter(cls, number, day):
        quarter = cls.env["hr.backbone.quarter"]._get_or_create(cls.company, day)
        reports, assessments = quarter._make_documents()
        for report in reports:
            score = REPORTS[report.employee_id.name][number]
            if score is not None:
                missed = score == MISSED
                state = {"state": "missed"} if missed else {"state": "accepted", "score": score}
                report._write_moved(state)
        for assessment in assessments:
            name = assessment.employee_id.name
            score = ASSESSMENTS[name][number]
            assessment._write_moved({"mentor_id": cls.people[MENTORS[name][number]].id})
            if score == MISSED:
                assessment._write_moved({"state": "missed"})
            elif score is not None:
                assessment.line_ids.score = score
                assessment._write_moved({"state": "submitted"})
        quarter._write_moved({"state": "closed"})

    @classmethod
    def _offer(cls):
        """Trainings, rotations and plans."""
        for day, rows in TRAININGS.items():
            cls._hold(day, {cls.members[name]: row for name, row in rows.items()})
        for name, stays in ROTATIONS.items():
            for first, last, score in stays:
                cls._rotate(cls.members[name], first, last, score)
        for name, actions in ACTIONS.items():
            cls._plan(cls.people[name], actions)

    @classmethod
    def _rotate(cls, member, first, last, score):
        vals = {"member_id": member.id, "host_department_id": cls.works.id}
        rotation = cls.env["hr.backbone.rotation"].create(
            {**vals, "date_start": first, "date_end": last}
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            """UPDATE hr_backbone_rotation
                  SET state = 'done', score = %s, date_scored = date_end WHERE id = %s""",
            (score, rotation.id),
        )

    @classmethod
    def _plan(cls, person, actions):
        plan = cls.env["hr.backbone.plan"].create({"employee_id": person.id})
        lines = cls.env["hr.backbone.plan.line"].create(
            [
                {"plan_id": plan.id, "action": "Learn", "date_due": due, "progress": then}
                for due, _now, then in actions
            ]
        )
        plan._write_moved({"state": "active", "date_activated": "2026-01-05"})
        cls.env.flush_all()
        with freeze_time("2027-01-05 09:00:00"):
            for line, (_due, now, _then) in zip(lines, actions, strict=True):
                line.progress = now
            cls.env.flush_all()

    @classmethod
    def _achieve(cls):
        for name, rows in ACHIEVEMENTS.items():
            for kind, handed_in, verified in rows:
                row = cls.env["hr.backbone.achievement"].create(
                    {"member_id": cls.members[name].id, "kind": kind, "name": kind}
                )
                row._write_moved(
                    {"state": "verified", "date_submitted": handed_in, "date_verified": verified}
                )
        for name, (handed_in, answered) in SUGGESTIONS.items():
            row = cls.env["hr.backbone.suggestion"].create(
                {"member_id": cls.members[name].id, "name": "Less scrap"}
            )
            row._write_moved(
                {"state": "adopted", "date_submitted": handed_in, "date_decided": answered}
            )

    def _get(self, name, run=None):
        return (run or self.run_).evaluation_ids.filtered(lambda row: row.employee_name == name)

    def assertScores(self, field, **expected):
        found = {name: self._get(name)[field] for name in REPORTS}
        blank = dict.fromkeys(set(REPORTS) - set(expected), False)
        for name, value in {**expected, **blank}.items():
            if value is False:
                self.assertIs(found[name], False, (field, name))
            else:
                self.assertIsNot(found[name], False, (field, name))
                self.assertAlmostEqual(found[name], value, 2, (field, name))


class TestEvaluationByHand(YearByHand):
    """What the program computes is what stands in the docstring above."""

    def test_quarters(self):
        found = {name: self._get(name).settled_quarters for name in REPORTS}
        expected = {**dict.fromkeys(REPORTS, 4), "Ben": 1, "Cleo": 3, "Dora": 2}
        self.assertEqual(found, expected)
        third, fourth = self._get("Ben").quarters
        self.assertEqual((third["why"], third["active"], third["days"]), ("away", 28, 66))
        self.assertEqual((fourth["why"], fourth["active"]), (None, 66))
        self.assertEqual([row["active"] for row in self._get("Dora").quarters], [64, 1, 0, 66])

    def test_reports_and_assessments(self):
        reports = {"Ada": 85, "Ben": 90, "Cleo": 80, "Dora": 70, "Emil": 72.92}
        self.assertScores("score_report", **reports, Finn=88, Gina=70, Hugo=90, Ida=90)
        assessments = {"Ada": 92, "Ben": 64, "Cleo": 84, "Dora": 75, "Finn": 87}
        self.assertScores("score_assessment", **assessments, Gina=73, Hugo=78, Ida=78)
        emil = self._get("Emil")
        self.assertEqual((emil.missing_reports, emil.missing_assessments), (1, 4))

    def test_the_other_parts(self):
        trainings = {"Ada": 92, "Cleo": 100, "Dora": 80, "Emil": 50, "Gina": 50}
        self.assertScores("score_training", **trainings, Hugo=100, Ida=100)
        points = {"Ada": 55, "Emil": 40, "Finn": 100}
        self.assertScores("score_achievement", **{**dict.fromkeys(REPORTS, 0), **points})
        self.assertScores("score_rotation", Ada=85, Gina=0)
        self.assertScores("score_plan", Ada=70, Emil=60)

    def test_totals_ranks_and_award(self):
        totals = {"Ada": 84.35, "Cleo": 76, "Dora": 65.88, "Emil": 58.33, "Finn": 89.14}
        self.assertScores("total", **totals, Gina=56.33, Hugo=75.53, Ida=75.53)
        ranks = {"Finn": 1, "Ada": 2, "Cleo": 3, "Hugo": 4, "Ida": 4, "Dora": 6}
        self.assertScores("rank", **ranks, Emil=7, Gina=8)
        self.assertEqual(self._get("Ada").rank_count, 8)
        named = self.run_.evaluation_ids.filtered("is_outstanding").mapped("employee_name")
        self.assertEqual(sorted(named), ["Ada", "Cleo", "Finn", "Hugo", "Ida"])

    def test_who_is_not_evaluated(self):
        ben = self._get("Ben")
        self.assertFalse(ben.is_evaluated or ben.is_outstanding)
        self.assertEqual(ben.not_evaluated_reason, "quarters")
        for name in ("total", "base", "rank", "rank_count", "grade", "recommendation"):
            self.assertIs(ben[name], False, name)
        self.assertIn("count for Ben: 1, and at least 2", ben.not_evaluated)
        self.assertEqual((self.run_.evaluated_count, self.run_.left_out_count), (8, 1))
        with self.assertRefused("Ben is not evaluated"):
            ben.write({"adjustment": 1, "adjustment_reason": "Late"})
        [(mean,)] = self.run_.evaluation_ids._read_group(
            [("run_id", "=", self.run_.id)], [], ["total:avg"]
        )
        # 581.09 ÷ 8, without Ben
        self.assertEqual(round(mean, 2), 72.64)

    def test_too_little_weight(self):
        """Emil's mentor wrote nothing: without the plan, 45 of the weight are left."""
        plan = self.env["hr.backbone.plan"].search([("employee_id", "=", self.people["Emil"].id)])
        plan.line_ids.sudo().date_due = "2027-06-30"
        run = self._evaluate()
        emil = self._get("Emil", run)
        self.assertEqual((emil.is_evaluated, emil.not_evaluated_reason), (False, "weight"))
        self.assertIn("45 % of the weight", emil.not_evaluated)
        self.company.backbone_least_weight = 45
        run.action_compute()
        self.assertAlmostEqual(self._get("Emil", run).total, 57.96, 2)

    def test_least_quarters_are_a_setting(self):
        self.company.backbone_least_quarters = 1
        self.env.invalidate_all()
        self.assertTrue(self.run_.is_stale)
        self.run_.action_compute()
        # (20 × 90 + 40 × 64 + 10 × 0) ÷ 70
        self.assertScores(
            "rank",
            **dict(zip(("Finn", "Ada", "Cleo"), (1, 2, 3), strict=True)),
            Hugo=4,
            Ida=4,
            Dora=6,
            Ben=7,
            Emil=8,
            Gina=9,
        )
        self.assertAlmostEqual(self._get("Ben").total, 62.29, 2)

    def test_page_and_paper_state_the_parts(self):
        ada, finn, ben = (self._form(self._get(name)) for name in ("Ada", "Finn", "Ben"))
        self.assertEqual(
            [part["weight"] for part in ada["parts"]],
            ["20.00 %", "40.00 %", "15.00 %", "10.00 %", "5.00 %", "10.00 %"],
        )
        training = finn["parts"][2]
        self.assertEqual((training["score"], training["weight"]), ("–", "–"))
        self.assertIn("No session", training["why"])
        # 20 ÷ 70 of the total
        self.assertEqual(
            (finn["parts"][0]["weight"], finn["parts"][0]["points"]), ("28.57 %", "25.14")
        )
        self.assertIn("Ben", ben["why"])
        self.assertIn("28 of 66 working days", ben["quarters"][0]["why"])
        self.assertEqual({part["weight"] for part in ben["parts"]}, {"–"}, "they make no total")
        self.assertEqual({part["points"] for part in ben["parts"]}, {"–"})
        self.assertEqual((ben["base"], ben["adjustment"]), ("–", "–"))
        self.assertEqual(ben["parts"][0]["score"], "90.00")
        printed = self.env["ir.actions.report"]._render_qweb_html(
            "hr_backbone_training.report_evaluation", self._get("Ben").ids
        )[0]
        self.assertIn(b"Not evaluated", printed)
        self.assertIn("Does not apply", self._get("Finn").parts)

    def test_what_is_counted_makes_it_stale(self):
        rotation = self.env["hr.backbone.rotation"].search(
            [("member_id", "=", self.members["Gina"].id)]
        )
        action = self.env["hr.backbone.plan.line"].search([("date_due", "=", "2026-09-30")])
        dora = self.env["hr.backbone.movement"].search([("kind", "=", "resumed")])
        for change in (
            lambda: rotation._write_moved({"state": "cancelled"}),
            lambda: action.sudo().write({"date_due": "2027-09-30"}),
            lambda: self.env.cr.execute(
                "UPDATE hr_backbone_movement SET date = '2026-07-01' WHERE id = %s", dora.ids
            ),
        ):
            self.assertFalse(self.run_.is_stale)
            change()
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertTrue(self.run_.is_stale)
            self.run_.action_compute()


class TestEvaluationMetamorphic(YearByHand):
    """What must make no difference makes none."""

    COMPARED = ("total", "rank", "score_report", "score_assessment", "is_outstanding", "grade")

    def _results(self):
        self.env.flush_all()
        self.env.invalidate_all()
        run = self._evaluate()
        return {
            name: tuple(self._get(name, run)[field] for field in self.COMPARED) for name in REPORTS
        }

    def _get_documents(self, name, number):
        domain = [("member_id", "=", self.members[name].id), ("quarter_id.number", "=", number)]
        report, assessment = (
            self.env[f"hr.backbone.{kind}"].search(domain) for kind in ("report", "assessment")
        )
        return report, assessment

    def test_nobody_wrote_an_assessment(self):
        """The same as if that quarter were not owed; Hugo's reports are all alike."""
        report, assessment = self._get_documents("Hugo", 4)
        assessment._write_moved({"state": "missed"})
        missed = self._results()
        self.assertEqual(missed["Hugo"][:2], (75.53, 4))
        assessment._write_moved({"state": "draft", "is_closed": True})
        self.assertEqual(self._results(), missed)
        assessment._write_moved({"state": "missed", "mentor_id": False})
        self.assertEqual(self._results(), missed)
        report._write_moved({"state": "draft", "is_closed": True})
        self.assertEqual(self._results(), missed)

    def test_a_report_that_hr_did_not_accept(self):
        """Nor does what HR owes count against the member."""
        report, _assessment = self._get_documents("Hugo", 4)
        before = self._results()
        report._write_moved({"state": "submitted"})
        self.assertEqual(self._results(), before)

    def test_names_and_order(self):
        before = self._results()
        mentors = sorted({name for row in MENTORS.values() for name in row})
        for old, new in zip(mentors, reversed(mentors), strict=True):
            self.people[old].name = f"{new} Another"
        self.env.flush_all()
        for table in ("report", "assessment", "training_participant", "member", "movement"):
            # each row is written anew, the last one first
            self.env.cr.execute(
                f"SELECT id FROM hr_backbone_{table} WHERE company_id = %s ORDER BY id DESC",
                [self.company.id],
            )
            for (number,) in self.env.cr.fetchall():
                self.env.cr.execute(f"UPDATE hr_backbone_{table} SET id = id WHERE id = {number}")
        self.assertEqual(self._results(), before)


class TestEvaluationByMethod(YearByHand):
    """Whoever follows the printed method reaches the same to 0.01, whatever the documents say."""

    def test_the_year_above(self):
        self._compare(self.run_)

    def test_random_years(self):
        for seed in range(8):
            with self.subTest(seed=seed):
                self._shuffle(random.Random(seed))
                self._compare(self._evaluate())

    def _compare(self, run):
        members = self.env["hr.backbone.member"].union(*self.members.values())
        expected = ByMethod(run).evaluate(members)
        for name, member in self.members.items():
            row = self._get(name, run)
            self.assertEqual(row.is_evaluated, bool(expected[member]), name)
            if expected[member]:
                total, rank = expected[member]
                self.assertAlmostEqual(row.total, float(total), delta=0.011, msg=name)
                self.assertEqual(row.rank, rank, name)

    def _shuffle(self, dice):
        """Another year of the same people."""
        cuts = sorted(dice.sample(range(0, 101, 5), 5))
        weights = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
        program = dict(zip((f"weight_{part}" for part in PARTS), weights, strict=True))
        self.program.sudo().write(program)
        self.company.backbone_missing_quarter = dice.choice(("zero", "half", "skip"))
        self.company.backbone_leniency = dice.random() < 0.7
        self.company.backbone_least_weight = dice.choice((1, 30, 50))
        mentors = [self.people[name].id for name in ("Xaver", "Zeno", "Walter", "Vera")]
        of_year = [("company_id", "=", self.company.id)]
        for report in self.env["hr.backbone.report"].search(of_year):
            state = dice.choice(
                ("accepted", "accepted", "accepted", "missed", "submitted", "draft")
            )
            score = dice.randint(0, 1000) / 10 if state == "accepted" else False
            report._write_moved({"state": state, "score": score})
        for assessment in self.env["hr.backbone.assessment"].search(of_year):
            assessment._write_moved({"state": "draft", "mentor_id": dice.choice(mentors)})
            assessment.line_ids.sudo().score = dice.randint(0, 100)
            state = dice.choice(("submitted", "submitted", "submitted", "missed"))
            assessment._write_moved({"state": state})
        for seat in self.env["hr.backbone.training.participant"].search(of_year):
            seat.score = dice.choice((False, 0, dice.randint(1, 100)))
            seat._write_moved({"state": dice.choice(("attended", "absent", "declined"))})
        self._move_days(dice)
        self.env.flush_all()
        self.env.invalidate_all()

    def _move_days(self, dice):
        """When members came, and were away."""
        first, last = sorted(dice.sample(range(1, 366), 2))
        for number, kind in ((first, "suspended"), (last, "resumed")):
            self.env.cr.execute(
                """UPDATE hr_backbone_movement SET date = DATE '2025-12-31' + %s
                    WHERE member_id = %s AND kind = %s""",
                (number, self.members["Dora"].id, kind),
            )
        for name in ("Ben", "Cleo"):
            day = date.fromordinal(date(2026, 1, 1).toordinal() + dice.randrange(300))
            self.members[name]._write_moved({"date_admitted": day})


class TestEvaluationMigration(YearByHand):
    """What there was before stays as it was."""

    def test_weights_and_rows_of_before(self):
        none = {"weight_rotation": 0, "weight_plan": 0}
        self.program.sudo().write({"weight_report": 25, "weight_achievement": 20, **none})
        self.run_.write({"weight_report": 35, **none})
        self.run_.action_compute()
        self.env.flush_all()
        for table, columns in (
            ("hr_backbone_evaluation", ["is_evaluated"]),
            ("hr_backbone_evaluation_run", ["weight_rotation", "weight_plan"]),
            ("hr_backbone_program", ["weight_rotation", "weight_plan"]),
        ):
            for column in columns:
                self.env.cr.execute(f"UPDATE {table} SET {column} = NULL")
        for _again in range(2):
            self._run_migration("19.0.1.2.0/pre-evaluation.py")
        self.env.invalidate_all()
        run = self.run_
        self.assertEqual((run.weight_report, run.weight_rotation, run.weight_plan), (35, 0, 0))
        self.assertEqual((self.program.weight_rotation, self.program.weight_plan), (0, 0))
        self.assertTrue(all(run.evaluation_ids.mapped("is_evaluated")))
