# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

from ...const import DAYS, SETTINGS


class ResCompany(models.Model):
    """How many members a mentor has, and what counts when mentors are proposed."""

    _inherit = "res.company"

    backbone_mentor_cap = fields.Integer(
        "Members per Mentor",
        default=1,
        help="How many members a mentor has at the most; one makes it one-to-one.",
        prefetch=SETTINGS,
    )
    backbone_mentor_days = fields.Integer(
        "Mentor after Admission (days)",
        default=30,
        help="A new member has a mentor within so many days after the admission.",
        prefetch=SETTINGS,
    )
    backbone_owes_talk = fields.Boolean(
        "Counselling Talk every Quarter",
        default=True,
        help="The mentor owes each member a talk every quarter.",
        prefetch=SETTINGS,
    )
    backbone_mentor_weight_skill = fields.Integer(
        "Skills",
        default=50,
        help="How much it counts that the mentor has the skills that the member lacks: the share "
        "of the mentor's current skills, by percent of mastery, in which the member has a lower "
        "level or none.",
        prefetch=SETTINGS,
    )
    backbone_mentor_weight_department = fields.Integer(
        "Department",
        default=20,
        help="How much the department of the mentor counts.",
        prefetch=SETTINGS,
    )
    backbone_mentor_department = fields.Selection(
        [("same", "The member's own"), ("other", "Another one")],
        "Preferred Department",
        default="same",
        help="Whether mentors of the member's own department are preferred, or of another one.",
        prefetch=SETTINGS,
    )
    backbone_mentor_weight_rank = fields.Integer(
        "Distance in Rank",
        default=20,
        help="How much it counts that the mentor's rank is just above the member's.",
        prefetch=SETTINGS,
    )
    backbone_mentor_weight_load = fields.Integer(
        "Load",
        default=10,
        help="How much it counts that the mentor has no other member yet.",
        prefetch=SETTINGS,
    )

    _backbone_mentor_cap_positive = models.Constraint(
        "CHECK (backbone_mentor_cap >= 1)", "A mentor has at least one member."
    )
    _backbone_mentor_days_positive = models.Constraint(
        f"CHECK (backbone_mentor_days {DAYS})",
        "A mentor is appointed within 0 to 3,650 days after the admission.",
    )
    _backbone_mentor_weights_positive = models.Constraint(
        """CHECK (backbone_mentor_weight_skill >= 0
            AND backbone_mentor_weight_department >= 0
            AND backbone_mentor_weight_rank >= 0
            AND backbone_mentor_weight_load >= 0)""",
        "The weights of the mentor proposal cannot be negative.",
    )
