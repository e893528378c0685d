# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common_promotion import PromotionCommon

ADOPTED = "hr.backbone.suggestion.adopted"
REVIEW = "hr.backbone.suggestion.review"


@tagged("post_install", "-at_install")
class TestSuggestion(PromotionCommon):
    """The work suggestion report: management scores it, adopts it or not, and answers."""

    # -- writing and submitting ------------------------------------------------------------

    def test_submitted_scored_adopted(self):
        record = self._new_suggestion()
        self.assertEqual(record.sudo().reviewer_id, self.director)
        record.action_submit()
        review = self._score(record)
        self.assertEqual(review.score_total, 70)
        self.assertEqual(review.maxima, "30 / 30 / 20 / 20")
        record.with_user(self.user_director).action_adopt("A sound proposal")
        self.assertEqual((record.state, record.answer), ("adopted", "A sound proposal"))
        self.assertEqual(record.date_decided, date(2026, 3, 2))
        self.assertEqual(record.sudo().decision_ids[:1].comment, "A sound proposal")

    def test_each_part_is_needed(self):
        record = self._new_suggestion(proposal=" ", expected_benefit=False)
        with self.assertRefused("“Proposal”", "“Expected Benefit”"):
            record.action_submit()
        with self.assertRefused("has a subject", error=ValidationError):
            self._new_suggestion(name=" ")

    def test_only_the_author_or_hr_submits(self):
        record = self._new_suggestion()
        with self.assertRaises(AccessError):
            record.with_user(self.user_mentor).action_submit()
        record.with_user(self.user_officer).action_submit()

    def test_benefit_is_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self._new_suggestion(benefit_amount=-1)
            self.env.flush_all()

    # -- the reviewer ----------------------------------------------------------------------

    def test_director_does_not_review_the_own_report(self):
        self._new_members(self.director)
        record = self._new_suggestion(self.user_director)
        self.assertFalse(record.sudo().reviewer_id)
        with self.assertRefused("No director of a center can review it"):
            record.action_submit()
        record.with_user(self.user_officer).reviewer_id = self.manager
        record.action_submit()
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_manager)

    def test_reviewer_is_hrs_to_change(self):
        record = self._submitted_suggestion()
        officer = record.with_user(self.user_officer)
        for user in (self.user_worker, self.user_director, self.user_manager):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                record.with_user(user).reviewer_id = self.manager
        with self.assertRefused("is not the author"):
            officer.reviewer_id = self.worker
        with self.assertRefused("has a login"):
            officer.reviewer_id = self._new_employee(None, self.board, None, name="Nobody")
        officer.reviewer_id = self.manager
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_manager)
        with self.assertRaises(AccessError):
            self._get_review(record, self.user_manager).write({"score_technique": 1})
            record.with_user(self.user_colleague).action_adopt("Yes")
        self._score(record, self.user_manager)
        record.with_user(self.user_manager).action_adopt("Yes")
        with self.assertRefused("until the report is decided"):
            officer.reviewer_id = self.director

    def test_author_does_not_choose_the_reviewer(self):
        self._new_members(self.leader)
        for context in ({}, {"default_reviewer_id": self.mentor.id}):
            vals = {} if context else {"reviewer_id": self.mentor.id}
            reports = self.env["hr.backbone.suggestion"].with_context(**context)
            # a portal login does not even read whom it names
            with self.assertRefused("Reviewer", error=AccessError):
                reports.with_user(self.user_worker).create({"name": "Mine", **vals})
            record = reports.with_user(self.user_leader).create({"name": "Mine", **vals})
            self.assertEqual(record.sudo().reviewer_id, self.director)

    def test_reviewer_who_left_is_replaced_with_the_submission(self):
        record = self._new_suggestion()
        self.board.manager_id = self.manager
        self.director.active = False
        record.action_submit()
        self.assertEqual(record.sudo().reviewer_id, self.manager)

    # -- scores ----------------------------------------------------------------------------

    def test_scores_within_their_maxima(self):
        record = self._submitted_suggestion()
        review = self._get_review(record)
        for name, value in (
            ("technique", 30.1),
            ("benefit", 31),
            ("scope", 20.5),
            ("practicality", -1),
        ):
            with self.subTest(name=name, value=value):
                with self.assertRefused("it lies between 0 and", error=ValidationError):
                    review.write({f"score_{name}": value})
        for value in (float("nan"), float("inf"), "much"):
            with self.subTest(value=value), self.assertRefused("“Technique” is not a number."):
                review.write({"score_technique": value})
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.cr.execute(
                "UPDATE hr_backbone_suggestion_review SET score_scope = 21 WHERE id = %s",
                (review.id,),
            )

    def test_maxima_are_those_of_the_submission(self):
        record = self._submitted_suggestion()
        self.company.write(
            {
                "backbone_suggestion_weight_technique": 10,
                "backbone_suggestion_weight_benefit": 50,
            }
        )
        self._score(record)
        self.assertEqual(self._get_review(record).maxima, "30 / 30 / 20 / 20")
        director = record.with_user(self.user_director)
        director.action_return("Which tools?")
        record.action_submit()
        review = self._get_review(record)
        self.assertEqual(review.maxima, "10 / 50 / 20 / 20")
        self.assertIs(review.score_total, False)
        with self.assertRefused("between 0 and 10", error=ValidationError):
            self._score(record)

    def test_weights_make_a_hundred(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.company.backbone_suggestion_weight_scope = 21
            self.env.flush_all()

    def test_adopting_needs_scores_and_an_answer(self):
        record = self._submitted_suggestion().with_user(self.user_director)
        self.assertFalse(record.can_adopt)
        with self.assertRefused("Score each part"):
            record.action_adopt("Yes")
        self._score(record, scope=False)
        with self.assertRefused("Score each part"):
            record.action_adopt("Yes")
        self._score(record)
        for move in ("adopt", "decline"):
            for answer in (None, "", " \n"):
                with self.assertRefused("the answer that the author will read"):
                    getattr(record, f"action_{move}")(answer)
        self.assertEqual(record.state, "submitted")

    def test_zero_is_a_score_and_nothing_is_none(self):
        """A part may be worth nothing; a total is there once each part that counts is."""
        first = self._submitted_suggestion()
        review = self._score(first, scope=0)
        self.assertEqual(review.score_total, 60)
        first.with_user(self.user_director).action_adopt("Yes")
        second = self._submitted_suggestion()
        other = self._score(second, technique=0, benefit=0, scope=0, practicality=False)
        self.assertIs(other.score_practicality, False)
        self.assertIs(other.score_total, False)
        means = ["score_total:avg", "score_scope:avg", "score_practicality:avg"]
        rows = (review | other).sudo()
        self.assertEqual(rows._read_group([("id", "in", rows.ids)], [], means), [(60, 0, 15)])
        # what does not count is not missing
        other.sudo().max_practicality = 0
        self.assertEqual(other.score_total, 0)

    def test_declining_needs_no_scores(self):
        record = self._submitted_suggestion()
        record.with_user(self.user_director).action_decline("We had it before")
        self.assertEqual((record.state, record.answer), ("declined", "We had it before"))
        self.assertFalse(self.env[ADOPTED].search([("suggestion_id", "=", record.id)]))

    def test_scores_stay_after_the_decision(self):
        record = self._adopted()
        with self.assertRefused("not under review"):
            self._score(record)
        with self.assertRefused("not under review"):
            self._score(record, self.user_officer)

    def test_maxima_and_report_of_the_scores_are_fixed(self):
        review = self._get_review(self._submitted_suggestion())
        for vals in ({"max_technique": 100}, {"suggestion_id": 1}, {"state": "adopted"}):
            with self.subTest(**vals), self.assertRefused("Only the four scores"):
                review.with_user(self.user_admin).write(vals)

    # -- who decides -----------------------------------------------------------------------

    def test_who_decides(self):
        for user in (self.user_director, self.user_chair, self.user_officer):
            record = self._submitted_suggestion()
            with self.subTest(user=user.login):
                self._score(record, user)
                record.with_user(user).action_adopt("Yes")
                self.assertEqual(record.state, "adopted")

    def test_who_does_not_decide(self):
        record = self._submitted_suggestion()
        self._score(record)
        for user in (self.user_mentor, self.user_manager, self.user_leader):
            for move in ("adopt", "decline", "return"):
                with self.subTest(user=user.login, move=move):
                    with self.assertRefused("Only Director, a member of the committee or HR"):
                        getattr(record.with_user(user), f"action_{move}")("No")
        with self.assertRefused("You cannot decide on your own case"):
            record.action_adopt("Yes")
        with self.assertRaises(AccessError):
            record.with_user(self.user_colleague).action_adopt("Yes")

    def test_committee_and_hr_do_not_decide_on_their_own(self):
        self._new_members(self._new_employee(self.user_chair, self.works, self.job_leader))
        self._new_members(self.officer)
        for user in (self.user_chair, self.user_officer):
            record = self._submitted_suggestion(user)
            self._score(record)
            with self.subTest(user=user.login):
                self.assertFalse(self._get_review(record, user), "nor read the scores")
                with self.assertRefused("You cannot decide on your own case"):
                    record.action_adopt("Yes")
                record.with_user(self.user_director).action_adopt("Yes")
                self.assertEqual(self._get_review(record, user).score_total, 70)

    def test_other_company(self):
        self._create_abroad()
        record = self._adopted()
        for user in (self.user_abroad, self.user_admin_abroad):
            for model in (record, self.env[ADOPTED], self.env[REVIEW]):
                self.assertFalse(self._as(model, user).search([]))
            with self.assertRaises(AccessError):
                self._as(record, user).action_decline("No")

    def test_withdraw_and_exit(self):
        record = self._submitted_suggestion()
        with self.assertRefused("Only Worker can withdraw"):
            record.with_user(self.user_officer).action_withdraw()
        draft = self._new_suggestion()
        adopted = self._adopted()
        self.member.with_user(self.user_officer).action_exit("Leaves")
        states = (record | draft | adopted).mapped("state")
        self.assertEqual(states, ["withdrawn", "withdrawn", "adopted"])

    # -- who reads what --------------------------------------------------------------------

    def test_author_reads_the_scores_once_decided(self):
        record = self._submitted_suggestion()
        self._score(record)
        people = (self.user_worker, self.user_mentor, self.user_manager)
        for user in people:
            self.assertFalse(self._get_review(record, user))
            self.env.invalidate_all()
            self.assertFalse(record.with_user(user).review_ids)
            self.env.invalidate_all()
            self.assertTrue(record.with_user(user).read(), "and yet the whole report")
        record.with_user(self.user_director).action_adopt("Yes")
        for user in people:
            self.env.invalidate_all()
            self.assertEqual(self._get_review(record, user).score_total, 70)
            self.assertEqual(record.with_user(user).review_ids.score_technique, 25)

    def test_colleague_reads_what_was_adopted_and_nothing_else(self):
        adopted, waiting = self._adopted(), self._submitted_suggestion(name="Secret plan")
        for user in (self.user_colleague, self._new_portal()):
            with self.subTest(user=user.login):
                reports, reviews = adopted.with_user(user), self.env[REVIEW].with_user(user)
                self.assertFalse(reports.search([]))
                self.assertFalse(reports.search([("review_ids.score_total", ">", 0)]))
                self.assertFalse(reports._read_group([], ["state"], ["__count"]))
                self.assertFalse(reviews.search([]))
                self.assertFalse(reviews._read_group([], ["score_total"], ["__count"]))
                with self.assertRaises(AccessError):
                    reports.read(["name"])
                public = self.env[ADOPTED].with_user(user).search([])
                self.assertEqual(public.mapped("name"), [adopted.name])
                self.assertEqual(public.employee_name, "Worker")
                self.assertEqual(public.department_name, "Line")
                self.assertEqual(public.answer, "A sound proposal")
                values = public.read()[0]
                self.assertNotIn("suggestion_id", values)
                self.assertFalse({name for name in values if "score" in name})
                for domain in (
                    [("suggestion_id.review_ids.score_total", ">", 0)],
                    [("suggestion_id.current_state", "ilike", "shift")],
                ):
                    with self.assertRaises(AccessError):
                        public.search(domain)
                with self.assertRaises(UserError):
                    public.write({"answer": "Nonsense"})
                with self.assertRaises(AccessError):
                    public.create({"name": "Mine", "company_id": self.company.id})
        self.assertEqual(waiting.state, "submitted")

    def _new_portal(self):
        user = self._new_user("bt_plain", "base.group_portal")
        self._new_employee(user, self.works, self.job_worker)
        return user

    def test_customers_read_nothing(self):
        self._adopted()
        customer = self._new_user("bt_customer", "base.group_portal")
        for model in (ADOPTED, REVIEW, "hr.backbone.suggestion", "hr.backbone.achievement"):
            self.assertFalse(self.env[model].with_user(customer).search([]))

    def test_draft_is_the_authors(self):
        record = self._new_suggestion()
        people = (self.user_mentor, self.user_manager, self.user_director, self.user_chair)
        for user in people:
            self.assertFalse(record.with_user(user).has_access("read"), user.login)
        record.action_submit()
        for user in people:
            self.assertTrue(record.with_user(user).has_access("read"), user.login)

    # -- who is told, and what follows -----------------------------------------------------

    def test_reviewer_is_asked_and_author_is_told(self):
        record = self._submitted_suggestion()
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_director)
        self.env["mail.mail"].search([]).unlink()
        self._score(record)
        record.with_user(self.user_director).action_adopt("A sound proposal")
        self.assertFalse(record.sudo().activity_ids)
        self.env.flush_all()
        mail = self.env["mail.mail"].search([("model", "=", record._name)])
        self.assertEqual(mail.recipient_ids.user_ids, self.user_worker)
        self.assertIn("A sound proposal", mail.body_html)

    def test_it_does_not_wait_for_a_reviewer_who_left(self):
        record = self._submitted_suggestion()
        self.board.manager_id = self.manager
        self.director.active = False
        self._run_cron("todo")
        self.assertEqual(record.sudo().reviewer_id, self.manager)
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_manager)
        # nobody else could review: HR is asked
        self.manager.active = False
        self._run_cron("todo")
        self.assertEqual(record.sudo().activity_ids.user_id, self.user_officer)

    def test_progress_of_the_plan(self):
        member = self._admitted(employee=self.leader, user=self.user_manager)
        line = member.sudo().plan_id.line_ids[1]
        record = self._submitted_suggestion(self.user_leader, plan_line_id=line.id)
        self.assertEqual(line.progress, 50)
        record.with_user(self.user_director).action_decline("Not now")
        self.assertEqual(line.progress, 100)

    def test_time_line(self):
        self._new_suggestion()
        record = self._submitted_suggestion()
        self.env.flush_all()
        self.cr.execute(record._select_timeline())
        rows = [row for row in self.cr.fetchall() if row[1] == self.member.id]
        expected = (record.id, self.member.id, date(2026, 3, 2), None, record.name, "submitted")
        self.assertEqual(rows, [(*expected, False, None, None)])

    # -- many ------------------------------------------------------------------------------

    def _make_many(self, count):
        self.env.flush_all()
        before = self.cr.sql_log_count
        records = self.env["hr.backbone.suggestion"].create(
            [
                {
                    "member_id": self.member.id,
                    "name": f"Idea {number}",
                    "current_state": "So",
                    "proposal": "Other",
                    "expected_effect": "Better",
                    "expected_benefit": "Some",
                }
                for number in range(count)
            ]
        )
        records = records.with_user(self.user_officer)
        records.action_submit()
        records.action_decline("Not now")
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_cost_of_many(self):
        self._make_many(2)
        few, many = self._make_many(10), self._make_many(110)
        self.assertLessEqual((many - few) / 100, 1, f"{few} for 10, {many} for 110")
