# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import NO_ACCESS

from ...const import OFFICER
from .readers import PrivateReason


class HrBackboneReasonMixin(models.AbstractModel):
    """History with a reason, some of which HR alone reads, and no officer who is concerned."""

    _name = "hr.backbone.reason.mixin"
    _description = "Backbone History with a Reason"

    kept_reason = fields.Text(readonly=True, copy=False, groups=NO_ACCESS)
    hr_reason = fields.Text(
        "Reason (HR only)",
        compute="_compute_hr_reason",
        compute_sudo=False,
        groups=OFFICER,
        help="Read by human resources, but by nobody whom the document concerns.",
    )

    def _get_reasoned(self):
        """The document that the reason is about."""
        raise NotImplementedError

    @api.depends_context("uid")
    def _compute_hr_reason(self):
        for record in self:
            # sudo: the document says itself whom it concerns
            kept = record.sudo().kept_reason
            document = record._get_reasoned() if kept else None
            record.hr_reason = document is not None and document._is_hr() and kept

    @api.model
    def _get_reason_vals(self, name, reason):
        """The values that keep a reason.

        :param str name: of the field that all read
        :param reason: a str, or a `PrivateReason`
        """
        if isinstance(reason, PrivateReason):
            return {name: False, "kept_reason": str(reason)}
        return {name: reason}
