# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.exceptions import AccessError

from .public import public


class HrBackboneWindowMixin(models.AbstractModel):
    """A window that asks for something and then takes a step. It is its opener's alone: a rule of
    `security/wizards_rules.xml` hides it from everybody else, and whoever confirms it takes the
    step as oneself. It knows no rule of its own: the documents decide."""

    _name = "hr.backbone.window.mixin"
    _description = "Backbone Window"
    _inherit = ["hr.backbone.named.mixin"]

    @public(one=True)
    def action_confirm(self):
        """Take the step, as the user who opened the window.

        :return: the action that follows; by default the window closes
        :raise AccessError: somebody else opened it
        """
        self.ensure_one()
        self.check_access("write")
        if self.create_uid != self.env.user:
            raise AccessError(
                self.env._("Somebody else opened this window. Please open it yourself.")
            )
        return self._confirm() or {"type": "ir.actions.act_window_close"}

    def _confirm(self):
        """Take the step of the window: one, which the user has opened.

        :return: the action that follows, if any
        """
        raise NotImplementedError
