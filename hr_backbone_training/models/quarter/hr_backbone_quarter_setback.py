# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_list, formatLang

from ...const import OFFICER
from ..core.public import public
from .res_company import GRADES


class HrBackboneQuarterSetback(models.Model):
    """Who fell back in a quarter, "so as to adjust the appropriate training plan in time": a fall
    of a grade or of points against the quarter before, two reports in a row that were missed, a
    plan that has not moved for two quarters. A view: one row for each member and kind."""

    _name = "hr.backbone.quarter.setback"
    _description = "Setback of a Member in a Quarter"
    _auto = False
    _order = "quarter_id desc, kind, id"
    _rec_name = "member_id"
    _depends = {
        "hr.backbone.report": ["state", "quarter_id"],
        "hr.backbone.assessment": ["state", "quarter_id", "total", "grade"],
        "hr.backbone.quarter": ["date_start", "date_end"],
        "hr.backbone.member": ["state", "employee_id"],
        "hr.backbone.plan": ["state", "progress", "date_activated", "previous_id"],
        "hr.backbone.plan.line": ["plan_id"],
        "hr.backbone.plan.progress": ["plan_line_id", "date"],
        "res.company": ["backbone_fall_points"],
    }

    quarter_id = fields.Many2one("hr.backbone.quarter", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    member_id = fields.Many2one("hr.backbone.member", readonly=True)
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    kind = fields.Selection(
        [
            ("grade", "The grade fell"),
            ("points", "The points fell"),
            ("reports", "Two reports in a row were missed"),
            ("plan", "The plan has not moved for two quarters"),
        ],
        "What",
        readonly=True,
    )
    before = fields.Char("Quarter Before", compute="_compute_sides")
    after = fields.Char("This Quarter", compute="_compute_sides")
    grade_before = fields.Char(readonly=True)
    grade_after = fields.Char(readonly=True)
    value_before = fields.Float(readonly=True, aggregator=None)
    value_after = fields.Float(readonly=True, aggregator=None)
    plan_id = fields.Many2one("hr.backbone.plan", "Plan in Force", readonly=True)
    is_asked = fields.Boolean(
        "Revision begun", readonly=True, help="A revision of the plan is being written, or waits."
    )

    advice = fields.Char(
        "What to Do", compute="_compute_advice", help="Where there is no plan to adjust."
    )

    @property
    def _table_query(self):
        return SQL(
            """WITH pairs AS (%s) SELECT s.*, p.id AS plan_id, EXISTS (
                      SELECT FROM hr_backbone_plan r
                       WHERE r.previous_id = p.id AND r.state IN ('draft', 'submitted'))
                      AS is_asked
                 FROM (%s UNION ALL %s UNION ALL %s) s
                 JOIN hr_backbone_member m ON m.id = s.member_id AND m.state = 'active'
                 LEFT JOIN hr_backbone_plan p ON p.state = 'active'
                       AND p.employee_id = s.employee_id AND p.company_id = s.company_id""",
            self._select_pairs(),
            self._select_falls(),
            self._select_missed(),
            self._select_still(),
        )

    def _select_pairs(self):
        """Each quarter, and the one right before it."""
        return SQL(
            """SELECT q.id, q.date_end, b.id AS before_id, b.date_start AS before_start
                 FROM hr_backbone_quarter q
                 JOIN hr_backbone_quarter b ON b.company_id = q.company_id
                      AND b.date_end = q.date_start - 1"""
        )

    def _select_falls(self):
        grades = "".join(GRADES)
        return SQL(
            """SELECT d.id * 3 AS id, d.quarter_id, d.company_id, d.member_id, d.employee_id,
                      d.department_id, CASE WHEN strpos(%(grades)s, d.grade)
                                                 > strpos(%(grades)s, b.grade)
                                            THEN 'grade' ELSE 'points' END AS kind,
                      b.grade AS grade_before, d.grade AS grade_after,
                      b.total AS value_before, d.total AS value_after
                 FROM hr_backbone_assessment d
                 JOIN pairs q ON q.id = d.quarter_id
                 JOIN hr_backbone_assessment b ON b.quarter_id = q.before_id
                      AND b.member_id = d.member_id AND b.state = 'submitted'
                 JOIN res_company c ON c.id = d.company_id
                WHERE d.state = 'submitted'
                  AND (strpos(%(grades)s, d.grade) > strpos(%(grades)s, b.grade)
                       OR c.backbone_fall_points > 0
                          AND round((b.total - d.total)::numeric, 2) >= c.backbone_fall_points)""",
            grades=grades,
        )

    def _select_missed(self):
        return SQL(
            """SELECT d.id * 3 + 1, d.quarter_id, d.company_id, d.member_id, d.employee_id,
                      d.department_id, 'reports', NULL, NULL, NULL, NULL
                 FROM hr_backbone_report d
                 JOIN pairs q ON q.id = d.quarter_id
                 JOIN hr_backbone_report b ON b.quarter_id = q.before_id
                      AND b.member_id = d.member_id AND b.state = 'missed'
                WHERE d.state = 'missed'"""
        )

    def _select_still(self):
        """Plans that were in force in both quarters, are not done, and nothing of which moved;
        said when the second one is over."""
        return SQL(
            """SELECT d.id * 3 + 2, d.quarter_id, d.company_id, d.member_id, d.employee_id,
                      d.department_id, 'plan', NULL, NULL, p.progress, p.progress
                 FROM hr_backbone_report d
                 JOIN pairs q ON q.id = d.quarter_id
                 JOIN hr_backbone_plan p ON p.state = 'active' AND p.progress < 100
                      AND p.employee_id = d.employee_id AND p.company_id = d.company_id
                      AND p.date_activated <= q.before_start
                WHERE %s > q.date_end
                  AND EXISTS (SELECT FROM hr_backbone_plan_line l WHERE l.plan_id = p.id)
                  AND NOT EXISTS (
                      SELECT FROM hr_backbone_plan_line l
                        JOIN hr_backbone_plan_progress g ON g.plan_line_id = l.id
                       WHERE l.plan_id = p.id AND g.date BETWEEN q.before_start AND q.date_end)""",
            self.env["hr.backbone.quarter.debt"]._get_today_sql(),
        )

    @api.depends("kind", "grade_before", "grade_after", "value_before", "value_after")
    @api.depends_context("lang")
    def _compute_sides(self):
        for row in self:
            row.before = row._say(row.grade_before, row.value_before)
            row.after = row._say(row.grade_after, row.value_after)

    @api.depends("plan_id", "is_asked")
    @api.depends_context("lang")
    def _compute_advice(self):
        for row in self:
            row.advice = not row.plan_id and self.env._(
                "No plan is in force: agree on one with the member."
            )

    def _say(self, grade, value):
        """How it was, or is; False of reports, which were missed."""
        self.ensure_one()
        if self.kind == "reports":
            return False
        if self.kind == "plan":
            return f"{formatLang(self.env, value, digits=0)} %"
        return f"{grade or '–'} ({formatLang(self.env, value, digits=2)})"

    @public(one=True)
    def action_open_member(self):
        """The member, who has no plan to adjust."""
        self.ensure_one()
        self.check_access("read")
        return self.member_id._get_records_action()

    @public()
    def action_adjust(self):
        """HR: open the revision of the plan in force, in which the member adjusts it, and ask for
        it.

        :raise UserError: a member has no plan in force, or a revision has been begun already
        """
        self.check_access("read")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only HR can do this."))
        if bare := self.filtered(lambda row: not row.plan_id):
            raise UserError(
                self.env._(
                    "No plan is in force for %s: there is nothing to adjust.",
                    format_list(self.env, bare.member_id.mapped("display_name")),
                )
            )
        plans = self.plan_id
        plans._check_not_involved()
        plans._lock_for_move()
        if begun := plans.filtered(lambda plan: plan._get_open_revision()):
            raise UserError(
                self.env._(
                    "A revision has been begun already: %s.",
                    format_list(self.env, begun.mapped("display_name")),
                )
            )
        # sudo: HR may ask for a revision, as was just checked
        plans.sudo()._ask_for_revision()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
