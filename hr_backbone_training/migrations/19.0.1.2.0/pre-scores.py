# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Zero and blank are two things from now on: what is zero and was never typed becomes empty.

Until now a zero could not be handed in where a score was asked for, and was shown as empty. Only a
report that HR had accepted, and a criterion that the mentor had scored, could have one: they keep
it. Twice is as good as once."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists

# the scores of which zero meant “none”, whatever became of the document
UNTYPED = {
    "hr_backbone_training_participant": ("score", "rating"),
    "hr_backbone_application": ("score_performance", "score_potential", "score_motivation"),
    "hr_backbone_suggestion_review": (
        "score_technique",
        "score_benefit",
        "score_scope",
        "score_practicality",
    ),
}


def migrate(cr, version):
    for table, columns in UNTYPED.items():
        for column in columns:
            empty(cr, table, column)
    empty(cr, "hr_backbone_rotation", "score", "date_scored IS NULL")
    empty(cr, "hr_backbone_report", "score", "state != 'accepted'")
    if column_exists(cr, "hr_backbone_assessment_line", "is_scored"):
        empty(cr, "hr_backbone_assessment_line", "score", "is_scored IS NOT TRUE")
    empty_totals(cr)


def empty(cr, table, column, condition="TRUE"):
    cr.execute(
        SQL(
            "UPDATE %(table)s SET %(column)s = NULL WHERE %(column)s = 0 AND (%(condition)s)",
            table=SQL.identifier(table),
            column=SQL.identifier(column),
            condition=SQL(condition),
        )
    )


def empty_totals(cr):
    """Totals and means of what is not there, as they are computed from now on."""
    cr.execute(
        """UPDATE hr_backbone_application SET score_total = NULL
            WHERE score_total IS NOT NULL
              AND (score_performance IS NULL OR score_potential IS NULL
                   OR score_motivation IS NULL)"""
    )
    cr.execute(
        """UPDATE hr_backbone_suggestion_review SET score_total = NULL
            WHERE score_total IS NOT NULL
              AND (max_technique > 0 AND score_technique IS NULL
                   OR max_benefit > 0 AND score_benefit IS NULL
                   OR max_scope > 0 AND score_scope IS NULL
                   OR max_practicality > 0 AND score_practicality IS NULL)"""
    )
    cr.execute(
        """UPDATE hr_backbone_assessment a SET total = NULL
            WHERE total = 0 AND NOT EXISTS (
                  SELECT FROM hr_backbone_assessment_line l
                   WHERE l.assessment_id = a.id AND l.score IS NOT NULL)"""
    )
    cr.execute(
        """UPDATE hr_backbone_plan p SET progress = NULL
            WHERE progress = 0 AND NOT EXISTS (
                  SELECT FROM hr_backbone_plan_line l WHERE l.plan_id = p.id)"""
    )
