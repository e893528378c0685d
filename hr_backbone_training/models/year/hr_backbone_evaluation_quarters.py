# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..core.public import public

# what a part of the total was made of: the documents, and the fields of which the first that is
# set puts one into a year; those of a quarter are in its
BEHIND = {
    "report": ("hr.backbone.report", ()),
    "assessment": ("hr.backbone.assessment", ()),
    "training": ("hr.backbone.training.participant", ("day_start",)),
    "achievement": ("hr.backbone.achievement", ("date_submitted", "date_verified")),
    "suggestion": ("hr.backbone.suggestion", ("date_submitted", "date_decided")),
    "rotation": ("hr.backbone.rotation", ("date_end",)),
}


class HrBackboneEvaluationQuarters(models.AbstractModel):
    """What the figures of an evaluation are made of: report and assessment of each quarter, why
    one counts as zero, is left out, or does not count; and the way to the documents."""

    _name = "hr.backbone.evaluation.quarters"
    _description = "What an Evaluation is made of"

    quarters = fields.Json(
        readonly=True, help="Report, assessment and mentor of each quarter, as they are printed."
    )
    quarter_rows = fields.Html(
        "Reports and Assessments by Quarter",
        compute="_compute_quarter_rows",
        # from a template of the addon
        sanitize=False,
        help="What counts of each quarter, and why something does not.",
    )

    @api.depends_context("lang")
    @api.depends("quarters", "settings")
    def _compute_quarter_rows(self):
        render = self.env["ir.qweb"]._render
        for evaluation in self:
            values = {"quarters": evaluation._get_quarter_rows()}
            rows = evaluation.quarters and render(
                "hr_backbone_training.evaluation_quarters", values
            )
            evaluation.quarter_rows = rows or False

    def _get_quarter_rows(self):
        """What the page and the paper say of each quarter.

        :return: [{"quarter", "report", "raw", "adjusted", "grade", "mentor": as they are printed,
            "report_late", "assessment_late", "why": a sentence where the quarter does not count,
            else False, "notes": what was not handed in, and how it counts}]
        """
        self.ensure_one()
        return [self._get_quarter_row(row) for row in self.quarters or ()]

    def _get_quarter_row(self, row):
        why = bool(row.get("why")) and self._say_quarter(row)
        zero = row.get("report_state") == "missed" and self._get_rule() == "zero"
        report = 0.0 if zero and not why else row["report"]
        return {
            "quarter": row["quarter"],
            "report": self._format_score(report),
            "raw": self._format_score(row["raw"]),
            "adjusted": self._format_score(row["adjusted"]),
            "grade": row["grade"] or "–",
            "mentor": row["mentor"] or "–",
            # the member's and the mentor's, each where it stands
            "report_late": row["report_late"],
            "assessment_late": row["assessment_late"],
            # an evaluation that was frozen before counted every quarter
            "why": why,
            "notes": [] if why else [*self._say_report(row), *self._say_assessment(row)],
        }

    def _get_rule(self):
        return (self.settings or {}).get("missing_quarter")

    def _say_report(self, row):
        """Of a report without a score, how it counts; nothing of what was frozen before this was
        kept."""
        match row.get("report_state"):
            case "missed":
                rules = {
                    "zero": self.env._("Report never submitted: counts as zero."),
                    "half": self.env._("Report never submitted: counts as half of the others."),
                    "skip": self.env._("Report never submitted: left out."),
                }
                yield from filter(None, [rules.get(self._get_rule())])
            case "submitted":
                yield self.env._("Report not accepted by HR: left out.")
            case "lapsed":
                yield self.env._(
                    "Report not handed in by HR for a member without a login: left out."
                )

    def _say_assessment(self, row):
        """The same of an assessment."""
        match row.get("assessment_state"):
            case "missed" | "draft" if row["mentor"]:
                yield self.env._("Assessment not written by the mentor: left out.")
            case "missed" | "draft" | "none":
                yield self.env._("No mentor to write the assessment: left out.")

    def _say_quarter(self, row):
        """Why a quarter does not count, in a sentence."""
        if row["why"] == "excused":
            return self.env._("does not count: excused")
        if row["why"] != "away":
            return self.env._("does not count yet: not settled")
        numbers = {"active": row["active"], "days": row["days"]}
        day = format_date(self.env, row.get("since")) if row.get("since") else ""
        match row.get("away"):
            case "suspended":
                return self.env._(
                    "does not count: suspended on %(day)s, in the pool on %(active)s of %(days)s "
                    "working days",
                    day=day,
                    **numbers,
                )
            case "exited":
                return self.env._(
                    "does not count: left on %(day)s, in the pool on %(active)s of %(days)s "
                    "working days",
                    day=day,
                    **numbers,
                )
            case "admitted":
                return self.env._(
                    "does not count: admitted on %(day)s, in the pool on %(active)s of %(days)s "
                    "working days",
                    day=day,
                    **numbers,
                )
        return self.env._(
            "does not count: in the pool on %(active)s of %(days)s working days", **numbers
        )

    # -- the documents -------------------------------------------------------------------

    @public(one=True)
    def action_open_part(self):
        """The member's documents of the year that a part was made of, as far as the user reads
        them; of the part that the button says."""
        self.ensure_one()
        self.check_access("read")
        part = self.env.context.get("backbone_part")
        model, days = BEHIND.get(part) or BEHIND["report"]
        # sudo: the dates of the year of what the user reads
        program = self.program_id.sudo()
        first, last = program._get_year_dates()
        year = Domain("quarter_id.year", "=", program.year) if not days else Domain.FALSE
        for place, day in enumerate(days):
            unset = Domain.AND(Domain(name, "=", False) for name in days[:place])
            year |= unset & Domain(day, ">=", first) & Domain(day, "<=", last)
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(model).display_name,
            "res_model": model,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": list(Domain("member_id", "=", self.member_id.id) & year),
            "context": {"create": False},
        }
