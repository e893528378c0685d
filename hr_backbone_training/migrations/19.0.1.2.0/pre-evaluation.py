# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What is new of an evaluation changes none that there is: everybody in it was evaluated, and
rotation and plan had no weight. The columns are there before Odoo would compute them, and with
them the weights of every simulation, from what the program says today. And a rule that may
not be empty any more is what it was computed as."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

ADDED = (
    ("hr_backbone_evaluation", "is_evaluated", "bool", True),
    ("hr_backbone_evaluation_run", "weight_rotation", "int4", 0),
    ("hr_backbone_evaluation_run", "weight_plan", "int4", 0),
    ("hr_backbone_program", "weight_rotation", "int4", 0),
    ("hr_backbone_program", "weight_plan", "int4", 0),
)

# what was computed where nobody said what a missing report counts
RULES = (
    ("hr_backbone_evaluation_run", "missing_quarter"),
    ("res_company", "backbone_missing_quarter"),
)


def migrate(cr, version):
    for table, column, kind, value in ADDED:
        if not column_exists(cr, table, column):
            create_column(cr, table, column, kind)
        name = SQL.identifier(column)
        table = SQL.identifier(table)
        cr.execute(SQL("UPDATE %s SET %s = %s WHERE %s IS NULL", table, name, value, name))
    for table, column in RULES:
        name = SQL.identifier(column)
        table = SQL.identifier(table)
        cr.execute(SQL("UPDATE %s SET %s = 'zero' WHERE %s IS NULL", table, name, name))
