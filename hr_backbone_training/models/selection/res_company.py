# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models

from ...const import DAYS, SETTINGS


class ResCompany(models.Model):
    """How long the director of the center has, and whether somebody looks at the fairness of a
    selection."""

    _inherit = "res.company"

    backbone_approval_days = fields.Integer(
        "Director's Approval (days)",
        default=7,
        help="Days after the application was submitted, to approve, return or refuse it.",
        prefetch=SETTINGS,
    )
    backbone_fairness = fields.Boolean(
        "Look at the Fairness First",
        default=True,
        help="Before names are publicized and the outstanding are announced, an HR administrator "
        "sees how far apart the rates of groups are, and writes a note where one is below four "
        "fifths of another.",
        prefetch=SETTINGS,
    )

    _backbone_approval_days_positive = models.Constraint(
        f"CHECK (backbone_approval_days {DAYS})",
        "The director approves within 0 to 3,650 days.",
    )
