"""Before any override of this addon, too, what a client sends is looked at."""

from odoo.addons.hr_backbone_training.guards import guard

guard("hr_backbone_training_survey")
