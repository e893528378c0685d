from odoo import fields, models


class HrBackboneMeetingItem(models.Model):
    """The case behind a name, shown to those who vote on it: they read it here, in one
    place, and go on to the next name."""

    _inherit = "hr.backbone.meeting.item"

    rank_id = fields.Many2one(related="application_id.rank_id")
    recommender_id = fields.Many2one(related="application_id.recommender_id")
    proposed_mentor_id = fields.Many2one(related="application_id.proposed_mentor_id")
    score_performance = fields.Float(related="application_id.score_performance")
    score_potential = fields.Float(related="application_id.score_potential")
    score_motivation = fields.Float(related="application_id.score_motivation")
    reason_performance = fields.Text(related="application_id.reason_performance")
    reason_potential = fields.Text(related="application_id.reason_potential")
    reason_motivation = fields.Text(related="application_id.reason_motivation")
    work_history = fields.Text(related="application_id.work_history")
    main_results = fields.Text(related="application_id.main_results")
    training_direction = fields.Text(related="application_id.training_direction")
    plan_strengths = fields.Text(related="application_id.plan_id.strengths")
    plan_gaps = fields.Text(related="application_id.plan_id.gaps")
    plan_goal_short = fields.Text(related="application_id.plan_id.goal_short")
    plan_goal_long = fields.Text(related="application_id.plan_id.goal_long")
    plan_line_ids = fields.One2many(related="application_id.plan_id.line_ids")
