from odoo import api, models
from odoo.fields import Domain

from ..core.hr_backbone_portal_mixin import FieldError


class HrBackboneAchievement(models.Model):
    """Achievements in the portal."""

    _inherit = "hr.backbone.achievement"

    _inputs = (
        "kind",
        "name",
        "authority",
        "date_obtained",
        "date_expiry",
        "notes",
        "plan_line_id",
    )

    @api.model
    def _get_decider_domain(self):
        """Of the user's mentees; HR has its list in the backend."""
        own = self.env.user._get_backbone_own()
        mentees = Domain("member_id.mentor_id", "in", own) if own else Domain.FALSE
        return mentees & Domain("employee_id", "not in", own)

    def _settle(self, vals):
        kind = vals.get("kind", self.kind)
        if kind != "qualification":
            vals["date_expiry"] = False
        obtained = vals.get("date_obtained", self.date_obtained)
        expiry = vals.get("date_expiry", self.date_expiry)
        if obtained and expiry and expiry < obtained:
            raise FieldError(
                self.env._("A qualification does not expire before it is obtained."), "date_expiry"
            )
        return super()._settle(vals)


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_backbone_todo(self, limit=20):
        """Achievements of one's mentees to verify, and the own ones that came back."""
        achievements = self.env["hr.backbone.achievement"]
        return super()._get_backbone_todo(limit) + achievements._get_todo(
            limit,
            mend=self.env._("Mend the achievement: %s"),
            decide=self.env._("Verify the achievement: %s"),
            button=self.env._("Open the achievement"),
        )

    def _count_backbone_todo(self):
        achievements = self.env["hr.backbone.achievement"]
        return super()._count_backbone_todo() + achievements._count_awaiting()
