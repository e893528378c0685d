# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date, datetime

from odoo.tests import tagged

from ..common_import import ImportMixin
from ..common_training import BackboneTrainingCommon

ROW = ("First Aid", "Internal", "Skills", "2026-04-09 09:00:00", "2026-04-09 12:00:00", "", "")
REST = ("", "Trainer", "", "Room 3", "12", "Third Echelon", "500")


@tagged("post_install", "-at_install")
class TestTrainingImport(ImportMixin, BackboneTrainingCommon):
    """The year's plan of sessions comes in as drafts."""

    _import_model = "hr.backbone.training"
    _import_headers = (
        "Name",
        "Kind",
        "Subject",
        "Start",
        "End",
        "First Day",
        "Last Day",
        "Hours",
        "Trainer",
        "Provider",
        "Place",
        "Seats",
        "For Echelons",
        "Budget",
    )

    def test_template_fits(self):
        self._new_employee(None, self.board, self.job_manager, name="Peter Brown")
        first, second = self._import_template()
        self.assertEqual((first.trainer_id.name, first.seats), ("Peter Brown", 12))
        self.assertEqual(first.echelon_ids, self.echelon_2 | self.echelon_3)
        self.assertEqual((second.kind, second.all_day, second.hours), ("external", True, 14))
        self.assertEqual(second.day_end, date(2026, 10, 6))

    def test_good_list(self):
        days = ("Fair", "External", "Skills", "", "", "2026-05-04", "", "8", "", "Fair Ltd.")
        result = self._import([(*ROW, *REST), (*days, "", "", "", "")])
        self.assertEqual(result["messages"], [])
        session, fair = self.env[self._import_model].browse(result["ids"])
        self.assertEqual(session.date_start, datetime(2026, 4, 9, 9))
        self.assertEqual((session.hours, session.budget), (3, 500))
        self.assertEqual(session.program_id, self.program)
        self.assertEqual((fair.all_day, fair.day_end), (True, date(2026, 5, 4)))
        self.assertEqual(fair.hours, 8)
        self.assertEqual((session | fair).mapped("state"), ["draft", "draft"])
        # they are announced as any other
        (session | fair).with_user(self.user_officer).action_plan()

    def test_bad_rows(self):
        good = (*ROW, *REST)
        other = ("Welding", *ROW[1:])
        for bad, sentence in (
            (("", *ROW[1:], *REST), "“Name” is missing"),
            ((*other[:3], "", "", "", "", *REST), "“Start” is missing"),
            ((*other[:4], "2026-04-09 08:00:00", "", "", *REST), "ends before it begins"),
            ((*other[:3], "", "", "2026-05-04", "2026-05-03", *REST), "ends before it begins"),
            (("Welding", "Virtual", *ROW[2:], *REST), "Virtual"),
            ((*other, "", "Nobody", *REST[2:]), "Nobody"),
            ((*other, *REST[:5], "Fourth Echelon", ""), "Fourth Echelon"),
            ((*other, *REST[:4], "-1", "", ""), "cannot be negative"),
        ):
            with self.subTest(row=bad):
                self._assert_refused([good, bad], 1, sentence)

    def test_each_bad_row_is_named(self):
        good, other = (*ROW, *REST), ("Welding", *ROW[1:])
        early = (*other[:4], "2026-04-09 08:00:00", "", "", *REST)
        nameless = ("", *ROW[1:], *REST)
        messages = self._import([early, good, nameless, nameless])["messages"]
        # the screen shows `record` before the sentence
        self.assertEqual(
            [(message["record"], message["message"]) for message in messages],
            [
                (1, "The session ends before it begins."),
                (3, "“Name” is missing. (Rows: 3 and 4)"),
            ],
        )

    def test_the_same_one_twice(self):
        row = (*ROW, *REST)
        again = ("FIRST AID", *row[1:])
        self._assert_refused([row, again], 1, "is a duplicate, in the file or in the database")
        self.assertEqual(self._import([row])["messages"], [])
        self._assert_refused([again], 0, "“FIRST AID” is a duplicate")
        # a second group in another room
        self.assertEqual(self._import([(*row[:10], "Room 4", *row[11:])])["messages"], [])

    def test_namesakes(self):
        self._new_employee(None, self.works, self.job_worker, name="Trainer")
        self._assert_refused([(*ROW, *REST)], 0, "External ID")

    def test_other_company(self):
        self._create_abroad()
        self._assert_refused([(*ROW, "", "Abroad", *REST[2:])], 0, "Abroad")

    def test_who_may_not(self):
        fields, row = ["name", "date_start"], ("First Aid", "2026-04-09 09:00:00")
        self._assert_not_for(self.user_manager | self.user_worker, fields, row)
        sentence = "cannot be changed directly"
        self._assert_not_for(self.user_officer, [*fields, "state"], (*row, "Done"), sentence)
        sentence = "“Budget” is not a number"
        self._assert_not_for(self.user_officer, [*fields, "budget"], (*row, "nan"), sentence)
