# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""The entries of our documents in the calendar say themselves whose they are; that of a
selection meeting is for those who attend."""

from odoo.tools import SQL

DOCUMENTS = ("hr.backbone.meeting", "hr.backbone.mentorship.session", "hr.backbone.training")


def migrate(cr, version):
    for name in DOCUMENTS:
        cr.execute(
            SQL(
                """UPDATE calendar_event e SET backbone_model = %s
                     FROM %s d
                    WHERE d.event_id = e.id AND e.backbone_model IS DISTINCT FROM %s""",
                name,
                SQL.identifier(name.replace(".", "_")),
                name,
            )
        )
    cr.execute(
        "UPDATE calendar_event SET privacy = 'private' WHERE backbone_model = 'hr.backbone.meeting'"
    )
