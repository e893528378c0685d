# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
{
    "name": "Backbone Training: eLearning",
    "version": "19.0.1.1.0",
    "summary": "A course of eLearning counts as internal training, or as reading of the plan",
    "category": "Human Resources/Backbone Training",
    "author": "Backbone Training contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "icon": "/hr_backbone_training/static/description/icon.png",
    "depends": ["hr_backbone_training", "website_slides"],
    "data": [
        "security/ir.model.access.csv",
        "security/slides_rules.xml",
        "data/slides_data.xml",
        "views/hr_backbone_course_views.xml",
        "views/hr_backbone_enrollment_views.xml",
        "views/hr_backbone_plan_views.xml",
        "views/portal_course_templates.xml",
    ],
    "auto_install": True,
}
