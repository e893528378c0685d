# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Fields for what people type: each has a length, which the page says beside it and which holds
over every interface. What is longer already stays readable, and may be made shorter."""

from lxml import html as lxml_html
from lxml.etree import ParserError
from markupsafe import Markup

from odoo import fields

from ...tools.addresses import is_own, strip_addresses
from .public import LONGEST, FieldError, say_too_long
from .readers import say_readers

# a line: a name, a place
LINE = 250
# so many bytes for each character, with tags and pictures, of a text with formats
BYTES = 10
# without one of these, nothing in it is fetched
SIGNS = ("src", "url", "background", "poster", "data", "href", "style")


def _is_checked(field, record, validate):
    """What the procedure writes itself, as superuser, and what is computed, nobody has typed."""
    return validate and not record.env.su and not (field.compute and field.readonly)


def _get_longest(field, records, measure):
    """How long the text is that the records have already: the shortest of theirs."""
    stored = records._origin
    return min((measure(text or "") for text in stored.mapped(field.name)), default=0)


def _check(field, records, length, measure):
    """
    :param int length: of the new text
    :raise FieldError: it is too long, and no shorter than what is stored
    """
    if length > field.limit and length > _get_longest(field, records, measure):
        env = records.env
        label = field._description_string(env)
        raise FieldError(say_too_long(env, label, length, field.limit), field.name)


def _say_help(field, env, help_text):
    """The help of the field, and who reads what is typed there."""
    names = field.readers or getattr(env[field.model_name], "_readers", ())
    if field.readonly or not names:
        return help_text
    readers = env._("Read by: %s.", say_readers(env, names))
    return f"{help_text} {readers}" if help_text else readers


def _check_letters(field, record, value, validate):
    """:raise FieldError: half a letter, or none at all, which no database keeps"""
    if not validate or not isinstance(value, str) or value.isascii() and "\x00" not in value:
        return
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        label = field._description_string(record.env)
        sentence = record.env._(
            "“%s” has letters that cannot be stored. Please type it anew.", label
        )
        raise FieldError(sentence, field.name)


class _Read:
    """Says beside the field who reads what is typed there, and how long it may be."""

    readers = ()
    # the name by which Odoo's own widgets know it; `size` itself would cut off what is longer,
    # without a word
    _description_size = property(lambda field: field.limit)

    def _description_help(self, env):
        return _say_help(self, env, self._get_hint(env))

    def _get_hint(self, env):
        """The help without the readers, where the page says them."""
        return fields.Field._description_help(self, env)


class _Plain(_Read):
    """A text without formats."""

    def convert_to_cache(self, value, record, validate=True):
        _check_letters(self, record, value, validate)
        value = super().convert_to_cache(value, record, validate)
        if value and len(value) > self.limit and _is_checked(self, record, validate):
            _check(self, record, len(value), len)
        return value


class Text(_Plain, fields.Text):
    """:param int limit: so many characters
    :param readers: who reads it, where others read it than `_readers` of the model says
    """

    limit = LONGEST


class Char(_Plain, fields.Char):
    """:param int limit: so many characters"""

    limit = LINE


class Html(_Read, fields.Html):
    """:param int limit: so many characters to read, and ten times so many bytes in all"""

    limit = LONGEST

    def _convert(self, value, record, validate):
        _check_letters(self, record, value, validate)
        if value and _is_checked(self, record, validate):
            self._check_bytes(value, record)
        value = super()._convert(value, record, validate)
        if value and validate:
            value = strip_html(value)
        if value and len(value) > self.limit and _is_checked(self, record, validate):
            _check(self, record, measure_html(value), measure_html)
        return value

    def _check_bytes(self, value, record):
        size, most = measure_bytes(value), BYTES * self.limit
        if size > most and size > _get_longest(self, record, measure_bytes):
            raise FieldError(
                record.env._(
                    "“%(label)s” takes %(size)s kB with its formats and pictures, and at most "
                    "%(limit)s kB are allowed. Please attach pictures as files instead.",
                    label=self._description_string(record.env),
                    size=f"{-(-size // 1000):,}",
                    limit=f"{most // 1000:,}",
                ),
                self.name,
            )


def strip_html(value):
    """Without what would be fetched from elsewhere by whoever reads or prints it."""
    if not any(sign in value.lower() for sign in SIGNS):
        return value
    root = lxml_html.fragment_fromstring(str(value), create_parent="div")
    strip_addresses(root, is_own)
    inner = lxml_html.tostring(root, encoding="unicode")
    return Markup(inner.partition(">")[2].rpartition("<")[0])


def measure_html(value):
    """How many characters there are to read."""
    try:
        return len(lxml_html.fromstring(str(value)).text_content().strip())
    except ParserError:  # nothing but white space or comments
        return 0


def measure_bytes(value):
    return len(str(value).encode(errors="replace"))
