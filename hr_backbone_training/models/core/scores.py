# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Fields for what people score: zero that was given, and nothing that was given, are two things.

Nothing is NULL in the database, `False` in a record and over every interface, an empty box on a
page and an empty cell of a list. SQL means leave it out by themselves, and so do lists, pivots and
graphs. Ask `record.score is False`, never `not record.score`: zero is no more than a low score.
"""

from odoo import fields


def is_blank(value):
    """Whether nothing was given. (`False == 0` in Python: only the thing itself tells them apart.)

    :param value: of a field, of what a client sent, or of a cell of a list
    """
    return value is None or value is False or value == ""


def is_whole(value):
    """Whether a number of a client, or what is no number, keeps its value in whole points."""
    return not isinstance(value, float) or value.is_integer()


def get_mean(values):
    """The mean of what was given.

    :param values: numbers, with blanks among them
    :return: a float; False where nothing was given
    """
    given = [value for value in values if not is_blank(value)]
    return sum(given) / len(given) if given else False


class Blank:
    """A number that may be none at all. A search for `= 0` finds zeros, one for `= False` blanks,
    and one for `< 60` or `>= 0` finds numbers only.

    A domain with both 0 and False in one list, or in two conditions joined by “or”, finds the first
    alone, since Python takes them for one: write `<= 0` beside `= False`."""

    # Odoo would take a blank for zero when it searches, filters and sorts
    falsy_value = None
    aggregator = "avg"
    # the client empties the box instead of typing a zero: `static/src/backend/score.js`
    _description_may_be_blank = True

    def convert_to_cache(self, value, record, validate=True):
        return None if is_blank(value) else super().convert_to_cache(value, record, validate)

    def convert_to_column(self, value, record, values=None, validate=True):
        return (
            None if is_blank(value) else super().convert_to_column(value, record, values, validate)
        )

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return "" if is_blank(value) else value

    def filter_function(self, records, field_expr, operator, value):
        if operator != "in":
            return super().filter_function(records, field_expr, operator, value)
        get_value = self.expression_getter(field_expr)
        blank = any(map(is_blank, value))
        numbers = {number for number in value if not is_blank(number)}

        def is_among(record):
            found = get_value(record)
            return blank if is_blank(found) else found in numbers

        return is_among


class Score(Blank, fields.Float):
    """A score, or the mean of some: 0.0 where zero was given, False where nothing was."""


class WholeScore(Blank, fields.Integer):
    """As `Score`, in whole points."""
