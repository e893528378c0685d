# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    """What waits for member and mentor."""

    _inherit = "res.users"

    def _is_on_backbone_documents(self):
        own = self._get_backbone_own()
        # sudo: whether there is one
        mentorships = self.env["hr.backbone.mentorship"].sudo()
        return super()._is_on_backbone_documents() or bool(
            own and mentorships.search_count([("mentor_id", "in", own)], limit=1)
        )

    def _get_backbone_todo(self, limit=20):
        mentorships = self.env["hr.backbone.mentorship"].search(
            self._get_backbone_mentorships_domain(), limit=limit
        )
        sessions = self.env["hr.backbone.mentorship.session"].search(
            self._get_backbone_talks_domain(), order="date_start, id", limit=limit
        )
        return [
            *super()._get_backbone_todo(limit),
            *(
                {
                    "title": self.env._("Accept or decline the mentorship"),
                    "text": mentorship.display_name,
                    "button": self.env._("Open the mentorship"),
                    "url": mentorship.access_url,
                }
                for mentorship in mentorships
            ),
            *(
                {
                    "title": self.env._("Write up the talk"),
                    "text": f"{session.mentorship_id.display_name} · {session._get_when()}",
                    "button": self.env._("Open the talk"),
                    "url": session.access_url,
                }
                for session in sessions
            ),
        ]

    def _count_backbone_todo(self):
        return (
            super()._count_backbone_todo()
            + self.env["hr.backbone.mentorship"].search_count(
                self._get_backbone_mentorships_domain()
            )
            + self.env["hr.backbone.mentorship.session"].search_count(
                self._get_backbone_talks_domain()
            )
        )

    def _get_backbone_mentorships_domain(self):
        """Appointments that the user has not accepted yet."""
        own = self._get_backbone_working()
        mine = (Domain("employee_id", "in", own) & Domain("date_member_accepted", "=", False)) | (
            Domain("mentor_id", "in", own) & Domain("date_mentor_accepted", "=", False)
        )
        return Domain("state", "=", "appointed") & mine

    def _get_backbone_talks_domain(self):
        """The user's talks whose time is over, and which nobody has written up."""
        own = self._get_backbone_working()
        return Domain("is_due", "=", True) & (
            Domain("employee_id", "in", own) | Domain("mentor_id", "in", own)
        )

    def _get_backbone_mentees_domain(self, only="active"):
        """The user's mentorships as the mentor.

        :param str only: "active", or "ended" for those of before
        """
        return Domain("mentor_id", "in", self._get_backbone_working()) & Domain("state", "=", only)
