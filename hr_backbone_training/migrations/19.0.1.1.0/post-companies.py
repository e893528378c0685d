# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import logging

from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# what names somebody of the document's own company from now on, and is no history: table,
# column, and the table whose row has the company of the document
NAMES = (
    ("hr_backbone_application", "proposed_mentor_id"),
    ("hr_backbone_suggestion", "reviewer_id"),
    ("hr_backbone_program_responsibility", "employee_id"),
    ("hr_backbone_mentor_proposal_line", "mentor_id"),
    ("hr_backbone_mentor_proposal_line", "proposed_mentor_id"),
)


def migrate(cr, version):
    """A document may have named somebody of another company, whom its pages and forms would go
    on showing: the name goes, and HR names somebody else."""
    for table, column in NAMES:
        cr.execute(
            SQL(
                """UPDATE %(table)s d SET %(column)s = NULL
                     FROM hr_employee e
                    WHERE e.id = d.%(column)s AND e.company_id != d.company_id""",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
            )
        )
        if cr.rowcount:
            _logger.warning("%s names of another company were taken off %s", cr.rowcount, table)
