# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import SUPERUSER_ID, api

REPLACED = ("achievement_pass_on", "suggestion_pass_on")


def migrate(cr, version):
    """One job looks after all to-dos; it takes the place of two that looked after some."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in REPLACED:
        if cron := env.ref(f"hr_backbone_training.ir_cron_backbone_{name}", False):
            cron.unlink()
