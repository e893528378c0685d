# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Hours of a session that say what its dates say follow the dates from now on."""

from odoo.tools.sql import column_exists, create_column

TABLE, COLUMN = "hr_backbone_training", "hours_by_dates"


def migrate(cr, version):
    """Hours that differ were typed, and stay as they are, those of whole days as well."""
    if not column_exists(cr, TABLE, COLUMN):
        create_column(cr, TABLE, COLUMN, "float8")
    cr.execute(
        """UPDATE hr_backbone_training
              SET hours_by_dates =
                  round(EXTRACT(EPOCH FROM date_end - date_start)::numeric / 3600, 2)
            WHERE hours_by_dates IS NULL AND all_day IS NOT TRUE"""
    )
