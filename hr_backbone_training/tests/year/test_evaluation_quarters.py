# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from ..common_evaluation import EvaluationCommon
from .by_method import ByMethod


class TestEvaluationQuarters(EvaluationCommon):
    """What the figures are made of: zero, left out and excused are told apart, on the page and on
    paper, and the documents are one click away."""

    def _find(self, name, kind, number):
        """The member's report or assessment of the first or second quarter."""
        documents = self.env[f"hr.backbone.{kind}"].search(
            [("member_id", "=", self.members[name].id)]
        )
        return documents.sorted(lambda row: row.quarter_id.number)[number - 1]

    def _sit(self, name):
        """The member's participations, in the order of the days."""
        rows = self.env["hr.backbone.training.participant"].search(
            [("member_id", "=", self.members[name].id)]
        )
        return rows.sorted("day_start")

    def _compute(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self.run_.action_compute()

    def _get_rows(self, name):
        return self._get(name)._get_quarter_rows()

    def assertFollowsMethod(self):
        members = self.run_.evaluation_ids.member_id
        by_hand = ByMethod(self.run_).evaluate(members)
        for row in self.run_.evaluation_ids:
            found = row.is_evaluated and (round(row.base, 2), row.rank)
            expected = by_hand[row.member_id]
            expected = expected is not None and (float(expected[0]), expected[1])
            self.assertEqual(found, expected, row.employee_name)

    def test_zero_and_left_out_are_told_apart(self):
        self._find("Anna", "report", 1)._write_moved(
            {"state": "draft", "score": False, "is_closed": True, "is_owed_by_hr": True}
        )
        self._find("Cora", "report", 2)._write_moved({"state": "submitted", "score": False})
        self._find("Dirk", "assessment", 1)._write_moved({"state": "missed", "is_late": True})
        stray = self._find("Dirk", "assessment", 2)
        stray._write_moved({"state": "missed", "mentor_id": False})
        self._compute()
        self.assertScores("score_report", Anna=80, Bert=35, Cora=85)
        self.assertScores("settled_quarters", Anna=2, Bert=2, Cora=2, Dirk=2)
        self.assertFollowsMethod()
        for name, number, report, note in (
            ("Anna", 1, "–", "not handed in by HR for a member without a login: left out"),
            ("Bert", 2, "0.00", "never submitted: counts as zero"),
            ("Cora", 2, "–", "not accepted by HR: left out"),
            ("Dirk", 1, "60.00", "not written by the mentor: left out"),
            ("Dirk", 2, "60.00", "No mentor to write the assessment: left out"),
        ):
            with self.subTest(name=name, number=number):
                row = self._get_rows(name)[number - 1]
                self.assertEqual(row["report"], report)
                self.assertEqual(len(row["notes"]), 1)
                self.assertIn(note, row["notes"][0])
                self.assertIn(note, self._get(name).quarter_rows)
                printed = self.env["ir.actions.report"]._render_qweb_html(
                    "hr_backbone_training.report_evaluation", self._get(name).ids
                )[0]
                self.assertIn(note, printed.decode())
        self.assertEqual(self._get_rows("Bert")[0]["notes"], [])

    def test_the_rule_is_said_where_it_applies(self):
        for rule, note in (("half", "counts as half of the others"), ("skip", "left out")):
            self.run_.missing_quarter = rule
            self._compute()
            row = self._get_rows("Bert")[1]
            self.assertEqual(row["report"], "–")
            self.assertIn(note, row["notes"][0])
            self.assertFollowsMethod()

    def test_why_a_quarter_does_not_count(self):
        moves = self.env["hr.backbone.movement"]
        moves.create(
            {"member_id": self.members["Bert"].id, "kind": "suspended", "date": "2026-02-02"}
        )
        self.members["Cora"]._write_moved({"date_admitted": "2026-05-29"})
        self._find("Dirk", "report", 1)._write_moved(
            {"state": "draft", "score": False, "is_closed": True}
        )
        self._compute()
        bert = self._get("Bert")
        self.assertFalse(bert.is_evaluated)
        self.assertIn("suspended on 02/02/2026, in the pool on 20 of 64", bert.quarter_rows)
        self.assertIn("admitted on 05/29/2026, in the pool on 0 of", self._get("Cora").quarter_rows)
        self.assertIn("does not count: excused", self._get("Dirk").quarter_rows)
        self.assertEqual({part["points"] for part in bert._get_parts()}, {"–"})
        # what was frozen before all this was kept
        bert.sudo().quarters = [
            {
                key: value
                for key, value in row.items()
                if key not in ("away", "since", "report_state", "assessment_state")
            }
            for row in bert.quarters
        ]
        self.assertIn("does not count: in the pool on 20 of 64", bert.quarter_rows)

    def test_a_session_that_was_no_offer_is_not_missed(self):
        self.assertScores("score_training", Bert=50)
        second = self._sit("Bert")[1]
        offers = self.env["hr.backbone.member"]._select_offers()
        second._write_moved({"date_invited": second.date_start})
        self._compute()
        self.assertScores("score_training", Bert=100)
        self.assertFollowsMethod()
        second._write_moved({"date_invited": "2026-01-05 08:00:00"})
        self.env["hr.backbone.movement"].create(
            [
                {"member_id": self.members["Bert"].id, "kind": kind, "date": day}
                for kind, day in (("suspended", "2026-04-11"), ("resumed", "2026-04-13"))
            ]
        )
        self._compute()
        self.assertScores("score_training", Bert=100)
        self.assertFollowsMethod()
        # the ledger takes it for no offer either
        found = [row for row in self.env.execute_query(offers) if row[0] == self.members["Bert"].id]
        self.assertEqual(len(found), 1)

    def test_the_documents_are_one_click_away(self):
        anna = self._get("Anna")
        for part, count in (("report", 2), ("assessment", 2), ("training", 1), ("rotation", 0)):
            action = anna.with_context(backbone_part=part).action_open_part()
            records = self.env[action["res_model"]].with_user(self.user_officer)
            self.assertEqual(records.search_count(action["domain"]), count, part)
        cora = self._get("Cora")
        for part in ("achievement", "suggestion"):
            action = cora.with_context(backbone_part=part).action_open_part()
            records = self.env[action["res_model"]].with_user(self.user_officer)
            self.assertEqual(records.search_count(action["domain"]), 1, part)
        self.assertEqual(anna.ranking, "1 of 4")
