# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""How two who take the last place at once are told apart."""

from odoo.tools import SQL


def claim(records):
    """Whoever takes or frees a place of these records does so one after the other.

    The rows are written, though nothing in them changes: whoever claims one at the same time
    waits, is refused by the database then, having seen the places as they were, and is begun
    again by Odoo.
    """
    if not records:
        return
    records.env.flush_all()
    table = SQL.identifier(records._table)
    records.env.cr.execute(
        SQL(
            "UPDATE %s SET write_date = write_date WHERE id IN"
            " (SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE)",
            table,
            table,
            records.ids,
        ),
        # nothing to be alarmed at
        log_exceptions=False,
    )
    records.invalidate_recordset(flush=False)
