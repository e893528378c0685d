# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date


class ResUsers(models.Model):
    """What a quarter asks of its people: "every quarter, key employees need to submit work
    and study reports … every quarter, the mentor … will assess"."""

    _inherit = "res.users"

    def _get_backbone_todo(self, limit=20):
        return [
            *self._get_backbone_reports_todo(limit),
            *self._get_backbone_assessments_todo(),
            *self._get_backbone_opinions_todo(),
            *super()._get_backbone_todo(limit),
        ]

    def _count_backbone_todo(self):
        # sudo: the domain is the check, and spares the rules: only one's own reports
        reports = self.env["hr.backbone.report"].sudo()
        return (
            super()._count_backbone_todo()
            + reports.search_count(self._get_backbone_reports_domain())
            + len(self._get_backbone_assessments_todo())
            + len(self._get_backbone_opinions_todo())
        )

    def _get_backbone_reports_domain(self):
        owed = self.env["hr.backbone.report"]._get_owed_domain()
        here = Domain("company_id", "in", self.env.companies.ids)
        return Domain("employee_id", "in", self._get_backbone_own()) & here & owed

    def _get_backbone_reports_todo(self, limit):
        # sudo: see `_count_backbone_todo`
        reports = (
            self.env["hr.backbone.report"]
            .sudo()
            .search(self._get_backbone_reports_domain(), order="date_due, id", limit=limit)
        )
        todo = []
        for report in reports:
            returned = report._get_returned_comment()
            quarter = report.quarter_id.name + self._name_backbone_place(report)
            todo.append(
                {
                    "title": self.env._("Your report was returned: %s", quarter)
                    if returned
                    else self.env._("Write your work and study report: %s", quarter),
                    "text": returned or self._get_backbone_due(report),
                    "late": self._get_backbone_late(report),
                    "button": self.env._("Open my report"),
                    "url": report.access_url,
                }
            )
        return todo

    def _get_backbone_assessments_todo(self):
        """One entry, however many mentees there are."""
        # sudo: the domain is the check: only those that the user owes
        assessments = self.env["hr.backbone.assessment"].sudo()
        domain = assessments._get_open_domain()
        count = assessments.search_count(domain)
        if not count:
            return []
        first = assessments.search(domain, order="date_due, id", limit=1)
        if count == 1:
            title = self.env._("Assess your mentee: %s", first.employee_id.name)
        else:
            title = self.env._("Assess your mentees: %s assessments", count)
        return [
            {
                "title": title,
                "text": self._get_backbone_due(first),
                "late": self._get_backbone_late(first),
                "button": self.env._("Assess"),
                "url": first.access_url if count == 1 else "/my/backbone/assessments",
            }
        ]

    def _get_backbone_opinions_todo(self):
        """One entry, however many members there are."""
        opinions = self.env["hr.backbone.second.opinion"]
        if not opinions._is_in_use():
            return []
        owed = opinions.search(opinions._get_open_domain(), order="date_due, id")
        if not owed:
            return []
        first = owed[0]
        if len(owed) == 1:
            name = first.employee_id._get_backbone_name()
            title = self.env._("Give a second opinion: %s", name)
        else:
            title = self.env._("Give second opinions on %s members", len(owed))
        return [
            {
                "title": title,
                "text": self._get_backbone_due(first),
                "late": self._get_backbone_late(first),
                "button": self.env._("Give it"),
                "url": first.access_url if len(owed) == 1 else "/my/backbone/opinions",
            }
        ]

    def _get_backbone_due(self, document):
        if document.is_overdue or not document.date_due:
            return ""
        return self.env._("Due on %s.", format_date(self.env, document.date_due))

    def _get_backbone_late(self, document):
        """What is said in red when the due date is over."""
        if not document.is_overdue:
            return False
        return self.env._("Late: it was due on %s.", format_date(self.env, document.date_due))
