# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, hmac

from ...const import OFFICER
from ..core.public import public

# a code that participants scan is shown for so many seconds …
CODE_SECONDS = 300
# … and taken for two such times more: to log in on the phone takes its while
CODE_TIMES = 3


class HrBackboneTraining(models.Model):
    """Who was there: marked by the trainer on a phone, or by the participants themselves, who
    scan a code that is shown in the room and changes every few minutes."""

    # the third file of the model, a part by itself: with another it would be too long to read
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "hr.backbone.training"

    can_take_attendance = fields.Boolean(compute="_compute_can_take_attendance")

    @api.depends_context("uid")
    @api.depends("state", "day_start", "trainer_id")
    def _compute_can_take_attendance(self):
        for training in self:
            training.can_take_attendance = bool(
                training.id
                and training._takes_attendance()
                and not training._get_attendance_refusal()
            )

    @public(one=True)
    def action_open_attendance(self):
        """The page with the large switches and the code, made for a phone."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"{self.access_url}/attendance",
            "target": "new",
        }

    def _is_held_by_me(self):
        """Whether the user is the trainer."""
        self.ensure_one()
        # sudo: who the trainer is decides, and is not shown
        return self.sudo().trainer_id._is_backbone_worker()

    def _takes_attendance(self):
        """Whether the user marks the attendance: the trainer, or HR."""
        return self._is_held_by_me() or self.env.user.has_group(OFFICER)

    def _get_attendance_refusal(self):
        """Why the attendance cannot be taken now: a sentence, or False."""
        self.ensure_one()
        if self.state == "draft":
            return self.env._("“%s” has not been announced yet.", self.name)
        if self.state != "planned":
            return self.env._("“%s” is closed.", self.name)
        if self._get_too_early():
            return self.env._(
                "The attendance is taken on the day, %s, and after it.",
                fields.Date.to_string(self.day_start),
            )
        return False

    def _mark_attendance(self, shown, present):
        """Mark the participants of a page that the trainer sent; who takes part in their
        own session, too, is marked by somebody else.

        :param shown: ids of those whom the page listed: nobody else is touched
        :param present: ids of those who were there
        :raise UserError: not the trainer nor HR, or not on the day
        """
        self.ensure_one()
        if not self._takes_attendance():
            raise UserError(self.env._("Only the trainer or HR marks the attendance."))
        if reason := self._get_attendance_refusal():
            raise UserError(reason)
        rows = (
            self.env["hr.backbone.training.participant"]
            .search([("training_id", "=", self.id), ("id", "in", list(shown))])
            .filtered(lambda row: not row._is_about_me())
        )
        came = rows.filtered(lambda row: row.id in present and row.state != "attended")
        left = rows.filtered(lambda row: row.id not in present and row.state == "attended")
        if came:
            came.action_attend()
        if left:
            left.action_unattend()

    # -- the code in the room ------------------------------------------------------------

    def _get_checkin_slot(self):
        return int(fields.Datetime.now().timestamp()) // CODE_SECONDS

    def _sign_checkin(self, slot):
        # sudo: the secret of the database signs, and is not shown
        secret = hmac(self.env(su=True), "hr_backbone_training-checkin", (self.id, slot))
        return f"{slot}-{secret[:32]}"

    def _get_checkin_url(self):
        """The address that the code in the room stands for, at this moment."""
        self.ensure_one()
        query = urlencode({"code": self._sign_checkin(self._get_checkin_slot())})
        return f"{self.get_base_url()}{self.access_url}/checkin?{query}"

    def _get_checkin_refusal(self, code):
        """Why the user cannot check in with this code: a sentence, or False."""
        self.ensure_one()
        now = self._get_checkin_slot()
        valid = [self._sign_checkin(now - back) for back in range(CODE_TIMES)]
        given = str(code or "")
        # all are compared, whichever fits
        if not (given.isascii() and any([consteq(given, known) for known in valid])):
            return self.env._("This code is not valid any more: scan the one in the room again.")
        if reason := self._get_attendance_refusal():
            return reason
        if self.company_id._backbone_today() > self.day_end:
            return self.env._("The day of the session is over: ask the trainer to mark you.")
        return False

    def _check_in(self, code):
        """The user was there, and says so with the code in the room. Said twice, it changes
        nothing.

        :return: the user's participation
        :raise UserError: the code is not valid, or the user has no place on the list
        """
        self.ensure_one()
        if reason := self._get_checkin_refusal(code):
            raise UserError(reason)
        row = self._get_my_row()
        if row.state == "attended":
            return row
        if row.state not in ("invited", "confirmed"):
            raise UserError(self.env._("You have no seat in this training: ask the trainer."))
        # the code is the check: participants do not mark themselves otherwise
        row._lock_for_move()
        if row.state in ("invited", "confirmed"):
            vals = {"attendance_date": fields.Datetime.now()}
            row._do_move(row._get_move("attend"), "", vals)
        return row

    def _get_my_row(self):
        """The user's own participation in this training, if any."""
        self.ensure_one()
        own = [
            ("training_id", "=", self.id),
            ("employee_id", "in", self.env.user._get_backbone_own()),
        ]
        return self.env["hr.backbone.training.participant"].search(own, limit=1)
