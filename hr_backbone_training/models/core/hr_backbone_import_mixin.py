# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import math

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_list

from .scores import Blank, is_blank

# in these a document is out of the way of another one of its kind
GONE = {"refused", "withdrawn", "cancelled"}


class RowsFailed(Exception):
    """Several rows at once have failed: Odoo then loads them one by one, so that each bad
    row is named with its own reason. (A UserError would be told of the first row too.)"""


class HrBackboneImportMixin(models.AbstractModel):
    """Documents that HR has in a list come in through Odoo's own import, as what HR would
    type: the rules of the document hold, and a list with one bad row leaves nothing.

    A document gives the tuples below, a template in `static/xls` that is called like
    the model, and what else it asks of a row in `_check_row` and `_check_imported`."""

    _name = "hr.backbone.import.mixin"
    _description = "Backbone Documents from a List"

    # the columns in which a name has to mean exactly one record
    _import_named = ()
    # the columns that a new row has to fill
    _import_required = ()
    # the columns whose empty cells are filled in as in the form
    _import_filled = ()
    # rows that agree in all of these are the same one twice; the first is never empty
    _import_key = ()

    @api.model
    def get_import_templates(self):
        """Odoo's import screen offers the template for a list of these documents."""
        return [
            {
                "label": self.env._(
                    "Import Template: %s", self.env["ir.model"]._get(self._name).name
                ),
                "template": f"/hr_backbone_training/static/xls/{self._name.replace('.', '_')}.xlsx",
            }
        ]

    @api.model
    def load(self, fields, data):
        """As Odoo's, but a name that two records share is an error, not a warning, since
        nobody is to be taken by mistake; and a row with a wrong cell is told of the cell
        alone, not also of what follows from it."""
        with self.env.cr.savepoint() as savepoint:
            result = super().load(fields, self._keep_zeros(fields, data))
            doubtful = [
                message
                for message in result["messages"]
                if message["type"] == "warning" and message.get("field") in self._import_named
            ]
            for message in doubtful:
                hint = self.env._("Give the External ID instead of the name.")
                message.update(type="error", message=f"{message['message']}. {hint}")
            if doubtful:
                savepoint.rollback()
                result["ids"] = False
        messages = result["messages"]
        told = {message.get("record") for message in messages if message.get("field")}
        result["messages"] = self._name_rows(
            [
                message
                for message in messages
                if message.get("field") or message.get("record") not in told
            ]
        )
        return result

    @api.model
    def _keep_zeros(self, fields, data):
        """Odoo takes a zero that a program sends as a number for an empty cell; a score is none.

        :return: the rows, with such a zero as a text
        """
        if not (isinstance(fields, list) and all(isinstance(name, str) for name in fields)):
            return data
        scores = {i for i, name in enumerate(fields) if isinstance(self._fields.get(name), Blank)}
        if not scores or not (
            isinstance(data, list) and all(isinstance(row, list) for row in data)
        ):
            return data
        return [
            [
                "0" if place in scores and cell == 0 and not is_blank(cell) else cell
                for place, cell in enumerate(row)
            ]
            for row in data
        ]

    @api.model
    def _name_rows(self, messages):
        """Each row is named, the first one below the headers as 1: so Odoo's screen counts
        the wrong cells, but other bad rows from 0, and none of those that share a sentence.

        :return: the messages, one for each sentence about whole rows
        """
        if not self.env.context.get("import_file"):
            return messages
        result, rows = [], {}
        for message in messages:
            if message.get("field") or "record" not in message or "rows" not in message:
                result.append(message)
                continue
            row = message["rows"]["from"] + 1
            if message["message"] not in rows:
                result.append(message)
                message["record"] = row
            rows.setdefault(message["message"], []).append(str(row))
        for message in result:
            if len(found := rows.get(message["message"], ())) > 1:
                message["message"] = self.env._(
                    "%(message)s (Rows: %(rows)s)",
                    message=message["message"],
                    rows=format_list(self.env, found),
                )
        return result

    @api.model
    def _load_records(self, data_list, update=False):
        importing = self.env.context.get("import_file")
        try:
            if importing:
                self._check_rows(data_list)
            records = super()._load_records(data_list, update)
            if importing:
                records._check_imported()
        except UserError as error:
            if len(data_list) > 1:
                raise RowsFailed from error
            raise
        return records

    # -- before anything is stored -------------------------------------------------------

    @api.model
    def _check_rows(self, data_list):
        """What the database would refuse, in words.

        :raise UserError: names the cell that is missing or wrong
        """
        for row in data_list:
            values = row["values"]
            self._check_numbers(values)
            # with an id it may be an update of some columns
            self._check_row(values, new=not (row.get("xml_id") or values.get("id")))

    @api.model
    def _check_row(self, values, new):
        """One row, and the place to complete it.

        :param dict values: what is about to be stored
        :param bool new: whether the row makes a document
        :raise UserError: names the cell that is missing or wrong
        """
        for name in self._import_required if new else ():
            value = values.get(name)
            if value is None or value is False or (isinstance(value, str) and not value.strip()):
                raise UserError(self.env._("“%s” is missing.", self._get_import_label(name)))
        for name in self._import_filled if new else ():
            if not values.get(name):
                values.pop(name, None)

    @api.model
    def _check_numbers(self, vals):
        """Words, NaN or infinity in the place of a number are answered with a sentence.

        :raise UserError: names the field
        """
        for name, value in vals.items():
            field = self._fields.get(name)
            if not field or field.type not in ("float", "monetary"):
                continue
            try:
                finite = math.isfinite(float(value or 0))
            except (TypeError, ValueError):
                finite = False
            if not finite:
                raise UserError(self.env._("“%s” is not a number.", self._get_import_label(name)))

    @api.model
    def _get_import_label(self, name):
        return self._fields[name]._description_string(self.env)

    # -- before the list is accepted -----------------------------------------------------

    def _check_imported(self):
        """What nobody would notice in a long list: here, the same one twice.

        :raise UserError: one sentence for the row
        """
        if not self._import_key:
            return
        first = {}
        for record in self.search(self._get_import_domain(), order="id"):
            first.setdefault(record._get_import_key(), record)
        for record in self:
            if first.get(record._get_import_key(), record) != record:
                raise UserError(record._get_twice_sentence())

    def _get_import_domain(self):
        """Which documents the rows may repeat: those with the same first part of the key."""
        name = self._import_key[0]
        field = self._fields[name]
        values = self[name].ids if field.relational else self.mapped(name)
        domain = Domain(name, "in", values)
        if state := self._fields.get("state"):
            domain &= Domain("state", "not in", [*GONE & set(state.get_values(self.env))])
        return domain

    def _get_import_key(self):
        self.ensure_one()
        values = [self[name] for name in self._import_key]
        return tuple(value.casefold() if isinstance(value, str) else value for value in values)

    def _get_twice_sentence(self):
        """What the second one is answered with."""
        self.ensure_one()
        return self.env._("“%s” is a duplicate, in the file or in the database.", self.display_name)
