# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
{
    "name": "Backbone Training: Privacy Lookup",
    "version": "19.0.1.1.0",
    "summary": "The privacy lookup lists a person's documents of backbone training",
    "category": "Human Resources/Backbone Training",
    "author": "Backbone Training contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "icon": "/hr_backbone_training/static/description/icon.png",
    "depends": ["hr_backbone_training", "privacy_lookup"],
    "data": ["security/privacy_lookup_rules.xml"],
    "auto_install": True,
}
