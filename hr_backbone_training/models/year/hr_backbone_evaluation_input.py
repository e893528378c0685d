# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models
from odoo.tools import SQL


class HrBackboneEvaluationInput(models.AbstractModel):
    """What an evaluation counts, and the fingerprint of it: whether it is still the same is asked
    before the evaluation is frozen."""

    _name = "hr.backbone.evaluation.input"
    _description = "What an Evaluation counts"

    input_hash = fields.Char(
        readonly=True, copy=False, help="The fingerprint of all that was counted."
    )

    def _select_input(self):
        """The rows that an evaluation counts, each as a text `said`; for other addons to extend.
        What is not settled counts nothing yet, so that work that goes on changes nothing."""
        first, last = self._get_year()
        return SQL(
            """SELECT concat_ws('|', 'report', id, is_late, why, active, days,
                                CASE WHEN state = 'accepted' THEN score END,
                                NULLIF(state, 'draft')) AS said
                 FROM counted WHERE is_settled
               UNION ALL
               SELECT concat_ws('|', 'assessment', a.id, a.is_late, a.state, a.mentor_id,
                                CASE WHEN a.state = 'submitted' THEN a.total END)
                 FROM hr_backbone_assessment a JOIN quarters q ON q.id = a.quarter_id
                WHERE a.state IN ('submitted', 'missed')
               UNION ALL
               SELECT concat_ws('|', 'opinion', o.id, o.rater_id, o.total)
                 FROM hr_backbone_second_opinion o JOIN quarters q ON q.id = o.quarter_id
                WHERE o.state = 'submitted' AND NOT COALESCE(o.is_corrected, FALSE)
               UNION ALL
               SELECT concat_ws('|', 'training', p.id, p.state, p.score, p.hours)
                 FROM (%(sessions)s) p
                WHERE p.company_id = %(company)s AND p.state IN ('attended', 'absent')
                  AND p.day_start BETWEEN %(first)s AND %(last)s
               UNION ALL
               SELECT concat_ws('|', 'work', id, kind) FROM (%(works)s) w
               UNION ALL
               SELECT concat_ws('|', 'rotation', member_id, finished, mean)
                 FROM (%(rotations)s) o WHERE %(weight_rotation)s > 0
               UNION ALL
               SELECT concat_ws('|', 'plan', employee_id, due, mean) FROM (%(plans)s) p
                WHERE %(weight_plan)s > 0
               UNION ALL
               SELECT concat_ws('|', 'member', m.id, m.echelon_id, m.date_admitted)
                 FROM hr_backbone_member m
                WHERE %(previous)s = 0 AND m.state != 'exited' AND EXISTS (
                      SELECT FROM hr_backbone_report r JOIN quarters q ON q.id = r.quarter_id
                       WHERE r.member_id = m.id)""",
            company=self.company_id.id,
            first=first,
            last=last,
            sessions=self.env["hr.backbone.member"]._select_offered_sessions(),
            works=self._select_each_work(),
            rotations=self._select_rotations(),
            plans=self._select_plans(),
            weight_rotation=self.weight_rotation,
            weight_plan=self.weight_plan,
            previous=self.previous_id.id or 0,
        )

    def _get_input_hash(self, counted=None):
        """The fingerprint of what an evaluation would count now: the number of rows and the sum
        of their hashes, which needs no order and no long text.

        :param counted: what `_select_counted` gives, where it has been asked already
        """
        self.ensure_one()
        self.env.flush_all()
        [(count, total)] = self.env.execute_query(
            SQL(
                """WITH %s
                   SELECT count(*), COALESCE(sum(hashtextextended(said, 0)), 0) FROM (%s) i""",
                counted or self._select_counted(),
                self._select_input(),
            )
        )
        return f"{count}:{total}"
