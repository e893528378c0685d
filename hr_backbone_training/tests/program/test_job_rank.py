# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BackboneCommon
from ..common_import import ImportMixin

HEADERS = ("Job Position", "Backbone Rank")


@tagged("post_install", "-at_install")
class TestJobRank(ImportMixin, BackboneCommon):
    """HR sets the ranks of jobs, also where another app keeps the jobs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what Recruitment does when it is installed: its own officers keep the jobs
        cls.env.ref("hr.access_hr_job_user").write(
            {"perm_write": False, "perm_create": False, "perm_unlink": False}
        )
        cls.job = cls.job_leader.with_user(cls.user_officer)
        cls.rank = cls.env.ref("hr_backbone_training.rank_manager")

    def test_rank_is_set(self):
        self.assertFalse(self.job.has_access("write"))
        self.job.write({"backbone_rank_id": self.rank.id})
        self.assertEqual(self.job_leader.backbone_rank_id, self.rank)
        self.job.web_save({"backbone_rank_id": False}, {})
        self.assertFalse(self.job_leader.backbone_rank_id)

    def test_nothing_else_of_the_job(self):
        for vals in ({"name": "Boss"}, {"backbone_rank_id": self.rank.id, "name": "Boss"}):
            with self.assertRaises(AccessError):
                self.job.write(vals)
        with self.assertRaises(AccessError):
            self.job.create({"name": "Boss", "backbone_rank_id": self.rank.id})
        with self.assertRaises(AccessError):
            self.job.unlink()

    def test_nobody_else_sets_it(self):
        with self.assertRaises(AccessError):
            self.job_leader.with_user(self.user_leader).backbone_rank_id = self.rank

    def test_job_of_another_company(self):
        self._create_abroad()
        abroad = self.env["hr.job"].create({"name": "Diver", "company_id": self.company_abroad.id})
        with self.assertRaises(AccessError):
            abroad.with_user(self.user_officer).backbone_rank_id = self.rank

    def test_list_and_form_can_be_edited(self):
        action = self.env.ref("hr_backbone_training.hr_job_action_rank")
        views = self.job.get_views(action.views)["views"]
        for kind in ("list", "form"):
            root = etree.fromstring(views[kind]["arch"])
            self.assertEqual((root.get("edit"), root.get("create")), ("1", "0"), kind)
            writable = {
                node.get("name") for node in root.iter("field") if node.get("readonly") is None
            }
            self.assertEqual(writable - {"no_of_employee"}, {"backbone_rank_id"}, kind)

    def test_import(self):
        result = self._import([(self.job_leader.name, "Manager")], HEADERS, model="hr.job")
        self.assertEqual(result["messages"], [])
        self.assertEqual(self.job_leader.backbone_rank_id, self.rank)

    def test_import_of_an_unknown_job(self):
        rows = [(self.job_leader.name, "Manager"), ("Astronaut", "Manager")]
        result = self._import(rows, HEADERS, model="hr.job")
        self.assertFalse(result["ids"])
        self.assertEqual(result["messages"][0]["rows"]["from"], 1)
        self.assertIn("no job called “Astronaut”", result["messages"][0]["message"])
