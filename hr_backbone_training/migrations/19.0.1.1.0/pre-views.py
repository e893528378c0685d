# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What were views of the database are read from the documents themselves."""

from odoo.tools import drop_view_if_exists

VIEWS = (
    "hr_backbone_timeline",
    "hr_backbone_obligation",
    "hr_backbone_overview",
    "hr_backbone_outstanding",
)


def migrate(cr, version):
    for view in VIEWS:
        drop_view_if_exists(cr, view)
