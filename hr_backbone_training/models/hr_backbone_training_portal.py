from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_time


class HrBackboneTraining(models.Model):
    """The training in the portal: which ones are the user's, and what waits."""

    _name = "hr.backbone.training"
    _inherit = ["hr.backbone.training", "hr.backbone.portal.mixin"]

    _portal_path = "trainings"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Participants read the training; what HR writes below it is HR's."""
        return dict.fromkeys(self, "write")

    def _get_when(self, user=None):
        """When the session is, in words: where this user is (the acting one by default), or
        where the company is when nobody knows; whole days as the company counts them."""
        self.ensure_one()
        if self.all_day:
            days = [format_date(self.env, day) for day in (self.day_start, self.day_end)]
            return " – ".join(dict.fromkeys(days))
        # sudo: where a person is, to tell this person the time
        name = (user or self.env.user).sudo().tz or str(self.company_id._backbone_tz())
        there = self.with_context(tz=name)
        start, end = (
            fields.Datetime.context_timestamp(there, moment)
            for moment in (self.date_start, self.date_end)
        )
        first, last = (format_date(self.env, moment.date()) for moment in (start, end))
        begins, ends = (format_time(self.env, m.time(), time_format="short") for m in (start, end))
        if first == last:
            return f"{first}, {begins} – {ends}"
        return f"{first}, {begins} – {last}, {ends}"

    @api.model
    def _get_held_domain(self):
        """The trainings that the user holds."""
        return Domain("trainer_id", "in", self.env.user._get_backbone_own())

    @api.model
    def _get_mine_domain(self):
        """The trainings that the user takes part in, or was invited to, or holds."""
        row = Domain("employee_id", "in", self.env.user._get_backbone_own())
        row &= Domain("state", "!=", "cancelled")
        listed = Domain("state", "!=", "draft") & Domain("participant_ids", "any", row)
        return listed | self._get_held_domain()

    @api.model
    def _get_attendance_domain(self):
        """The user's sessions that are over, and whose attendance nobody has marked yet."""
        return (
            self._get_held_domain()
            & Domain("state", "=", "planned")
            & Domain("date_end", "<=", fields.Datetime.now())
            & Domain("participant_ids", "any", [("state", "in", ("invited", "confirmed"))])
            & ~Domain("participant_ids", "any", [("state", "=", "attended")])
        )
