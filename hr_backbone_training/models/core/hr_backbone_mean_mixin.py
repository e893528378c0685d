# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models
from odoo.tools import SQL


class HrBackboneMeanMixin(models.AbstractModel):
    """A mean is of what counts: a draft does not. What nobody has scored is blank anyway, see
    `scores.py`."""

    _name = "hr.backbone.mean.mixin"
    _description = "Scores and their Means"

    # {field: the states in which its value counts}
    _mean_states = {}

    def _read_group_select(self, aggregate_spec, query):
        # with Odoo's own check that the field may be read
        select = super()._read_group_select(aggregate_spec, query)
        name, _, func = aggregate_spec.partition(":")
        states = func == "avg" and self._mean_states.get(name)
        if not states:
            return select
        state = self._field_to_sql(self._table, "state", query)
        return SQL("%s FILTER (WHERE %s IN %s)", select, state, tuple(states))
