# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...const import OFFICER
from ..quarter.res_company import GRADES
from ..selection.hr_backbone_application import OPEN_STATES

# the parts of the evaluation of a year, in the order of the forms
PARTS = ("report", "assessment", "training", "achievement", "rotation", "plan")
# of an evaluation that counts: one for each program at the most
IN_FORCE = ("frozen", "announced")

# what else decides how a year is evaluated, besides weights and points
INPUTS = {"adjustment_limit", "outstanding_grade", "second_opinion_percent"}
WEIGHTS = tuple(f"weight_{part}" for part in PARTS)


class HrBackboneProgram(models.Model):
    """How the year of a program is evaluated: "the Human Resources Department conducts
    comprehensive evaluation according to the reports of key employees and the assessment of
    tutors"."""

    _inherit = "hr.backbone.program"

    weight_report = fields.Integer("Reports (%)", default=25, tracking=True)
    weight_assessment = fields.Integer("Assessments (%)", default=50, tracking=True)
    weight_training = fields.Integer("Training (%)", default=15, tracking=True)
    weight_achievement = fields.Integer(
        "Achievements and Suggestions (%)", default=10, tracking=True
    )
    weight_rotation = fields.Integer("Rotation (%)", default=0, tracking=True)
    weight_plan = fields.Integer("Progress of the Plan (%)", default=0, tracking=True)
    adjustment_limit = fields.Integer(
        "HR's Adjustment (± points)",
        default=5,
        tracking=True,
        help="How many points HR may add or take away, with a reason.",
    )
    points_qualification = fields.Integer("Points of a Qualification", default=40)
    points_research = fields.Integer("Points of Research or Innovation", default=30)
    points_book = fields.Integer("Points of a Book", default=15)
    points_suggestion = fields.Integer("Points of a Suggestion", default=15)
    points_adopted = fields.Integer(
        "More Points if adopted", default=25, help="On top of those of a suggestion."
    )
    outstanding_grade = fields.Selection(
        [(grade, grade) for grade in GRADES],
        "Least Grade of the Outstanding",
        required=True,
        default="B",
        tracking=True,
        help="Nobody below it is named outstanding: places may stay empty.",
    )
    evaluation_run_ids = fields.One2many(
        "hr.backbone.evaluation.run",
        "program_id",
        "Evaluations of the Year",
        groups=OFFICER,
    )

    _evaluation_weights_total = models.Constraint(
        f"CHECK ({' AND '.join(f'{name} >= 0' for name in WEIGHTS)}"
        # numbers of which the sum is no integer any more
        f" AND {' + '.join(f'{name}::bigint' for name in WEIGHTS)} = 100)",
        "The parts of the evaluation must add up to 100 percent.",
    )
    _evaluation_points_positive = models.Constraint(
        """CHECK (points_qualification >= 0 AND points_research >= 0 AND points_book >= 0
            AND points_suggestion >= 0 AND points_adopted >= 0
            AND adjustment_limit BETWEEN 0 AND 100)""",
        "Points cannot be negative, and HR adjusts by no more than 100.",
    )

    def _get_year_dates(self):
        """(first day, last day) of the fiscal year of the program."""
        self.ensure_one()
        start = date(self.year, int(self.company_id.backbone_fiscal_month or 1), 1)
        return start, start + relativedelta(years=1, days=-1)

    def _get_run_in_force(self):
        """The evaluation of this year that is frozen or announced; empty for none."""
        self.ensure_one()
        return self.env["hr.backbone.evaluation.run"].search(
            [("program_id", "=", self.id), ("state", "in", IN_FORCE)]
        )

    def write(self, vals):
        """:raise UserError: the year is running, and the user is evaluated by it"""
        counts = any(name.startswith(("weight_", "points_")) for name in vals)
        counts = counts or not INPUTS.isdisjoint(vals)
        if not self.env.su and counts:
            self.check_access("write")
            running = self.filtered(lambda program: program.state == "running")
            if running._is_own_year():
                raise UserError(
                    self.env._(
                        "You are evaluated by this program, so somebody else in HR changes its "
                        "weights and points."
                    )
                )
        return super().write(vals)

    def _is_own_year(self):
        """Whether the user is a member of one of these talent pools, or may become one: by an
        application that is under way."""
        if not self:
            return False
        if self.env["hr.backbone.member"]._get_own(self.company_id):
            return True
        # past the rules: whether there is any decides, and is not shown
        return bool(
            self.env["hr.backbone.application"]._search(
                Domain("employee_id", "in", self.env.user._get_backbone_ever())
                & Domain("company_id", "in", self.company_id.ids)
                & Domain("state", "in", OPEN_STATES),
                limit=1,
                bypass_access=True,
            )
        )
