"""The entries of our documents in the calendar say themselves whose they are."""

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
