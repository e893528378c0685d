# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time
from lxml import html

from odoo.exceptions import ValidationError

from ..common import BackboneCommon


class TestPlanLine(BackboneCommon):
    """The plan lives: what is done for an action moves its progress by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._admitted().sudo()
        cls.startClassPatcher(freeze_time("2026-03-12 09:00:00"))
        cls.plan = cls.member.plan_id
        cls.promotion = cls.plan.line_ids.filtered(lambda line: line.method == "promotion")
        cls.mentoring = cls.plan.line_ids - cls.promotion

    def _read(self, line=None, **kwargs):
        return self.env["hr.backbone.achievement"].create(
            {
                "member_id": self.member.id,
                "kind": "book",
                "name": "The Goal",
                "plan_line_id": (line or self.promotion).id,
                **kwargs,
            }
        )

    def test_document_moves_the_progress(self):
        book = self._read()
        self.assertEqual(self.promotion.progress, 0)
        book._do_move(book._get_move("submit"), "")
        self.assertEqual(self.promotion.progress, 50)
        self.assertEqual(self.plan.progress, 25)
        book._do_move(book._get_move("verify"), "")
        self.assertEqual(self.promotion.progress, 100)

    def test_each_counts_for_its_share_of_what_was_promised(self):
        self.promotion.quantity = 4
        first, second = self._read(), self._read()
        first._write_moved({"state": "verified"})
        second._do_move(second._get_move("submit"), "")
        # (100 + 50) ÷ 4
        self.assertEqual(self.promotion.progress, 37)
        self.assertEqual(self.promotion.document_count, 2)
        summary = {row["method"]: row for row in self.plan._get_summary()}
        self.assertEqual(summary["promotion"]["promised"], 4)
        self.assertEqual(summary["promotion"]["done"], 1)

    def test_summary_by_method(self):
        self.promotion.write({"quantity": 4, "date_due": "2026-03-11"})
        self.mentoring.write({"quantity": 6, "date_due": "2026-12-31"})
        book = self._read()
        for move in ("submit", "verify"):
            book._do_move(book._get_move(move), "")
        rows = html.fromstring(self.plan.with_user(self.user_officer).summary).xpath("//tbody/tr")
        texts = [[cell.text_content().strip() for cell in row] for row in rows]
        self.assertEqual(
            texts,
            [["Mentoring", "6", "0", "0", "0 %"], ["Personal Promotion", "4", "1", "1", "25 %"]],
        )

    def test_one_of_six_is_one(self):
        for quantity in range(1, 20):
            for done in range(quantity + 1):
                self.promotion.write({"quantity": quantity, "progress": done * 100 // quantity})
                self.assertEqual(self.promotion._get_done(), done)

    def test_more_than_promised_is_all(self):
        for _ in range(3):
            self._read()._write_moved({"state": "verified"})
        self.promotion._on_documents_changed()
        self.assertEqual(self.promotion.progress, 100)

    def test_what_fell_away_counts_no_more(self):
        book = self._read()
        book._do_move(book._get_move("submit"), "")
        book._do_move(book._get_move("refuse"), "Not read")
        self.assertEqual(self.promotion.progress, 0)
        book.plan_line_id = False
        self.assertEqual(self.promotion.document_count, 0)

    def test_progress_is_not_typed_where_it_follows(self):
        line = self.promotion.with_user(self.user_worker)
        line.progress = 20
        book = self._read()
        book._do_move(book._get_move("submit"), "")
        with self.assertRefused("follows"):
            line.progress = 90
        line.evidence = "Notes of the book"

    def test_action_of_another_way_or_person(self):
        with self.assertRefused("another way", error=ValidationError):
            self._read(self.mentoring)
        other = self.env["hr.backbone.member"]._create_moved(
            [{"employee_id": self.colleague.id, "echelon_id": self.echelon_3.id}]
        )
        with self.assertRefused("another person", error=ValidationError):
            self._read(member_id=other.id)

    def test_late(self):
        self.promotion.date_due = "2026-03-11"
        self.assertTrue(self.promotion.is_late)
        self.promotion.date_due = "2026-03-12"
        self.assertFalse(self.promotion.is_late)
        self.promotion.write({"date_due": "2026-03-01", "progress": 100})
        self.assertFalse(self.promotion.is_late)

    def test_revision_starts_from_what_is_open(self):
        self.promotion.quantity = 3
        done, open_ = self._read(), self._read()
        done._write_moved({"state": "verified"})
        open_._do_move(open_._get_move("submit"), "")
        self.mentoring.progress = 100
        revision = self.env["hr.backbone.plan"].browse(
            self.plan.with_user(self.user_worker).action_revise()["res_id"]
        )
        line = revision.line_ids
        self.assertEqual(line.action, self.promotion.action)
        # one of three is done
        self.assertEqual(line.quantity, 2)
        revision.with_user(self.user_worker).action_submit()
        revision.with_user(self.user_officer).action_activate()
        self.assertEqual(open_.plan_line_id, line)
        self.assertEqual(done.plan_line_id, self.promotion)
        self.assertEqual(self.plan.state, "closed")

    def _revise(self):
        """The revision that the member has begun and submitted."""
        revision = self.env["hr.backbone.plan"].browse(
            self.plan.with_user(self.user_worker).action_revise()["res_id"]
        )
        revision.with_user(self.user_worker).action_submit()
        return revision

    def test_a_revision_keeps_what_was_entered_by_hand(self):
        self.promotion.progress, self.mentoring.progress = 80, 40
        revision = self._revise()
        hand, other = revision.line_ids.sorted(lambda line: line.method != "promotion")
        self.assertEqual((hand.progress, other.progress), (80, 40))
        # and what is entered while HR has it
        self.promotion.progress = 100
        revision.with_user(self.user_officer).action_activate()
        self.assertEqual((hand.progress, other.progress), (100, 40))
        # the old plan has said so already
        log = self.env["hr.backbone.plan.progress"].search(
            [("plan_line_id", "in", revision.line_ids.ids)]
        )
        self.assertFalse(log)

    def test_what_is_done_meanwhile_counts_in_the_revision(self):
        """Six are promised, one is done: the revision promises five, of which two are done
        before it comes into force."""
        self.promotion.quantity = 6
        books = self._read(), self._read(), self._read()
        for move in ("submit", "verify"):
            books[0]._do_move(books[0]._get_move(move), "")
        revision = self._revise()
        for book in books[1:]:
            for move in ("submit", "verify"):
                book._do_move(book._get_move(move), "")
        self.assertEqual(self.promotion.progress, 50)
        revision.with_user(self.user_officer).action_activate()
        line = revision.line_ids.filtered(lambda line: line.method == "promotion")
        self.assertEqual((line.quantity, line.progress, line._get_done()), (5, 40, 2))
        self.assertEqual(books[0].plan_line_id, self.promotion)
        # the plan that is closed stays as it was
        self.assertEqual((self.promotion.progress, self.plan.state), (50, "closed"))

    def test_time_line(self):
        book = self._read(date_obtained="2026-03-11")
        book._do_move(book._get_move("submit"), "")
        book._do_move(book._get_move("verify"), "")
        self.env.flush_all()
        rows = self.env["hr.backbone.timeline"].search([("member_id", "=", self.member.id)])
        row = rows.filtered(lambda r: r.kind == "achievement")
        self.assertEqual((row.res_id, row.is_done), (book.id, True))
        self.assertEqual(row.title, "Achievement · The Goal")
        self.assertEqual(row.status, "Verified")
        self.assertEqual(rows.filtered(lambda r: r.kind == "movement").status, "Admitted")
        for user, sees in (
            (self.user_worker, True),
            (self.user_leader, True),
            (self.user_officer, True),
            (self.user_colleague, False),
        ):
            with self.subTest(user=user.login):
                found = row.with_user(user).search([("member_id", "=", self.member.id)])
                self.assertEqual(bool(found), sees)
