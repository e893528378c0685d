# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.core.scores import Blank, get_mean, is_blank
from ..common_training import BackboneTrainingCommon

MODEL = "hr.backbone.training.participant"
# of these a zero says that nothing was done, and there is no blank
NO_SCORES = {"hr.backbone.plan.line.progress", "hr.backbone.obligation.share"}


@tagged("post_install", "-at_install")
class TestScores(BackboneTrainingCommon):
    """A zero that was given, and nothing that was given, are two things through every door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        training = cls._new_training(cls.worker_member | cls.colleague_member | cls.leader_member)
        training.sudo().participant_ids._write_moved({"state": "attended"})
        cls.blank, cls.zero, cls.good = (
            cls._row(training, member, cls.user_officer)
            for member in (cls.worker_member, cls.colleague_member, cls.leader_member)
        )
        cls.rows = cls.blank | cls.zero | cls.good
        cls.domain = [("training_id", "=", training.id)]
        cls.zero.score = 0
        cls.good.score = 60
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _stored(self, row):
        self.env.flush_all()
        self.cr.execute(f'SELECT score FROM "{row._table}" WHERE id = %s', [row.id])
        return self.cr.fetchone()[0]

    def _assert_blank(self, row):
        self.assertIsNone(self._stored(row))
        row.invalidate_recordset()
        self.assertIs(row.score, False)
        self.assertIs(row.read(["score"])[0]["score"], False)
        self.assertIs(row.web_read({"score": {}})[0]["score"], False)

    def _assert_zero(self, row):
        self.assertEqual(str(self._stored(row)), "0.0")
        row.invalidate_recordset()
        self.assertIsInstance(row.score, float)
        self.assertIsInstance(row.read(["score"])[0]["score"], float)
        self.assertEqual(row.score, 0)

    # -- in and out --------------------------------------------------------------------------

    def test_stored_and_read(self):
        self._assert_blank(self.blank)
        self._assert_zero(self.zero)
        self.assertEqual(self.good.score, 60)

    def test_write(self):
        for value in (False, None, ""):
            with self.subTest(value=value):
                self.zero.score = 0
                self._assert_zero(self.zero)
                self.zero.write({"score": value})
                self.assertIs(self.zero.score, False)
                self._assert_blank(self.zero)
        for value in (0, 0.0, "0", "0.0", 0.04):
            with self.subTest(value=value):
                self.blank.write({"score": False})
                self.blank.write({"score": value})
                self._assert_zero(self.blank)

    def test_web_save(self):
        [saved] = self.blank.web_save({"score": 0}, {"score": {}})
        self.assertIsInstance(saved["score"], float)
        self._assert_zero(self.blank)
        [saved] = self.good.web_save({"score": False}, {"score": {}})
        self.assertIs(saved["score"], False)
        self._assert_blank(self.good)

    def test_onchange(self):
        """A form says what was typed; what is blank stays so."""
        for value in (False, 0.0):
            form = self.good.new({"score": value}, origin=self.good)
            self.assertIs(is_blank(form.score), value is False)
            self.assertEqual(
                str(form._fields["score"].convert_to_write(form.score, form)), str(value)
            )
        first = self.rows.browse().onchange({}, [], {"score": {}})["value"]
        self.assertIs(first["score"], False)

    def test_export_and_load(self):
        cells = self.rows.with_env(self.env).export_data([".id", "score"])["datas"]
        self.assertEqual([cell for _id, cell in cells], ["", 0.0, 60.0])
        # from a file, and from a program
        for kind in (str, lambda cell: cell):
            back = [[str(row_id), kind(cell)] for row_id, cell in cells]
            self.rows.write({"score": 10})
            result = self.rows.load([".id", "score"], back)
            self.assertFalse(result["messages"])
            self._assert_blank(self.blank)
            self._assert_zero(self.zero)
            self.assertEqual(self.good.score, 60)

    def test_copy(self):
        self.assertNotIn("score", self.zero.copy_data()[0])

    def test_digits(self):
        self.good.score = 59.96
        self.assertEqual((self.good.score, float(self._stored(self.good))), (60, 60))

    def test_range(self):
        for score in (-0.1, 100.1):
            with (
                self.subTest(score=score),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.cr.savepoint(),
            ):
                self.good.score = score
                self.env.flush_all()

    # -- found -------------------------------------------------------------------------------

    def test_search_and_filter(self):
        blank, zero, good = self.blank, self.zero, self.good
        for operator, value, expected in (
            ("=", False, blank),
            ("!=", False, zero | good),
            ("=", 0, zero),
            ("=", 0.0, zero),
            ("!=", 0, blank | good),
            ("in", [0, 60], zero | good),
            ("not in", [60], blank | zero),
            ("<", 60, zero),
            ("<=", 0, zero),
            (">", 0, good),
            (">=", 0, zero | good),
        ):
            with self.subTest(operator=operator, value=value):
                condition = [("score", operator, value)]
                found = self.rows.search([*self.domain, *condition])
                self.assertEqual(found, expected & found)
                self.assertEqual(len(found), len(expected))
                kept = self.rows.filtered_domain(condition)
                self.assertEqual(set(kept.ids), set(expected.ids))
        either = ["|", ("score", "=", False), ("score", "<=", 0)]
        self.assertEqual(set(self.rows.filtered_domain(either).ids), {blank.id, zero.id})
        self.assertEqual(self.rows.search_count([*self.domain, *either]), 2)

    def test_blanks_are_last(self):
        for order, expected in (
            ("score", self.zero | self.good | self.blank),
            ("score desc", self.good | self.zero | self.blank),
        ):
            with self.subTest(order=order):
                self.assertEqual(self.rows.search(self.domain, order=order), expected)

    def test_means_leave_blanks_out(self):
        self.assertEqual(self.rows._read_group(self.domain, [], ["score:avg"]), [(30,)])
        groups = dict(self.rows._read_group(self.domain, ["member_id"], ["score:avg"]))
        self.assertIs(groups[self.worker_member.with_env(self.rows.env)], False)
        self.assertEqual(groups[self.colleague_member.with_env(self.rows.env)], 0)
        shown = self.rows.formatted_read_group(self.domain, [], ["score:avg"])
        self.assertEqual(shown[0]["score:avg"], 30)
        # a mark that was taken back
        self.good.sudo()._write_moved({"state": "absent"})
        self.assertEqual(self.rows._read_group(self.domain, [], ["score:avg"]), [(0,)])

    def test_mean(self):
        self.assertEqual(get_mean([False, None, 0, 60.0]), 30)
        self.assertIs(get_mean([False, None]), False)
        self.assertIs(get_mean([]), False)
        self.assertEqual(get_mean([0]), 0)

    def test_one_way_for_all(self):
        """Whatever has a mean can be blank; the evaluation of the year has its own rules."""
        others = {
            str(field)
            for name, model in self.env.registry.items()
            if name.startswith("hr.backbone.") and name != "hr.backbone.evaluation"
            for field in model._fields.values()
            if field.aggregator == "avg" and not isinstance(field, Blank)
        }
        self.assertLessEqual(others, NO_SCORES)

    # -- the client --------------------------------------------------------------------------

    def test_the_client_knows(self):
        """Its box asks for `may_be_blank`: `static/src/backend/score.js`."""
        views = self.rows.get_views([(False, "list"), (False, "form")])
        names = {
            name
            for name, field in views["models"][MODEL]["fields"].items()
            if field.get("may_be_blank")
        }
        self.assertLessEqual({"score", "rating"}, names)
        self.assertNotIn("hours", names)
        self.assertTrue(all(isinstance(self.rows._fields[name], Blank) for name in names))
