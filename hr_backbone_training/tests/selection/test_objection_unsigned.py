# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import logging

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..common import BackboneCommon
from ..organization import OFFICER

SYSTEM = 1
# the one place where the objector is, for HR administrators alone
PROTECTED = {
    ("hr_backbone_objection", "objector_id"),
    ("hr_backbone_objection", "objector_user_id"),
}


@tagged("post_install", "-at_install")
class TestObjectionUnsigned(BackboneCommon):
    """A hidden objection, with a file and without: nothing that is written says whose it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.application, cls.publicity = cls._publicized()
        cls.line = cls.publicity.line_ids
        cls.people = {"res_users": cls.user_colleague.id, "hr_employee": cls.colleague.id}
        cls.people["res_partner"] = cls.user_colleague.partner_id.id

    def _raise(self, user=None, **vals):
        """As one request of the web client does it."""
        user = user or self.user_colleague
        self.env.flush_all()
        own = self.env(user=user, context={"allowed_company_ids": self.company.ids})
        vals = {"line_id": self.line.id, "text": "Often late", "hidden": True, **vals}
        number = call_kw(own["hr.backbone.objection"], "create", [vals], {})
        own.flush_all()
        self.env.invalidate_all()
        return self.env["hr.backbone.objection"].browse(number)

    def _raise_with_file(self):
        file = self.env["ir.attachment"].with_user(self.user_colleague)
        file = file.create(
            {"name": "Log.txt", "raw": b"Late", "res_model": "hr.backbone.objection"}
        )
        return self._raise(evidence_ids=[(6, 0, file.ids)])

    def _count_traces(self):
        """{(table, column): rows}, of all tables, that point to the objector."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
                 FROM pg_constraint c
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                WHERE c.contype = 'f' AND c.confrelid::regclass::text = ANY(%s)""",
            [list(self.people)],
        )
        counts = {}
        for table, column, target in self.env.cr.fetchall():
            self.env.cr.execute(
                f'SELECT count(*) FROM "{table.strip(chr(34))}" WHERE "{column}" = %s',
                [self.people[target]],
            )
            counts[table, column] = self.env.cr.fetchone()[0]
        return counts

    def test_no_column_of_any_table_points_to_the_objector(self):
        for raises in (self._raise, self._raise_with_file):
            with self.subTest(raises=raises.__name__):
                before = self._count_traces()
                objection = raises()
                after = self._count_traces()
                changed = {key for key, count in after.items() if count != before[key]}
                self.assertEqual(changed, PROTECTED)
                objection.with_user(self.user_officer).action_dismiss("No")

    def test_row_to_do_and_files_are_the_systems(self):
        for raises in (self._raise, self._raise_with_file):
            objection = raises().sudo()
            rows = [objection, *objection.evidence_ids, *self.publicity.sudo().activity_ids]
            for row in rows:
                with self.subTest(raises=raises.__name__, row=row):
                    self.assertEqual((row.create_uid.id, row.write_uid.id), (SYSTEM, SYSTEM))
            self.assertTrue(self.publicity.sudo().activity_ids)
            objection.with_user(self.user_officer).action_dismiss("No")

    def test_hr_learns_it_by_no_door(self):
        self.user_officer.group_ids |= self.env.ref("base.group_allow_export")
        objection = self._raise()
        for user in (self.user_officer, self.user_manager, self.user_chair, self.user_worker):
            for name in ("create_uid", "write_uid"):
                for model, domain in (
                    ("hr.backbone.objection", [(name, "=", self.user_colleague.id)]),
                    ("hr.backbone.objection", [(f"{name}.name", "ilike", "coll")]),
                    ("hr.backbone.publicity", [(f"objection_ids.{name}.login", "ilike", "coll")]),
                    ("mail.activity", [(name, "=", self.user_colleague.id)]),
                ):
                    records = self._as(self.env[model], user)
                    with self.subTest(user=user.login, model=model, domain=domain):
                        try:
                            self.assertFalse(records.search(domain))
                        except UserError:
                            continue  # refused altogether
        officer = self._as(objection, self.user_officer)
        names = [name for name in officer.fields_get() if name != "evidence_ids"]
        for told in (
            officer.read(names),
            officer.get_metadata(),
            officer.export_data(["create_uid/name", "write_uid/name", "text", "employee_name"]),
            officer.formatted_read_group([], ["write_uid", "create_uid"], ["__count"]),
            officer.onchange({}, [], {name: {} for name in names}),
            officer.web_read({name: {} for name in names}),
            self._as(self.publicity, self.user_officer).activity_ids.read(),
            self._as(self.publicity, self.user_officer).message_ids.read(["body", "author_id"]),
        ):
            with self.subTest(told=told):
                self.assertNotIn("olleague", str(told))
                self.assertNotIn(self.user_colleague.login, str(told))

    def test_finding_is_not_signed_either(self):
        """Else an empty signature would be that of the objector. The decision says whose it is."""
        objection = self._raise()
        officer = self.env(user=self.user_officer)
        objection.with_env(officer).action_dismiss("The clock was wrong")
        officer.flush_all()
        self.env.invalidate_all()
        self.assertEqual(objection.sudo().write_uid.id, SYSTEM)
        decision = self.env["hr.backbone.decision"].sudo()
        decision = decision.search([("res_model", "=", objection._name)])
        self.assertEqual(decision.user_id, self.user_officer)

    def test_what_is_computed_later_is_the_systems(self):
        objection = self._raise()
        own = self.env(user=self.user_colleague, su=True)
        own.add_to_compute(objection._fields["publicity_id"], objection.with_env(own))
        own.flush_all()
        self.env.invalidate_all()
        self.assertEqual(objection.sudo().write_uid.id, SYSTEM)

    def test_log_of_the_server_says_nothing(self):
        with self.assertLogs("odoo", level=logging.INFO) as caught:
            logging.getLogger("odoo").info("begins")
            self._raise_with_file()
        said = "\n".join(record.getMessage() for record in caught.records)
        for word in (f"#{self.user_colleague.id} ", "olleague", f"uid: {self.user_colleague.id},"):
            self.assertNotIn(word, said)

    # -- a deletion ------------------------------------------------------------------------

    def test_deleting_the_objectors_employee_says_nothing(self):
        """It goes as it would have gone without an objection; administrators still know."""
        objection = self._raise()
        self._as(self.colleague, self.user_officer).unlink()
        self.env.invalidate_all()
        self.assertFalse(self.colleague.exists())
        told = self._as(objection, self.user_admin)
        self.assertFalse(told.objector_id)
        self.assertEqual(told.objector_known_as, "Colleague")
        self.assertEqual(told.objector_user_id, self.user_colleague)
        self.assertFalse(self._as(objection, self.user_officer).objector_name)

    def test_kept_person_is_for_administrators_alone(self):
        objection = self._raise()
        for user in (self.user_officer, self.user_manager, self.user_colleague, self.user_chair):
            for name in ("objector_known_as", "objector_user_id"):
                record = self._as(objection, user)
                with self.subTest(user=user.login, name=name):
                    with self.assertRaises(UserError):
                        record.read([name])
                    with self.assertRaises(UserError):
                        record.search([(name, "!=", False)])
                    with self.assertRaises(UserError):
                        record.export_data([name])
        self.assertEqual(self._as(objection, self.user_admin).objector_known_as, "Colleague")

    # -- one open objection per name -------------------------------------------------------

    def test_one_open_objection_of_a_person_to_a_name(self):
        objection = self._raise()
        for hidden in (True, False):
            with self.assertRefused("You already have an open objection to Worker"):
                self._raise(hidden=hidden)
        vals = {"line_id": self.line.id, "text": "Late"}
        model = self._as(self.env["hr.backbone.objection"], self.user_manager)
        with self.assertRefused("You already have an open objection to Worker"):
            model.create([vals, vals])
        self.assertTrue(self._raise(self.user_manager))
        objection.with_user(self.user_officer).action_dismiss("No")
        self.assertTrue(self._raise())

    def test_linking_people_in_turn_does_not_tell(self):
        """An officer links their own login to one after the other, and asks who may decide."""
        objection = self._raise()
        own = self.env["hr.employee"].search([("user_id", "=", self.user_officer.id)])
        own.user_id = False
        answers = []
        for suspect in (self.colleague, self.director):
            before = suspect.user_id
            suspect.user_id = self.user_officer
            self.env.flush_all()
            self.env.invalidate_all()
            seen = objection.with_user(self.user_officer)
            answers.append((seen.can_decide, seen._get_decide_refusal()))
            suspect.user_id = before
        self.assertEqual(answers, [(True, False)] * 2)

    def test_hr_whom_it_concerns_is_not_told(self):
        """Neither as the responsible person of the program, nor by the to-dos of others."""
        candidate = self.application.employee_id.user_id
        candidate.sudo().write({"group_ids": [(6, 0, self.env.ref(OFFICER).ids)]})
        self.program.user_id = candidate
        self._raise()
        activity = self.publicity.sudo().activity_ids
        self.assertTrue(activity)
        self.assertNotIn(candidate, activity.user_id)
        seen = self.env["mail.activity"].with_user(candidate)
        self.assertFalse(seen.search([("id", "in", activity.ids)]))
        self.env.invalidate_all()
        self.assertFalse(self.publicity.with_user(candidate).activity_ids)
        lines = self.env["hr.backbone.publicity.line"].with_user(candidate)
        self.assertFalse(lines.search([("objection_ids", "!=", False)]))
        self.assertIn(self.line, lines.search([("objection_ids", "=", False)]))

    def test_who_objected_does_not_decide(self):
        self.user_colleague.group_ids |= self.env.ref(OFFICER)
        self.assertFalse(self._raise().with_user(self.user_colleague).can_decide)

    def test_whose_login_is_changed_learns_nothing_by_it(self):
        """Somebody who takes over the employee is not told that there was an objection."""
        self._raise()
        self._become(self.user_chair, self.colleague)
        self.assertTrue(self._raise(self.user_chair))

    # -- existing databases ----------------------------------------------------------------

    def test_migration_takes_the_signatures_away(self):
        objection = self._raise_with_file()
        self.env.flush_all()
        activity = self.publicity.sudo().activity_ids
        for row in (objection, objection.sudo().evidence_ids, activity):
            self.env.cr.execute(
                f'UPDATE "{row._table}" SET create_uid = %s, write_uid = %s WHERE id IN %s',
                [self.user_colleague.id, self.user_colleague.id, tuple(row.ids)],
            )
        self.env.cr.execute(
            """UPDATE hr_backbone_objection SET objector_known_as = NULL, objector_user_id = NULL
                WHERE id = %s""",
            [objection.id],
        )
        self.env.invalidate_all()
        self._run_migration("19.0.1.1.0/post-objection.py")
        self.env.invalidate_all()
        for row in (objection.sudo(), objection.sudo().evidence_ids, activity):
            self.assertEqual((row.create_uid.id, row.write_uid.id), (SYSTEM, SYSTEM), row)
        self.assertEqual(objection.sudo().objector_known_as, "Colleague")
        self.assertEqual(objection.sudo().objector_user_id, self.user_colleague)

    def test_migration_of_two_open_ones(self):
        """What was raised twice stays; the person is kept once among the open ones."""
        first = self._raise()
        self.env.cr.execute("DROP INDEX hr_backbone_objection_open_uniq")
        self.env.cr.execute(
            """INSERT INTO hr_backbone_objection
                      (line_id, publicity_id, company_id, text, hidden, objector_id, state)
               SELECT line_id, publicity_id, company_id, text, hidden, objector_id, state
                 FROM hr_backbone_objection WHERE id = %s""",
            [first.id],
        )
        self.env.cr.execute("UPDATE hr_backbone_objection SET objector_user_id = NULL")
        self._run_migration("19.0.1.1.0/post-objection.py")
        self.env.cr.execute("SELECT count(*), count(objector_user_id) FROM hr_backbone_objection")
        self.assertEqual(self.env.cr.fetchone(), (2, 1))
