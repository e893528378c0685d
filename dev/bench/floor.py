"""The least that a database has to do for a move, in bare SQL."""

from odoo.tools import SQL


def moved(cr, table, ids, state, uid):
    """n documents in a new state, each with a decision row and a line in the chatter."""
    model = table.replace("_", ".")
    cr.execute(
        SQL(
            "UPDATE %s SET state = %s, write_uid = %s, write_date = now() WHERE id = ANY(%s)",
            SQL.identifier(table),
            state,
            uid,
            ids,
        )
    )
    cr.execute(
        SQL(
            "INSERT INTO hr_backbone_decision (res_model, res_id, res_name, company_id,"
            " user_id, date, move, from_state, to_state, create_uid, create_date)"
            " SELECT %(model)s, id, name, company_id, %(uid)s, now(), 'move', 'from', %(to)s,"
            " %(uid)s, now() FROM %(table)s WHERE id = ANY(%(ids)s)",
            model=model,
            uid=uid,
            to=state,
            table=SQL.identifier(table),
            ids=ids,
        )
    )
    cr.execute(
        SQL(
            "INSERT INTO mail_message (model, res_id, body, date, message_type, author_id,"
            " email_from, message_id, create_uid, create_date)"
            " SELECT %s, id, '<b>Approved</b>', now(), 'notification', 1,"
            " 'someone@example.com', 'bench-' || id, %s, now() FROM %s WHERE id = ANY(%s)",
            model,
            uid,
            SQL.identifier(table),
            ids,
        )
    )
