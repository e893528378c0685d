# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from contextlib import contextmanager

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon

# what the rule may add to a search, with nothing in any cache; 48 before
QUERIES = 10


@tagged("post_install", "-at_install")
class TestDecisionRule(BackboneCommon):
    """Whoever reads a document reads its decisions: asked of a dozen models at once."""

    def _search_cold(self, user, model):
        """The queries of a search by somebody whom no cache knows."""
        queries = []
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
        with contextmanager(self._patchExecute)(queries):
            self.env[model].with_user(user).search([])
        return queries

    def test_budget(self):
        self._admitted()
        for user in (self.user_colleague, self.user_worker, self.user_leader):
            # a model of Odoo's own that has a rule, too
            base = self._search_cold(user, "res.country.group")
            cost = self._search_cold(user, "hr.backbone.decision")
            self.assertLessEqual(len(cost) - len(base), QUERIES, "\n\n".join(map(str, cost)))

    def test_known_rules_are_those_of_odoo(self):
        """By model and user; and a client that sends some gets nothing by it."""
        names = self.env["hr.backbone.decision"]._get_ruled_models()
        for user in (self.user_worker, self.user_colleague, self.user_chair, self.user_officer):
            rules = self.env["ir.rule"].with_user(user)
            known = rules._with_backbone_rules(rules, names)
            for name in names:
                self.assertEqual(known._get_rules(name), rules._get_rules(name), name)
                self.assertEqual(
                    known._get_rules(name, "write"), rules._get_rules(name, "write"), name
                )
            other = known.with_user(self.user_admin)
            name = "hr.backbone.application"
            self.assertEqual(
                other._get_rules(name), rules.with_user(self.user_admin)._get_rules(name)
            )
            self.assertFalse(known.sudo()._get_rules(name))
        forged = rules.with_context(backbone_rules={"uid": user.id, "ids_by_model": {}})
        self.assertTrue(forged._get_rules("hr.backbone.application"))

    def test_page_asks_the_document_alone(self):
        """Whoever reads the document has its decisions by two queries, and no rule of another
        document; nobody else has them."""
        case = self._admitted().application_id
        decisions = self.env["hr.backbone.decision"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.env.flush_all()
        for user in (self.user_worker, self.user_leader, self.user_officer):
            mine = case.with_user(user)
            self.env.invalidate_all()
            mine.check_access("read")
            mine.mapped("state")
            with self.assertQueryCount(2):
                told = mine._get_decisions()
                told.mapped("comment")
            self.assertEqual(told, decisions)
            self.assertFalse(told.env.su)
            with self.assertRaises(AccessError):
                told.mapped("kept_reason")
        for user in (self.user_colleague, self.user_admin_abroad):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                case.with_user(user)._get_decisions()

    def test_index(self):
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'hr_backbone_decision'"
        )
        self.assertTrue([row for (row,) in self.env.cr.fetchall() if "(res_model, res_id)" in row])
