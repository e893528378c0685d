# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models, tools

from .words import get_reader_lang


class MailActivityType(models.Model):
    _inherit = "mail.activity.type"

    @api.model
    def _get_backbone(self):
        """The reminders of the procedure, which go with the step that they ask for; those of
        people and of other apps stay."""
        return self.browse(self._get_backbone_ids())

    @api.model
    def _get_backbone_decided(self):
        """The reminders that end with a decision, which nobody marks as done; for later rooms to
        extend."""
        return self.browse()

    def _make_activities(self, rows):
        """Make an activity of this type for each row; whoever has no backend gets none.

        No mail goes with it: the mail templates tell people, once.

        :param rows: (record, user, values that differ from those of the type)
        """
        self.ensure_one()
        get_id = self.env["ir.model"]._get_id
        self.env["mail.activity"].with_context(
            mail_activity_quick_update=True, mail_notify_force_send=False
        ).create(
            [
                {
                    "res_model_id": get_id(record._name),
                    "res_id": record.id,
                    "activity_type_id": self.id,
                    "summary": self.with_context(lang=get_reader_lang(user, record)).summary,
                    "user_id": user.id,
                    "automated": True,
                    **vals,
                }
                for record, user, vals in rows
                if not user.share
            ]
        )

    @tools.ormcache()
    @api.model
    def _get_backbone_ids(self):
        # sudo: names of the addon's own data, and of the small ones beside other apps
        rows = (
            self.env["ir.model.data"]
            .sudo()
            .search([("module", "=like", "hr_backbone_training%"), ("model", "=", self._name)])
        )
        return tuple(rows.mapped("res_id"))
