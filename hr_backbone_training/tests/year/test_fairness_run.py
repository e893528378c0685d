# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import BackboneCommon

NOTE = "The reports of the night shift came late"


@tagged("post_install", "-at_install")
class TestFairnessRun(BackboneCommon):
    """Before the outstanding are announced, an HR administrator sees how far apart groups are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls._new_people(12)
        people[:6].sex, people[6:].sex = "female", "male"
        members = cls._new_members(people)
        cls.run_ = (
            cls.env["hr.backbone.evaluation.run"]
            .with_user(cls.user_officer)
            .create({"program_id": cls.program.id})
        )
        cls.rows = cls.env["hr.backbone.evaluation"].create(
            [
                {
                    "run_id": cls.run_.id,
                    "member_id": member.id,
                    "employee_id": member.employee_id.id,
                    "employee_name": member.employee_id.name,
                    "department_name": "North" if index % 2 else "South",
                    "echelon_id": cls.echelon_3.id,
                    "is_outstanding": index in (0, 6, 7),
                }
                for index, member in enumerate(members)
            ]
        )
        cls.run_.sudo()._write_moved({"state": "frozen"})
        cls.env.flush_all()

    def _open(self):
        action = self.run_.with_user(self.user_admin).action_open_fairness()
        return self.env["hr.backbone.fairness"].with_user(self.user_admin).browse(action["res_id"])

    def test_administrator_writes_a_note_first(self):
        run = self.run_.with_user(self.user_admin)
        self.assertFalse(run.can_announce)
        with self.assertRefused("less than four fifths"):
            run.action_announce()
        check = self._open()
        self.assertEqual(
            check.figures,
            {
                "sex": [["female", 6, 1], ["male", 6, 2]],
                "department": [["North", 6, 1], ["South", 6, 2]],
            },
        )
        for text in ("Outstanding", "Evaluated", "North", "0.500"):
            self.assertIn(text, check.table)
        self.assertEqual(check.display_name, run.display_name)
        with self.assertRefused("Please write a note"):
            check.action_confirm()
        check.note = NOTE
        check.action_confirm()
        run.action_announce()
        self.assertEqual(run.state, "announced")
        self.assertTrue(check.is_kept)

    def test_an_officer_learns_nothing(self):
        looks_first = "An HR administrator looks at the fairness first. Please ask Admin"
        self.assertFalse(self.run_.can_announce)
        self.assertIn(looks_first, self.run_.blocking_reason)
        with self.assertRefused(looks_first):
            self.run_.action_announce()
        check = self._open()
        with self.assertRefused("Only HR administrators", error=AccessError):
            self.run_.action_open_fairness()
        with self.assertRaises(AccessError):
            check.with_user(self.user_officer).read(["note"])
        check.note = NOTE
        check.action_confirm()
        self.run_.action_announce()
        self.assertEqual(self.run_.state, "announced")

    def test_an_administrator_who_is_evaluated_does_not_look(self):
        check = self._open()
        self.rows[0].employee_id.user_id = self.user_admin
        self.env.flush_all()
        self.env.registry.clear_cache()
        with self.assertRefused("You are among the people", error=AccessError):
            self._open()
        with self.assertRaises(AccessError):
            check.read(["note"])
        self.assertFalse(check.search([]))

    def test_an_administrator_has_it_to_do(self):
        self.run_.sudo()._pass_todos_on()
        todo = self.run_.sudo().activity_ids
        self.assertEqual(todo.user_id, self.user_admin)
        self.assertEqual(todo.activity_type_id.name, "Look at the fairness")
        check = self._open()
        check.note = NOTE
        check.action_confirm()
        self.assertFalse(self.run_.sudo().activity_ids)

    def test_a_simulation_has_nothing_to_look_at(self):
        draft = self.run_.create({"program_id": self.program.id}).with_user(self.user_admin)
        with self.assertRefused("There are no figures"):
            draft.action_open_fairness()

    def test_of_one_program_the_last_figures_are_shown_alone(self):
        """The difference between two versions would tell of few people."""
        check = self._open()
        check.note = NOTE
        check.action_confirm()
        run = self.run_.with_user(self.user_admin)
        run.action_announce()
        correction = self.run_.create({"program_id": self.program.id})
        self.rows[1:].copy({"run_id": correction.id})
        run.sudo()._write_moved({"state": "superseded"})
        correction.sudo()._write_moved({"state": "frozen", "version": 2})
        self.env.invalidate_all()
        self.assertTrue(check.figures)
        action = correction.with_user(self.user_admin).action_open_fairness()
        self.env.invalidate_all()
        shown = check.search([])
        self.assertEqual(shown.ids, [action["res_id"]])
        with self.assertRaises(AccessError):
            check.read(["figures"])
        with self.assertRefused("a later version has its own"):
            run.action_open_fairness()
        # what was written then is kept
        self.assertEqual(check.sudo().note, NOTE)

    def test_nothing_to_confirm_where_nothing_is_compared(self):
        people = self.rows.employee_id
        people.sex = "male"
        self.rows.department_name = "North"
        self.env.flush_all()
        check = self._open()
        self.assertFalse(check.has_groups)
        with self.assertRefused("nothing is to be confirmed"):
            check.action_confirm()
        form = Form(check)
        self.assertFalse(form.is_low)

    def test_switched_off(self):
        self.company.backbone_fairness = False
        self.run_.action_announce()
        self.assertEqual(self.run_.state, "announced")
