# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Rows for thousands of members at once.

One statement makes or changes them as long as nobody but Odoo's mail and this addon has a say in
their model. As soon as another addon has (an override of `create` or `write`, an automation rule,
a field that a new row needs or that follows from a changed one), they go through the ORM instead,
in batches and by the front door. `make bench` shows what each way costs.
"""

from odoo import models
from odoo.tools import SQL, split_every

from . import front_door

# what their code makes of a row is known here
KNOWN = frozenset({"base", "mail", "portal", "hr_backbone_training"})
BATCH = 1000


def is_watched(model, method, names):
    """Whether another addon has a say when `method` sets the fields `names` of a model.

    :param str method: "create" or "write"
    """
    registry_class = type(model)
    for owner in registry_class.__mro__:
        if method not in vars(owner) or owner is models.BaseModel:
            continue
        if owner is registry_class or owner._module not in KNOWN:
            return True
    if any(
        _is_foreign(field)
        for name in names
        for field in model.pool.get_dependent_fields(model._fields[name])
    ):
        return True
    return method == "create" and any(
        _is_foreign(field) and (field.required or field.default or field.compute)
        for name, field in model._fields.items()
        if name not in names
    )


def _is_foreign(field):
    return field.store and (field.manual or not KNOWN.issuperset(field._modules))


def insert(model, columns, source, unique=()):
    """Make a row for each row of a query.

    :param model: an empty recordset
    :param dict columns: {field: its value, SQL}
    :param SQL source: what stands behind FROM
    :param unique: fields; a row that has the same is there already, and stays as it is
    :return: the records
    """
    model.env.flush_all()
    if is_watched(model, "create", columns):
        return _insert_by_orm(model, columns, source, unique)
    columns = {**columns, **_get_log_columns(model, ("create", "write"))}
    model.env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s %s RETURNING id",
            SQL.identifier(model._table),
            _join(columns),
            SQL(", ").join(columns.values()),
            source,
            SQL("ON CONFLICT (%s) DO NOTHING", _join(unique)) if unique else SQL(),
        )
    )
    return model.browse([row[0] for row in model.env.cr.fetchall()])


def _insert_by_orm(model, columns, source, unique):
    # what Odoo takes from another record itself
    columns = {name: value for name, value in columns.items() if not model._fields[name].related}
    values = SQL(", ").join(
        SQL("%s AS %s", value, SQL.identifier(name)) for name, value in columns.items()
    )
    missing = SQL("TRUE")
    if unique:
        missing = SQL(
            "NOT EXISTS (SELECT FROM %s t WHERE %s)",
            SQL.identifier(model._table),
            SQL(" AND ").join(
                SQL("t.%s = r.%s", SQL.identifier(name), SQL.identifier(name)) for name in unique
            ),
        )
    model.env.cr.execute(
        SQL("SELECT r.* FROM (SELECT %s FROM %s) r WHERE %s", values, source, missing)
    )
    made = model.browse()
    for rows in split_every(BATCH, model.env.cr.dictfetchall()):
        made += front_door.create(_quietly(model), list(rows)).with_env(model.env)
    return made


def update(model, ids, vals, condition):
    """Change those of the rows `ids` that meet a condition now.

    :param dict vals: {field: value}, the same for all
    :param SQL condition: about a row of the model's table
    :return: the records that were changed
    """
    model.env.flush_all()
    where = SQL("id = ANY(%s) AND %s", list(ids), condition)
    if is_watched(model, "write", vals):
        model.env.cr.execute(
            SQL("SELECT id FROM %s WHERE %s FOR NO KEY UPDATE", SQL.identifier(model._table), where)
        )
        records = model.browse([row[0] for row in model.env.cr.fetchall()])
        for part in split_every(BATCH, records.ids, _quietly(model).browse):
            front_door.write(part, vals)
        return records
    columns = {name: SQL("%s", value) for name, value in vals.items()}
    columns |= _get_log_columns(model, ("write",))
    model.env.cr.execute(
        SQL(
            "UPDATE %s SET %s WHERE %s RETURNING id",
            SQL.identifier(model._table),
            SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value) for name, value in columns.items()
            ),
            where,
        )
    )
    records = model.browse([row[0] for row in model.env.cr.fetchall()])
    records.invalidate_recordset()
    return records


def _quietly(model):
    """A line in the chatter of each of ten thousand documents says what the decision says."""
    return model.with_context(tracking_disable=True)


def _join(names):
    return SQL(", ").join(map(SQL.identifier, names))


def _get_log_columns(model, steps):
    return {
        f"{step}_{name}": value
        for step in steps
        for name, value in (
            ("uid", SQL("%s", model.env.uid)),
            ("date", SQL("now() AT TIME ZONE 'UTC'")),
        )
    }
