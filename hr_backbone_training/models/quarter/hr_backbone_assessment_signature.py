from odoo import models


class HrBackboneAssessment(models.Model):
    """Mentor and member sign the assessment online, once it is submitted."""

    _name = "hr.backbone.assessment"
    _inherit = ["hr.backbone.assessment", "hr.backbone.signed.mixin"]

    def _get_signatories(self):
        submitted = self.state == "submitted"
        shared = submitted and self.company_id.backbone_share_assessment
        return {
            "employee": (self.employee_id, shared),
            "mentor": (self.mentor_id, submitted),
        }

    def _get_signed_content(self):
        return {
            "comment": self.comment or "",
            "proposal": self.proposal or "",
            "lines": [
                [line.name or "", line.weight, line.score, line.example or ""]
                for line in self.line_ids
            ],
        }
