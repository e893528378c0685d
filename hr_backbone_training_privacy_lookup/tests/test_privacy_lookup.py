# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.hr_backbone_training.tests.common import BackboneCommon
from odoo.addons.hr_backbone_training.tests.organization import MANAGER, OFFICER

SYSTEM = "base.group_system"


@tagged("post_install", "-at_install")
class TestPrivacyLookup(BackboneCommon):
    """The lookup lists our rows of a person, and no objector to whoever may not know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_settings, cls.user_both, cls.user_hr = cls._new_users(
            {
                "bt_settings": SYSTEM,
                "bt_settings_admin": f"{SYSTEM},{MANAGER}",
                "bt_settings_officer": f"{SYSTEM},{OFFICER}",
            }
        )
        cls.application, cls.publicity = cls._publicized()
        cls.objection = cls._object(cls.user_colleague, hidden=True)
        cls.open_objection = cls._object(cls.user_leader, hidden=False)

    @classmethod
    def _object(cls, user, hidden):
        return (
            cls.env["hr.backbone.objection"]
            .with_user(user)
            .create({"line_id": cls.publicity.line_ids.id, "text": "Often late", "hidden": hidden})
        )

    def _look_up(self, person, user=None, **kwargs):
        """The wizard in which `user` looks up a person."""
        user_of = person.user_id if person._name == "hr.employee" else person
        wizard = (
            self.env["privacy.lookup.wizard"]
            .with_user(user or self.user_settings)
            .create({"name": person.name, "email": user_of.email or "none@example.com", **kwargs})
        )
        wizard.action_lookup()
        return wizard

    def _found(self, wizard, model):
        lines = wizard.line_ids.filtered(lambda line: line.res_model == model)
        self.assertEqual(len(set(lines.mapped("res_id"))), len(lines), "each row once")
        return self.env[model].sudo().browse(lines.mapped("res_id"))

    # -- what is found -----------------------------------------------------------------

    def test_documents_of_the_person_are_listed_with_what_hangs_on_them(self):
        wizard = self._look_up(self.worker)
        case = self.application.sudo()
        self.assertEqual(self._found(wizard, "hr.backbone.application"), case)
        self.assertIn(case.plan_id, self._found(wizard, "hr.backbone.plan"))
        self.assertIn(
            self.publicity.sudo().line_ids, self._found(wizard, "hr.backbone.publicity.line")
        )
        self.assertLessEqual(case.decision_ids, self._found(wizard, "hr.backbone.decision"))
        self.assertEqual(
            self._found(wizard, "hr.backbone.objection"),
            (self.objection | self.open_objection).sudo(),
            "raised against the person, whoever raised them",
        )

    def test_rows_that_name_the_person_are_listed(self):
        vote = self.env["hr.backbone.meeting.vote"].sudo().search([], limit=1)
        member = self._new_members(self.colleague)
        self._set_mentor(member, self.manager)
        self.assertIn(vote, self._found(self._look_up(vote.user_id), "hr.backbone.meeting.vote"))
        wizard = self._look_up(self.manager)
        self.assertIn(member, self._found(wizard, "hr.backbone.member"), "whom he mentors")
        self.assertIn(
            self.application.sudo(),
            self._found(self._look_up(self.leader), "hr.backbone.application"),
            "whom she recommended",
        )
        officer = self._found(self._look_up(self.user_officer), "hr.backbone.decision")
        self.assertIn(self.user_officer, officer.user_id)

    def test_signatures_are_listed(self):
        signature = (
            self.env["hr.backbone.signature"]
            .sudo()
            .create(
                {
                    "res_model": "hr.backbone.application",
                    "res_id": self.application.id,
                    "company_id": self.company.id,
                    "role": "employee",
                    "user_id": self.user_worker.id,
                    "name": "Worker",
                    "date": "2026-03-02 09:00:00",
                    "image": b"iVBORw0KGgo=",
                    "content_hash": "x",
                }
            )
        )
        self.assertIn(signature, self._found(self._look_up(self.worker), "hr.backbone.signature"))

    def test_somebody_without_a_login_is_found_by_the_address_at_work(self):
        person = self._new_employee(
            None, self.line, self.job_worker, name="No Login", work_email="no@example.com"
        )
        member = self._new_members(person)
        wizard = self._look_up(person, name="Somebody Else", email="no@example.com")
        self.assertEqual(self._found(wizard, "hr.backbone.member"), member)

    def test_others_are_not_listed(self):
        wizard = self._look_up(self.user_abroad)
        ours = wizard.line_ids.filtered(
            lambda line: (
                line.res_model.startswith("hr.backbone.") and line.res_model != "hr.backbone.login"
            )
        )
        self.assertFalse(ours)

    # -- hidden objectors --------------------------------------------------------------

    def test_hr_administrators_alone_find_a_hidden_objector(self):
        for user, found in (
            (self.user_settings, False),
            (self.user_hr, False),
            (self.user_both, True),
        ):
            with self.subTest(user=user.login):
                wizard = self._look_up(self.colleague, user)
                self.assertEqual(
                    self.objection.sudo() in self._found(wizard, "hr.backbone.objection"), found
                )
        wizard = self._look_up(self.leader)
        self.assertEqual(self._found(wizard, "hr.backbone.objection"), self.open_objection.sudo())

    def test_nor_after_the_employee_is_gone(self):
        self.objection.sudo().objector_id.user_id = False
        self.user_colleague.sudo().login = "another"
        for user, found in ((self.user_hr, False), (self.user_both, True)):
            wizard = self._look_up(self.colleague, user, email="nobody@example.com")
            self.assertEqual(
                self.objection.sudo() in self._found(wizard, "hr.backbone.objection"), found
            )

    def test_an_administrator_of_another_company_finds_none(self):
        self.user_both.write(
            {"company_ids": [(6, 0, self.company_abroad.ids)], "company_id": self.company_abroad.id}
        )
        self.env = self.env(context={"allowed_company_ids": self.company_abroad.ids})
        wizard = self._look_up(self.colleague, self.user_both)
        self.assertFalse(self._found(wizard, "hr.backbone.objection"))

    def test_what_an_administrator_found_is_not_for_the_next_one(self):
        wizard = self._look_up(self.colleague, self.user_both)
        lines = wizard.line_ids.filtered(lambda line: line.res_model == "hr.backbone.objection")
        self.assertTrue(lines)
        self.assertNotIn("Objection", wizard.records_description)
        self.env.flush_all()
        self.env.invalidate_all()
        others = lines.with_user(self.user_settings)
        with self.assertRaises(AccessError):
            others.read(["res_id"])
        self.assertFalse(others.search([("id", "in", lines.ids)]))

    def test_nobody_hears_of_an_objection_to_their_own_name(self):
        self.user_worker.write(
            {"group_ids": [(6, 0, (self.env.ref(SYSTEM) | self.env.ref(MANAGER)).ids)]}
        )
        self.open_objection.with_user(self.user_officer).action_dismiss("Not so")
        for person in (self.worker, self.leader, self.user_officer):
            wizard = self._look_up(person, self.user_worker)
            self.assertFalse(self._found(wizard, "hr.backbone.objection"))
            decisions = self._found(wizard, "hr.backbone.decision")
            self.assertNotIn("hr.backbone.objection", decisions.mapped("res_model"))

    # -- deleting ----------------------------------------------------------------------

    def test_the_documents_keep_their_own_rules(self):
        wizard = self._look_up(self.worker)
        for model in ("hr.backbone.application", "hr.backbone.decision", "hr.backbone.plan"):
            line = wizard.line_ids.filtered(lambda line, model=model: line.res_model == model)[0]
            with self.subTest(model=model), self.assertRaisesRegex(UserError, "ask HR"):
                line.action_unlink()
        self.assertTrue(self.application.sudo().exists())

    def test_hr_deletes_what_may_be_deleted(self):
        draft = self._new_draft_achievement()
        wizard = self._look_up(self.colleague, self.user_both)
        line = wizard.line_ids.filtered(
            lambda line: (line.res_model, line.res_id) == (draft._name, draft.id)
        )
        line.action_unlink()
        self.assertFalse(draft.exists())
        self.assertTrue(line.is_unlinked)
        self.assertIn(f"#{draft.id}", line.execution_details)

    def _new_draft_achievement(self):
        self._new_members(self.colleague)
        achievements = self.env["hr.backbone.achievement"].with_user(self.user_colleague)
        return achievements.create({"name": "Master craftsman"})
