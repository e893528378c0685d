# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ..core.moves import Move, Moves
from ..core.public import Record, Text, public

_lt = LazyTranslate(__name__)

OPINION = "hr_backbone_training.mail_activity_type_opinion"


class HrBackboneSecondOpinion(models.Model):
    """The second rater submits, and takes it back until the mentor's form is in as well; HR asks
    somebody else, or does without. Nobody is blamed for one that was not given."""

    _inherit = "hr.backbone.second.opinion"

    _readers = ("rater", "mentor", "employee_shared", "hr")
    _moves = Moves(
        Move("submit", "draft", "submitted", _lt("Second opinion submitted"), button=True),
        Move("take_back", "submitted", "draft", _lt("Second opinion taken back"), button=True),
        Move(
            "return", "submitted", "draft", _lt("Second opinion returned"), reason="action_return"
        ),
        Move(
            "reassign",
            "draft",
            "draft",
            _lt("Somebody else asked for the second opinion"),
            comment=True,
            button=True,
            # why HR asks somebody else is about the former one, or about the mentor
            private=True,
        ),
        Move(
            "cancel",
            "draft",
            "cancelled",
            _lt("Second opinion cancelled"),
            reason="action_cancel",
        ),
        Move(
            "reopen",
            "cancelled",
            "draft",
            _lt("Second opinion asked for again"),
            asks="action_reopen",
        ),
    )

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "submit"}.get(self.state)

    def _is_next_actor(self):
        self.ensure_one()
        return self._is_assessor()

    def _get_next_step(self):
        self.ensure_one()
        if self.state == "draft":
            if self._is_assessor():
                return self.env._(
                    "You give a second opinion and submit it. Neither you nor the mentor reads "
                    "the other's form before both are submitted."
                )
            return self.env._(
                "%s gives a second opinion and submits it.", self.rater_id._get_backbone_name()
            )
        if self.state == "submitted" and not self.is_both_in:
            return self.env._("The mentor's assessment has not been submitted yet.")
        return False

    # -- why not ---------------------------------------------------------------------------

    def _get_involved_refusal(self):
        """Nor who assesses the member, and would read it."""
        # sudo: who the mentor is decides
        if self.sudo().assessment_id.mentor_id._was_backbone_user():
            return self.env._("You assess this member, so somebody else in HR does this.")
        return super()._get_involved_refusal()

    def _get_move_refusals(self, name):
        match name:
            case "submit":
                return self._refusals_submit()
            case "take_back":
                return self._refusals_take_back()
            case "reassign" | "cancel":
                return self._refusals_open()
        return super()._get_move_refusals(name)

    def _refusals_take_back(self):
        refusals = {}
        for opinion in self:
            if not opinion._is_assessor():
                refusals[opinion] = [opinion._say_only_assessor()]
            elif reason := opinion._get_closed_refusal():
                refusals[opinion] = [reason]
            elif opinion._may_have_been_read():
                refusals[opinion] = [
                    self.env._(
                        "The mentor's assessment has been submitted, and you may have read it: "
                        "ask HR to return yours."
                    )
                ]
        return refusals

    def _refusals_open(self):
        refusals = self._refuse_unless_officer()
        for opinion in self - self.browse([row.id for row in refusals]):
            if reason := opinion._get_closed_refusal():
                refusals[opinion] = [reason]
        return refusals

    def _refusals_reopen(self):
        refusals = super()._refusals_reopen()
        for opinion in self - self.browse([row.id for row in refusals]):
            if opinion.assessment_id._was_submitted():
                refusals[opinion] = [
                    self.env._(
                        "The mentor's assessment has been submitted, and may have been read: a "
                        "second opinion would not be blind any more."
                    )
                ]
        return refusals

    # -- moves -----------------------------------------------------------------------------

    @public()
    def action_submit(self):
        """asked for → submitted, by the second rater."""
        self._move("submit")
        return True

    @public()
    def action_take_back(self):
        """submitted → asked for, by the second rater, until the mentor's form is in as well."""
        self._move("take_back")
        return True

    @public(comment=Text())
    def action_cancel(self, comment=None):
        """HR: this second opinion is not needed, with the reason."""
        self._move("cancel", comment)
        return True

    @public(rater=Record("hr.employee"), comment=Text())
    def action_reassign(self, rater, comment=None):
        """HR: somebody else is asked, with the reason.

        :param rater: the `hr.employee` (record or id)
        :raise UserError: the opinion is not open, or this person cannot give it
        """
        # HR has no names of another company
        rater = rater._filtered_access("read")
        if not rater:
            raise UserError(self.env._("Choose who gives the second opinion."))
        self._check_move("reassign")
        # sudo: who may give it; the refusals are the check, and name only these people
        opinions = self.sudo()
        for opinion in opinions:
            if rater == opinion.rater_id:
                raise UserError(
                    self.env._("%s is asked already: choose somebody else.", rater.name)
                )
            if reason := opinion._get_rater_refusal(rater.with_env(opinions.env)):
                raise UserError(reason)
        self._move("reassign", comment, {"rater_id": rater.id})
        return True

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was just allowed
        opinions = self.sudo()
        match name:
            case "reassign":
                # what somebody else typed is theirs, and so is when it came
                opinions.line_ids.write({"score": False, "example": False})
                opinions._forget_facts()
                opinions._write_moved(
                    {"comment": False, "date_submitted": False, "is_late": False, "grade": False}
                )
                opinions._give_time()
                opinions.quarter_id._ask_for(opinions)
            case "take_back" | "return":
                opinions._forget_facts()
                # the grade is that of the day on which it is submitted again
                opinions._write_moved({"grade": False})
        match name:
            case "submit":
                opinions._note_both_in([("id", "in", opinions.ids)])
            case "return":
                opinions._note_returned([("id", "in", opinions.ids)])
        return result

    def _say_consequences(self, name):
        sentences = super()._say_consequences(name)
        return [*sentences, *self._say_not_blind()] if name == "return" else sentences

    def _on_reopened(self):
        """What else is asked of the quarter stays as it is."""
        self._write_moved({"is_closed": False})
        self._give_time()
        self.quarter_id._ask_for(self)

    def _ask_to_correct(self):
        """In words of its own: the first mail asks for something new."""
        if self:
            self.quarter_id._ask_assessors(self, "opinion_returned")

    # -- who has to act --------------------------------------------------------------------

    def _is_owed(self):
        """Whether somebody still has to write it: as `_get_owed_domain`; as superuser."""
        self.ensure_one()
        return (
            self.state == "draft"
            and not self.is_closed
            and self.quarter_id.state == "open"
            and self.member_id.state == "active"
        )

    def _get_next_activity(self):
        result = super()._get_next_activity()
        for opinion in self:
            if opinion._is_owed():
                users = opinion.rater_id._get_acting_users(opinion.company_id)
                result[opinion] = (OPINION, users, opinion.date_due)
        return result

    def _ask_raters(self):
        """Whoever owes these is asked: with a to-do, or who has no backend with a mail. What
        follows from a move makes the to-do by itself."""
        # nobody follows a document for a reminder on it
        quiet = self.with_context(backbone_no_subscription=True)
        quiet._finish_activities()
        quiet._schedule_next_activities()
        self.quarter_id._ask_for(self)

    @api.model
    def _settle_for(self, domain, comment):
        """Those that nobody needs any more are cancelled, and the others closed.

        The step that it follows from is the check.

        :param list domain: of second opinions
        :param str comment: why, for the decision
        """
        if not self._is_in_use():
            return
        # sudo: what follows from a step that was checked
        opinions = self.sudo().search([*domain, ("is_closed", "=", False)])
        drafts = opinions.filtered(lambda opinion: opinion.state == "draft")
        drafts._finish_activities()
        self._settle(drafts.ids, "cancel", comment=comment)
        self._settle((opinions - drafts).ids)
