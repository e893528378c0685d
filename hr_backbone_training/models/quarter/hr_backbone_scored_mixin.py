# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain

from ..core import texts
from ..core.hr_backbone_portal_mixin import clean
from ..core.scores import Score
from .res_company import GRADES


class HrBackboneScoredMixin(models.AbstractModel):
    """A form with scores about a member and a quarter: what the mentor's assessment and a second
    opinion have in common. A document has `line_ids`, on `hr.backbone.score.mixin`, and says who
    writes it.

    On its page in the portal the inputs of a criterion are called `<line id>-score` and
    `<line id>-example`.
    """

    _name = "hr.backbone.scored.mixin"
    _description = "Backbone Document with Scores"
    _inherit = ["hr.backbone.quarterly.mixin"]

    _mean_states = {"total": ("submitted",)}
    # the field of the employee who writes the document
    _assessor_field = None
    # what that employee writes
    _content = frozenset({"comment", "line_ids"})

    comment = texts.Text(help="What the member did well, and what comes next.")
    total = Score(
        compute="_compute_total",
        store=True,
        digits=(5, 2),
        help="The weighted scores, out of 100 points.",
    )
    grade = fields.Selection(
        [(grade, grade) for grade in GRADES],
        readonly=True,
        copy=False,
        help="By the bands of the settings on the day of submission.",
    )

    @api.depends("line_ids.score", "line_ids.weight")
    def _compute_total(self):
        for document in self:
            points = [
                weight * line.score
                for line, weight in document._get_weights().items()
                if line.score is not False
            ]
            document.total = bool(points) and sum(points) / 100

    def _get_weights(self):
        """{line: its weight of 100 points in all}, also where the criteria of a running program
        were changed: what the total, the page and the form count by."""
        self.ensure_one()
        whole = sum(self.line_ids.mapped("weight")) or 100
        return {line: 100 * line.weight / whole for line in self.line_ids}

    # -- content -----------------------------------------------------------------------

    def write(self, vals):
        if self._is_own_write(vals):
            return super().write(vals)
        if not self._content.isdisjoint(vals):
            self._check_may_edit()
        return super().write(vals)

    def _is_assessor(self):
        """Whether the user is the one who owes the document."""
        self.ensure_one()
        # sudo: who owes it decides, and is not shown
        return self.sudo()[self._assessor_field]._is_backbone_worker()

    def _get_edit_refusal(self):
        self.ensure_one()
        if not self._is_assessor():
            return self._say_only_assessor()
        if self.state != "draft":
            return self._say_not_draft()
        return self._get_closed_refusal()

    def _get_closed_refusal(self):
        """Why nobody writes it now, who may otherwise: a sentence, or False."""
        self.ensure_one()
        # sudo: whether the quarter still runs decides
        if self.is_closed or self.quarter_id.sudo().state != "open":
            return self.env._("The quarter is closed.")
        return False

    def _say_only_assessor(self):
        """Why somebody else does not write it."""
        raise NotImplementedError

    def _say_not_draft(self):
        """Why it cannot be written any more."""
        raise NotImplementedError

    def _refusals_submit(self):
        refusals = {}
        for document in self:
            if reason := document._get_edit_refusal():
                refusals[document] = [reason]
                continue
            refusals[document] = document.line_ids._get_gaps()
            if not document.line_ids:
                refusals[document].append(
                    self.env._(
                        "There are no criteria for this echelon yet: ask HR to add them to the "
                        "program."
                    )
                )
            if not (document.comment or "").strip():
                refusals[document].append(self.env._("Write a comment for the member."))
        return refusals

    def _get_submission_vals(self):
        vals = super()._get_submission_vals()
        return {**vals, "grade": self.company_id._backbone_grade(round(self.total, 2))}

    def _get_facts(self):
        facts = super()._get_facts()
        for document, kept in facts.items():
            kept.update(
                assessor=document[self._assessor_field].name,
                bands=document.company_id._backbone_bands(),
            )
        return facts

    # -- in the portal -----------------------------------------------------------------

    def _get_versioned(self):
        self.ensure_one()
        stored = {"comment": clean(self.comment)}
        for line in self.line_ids:
            stored[f"{line.id}-score"] = "" if line.score is False else str(line.score)
            stored[f"{line.id}-example"] = clean(line.example)
        return stored

    def _get_missing(self):
        self.ensure_one()
        missing = {}
        for line in self.line_ids:
            missing.update(line._get_missing_inputs())
        if not (self.comment or "").strip():
            missing["comment"] = self.env._("Write a comment for the member.")
        return missing

    # -- one after the other -----------------------------------------------------------

    @api.model
    def _get_open_domain(self):
        """The documents that the user still owes."""
        own = self.env.user._get_backbone_working()
        here = Domain("company_id", "in", self.env.companies.ids)
        return Domain(self._assessor_field, "in", own) & here & self._get_owed_domain()

    def _get_next_open(self):
        """The document that the user owes after this one: first of the same quarter."""
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
        lines = self.line_ids
        if not lines or any(line.score is False for line in lines):
            return self.total, False
        company, bands = self.company_id, self._get_bands()
        return self.total, company._backbone_grade(round(self.total, 2), bands)

    def _get_bands(self):
        """The bands by which it was graded; those of now, until it is."""
        self.ensure_one()
        # sudo: the bands of the grades are printed on every form
        document = self.sudo()
        return document._get_fact("bands") or document.company_id._backbone_bands()

    def _get_returned_comment(self):
        """What HR wrote when it returned the document that is a draft again; else False."""
        self.ensure_one()
        if self.state != "draft":
            return False
        # it may have passed to somebody else with the return
        last = self._get_decisions().filtered(lambda decision: decision.move != "reassign")[:1]
        return last.move == "return" and last.comment
