# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Zero and blank are two things from now on. A test that gave no point has a day: its zero is one,
and is the score of whoever took it, which the main addon could not know. Twice is as good as
once."""


def migrate(cr, version):
    cr.execute(
        """UPDATE hr_backbone_training_participant SET test_score = NULL
            WHERE test_score = 0 AND test_date IS NULL"""
    )
    cr.execute(
        """UPDATE hr_backbone_training_participant SET score = 0
            WHERE score IS NULL AND test_score = 0 AND test_date IS NOT NULL"""
    )
    cr.execute(
        """UPDATE hr_backbone_achievement SET survey_score = NULL
            WHERE survey_score = 0 AND survey_id IS NULL"""
    )
