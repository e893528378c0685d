from odoo import fields, models

from ...const import OFFICER


class HrBackboneWorkflowMixin(models.AbstractModel):
    """Whom a step concerns: who may take it, who is reminded of it, who is written to."""

    _inherit = "hr.backbone.workflow.mixin"

    # -- who may -----------------------------------------------------------------------

    def _get_involved_refusal(self):
        """Why the user, as a person of the case, takes no step of HR on it; else False."""
        self.ensure_one()
        if "employee_id" in self._fields and self._is_about_me():
            return self.env._("Nobody decides on their own case.")
        return False

    def _is_hr(self):
        """Whether the user is HR, and not deciding on the own case."""
        self.ensure_one()
        return self.env.user.has_group(OFFICER) and not self._get_involved_refusal()

    def _refuse_unless_officer(self):
        """Refusals of a step that is HR's, though never on the own case.

        :return: {record: [sentence]}, see `_get_refusals`
        """
        officer = self.env.user.has_group(OFFICER)
        refusals = {}
        for record in self:
            if not officer:
                refusals[record] = [self.env._("Only HR can do this.")]
            elif reason := record._get_involved_refusal():
                refusals[record] = [reason]
        return refusals

    # -- activities and mails ----------------------------------------------------------

    def _get_next_activity(self):
        """What the next person has to do, for many records at once.

        :return: {record: (external id of the activity type, users, date or None)}
        """
        return {}

    def _finish_activities(self):
        """The awaited step was taken: its reminders go."""
        activities = self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("automated", "=", True),
                ("activity_type_id", "in", self.env["mail.activity.type"]._get_backbone().ids),
            ]
        )
        activities.unlink()

    def _schedule_next_activities(self):
        """One activity for each person of the backend who must act next."""
        vals_list = []
        model_id = self.env["ir.model"]._get_id(self._name)
        today = fields.Date.context_today(self)
        awaited = self._get_next_activity()
        types = {xmlid: self.env.ref(xmlid) for xmlid in {row[0] for row in awaited.values()}}
        for record, (xmlid, users, deadline) in awaited.items():
            activity_type = types[xmlid]
            vals_list += [
                {
                    "res_model_id": model_id,
                    "res_id": record.id,
                    "activity_type_id": activity_type.id,
                    "summary": activity_type.summary,
                    "user_id": user.id,
                    "date_deadline": deadline or today,
                    "automated": True,
                }
                for user in users
                if not user.share
            ]
        if vals_list:
            # quick update: the mail templates tell people, once
            self.env["mail.activity"].with_context(
                mail_activity_quick_update=True, mail_notify_force_send=False
            ).create(vals_list)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """An activity for each of thousands makes nobody a follower, where its maker says so:
        what is written on the document would go to all of them."""
        if self.env.context.get("backbone_no_subscription"):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

    def _get_mail_partners(self, name):
        """The partners who are told of the move `name` on this record."""
        self.ensure_one()
        return self.env["res.partner"]

    def _get_last_comment(self):
        """The written reason of the last decision, for the mails, the pages and the forms."""
        self.ensure_one()
        return self.decision_ids[:1].comment or ""

    def _send_move_mails(self, name):
        """Queue the mails of the move; a long list is queued by the mail job instead."""
        template = self._move_templates.get(name)
        if template:
            self.env["hr.backbone.notification"]._queue(self, template, name)
