# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
{
    "name": "Backbone Training: Dashboard",
    "version": "19.0.1.2.0",
    "summary": "One dashboard for management: pipeline, compliance, scores, trainings, cost",
    "category": "Human Resources/Backbone Training",
    "author": "Backbone Training contributors",
    "license": "LGPL-3",
    "development_status": "Beta",
    "icon": "/hr_backbone_training/static/description/icon.png",
    "depends": ["hr_backbone_training", "spreadsheet_dashboard"],
    "data": [
        "security/ir.model.access.csv",
        "security/dashboard_rules.xml",
        "views/hr_backbone_figure_views.xml",
        "data/dashboards.xml",
    ],
    "auto_install": True,
}
