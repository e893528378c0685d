# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common_training import BackboneTrainingCommon


@tagged("post_install", "-at_install")
class TestTrainingNeed(BackboneTrainingCommon):
    """A training that is born from actions of development plans: HR sees what the plans ask
    for, and plans one training for several of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.course, cls.external = cls._plan(cls.worker, "internal", "external")
        [cls.colleague_course] = cls._plan(cls.colleague, "internal")
        cls.lines = (cls.course | cls.colleague_course).with_user(cls.user_officer)

    @classmethod
    def _plan(cls, employee, *methods, state="active"):
        """The actions of a plan in force, one for each way of training."""
        plan = cls.env["hr.backbone.plan"]._create_moved(
            [{"employee_id": employee.id, "state": state}]
        )
        return plan.line_ids.create(
            [
                {"plan_id": plan.id, "method": method, "action": f"{method} of {employee.name}"}
                for method in methods
            ]
        )

    def _open(self, lines=None, user=None, **vals):
        """The window in which HR plans a training for these actions."""
        lines = self.lines if lines is None else lines
        action = lines.with_user(user or self.user_officer).action_plan_training()
        wizards = self.env[action["res_model"]].with_user(user or self.user_officer)
        return wizards.with_context(**action["context"]).create(vals)

    def _find_needs(self, *domain):
        domain = [("plan_state", "=", "active"), ("method", "in", ("internal", "external"))]
        needs = self.env["hr.backbone.plan.line"].with_user(self.user_officer)
        return needs.search([*domain, ("is_begun", "=", False)])

    # -- what is needed --------------------------------------------------------------------

    def test_needs_until_something_is_planned(self):
        found = self._find_needs()
        self.assertLessEqual(self.lines | self.external, found)
        training = self._new_training([self.worker_member])
        row = self._row(training, self.worker_member)
        row.sudo().plan_line_id = self.course
        self.assertTrue(self.course.is_begun)
        self.assertNotIn(self.course, self._find_needs())
        # an invitation that was declined serves nothing: the need is there again
        row.action_decline()
        self.assertIn(self.course, self._find_needs())

    # -- planned for many --------------------------------------------------------------------

    def test_new_training(self):
        action = self._open(name=" Leading a Team ", date_start="2026-03-12 09:00").action_confirm()
        training = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(
            (training.name, training.kind, training.state), ("Leading a Team", "internal", "draft")
        )
        self.assertEqual(training.create_uid, self.user_officer)
        rows = training.participant_ids
        self.assertEqual(rows.member_id, self.worker_member | self.colleague_member)
        self.assertEqual(rows.plan_line_id, self.course | self.colleague_course)
        rows._write_moved({"state": "attended"})
        rows._update_plan_lines()
        self.assertEqual(self.lines.mapped("progress"), [100, 100])

    def test_training_that_is_announced(self):
        """They are invited like anybody who is added; who is on the list stays there once, and
        keeps the action that the place served before."""
        [second] = self._plan(self.colleague, "internal")
        training = self._new_training([self.colleague_member])
        self._row(training, self.colleague_member).sudo().plan_line_id = second
        self._open(training_id=training.id).action_confirm()
        rows = training.participant_ids
        self.assertEqual(len(rows), 2)
        served = {row.member_id: row.plan_line_id for row in rows}
        self.assertEqual(served, {self.colleague_member: second, self.worker_member: self.course})
        row = self._row(training, self.worker_member)
        self.assertIn("invite", row.sudo().decision_ids.mapped("move"))

    def test_two_actions_of_one_person(self):
        """One place serves one action; the other one stays a need."""
        [second] = self._plan(self.worker, "internal")
        lines = (self.course | second).with_user(self.user_officer)
        wizard = self._open(lines, name="Leading a Team", date_start="2026-03-12 09:00")
        training = self.env["hr.backbone.training"].browse(wizard.action_confirm()["res_id"])
        self.assertEqual(training.participant_ids.plan_line_id, self.course)
        self.assertIn(second, self._find_needs())

    def test_refusals(self):
        [book] = self._plan(self.leader, "promotion")
        [draft] = self._plan(self.leader, "internal", state="draft")
        for lines, sentence in (
            (self.course | self.external, "is internal or external"),
            (self.lines.browse(), "Choose actions"),
            (book, "Choose actions"),
            (draft, "not in force"),
        ):
            with self.subTest(sentence), self.assertRefused(sentence):
                self._open(lines)
        self.colleague_member._write_moved({"state": "suspended"})
        with self.assertRefused("is not in the talent pool now"):
            self._open()

    def test_nothing_chosen(self):
        for vals in ({}, {"name": "Leading"}, {"date_start": "2026-03-12 09:00", "name": " "}):
            with self.subTest(vals), self.assertRefused("Choose a training, or give a name"):
                self._open(**vals).action_confirm()

    def test_training_that_does_not_fit(self):
        """The window offers none of these; whoever sends one is refused as in its form."""
        held = self._new_training(plan=False, kind="external")
        with self.assertRefused("another way of training"):
            self._open(training_id=held.id).action_confirm()

    def test_who(self):
        for user in (self.user_worker, self.user_leader, self.user_colleague):
            with self.subTest(user=user.login):
                with self.assertRefused("Only HR plans"):
                    self.course.with_user(user).action_plan_training()
                with self.assertRaises(AccessError):
                    self.env["hr.backbone.training.need.wizard"].with_user(user).create({})

    def test_companies_never_meet(self):
        """HR of another company neither sees these needs nor plans for them."""
        self._create_abroad()
        abroad = self.user_admin_abroad
        needs = self._as(self.env["hr.backbone.plan.line"], abroad)
        self.assertFalse(needs.search([("id", "in", self.lines.ids)]))
        with self.assertRaises(AccessError):
            self._as(self.lines, abroad).action_plan_training()
        wizards = self._as(self.env["hr.backbone.training.need.wizard"], abroad)
        with self.assertRaises(AccessError):
            wizards.create(
                {
                    "line_ids": [(6, 0, self.lines.ids)],
                    "name": "Leading",
                    "date_start": "2026-03-12 09:00",
                }
            ).action_confirm()

    # -- the other ways of training --------------------------------------------------------

    def test_begin(self):
        """Each opens the form of what serves the action, with member and action filled in."""
        talk, stay, book = self._plan(self.worker, "mentoring", "rotation", "promotion")
        for line, name, model in (
            (stay, "action_begin", "hr.backbone.rotation"),
            (book, "action_begin", "hr.backbone.achievement"),
            (book, "action_begin_suggestion", "hr.backbone.suggestion"),
        ):
            with self.subTest(model=model):
                action = getattr(line.with_user(self.user_worker), name)()
                self.assertEqual(action["res_model"], model)
                documents = self.env[model].with_context(**action["context"])
                defaults = documents.default_get(["member_id", "plan_line_id"])
                self.assertEqual(
                    defaults, {"member_id": self.worker_member.id, "plan_line_id": line.id}
                )
        with self.assertRefused("There is no mentor to talk with yet."):
            talk.with_user(self.user_worker).action_begin()
        mentorship = self._mentored(self.worker_member, self.manager)
        action = talk.with_user(self.user_worker).action_begin()
        self.assertEqual(action["context"]["default_mentorship_id"], mentorship.id)

    def test_begin_refused(self):
        with self.assertRefused("HR plans a training"):
            self.course.with_user(self.user_worker).action_begin()
        with self.assertRefused("HR plans a training"):
            self.course.with_user(self.user_worker).action_begin_suggestion()
        with self.assertRaises(AccessError):
            self.course.with_user(self.user_colleague).action_begin()

    # -- the participant says which action it serves -----------------------------------------

    def test_participant_chooses_the_action(self):
        training = self._new_training([self.worker_member])
        row = self._row(training, self.worker_member)
        self.assertEqual(row._get_plan_line_choices(), self.course)
        row._link_from_portal(str(self.course.id))
        self.assertEqual(row.plan_line_id, self.course)
        row._link_from_portal("")
        self.assertFalse(row.plan_line_id)
        for text in (str(self.external.id), str(self.colleague_course.id), "x", "0"):
            with self.subTest(text), self.assertRefused("Choose an action of the plan."):
                row._link_from_portal(text)
        for user in (self.user_leader, self.user_trainer, self.user_officer):
            with self.subTest(user=user.login), self.assertRefused("by whoever takes part"):
                row.with_user(user)._link_from_portal(str(self.course.id))
        row.action_decline()
        with self.assertRefused("by whoever takes part"):
            row._link_from_portal(str(self.course.id))
