# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# the first of these that a to-do of the document has is the document's
STATES = ("overdue", "today", "planned")
IS_SET = {"=", "!=", "in", "not in"}


class HrBackboneActivityMixin(models.AbstractModel):
    """A document on which only those to-dos are found that its reader may read, by whatever one
    searches, groups or reads: Odoo looks at all of them, past all rights."""

    _name = "hr.backbone.activity.mixin"
    _description = "Backbone Document with To-dos"
    _inherit = ["mail.activity.mixin"]

    activity_ids = fields.One2many(bypass_search_access=False)
    activity_type_id = fields.Many2one(compute_sudo=False)
    activity_summary = fields.Char(compute_sudo=False)
    # Odoo gives it to everybody: it told a portal login what HR was asked to do
    activity_type_icon = fields.Char(compute_sudo=False, groups="base.group_user")
    # a portal login has no activities; with these it could not read all of a document
    activity_calendar_event_id = fields.Many2one(groups="base.group_user")
    activity_exception_decoration = fields.Selection(groups="base.group_user")
    activity_exception_icon = fields.Char(groups="base.group_user")

    def _search_activity_state(self, operator, value):
        if self.env.su or operator not in ("in", "not in"):
            return super()._search_activity_state(operator, value)
        if operator == "not in":
            value = {*STATES, False} - set(value)
        states = self._get_activity_states()
        found = Domain("id", "in", [number for number in states if states[number] in value])
        if False in value:
            found |= Domain("id", "not in", list(states))
        return found

    def _search_activity_user_id(self, operator, operand):
        return self._ask_as_reader(super()._search_activity_user_id(operator, operand))

    def _search_activity_date_deadline(self, operator, operand):
        return self._ask_as_reader(super()._search_activity_date_deadline(operator, operand))

    def _read_group_groupby(self, alias, groupby_spec, query):
        if self.env.su or groupby_spec != "activity_state":
            return super()._read_group_groupby(alias, groupby_spec, query)
        self._check_field_access(self._fields[groupby_spec], "read")
        joined = query.make_alias(self._table, "last_activity_state")
        if joined not in query._joins:
            states = self._get_activity_states()
            table = SQL(
                "(SELECT * FROM unnest(%s::int[], %s::text[]) AS row(res_id, activity_state))",
                list(states),
                list(states.values()),
            )
            joined = query.left_join(self._table, "id", table, "res_id", "last_activity_state")
        return SQL.identifier(joined, "activity_state")

    def _get_activity_states(self):
        """{id: state} of the documents on which the user reads a to-do."""
        states = {}
        for row in self.env["mail.activity"].search([("res_model", "=", self._name)]):
            known = (row.state, states.get(row.res_id, row.state))
            states[row.res_id] = min(known, key=STATES.index)
        return states

    def _ask_as_reader(self, domain):
        """A search by whether there is a to-do, as one for what the user reads."""
        if self.env.su or domain is NotImplemented:
            return domain
        return Domain(domain).map_conditions(_ask_readable)


def _ask_readable(condition):
    if condition.field_expr != "activity_ids" or condition.operator not in IS_SET:
        return condition
    found = Domain("activity_ids", "any", Domain("id", ">", 0))
    return ~found if condition.operator in ("=", "in") else found
