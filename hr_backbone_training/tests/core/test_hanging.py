# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common_access import CaseCommon
from ..organization import COMMITTEE, OFFICER

# who reads the row has another right to it
OWN_RIGHT = {
    # the mentor who wrote it, and was followed by another
    ("hr.backbone.assessment.note", "assessment_id"),
    # what was publicized, and what was adopted, everybody reads
    ("hr.backbone.publicity.line", "application_id"),
    ("hr.backbone.suggestion.adopted", "suggestion_id"),
    # whoever is asked about a suggestion reads it, and not who its author is in the pool
    ("hr.backbone.suggestion", "member_id"),
    # the ledger says that it was delivered and when, which the member may know, and no score
    ("hr.backbone.obligation", "res_id"),
}


@tagged("post_install", "-at_install")
class TestHanging(CaseCommon):
    """What hangs on a document is read by whoever reads the document. The case, the quarter and
    the year of an HR officer, with all roles."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()
        cls.user_customer = cls._new_user("bt_customer", "base.group_portal")
        cls.user_mentor, cls.user_former, cls.user_other = cls._new_users(
            {
                "bt_mentor": "base.group_portal",
                "bt_former": "base.group_portal",
                "bt_other": f"base.group_user,{COMMITTEE}",
            }
        )
        mentor, former = cls._new_employees(
            dict.fromkeys(cls.user_mentor | cls.user_former, (cls.board, cls.job_manager))
        )
        cls.case = cls._make_case(cls.officer, cls.leader, cls.director, cls.user_chair)
        cls.case["objection"].with_user(cls.user_admin).action_dismiss("The clock was wrong")
        # the documents of a quarter and the year are of another officer's
        cls.user_clerk = cls._new_user("bt_clerk", OFFICER)
        clerk = cls._new_employee(cls.user_clerk, cls.line, cls.job_worker)
        cls.quarter = cls._make_quarter(clerk, mentor, former)
        for model in ("assessment", "evaluation"):
            cls._hang(cls.quarter[model])
        cls.env.flush_all()
        cls.everyone = (
            *(cls.user_worker | cls.user_leader | cls.user_manager | cls.user_director),
            *(cls.user_colleague | cls.user_chair | cls.user_member | cls.user_other),
            *(
                cls.user_officer
                | cls.user_admin
                | cls.user_clerk
                | cls.user_mentor
                | cls.user_former
            ),
            *(cls.user_abroad | cls.user_admin_abroad | cls.user_customer),
        )

    @classmethod
    def _hang(cls, document):
        """A decision and a signature on the document."""
        document._log_decisions("submit", {document.id: "draft"}, "submitted", "")
        cls.case["signature"].copy({"res_model": document._name, "res_id": document.id})

    def _get_models(self):
        return sorted(
            name
            for name, model in self.env.registry.items()
            if name.startswith("hr.backbone.") and not (model._abstract or model._transient)
        )

    def _read(self, model, user):
        model = self._as(self.env[model], user).with_context(active_test=False)
        return model.search([]) if model.has_access("read") else model

    def _get_parents(self, row):
        """{name of the field: document} of that on which the row hangs."""
        parents = {
            name: row.sudo()[name]
            for name, field in row._fields.items()
            if field.type == "many2one"
            and field.store
            and field.comodel_name.startswith("hr.backbone.")
            and (field.required or getattr(field, "ondelete", "") == "cascade")
        }
        if "res_id" in row._fields and row.sudo().res_model in self.env:
            parents["res_id"] = self.env[row.sudo().res_model].browse(row.sudo().res_id)
        return {name: parent.sudo().exists() for name, parent in parents.items()}

    def test_whoever_reads_a_row_reads_its_document(self):
        found = set()
        for user in self.everyone:
            self.env.invalidate_all()
            for model in self._get_models():
                for row in self._read(model, user):
                    for name, parent in self._get_parents(row).items():
                        parent = self._as(parent, user)
                        if parent and not parent.has_access("read"):
                            found.add((user.login, model, name, parent._name))
        self.assertFalse({row for row in found if row[1:3] not in OWN_RIGHT})

    def test_debug_mode_names_nobody(self):
        """To an employee in debug mode Odoo tells the names of what they may not read."""
        refused = 0
        asked = type(self.env.user).has_group
        in_debug = patch.object(
            type(self.env.user),
            "has_group",
            lambda user, group: group == "base.group_no_one" or asked(user, group),
        )
        with in_debug, mute_logger("odoo.addons.base.models.ir_rule"):
            for row in {**self.case, **self.quarter}.values():
                name = row.sudo().display_name or "–"
                mine = self._as(row, self.user_colleague)
                if not mine.browse().has_access("read"):
                    continue
                try:
                    mine.read(["id"])
                except AccessError as error:
                    refused += 1
                    self.assertNotIn(name, str(error), row._name)
        self.assertGreaterEqual(refused, 10)

    def test_finding_of_an_objection_against_oneself(self):
        """By no door: the officer is the candidate, and reads the decisions of all the others."""
        decision = self.env["hr.backbone.decision"].sudo()
        decision = decision.search([("res_model", "=", "hr.backbone.objection")])
        self.assertEqual(decision.comment, "The clock was wrong")
        for user, readable in ((self.user_officer, False), (self.user_admin, True)):
            mine = self._as(decision, user)
            with self.subTest(user=user.login):
                self.assertEqual(mine.has_access("read"), readable)
                for domain in (
                    [("id", "=", decision.id)],
                    [("comment", "ilike", "clock")],
                    [("res_model", "=", "hr.backbone.objection")],
                ):
                    self.assertEqual(bool(mine.search(domain)), readable)
                groups = mine.formatted_read_group([("id", "=", decision.id)], ["comment"])
                self.assertEqual(bool(groups), readable)
                self.assertEqual(mine.is_readable, readable)
        other = self._as(self.case["decision"], self.user_officer)
        self.assertTrue(other.has_access("read"))

    def test_decisions_on_what_is_gone_are_hrs(self):
        decision = self.case["decision"]
        for vals in ({"res_id": 99999999}, {"res_model": "hr.backbone.gone"}):
            self.env.cr.execute(
                "UPDATE hr_backbone_decision SET res_id = %s, res_model = %s WHERE id = %s",
                [
                    vals.get("res_id", decision.res_id),
                    vals.get("res_model", decision.res_model),
                    decision.id,
                ],
            )
            self.env.invalidate_all()
            with self.subTest(**vals):
                self.assertTrue(self._as(decision, self.user_officer).has_access("read"))
                self.assertIn(decision, self._as(decision, self.user_officer).search([]))
                self.assertFalse(self._as(decision, self.user_colleague).has_access("read"))

    # -- a customer ------------------------------------------------------------------------

    def test_customers_login_reads_nothing_of_ours(self):
        for model in self._get_models():
            records = self.env[model].sudo().with_context(active_test=False).search([], limit=3)
            mine = self._as(records, self.user_customer)
            with self.subTest(model=model):
                self.assertFalse(self._read(model, self.user_customer))
                self.assertFalse(mine._filtered_access("read"))
                if mine.browse().has_access("read"):
                    self.assertFalse(mine.name_search(""))
                    self.assertFalse(mine.search_count([]))

    def test_portal_employees_read_what_their_pages_need(self):
        for user in (self.user_worker, self.user_mentor, self.user_member):
            for model in ("rank", "echelon"):
                with self.subTest(user=user.login, model=model):
                    self.assertTrue(self._read(f"hr.backbone.{model}", user))
        self.assertTrue(self._read("hr.backbone.criterion", self.user_mentor))
