from odoo import fields, models
from odoo.exceptions import UserError


class HrBackbonePortalMixin(models.AbstractModel):
    """A document with a page in `/my`: its address, and saving what was typed there so
    that two windows never overwrite each other silently."""

    _name = "hr.backbone.portal.mixin"
    _description = "Backbone Portal Page"
    _inherit = ["portal.mixin"]

    # the part of the address that stands for the kind of document
    _portal_path = ""

    def _compute_access_url(self):
        super()._compute_access_url()
        for record in self:
            record.access_url = f"/my/backbone/{self._portal_path}/{record.id}"

    def _get_version(self):
        """A mark of what is stored; a form sends back the one it was opened with."""
        self.ensure_one()
        return fields.Datetime.to_string(self.write_date) + f".{self.write_date.microsecond:06d}"

    def _check_version(self, version):
        """
        :param str version: what `_get_version` said when the form was opened
        :raise UserError: somebody, perhaps in another window, has saved since
        """
        self.ensure_one()
        self._lock_for_move()
        self.invalidate_recordset(["write_date"])
        if version != self._get_version():
            raise UserError(
                self.env._(
                    "This document was changed in another window since you opened it. What "
                    "you typed is still below: copy what you need, then reload the page."
                )
            )
