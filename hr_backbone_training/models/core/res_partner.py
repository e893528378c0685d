from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """The name of a login, which stands on documents and under signatures; and its address, to
    which the link for a new password goes."""

    _inherit = "res.partner"

    def write(self, vals):
        """:raise UserError: people rename themselves whose name stands on a document, or change
        the address of somebody else's login"""
        # a page of the portal writes as superuser: who is it decides
        own = self.env.user.partner_id if "name" in vals else self.browse()
        if own in self and vals["name"] != own.name:
            self.env.user._check_backbone_name()
        if "email" in vals:
            self._check_backbone_address(vals["email"])
        return super().write(vals)

    def _check_backbone_address(self, email):
        """Whoever changes the address of a login takes the login over, by a new password. Odoo
        guards it, but not where HR writes the work e-mail of an employee, which it writes here as
        superuser, nor for portal logins, which many employees have.

        :raise UserError: it is the address of an employee's login, or of an internal one, and
            the user is neither that person nor administers the users
        """
        if self.env.uid == SUPERUSER_ID or self.env.user.has_group("base.group_erp_manager"):
            return
        for partner in self:
            if (partner.email or "") == (email or ""):
                continue
            # Odoo asks it of each write, too
            for login in partner.user_ids - self.env.user:
                if login._is_internal() or login._get_backbone_linked():
                    raise UserError(
                        self.env._(
                            "You cannot change the e-mail address of %s: links for a new password "
                            "go there. They change it in their own preferences, or whoever "
                            "administers the users does.",
                            partner.name,
                        )
                    )
