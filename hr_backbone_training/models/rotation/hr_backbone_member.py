# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models

from .hr_backbone_rotation import BEFORE


class HrBackboneMember(models.Model):
    """What becomes of the rotations of a member who leaves the talent pool, or is back after a
    suspension."""

    _inherit = "hr.backbone.member"

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name == "resume":
            # sudo: follows from the move that was just allowed
            rotations = self.env["hr.backbone.rotation"].sudo()
            domain = [("member_id", "in", self.ids), ("state", "in", ("agreed", "running"))]
            rotations.search(domain)._on_member_resumed()
        return result

    def _on_exited(self):
        """What has not begun is cancelled; who is in another post ends there today."""
        result = super()._on_exited()
        # sudo: follows from the exit that was just allowed
        rotations = self.env["hr.backbone.rotation"].sudo()
        reason = self.env._("The member has left the talent pool.")
        found = rotations.search(
            [("member_id", "in", self.ids), ("state", "in", (*BEFORE, "running", "evaluation"))]
        )
        begun = found.filtered(lambda record: record.state in ("running", "evaluation"))
        if waiting := found - begun:
            waiting._do_move(waiting._get_move("cancel"), reason)
        by_day = begun.grouped(
            lambda record: min(record.date_end, record.company_id._backbone_today())
        )
        for day, batch in by_day.items():
            batch._do_move(batch._get_move("leave"), reason, {"date_end": day})
        return result

    def _say_exit_undone(self, exits):
        """A stay that was cancelled or cut short is agreed on anew, with its department."""
        sentences = super()._say_exit_undone(exits)
        found = self.env["hr.backbone.rotation"].search(
            [("member_id", "in", self.ids), ("state", "in", ("cancelled", "done"))]
        )
        return sentences + [
            self.env._("The rotation is arranged anew: %s.", rotation.display_name)
            for rotation in self._filter_ended(found, ("cancel", "leave"), exits)
        ]
