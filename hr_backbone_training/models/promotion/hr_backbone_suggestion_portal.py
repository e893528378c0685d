from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..core.hr_backbone_portal_mixin import FieldError, clean
from .hr_backbone_suggestion import CONTENT
from .hr_backbone_suggestion_review import PARTS


class HrBackboneSuggestion(models.Model):
    """Work suggestion reports in the portal."""

    _inherit = "hr.backbone.suggestion"

    _inputs = ("name", *CONTENT, "benefit_amount", "plan_line_id")

    @api.model
    def _get_decider_domain(self):
        return Domain("reviewer_id", "in", self.env.user._get_backbone_own())

    def _review_from_portal(self, step, typed):
        """Score the report and take the step, from what a page sent.

        :param str step: adopt, decline or return
        :param dict typed: `answer` and the four `score_…`
        :raise UserError: no reviewer, a score that does not fit, no answer
        """
        self.ensure_one()
        answer = clean(typed.get("answer"))
        if reason := self._get_review_refusal():
            raise UserError(reason)
        if not answer:
            raise FieldError(
                self.env._("Please write the answer that the author will read."), "answer"
            )
        scores = self._parse_scores(typed)
        if step != "return" and scores:
            self._get_reviews()[self.id].write(scores)
        getattr(self, f"action_{step}")(answer)

    def _parse_scores(self, typed):
        review, scores = self._get_reviews()[self.id], {}
        for name in (f"score_{part}" for part in PARTS):
            if name not in typed:
                continue
            text = clean(typed[name])
            try:
                scores[name] = float(text.replace(",", ".") or 0)
                review._check_score(name, scores[name])
            except (ValueError, UserError) as error:
                label = review._fields[name]._description_string(self.env)
                most = review[name.replace("score_", "max_")]
                raise FieldError(
                    self.env._(
                        "%(part)s: “%(text)s” is not a number between 0 and %(most)s.",
                        part=label,
                        text=text[:20],
                        most=most,
                    ),
                    name,
                ) from error
        return scores


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_backbone_todo(self, limit=20):
        """Reports to review, and the own ones that came back."""
        suggestions = self.env["hr.backbone.suggestion"]
        return super()._get_backbone_todo(limit) + suggestions._get_todo(
            limit,
            mend=self.env._("Mend the work suggestion: %s"),
            decide=self.env._("Review the work suggestion: %s"),
            button=self.env._("Open the report"),
        )

    def _count_backbone_todo(self):
        suggestions = self.env["hr.backbone.suggestion"]
        return super()._count_backbone_todo() + suggestions._count_awaiting()
