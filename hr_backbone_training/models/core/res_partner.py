# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """The name of a login, which is on documents and under signatures; and its address, to
    which the link for a new password goes."""

    _inherit = "res.partner"

    def write(self, vals):
        """:raise UserError: people rename themselves, or the login of somebody else, whose name
        is on a document; or change the address of somebody else's login"""
        # a page of the portal writes as superuser: who is it decides
        own = self.env.user.partner_id if "name" in vals else self.browse()
        if own in self and vals["name"] != own.name:
            self.env.user._check_backbone_name()
        if "name" in vals:
            self._check_backbone_names(vals["name"])
        if "email" in vals:
            self._check_backbone_address(vals["email"])
        return super().write(vals)

    def _check_backbone_names(self, name):
        """The account's name stands beside a signature that is another one: whoever keeps the
        contacts does not give it to the login of an employee.

        :raise UserError: it is on a document, and the user administers neither HR of the
            employee's company nor the users
        """
        user = self.env.user
        if self.env.uid == SUPERUSER_ID or user.has_group("base.group_erp_manager"):
            return
        known = set(user.company_ids.ids) if user._keeps_backbone_names() else set()
        for partner in self.filtered(lambda row: row.name != name):
            for login in partner._get_backbone_logins() - user:
                companies = {company for _number, company, _active in login._get_backbone_linked()}
                if companies - known and login._is_on_backbone_documents():
                    raise UserError(
                        self.env._(
                            "You cannot rename %s: the name is on documents of Backbone "
                            "Training. Please ask an HR administrator to change it.",
                            partner.name,
                        )
                    )

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
            for login in partner._get_backbone_logins() - self.env.user:
                if login._is_internal() or login._get_backbone_linked():
                    raise UserError(
                        self.env._(
                            "You cannot change the e-mail address of %s: links for a new password "
                            "go there. They change it in their own preferences, or whoever "
                            "administers the users does.",
                            partner.name,
                        )
                    )

    def _get_backbone_logins(self):
        """The logins of these contacts, also the portal logins of another company, which its
        people do not see; as superuser. Odoo asks it of each write, too."""
        # sudo: whose login it is decides
        return self.sudo().user_ids
