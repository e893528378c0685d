from odoo import Command, models
from odoo.exceptions import UserError


class HrBackbonePlan(models.Model):
    """A revision: HR asks for it after a mentor's proposal, "so as to adjust the appropriate
    training plan in time", or the member begins it. The member writes it, as always; HR
    brings it into force, or returns it."""

    _inherit = "hr.backbone.plan"

    _move_templates = {
        "send_back": "hr_backbone_training.mail_template_plan_revision",
        "activate": "hr_backbone_training.mail_template_plan_revision_active",
    }

    _open_revision_uniq = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL AND state IN ('draft', 'submitted')",
        "A revision of this plan has been begun already.",
    )

    def action_revise(self):
        """Start the yearly revision of an active plan: a new draft that begins with the
        actions still open. The plan in force stays until the revision replaces it."""
        self.ensure_one()
        self.check_access("read")
        # sudo: a lock changes nothing
        self.sudo()._lock_for_move()
        if self.state != "active" or not self._is_about_me():
            raise UserError(self.env._("The member revises the plan that is in force."))
        if later := self.search([("previous_id", "=", self.id), ("state", "!=", "closed")]):
            return later._get_records_action()
        # sudo: the check stands above
        return self.sudo()._create_revision().sudo(False)._get_records_action()

    def _create_revision(self):
        """The draft that follows this plan, with the actions still open; as superuser."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.progress < 100)
        plan = self.copy(
            {
                "previous_id": self.id,
                "revision": self.revision + 1,
                "line_ids": [
                    Command.create(
                        {
                            **vals,
                            "previous_id": line.id,
                            "quantity": line.quantity - line._get_done(),
                        }
                    )
                    for line, vals in zip(lines, lines.copy_data())
                ],
            }
        )
        plan._write_moved(plan._get_snapshot()[plan])
        return plan

    def _ask_for_revision(self):
        """Open the revision on the member's behalf, where there is none yet, and ask for it."""
        open_ones = self.search([("previous_id", "in", self.ids), ("state", "!=", "closed")])
        fresh = self.browse()
        for plan in self - open_ones.previous_id:
            fresh += plan._create_revision()
        asked = fresh + open_ones.filtered(lambda plan: plan.state == "draft")
        asked._finish_activities()
        asked._schedule_next_activities()
        self.env["hr.backbone.notification"]._queue(
            asked, "hr_backbone_training.mail_template_plan_revision", "revision"
        )

    def _get_open_revision(self):
        """The revision of this plan that is being written or waits for HR; empty for none."""
        self.ensure_one()
        return self.search(
            [("previous_id", "=", self.id), ("state", "in", ("draft", "submitted"))], limit=1
        )

    # -- HR agrees, or does not ------------------------------------------------------------

    def _awaits_hr(self):
        self.ensure_one()
        return bool(self.previous_id) and self.state == "submitted"

    def _get_next_move(self):
        return "activate" if self._awaits_hr() else super()._get_next_move()

    def _is_next_actor(self):
        return self._is_hr() if self._awaits_hr() else super()._is_next_actor()

    def _get_next_step(self):
        if self._awaits_hr():
            return self.env._("Human resources brings the revision into force, or returns it.")
        return super()._get_next_step()

    def _get_next_activity(self):
        revision = "hr_backbone_training.mail_activity_type_plan_revision"
        submitted = "hr_backbone_training.mail_activity_type_plan_revision_submitted"
        return {
            **{
                plan: (revision if plan.previous_id else xmlid, users, deadline)
                for plan, (xmlid, users, deadline) in super()._get_next_activity().items()
            },
            **{
                plan: (submitted, plan.company_id._backbone_hr_user(plan.program_id.user_id), None)
                for plan in self
                if plan._awaits_hr()
            },
        }

    def _send_move_mails(self, name):
        # the first plan comes into force with the admission, of which another mail tells
        told = self.filtered("previous_id") if name == "activate" else self
        return super(HrBackbonePlan, told)._send_move_mails(name)

    def _refusals_send_back(self):
        refusals = self._refuse_unless_officer()
        for plan in self:
            if plan not in refusals and not plan.previous_id:
                refusals[plan] = [self.env._("The first plan is returned with its application.")]
        return refusals

    def action_send_back(self, comment=None):
        """submitted → draft, by HR: a revision that the member has to mend.

        :param str comment: what is to be mended; required
        """
        self._move("send_back", comment)
        return True

    def _get_returned_comment(self):
        """What HR wrote when it returned the revision that is a draft again; else False."""
        self.ensure_one()
        last = self.decision_ids[:1]
        return self.state == "draft" and last.move == "send_back" and last.comment
