# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from psycopg2 import errors

from odoo import api, models, tools

from .mail_message import check_readable

# by which field a record of Odoo's says where the number in the second one belongs
PLACES = (("res_model", "res_id"), ("model", "res_id"))


class Base(models.AbstractModel):
    """Records of Odoo's name a document by its model and its number, and show its name to whoever
    fills in one: a to-do, a message, a rating, a preview. And what cannot be deleted since one of
    our documents names it: Odoo says which kind of document that is, or the name of a table, to
    people who may not know."""

    _inherit = "base"

    def onchange(self, values, field_names, fields_spec):
        """:raise AccessError: a document of ours is named that the user does not read"""
        if not self.env.su:
            self._check_backbone_places(values)
        return super().onchange(values, field_names, fields_spec)

    def _check_backbone_places(self, values):
        """:raise AccessError: see `onchange`"""
        if not (places := self._get_backbone_places()):
            return
        names = {name for place in places for name in place if name}
        if not self:
            # a form begins with what its defaults say
            values = {**self.default_get([*(names - values.keys())]), **values}
        for model_field, id_field in places:
            if model_field is None:
                if isinstance(value := values.get(id_field), str) and "," in value:
                    name, _comma, number = value.partition(",")
                    self._check_backbone_place({name}, {number})
            elif names & values.keys():
                self._check_backbone_place(
                    self._find_backbone_values(model_field, values),
                    self._find_backbone_values(id_field, values),
                )

    def _check_backbone_place(self, model_names, numbers):
        ids = [int(number) for number in numbers if str(number).isdecimal()]
        for name in model_names if any(ids) else ():
            check_readable(self.env, name, [number for number in ids if number])

    def _find_backbone_values(self, name, values):
        """What the field may be: what was sent, what it is computed from, and what it was."""
        field = self._fields[name]
        found = {values[name]} if isinstance(values.get(name), (str, int)) else set()
        head, _dot, tail = (field.related or "").partition(".")
        if tail == "model" and isinstance(number := values.get(head), int):
            # sudo: the name of a model
            found.add(self.env[self._fields[head].comodel_name].sudo().browse(number).model)
        if name not in values and self._origin:
            found.update(self._origin.mapped(name))
        return found - {False, None}

    @tools.ormcache()
    def _get_backbone_places(self):
        """[(the field that names a model or None, the field that names a record)]"""
        fields = self._fields
        places = {
            (field.model_field, name)
            for name, field in fields.items()
            if field.type == "many2one_reference"
        }
        places |= {place for place in PLACES if place[0] in fields and place[1] in fields}
        places |= {(None, name) for name, field in fields.items() if field.type == "reference"}
        return places

    @api.model
    def _sql_error_to_message_generic(self, exc):
        if isinstance(exc, errors.ForeignKeyViolation) and "hr_backbone_" in exc.diag.table_name:
            return self.env._(
                "This is in use, or does not exist any more. What is in use cannot be deleted: "
                "archive it instead."
            )
        return super()._sql_error_to_message_generic(exc)
