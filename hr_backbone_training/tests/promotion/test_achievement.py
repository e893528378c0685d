# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common_promotion import PromotionCommon


@tagged("post_install", "-at_install")
class TestAchievement(PromotionCommon):
    """What a member has achieved of their own accord, verified by the mentor or HR."""

    # -- writing and submitting ------------------------------------------------------------

    def test_member_hands_in_and_mentor_verifies(self):
        record = self._new_achievement()
        self.assertEqual(record.sudo().member_id, self.member)
        self.assertEqual(record.sudo().department_id, self.line)
        self.assertFalse(record.blocking_reason)
        record.action_submit()
        self.assertEqual(record.date_submitted, date(2026, 3, 2))
        record.with_user(self.user_mentor).action_verify("Seen")
        self.assertEqual(record.state, "verified")
        self.assertEqual(record.date_verified, date(2026, 3, 2))
        moves = record.decision_ids.sudo().sorted("id").mapped("move")
        self.assertEqual(moves, ["submit", "verify"])

    def test_each_kind_says_what_is_missing(self):
        model = self.env["hr.backbone.achievement"].with_user(self.user_worker)
        for vals, words in (
            ({"kind": "qualification"}, ("who issued", "when the qualification", "Add a file")),
            ({"kind": "book"}, ("what you learned from the book",)),
            ({"kind": "research"}, ("Describe the research",)),
            (
                {"kind": "book", "notes": "Much", "date_obtained": "2026-03-03"},
                ("lies in the future",),
            ),
        ):
            with self.subTest(**vals):
                record = model.create({"name": "Something", **vals})
                for word in words:
                    self.assertIn(word, record.blocking_reason)
                with self.assertRefused(*words):
                    record.action_submit()

    def test_book_needs_notes_alone(self):
        record = self.env["hr.backbone.achievement"].with_user(self.user_worker)
        record = record.create({"name": "The Goal", "kind": "book", "notes": "Find the bottleneck"})
        record.action_submit()
        record.with_user(self.user_mentor).action_verify()
        self.assertFalse(record.sudo().employee_skill_id)

    def test_only_active_members_hand_in(self):
        with self.assertRefused("active members of the talent pool"):
            self._new_achievement(self.user_leader)

    def test_suspended_and_exited_members_hand_in_nothing(self):
        record = self._new_achievement()
        officer = self.member.with_user(self.user_officer)
        officer.action_suspend("Leave")
        with self.assertRefused("Worker is not an active member"):
            record.action_submit()
        with self.assertRefused("Worker is not an active member"):
            self._new_achievement(self.user_officer, member_id=self.member.id)
        officer.action_exit("Leaves")
        with self.assertRefused("Worker is not an active member"):
            self._new_achievement(self.user_officer, member_id=self.member.id)

    def test_nobody_hands_in_for_another(self):
        for user in (self.user_leader, self.user_mentor, self.user_colleague):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._new_achievement(user, member_id=self.member.id)
        record = self._new_achievement(self.user_officer, member_id=self.member.id)
        record.action_submit()
        self.assertEqual(record.state, "submitted")

    def test_it_stays_with_its_member(self):
        record = self._new_achievement()
        with self.assertRefused("stays with the member"):
            record.with_user(self.user_officer).member_id = self.member_colleague

    def test_submitted_content_is_fixed(self):
        record = self._new_achievement()
        record.action_submit()
        for user in (self.user_worker, self.user_officer):
            with self.assertRefused("has been submitted"):
                record.with_user(user).name = "Other"
        for name in ("state", "date_verified", "date_warned", "date_submitted"):
            with self.subTest(field=name), self.assertRefused("cannot be changed directly"):
                record.with_user(self.user_admin).write({name: False})

    def test_title_and_dates(self):
        with self.assertRefused("has a title", error=ValidationError):
            self._new_achievement(name=" ")
        with self.assertRefused("Only a qualification expires", error=ValidationError):
            self._new_achievement(kind="book", date_expiry="2027-01-01")
        self._new_achievement(date_expiry="2026-02-01")
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self._new_achievement(date_expiry="2026-01-31")

    def test_draft_is_deleted_until_it_is_submitted(self):
        self._new_achievement().unlink()
        record = self._new_achievement()
        record.action_submit()
        record.with_user(self.user_mentor).action_return("Which chamber?")
        with self.assertRefused("withdraw it instead"):
            record.unlink()
        with self.assertRaises(AccessError):
            self._new_achievement().with_user(self.user_mentor).unlink()

    # -- deciding --------------------------------------------------------------------------

    def test_who_verifies(self):
        record = self._new_achievement()
        record.action_submit()
        for user in (self.user_leader, self.user_manager, self.user_director):
            # the managers read it, and no more
            with self.subTest(user=user.login):
                self.assertFalse(record.with_user(user).can_verify)
                with self.assertRefused("Only the mentor of Worker or HR"):
                    record.with_user(user).action_verify()
        with self.assertRefused("You cannot decide on your own case"):
            record.action_verify()
        with self.assertRaises(AccessError):
            record.with_user(self.user_colleague).action_verify()
        self.assertTrue(record.with_user(self.user_mentor).can_verify)
        self.assertTrue(record.with_user(self.user_officer).can_verify)

    def test_former_mentor_verifies_nothing(self):
        record = self._new_achievement()
        record.action_submit()
        self._set_mentor(self.member, self.director)
        with self.assertRaises(AccessError):
            record.with_user(self.user_mentor).action_verify()
        record.with_user(self.user_director).action_verify()
        self.assertEqual(record.state, "verified")

    def test_hr_does_not_verify_the_own_one(self):
        self._new_members(self.officer)
        record = self._new_achievement(self.user_officer)
        record.action_submit()
        with self.assertRefused("You cannot decide on your own case"):
            record.action_verify()
        record.with_user(self.user_admin).action_verify()

    def test_other_company(self):
        self._create_abroad()
        record = self._new_achievement()
        record.action_submit()
        abroad = self._as(record, self.user_admin_abroad)
        with self.assertRaises(AccessError):
            abroad.action_verify()
        self.assertFalse(abroad.search([]))

    def test_return_and_refuse_need_a_reason(self):
        record = self._new_achievement()
        record.action_submit()
        mentor = record.with_user(self.user_mentor)
        for move in ("return", "refuse"):
            with self.assertRefused("Please write a comment"):
                getattr(mentor, f"action_{move}")(" ")
        mentor.action_return("Which chamber?")
        self.assertEqual(record.state, "draft")
        record.authority = "Chamber of Crafts, Ghent"
        record.action_submit()
        mentor.action_refuse("It is a forgery")
        self.assertEqual(record.state, "refused")
        with self.assertRefused("is at “Refused”"):
            record.action_submit()

    def test_the_day_is_that_of_the_first_time(self):
        """What comes back from a correction counts for the year in which it was handed in."""
        for record in (
            self._new_achievement(),
            self._new_suggestion(),
        ):
            with self.subTest(model=record._name):
                with freeze_time("2026-12-20 09:00:00"):
                    record.action_submit()
                    record.with_user(self.user_officer).action_return("The year is missing")
                with freeze_time("2027-01-08 09:00:00"):
                    record.action_submit()
                self.assertEqual(str(record.date_submitted), "2026-12-20")

    def test_withdraw_is_the_members(self):
        record = self._new_achievement()
        record.action_submit()
        for user in (self.user_mentor, self.user_officer):
            with self.assertRefused("Only Worker can withdraw"):
                record.with_user(user).action_withdraw()
        record.action_withdraw()
        self.assertEqual(record.state, "withdrawn")

    def test_list_verifies_what_it_can(self):
        first, second = self._new_achievement(), self._new_achievement(name="Welder")
        first.action_submit()
        answer = (first | second).with_user(self.user_officer).action_verify_selected()
        self.assertEqual(answer["params"]["title"], "1 of 2 done")
        self.assertEqual((first.state, second.state), ("verified", "draft"))

    def test_exit_ends_what_is_open(self):
        draft, waiting = self._new_achievement(), self._new_achievement(name="Welder")
        waiting.action_submit()
        verified = self._verified(name="Driver")
        self.member.with_user(self.user_officer).action_exit("Leaves")
        self.assertEqual(
            (draft | waiting | verified).mapped("state"), ["withdrawn", "withdrawn", "verified"]
        )
        self.assertEqual(waiting.sudo().decision_ids[:1].comment, "Left the talent pool.")
        self.assertFalse(waiting.sudo().activity_ids)

    # -- the plan and the time line --------------------------------------------------------

    def test_progress_of_the_plan(self):
        member = self._admitted(employee=self.leader, user=self.user_manager)
        plan = member.sudo().plan_id
        mentoring, promotion = plan.line_ids
        with self.assertRefused("another way of training", error=ValidationError):
            self._new_achievement(self.user_leader, plan_line_id=mentoring.id)
        with self.assertRefused("not allowed to see it", error=AccessError):
            self._new_achievement(plan_line_id=promotion.id)
        with self.assertRefused("another person's plan", error=ValidationError):
            self._new_achievement().with_user(self.user_officer).plan_line_id = promotion
        promotion.sudo().quantity = 2
        record = self._new_achievement(self.user_leader, plan_line_id=promotion.id)
        self.assertEqual(promotion.progress, 0)
        record.action_submit()
        self.assertEqual(promotion.progress, 25)
        record.with_user(self.user_officer).action_verify()
        self.assertEqual(promotion.progress, 50)
        self.assertEqual(promotion._get_documents()[promotion], [record.sudo(False)])

    def test_time_line(self):
        self._new_achievement()
        record = self._verified(name="Welder")
        model = self.env["hr.backbone.achievement"]
        self.env.flush_all()
        self.cr.execute(model._select_timeline())
        rows = [row for row in self.cr.fetchall() if row[1] == self.member.id]
        expected = (record.id, self.member.id, date(2026, 3, 2), None, "Welder", "verified", True)
        self.assertEqual(rows, [(*expected, None, None)])

    # -- the certification -----------------------------------------------------------------

    def test_qualification_is_a_certification_of_the_employee(self):
        record = self._new_achievement(date_expiry="2028-02-29")
        record.action_submit()
        record.with_user(self.user_mentor).action_verify()
        row = record.sudo().employee_skill_id
        self.assertEqual(row.employee_id, self.worker)
        self.assertTrue(row.is_certification)
        self.assertEqual(row.skill_id.name, "Master craftsman")
        self.assertEqual(row.skill_type_id.name, "Professional Qualifications")
        self.assertEqual(row.skill_level_id.name, "Obtained")
        self.assertEqual((row.valid_from, row.valid_to), (date(2026, 2, 1), date(2028, 2, 29)))
        self.assertIn(row, self.worker.certification_ids)
        proof = row.with_user(self.user_officer).backbone_evidence_ids
        self.assertEqual(proof, record.sudo().attachment_ids)

    def test_certification_that_hr_has_chosen(self):
        kind = self.env["hr.skill.type"].create(
            {
                "name": "Welding",
                "is_certification": True,
                "skill_ids": [(0, 0, {"name": "MIG"})],
                "skill_level_ids": [
                    (0, 0, {"name": "Basic", "level_progress": 10}),
                    (0, 0, {"name": "Full", "level_progress": 90}),
                ],
            }
        )
        record = self._new_achievement()
        record.action_submit()
        with self.assertRaises(AccessError):
            record.with_user(self.user_mentor).skill_id = kind.skill_ids
        record.with_user(self.user_officer).skill_id = kind.skill_ids
        record.with_user(self.user_officer).action_verify()
        self.assertEqual(record.sudo().employee_skill_id.skill_id, kind.skill_ids)
        self.assertEqual(record.sudo().employee_skill_id.skill_level_id.name, "Full")
        with self.assertRefused("before the verification"):
            record.with_user(self.user_officer).skill_id = False
        language = self.env["hr.skill"].search(
            [("skill_type_id.is_certification", "=", False)], limit=1
        )
        with self.assertRefused("not a certification", error=ValidationError):
            self._new_achievement().with_user(self.user_officer).skill_id = language

    def test_certification_is_made_once(self):
        """Two of one title share the name of the certification; what HR has entered before
        is taken, and a second run changes nothing."""
        first = self._verified()
        second = self._verified(name="MASTER craftsman", date_obtained="2026-02-15")
        same = self._verified()
        rows = self.worker.employee_skill_ids
        self.assertEqual(len(rows), 2)
        self.assertEqual(len(rows.skill_id), 1)
        self.assertEqual(same.sudo().employee_skill_id, first.sudo().employee_skill_id)
        (first | second | same).sudo()._make_certifications()
        self.assertEqual(self.worker.employee_skill_ids, rows)

    def test_certification_when_its_kind_was_deleted(self):
        self.env.ref("hr_backbone_training.skill_type_qualification").unlink()
        self.assertTrue(self._verified().sudo().employee_skill_id)

    # -- many ------------------------------------------------------------------------------

    def _make_many(self, count):
        """Queries of handing in and verifying `count` of them at once."""
        self.env.flush_all()
        before = self.cr.sql_log_count
        records = self.env["hr.backbone.achievement"].create(
            [
                {
                    "member_id": self.member.id,
                    "name": f"Course {count}-{number}",
                    "authority": "School",
                    "date_obtained": "2026-02-01",
                    "attachment_ids": [(4, self.file.id)],
                }
                for number in range(count)
            ]
        )
        records = records.with_user(self.user_officer)
        records.action_submit()
        records.action_verify()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_cost_of_many(self):
        self.file = self.env["ir.attachment"].create({"name": "c.pdf", "raw": b"%PDF-1.4"})
        self._make_many(2)
        few, many = self._make_many(10), self._make_many(110)
        self.assertLessEqual((many - few) / 100, 1, f"{few} for 10, {many} for 110")
