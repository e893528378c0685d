# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import sys
from datetime import date
from itertools import combinations
from unittest import SkipTest
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...tools import rater_severity
from ..common_evaluation import YearCommon

QUARTERS = (date(2026, 2, 1), date(2026, 5, 1))
# what the members deserve, and how mild their mentors are: the mentors' scores are the sum
MERITS = range(58, 82, 2)
MILD = (0, 5, -5, 0, 6, -6, -4, 6, 0, -5, 3, 0)
# what HR gives beside the merit, from quarter to quarter
OFFICE = (1, -1)


@tagged("post_install", "-at_install")
class TestLeniency(YearCommon):
    """Twelve members, each with a mentor of their own, for two quarters; HR scores the reports.
    With HR's word it is seen who is mild and who is good, as far as twelve members tell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not rater_severity.is_available():
            raise SkipTest("SciPy is optional, and not installed")
        numbers = range(len(MERITS))
        names = [f"{who} {number}" for who in ("Member", "Mentor") for number in numbers]
        people = cls._new_employees(dict.fromkeys(names, (cls.line, cls.job_worker)))
        cls.mentors = people[len(MERITS) :]
        cls.members = cls._new_members(people[: len(MERITS)], date_admitted="2025-03-03")
        for number, day in enumerate(QUARTERS):
            cls._fill_quarter(number, day)
        cls.startClassPatcher(freeze_time("2027-01-11 09:00:00"))
        cls.run_ = cls._evaluate()

    @classmethod
    def _fill_quarter(cls, number, day):
        quarter = cls.env["hr.backbone.quarter"]._get_or_create(cls.company, day)
        reports, assessments = quarter._make_documents()
        for place, member in enumerate(cls.members):
            report = reports.filtered(lambda row, member=member: row.member_id == member)
            report._write_moved({"state": "accepted", "score": MERITS[place] + OFFICE[number]})
            assessment = assessments.filtered(lambda row, member=member: row.member_id == member)
            assessment._write_moved({"mentor_id": cls.mentors[place].id})
            # chance: one more, and one less
            assessment.line_ids.score = MERITS[place] + MILD[place] - OFFICE[(place + number) % 2]
            assessment._write_moved({"state": "submitted"})
        quarter._write_moved({"state": "closed"})

    def _get_effects(self, run=None):
        raters = {row.mentor_id: row.effect for row in (run or self.run_).rater_ids}
        return [raters.get(mentor) for mentor in self.mentors]

    def _get_adjusted(self, place):
        row = self.run_.evaluation_ids.filtered(lambda row: row.member_id == self.members[place])
        return row.score_assessment_raw, row.score_assessment

    def test_who_is_mild(self):
        """It is what was made up above, and less of it: HR alone says so, of twelve members."""
        for effect, mild in zip(self._get_effects(), MILD, strict=True):
            self.assertLess(abs(effect), abs(mild) + 1)
            if mild:
                self.assertGreater(effect / mild, 0.5)

    def test_what_is_taken_off(self):
        for place, effect in enumerate(self._get_effects()):
            raw, adjusted = self._get_adjusted(place)
            self.assertEqual(round(raw - adjusted, 2), round(effect, 2))

    def test_order_by_merit(self):
        """Fewer who deserve more come after who deserves less."""
        raw, adjusted = (
            sum(first > second for first, second in combinations(scores, 2))
            for scores in zip(*map(self._get_adjusted, range(len(MERITS))), strict=True)
        )
        self.assertLess(adjusted, raw)

    def test_what_it_rests_on(self):
        for row in self.run_.rater_ids:
            self.assertEqual((row.member_count, row.score_count), (1, 2))
            self.assertTrue(row.is_comparable)
            self.assertTrue(row.low < row.effect < row.high)
            self.assertFalse(row.why_not)
        self.assertEqual(set(self.run_.leniency_spread), set(rater_severity.Spread._fields))

    def test_without_hr_nothing_connects(self):
        """One mentor each, and no other word: not comparable, and nothing is taken off."""
        self.run_.leniency_report_weight = 0
        self.assertTrue(self.run_.is_stale)
        self.run_.action_compute()
        self._check_unadjusted("alone")

    def _check_unadjusted(self, why):
        """Nobody is comparable, for this reason, and it is said; the scores stay as they are."""
        self.assertFalse(any(self.run_.rater_ids.mapped("is_comparable")))
        self.assertEqual(set(self.run_.rater_ids.mapped("why_not")), {why})
        self.assertFalse(any(self._get_effects()))
        for row in self.run_.evaluation_ids:
            self.assertEqual(row.score_assessment, row.score_assessment_raw)
        self.assertFalse(self.run_.leniency_spread)
        self.assertFalse(self.run_._get_leniency_formula())
        self.assertIn("nothing shows how mild the mentors are", self.run_.method)

    def _set_reports(self, score):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_backbone_report SET score = %s WHERE member_id IN %s",
            [score, tuple(self.members.ids)],
        )
        self.env.invalidate_all()

    def test_hr_gives_all_the_same(self):
        """“Accept Reports” offers it. It tells nobody apart, and says nothing of the mentors: who
        was scored higher is not taken for who has a mild mentor."""
        self._set_reports(80)
        self.run_.action_compute()
        self._check_unadjusted("office")
        self.assertEqual(set(self.run_.rater_ids.mapped("member_count")), {1})

    def test_two_mentors(self):
        """HR scored the members of both: it takes three to say who is mild."""
        for member in self.members:
            of_member = [("member_id", "=", member.id)]
            mentor = self.mentors[member == self.members[0]]
            for assessment in self.env["hr.backbone.assessment"].search(of_member):
                assessment._write_moved({"mentor_id": mentor.id})
        self.run_.action_compute()
        self._check_unadjusted("few")

    def _give_second_opinions(self):
        """Each mentor gives one on the next one's member, in both quarters: none of them counts in
        what the member gets."""
        quarters = (
            self.env["hr.backbone.assessment"]
            .search([("member_id", "in", self.members.ids)])
            .quarter_id
        )
        for quarter in quarters:
            by_member = {row.member_id: row for row in quarter.assessment_ids}
            raters = {
                by_member[member]: self.mentors[(place + 1) % len(MERITS)]
                for place, member in enumerate(self.members)
            }
            made = self.env["hr.backbone.second.opinion"]._make_for(quarter, raters)
            for opinion in made:
                place = self.members.ids.index(opinion.member_id.id)
                opinion.line_ids.score = MERITS[place] + MILD[(place + 1) % len(MERITS)]
                opinion._write_moved({"state": "submitted"})

    def test_second_opinions_connect(self):
        """Without HR's word: not comparable before, and told apart with them. What members get
        from it is what is taken off their mentors, and nothing else."""
        self.run_.leniency_report_weight = 0
        self.run_.action_compute()
        before = [self._get_adjusted(place)[0] for place in range(len(MERITS))]
        self._give_second_opinions()
        self.env.invalidate_all()
        self.assertTrue(self.run_.is_stale)
        self.run_.action_compute()
        rows = self.run_.rater_ids
        self.assertTrue(all(rows.mapped("is_comparable")))
        for row in rows:
            self.assertEqual((row.member_count, row.score_count, row.opinion_count), (2, 4, 2))
        for effect, mild in zip(self._get_effects(), MILD, strict=True):
            self.assertAlmostEqual(effect, mild, delta=2)
        for place, effect in enumerate(self._get_effects()):
            raw, adjusted = self._get_adjusted(place)
            self.assertEqual(raw, before[place])
            self.assertEqual(round(raw - adjusted, 2), round(effect, 2))

    def test_corrected_second_opinions_do_not_count(self):
        """Whoever had read the other form was not blind any more."""
        self.run_.leniency_report_weight = 0
        self._give_second_opinions()
        opinions = self.env["hr.backbone.second.opinion"].search(
            [("member_id", "in", self.members.ids)]
        )
        opinions._write_moved({"date_both_in": "2026-06-01"})
        self.run_.action_compute()
        self.assertEqual(set(self.run_.rater_ids.mapped("opinion_count")), {2})
        opinions._note_returned([("id", "in", opinions.ids)])
        self.env.invalidate_all()
        self.assertTrue(self.run_.is_stale)
        self.run_.action_compute()
        self.assertEqual(set(self.run_.rater_ids.mapped("opinion_count")), {0})
        self.assertFalse(any(self.run_.rater_ids.mapped("is_comparable")))

    def test_second_opinions_without_scipy(self):
        """They are read all the same, and nothing is estimated of them."""
        self._give_second_opinions()
        with patch.dict(sys.modules, {"scipy": None}):
            self.env.invalidate_all()
            self.run_.action_compute()
            self.assertFalse(self.run_.rater_ids)
            self.assertIn("Second opinions can be read", self.run_.method)

    def test_switched_off(self):
        self.run_.is_lenient = False
        self.run_.action_compute()
        self.assertFalse(self.run_.rater_ids)
        self.assertIn("count as they were given.", self.run_.method)

    def test_without_scipy(self):
        """It is said, and the year is computed all the same; as soon as SciPy is there, it is
        computed again."""
        with patch.dict(sys.modules, {"scipy": None}):
            self.env.invalidate_all()
            self.assertTrue(self.run_.is_stale)
            self.run_.action_compute()
            self.assertIn("lacks the Python package “scipy”", self.run_.method)
            self.assertFalse(self.run_.rater_ids)
            raw, adjusted = self._get_adjusted(4)
            self.assertEqual(raw, adjusted)
        self.env.invalidate_all()
        self.assertTrue(self.run_.is_stale)

    def test_ten_points_on_top(self):
        """A mentor who gives everybody ten points more lifts the score by less than that."""
        before = self._get_adjusted(3)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_backbone_assessment SET total = total + 10 WHERE mentor_id = %s",
            [self.mentors[3].id],
        )
        self.env.invalidate_all()
        self.run_.action_compute()
        after = self._get_adjusted(3)
        self.assertGreater(after[0] - before[0], 9)
        self.assertLess(after[1] - before[1], 5)

    def test_method_in_sentences_and_formulas(self):
        """Two sentences on the page, and the formulas on a page of their own."""
        self.assertIn("HR the reports, with a weight of 100 %", self.run_.method)
        self.assertIn("Second opinions count for nothing else.", self.run_.method)
        self.assertNotIn("REML", self.run_.method)
        formula = " ".join(self.run_._get_leniency_formula())
        self.assertIn("y = m(q) + a(i) + s(r) + e", formula)
        spread = self.run_.leniency_spread
        self.assertIn(f"merit {spread['merit']:.2f}, leniency {spread['leniency']:.2f}", formula)
        self.assertIn(f"l is {spread['loading']:.2f}", formula)
        self.assertIn(f"a share of {spread['share']:.2f}", formula)

    def test_frozen_stays(self):
        self.run_.action_freeze()
        effects = self._get_effects()
        with self.assertRefused("never changes"):
            self.run_.action_compute()
        with self.assertRefused("never changes"):
            self.run_.leniency_report_weight = 5
        self.assertEqual(self._get_effects(), effects)

    def test_weight_is_a_share(self):
        for record, name, value in (
            (self.run_.sudo(), "leniency_report_weight", 101),
            (self.company, "backbone_leniency_report_weight", -1),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                record.write({name: value})
                record.flush_recordset()
            record.invalidate_recordset()

    def test_who_reads_it(self):
        """HR alone, and nobody writes it. A mentor in HR reads the own: raw and adjusted scores of
        the members stand side by side, and say as much."""
        row = self.run_.rater_ids[:1]
        with self.assertRaises(AccessError):
            row.with_user(self.user_officer).write({"effect": 0})
        for user in (self.user_leader, self.user_director, self.user_chair):
            with self.assertRaises(AccessError):
                row.with_user(user).read(["effect"])
        officer = "hr_backbone_training.group_hr_backbone_officer"
        mentor = self._new_users({"bt_mentor_in_hr": officer})
        self.mentors[0].user_id = mentor
        self.env.flush_all()
        for user in (self.user_officer, mentor):
            self.run_.rater_ids.with_user(user).read(["effect"])

    def test_form(self):
        with Form(self.run_) as form:
            form.leniency_report_weight = 50
        self.assertTrue(self.run_.is_stale)
