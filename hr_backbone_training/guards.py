# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Before any override of `create` and `write` of our models, what a client sends is looked at by
`models/core/sent.py`. Odoo asks the class first that extends a model last: here each model of ours
is extended once more, after all of its files. A glue addon does the same for what is its own."""

from odoo import api, models
from odoo.models import MetaModel

from .models.core.sent import clean_vals, clean_vals_list

MODULE = __name__.split(".")[2]
METHODS = {"create", "write"}


def guard(module):
    """Extend the models of an addon once more.

    :param str module: whose `guards.py` calls it, and is imported after all of its models
    """
    for name, base in _find_models(module).items():
        _extend(module, name, base)


def _extend(module, name, base):
    class Guarded(base):
        # it is that addon's: where it is not installed there may be no such model
        __module__ = f"odoo.addons.{module}.guards"
        _inherit = name

        @api.model_create_multi
        def create(self, vals_list):
            """:raise UserError: a value is not of the kind of its field"""
            return super().create(clean_vals_list(self, vals_list))

        def write(self, vals):
            """:raise UserError: a value is not of the kind of its field"""
            return super().write(clean_vals(self, vals, writing=True))

    return Guarded


def _find_models(module):
    """{name: the base of its class} of the models that the addon makes, with a table of their own,
    and of those of ours whose `create` or `write` a glue addon overrides."""
    found = {}
    for model in MetaModel._module_to_models__[module]:
        made = model._name not in model._inherit and not model._abstract and model._auto
        ours = module != MODULE and model._name.startswith("hr.backbone.")
        if made or (ours and METHODS & vars(model).keys()):
            found[model._name] = models.TransientModel if model._transient else models.Model
    return found


guard(MODULE)
