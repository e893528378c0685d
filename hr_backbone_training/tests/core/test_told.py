# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged

from ..common_doors import DoorsCommon

# what every company shares
SHARED = {"rank", "echelon", "echelon.condition"}
# what people of other companies look for, and what a customer does in the company itself
WATCHED = {"officer": "away", "administrator": "away", "customer": "away", "away": "home"}
# what a customer with a portal login may find of the company, on the pages of everybody
OPEN = {
    *("program", "program.line", "program.responsibility", "criterion", "quarter"),
    *("publicity", "publicity.line", "suggestion.adopted", "outstanding"),
}
DOORS = ("onchange", "read", "search", "group", "export")


@tagged("post_install", "-at_install")
class TestTold(DoorsCommon):
    """Role × model × field: what the doors of a model tell of a record that is not the role's."""

    def _get_fields(self, record, user):
        names = {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}
        names |= set(MAGIC_COLUMNS)
        model = self._as(record, user)
        return [
            field
            for field in model._fields.values()
            if field.name not in names and model._has_field_access(field, "read")
        ]

    def _ask(self, door, user, record, field):
        """Whether the door tells the user anything of this field of the record."""
        name, key = record._name, field.name
        match door:
            case "onchange":
                return self._call(user, name, "onchange", record.ids, {}, [], {key: {}})
            case "read":
                return self._call(user, name, "read", record.ids, [key])
            case "export":
                return self._call(user, name, "export_data", record.ids, [key])["datas"]
            case "search" if field.store and field.type != "json":
                domain = [(key, "!=", False), ("id", "in", record.ids)]
                return self._call(user, name, "search_count", domain)
            case "group" if field.store and field.type not in ("json", "binary", "one2many"):
                key += ":month" if field.type in ("date", "datetime") else ""
                args = ([("id", "in", record.ids)], [key], ["__count"])
                return self._call(user, name, "formatted_read_group", *args)
        return False

    def _get_told(self, user, record):
        told = {}
        for field in self._get_fields(record, user):
            for door in DOORS:
                try:
                    if self._ask(door, user, record, field):
                        told.setdefault(door, []).append(field.name)
                except UserError:
                    continue
        return told

    def test_nothing_is_told_of_another_company(self):
        for role, place in WATCHED.items():
            for name, record in getattr(self, place).items():
                if name.removeprefix("hr.backbone.") not in SHARED:
                    with self.subTest(role=role, model=name):
                        self.assertEqual(self._get_told(self.roles[role], record), {})

    def test_nothing_is_told_to_a_customer(self):
        for name, record in self.home.items():
            if name.removeprefix("hr.backbone.") not in SHARED | OPEN:
                with self.subTest(model=name):
                    self.assertEqual(self._get_told(self.user_customer, record), {})

    def test_nothing_is_found_through_a_relation(self):
        """A record that a role reads names one that it does not read: no search by what stands
        in that one finds it."""
        asked = 0
        for role, user in self.roles.items():
            for name, record in self.home.items():
                if not self._as(record, user).has_access("read"):
                    continue
                for field in self._get_fields(record, user):
                    if field.type != "many2one" or not field.store:
                        continue
                    target = record.sudo()[field.name]
                    if not target._name.startswith("hr.backbone.") or not target:
                        continue
                    asked += 1
                    if self._as(target, user).has_access("read"):
                        continue
                    for inner in target._fields.values():
                        if not inner.store or inner.type in ("json", "binary"):
                            continue
                        domain = [(f"{field.name}.{inner.name}", "!=", False)]
                        domain.append(("id", "=", record.id))
                        with self.subTest(role=role, model=name, path=domain[0][0]):
                            try:
                                count = self._call(user, name, "search_count", domain)
                            except AccessError:
                                continue
                            self.assertFalse(count)
        self.assertTrue(asked)
