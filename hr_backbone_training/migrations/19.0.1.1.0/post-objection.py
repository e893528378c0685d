# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Who raised a hidden objection stood in the columns of Odoo's own that say who wrote a row."""

from odoo import SUPERUSER_ID
from odoo.tools import SQL

ROWS = {
    "hr_backbone_objection": SQL("TRUE"),
    "ir_attachment": SQL("res_model = 'hr.backbone.objection'"),
    "mail_activity": SQL(
        """activity_type_id IN (SELECT res_id FROM ir_model_data
               WHERE module = 'hr_backbone_training'
                 AND name = 'mail_activity_type_objection')"""
    ),
}


def migrate(cr, version):
    """The system signs them instead. The person is kept with the objection; of those whom
    somebody raised twice against a name, open both, the earlier one has the login."""
    for table, which in ROWS.items():
        cr.execute(
            SQL(
                "UPDATE %s SET create_uid = %s, write_uid = %s WHERE %s",
                SQL.identifier(table),
                SUPERUSER_ID,
                SUPERUSER_ID,
                which,
            )
        )
    cr.execute(
        """UPDATE hr_backbone_objection o SET objector_known_as = e.name
             FROM hr_employee e
            WHERE e.id = o.objector_id AND o.objector_known_as IS NULL"""
    )
    cr.execute(
        """UPDATE hr_backbone_objection o SET objector_user_id = r.user_id
             FROM hr_employee e JOIN resource_resource r ON r.id = e.resource_id
            WHERE e.id = o.objector_id AND o.objector_user_id IS NULL
              AND NOT (o.state = 'open' AND EXISTS (
                  SELECT 1 FROM hr_backbone_objection p
                   WHERE p.line_id = o.line_id AND p.objector_id = o.objector_id
                     AND p.state = 'open' AND p.id < o.id))"""
    )
