# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models

from ..core.scores import Score

# what those who vote read of the case, and of its plan
CASE = (
    "score_performance",
    "score_potential",
    "score_motivation",
    "score_total",
    "reason_performance",
    "reason_potential",
    "reason_motivation",
    "work_history",
    "main_results",
    "training_direction",
)
PLAN = ("strengths", "gaps", "goal_short", "goal_long")
ACTION = ("method", "gap", "support", "evidence", "quarterly_check")
PROMISE = ("action", "quantity", "date_due")


class HrBackboneMeetingItem(models.Model):
    """The case behind a name, for those who vote: as the department and the employee have
    written it until the meeting is closed and, since a case may come back and be rewritten, as
    it stood then from then on."""

    _name = "hr.backbone.meeting.item"
    _inherit = ["hr.backbone.meeting.item", "hr.backbone.facts.mixin"]

    employee_name = fields.Char("Name", compute="_compute_case", compute_sudo=True)
    department_id = fields.Many2one(
        "hr.department", compute="_compute_post", store=True, compute_sudo=True
    )
    job_id = fields.Many2one(
        "hr.job", "Post", compute="_compute_post", store=True, compute_sudo=True
    )
    rank_id = fields.Many2one(
        "hr.backbone.rank", compute="_compute_post", store=True, compute_sudo=True
    )
    echelon_id = fields.Many2one(
        "hr.backbone.echelon", compute="_compute_post", store=True, compute_sudo=True
    )
    level = fields.Integer(related="echelon_id.level", store=True)
    recommender_id = fields.Many2one(
        "hr.employee", "Recommended by", compute="_compute_post", store=True, compute_sudo=True
    )
    proposed_mentor_id = fields.Many2one(
        "hr.employee", compute="_compute_post", store=True, compute_sudo=True
    )
    score_total = Score("Average Score", digits=(5, 1), compute="_compute_case", compute_sudo=True)
    score_performance = Score(
        "Performance", digits=(5, 1), compute="_compute_case", compute_sudo=True
    )
    score_potential = Score(
        "Training Potential", digits=(5, 1), compute="_compute_case", compute_sudo=True
    )
    score_motivation = Score(
        "Self-Motivation", digits=(5, 1), compute="_compute_case", compute_sudo=True
    )
    reason_performance = fields.Text(
        "Reasons: Performance", compute="_compute_case", compute_sudo=True
    )
    reason_potential = fields.Text("Reasons: Potential", compute="_compute_case", compute_sudo=True)
    reason_motivation = fields.Text(
        "Reasons: Self-Motivation", compute="_compute_case", compute_sudo=True
    )
    work_history = fields.Text(compute="_compute_case", compute_sudo=True)
    main_results = fields.Text(compute="_compute_case", compute_sudo=True)
    training_direction = fields.Text(compute="_compute_case", compute_sudo=True)
    plan_strengths = fields.Text("Strengths", compute="_compute_case", compute_sudo=True)
    plan_gaps = fields.Text("Gaps", compute="_compute_case", compute_sudo=True)
    plan_goal_short = fields.Text(
        "Goals for 6 to 12 months", compute="_compute_case", compute_sudo=True
    )
    plan_goal_long = fields.Text(
        "Goals for 1 to 3 years", compute="_compute_case", compute_sudo=True
    )
    plan_actions = fields.Html("Actions", compute="_compute_plan_actions", compute_sudo=True)

    @api.depends(
        "application_id.department_id",
        "application_id.job_id",
        "application_id.rank_id",
        "application_id.echelon_id",
        "application_id.recommender_id",
        "application_id.proposed_mentor_id",
    )
    def _compute_post(self):
        for item in self:
            if item._origin.facts:
                continue
            case = item.application_id
            item.department_id = case.department_id
            item.job_id = case.job_id
            item.rank_id = case.rank_id
            item.echelon_id = case.echelon_id
            item.recommender_id = case.recommender_id
            item.proposed_mentor_id = case.proposed_mentor_id

    @api.depends(
        "facts",
        "application_id.employee_id.name",
        *(f"application_id.{name}" for name in CASE),
        *(f"application_id.plan_id.{name}" for name in PLAN),
    )
    def _compute_case(self):
        for item in self:
            told = item.facts or item._tell_case()
            item.employee_name = told["person"]
            for name in CASE:
                item[name] = told["case"][name]
            for name in PLAN:
                item[f"plan_{name}"] = told["plan"][name]

    @api.depends(
        "facts",
        *(f"application_id.plan_id.line_ids.{name}" for name in (*ACTION, *PROMISE)),
    )
    @api.depends_context("lang")
    def _compute_plan_actions(self):
        render = self.env["ir.qweb"]._render
        for item in self:
            rows = item._get_plan_actions()
            item.plan_actions = (
                render("hr_backbone_training.meeting_plan_actions", {"rows": rows})
                if rows
                else False
            )

    def _get_plan_actions(self):
        """The actions of the plan, ready to be shown: [{"method", "action", "date", "texts"}]."""
        self.ensure_one()
        lines = self.application_id.plan_id.line_ids
        methods = dict(lines._fields["method"]._description_selection(self.env))
        labels = {name: lines._fields[name]._description_string(self.env) for name in ACTION}
        told = self.facts or self._tell_case()
        return [
            {
                "method": methods.get(row["method"], row["method"]),
                "action": lines._say_promise(row["action"], row["quantity"]),
                "date": fields.Date.to_date(row["date_due"]),
                "texts": [(labels[name], row[name]) for name in ACTION[1:] if row[name]],
            }
            for row in told["actions"]
        ]

    def _tell_case(self):
        """The case as it is written now, as JSON takes it; as superuser."""
        self.ensure_one()
        case, plan = self.application_id, self.application_id.plan_id
        return {
            "person": case.employee_id.name or "",
            "case": {name: case[name] for name in CASE},
            "plan": {name: plan[name] for name in PLAN},
            "actions": [
                {
                    **{name: line[name] for name in (*ACTION, *PROMISE)},
                    "date_due": fields.Date.to_string(line.date_due),
                }
                for line in plan.line_ids
            ],
        }

    def _get_facts(self):
        """The case, and how many votes were given for and against it."""
        given = self._get_votes()
        return {
            item: {**facts, **item._tell_case(), "votes": item._count_votes(given)}
            for item, facts in super()._get_facts().items()
        }
