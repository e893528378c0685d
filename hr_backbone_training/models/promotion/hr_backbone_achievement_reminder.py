from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain


class HrBackboneAchievement(models.Model):
    """The warning before a qualification expires."""

    _inherit = "hr.backbone.achievement"

    @api.model
    def _get_expiring_domain(self):
        """Verified qualifications within the warning time of their company that nobody has
        been told of, as long as their member is in the pool."""
        domain = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "date_expiry",
                "<=",
                company._backbone_today()
                + timedelta(days=company.backbone_certification_warning_days),
            )
            for company in self.env["res.company"].search([])
        )
        return (
            domain
            & Domain("state", "=", "verified")
            & Domain("date_warned", "=", False)
            & Domain("member_id.state", "!=", "exited")
        )

    @api.model
    def _cron_warn_expiring(self, batch_size=200):
        """Make sure that the member and HR have been told, once, of each qualification that
        is about to expire."""
        domain = self._get_expiring_domain()
        while records := self.search(domain, order="id", limit=batch_size).try_lock_for_update():
            records._warn_expiring()
            remaining = self.search_count(domain)
            if not self.env["ir.cron"]._commit_progress(len(records), remaining=remaining):
                break

    def _warn_expiring(self):
        """An activity for HR and for members who have the backend; a mail to the others."""
        self._write_today("date_warned")
        activity_type = self.env.ref("hr_backbone_training.mail_activity_type_achievement_expiry")
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].with_context(
            mail_activity_quick_update=True, mail_notify_force_send=False
        ).create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": record.id,
                    "activity_type_id": activity_type.id,
                    "summary": activity_type.summary,
                    "user_id": user.id,
                    "date_deadline": record.date_expiry,
                    "automated": True,
                }
                for record in self
                for user in record.employee_id.user_id | record._get_hr_user()
                if not user.share
            ]
        )
        outside = self.filtered(
            lambda record: not record.employee_id.user_id or record.employee_id.user_id.share
        )
        if outside:
            self.env["hr.backbone.notification"]._queue(
                outside, "hr_backbone_training.mail_template_achievement_expiring", "expire"
            )
