# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from types import SimpleNamespace

from psycopg2 import IntegrityError, errors

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common_rpc import RpcCommon

# what may decide the order of our documents: whoever sorts others by them reads it, or anyone may
SORTING = {
    "company_id",
    "date",
    "date_adopted",
    "date_start",
    "echelon_id",
    "echelon_level",
    "employee_name",
    "id",
    "level",
    "method",
    "sequence",
    "year",
    # of a document that one reads oneself, or of its parent
    "application_id",
    "assessment_id",
    "opinion_id",
    "item_id",
    "meeting_id",
    "member_id",
    "plan_id",
    "program_id",
    "proposal_id",
    "publicity_id",
    "quarter_id",
    "report_id",
    "training_id",
}
# to whom nothing points that anybody but HR reads
UNNAMED = {"hr.backbone.evaluation", "hr.backbone.quarter.debt", "hr.backbone.quarter.setback"}


@tagged("post_install", "-at_install")
class TestByTheWay(RpcCommon):
    """What people learn without reading it: by sorting, by searching through Odoo's own models,
    by what a failed deletion says, and after a move to another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = cls._new_user("bt_plain", "base.group_user,hr.group_hr_user")

    # -- by sorting --------------------------------------------------------------------------

    def test_no_order_has_a_secret(self):
        for name, model in self.env.registry.items():
            if not name.startswith("hr.backbone.") or model._abstract or name in UNNAMED:
                continue
            for term in model._order.split(","):
                with self.subTest(model=name):
                    self.assertIn(term.split()[0], SORTING)
        # and so those are pointed to by HR's alone
        for model in self.env.registry.values():
            for field in model._fields.values() if model._auto else ():
                if field.store and field.type == "many2one" and field.comodel_name in UNNAMED:
                    reader = self.env[model._name].with_user(self.user_colleague)
                    self.assertFalse(reader.has_access("read"), field)

    def test_who_is_suspended(self):
        """By the cards of colleagues, in the order of their memberships."""
        people = self._new_people(2)
        members = self._new_members(people)
        cards = self.env["hr.employee.public"].with_user(self.user_colleague)

        def get_order():
            self.env.flush_all()
            found = cards.search([("id", "in", people.ids)], order="backbone_member_id")
            return found.ids

        before = get_order()
        for member in members:
            member.with_user(self.user_officer).action_suspend("Ill")
            self.assertEqual(get_order(), before)
            member.with_user(self.user_officer).action_resume("Back")

    # -- by searching --------------------------------------------------------------------------

    def _get_searches(self):
        """(model, domain) of each way to who has a case or is in the pool."""
        name = "backbone_application_ids"
        for condition in (
            ("", "!=", False),
            ("", "=", False),
            ("", "in", self.application.ids),
            ("", "not in", self.application.ids),
            (".state", "!=", False),
        ):
            for model, path in (
                ("hr.employee", ""),
                ("hr.department", "member_ids."),
                ("hr.job", "employee_ids."),
                ("hr.version", "employee_id."),
                ("res.users", "employee_ids."),
            ):
                yield model, [(f"{path}{name}{condition[0]}", *condition[1:])]

    def test_who_has_a_case_to_hr_outside_the_scheme(self):
        for model, domain in self._get_searches():
            records = self._as(self.env[model], self.plain)
            with self.subTest(model=model, domain=domain):
                with self.assertRaises(AccessError):
                    records.search(domain)
                with self.assertRaises(AccessError):
                    records.search_count(domain)

    def test_who_has_a_case_to_hr_of_another_company(self):
        """Whoever came from there: HR reads the employee, and not the cases."""
        self.colleague.company_id = self.company_abroad
        self.env.flush_all()
        people = self._as(self.env["hr.employee"], self.user_admin_abroad)
        self.assertIn(self.colleague, people.search([]))
        name = "backbone_application_ids"
        for domain in (
            [(name, "!=", False)],
            [(name, "in", self.draft.ids)],
            [(f"{name}.state", "=", "draft")],
            ["!", (name, "=", False)],
            ["!", (name, "not in", self.draft.ids)],
        ):
            with self.subTest(domain=domain):
                self.assertNotIn(self.colleague, people.search(domain))
        self.assertIn(self.colleague, people.search([(name, "=", False)]))

    def test_who_has_a_case_to_hr_of_the_scheme(self):
        people = self._as(self.env["hr.employee"], self.user_officer)
        name = "backbone_application_ids"
        # what is asked, whether who has this case is found, and whether who has none
        for operator, value, worker, director in (
            ("!=", False, True, False),
            ("=", False, False, True),
            ("in", self.application.ids, True, False),
            ("not in", self.application.ids, False, True),
            ("in", [False, self.application.id], True, True),
            ("not in", [False, self.application.id], False, False),
        ):
            with self.subTest(operator=operator, value=value):
                found = people.search([(name, operator, value)])
                self.assertEqual(self.worker in found, worker)
                self.assertEqual(self.director in found, director)

    # -- by deleting -----------------------------------------------------------------------------

    def test_a_failed_deletion_names_no_document(self):
        with self.assertRaises(IntegrityError) as caught, mute_logger("odoo.sql_db"):
            with self.cr.savepoint():
                self.worker.with_user(self.plain).unlink()
                self.env.flush_all()
        table = caught.exception.diag.table_name
        (name,) = (key for key, model in self.env.registry.items() if model._table == table)
        sentence = self.env[name].with_user(self.plain)._sql_error_to_message(caught.exception)
        self.assertIn("archive it instead", sentence)
        self.assertNotIn("ackbone", sentence)

    def test_of_every_model(self):
        """And of each relation between ours and Odoo's, whose table has no model."""

        class Violation(errors.ForeignKeyViolation):
            diag = None

        tables = {}
        for name, model in self.env.registry.items():
            for field in model._fields.values() if model._auto and not model._abstract else ():
                ours = name.startswith("hr.backbone.")
                if field.store and field.type == "many2one" and ours:
                    tables[model._table] = name
                ours = ours or (field.comodel_name or "").startswith("hr.backbone.")
                if field.store and field.type == "many2many" and ours:
                    tables[field.relation] = "base"
        self.assertGreater(len(tables), 40)
        for table, name in tables.items():
            with self.subTest(table=table):
                error = Violation()
                error.diag = SimpleNamespace(table_name=table, constraint_name=f"{table}_fkey")
                sentence = self.env[name]._sql_error_to_message(error)
                self.assertIn("archive it instead", sentence)

    # -- by a move to another company --------------------------------------------------------

    def test_the_pool_of_another_company(self):
        member = self._new_members(self.colleague, self.director)
        self.env.flush_all()
        self.assertEqual(self.colleague.backbone_member_id, member)
        self.colleague.company_id = self.company_abroad
        self.env.flush_all()
        self.env.invalidate_all()
        person = self._as(self.colleague, self.user_admin_abroad)
        for name in ("backbone_member_id", "backbone_echelon_id", "backbone_mentor_id"):
            with self.subTest(field=name):
                self.assertFalse(person[name])
        card = self._as(self.env["hr.employee.public"], self.user_abroad).browse(self.colleague.id)
        self.assertFalse(card.backbone_echelon_id)

    def test_new_documents_are_of_the_company_of_the_pool(self):
        """Where the person works by now, nobody reads them."""
        member = self._new_members(self.colleague)
        self.env.flush_all()
        # before anybody notices that the membership ends
        self.cr.execute(
            "UPDATE hr_employee SET company_id = %s WHERE id = %s",
            (self.company_abroad.id, self.colleague.id),
        )
        self.env.invalidate_all()
        for name, vals in (
            ("rotation", {}),
            ("achievement", {"name": "Welder"}),
            ("suggestion", {"name": "Tools"}),
            ("training.participant", {"training_id": self.training.id}),
        ):
            with self.subTest(model=name):
                record = self.env[f"hr.backbone.{name}"].create({"member_id": member.id, **vals})
                self.assertEqual(record.company_id, self.company)

    def test_update_from_earlier_code(self):
        member = self._new_members(self.colleague)
        self.colleague.company_id = self.company_abroad
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_employee SET backbone_member_id = %s, backbone_echelon_id = %s"
            " WHERE id = %s",
            (member.id, self.echelon_3.id, self.colleague.id),
        )
        self.env.invalidate_all()
        self._run_migration("19.0.1.1.0/post-pool.py")
        self.assertFalse(self.colleague.backbone_member_id)
        self.assertFalse(self.colleague.backbone_echelon_id)
