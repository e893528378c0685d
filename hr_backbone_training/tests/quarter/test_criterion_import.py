# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import BackboneCommon
from ..common_import import ImportMixin

PROGRAM, ECHELON = "Next Year", "Third Echelon"
ROW = (PROGRAM, ECHELON, "Quality", "90: no rework", "60")
REST = (PROGRAM, ECHELON, "Helping", "90: teaches", "40")


@tagged("post_install", "-at_install")
class TestCriterionImport(ImportMixin, BackboneCommon):
    """What mentors assess by comes in from a list: 100 points in all."""

    _import_model = "hr.backbone.criterion"
    _import_headers = ("Program", "Echelon", "Criterion", "What the points mean", "Weight (points)")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.next_year = cls._new_program(cls.env["hr.backbone.program"], cls.user_officer)

    @classmethod
    def _new_program(cls, programs, user, name=PROGRAM, year=2027):
        """A draft without criteria."""
        return cls._as(programs, user).create(
            {
                "name": name,
                "year": year,
                "recommendation_start": date(2027, 3, 1),
                "recommendation_end": date(2027, 3, 31),
                "criterion_ids": [],
            }
        )

    def test_template_fits(self):
        self.next_year.name = "Backbone Training 2027"
        first, second = self._import_template()
        self.assertEqual((first | second).program_id, self.next_year)
        self.assertEqual((first.weight, second.weight), (60, 40))
        self.assertEqual(first.echelon_id, self.echelon_3)

    def test_good_list(self):
        result = self._import([ROW, REST])
        self.assertEqual(result["messages"], [])
        self.assertEqual(self.next_year.criterion_ids.ids, result["ids"])
        self.assertEqual(self.next_year.criterion_totals, "Third Echelon: 100 of 100")
        self.next_year.action_start()

    def test_more_than_100_points(self):
        """In the list, and with what is stored, as on the form."""
        self._assert_refused([ROW, (*REST[:4], "41")], 1, "add up to 101 points instead of 100")
        self.assertEqual(self._import([ROW])["messages"], [])
        self._assert_refused([(*REST[:4], "41")], 0, "add up to 101 points instead of 100")
        self._assert_refused(
            [(self.program.name, *ROW[1:])], 0, "add up to 160 points instead of 100"
        )

    def test_usual_criteria_are_in_the_way(self):
        """Every new program has them: HR is told what to do."""
        stored = self.program.criterion_ids
        self.env.cr.execute(
            "UPDATE hr_backbone_criterion SET create_date = create_date - interval '1 day' "
            "WHERE id IN %s",
            [tuple(stored.ids)],
        )
        row = (self.program.name, *ROW[1:])
        self._assert_refused([row], 0, "Some are stored already, as in every new program")
        stored.filtered(lambda c: c.echelon_id == self.echelon_3).unlink()
        self.assertEqual(self._import([row])["messages"], [])

    def test_less_than_100_points(self):
        """As on the form: the program says so, and does not start."""
        self.assertEqual(self._import([ROW])["messages"], [])
        self.assertEqual(self.next_year.criterion_totals, "Third Echelon: 60 of 100")
        with self.assertRefused(
            "Third Echelon", "add up to 60 points instead of 100", error=UserError
        ):
            self.next_year.action_start()

    def test_bad_rows(self):
        for bad, sentence in (
            (("Unknown", *REST[1:]), "Unknown"),
            ((PROGRAM, "", *REST[2:]), "“Echelon” is missing"),
            ((PROGRAM, "Fourth Echelon", *REST[2:]), "Fourth Echelon"),
            ((*REST[:2], "", *REST[3:]), "“Criterion” is missing"),
            ((*REST[:4], ""), "“Weight (points)” is missing"),
            ((*REST[:4], "0"), "A weight lies between 1 and 100 points"),
            ((*ROW[:2], "QUALITY", "", "40"), "“QUALITY” is a duplicate"),
        ):
            with self.subTest(row=bad):
                self._assert_refused([ROW, bad], 1, sentence)

    def test_usual_criteria(self):
        """Without a program, what a new program starts from."""
        self.env[self._import_model].search([("program_id", "=", False)]).unlink()
        result = self._import([("", *ROW[1:]), ("", *REST[1:])])
        self.assertEqual(result["messages"], [])
        usual = self.env[self._import_model].browse(result["ids"])
        self.assertFalse(usual.program_id)

    def test_namesakes(self):
        self._new_program(self.env["hr.backbone.program"], self.user_officer, year=2028)
        self._assert_refused([ROW], 0, "External ID")

    def test_other_company(self):
        self._create_abroad()
        programs = self.env["hr.backbone.program"]
        self._new_program(programs, self.user_admin_abroad, "Abroad 2027")
        self._assert_refused([("Abroad 2027", *ROW[1:])], 0, "Abroad 2027")

    def test_who_may_not(self):
        fields = ["program_id", "echelon_id", "name", "weight"]
        self.program.criterion_ids.with_user(self.user_officer).unlink()
        row = (self.program.name, ECHELON, "Quality", "60")
        self._assert_not_for(self.user_director | self.user_worker, fields, row)
