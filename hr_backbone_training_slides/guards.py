# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Before any override of this addon, too, what a client sends is looked at."""

from odoo.addons.hr_backbone_training.guards import guard

guard("hr_backbone_training_slides")
