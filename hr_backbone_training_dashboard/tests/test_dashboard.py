# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import json

from odoo.tests import tagged
from odoo.tools import file_open
from odoo.tools.translate import extract_spreadsheet_terms

from odoo.addons.hr_backbone_training.tests.common import BackboneCommon
from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    menus_xml_ids_in_spreadsheet,
    odoo_charts,
)

FILES = "hr_backbone_training_dashboard/data/files/"
NAMES = ("backbone_dashboard.json", "backbone_sample_dashboard.json")


@tagged("post_install", "-at_install")
class TestDashboard(BackboneCommon):
    """What the dashboard asks for is there, and is answered by the rights of who looks at it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref("hr_backbone_training_dashboard.spreadsheet_dashboard_backbone")
        cls.data = {name: cls._load(name) for name in NAMES}
        cls.shown, cls.sample = cls.data.values()
        cls._submitted()
        cls.env.flush_all()

    @staticmethod
    def _load(name):
        with file_open(FILES + name) as file:
            return json.load(file)

    def _get_readers(self):
        return self.user_officer, self.user_admin, self.user_chair

    def _get_sources(self):
        """[(model, domain, group by, measures, matching)] of every pivot, list and chart."""
        for pivot in self.shown["pivots"].values():
            groups = [row["fieldName"] for row in (*pivot["rows"], *pivot["columns"])]
            measures = [measure["fieldName"] for measure in pivot["measures"]]
            yield pivot["model"], pivot["domain"], groups, measures, pivot["fieldMatching"]
        for chart in odoo_charts(self.shown):
            about, search = chart["metaData"], chart["searchParams"]
            self.assertEqual(about["groupBy"], search["groupBy"])
            yield (
                about["resModel"],
                search["domain"],
                about["groupBy"],
                [about["measure"]],
                chart["fieldMatching"],
            )
        self.assertFalse(self.shown["lists"], "a list is asked like a pivot: add it above")

    def test_it_is_what_was_loaded(self):
        self.assertEqual(json.loads(self.dashboard.spreadsheet_data), self.shown)
        self.assertEqual(self.dashboard.sudo()._get_sample_dashboard(), self.sample)

    def test_models_and_fields_exist_for_those_who_read_it(self):
        for user in self._get_readers():
            for model, names in fields_in_spreadsheet(self.shown).items():
                known = self._as(self.env[model], user).fields_get()
                for name in names:
                    with self.subTest(user=user.login, model=model, field=name):
                        self.assertIn(name.split(":")[0], known)
        self.assertFalse(menus_xml_ids_in_spreadsheet(self.shown))

    def test_every_source_answers_with_a_query(self):
        asked = 0
        for user in self._get_readers():
            for model, domain, groups, measures, _matching in self._get_sources():
                records = self._as(self.env[model], user)
                self.assertFalse(records.env.su)
                aggregates = [f"{name}:{records._fields[name].aggregator}" for name in measures]
                for depth in range(len(groups) + 1):
                    records.formatted_read_group(domain, groups[:depth], aggregates)
                    asked += 1
                records.web_search_read(domain, {"topic": {}}, limit=1)
        self.assertGreater(asked, 30)

    def test_filters_narrow_what_they_are_for(self):
        filters = {row["id"]: row for row in self.shown["globalFilters"]}
        used = set()
        for model, _domain, _groups, _measures, matching in self._get_sources():
            for name, target in matching.items():
                field = self.env[model]._fields[target["chain"]]
                self.assertEqual(field.type, target["type"])
                if filters[name]["type"] == "relation":
                    self.assertEqual(field.comodel_name, filters[name]["modelName"])
                used.add(name)
        self.assertEqual(used, set(filters))
        for user in self._get_readers():
            for row in filters.values():
                if row["type"] == "relation":
                    self.assertTrue(self._as(self.env[row["modelName"]], user).name_search())

    def test_formulas_ask_for_pivots_and_values_that_there_are(self):
        figures = self.env["hr.backbone.figure"]._fields
        values = {name: set(figures[name].get_values(self.env)) for name in ("state", "obligation")}
        asked = {name: set() for name in values}
        for sheet in self.shown["sheets"]:
            for content in sheet["cells"].values():
                for part in content.split("PIVOT.VALUE(")[1:]:
                    number, measure, *rest = [
                        word.strip('"') for word in part.split(")")[0].split(",")
                    ]
                    pivot = self.shown["pivots"][number]
                    self.assertIn(measure, [row["id"] for row in pivot["measures"]])
                    if rest:
                        self.assertIn(rest[0], [row["fieldName"] for row in pivot["rows"]])
                        asked[rest[0]].add(rest[1])
        self.assertEqual(asked, values, "each step and each obligation has its bar")

    def test_who_sees_it(self):
        dashboards = self.env["spreadsheet.dashboard"]
        for user in self._get_readers():
            self.assertIn(self.dashboard, self._as(dashboards, user).search([]))
            self.assertTrue(self._as(self.dashboard, user)._get_serialized_readonly_dashboard())
        for user in (self.user_leader, self.user_manager, self.user_director, self.user_colleague):
            self.assertNotIn(self.dashboard, self._as(dashboards, user).search([]))

    def test_the_sample_stands_in_where_there_is_nothing(self):
        mine = self._as(self.dashboard, self.user_chair)
        self.assertFalse(mine._dashboard_is_empty())
        abroad = self._as(self.dashboard, self.user_admin_abroad)
        self.assertTrue(abroad._dashboard_is_empty())
        titles = [
            [figure["data"]["title"]["text"] for figure in data["sheets"][0]["figures"]]
            for data in self.data.values()
        ]
        self.assertEqual(*titles)

    def test_all_of_it_is_in_chinese(self):
        with file_open("hr_backbone_training_dashboard/i18n/zh_CN.po") as file:
            chinese = file.read()
        for name in NAMES:
            with file_open(FILES + name, "rb") as file:
                for _line, _function, term, _comments in extract_spreadsheet_terms(
                    file, (), (), {}
                ):
                    if not term.startswith("20"):
                        self.assertIn(f'msgid "{term}"', chinese)
