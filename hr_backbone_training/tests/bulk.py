# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Many people at once, for the tests that count queries: one by the ORM, who costs some
fifteen queries, and a thousand like that one for as many queries in all."""

from odoo.tools import SQL


def copy_rows(record, count, **changes):
    """`count` more rows like the stored one, by SQL.

    :param changes: {column: a value for all, or a list with one for each row}
    :return: the new records, in the order of the lists
    """
    record.flush_recordset()
    table = SQL.identifier(record._table)
    columns = [
        name
        for name, field in record._fields.items()
        if field.store and field.column_type and name != "id"
    ]
    lists = {name: value for name, value in changes.items() if isinstance(value, list)}
    values = [_get_value(record, name, changes, lists) for name in columns]
    # a number for each row, and beside it what the lists have for that row
    rows = [SQL("%s::%s[]", value, _get_type(record, name)) for name, value in lists.items()]
    names = [SQL.identifier(f"new_{name}") for name in lists]
    record.env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s old, unnest(%s) AS new(%s)"
            " WHERE old.id = %s ORDER BY new.number RETURNING id",
            table,
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(values),
            table,
            SQL(", ").join([SQL("%s::int[]", list(range(count))), *rows]),
            SQL(", ").join([SQL("number"), *names]),
            record.id,
        )
    )
    return record.browse(id_ for (id_,) in record.env.cr.fetchall())


def _get_type(record, name):
    return SQL(record._fields[name].column_type[1])


def _get_value(record, name, changes, lists):
    if name in lists:
        return SQL("new.%s", SQL.identifier(f"new_{name}"))
    if name in changes:
        return SQL("%s::%s", changes[name], _get_type(record, name))
    return SQL("old.%s", SQL.identifier(name))


def copy_employee(employee, names):
    """One more employee without a login for each of these names, who has the same version,
    and an address of their own.

    :return: `hr.employee`
    """
    count = len(names)
    emails = [f"{name.lower().replace(' ', '')}@example.com" for name in names]
    partners = copy_rows(
        employee.work_contact_id,
        count,
        name=names,
        complete_name=names,
        email=emails,
        email_normalized=emails,
        commercial_partner_id=None,
    )
    employee.env.cr.execute(
        SQL(
            "UPDATE res_partner SET commercial_partner_id = id WHERE id IN %s",
            tuple(partners.ids),
        )
    )
    resources = copy_rows(employee.resource_id, count, name=names)
    employees = copy_rows(
        employee,
        count,
        name=names,
        work_email=emails,
        work_contact_id=partners.ids,
        resource_id=resources.ids,
        current_version_id=None,
    )
    copy_rows(employee.version_id, count, employee_id=employees.ids)
    employee.env.cr.execute(
        SQL(
            "UPDATE hr_employee SET current_version_id = version.id FROM hr_version version"
            " WHERE version.employee_id = hr_employee.id AND hr_employee.id IN %s",
            tuple(employees.ids),
        )
    )
    # without fresh statistics the planner reads all employees for each of them
    employee.env.cr.execute("ANALYZE hr_employee, hr_version")
    employee.env.invalidate_all()
    return employees
