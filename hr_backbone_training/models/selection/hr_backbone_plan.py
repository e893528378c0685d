# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain

from ..plan.hr_backbone_plan import HrBackbonePlan as Plan
from .hr_backbone_application import APPROVED


class HrBackbonePlan(models.Model):
    """The plan that an application asks for, and that goes on or ends with it."""

    _name = "hr.backbone.plan"
    _inherit = ["hr.backbone.plan", "hr.backbone.signed.mixin"]

    _fixed_fields = (*Plan._fixed_fields, "application_id")

    application_id = fields.Many2one(
        "hr.backbone.application",
        readonly=True,
        index=True,
        ondelete="cascade",
        copy=False,
    )

    _application_uniq = models.UniqueIndex(
        "(application_id) WHERE application_id IS NOT NULL",
        "An application has one development plan.",
    )

    def _refusals_return(self):
        """As long as the application has not been submitted."""
        refusals = super()._refusals_return()
        for plan in self:
            # sudo: where the case stands decides
            application = plan.application_id.sudo()
            if plan not in refusals and application and application.state != "draft":
                refusals[plan] = [
                    self.env._(
                        "The plan is under review with your application: you can change it once "
                        "the application is returned."
                    )
                ]
        return refusals

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was just allowed
        plans = self.sudo()
        if name in ("submit", "return"):
            # the recommender goes on, or waits again
            drafts = plans.application_id.filtered(lambda case: case.state == "draft")
            drafts._pass_todos_on()
        if name in ("return", "send_back"):
            plans.signature_ids._void()
        return result

    # -- called by the application and the pool ----------------------------------------

    @api.model
    def _on_application_created(self, applications):
        """Each recommended employee gets an empty plan and is asked to fill it in."""
        plans = self.create(
            [
                {
                    "employee_id": application.employee_id.id,
                    "program_id": application.program_id.id,
                    "application_id": application.id,
                }
                for application in applications
            ]
        )
        plans._write_each_moved(plans._get_snapshot())
        plans._schedule_next_activities()
        self.env["hr.backbone.notification"]._queue(
            plans, "hr_backbone_training.mail_template_plan_requested", "request"
        )

    def _on_application_admitted(self):
        submitted = self.filtered(lambda plan: plan.state == "submitted")
        submitted._do_move(self._get_move("activate"), "")

    def _on_application_ended(self):
        living = self.filtered(lambda plan: plan.state != "closed")
        living._do_move(self._get_move("close"), "")

    def _on_application_restored(self):
        """What the end of the application has closed is open again; as superuser."""
        move = self._get_move("undo_close")
        closed = self.filtered(lambda plan: plan.state == "closed")
        closed.browse().concat(*closed._find_undone(move))._do_move(move, "")

    # -- who signs it: its writer, and who recommends and approves the application ---------

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
