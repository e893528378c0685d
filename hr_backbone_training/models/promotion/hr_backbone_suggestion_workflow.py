# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ..core.moves import PROCEDURE, Move, Moves
from ..core.public import Text, public
from .hr_backbone_promotion_mixin import OPEN_STATES
from .hr_backbone_suggestion import CONTENT

_lt = LazyTranslate(__name__)


class HrBackboneSuggestion(models.Model):
    """The moves of a work suggestion report: why each is refused, and what follows."""

    _inherit = "hr.backbone.suggestion"

    _readers = ("employee", "managers", "mentor", "reviewer", "committee", "hr")
    _moves = Moves(
        Move("submit", "draft", "submitted", _lt("Submitted"), button=True, mail="submitted"),
        Move(
            "adopt", "submitted", "adopted", _lt("Adopted"), reason="action_adopt", mail="decided"
        ),
        Move(
            "decline",
            "submitted",
            "declined",
            _lt("Not adopted"),
            reason="action_decline",
            mail="decided",
        ),
        Move(
            "return", "submitted", "draft", _lt("Returned"), reason="action_return", mail="returned"
        ),
        Move("withdraw", OPEN_STATES, "withdrawn", _lt("Withdrawn"), asks="action_withdraw"),
        Move(
            "undo_withdraw",
            "withdrawn",
            label=_lt("Withdrawal taken back"),
            by=PROCEDURE,
            undoes="withdraw",
        ),
        mails="hr_backbone_training.mail_template_suggestion_",
    )

    def _get_next_move(self):
        self.ensure_one()
        return {"draft": "submit", "submitted": "adopt"}.get(self.state)

    def _is_next_actor(self):
        self.ensure_one()
        if self.state == "submitted":
            return not self._get_review_refusal()
        return self._is_about_me() or super()._is_next_actor()

    def _get_next_step(self):
        self.ensure_one()
        if self.state == "draft" and self._is_about_me():
            return self.env._("You complete and submit it.")
        if self.state == "submitted" and not self._get_review_refusal():
            return self.env._("You score it, and adopt it or not.")
        # sudo: names of the people of this document
        record = self.sudo()
        return {
            "draft": self.env._("%s completes and submits it.", record.employee_id.name),
            "submitted": self.env._(
                "%s scores it, and adopts it or not.",
                record.reviewer_id.name or self.env._("Management"),
            ),
        }.get(self.state, False)

    # -- refusals ----------------------------------------------------------------------

    def _get_missing(self):
        return self._get_unwritten(CONTENT)

    def _get_move_refusals(self, name):
        match name:
            case "adopt":
                return self._refusals_adopt()
            case "decline" | "return":
                return self._refusals_decline()
        return super()._get_move_refusals(name)

    def _refusals_submit(self):
        refusals = super()._refusals_submit()
        for record in self:
            # a reviewer who has left meanwhile is replaced with the submission
            if not (record._is_fit_reviewer() or record._find_reviewer()):
                refusals.setdefault(record, []).append(
                    self.env._(
                        "No director of a center can review it: HR names a reviewer, or marks "
                        "a department above as a center with a manager who has a login."
                    )
                )
        return refusals

    def _refusals_decline(self):
        return {record: [reason] for record in self if (reason := record._get_review_refusal())}

    def _refusals_adopt(self):
        refusals = self._refusals_decline()
        # sudo: who may review reads the scores; nobody else is told of them
        reviews = self.sudo()._get_reviews()
        for record in self:
            if record not in refusals and not reviews[record.id]._is_complete():
                refusals[record] = [
                    self.env._("Score each part of the report before you adopt it.")
                ]
        return refusals

    @public(answer=Text())
    def action_adopt(self, answer=None):
        """submitted → adopted, by the reviewer, a member of the committee or HR, once each
        part is scored. The company is shown what was adopted.

        :param str answer: what management answers the author; required
        """
        return self._decide("adopt", answer)

    @public(answer=Text())
    def action_decline(self, answer=None):
        """submitted → declined (not adopted), by those who could adopt it.

        :param str answer: what management answers the author; required
        """
        return self._decide("decline", answer)

    def _decide(self, name, answer):
        answer = (answer or "").strip()
        if not answer and not self._get_refusals(name):
            raise UserError(self.env._("Please write the answer that the author will read."))
        self._move(name, answer, {"answer": answer})
        return True

    # -- consequences ------------------------------------------------------------------

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        # sudo: the move was allowed; these follow from it, what is adopted becomes public
        records = self.sudo()
        if name == "submit":
            for record in records:
                if not record._is_fit_reviewer():
                    record._write_moved({"reviewer_id": record._find_reviewer().id})
            records.env["hr.backbone.suggestion.review"]._on_submitted(records)
        if name in ("adopt", "decline"):
            self._write_today("date_decided")
        if name == "adopt":
            records.env["hr.backbone.suggestion.adopted"]._on_adopted(records)
        return result

    def _get_reviews(self):
        """{id: the scores}, as far as the user may read them; not by way of the list on the
        form, whose cache would be shared with the system's."""
        reviews = self.env["hr.backbone.suggestion.review"]
        found = reviews.search([("suggestion_id", "in", self.ids)])
        by_id = {review.suggestion_id.id: review for review in found}
        return {record.id: by_id.get(record.id, reviews) for record in self}

    # -- who is told -------------------------------------------------------------------

    def _pass_todos_on(self):
        """A reviewer who has left is replaced; HR is asked where nobody else is there."""
        for record in self:
            if not record._is_fit_reviewer() and (reviewer := record._find_reviewer()):
                record._write_moved({"reviewer_id": reviewer.id})
        return super()._pass_todos_on()

    def _get_next_activity(self):
        result = {}
        for record in self:
            if record._is_returned():
                result[record] = (
                    "suggestion_mend",
                    record.employee_id._get_acting_users(record.company_id),
                )
            elif record.state == "submitted":
                fit = record._is_fit_reviewer()
                reviewers = record.reviewer_id._get_acting_users(record.company_id)
                users = reviewers if fit else record._get_hr_user()
                result[record] = ("suggestion", users)
        return {
            record: (f"hr_backbone_training.mail_activity_type_{name}", users, None)
            for record, (name, users) in result.items()
        }

    def _get_mail_partners(self, name):
        """The author; with a submission, the reviewer."""
        self.ensure_one()
        return self._get_person_partner(self.reviewer_id if name == "submit" else None)
