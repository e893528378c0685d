# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """HR had until the assessments are due to accept a report; counted from the day on which the
    reports are due, it goes on having as many days."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for (company,) in env["hr.backbone.quarter"]._read_group([], ["company_id"]):
        days = company.backbone_assessment_days - company.backbone_report_days
        company.backbone_acceptance_days = max(1, days)
