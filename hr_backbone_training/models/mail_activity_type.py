from odoo import api, models

STEPS = ("plan", "submit", "approve", "review", "meeting", "vote", "publish", "objection")


class MailActivityType(models.Model):
    _inherit = "mail.activity.type"

    @api.model
    def _get_backbone(self):
        """The reminders of the procedure, which go with the step that they ask for; those of
        people and of other apps stay."""
        to_id = self.env["ir.model.data"]._xmlid_to_res_id
        return self.browse(to_id(f"hr_backbone_training.mail_activity_type_{s}") for s in STEPS)
