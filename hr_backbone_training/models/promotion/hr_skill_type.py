# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import Command, api, models


class HrSkillType(models.Model):
    _inherit = "hr.skill.type"

    @api.model
    def _get_backbone_qualification(self):
        """The kind of certification under which verified qualifications are entered that no
        other one knows; made again when somebody has deleted it."""
        kind = self.env.ref("hr_backbone_training.skill_type_qualification", False)
        return (
            kind
            or self.search([("is_certification", "=", True)], limit=1)
            or self.create(
                {
                    "name": self.env._("Professional Qualifications"),
                    "is_certification": True,
                    "skill_ids": [Command.create({"name": self.env._("Professional Title")})],
                    "skill_level_ids": [
                        Command.create({"name": self.env._("Obtained"), "level_progress": 100})
                    ],
                }
            )
        )

    def _get_backbone_level(self):
        """The level of a qualification that was obtained: the usual one, or the highest."""
        self.ensure_one()
        levels = self.skill_level_ids
        return levels.filtered("default_level")[:1] or levels.sorted("level_progress")[-1:]
