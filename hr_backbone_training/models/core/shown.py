# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What a page shows of a document beyond what its reader reads: plain values, each by its name."""

from odoo import models


class Shown:
    """Plain values of one document: `shown.employee_id.name`, where that was asked for. There is
    no record behind it that a template could follow further.

    :param record: the document, as superuser
    :param paths: names of fields, with a dot for what a relation leads to
    """

    def __init__(self, record, paths):
        self._there = bool(record)
        tails = {}
        for path in paths:
            head, _dot, tail = path.partition(".")
            tails.setdefault(head, []).extend(filter(None, [tail]))
        for head, below in tails.items():
            value = record[head]
            if record._fields[head].type in ("one2many", "many2many"):
                value = [Shown(row, below) for row in value]
            elif isinstance(value, models.BaseModel):
                value = Shown(value, below)
            setattr(self, head, value)

    def __bool__(self):
        return self._there


def show_each(records, *paths):
    """Plain values of each of these, by the names of their fields.

    :return: {record: Shown}, in their order
    :raise AccessError: the user does not read one of them
    """
    records.check_access("read")
    # sudo: the check is above; these are shown by name, and nothing else of the records
    return {
        record: Shown(found, paths) for record, found in zip(records, records.sudo(), strict=True)
    }


def show_rows(records, *paths):
    """The same as a list, to choose from: `id` is one of the names."""
    return list(show_each(records, *paths).values())


def show(record, *paths):
    """Plain values of one document, or of none.

    :raise AccessError: the user does not read it
    """
    return show_each(record, *paths).get(record) or Shown(record, paths)
