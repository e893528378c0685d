# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What the scheme wrote into Odoo's résumés and badges is read in its company, without results."""

from odoo.tools import SQL

WRITERS = (
    "hr_backbone_training_participant",
    "hr_backbone_rotation",
    "hr_backbone_evaluation",
)


def migrate(cr, version):
    for table in WRITERS:
        cr.execute(
            SQL(
                """UPDATE hr_resume_line l SET backbone_company_id = d.company_id
                     FROM %s d WHERE d.resume_line_id = l.id""",
                SQL.identifier(table),
            )
        )
    cr.execute(
        """UPDATE gamification_badge_user b SET backbone_company_id = e.company_id
             FROM hr_backbone_evaluation e WHERE e.badge_user_id = b.id"""
    )
    # the last part of the line, in each language: “Result: 88 of 100”
    cr.execute(
        """UPDATE hr_resume_line l
              SET description = regexp_replace(
                      l.description::text, ' · [^·<"]*100</p>', '</p>', 'g')::jsonb
             FROM hr_backbone_training_participant p
            WHERE p.resume_line_id = l.id AND p.score > 0"""
    )
