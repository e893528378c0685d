from odoo import fields, models


class HrBackboneEvaluation(models.Model):
    """The consequences of being outstanding: the badge, a line of the résumé."""

    _inherit = "hr.backbone.evaluation"

    badge_user_id = fields.Many2one(
        "gamification.badge.user",
        "Badge",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )
    resume_line_id = fields.Many2one(
        "hr.resume.line",
        "Line of the Résumé",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )
    incentive = fields.Char(readonly=True, copy=False, help="What the program grants, in words.")
    incentive_amount = fields.Monetary(readonly=True, copy=False)
    currency_id = fields.Many2one("res.currency", readonly=True, copy=False)

    def _grant_incentives(self):
        """These, the outstanding, are granted what the program says on the day of freezing."""
        lines = {(line.program_id, line.echelon_id): line for line in self.program_id.line_ids}
        for evaluation in self:
            line = lines.get((evaluation.program_id, evaluation.echelon_id))
            if line:
                evaluation.write(
                    {
                        "incentive": line.incentive,
                        "incentive_amount": line.incentive_amount,
                        "currency_id": line.currency_id.id,
                    }
                )

    def _award(self):
        """Make sure that each of these has the badge and the line of the résumé, once."""
        self.filtered(lambda evaluation: not evaluation.resume_line_id)._add_resume_lines()
        self.filtered(lambda evaluation: not evaluation.badge_user_id)._add_badges()

    def _add_resume_lines(self):
        line_type = self.env.ref("hr_backbone_training.resume_type_award", False)
        lines = self.env["hr.resume.line"].create(
            [
                {
                    "employee_id": evaluation.employee_id.id,
                    "name": self.env._(
                        "Outstanding backbone employee of %s", evaluation.program_id.year
                    ),
                    "line_type_id": line_type.id if line_type else False,
                    "date_start": evaluation.run_id._get_year()[0],
                    "date_end": evaluation.run_id._get_year()[1],
                    "description": evaluation._get_award_reason(),
                }
                for evaluation in self
            ]
        )
        for evaluation, line in zip(self, lines):
            evaluation.resume_line_id = line

    def _add_badges(self):
        """A badge belongs to a user: who has no login gets the certificate alone."""
        badge = self.env.ref("hr_backbone_training.badge_outstanding", False)
        owners = self.filtered(lambda evaluation: badge and evaluation.employee_id.user_id)
        badges = self.env["gamification.badge.user"].create(
            [
                {
                    "badge_id": badge.id,
                    "user_id": evaluation.employee_id.user_id.id,
                    "employee_id": evaluation.employee_id.id,
                    "comment": evaluation._get_award_reason(),
                }
                for evaluation in owners
            ]
        )
        for evaluation, given in zip(owners, badges):
            evaluation.badge_user_id = given

    def _get_award_reason(self):
        """What all colleagues read on the badge and in the résumé: no rank, no score."""
        self.ensure_one()
        return self.env._("Outstanding in the %s.", self.echelon_name)

    def _get_mail_partners(self, name):
        self.ensure_one()
        return self.env["hr.backbone.application"]._get_partner(self.employee_id)

    def _revoke(self):
        """A correction has named others: badge and line go with the reason for them."""
        self.badge_user_id.unlink()
        self.resume_line_id.unlink()


class HrBackboneEvaluationRun(models.Model):
    _inherit = "hr.backbone.evaluation.run"

    def action_announce(self):
        """frozen → announced, by HR: the outstanding are shown to the company and awarded."""
        self._move("announce")
        return True

    def _after_announce(self, decisions):
        # sudo: the move was just allowed; badges and résumés are other apps' records
        for run in self.sudo():
            named = run.evaluation_ids.filtered("is_outstanding")
            run._take_over_awards(named)
            named._award()
            self.env["hr.backbone.notification"]._queue(
                named, "hr_backbone_training.mail_template_evaluation_award", "award"
            )

    def _take_over_awards(self, named):
        """What an earlier version awarded stays with those whom this one names, too; the
        others lose it."""
        by_member = named.grouped("member_id")
        awarded = self.env["hr.backbone.evaluation"].search(
            [
                ("program_id", "=", self.program_id.id),
                ("run_id", "!=", self.id),
                "|",
                ("badge_user_id", "!=", False),
                ("resume_line_id", "!=", False),
            ]
        )
        for old in awarded:
            if new := by_member.get(old.member_id):
                new.badge_user_id, new.resume_line_id = old.badge_user_id, old.resume_line_id
                new.badge_user_id.comment = new._get_award_reason()
                new.resume_line_id.description = new._get_award_reason()
                old.badge_user_id = old.resume_line_id = False
            else:
                old._revoke()
