# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.core.readers import READERS
from ..common_access import CaseCommon

SECRET = "ill for two months"
ONLY_HR = "human resources only"
# where a reason could get to: documents, their history, what people are sent or shown
TABLES = ("mail_message", "mail_mail", "mail_activity", "calendar_event", "hr_resume_line")


@tagged("post_install", "-at_install")
class TestReaders(CaseCommon):
    """A reason says who will read it, before it is written, and nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._make_case(cls.worker, cls.leader, cls.director, cls.user_chair)
        # who each is to the case
        cls.roles = {
            cls.user_worker: {"employee", "employee_shared", "participants"},
            cls.user_leader: {"recommender", "managers"},
            cls.user_manager: {"managers"},
            cls.user_director: {
                *("mentor", "approver", "host", "trainer", "reviewer", "objector", "managers")
            },
            cls.user_chair: {"committee"},
            cls.user_officer: {"hr"},
            cls.user_admin: {"hr", "administrators"},
            cls.user_colleague: set(),
        }

    def _find_secret(self):
        """{table: the columns in which the secret is}."""
        self.env.flush_all()
        found = {}
        ours = [
            model._table
            for name, model in self.env.registry.items()
            if name.startswith("hr.backbone.")
            and model._auto
            and not (model._abstract or model._transient)
        ]
        for table in (*ours, *TABLES):
            self.env.cr.execute(
                f"""SELECT to_jsonb(t) FROM "{table}" t WHERE t::text LIKE %s""", [f"%{SECRET}%"]
            )
            for (row,) in self.env.cr.fetchall():
                columns = {name for name, value in row.items() if SECRET in str(value)}
                found[table] = found.get(table, set()) | columns
        return found

    def _take(self, record, name, user):
        """A step as the comment window takes it, with the secret."""
        wizard = self._as(self.env["hr.backbone.comment.wizard"], user).create(
            {
                "res_model": record._name,
                "res_ids": record.ids,
                "move": name,
                "comment": SECRET,
            }
        )
        self.assertIn(ONLY_HR, wizard.readers)
        wizard.action_confirm()

    def test_reasons_about_people_go_to_hr_alone(self):
        case = self.case
        for kind, name, user in (
            ("training.participant", "decline", self.user_worker),
            ("rotation", "end_early", self.user_officer),
            ("mentorship", "end", self.user_officer),
            ("member", "suspend", self.user_officer),
            ("member", "resume", self.user_officer),
            ("member", "exit", self.user_officer),
        ):
            with self.subTest(kind=kind, move=name):
                record = case[kind]
                self._take(record, name, user)
                tables = {"hr_backbone_decision", "hr_backbone_movement"}
                found = self._find_secret()
                self.assertLessEqual(set(found), tables)
                self.assertEqual(set().union(*found.values()), {"kept_reason"})
                decision = record.sudo().decision_ids[:1]
                self.assertEqual(decision.move, name)
                for reader, parts in self.roles.items():
                    seen = self._as(decision, reader)
                    self.env.invalidate_all()
                    if "hr" in parts:
                        self.assertEqual(seen.hr_reason, SECRET)
                    elif seen.has_access("read"):
                        self.assertNotIn(SECRET, str(seen.read()))
                        self.assertFalse(seen.search([("comment", "ilike", SECRET)]))
                    with self.assertRaises(AccessError):
                        seen.read(["kept_reason"])

    def test_officer_who_is_concerned_does_not_read_it(self):
        self._take(self.case["mentorship"], "end", self.user_admin)
        decision = self.case["mentorship"].sudo().decision_ids[:1]
        self.assertEqual(self._as(decision, self.user_officer).hr_reason, SECRET)
        self.user_officer.employee_ids.user_id = False
        self.env.flush_all()
        self.worker.user_id = self.user_officer
        self.env.invalidate_all()
        self.assertFalse(self._as(decision, self.user_officer).hr_reason)

    def test_the_others_are_told_the_fact(self):
        before = self.env["mail.mail"].sudo().search([])
        self._take(self.case["mentorship"], "end", self.user_officer)
        mails = self.env["mail.mail"].sudo().search([]) - before
        self.assertIn("Mentorship ended", mails.mapped("subject")[0])
        self.assertIn(self.user_worker.partner_id, mails.recipient_ids)

    def test_whoever_reads_is_named(self):
        """The table of readers, against the rules of access."""
        checked = 0
        for name, record in self.case.items():
            readers = getattr(type(record), "_readers", None)
            if not readers:
                continue
            self.assertLessEqual(set(readers), set(READERS))
            for user, parts in self.roles.items():
                self.env.invalidate_all()
                reads = self._as(record, user).has_access("read")
                with self.subTest(model=name, user=user.login):
                    checked += 1
                    if reads and "everyone" not in readers:
                        self.assertTrue(parts & set(readers), f"{name} is read by {user.login}")
                    if "hr" in parts and "hr" in readers:
                        self.assertTrue(reads)
        self.assertGreater(checked, 100)

    def test_every_text_has_readers(self):
        """Whoever types a text into a document is told who reads it."""
        silent = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("hr.backbone.") and not (model._transient or model._abstract)
            for field in model._fields.values()
            if hasattr(field, "limit") and not field.readonly
            if not (field.readers or getattr(model, "_readers", None))
        }
        self.assertEqual(silent, set())

    def test_the_window_names_the_readers_of_other_reasons(self):
        wizard = self._as(self.env["hr.backbone.comment.wizard"], self.user_officer).create(
            {
                "res_model": "hr.backbone.rotation",
                "res_ids": self.case["rotation"].ids,
                "move": "cancel",
            }
        )
        self.assertEqual(
            wizard.readers,
            "the employee, the employee's managers, the mentor, the host and that department's "
            "manager, and human resources",
        )
        field = self.env["hr.backbone.rotation"].fields_get(["objectives"], ["help"])
        self.assertIn("Read by: the employee, ", field["objectives"]["help"])
