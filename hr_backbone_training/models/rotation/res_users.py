# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class ResUsers(models.Model):
    """The rotations among the things that wait for the user."""

    _inherit = "res.users"

    def _get_backbone_todo(self, limit=20):
        return [*super()._get_backbone_todo(limit), *self._get_backbone_rotations_todo(limit)]

    def _get_backbone_rotations_todo(self, limit):
        rotations = self.env["hr.backbone.rotation"]
        todo = []
        for record in rotations.search(rotations._get_awaiting_domain(), limit=limit):
            # sudo: names of the people of a document that the user may read
            case = record.sudo()
            asked = record.state == "requested"
            if asked:
                title = self.env._("Agree to the rotation or refuse: %s", case.employee_id.name)
            elif case.employee_id._is_backbone_user():
                title = self.env._("Write the summary of your rotation")
            else:
                title = self.env._("Score the rotation: %s", case.employee_id.name)
            todo.append(
                {
                    "title": title,
                    "text": case.host_department_name or "",
                    "button": self.env._("Open the rotation"),
                    "url": record.access_url,
                }
            )
        return todo

    def _count_backbone_todo(self):
        rotations = self.env["hr.backbone.rotation"]
        return super()._count_backbone_todo() + rotations.search_count(
            rotations._get_awaiting_domain()
        )
