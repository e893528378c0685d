from odoo import api, models
from odoo.fields import Domain

from .hr_backbone_application import OPEN_STATES

# what has passed the director of the center, who signs what was approved
APPROVED = Domain("state", "in", [state for state in OPEN_STATES if state != "director"])


class HrBackboneApplication(models.Model):
    _name = "hr.backbone.application"
    _inherit = ["hr.backbone.application", "hr.backbone.signed.mixin"]

    def _get_signatories(self):
        submitted = self.state in (*OPEN_STATES, "admitted")
        return {
            "recommender": (self.recommender_id, submitted),
            "director": (self.approver_id, bool(self._get_decision_of("approve"))),
        }

    @api.model
    def _get_to_sign_domains(self, own):
        underway = Domain("state", "in", OPEN_STATES)
        return {
            "recommender": Domain("recommender_id", "in", own) & underway,
            "director": Domain("approver_id", "in", own) & underway & APPROVED,
        }

    def _get_signed_content(self):
        return {**self._get_versioned(), "employee": self.employee_id.id}


class HrBackbonePlan(models.Model):
    _name = "hr.backbone.plan"
    _inherit = ["hr.backbone.plan", "hr.backbone.signed.mixin"]

    def _get_signatories(self):
        application = self.application_id
        submitted = self.state in ("submitted", "active")
        approved = application and application._get_decision_of("approve")
        return {
            "employee": (self.employee_id, submitted),
            "recommender": (application.recommender_id, submitted),
            "director": (application.approver_id, submitted and bool(approved)),
        }

    @api.model
    def _get_to_sign_domains(self, own):
        submitted = Domain("state", "=", "submitted")
        return {
            "employee": Domain("employee_id", "in", own) & submitted,
            "recommender": Domain("application_id.recommender_id", "in", own) & submitted,
            "director": submitted
            & Domain("application_id", "any", Domain("approver_id", "in", own) & APPROVED),
        }

    def _get_signed_content(self):
        """All that the employee wrote, without what is kept up to date later."""
        names = (
            "method",
            "gap",
            "action",
            "quantity",
            "support",
            "date_due",
            "quarterly_check",
        )
        return {
            **{name: self[name] or "" for name in ("strengths", "gaps", "goal_short", "goal_long")},
            "lines": [[str(line[name] or "") for name in names] for line in self.line_ids],
        }
