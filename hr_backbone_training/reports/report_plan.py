# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models


class ReportPlan(models.AbstractModel):
    """The printed personal development plan (appendix 2)."""

    _name = "report.hr_backbone_training.report_plan"
    _description = "Development Plan"
    _inherit = "hr.backbone.form.mixin"

    _document = "hr.backbone.plan"

    def _prepare_form(self, doc):
        employee, application = doc.employee_id, doc.application_id
        echelon, mentor = self._get_echelon_and_mentor(doc)
        return {
            **super()._prepare_form(doc),
            "number": application.name,
            "program": doc.program_id.name,
            "echelon": echelon.name,
            "scope": echelon.scope,
            "revision": doc.revision,
            "date": self._format_date(doc.date_submitted),
            "in_force": self._format_date(doc.date_activated),
            "person": doc._get_fact("person", employee.name),
            "department": doc.department_id.name,
            "post": doc.job_id.name,
            "rank": doc.rank_id.name,
            "photo": self._get_photo(employee),
            "mentor": mentor,
            "strengths": self._format_text(doc.strengths),
            "gaps": self._format_text(doc.gaps),
            "goal_short": self._format_text(doc.goal_short),
            "goal_long": self._format_text(doc.goal_long),
            "blocks": self._get_blocks(doc),
            "signatories": self._get_signatories(doc, mentor),
            "signed": self._get_signed(doc),
        }

    def _get_echelon_and_mentor(self, doc):
        """Those of now or, of a closed plan, of the day on which it was closed.

        :return: (`hr.backbone.echelon`, name of the mentor)
        """
        echelon, mentor = doc._get_echelon_and_mentor()
        number = doc._get_fact("echelon_id", echelon.id)
        return echelon.browse(number or ()).exists(), doc._get_fact("mentor", mentor.name)

    def _get_blocks(self, doc):
        """[(method, its actions)] for every method; one without actions has none."""
        rows = doc.line_ids.grouped("method")
        methods = doc.line_ids._fields["method"]._description_selection(doc.env)
        return [
            (label, [self._get_action(line) for line in rows.get(method, ())])
            for method, label in methods
        ]

    def _get_action(self, line):
        return {
            "gap": self._format_text(line.gap),
            "action": self._format_text(line._get_promise()),
            "support": self._format_text(line.support),
            "date": self._format_date(line.date_due),
            "evidence": self._format_text(line.evidence),
            "progress": f"{line.progress}%",
            "check": self._format_text(line.quarterly_check),
        }

    def _get_signatories(self, doc, mentor):
        """[(role, name)] of those who sign the plan, as far as they are known."""
        application = doc.application_id
        return [
            (self.env._("Employee"), doc._get_fact("person", doc.employee_id.name)),
            (self.env._("Mentor"), mentor),
            (self.env._("Department"), application.recommender_id.name),
            (self.env._("Director of the Center"), application.approver_id.name),
            (
                self.env._("Human Resources"),
                doc._get_fact("hr", doc.program_id.user_id.name),
            ),
        ]

    def _get_signed(self, doc):
        """What the signatories signed online, in their order; None where on paper."""
        signed = self._get_signatures(doc)
        roles = ("employee", None, "recommender", "director", None)
        return [signed.get(role) for role in roles]
