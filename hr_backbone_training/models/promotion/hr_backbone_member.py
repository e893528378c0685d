# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models

from .hr_backbone_promotion_mixin import OPEN_STATES

DOCUMENTS = ("hr.backbone.achievement", "hr.backbone.suggestion")


class HrBackboneMember(models.Model):
    _inherit = "hr.backbone.member"

    def _on_mentors_changed(self):
        """What waits to be verified goes to the new mentor, or to HR while there is none."""
        result = super()._on_mentors_changed()
        # sudo: to whom it goes follows from the change, which was allowed
        achievements = self.env["hr.backbone.achievement"].sudo()
        domain = [("member_id", "in", self.ids), ("state", "=", "submitted")]
        waiting = achievements.search(domain)
        waiting._pass_todos_on()
        waiting.filtered("member_id.mentor_id")._send_move_mails("submit")
        return result

    def _on_exited(self):
        """Drafts, and what waits to be verified or reviewed, end with the membership."""
        result = super()._on_exited()
        for name in DOCUMENTS:
            # sudo: HR, or the daily job, has just let the members exit
            documents = self.env[name].sudo()
            domain = [("member_id", "in", self.ids), ("state", "in", OPEN_STATES)]
            documents.search(domain)._on_member_exited()
        return result

    def _on_exit_undone(self, exits):
        """What was withdrawn with the exit is with the member, or whoever decides on it, again."""
        result = super()._on_exit_undone(exits)
        for name in DOCUMENTS:
            documents = self.env[name]
            domain = [("member_id", "in", self.ids), ("state", "=", "withdrawn")]
            back = self._filter_ended(documents.search(domain), ("withdraw",), exits)
            if back:
                back._do_move(back._get_move("undo_withdraw"), "")
        return result
