# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
{
    "name": "Backbone Training: Surveys",
    "version": "19.0.1.2.0",
    "summary": "A certification proves a qualification, or is the test of a training",
    "category": "Human Resources/Backbone Training",
    "author": "Backbone Training contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "icon": "/hr_backbone_training/static/description/icon.png",
    "depends": ["hr_backbone_training", "hr_skills_survey"],
    "data": [
        "security/ir.model.access.csv",
        "security/survey_rules.xml",
        "data/survey_data.xml",
        "views/hr_backbone_training_views.xml",
        "views/hr_backbone_achievement_views.xml",
        "views/portal_training_templates.xml",
        "views/portal_achievement_templates.xml",
    ],
    "auto_install": True,
}
