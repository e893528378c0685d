"""Before any override of `create` and `write` of our models, what a client sends is looked at by
`models/core/sent.py`. Odoo asks the class first that extends a model last: here each model of ours
is extended once more, after all of its files."""

from odoo import api, models
from odoo.models import MetaModel

from .models.core.sent import clean_vals, clean_vals_list

MODULE = __name__.split(".")[2]


def _extend(name, base):
    class Guarded(base):
        _inherit = name

        @api.model_create_multi
        def create(self, vals_list):
            """:raise UserError: a value is not of the kind of its field"""
            return super().create(clean_vals_list(self, vals_list))

        def write(self, vals):
            """:raise UserError: a value is not of the kind of its field"""
            return super().write(clean_vals(self, vals, writing=True))

    return Guarded


def _find_models():
    """{name: the base of its class} of our models that have a table of their own."""
    return {
        model._name: models.TransientModel if model._transient else models.Model
        for model in MetaModel._module_to_models__[MODULE]
        if not model._abstract and model._auto and model._name not in model._inherit
    }


for _name, _base in _find_models().items():
    _extend(_name, _base)
