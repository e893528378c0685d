# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import UserError


class HrBackboneSharedMixin(models.AbstractModel):
    """What all companies use as long as it has no company of its own, like a rank: whoever has
    access to some of them does not change it for the others."""

    _name = "hr.backbone.shared.mixin"
    _description = "Backbone Record that Companies Share"

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: it would be shared with companies that the user has no access to"""
        records = super().create(vals_list)
        records._check_shared()
        return records

    def write(self, vals):
        """:raise UserError: it is shared with companies that the user has no access to"""
        self._check_shared()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shared(self):
        self._check_shared()

    def _get_shared(self):
        """Those of these records that all companies use."""
        return self.filtered(lambda record: not record.company_id)

    def _check_shared(self):
        if self.env.su or not (shared := self._get_shared()):
            return
        # sudo: which companies have the scheme, none of which is named
        groups = self.env["hr.backbone.program"].sudo()._read_group([], ["company_id"])
        if {company.id for (company,) in groups} - set(self.env.user.company_ids.ids):
            raise UserError(
                self.env._(
                    "“%s” is used by companies that you have no access to: make one for your "
                    "own company, or ask somebody who has access to all of them.",
                    shared[:1].display_name,
                )
            )
