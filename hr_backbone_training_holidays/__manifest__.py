# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
{
    "name": "Backbone Training: Time Off",
    "version": "19.0.1.1.0",
    "summary": "Managers in the portal beside Time Off, and who is away when they are needed",
    "category": "Human Resources/Backbone Training",
    "author": "Backbone Training contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "icon": "/hr_backbone_training/static/description/icon.png",
    "depends": ["hr_backbone_training", "hr_holidays"],
    "auto_install": True,
    "data": [
        "views/hr_backbone_application_views.xml",
        "views/hr_backbone_mentorship_views.xml",
        "views/hr_backbone_mentorship_session_views.xml",
        "views/portal_templates.xml",
    ],
    "post_init_hook": "post_init_hook",
}
