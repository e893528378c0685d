from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..core.hr_backbone_portal_mixin import FieldError, clean
from .hr_backbone_assessment_line import HIGH, LOW


class HrBackboneAssessment(models.Model):
    """The assessment in the portal: what its page asks of it.

    The inputs of a criterion are called `<line id>-score` and `<line id>-example`.
    """

    _inherit = "hr.backbone.assessment"

    def _get_versioned(self):
        self.ensure_one()
        stored = {"comment": clean(self.comment), "proposal": self.proposal or ""}
        for line in self.line_ids:
            stored[f"{line.id}-score"] = str(line.score) if line.is_scored else ""
            stored[f"{line.id}-example"] = clean(line.example)
        return stored

    def _save_from_portal(self, typed):
        """Store what was typed on the page.

        :param dict typed: input → text, and the `version` that the page was opened with
        :raise UserError: not one's own mentee, submitted, changed elsewhere, or a bad score
        """
        self.ensure_one()
        self._check_version(typed.get("version"))
        if reason := self._get_edit_refusal():
            raise UserError(reason)
        vals = {}
        if "comment" in typed:
            vals["comment"] = clean(typed["comment"])
        if "proposal" in typed:
            vals["proposal"] = self._parse_proposal(typed["proposal"])
        if changed := {
            n: value for n, value in vals.items() if value != (self[n] or type(value)())
        }:
            self.write(changed)
        for line in self.line_ids:
            line._save_from_portal(typed)
        return {}

    def _parse_proposal(self, text):
        if text and text not in self._fields["proposal"].get_values(self.env):
            raise FieldError(self.env._("Choose one of the proposals."), "proposal")
        return text or False

    def _get_missing(self):
        self.ensure_one()
        missing = {}
        for line in self.line_ids:
            missing.update(line._get_missing_inputs())
        if not (self.comment or "").strip():
            missing["comment"] = self.env._("Write a comment for the member.")
        if not self.proposal:
            missing["proposal"] = self.env._("Say whether the training plan is kept or adjusted.")
        return missing

    # -- one after the other -----------------------------------------------------------

    @api.model
    def _get_open_domain(self):
        """The assessments that the user still owes."""
        own = self.env.user._get_backbone_own()
        here = Domain("company_id", "in", self.env.companies.ids)
        return Domain("mentor_id", "in", own) & here & self._get_owed_domain()

    def _get_next_open(self):
        """The assessment that the user owes after this one: first of the same quarter."""
        self.ensure_one()
        others = self.search(
            self._get_open_domain() & Domain("id", "!=", self.id), order="date_due, id", limit=200
        )
        return others.sorted(
            lambda other: (other.quarter_id != self.quarter_id, other.id < self.id)
        )[:1]

    def _get_preview(self):
        """The total as it is now, and its grade once every criterion has a score."""
        self.ensure_one()
        if self.grade:
            return self.total, self.grade
        scored = all(line.is_scored for line in self.line_ids)
        # sudo: the bands of the grades are printed on every form
        company = self.company_id.sudo()
        return self.total, scored and company._backbone_grade(round(self.total, 2))

    def _get_returned_comment(self):
        """What HR wrote when it returned the assessment that is a draft again; else False."""
        self.ensure_one()
        last = self.decision_ids[:1]
        return self.state == "draft" and last.move == "return" and last.comment


class HrBackboneAssessmentLine(models.Model):
    _inherit = "hr.backbone.assessment.line"

    def _save_from_portal(self, typed):
        """Write what differs only; an empty score is none, not zero."""
        self.ensure_one()
        vals = {}
        example = typed.get(f"{self.id}-example")
        if example is not None and clean(example) != clean(self.example):
            vals["example"] = clean(example)
        text = typed.get(f"{self.id}-score")
        if text is not None:
            score = self._parse_score(text)
            if score != (self.score if self.is_scored else None):
                vals |= {"score": score or 0, "is_scored": score is not None}
        if vals:
            self.write(vals)

    def _parse_score(self, text):
        text = text.strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or int(text[:4]) > 100:
            raise FieldError(
                self.env._("A score is a whole number between 0 and 100."), f"{self.id}-score"
            )
        return int(text)

    def _needs_example(self):
        return self.is_scored and not LOW <= self.score < HIGH

    def _get_missing_inputs(self):
        self.ensure_one()
        if not self.is_scored:
            return {f"{self.id}-score": self.env._("Score “%s”.", self.name)}
        if self._needs_example() and not (self.example or "").strip():
            sentence = self.env._("Give an example for the score of “%s”.", self.name)
            return {f"{self.id}-example": sentence}
        return {}
