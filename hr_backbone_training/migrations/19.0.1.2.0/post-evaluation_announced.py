# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""When an evaluation was announced, which decides who is told of a correction or a withdrawal; what
people were told last, which they go on reading; and on how many quarters what is frozen rests."""


def migrate(cr, version):
    cr.execute(
        """UPDATE hr_backbone_evaluation_run r
              SET date_announced = d.day
             FROM (SELECT res_id, max(date)::date AS day FROM hr_backbone_decision
                    WHERE res_model = 'hr.backbone.evaluation.run' AND move = 'announce'
                    GROUP BY res_id) d
            WHERE d.res_id = r.id AND r.date_announced IS NULL"""
    )
    # the last one of each program that was announced is what people were told
    cr.execute(
        """UPDATE hr_backbone_evaluation_run r
              SET is_told = r.date_announced IS NOT NULL AND r.state != 'withdrawn'
                  AND NOT EXISTS (SELECT FROM hr_backbone_evaluation_run l
                                   WHERE l.program_id = r.program_id AND l.version > r.version
                                     AND (l.date_announced IS NOT NULL
                                          OR l.state = 'withdrawn'))"""
    )
    cr.execute(
        """UPDATE hr_backbone_evaluation
              SET settled_quarters = jsonb_array_length(quarters)
            WHERE settled_quarters IS NULL AND state != 'draft'
              AND jsonb_typeof(quarters) = 'array'"""
    )
