# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Fields of Odoo's own models that list documents of ours."""

from odoo import fields
from odoo.fields import Domain
from odoo.tools import OrderedSet


class ReadableOne2many(fields.One2many):
    """Documents that are asked for as the user reads them. Odoo looks at all of them for “is set”
    and for a number, by whatever path: that told who has a document to people who may not read
    it. (Our own models ask so in `_search`, of which those of Odoo's would pay for each search.)"""

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        asks = super().condition_to_sql
        if (
            model.env.su
            or operator not in ("in", "not in")
            or not isinstance(value, (list, tuple, set, frozenset, OrderedSet))
        ):
            return asks(field_expr, operator, value, model, alias, query)
        any_, not_any = ("any", "not any") if operator == "in" else ("not any", "any")
        rows = Domain("id", "in", [number for number in value if number])
        condition = Domain(self.name, any_, rows)
        if not all(value):
            none = Domain(self.name, not_any, Domain("id", ">", 0))
            condition = condition | none if operator == "in" else condition & none
        return condition.optimize_full(model)._to_sql(model, alias, query)
