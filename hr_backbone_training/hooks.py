# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What Odoo does not tidy up by itself when an addon goes."""

from graphlib import TopologicalSorter

from odoo.tools import SQL

ADDON = "hr_backbone_training"
MODELS = "hr.backbone."
# columns of other addons' tables that point to ours, and go too
REFERENCES = {
    "hr_job": ("backbone_rank_id",),
    "hr_employee": ("backbone_member_id", "backbone_echelon_id"),
}
# the documents that are in the calendar, each as its `event_id`
CALENDAR = ("hr.backbone.meeting", "hr.backbone.mentorship.session", "hr.backbone.training")


def uninstall_hook(env):
    """Remove the rows that hold each other, so that the tables can go without an error.

    The documents are history, which no user deletes, and each refers to others; Odoo would
    try to delete the ranks, echelons and demo data first, and log an error for each row
    that something still refers to.
    """
    # they go from the calendar, and nobody is written to about it
    for name in CALENDAR:
        events = env[name].search([]).event_id
        events.with_context(dont_notify=True, no_mail_to_attendees=True).unlink()
    env.flush_all()
    for table, columns in REFERENCES.items():
        for column in columns:
            env.cr.execute(SQL("UPDATE %s SET %s = NULL", *map(SQL.identifier, (table, column))))
    for table in _tables_from_last_to_first(env):
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
    _release_demo_users(env)
    _forget_reflections(env)
    env.invalidate_all(flush=False)


def _tables_from_last_to_first(env):
    """The tables of the addon, each before those that it must not outlive."""
    models = {
        name: model
        for name, model in env.registry.items()
        if name.startswith(MODELS) and model._auto and not model._abstract
    }
    needs = {
        model._table: {
            models[field.comodel_name]._table
            for field in model._fields.values()
            if field.type == "many2one" and field.store and field.ondelete == "restrict"
            if field.comodel_name in models and field.comodel_name != name
        }
        for name, model in models.items()
    }
    return reversed(list(TopologicalSorter(needs).static_order()))


def _release_demo_users(env):
    """Odoo deletes the users of the demo data; their employees stay."""
    data = env["ir.model.data"].search([("module", "=", ADDON), ("model", "=", "res.users")])
    employees = env["hr.employee"].with_context(active_test=False)
    for employee in employees.search([("user_id", "in", data.mapped("res_id"))]):
        employee.user_id = False
    env.flush_all()


def _forget_reflections(env):
    """What Odoo noted about our models, on behalf of this addon or another, and keeps."""
    env.cr.execute(
        SQL(
            "DELETE FROM ir_model_constraint c USING ir_module_module m"
            " WHERE m.id = c.module AND m.name = %s AND c.type = 'f'",
            ADDON,
        )
    )
    pattern = MODELS.replace(".", r"\_") + "%"
    env.cr.execute(
        SQL(
            "DELETE FROM ir_model_data WHERE module != %s AND (name LIKE %s OR name LIKE %s)",
            ADDON,
            rf"selection\_\_{pattern}",
            rf"model\_inherit\_\_{pattern}",
        )
    )
