from odoo import models


class HrBackbonePlan(models.Model):
    """The printed personal development plan (appendix 2)."""

    _name = "hr.backbone.plan"
    _inherit = ["hr.backbone.plan", "hr.backbone.form.mixin"]

    def _prepare_form_values(self):
        employee, application = self.employee_id, self.application_id
        echelon = employee.backbone_echelon_id or application.echelon_id
        return {
            **super()._prepare_form_values(),
            "number": application.name,
            "program": self.program_id.name,
            "echelon": echelon.name,
            "scope": echelon.scope,
            "revision": self.revision,
            "date": self._format_form_date(self.date_submitted),
            "in_force": self._format_form_date(self.date_activated),
            "person": employee.name,
            "department": self.department_id.name,
            "post": self.job_id.name,
            "rank": self.rank_id.name,
            "photo": self._get_form_photo(employee),
            "mentor": self._get_form_mentor().name,
            "strengths": self._format_form_text(self.strengths),
            "gaps": self._format_form_text(self.gaps),
            "goal_short": self._format_form_text(self.goal_short),
            "goal_long": self._format_form_text(self.goal_long),
            "blocks": self._get_form_blocks(),
            "signatories": self._get_form_signatories(),
            "signed": self._get_form_signed(),
        }

    def _get_form_mentor(self):
        """The mentor of the member; until then whom the department proposes."""
        return self.employee_id.backbone_mentor_id or self.application_id.proposed_mentor_id

    def _get_form_blocks(self):
        """[(method, its actions)] for every method; one without actions has none."""
        rows = self.line_ids.grouped("method")
        methods = self.line_ids._fields["method"]._description_selection(self.env)
        return [
            (label, [self._get_form_action(line) for line in rows.get(method, ())])
            for method, label in methods
        ]

    def _get_form_action(self, line):
        return {
            "gap": self._format_form_text(line.gap),
            "action": self._format_form_text(line._get_promise()),
            "support": self._format_form_text(line.support),
            "date": self._format_form_date(line.date_due),
            "evidence": self._format_form_text(line.evidence),
            "progress": f"{line.progress}%",
            "check": self._format_form_text(line.quarterly_check),
        }

    def _get_form_signatories(self):
        """[(role, name)] of those who sign the plan, as far as they are known."""
        application = self.application_id
        return [
            (self.env._("Employee"), self.employee_id.name),
            (self.env._("Mentor"), self._get_form_mentor().name),
            (self.env._("Department"), application.recommender_id.name),
            (self.env._("Director of the Center"), application.approver_id.name),
            (self.env._("Human Resources"), self.program_id.user_id.name),
        ]

    def _get_form_signed(self):
        """What the signatories signed online, in their order; None where on paper."""
        signed = self._get_form_signatures()
        roles = ("employee", None, "recommender", "director", None)
        return [signed.get(role) for role in roles]
