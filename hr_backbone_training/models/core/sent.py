# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What a client sends to `create` and `write` is of the kind of its field before anything of ours
looks at it; what is not gets a sentence, over every interface. `guards.py` puts this before all
overrides."""

import math

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .public import LARGEST_ID, YEARS, FieldError, is_id

# more is no amount of anything
LARGEST_NUMBER = 10**15
NUMBERS = ("integer", "float", "monetary")
TEXTS = ("char", "text", "html", "reference")
ROWS = ("one2many", "many2many")


def clean_vals_list(model, vals_list):
    """
    :param vals_list: whatever was sent to `create`
    :return: the same values, numbers as numbers and lists of ids as commands
    :raise UserError: something else than values by name
    :raise FieldError: one of them is not of the kind of its field
    """
    if model.env.su:
        return vals_list
    if not isinstance(vals_list, list | tuple):
        _refuse_vals(model)
    return [clean_vals(model, vals) for vals in vals_list]


def clean_vals(model, vals, writing=False):
    """As `clean_vals_list`, for one record.

    :param bool writing: what is required may not be emptied; a new record asks for it itself
    """
    if model.env.su:
        return vals
    if not isinstance(vals, dict):
        _refuse_vals(model)
    cleaned = dict(vals)
    for name, value in vals.items():
        if (field := model._fields.get(name)) is None:
            continue
        if value is None or value is False or value == "":
            if writing and _must_be_filled(field):
                _refuse(field, model.env._("“%s” is missing.", _label(model, field)))
            if value == "" and field.type in ROWS:
                # for rows Odoo takes no empty text
                cleaned[name] = False
            continue
        cleaned[name] = _clean(model, field, value)
    return cleaned


def _must_be_filled(field):
    empty = ("boolean", *NUMBERS, *ROWS)
    # what is read-only is refused for itself
    return field.required and not (field.compute or field.readonly) and field.type not in empty


def _clean(model, field, value):
    """:param value: which is something"""
    if field.type in NUMBERS:
        return _clean_number(model, field, value)
    if field.type in TEXTS:
        # what is translated may come in several languages
        fits = isinstance(value, str) or (field.translate and isinstance(value, dict))
        return value if fits else _refuse_text(model, field)
    if field.type in ("date", "datetime"):
        return _clean_day(model, field, value)
    if field.type in ROWS:
        return _clean_rows(model, field, value)
    if field.type in ("many2one", "many2one_reference"):
        return _clean_record(model, field, value)
    if field.type == "selection":
        return _clean_choice(model, field, value)
    if field.type == "boolean" and not isinstance(value, int | float | str):
        label = _label(model, field)
        _refuse(field, model.env._("“%s” is either yes or no.", label))
    if field.type == "binary" and isinstance(value, int | float | list | tuple | dict):
        _refuse_text(model, field)
    return value


def _clean_number(model, field, value):
    try:
        if isinstance(value, bool):
            raise TypeError
        if isinstance(value, str):
            value = int(value) if field.type == "integer" else float(value)
        if not math.isfinite(value):
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        _refuse(field, model.env._("“%s” is not a number.", _label(model, field)))
    if abs(value) > (LARGEST_ID if field.type == "integer" else LARGEST_NUMBER):
        _refuse(field, model.env._("“%s” is too large a number.", _label(model, field)))
    return value


def _clean_day(model, field, value):
    to_value = fields.Date.to_date if field.type == "date" else fields.Datetime.to_datetime
    try:
        day = to_value(value)
    except (TypeError, ValueError, KeyError, AttributeError):
        day = None
    label = _label(model, field)
    if day is None:
        _refuse(field, model.env._("“%s” must be a date, like 2026-12-31.", label))
    if day.year not in YEARS:
        _refuse(field, model.env._("“%s”: please check the year.", label))
    return value


def _clean_choice(model, field, value):
    if value not in field.get_values(model.env):
        label = _label(model, field)
        _refuse(field, model.env._("“%s” must be one of its choices.", label))
    return value


def _clean_record(model, field, value):
    # with its name, as it was read
    number = value[0] if isinstance(value, tuple) and value else value
    if not (is_id(number) or isinstance(value, models.BaseModel)):
        label = _label(model, field)
        sentence = model.env._("“%s” must be the number of a record that you can see.", label)
        _refuse(field, sentence)
    return value


def _clean_rows(model, field, value):
    if isinstance(value, models.BaseModel):
        return value
    if isinstance(value, list | tuple):
        if value and all(map(is_id, value)):
            return [Command.set(list(value))]
        if all(map(_is_command, value)):
            return value
    label = _label(model, field)
    _refuse(field, model.env._("“%s” must be a list of records that you can see.", label))


def _is_command(value):
    if not isinstance(value, list | tuple):
        return False
    match list(value):
        case [Command.CREATE, _virtual_id, dict()]:
            return True
        case [Command.UPDATE, number, dict()]:
            return is_id(number)
        case [Command.DELETE | Command.UNLINK | Command.LINK, number, *_rest]:
            return is_id(number)
        case [Command.CLEAR, *_rest]:
            return True
        case [Command.SET, _nothing, list() | tuple() as numbers]:
            return all(map(is_id, numbers))
    return False


def _label(model, field):
    return field._description_string(model.env)


def _refuse_text(model, field):
    _refuse(field, model.env._("“%s” must be a text.", _label(model, field)))


def _refuse(field, sentence):
    raise FieldError(sentence, field.name)


def _refuse_vals(model):
    raise UserError(model.env._("Send the values by the names of their fields."))
