# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.tools import SQL


class HrBackboneMeanMixin(models.AbstractModel):
    """A mean is of what has been scored: a draft, and what nobody has scored, is no zero in it."""

    _name = "hr.backbone.mean.mixin"
    _description = "Scores and their Means"

    # {field: the states in which its value counts}
    _mean_states = {}
    # fields of which zero means that nobody has scored them
    _mean_scored = ()

    def _read_group_select(self, aggregate_spec, query):
        name, _, func = aggregate_spec.partition(":")
        if func == "avg":
            # with Odoo's own check that the field may be read
            select = super()._read_group_select(aggregate_spec, query)
            if states := self._mean_states.get(name):
                state = self._field_to_sql(self._table, "state", query)
                return SQL("%s FILTER (WHERE %s IN %s)", select, state, tuple(states))
            if name in self._mean_scored:
                value = self._field_to_sql(self._table, name, query)
                return SQL("%s FILTER (WHERE %s != 0)", select, value)
        return super()._read_group_select(aggregate_spec, query)
