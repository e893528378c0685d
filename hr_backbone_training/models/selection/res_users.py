# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.fields import Domain


class ResUsers(models.Model):
    """Cases, meetings and signatures among the things that wait for the user."""

    _inherit = "res.users"

    def _get_backbone_todo(self, limit=20):
        return [
            *super()._get_backbone_todo(limit),
            *self._get_backbone_cases_todo(limit),
            *self._get_backbone_meetings_todo(limit),
            *self._get_backbone_signatures_todo(limit),
        ]

    def _is_on_backbone_documents(self):
        own = self._get_backbone_own()
        people = Domain.OR(
            Domain(name, "in", own) for name in ("employee_id", "recommender_id", "approver_id")
        )
        # sudo: whether there is one
        applications = self.env["hr.backbone.application"].sudo()
        return super()._is_on_backbone_documents() or bool(
            own and applications.search_count(people, limit=1)
        )

    @api.model
    def _get_backbone_objection_type(self):
        """The id of the type of to-dos on objections, for the rule that keeps them to themselves;
        none while the addon is being installed."""
        xmlid = "hr_backbone_training.mail_activity_type_objection"
        return self.env["ir.model.data"]._xmlid_to_res_id(xmlid) or 0

    def _count_backbone_todo(self):
        count = super()._count_backbone_todo()
        applications = self.env["hr.backbone.application"]
        count += applications.search_count(applications._get_awaiting_domain())
        if self.env["hr.backbone.meeting"].has_access("read"):
            domain = self._get_backbone_meetings_domain()
            count += self.env["hr.backbone.meeting"].search_count(domain)
        for documents in self._get_backbone_to_sign():
            count += documents.search_count(documents._get_to_sign_domain())
        return count

    def _get_backbone_cases_todo(self, limit):
        applications = self.env["hr.backbone.application"]
        todo = []
        for record in applications.search(applications._get_awaiting_domain(), limit=limit):
            name = record.employee_id._get_backbone_name()
            if record.state == "draft":
                todo.append(
                    {
                        "title": self.env._("Complete and submit: %s", name),
                        "text": self.env._("The development plan has been submitted."),
                        "button": self.env._("Open the application"),
                        "url": record.access_url,
                    }
                )
            else:
                todo.append(
                    {
                        "title": self.env._("Approve, return or refuse: %s", name),
                        # sudo: the name of the echelon that the case is for
                        "text": record.sudo().echelon_id.name,
                        "button": self.env._("Open the case"),
                        "url": record.access_url,
                    }
                )
        return todo

    def _get_backbone_meetings_todo(self, limit):
        meetings = self.env["hr.backbone.meeting"]
        if not meetings.has_access("read"):
            return []
        return [
            {
                "title": self.env._("Vote on the names: %s", meeting.name),
                "text": self.env._("The meeting is in session."),
                "button": self.env._("Open the meeting"),
                "url": meeting.access_url,
            }
            for meeting in meetings.search(self._get_backbone_meetings_domain(), limit=limit)
        ]

    def _get_backbone_signatures_todo(self, limit):
        todo = []
        for documents in self._get_backbone_to_sign():
            for record in documents.search(documents._get_to_sign_domain(), limit=limit):
                if record.employee_id.id in self._get_backbone_own():
                    title = self.env._("Sign your development plan")
                elif record._name == "hr.backbone.plan":
                    title = self.env._("Sign the development plan: %s", record.employee_id.name)
                else:
                    title = self.env._("Sign the application: %s", record.employee_id.name)
                todo.append(
                    {
                        "title": title,
                        "text": self.env._("Your signature is missing on the form."),
                        "button": self.env._("Open and sign"),
                        "url": f"{record.access_url}#signatures",
                    }
                )
        return todo

    def _get_backbone_to_sign(self):
        """The models whose documents are signed online, as superuser: the domain of what is
        to be signed is the check; a portal user cannot search through signatures."""
        if not self._get_backbone_working():
            return []
        # sudo: see above
        return [self.env[name].sudo() for name in ("hr.backbone.application", "hr.backbone.plan")]

    def _get_backbone_meetings_domain(self):
        """Meetings in session with a name on which the user's vote is missing."""
        missing = (
            ~Domain("vote_ids", "any", [("user_id", "=", self.id)])
            & Domain("is_off", "=", False)
            & Domain("application_id.employee_id", "not in", self._get_backbone_ever())
            & Domain("application_id.recommender_id", "not in", self._get_backbone_ever())
        )
        return (
            Domain("state", "=", "open")
            & Domain("attendee_ids", "in", self.id)
            & Domain("item_ids", "any", missing)
        )
