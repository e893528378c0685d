# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import DAYS, SETTINGS

GRADES = ("S", "A", "B", "C", "D")


class ResCompany(models.Model):
    """The settings of "assessment management": quarters, due days and grades."""

    _inherit = "res.company"

    backbone_quarter_ids = fields.One2many(
        "hr.backbone.quarter",
        "company_id",
        "Backbone Quarters",
        groups="hr_backbone_training.group_hr_backbone_officer",
    )
    backbone_report_days = fields.Integer(
        "Reports due (days)",
        default=10,
        help="Days after the end of the quarter.",
        prefetch=SETTINGS,
    )
    backbone_assessment_days = fields.Integer(
        "Assessments due (days)",
        default=20,
        help="Days after the end of the quarter.",
        prefetch=SETTINGS,
    )
    backbone_acceptance_days = fields.Integer(
        "Acceptance by HR (days)",
        default=10,
        help="Days after the report was submitted.",
        prefetch=SETTINGS,
    )
    backbone_remind_before = fields.Integer(
        "Reminder before the due date (days)",
        default=3,
        help="Zero: no reminder before.",
        prefetch=SETTINGS,
    )
    backbone_remind_after = fields.Integer(
        "Reminder after the due date (days)",
        default=3,
        help="Zero: no reminder after.",
        prefetch=SETTINGS,
    )
    backbone_escalate_after = fields.Integer(
        "Escalation after the due date (days)",
        default=7,
        help="The manager of the department is notified of what is overdue. Zero: never.",
        prefetch=SETTINGS,
    )
    backbone_share_assessment = fields.Boolean(
        "Share Assessments",
        default=True,
        help="Members read their own assessments once these are submitted.",
        prefetch=SETTINGS,
    )
    backbone_fall_points = fields.Integer(
        "A fall of points",
        default=10,
        help="The cockpit of the quarter shows who fell by so many points, or by a grade, against "
        "the quarter before. Zero: by a grade alone.",
        prefetch=SETTINGS,
    )
    backbone_grade_s = fields.Integer("S from", default=95, prefetch=SETTINGS)
    backbone_grade_a = fields.Integer("A from", default=85, prefetch=SETTINGS)
    backbone_grade_b = fields.Integer("B from", default=75, prefetch=SETTINGS)
    backbone_grade_c = fields.Integer("C from", default=60, prefetch=SETTINGS)

    _backbone_quarter_days_positive = models.Constraint(
        f"""CHECK (backbone_report_days {DAYS} AND backbone_assessment_days {DAYS}
            AND backbone_acceptance_days {DAYS}
            AND backbone_remind_before {DAYS} AND backbone_remind_after {DAYS}
            AND backbone_escalate_after {DAYS})""",
        "Something is due, or reminded of, 0 to 3,650 days before or after a date.",
    )
    _backbone_fall_points_range = models.Constraint(
        "CHECK (backbone_fall_points BETWEEN 0 AND 100)", "A fall lies between 0 and 100 points."
    )
    _backbone_grades_order = models.Constraint(
        """CHECK (100 >= backbone_grade_s AND backbone_grade_s > backbone_grade_a
            AND backbone_grade_a > backbone_grade_b AND backbone_grade_b > backbone_grade_c
            AND backbone_grade_c > 0)""",
        "The grades lie between 1 and 100 points, S above A above B above C.",
    )

    @api.constrains("backbone_fiscal_month")
    def _check_backbone_fiscal_month(self):
        """A quarter keeps its name and its dates: else two would be the fourth of a year, and a
        year would have five."""
        quarters = self.env["hr.backbone.quarter"].search(
            [("company_id", "in", self.ids)], order="date_start desc"
        )
        for quarter in quarters:
            dates = (quarter.year, quarter.number, quarter.date_start, quarter.date_end)
            if quarter.company_id._backbone_quarter_dates(quarter.date_start) != dates:
                raise ValidationError(
                    self.env._(
                        "The fiscal year keeps its start: there is the quarter %s already, and "
                        "its year would have five quarters.",
                        quarter.name,
                    )
                )

    def _backbone_bands(self):
        """The least points of each grade but the last: {"S": 95, …}."""
        self.ensure_one()
        return {
            "S": self.backbone_grade_s,
            "A": self.backbone_grade_a,
            "B": self.backbone_grade_b,
            "C": self.backbone_grade_c,
        }

    def _backbone_grade(self, total, bands=None):
        """The grade of a total of 0 to 100 points: S A B C D.

        :param dict bands: as they were when something was decided; those of now by default
        """
        self.ensure_one()
        bands = bands or self._backbone_bands()
        return next((grade for grade in GRADES[:-1] if total >= bands[grade]), GRADES[-1])
