# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import texts


class HrBackboneApplicationCheck(models.Model):
    """One answer of HR's preliminary review: computed where data tells, confirmed by HR
    where it does not."""

    _name = "hr.backbone.application.check"
    _description = "Backbone Application Check"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "application_id, sequence, id"
    _kept_fields = ("application_id",)
    _readers = ("committee", "hr")

    application_id = fields.Many2one(
        "hr.backbone.application", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char("Condition", required=True, readonly=True)
    kind = fields.Selection(
        # as the reader reads them there: Odoo translates no labels that a function gives
        lambda self: (
            self.env["hr.backbone.echelon.condition"]
            ._fields["kind"]
            ._description_selection(self.env)
        ),
        required=True,
        readonly=True,
    )
    minimum_score = fields.Float(readonly=True)
    answer = fields.Selection(
        [("open", "Not answered"), ("yes", "Met"), ("no", "Not met")],
        required=True,
        default="open",
    )
    finding = fields.Char(compute="_compute_finding", help="What the data says.")
    note = texts.Char(help="Where HR looked, or what was found.")

    @api.depends_context("lang")
    def _compute_finding(self):
        for check in self:
            check.finding = check.kind != "manual" and (
                check._get_failure() or self.env._("Checked against the data.")
            )

    def _get_failure(self):
        """Why a computed condition fails; False when it is met."""
        self.ensure_one()
        return self._get_condition_failure(self.application_id, self)

    @api.model
    def _get_condition_failure(self, application, condition):
        """Why `application` fails a condition that data answers; False when it does not.

        :param condition: a line of the echelon's checklist, or of an application's
        """
        if condition.kind == "rank":
            return application._get_rank_refusal()
        if condition.kind == "tenure":
            return application._get_tenure_refusal()
        if condition.kind == "plan":
            return application._get_plan_refusal()
        if condition.kind == "score" and application.score_total < condition.minimum_score:
            return self.env._(
                "The average score is %(score).1f; %(minimum).1f is asked for.",
                score=application.score_total,
                minimum=condition.minimum_score,
            )
        return False

    @api.model
    def _make_for(self, applications):
        """Make sure that each application has the checklist of its echelon, fresh."""
        self.search([("application_id", "in", applications.ids)]).unlink()
        self.create(
            [
                {
                    "application_id": application.id,
                    "sequence": condition.sequence,
                    "name": condition.name,
                    "kind": condition.kind,
                    "minimum_score": condition.minimum_score,
                    "answer": self._get_first_answer(application, condition),
                }
                for application in applications
                for condition in application.echelon_id.condition_ids
            ]
        )

    @api.model
    def _get_first_answer(self, application, condition):
        if condition.kind == "manual":
            return "open"
        return "no" if self._get_condition_failure(application, condition) else "yes"

    def _get_refusal(self):
        """Why this line keeps the case from passing the review; False when it does not.
        What data tells is asked again, since the data may have changed."""
        self.ensure_one()
        if self.kind != "manual":
            return self._get_failure()
        if self.answer == "open":
            return self.env._("Not answered yet: %s", self.name)
        if self.answer == "no":
            return self.env._("Condition not met: %s", self.name)
        return False

    def write(self, vals):
        if set(vals) - {"answer", "note"} and not self.env.su:
            raise UserError(
                self.env._("The conditions are the echelon's: only the answers are HR's.")
            )
        if {"answer", "note"} & set(vals):
            for check in self:
                if check.application_id.state != "hr":
                    raise UserError(
                        self.env._("The checklist is answered while the case is at HR review.")
                    )
                if "answer" in vals and check.kind != "manual" and not self.env.su:
                    raise UserError(
                        self.env._("“%s” is answered by the data, not by hand.", check.name)
                    )
        return super().write(vals)
