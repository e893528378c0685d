# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import tagged

from ..common import BackboneCommon


@tagged("post_install", "-at_install")
class TestShared(BackboneCommon):
    """What all companies use is not changed by HR of one of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_abroad()

    def test_company_abroad_changes_nothing(self):
        rank = self.env.ref("hr_backbone_training.rank_manager")
        criterion = self.env["hr.backbone.criterion"].search([("program_id", "=", False)], limit=1)
        condition = self.echelon_3.condition_ids[:1]
        self.assertTrue(criterion and condition)
        for record, vals in (
            (rank, {"can_mentor": False}),
            (self.echelon_3, {"minimum_tenure_months": 400}),
            (condition, {"name": "Likes fish"}),
            (criterion, {"name": "Likes fish"}),
        ):
            abroad = self._as(record, self.user_admin_abroad)
            with self.subTest(model=record._name), self.assertRefused("no access to"):
                abroad.write(vals)
            with self.subTest(model=record._name), self.assertRefused("no access to"):
                abroad.unlink()
        ranks = self._as(self.env["hr.backbone.rank"], self.user_admin_abroad)
        with self.assertRefused("no access to"):
            ranks.create({"name": "Diver"})

    def test_company_makes_its_own(self):
        ranks = self._as(self.env["hr.backbone.rank"], self.user_admin_abroad)
        own = ranks.create({"name": "Diver", "company_id": self.company_abroad.id})
        own.can_mentor = True
        own.unlink()

    def test_who_has_all_companies_changes_it(self):
        rank = self.env.ref("hr_backbone_training.rank_manager")
        self.user_admin.company_ids |= self.company_abroad
        rank.with_user(self.user_admin).name = "Head"
        self.assertEqual(rank.name, "Head")
