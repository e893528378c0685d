# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import re
from collections import Counter, defaultdict

from odoo import api, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL, OrderedSet, format_list

from . import front_door
from .public import LARGEST_ID
from .scores import Blank

# the commands of an x2many field that name a row by its id
BY_ID = (Command.UPDATE, Command.DELETE, Command.UNLINK, Command.LINK)
# rows of these models are asked for as the user reads them
ROWS = ("hr.backbone.", "mail.activity")
# a unique index of plain columns that holds for all rows
COLUMNS = re.compile(r"UNIQUE INDEX \((\w+(?:, \w+)*)\)")
COLLECTION_TYPES = (list, tuple, set, frozenset, OrderedSet)


class HrBackboneNamedMixin(models.AbstractModel):
    """What a client names by its id, and what it may not fill in at all.

    Odoo lets a client put any id into a field: `onchange` computes from it as superuser, and
    so does a saved record. Here each id that a client sends, or that a default gives it, is
    one that the user may read, or one that is in the record already, or one that the model
    offers (`_get_offered_domain`). What is stored and computed is written by nobody.

    Every model that people create or write has this mixin, whose `create` and `write` also use
    up the permits of `front_door.py`.
    """

    _name = "hr.backbone.named.mixin"
    _description = "Backbone Names by Id"

    # the fields that are guarded; None: all. For a model of Odoo's: those that we add to it
    _guarded_fields = None
    # what a record is known by, and what decides in which company it is: it stays as saved
    _kept_fields = ()

    # -- the doors -----------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """:raise AccessError: a default names a record that the user may not read"""
        defaults = super().default_get(fields)
        if not any(self._is_guarded(name) for name in defaults):
            return defaults
        for name in self._get_computed_names(defaults):
            # a key of the client's context takes the place of no computation
            del defaults[name]
        # what the model itself gives needs no check; a person's own defaults are in the second
        sent = {
            *(name.removeprefix("default_") for name in self.env.context),
            *self.env["ir.default"]._get_model_defaults(self._name),
        }
        # not as the system, which may be filling in what the user does not read
        self.sudo(False)._check_named([{k: v for k, v in defaults.items() if k in sent}], deep=True)
        return defaults

    def onchange(self, values, field_names, fields_spec):
        """What is settled on a saved record is not changed in its form either: what a user is
        shown depends on it.

        :raise AccessError: a value names a record that the user may not read
        """
        values, refused = dict(values), []
        if self and not self.env.su:
            self.check_access("write")
            forms = self._get_parent_forms(values)
            values, asked = {**self._drop_settled(values), **forms}, field_names
            field_names = [name for name in asked if name in values or name not in self._fields]
            if asked and not field_names:
                return {"value": {}}
        for records, name, vals in self._find_refused([values], deep=True):
            if records._fields[name].compute and records._fields[name].readonly:
                # a form sends back what was computed for it; it is computed anew
                vals.pop(name, None)
                field_names = [n for n in field_names if vals is not values or n != name]
            else:
                refused.append((records, name))
        self._raise_refused(refused)
        return super().onchange(values, field_names, fields_spec)

    @api.model_create_multi
    def create(self, vals_list):
        """:raise AccessError: a value names a record that the user may not read
        :raise UserError: a value is computed"""
        permitted = front_door.get_permitted_create(self, vals_list)
        # an empty value for what is computed is what a copy sends
        self._check_sent(vals_list, permitted, lambda vals: {k for k in vals if vals[k]})
        if permitted:
            front_door.use_create(vals_list)
        elif not self.env.su:
            self._check_once(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """:raise AccessError: a value names a record that the user may not read
        :raise UserError: a value is computed"""
        permitted = front_door.get_permitted_write(self, vals)
        self._check_sent([vals], permitted, set)
        if not self.env.su:
            self._check_kept([name for name in self._kept_fields if name in vals], vals, permitted)
        front_door.use_write(self, permitted)
        return super().write(vals)

    @api.model
    def _get_view_field_attributes(self):
        # the boxes of scores ask for it: `static/src/backend/score.js`
        return [*super()._get_view_field_attributes(), "may_be_blank"]

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        # whoever asks for the best first does not ask for those without a score
        if direction.code == "DESC" and isinstance(self._fields.get(field_name), Blank):
            nulls = nulls or SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    # -- what is there once --------------------------------------------------------------

    @api.model
    def _check_once(self, vals_list):
        """What the database takes only once is refused in words, whether it repeats a row of
        the same list or one that there is: and the words say which one.

        :raise UserError: names what is there already
        """
        # who may make none is told that, and not what there is
        self.browse().check_access("create")
        for index, names in self._get_unique_names().items():
            keys = [tuple(vals.get(name) for name in names) for vals in vals_list]
            keys = [key for key in keys if all(type(value) is int for value in key)]
            twice = [key for key, count in Counter(keys).items() if count > 1]
            if not twice and keys:
                columns = zip(names, map(list, zip(*keys, strict=True)), strict=False)
                rows = self.with_context(active_test=False)
                found = rows.search_fetch(Domain.AND(Domain(n, "in", ids) for n, ids in columns))
                known = {
                    tuple(row._fields[n].convert_to_write(row[n], row) for n in names)
                    for row in found
                }
                twice = [key for key in keys if key in known]
            if twice:
                self._refuse_twice(index, names[-1], twice[0][-1])

    @api.model
    def _refuse_twice(self, index, name, value):
        """
        :param str index: the index, as the model names it
        :param str name: its last column, which tells the rows of one document apart
        """
        # sudo: the sentence, translated, and the name of what the user named, and was allowed to
        system = self.sudo()
        found = system.env["ir.model.constraint"].search_fetch(
            [("name", "=", index), ("model.model", "=", self._name)], ["message"], limit=1
        )
        sentence = found.message or self._table_objects[index].get_error_message(self)
        if not (field := self._fields[name]).relational:
            raise UserError(sentence)
        document = system.env[field.comodel_name].browse(value).display_name
        raise UserError(
            self.env._("%(documents)s: %(sentence)s", documents=f"“{document}”", sentence=sentence)
        )

    @tools.ormcache()
    @api.model
    def _get_unique_names(self):
        """{unique index: its columns}, of those that hold for all rows and are plain columns"""
        matches = {
            name: COLUMNS.fullmatch(index.get_definition(self.pool))
            for name, index in self._table_objects.items()
            if isinstance(index, models.UniqueIndex)
        }
        return {name: tuple(match[1].split(", ")) for name, match in matches.items() if match}

    def _search(self, domain, *args, **kwargs):
        """Whether a document has rows is asked of the rows that the user reads: Odoo looks at all
        for “is set”, and for a number.

        :raise AccessError: by a field that the user does not read; Odoo asks for stored ones"""
        if not (self.env.su or kwargs.get("bypass_access")):
            domain = Domain(domain).map_conditions(self._ask_readable_rows)
        return super()._search(domain, *args, **kwargs)

    def _ask_readable_rows(self, condition):
        if first := self._fields.get(condition.field_expr.partition(".")[0]):
            self._check_field_access(first, "read")
        field = self._fields.get(condition.field_expr)
        operator, value = condition.operator, condition.value
        if (
            field is None
            or field.type not in ("one2many", "many2many")
            or not field.comodel_name.startswith(ROWS)
            or operator not in ("=", "!=", "in", "not in")
        ):
            return condition
        ids = value if isinstance(value, COLLECTION_TYPES) else [value]
        if not all(isinstance(number, int) or number is None for number in ids):
            return condition
        rows = Domain("id", "in", [number for number in ids if number])
        asked = Domain(field.name, "any", rows)
        if not all(ids):
            asked |= Domain(field.name, "not any", Domain("id", ">", 0))
        return asked if operator in ("=", "in") else ~asked

    @api.model
    def _drop_settled(self, values):
        """The values of a form without what stays as it is stored: what no client writes, or not
        any more. Its rows likewise."""
        kept = {name: value for name, value in values.items() if not self._is_settled(name)}
        for name, value in kept.items():
            field = self._fields.get(name)
            if field is None or field.type not in ("one2many", "many2many") or not value:
                continue
            rows = self.env[field.comodel_name]
            if isinstance(rows, HrBackboneNamedMixin) and isinstance(value, (list, tuple)):
                kept[name] = [rows._drop_settled_of_row(command) for command in value]
        return kept

    def _get_parent_forms(self, values):
        """The form in which this record is a row, with the other rows as they are typed there:
        that of its own document, and of no other one.

        :return: {the field that names the document: the values of its form}
        """
        forms = {}
        for name, value in values.items():
            field = self._fields.get(name)
            if field is None or field.type != "many2one" or not isinstance(value, dict):
                continue
            document = self.env[field.comodel_name]
            if value.get("id") == self[name].id and isinstance(document, HrBackboneNamedMixin):
                forms[name] = document._drop_settled(value)
        return forms

    @api.model
    def _drop_settled_of_row(self, command):
        match command:
            case [Command.UPDATE, row_id, dict() as vals]:
                return (Command.UPDATE, row_id, self._drop_settled(vals))
        return command

    @api.model
    def _is_settled(self, name):
        field = self._fields.get(name)
        if field is None or name == "id" or not self._is_guarded(name):
            return False
        return name in self._kept_fields or (field.store and field.readonly and not field.compute)

    # -- what is asked there -------------------------------------------------------------

    def _check_sent(self, vals_list, permitted, get_filled):
        """What a client sent to `create` or `write`, save what the procedure itself writes.

        :param get_filled: the names of the values that must not be computed ones
        """
        if self.env.su:
            return
        sent = [{k: v for k, v in vals.items() if k not in permitted} for vals in vals_list]
        if computed := self._get_computed_names(set().union(*map(get_filled, sent))):
            self._refuse_direct_write(computed)
        self._check_named(sent)

    def _check_kept(self, names, vals, permitted):
        for name in names:
            field = self._fields[name]
            # sudo: compares what is stored with what was sent
            stored = {field.convert_to_cache(row[name], row) or None for row in self.sudo()}
            sent = field.convert_to_cache(vals[name], self[:1]) or None
            if name not in permitted and stored - {sent}:
                raise UserError(
                    self.env._(
                        "“%s” cannot be changed any more. Please make a new one instead.",
                        field._description_string(self.env),
                    )
                )

    @api.model
    def _get_computed_names(self, names):
        """Those of `names` that are stored, and that nothing but their computation writes."""
        return [
            name
            for name in names
            if (field := self._fields.get(name)) and self._is_guarded(name)
            if field.compute and field.store and field.readonly and not field.inverse
        ]

    @api.model
    def _is_guarded(self, name):
        return self._guarded_fields is None or name in self._guarded_fields

    @api.model
    def _refuse_direct_write(self, names):
        labels = [self._fields[name]._description_string(self.env) for name in names]
        raise UserError(
            self.env._(
                "“%s” cannot be changed directly: it follows from the steps of the "
                "procedure. Use the buttons of the document.",
                format_list(self.env, labels),
            )
        )

    # -- what is named -------------------------------------------------------------------

    def _check_named(self, vals_list, deep=False):
        """Each record that `vals_list` names is one that the user may name.

        :param bool deep: look into the rows of x2many fields too, which `create` and `write`
            leave to those rows
        :raise AccessError: for one that the user may not read, or that does not exist
        """
        if not self.env.su:
            self._raise_refused([row[:2] for row in self._find_refused(vals_list, deep)])

    def _find_refused(self, vals_list, deep):
        """What names a record that the user may not name: one query for each model, however
        many are named.

        :return: [(records, field, the values that it is in)]
        """
        named = defaultdict(lambda: defaultdict(list))
        for vals in vals_list if not self.env.su else ():
            sent = [name for name in vals if self._is_guarded(name)]
            _collect(self, sent, vals, named, deep)
        refused = []
        for model_name, places in named.items():
            offered = {}
            for number in set(places) - self._find_readable(model_name, set(places)):
                for records, name, vals in places[number]:
                    if (records, name) not in offered:
                        offered[records, name] = _find_offered(records, name, set(places))
                    known = number in offered[records, name]
                    if not known and not _names_already(records, name, number):
                        refused.append((records, name, vals))
        return refused

    @api.model
    def _raise_refused(self, refused):
        """:param refused: [(records, field)]"""
        for records, name in refused[:1]:
            raise AccessError(
                self.env._(
                    "You cannot choose this for “%s”: it does not exist, or you are not allowed "
                    "to see it. Please choose one that you find in the list.",
                    records._fields[name]._description_string(self.env),
                )
            )

    @api.model
    def _find_readable(self, model_name, ids):
        """Which of these ids the user reads, archived ones among them."""
        if model_name == "res.users" and ids == {self.env.uid}:
            return ids
        if model_name == "res.company" and ids <= set(self.env.companies.ids):
            return ids
        model = self.env[model_name].with_context(active_test=False)
        try:
            return set(model._search([("id", "in", _storable(ids))]))
        except AccessError:
            # none of them, and no list of which
            return set()

    @api.model
    def _get_offered_domain(self, name):
        """Whom or what the user may name in the field `name` without reading it, since a page
        of ours offers it by its name. For the models to extend.

        :return: `Domain`, in terms of the field's model
        """
        return Domain.FALSE


# -- what values name, of whatever model they are ----------------------------------------


def _collect(records, names, vals, named, deep):
    """Put into `named` what `vals`, sent for `records`, name by an id.

    :param names: the fields that are looked at
    :param dict named: {model: {id: [(records, field, the values that it is in)]}}
    :param bool deep: and what the rows name that are in them
    """
    for name in names:
        field, value = records._fields.get(name), vals[name]
        if not value or field is None:
            continue
        if field.type == "many2one_reference":
            model_name = vals.get(field.model_field) or records[:1][field.model_field]
            if isinstance(model_name, str) and model_name in records.env:
                for number in _as_ids(value):
                    named[model_name][number].append((records, name, vals))
        elif field.relational:
            places, rows = named[field.comodel_name], records.env[field.comodel_name]
            for value_id, vals_of_row in _parse(field, value):
                for number in _as_ids(value_id):
                    places[number].append((records, name, vals))
                if deep and isinstance(vals_of_row, dict):
                    row = rows.browse(_as_ids(value_id))
                    _collect(row, list(vals_of_row), vals_of_row, named, deep)


def _as_ids(number):
    """One id, or none where a client sent something else."""
    return (int(number),) if isinstance(number, int) and number else ()


def _storable(numbers):
    return [number for number in numbers if number <= LARGEST_ID]


def _parse(field, value):
    """The parts of a relational value, in each form that `onchange` and `write` take.

    :return: [(id or something that is none, values of the row or None)]
    """
    if isinstance(value, models.BaseModel):
        return [(number, None) for number in value._ids]
    if field.type == "many2one":
        if isinstance(value, dict):
            return [(value.get("id"), value)]
        return [(value[0] if isinstance(value, (list, tuple)) and value else value, None)]
    parts = []
    for part in value if isinstance(value, (list, tuple)) else ():
        if isinstance(part, dict):
            parts.append((part.get("id"), part))
        elif not isinstance(part, (list, tuple)):
            parts.append((part, None))
        elif len(part) > 2 and part[0] == Command.SET:
            parts += [(number, None) for number in part[2] or ()]
        elif len(part) > 1 and part[0] in BY_ID:
            parts.append((part[1], part[2] if part[0] == Command.UPDATE and part[2:] else None))
        elif len(part) > 2 and part[0] == Command.CREATE:
            parts.append((None, part[2]))
    return parts


def _names_already(records, name, number):
    """Whether `number` is in the field of each of the saved records, as its user reads."""
    field = records._fields[name]
    if not any(records._ids) or not records._has_field_access(field, "read"):
        return False
    # sudo: compares what is stored with what was sent; writing asks for the right to
    stored = records.sudo().exists()
    if field.type == "many2one_reference":
        return all(record[name] == number for record in stored)
    return all(number in record[name]._ids for record in stored)


def _find_offered(records, name, numbers):
    """Those of `numbers` that the model itself offers in the field."""
    field = records._fields[name]
    if not field.relational or not isinstance(records, HrBackboneNamedMixin):
        return set()
    domain = records._get_offered_domain(name)
    if domain.is_false():
        return set()
    # sudo: the domain is the check
    model = records.env[field.comodel_name].sudo().with_context(active_test=False)
    return set(model._search(domain & Domain("id", "in", _storable(numbers))))
