# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models


class HrBackboneEvaluationRater(models.Model):
    """How mild or severe a mentor is in an evaluation of the year, told apart from how good the
    members are; written by the computation alone."""

    _name = "hr.backbone.evaluation.rater"
    _description = "Leniency of a Mentor"
    _inherit = ["hr.backbone.named.mixin"]
    _order = "id"
    _rec_name = "mentor_id"
    _kept_fields = ("run_id", "mentor_id")
    _readers = ("hr",)

    run_id = fields.Many2one(
        "hr.backbone.evaluation.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="run_id.company_id", store=True, precompute=True, index=True
    )
    mentor_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="cascade"
    )
    mentor_name = fields.Char("Mentor then", readonly=True)
    effect = fields.Float(
        "Leniency",
        digits=(5, 2),
        readonly=True,
        aggregator=None,
        help="So many points milder than the mean of the raters with whom there is somebody in "
        "common, or more severe where it is negative: what is taken off each of the mentor's "
        "scores.",
    )
    low = fields.Float("At Least", digits=(6, 2), readonly=True, aggregator=None)
    high = fields.Float(
        "At Most",
        digits=(6, 2),
        readonly=True,
        aggregator=None,
        help="It lies between these two with a probability of 95 percent.",
    )
    member_count = fields.Integer(
        "Members in Common",
        readonly=True,
        aggregator=None,
        help="Those of the mentor's members whom somebody else scored as well.",
    )
    score_count = fields.Integer(
        "Assessments", readonly=True, aggregator="sum", help="Second opinions are among them."
    )
    opinion_count = fields.Integer(
        "Second Opinions",
        readonly=True,
        aggregator="sum",
        help="So many of the assessments were second opinions on members of other mentors.",
    )
    is_comparable = fields.Boolean(
        "Comparable",
        readonly=True,
        help="What others gave the mentor's members shows how mild the mentor is. Who is not "
        "comparable is not adjusted.",
    )
    why_not = fields.Selection(
        [
            ("alone", "Nobody else scored the members"),
            ("office", "Only HR did, whose scores do not tell the members apart"),
            ("few", "It takes three raters to compare"),
        ],
        readonly=True,
        help="Why the mentor is not comparable.",
    )

    _run_mentor_uniq = models.UniqueIndex(
        "(run_id, mentor_id)", "A mentor can be listed only once in each evaluation."
    )
