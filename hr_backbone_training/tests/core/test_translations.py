# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.tests import TransactionCase, tagged

from ..common_translations import TranslationsCase


@tagged("post_install", "-at_install", "backbone")
class TestTranslations(TranslationsCase, TransactionCase):
    """What people see is in the template, and in Chinese."""

    addon = "hr_backbone_training"
