# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from contextlib import contextmanager

from odoo import SUPERUSER_ID, models


class HrBackboneUnsignedMixin(models.AbstractModel):
    """Rows that must not tell who wrote them: `create_uid` and `write_uid` are the system's,
    whoever writes, and also where a stored computed field is written later on. Who did it
    is in a field of the model's own, which it protects by `groups`.
    """

    _name = "hr.backbone.unsigned.mixin"
    _description = "Backbone Row without an Author"

    def _prepare_create_values(self, vals_list):
        return [
            {**vals, "create_uid": SUPERUSER_ID, "write_uid": SUPERUSER_ID}
            for vals in super()._prepare_create_values(vals_list)
        ]

    def _write_multi(self, vals_list):
        return super()._write_multi([{**vals, "write_uid": SUPERUSER_ID} for vals in vals_list])

    @contextmanager
    def _unsigned(self):
        """What is written within, of any model, is the system's: files and reminders, too.

        Odoo signs what is computed when it is flushed, by whoever flushes it; so it is flushed
        before and after.

        :return: `self` as the system has it; the caller has checked what the user may do
        """
        self.env.flush_all()
        # default_… keys may come from a client
        context = {k: v for k, v in self.env.context.items() if not k.startswith("default_")}
        system = self.with_env(self.env(user=SUPERUSER_ID, context=context))
        yield system
        system.env.flush_all()
