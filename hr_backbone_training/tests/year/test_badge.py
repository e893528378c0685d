# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common_evaluation import EvaluationCommon


@tagged("post_install", "-at_install")
class TestBadge(EvaluationCommon):
    """The badge of the outstanding is given by the announcement alone, and read, like the line
    of the résumé, in the company where it was given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.run_.action_freeze()
        cls.run_.action_announce()
        cls.anna = cls.run_.evaluation_ids.filtered("is_outstanding").sudo()
        cls.given = cls.anna.badge_user_id
        cls.badge = cls.env.ref("hr_backbone_training.badge_outstanding")
        cls.free = cls.env["gamification.badge"].create(
            {"name": "Good colleague", "rule_auth": "everyone"}
        )
        cls.customer = cls._new_users({"bt_customer": "base.group_portal"})

    def test_nobody_gives_it(self):
        vals = {"badge_id": self.badge.id, "user_id": self.user_colleague.id}
        for user in (self.user_colleague, self.user_worker, self.user_officer):
            rows = self.env["gamification.badge.user"].with_user(user)
            with self.subTest(user=user.login), self.assertRefused("when they are announced"):
                rows.create(vals)
            free = rows.create({"badge_id": self.free.id, "user_id": user.id})
            with self.assertRefused("when they are announced"):
                free.write({"badge_id": self.badge.id})
            with self.assertRefused("when they are announced"):
                free.write({"backbone_company_id": self.company.id})

    def test_nobody_rewrites_or_takes_it(self):
        for user in (self.user_colleague, self.customer, self.user_officer):
            given = self.given.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(UserError):
                given.write({"comment": "He cheated"})
            with self.subTest(user=user.login), self.assertRaises(UserError):
                given.unlink()
        self.assertIn("Outstanding", self.given.comment)

    def test_badge_itself_stays(self):
        badge = self.badge.with_user(self.user_officer)
        for vals in ({"rule_auth": "everyone"}, {"active": False}):
            with self.assertRefused("by nobody else"):
                badge.write(vals)
        with self.assertRaises(UserError):
            badge.unlink()
        badge.description = "Of the year"
        self.free.with_user(self.user_officer).write({"rule_auth": "nobody"})

    def test_what_it_says(self):
        """It is one badge for all companies that have the scheme."""
        plain = self._new_users({"bt_plain": "base.group_user,hr.group_hr_manager"})
        with self.assertRefused("by nobody else"):
            self.badge.with_user(plain).name = "Cheat"
        self._create_abroad()
        for user in (self.user_admin_abroad, self.user_officer):
            badge = self._as(self.badge, user)
            with self.subTest(user=user.login), self.assertRefused("no access to"):
                badge.name = "Cheat"
            with self.assertRefused("no access to"):
                badge.update_field_translations("name", {"en_US": "Cheat"})
        self.free.with_user(plain).name = "Better colleague"

    def test_no_challenge_gives_it(self):
        """Odoo's daily job gives the reward as superuser."""
        plain = self._new_users({"bt_plain": "base.group_user,hr.group_hr_manager"})
        challenges = self.env["gamification.challenge"].with_user(plain)
        for name in ("reward_id", "reward_first_id", "reward_second_id", "reward_third_id"):
            with self.subTest(name=name), self.assertRefused("when they are announced"):
                challenges.create({"name": "x", name: self.badge.id})
        challenge = challenges.create({"name": "x", "reward_id": self.free.id})
        with self.assertRefused("when they are announced"):
            challenge.reward_id = self.badge
        before = self.env["gamification.badge.user"].search_count([])
        challenge.sudo()._reward_user(self.user_colleague, self.badge)
        self.assertEqual(self.env["gamification.badge.user"].search_count([]), before)
        challenge.sudo()._reward_user(self.user_colleague, self.free)
        self.assertEqual(self.env["gamification.badge.user"].search_count([]), before + 1)

    def test_read_in_the_company_alone(self):
        self.assertTrue(self.given.with_user(self.user_colleague).comment)
        self._create_abroad()
        for user in (self.user_admin_abroad, self.customer):
            rows = self._as(self.env["gamification.badge.user"], user)
            self.assertFalse(rows.search([("badge_id", "=", self.badge.id)]), user.login)
        line = self.anna.resume_line_id
        self.assertTrue(line.with_user(self.user_colleague).name)
        abroad = self._as(self.env["hr.resume.line"], self.user_admin_abroad)
        self.assertFalse(abroad.search([("id", "=", line.id)]))

    def test_what_was_given_before_the_update(self):
        line = self.anna.resume_line_id
        self.given.backbone_company_id = line.backbone_company_id = False
        row = self.env["hr.backbone.training.participant"].search(
            [("score", ">", 0), ("state", "=", "attended")], limit=1
        )
        course = self.env["hr.resume.line"].create(
            {
                "employee_id": row.employee_id.id,
                "name": "Course",
                "description": "<p>Skills · 6 hours · Result: 90 of 100</p>",
            }
        )
        row._write_moved({"resume_line_id": course.id})
        self.env.flush_all()
        self._run_migration("19.0.1.1.0/post-award.py")
        self.env.invalidate_all()
        self.assertEqual(self.given.backbone_company_id, self.company)
        self.assertEqual(line.backbone_company_id, self.company)
        self.assertEqual(course.description, "<p>Skills · 6 hours</p>")
        self.assertEqual(course.backbone_company_id, self.company)
