# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import TransactionCase, tagged

from odoo.addons.hr_backbone_training.tests.common_translations import TranslationsCase


@tagged("post_install", "-at_install")
class TestPrivacyLookupTranslations(TranslationsCase, TransactionCase):
    """What people see of the glue is in its template, and in Chinese."""

    addon = "hr_backbone_training_privacy_lookup"
