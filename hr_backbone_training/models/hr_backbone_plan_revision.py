from odoo import models


class HrBackbonePlan(models.Model):
    """A revision that HR asks for, after a mentor's proposal: "so as to adjust the appropriate
    training plan in time". The member writes it, as always."""

    _inherit = "hr.backbone.plan"

    def _ask_for_revision(self):
        """Open the revision on the member's behalf, where there is none yet, and ask for it."""
        open_ones = self.search([("previous_id", "in", self.ids), ("state", "!=", "closed")])
        fresh = self.browse()
        for plan in self - open_ones.previous_id:
            fresh += plan._create_revision()
        asked = fresh + open_ones.filtered(lambda plan: plan.state == "draft")
        asked._finish_activities()
        asked._schedule_next_activities()
        self.env["hr.backbone.notification"]._queue(
            asked, "hr_backbone_training.mail_template_plan_revision", "revision"
        )

    def _get_next_activity(self):
        revision = "hr_backbone_training.mail_activity_type_plan_revision"
        return {
            plan: (revision if plan.previous_id else xmlid, users, deadline)
            for plan, (xmlid, users, deadline) in super()._get_next_activity().items()
        }
