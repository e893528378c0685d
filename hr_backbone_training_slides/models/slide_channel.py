# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models

STANDINGS = {"joined": "enrolled", "ongoing": "enrolled", "completed": "completed"}
# as long as attendees are being added: what they have done before is of no day
LATER = "backbone_later"


class SlideChannel(models.Model):
    """Who joins, completes or leaves a course that counts."""

    _inherit = "slide.channel"

    def _action_add_members(self, target_partners, member_status="joined", raise_on_access=False):
        later = self.with_context(**{LATER: True})
        attendees = super(SlideChannel, later)._action_add_members(
            target_partners, member_status=member_status, raise_on_access=raise_on_access
        )
        attendees = attendees.with_context(**{LATER: False})
        attendees._sync_backbone()
        return attendees

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            # sudo: the course was changed; what follows is the procedure's
            attendees = self.sudo().with_context(active_test=False).channel_partner_all_ids
            attendees._sync_backbone()
        return result

    def unlink(self):
        # sudo: as above
        attendees = self.sudo().with_context(active_test=False).channel_partner_all_ids
        attendees._sync_backbone(gone=True)
        # its lessons go first, and with each the attendees have completed more, or less
        return super(SlideChannel, self.with_context(**{LATER: True})).unlink()


class SlideChannelPartner(models.Model):
    _inherit = "slide.channel.partner"

    def _get_backbone_standing(self):
        """How the attendee stands in the course: enrolled, completed, left; None of one who is
        only invited, and of nobody."""
        if not self:
            return None
        self.ensure_one()
        if self.active and self.member_status == "invited":
            return None
        standing = STANDINGS[self.member_status] if self.active else "left"
        # nobody can go on with a course that was archived
        return "left" if standing == "enrolled" and not self.channel_id.active else standing

    def _sync_backbone(self, **kwargs):
        if self and not self.env.context.get(LATER):
            # sudo: what happened in the course; what follows is the procedure's
            self.env["hr.backbone.enrollment"].sudo()._sync(self.sudo(), **kwargs)

    @api.model_create_multi
    def create(self, vals_list):
        attendees = super().create(vals_list)
        attendees._sync_backbone()
        return attendees

    def write(self, vals):
        result = super().write(vals)
        if {"active", "member_status"} & vals.keys():
            self._sync_backbone(happened="member_status" in vals)
        return result

    def unlink(self):
        self._sync_backbone(gone=True)
        return super().unlink()
