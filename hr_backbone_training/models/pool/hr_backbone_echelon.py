# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import UserError

from ..selection.hr_backbone_application import OPEN_STATES

# by which it is decided who may come into an echelon
SCOPE = {"rank_ids", "minimum_tenure_months", "level", "active"}


class HrBackboneEchelon(models.Model):
    """Whoever is in the pool, or on the way into it, does not decide whom the echelons are for
    into which they may still come, nor how many these take."""

    _inherit = "hr.backbone.echelon"

    @api.model
    def _get_own_levels(self, companies):
        """{company: the lowest level, the greatest number, in which the user is or applies}"""
        own = self.env["hr.backbone.member"]._get_own(companies)
        # as superuser, as the memberships are: the user's own, of a login taken off as well
        applications = own.env["hr.backbone.application"].search(
            [
                ("employee_id", "in", self.env.user._get_backbone_ever()),
                ("company_id", "in", companies.ids),
                ("state", "in", ["draft", *OPEN_STATES]),
            ]
        )
        levels = {}
        for row in [*own, *applications]:
            level = row.echelon_id.level
            levels[row.company_id] = max(level, levels.get(row.company_id, level))
        return levels

    def _is_open_to_me(self, levels, company=None):
        """Whether the user is in this echelon or may still come into it.

        :param dict levels: see `_get_own_levels`
        :param company: in this company; by default in those of the echelon
        """
        self.ensure_one()
        company = company or self.company_id
        own = [level for where, level in levels.items() if not company or where == company]
        return any(self.level <= level for level in own)

    def write(self, vals):
        """:raise UserError: the scope changes of an echelon that is the user's own matter"""
        if not self.env.su and not SCOPE.isdisjoint(vals):
            self.check_access("write")
            levels = self._get_own_levels(self.company_id or self.env.user.company_ids)
            for echelon in self:
                if echelon._is_open_to_me(levels):
                    raise UserError(
                        self.env._(
                            "You are in the %s or may come into it, so somebody else in HR decides "
                            "whom it is for.",
                            echelon.name,
                        )
                    )
        return super().write(vals)
