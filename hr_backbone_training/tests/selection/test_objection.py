# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestObjection(BackboneCommon):
    """Every colleague may object until the publicity ends, and be sure of staying unknown."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.application, cls.publicity = cls._publicized()
        cls.line = cls.publicity.line_ids

    def _object(self, user=None, **kwargs):
        return self._as(self.env["hr.backbone.objection"], user or self.user_colleague).create(
            {"line_id": self.line.id, "text": "Often late", **kwargs}
        )

    # -- raising ---------------------------------------------------------------------------

    def test_every_employee_may_object(self):
        self._new_employee(self.user_member, self.board, self.job_director)
        for user in (self.user_colleague, self.user_member, self.user_director):
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                objection = self._object(user)
                self.assertEqual(objection.state, "open")
                self.assertEqual(objection.text, "Often late")
                self.assertEqual(objection.objector_name, user.name)

    def test_until_the_last_day_where_the_company_is(self):
        with freeze_time("2026-03-09 23:00:00"):
            self.assertTrue(self._object())
        with freeze_time("2026-03-10 00:30:00"):
            with self.assertRefused("The publicity ended on 03/09/2026"):
                self._object()
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        with freeze_time("2026-03-10 00:30:00"):
            self.assertTrue(self._object(self.user_manager))

    def test_not_before_it_is_published(self):
        application = self._selected(employee=self.colleague, user=self.user_manager)
        draft = (
            self.env["hr.backbone.publicity"]
            .with_user(self.user_officer)
            .create(
                {
                    "program_id": self.program.id,
                    "line_ids": [(0, 0, {"application_id": application.id})],
                }
            )
        )
        with self.assertRaises(AccessError):
            self._object(line_id=draft.line_ids.id)
        with self.assertRefused("is not published"):
            self._object(self.user_officer, line_id=draft.line_ids.id)

    def test_not_against_oneself(self):
        with self.assertRefused("You cannot object to your own name"):
            self._object(self.user_worker)

    def test_only_employees_of_the_company(self):
        with self.assertRefused("Only employees of the company can object"):
            self._object(self.user_chair)
        with self.assertRaises(AccessError):
            self._object(self.user_abroad)

    def test_a_name_and_a_text_are_needed(self):
        for text in ("", "   ", False):
            with self.subTest(text=text), self.assertRefused("write down your objection"):
                self._object(text=text)
        for line in (False, 999999999):
            with self.subTest(line=line), self.assertRefused("Choose a name"):
                self._object(line_id=line)

    def test_hidden_only_where_the_company_allows_it(self):
        self.company.backbone_anonymous_objection = False
        with self.assertRefused("accepts objections only under your own name"):
            self._object(hidden=True)
        self.assertEqual(self._object().objector_name, "Colleague")

    def test_objection_is_raised_in_the_own_name(self):
        objection = self._object(objector_id=self.manager.id, objector_name="Manager")
        self.assertEqual(objection.sudo().objector_id, self.colleague)
        self.assertEqual(objection.objector_name, "Colleague")
        objection.with_user(self.user_officer).action_dismiss("No")
        forged = (
            self.env["hr.backbone.objection"]
            .with_user(self.user_colleague)
            .with_context(
                default_objector_id=self.manager.id, default_state="upheld", default_hidden=False
            )
        )
        objection = forged.create({"line_id": self.line.id, "text": "Late", "state": "upheld"})
        self.assertEqual(objection.state, "open")
        self.assertEqual(objection.sudo().objector_id, self.colleague)

    # -- deciding --------------------------------------------------------------------------

    def test_officer_decides_once_with_a_finding(self):
        objection = self._object().with_user(self.user_officer)
        for finding in (None, "", "  "):
            with self.assertRefused("Please write down the finding"):
                objection.action_dismiss(finding)
        objection.action_dismiss("The clock was wrong")
        self.assertEqual((objection.state, objection.finding), ("dismissed", "The clock was wrong"))
        for move in ("uphold", "dismiss"):
            with self.subTest(move=move), self.assertRefused("has been decided"):
                getattr(objection, f"action_{move}")("Otherwise")
        with self.assertRefused("has been decided"):
            objection.finding = "Otherwise"
        decision = (
            self.env["hr.backbone.decision"]
            .sudo()
            .search([("res_model", "=", objection._name), ("res_id", "=", objection.id)])
        )
        self.assertEqual((decision.move, decision.user_id), ("dismissed", self.user_officer))

    def test_finding_written_before_is_enough(self):
        objection = self._object().with_user(self.user_officer)
        objection.finding = "The clock was wrong"
        objection.action_dismiss()
        self.assertEqual(objection.state, "dismissed")

    def test_only_hr_decides(self):
        objection = self._object()
        for user in (self.user_colleague, self.user_worker, self.user_director, self.user_chair):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                objection.with_user(user).action_dismiss("No")

    def test_nobody_decides_on_what_they_raised_or_recommended(self):
        raised = self._object(self.user_officer)
        with self.assertRefused("You cannot decide on your own case"):
            raised.action_uphold("I know it")
        self.user_leader.group_ids |= self.env.ref("hr_backbone_training.group_hr_backbone_officer")
        with self.assertRefused("You cannot decide on your own case"):
            raised.with_user(self.user_leader).action_dismiss("I recommended")
        raised.with_user(self.user_admin).action_dismiss("No")
        self.assertEqual(raised.state, "dismissed")

    def test_officer_neither_reads_nor_decides_on_one_against_themselves(self):
        self.officer.department_id = self.works
        application = self._approved(employee=self.officer, user=self.user_manager)
        review = application.with_user(self.user_admin)
        review.check_ids.filtered(lambda check: check.kind == "manual").answer = "yes"
        review.action_pass_review()
        meeting = self._meet(application, by=self.user_admin)
        meeting.with_user(self.user_chair).action_close()
        publicity = self._publish(application, by=self.user_admin)
        objection = self._object(line_id=publicity.line_ids.id)
        mine = objection.with_user(self.user_officer)
        self.assertNotIn(mine, mine.search([]))
        for names in (["text"], ["state"], ["finding"]):
            with self.assertRaises(AccessError):
                mine.read(names)
        with self.assertRaises(AccessError):
            mine.action_dismiss("No")
        objection.with_user(self.user_admin).action_dismiss("No")

    # -- immutable -------------------------------------------------------------------------

    def test_objection_is_history(self):
        objection = self._object()
        for user in (self.user_officer, self.user_admin):
            record = objection.with_user(user)
            for vals in (
                {"text": "Never late"},
                {"state": "dismissed"},
                {"hidden": False},
                {"objector_id": self.manager.id},
                {"line_id": self.line.id},
            ):
                with self.subTest(user=user.login, **vals):
                    with self.assertRefused("cannot be changed once it was raised"):
                        record.write(vals)
            with self.assertRaises(AccessError):
                record.unlink()
        with self.assertRefused("is history"):
            objection.sudo().unlink()
        for vals in ({"text": "Never late"}, {"finding": "No"}):
            with self.subTest(**vals), self.assertRefused():
                objection.write(vals)

    def test_objector_reads_the_own_objection_and_its_finding(self):
        objection = self._object(hidden=True)
        objection.with_user(self.user_officer).action_dismiss("The clock was wrong")
        self.env.invalidate_all()
        self.assertEqual(objection.search([]), objection)
        self.assertEqual(objection.finding, "The clock was wrong")
        self.assertEqual(objection.employee_name, "Worker")
        self.assertFalse(objection.with_user(self.user_director).search([]))
