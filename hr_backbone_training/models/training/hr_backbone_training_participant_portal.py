from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..core.hr_backbone_portal_mixin import FieldError, clean

# so long after a session its participants are asked what they think of it
FEEDBACK_DAYS = 60
RATINGS = 5


class HrBackboneTrainingParticipant(models.Model):
    """The participation in the portal: what the page of its training asks of it."""

    _inherit = "hr.backbone.training.participant"

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for row in self:
            # sudo: the number of the training of a row that the user has
            row.access_url = f"/my/backbone/trainings/{row.sudo().training_id.id}"
        return result

    # -- what waits ----------------------------------------------------------------------

    @api.model
    def _get_own_domain(self):
        return Domain("employee_id", "in", self.env.user._get_backbone_own())

    @api.model
    def _get_unanswered_domain(self):
        """The user's invitations that wait for an answer."""
        return (
            self._get_own_domain()
            & Domain("state", "=", "invited")
            & Domain("training_id.state", "=", "planned")
            & Domain("training_id.date_end", ">", fields.Datetime.now())
        )

    @api.model
    def _get_unrated_domain(self):
        """The user's sessions of late that wait for feedback."""
        now = fields.Datetime.now()
        return (
            self._get_own_domain()
            & Domain("state", "=", "attended")
            & Domain("rating", "in", (0, False))
            # any!: whoever has left the pool is not asked
            & Domain("member_id", "any!", [("state", "!=", "exited")])
            & Domain("training_id.state", "in", ("planned", "done"))
            & Domain("training_id.date_end", "<=", now)
            & Domain("training_id.date_end", ">", now - timedelta(days=FEEDBACK_DAYS))
        )

    # -- the action of the plan --------------------------------------------------------

    def _can_choose_plan_line(self):
        """Whether the participant may say which action of the plan this serves."""
        self.ensure_one()
        return self.state in self._line_progress and self._is_about_me()

    def _link_from_portal(self, text):
        """Let the participation serve the action that was chosen on the page, or none.

        :param str text: the id of the action
        :raise FieldError: not an action of the own plan for this way of training
        """
        self.ensure_one()
        if not self._can_choose_plan_line():
            raise UserError(self.env._("The action is chosen by whoever takes part."))
        line = self._parse_plan_line(text)
        if line != self.plan_line_id.id:
            self.write({"plan_line_id": line})

    # -- feedback and certificates -------------------------------------------------------

    @api.model
    def _get_rating_choices(self):
        return [
            ("", "–"),
            ("5", self.env._("5 – excellent")),
            ("4", self.env._("4 – good")),
            ("3", self.env._("3 – fair")),
            ("2", self.env._("2 – weak")),
            ("1", self.env._("1 – poor")),
        ]

    def _save_feedback(self, typed):
        """Store what the participant typed on the page.

        :param dict typed: `rating` from 1 to 5, `feedback`
        :raise FieldError: no such rating
        """
        self.ensure_one()
        rating = clean(typed.get("rating"))
        if rating not in {str(number) for number in range(1, RATINGS + 1)}:
            raise FieldError(self.env._("Choose a rating between 1 and 5."), "rating")
        self.write({"rating": int(rating), "feedback": clean(typed.get("feedback"))})

    def _add_certificates(self, uploads):
        """Keep the certificates that the participant sent.

        :param uploads: werkzeug's file storages
        :raise UserError: not the own participation, or a file that is not taken
        """
        self.ensure_one()
        self._check_own_files()
        files = self.env["ir.attachment"]._backbone_receive(
            uploads, self.company_id, "certificates"
        )
        if not files:
            raise FieldError(self.env._("Choose a file first."), "certificates")
        # sudo: checked above; a portal user has no right on files as such
        self.sudo().write({"certificate_ids": [Command.link(file.id) for file in files]})

    def _remove_certificate(self, file_id):
        """Take one of the own certificates away again."""
        self.ensure_one()
        self._check_own_files()
        # sudo: see `_add_certificates`
        row = self.sudo()
        file = row.certificate_ids.filtered(lambda file: str(file.id) == str(file_id))
        row.write({"certificate_ids": [Command.unlink(gone.id) for gone in file]})

    def _check_own_files(self):
        self.check_access("write")
        self._check_content({"certificate_ids"})
        if self.state != "attended":
            raise UserError(self.env._("A certificate belongs to a training that you attended."))
