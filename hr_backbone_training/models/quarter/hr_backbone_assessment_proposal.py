from odoo import fields, models

DECISIONS = ("keep", "adjust", "withdraw")


class HrBackboneAssessment(models.Model):
    """ "So as to adjust the appropriate training plan in time": what the mentor proposes goes
    to HR, who keeps the plan, opens its revision, or ends the training."""

    _inherit = "hr.backbone.assessment"

    proposal_decision = fields.Selection(
        [
            ("keep", "Plan kept"),
            ("adjust", "Revision opened"),
            ("withdraw", "Left the training"),
        ],
        "HR's Decision",
        readonly=True,
        copy=False,
    )
    proposal_user_id = fields.Many2one(
        "res.users", "Proposal decided by", readonly=True, copy=False, ondelete="set null"
    )
    proposal_date = fields.Date("Proposal decided on", readonly=True, copy=False)
    can_decide_keep = fields.Boolean(compute="_compute_moves")
    can_decide_adjust = fields.Boolean(compute="_compute_moves")
    can_decide_withdraw = fields.Boolean(compute="_compute_moves")

    def _refuse_undecidable(self):
        """Why the proposal cannot be decided (now, by this user)."""
        refusals = self._refuse_unless_officer()
        for assessment in self - self.browse([record.id for record in refusals]):
            if assessment.proposal_decision:
                labels = dict(self._fields["proposal_decision"]._description_selection(self.env))
                refusals[assessment] = [
                    self.env._(
                        "The proposal for %(member)s has been decided: %(decision)s.",
                        member=assessment.employee_id.sudo().name,
                        decision=labels[assessment.proposal_decision],
                    )
                ]
        return refusals

    _refusals_decide_keep = _refuse_undecidable

    def _refusals_decide_adjust(self):
        refusals = self._refuse_undecidable()
        for assessment in self:
            # sudo: whether there is a plan to revise
            if assessment not in refusals and not assessment.member_id.sudo().plan_id:
                refusals[assessment] = [
                    self.env._(
                        "%s has no development plan in force that could be revised.",
                        assessment.employee_id.sudo().name,
                    )
                ]
        return refusals

    def _refusals_decide_withdraw(self):
        refusals = self._refuse_undecidable()
        for assessment in self:
            if assessment not in refusals and assessment.member_id.sudo().state == "exited":
                refusals[assessment] = [
                    self.env._(
                        "%s has left the talent pool already.", assessment.employee_id.sudo().name
                    )
                ]
        return refusals

    def action_decide_keep(self, comment=None):
        """HR: the training plan stays as it is, whatever was proposed."""
        return self._decide_proposal("keep", comment)

    def action_decide_adjust(self, comment=None):
        """HR: the member's plan is to be revised; the member is asked for it."""
        return self._decide_proposal("adjust", comment)

    def action_decide_withdraw(self, comment=None):
        """HR: the member leaves the training, with a reason."""
        return self._decide_proposal("withdraw", comment)

    def _decide_proposal(self, decision, comment):
        for company, assessments in self.grouped("company_id").items():
            assessments._move(
                f"decide_{decision}",
                comment,
                {
                    "proposal_decision": decision,
                    "proposal_user_id": self.env.uid,
                    "proposal_date": company._backbone_today(),
                },
            )
        return True

    def _after_decide_adjust(self, decisions):
        # sudo: the move was just allowed
        self.sudo().member_id.plan_id._ask_for_revision()

    def _after_decide_withdraw(self, decisions):
        # with the rights of HR: the pool says itself who may exit
        self.member_id.action_exit(decisions[:1].comment)

    def _refusals_return(self):
        refusals = super()._refusals_return()
        for assessment in self:
            if assessment not in refusals and assessment.proposal_decision:
                refusals[assessment] = [
                    self.env._("Its proposal has been decided: it cannot be returned any more.")
                ]
        return refusals
