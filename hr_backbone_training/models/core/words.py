# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""How words are put together for a reader: what is in brackets or follows a label has the
punctuation of the reader's language. For lists, Odoo has `format_list`. And in which language what
is written down by the system is kept."""

from odoo.tools import get_lang


def say_label(env, label):
    """ "A:", before what it is the label of."""
    return env._("%(label)s:", label=label)


def add_zone(env, when, zone):
    """A time, and the name of the time zone in which it is told; without one, the time alone."""
    return env._("%(time)s (%(zone)s)", time=when, zone=zone) if zone else when


def join_time(env, day, time):
    """A day, and the hours of it that are meant."""
    return env._("%(day)s, %(time)s", day=day, time=time)


def get_written_lang(record):
    """The language in which the system writes on a document: that of its company, for those who
    read it there. A job has no reader of its own, and Odoo gives it no language at all.

    :param record: a company, or a record that may have one
    :return: the code of a language that is in use
    """
    company = record
    if record._name != "res.company":
        company = record["company_id"] if "company_id" in record._fields else record.env.company
    # sudo: which language a company speaks is no secret
    return get_lang(record.env, company.sudo().partner_id.lang).code


def get_reader_lang(reader, document):
    """The language in which somebody is written to about a document: their own or, where none is
    set that is in use, that of the document's company.

    :param reader: a partner or a user
    """
    code = reader.lang
    installed = dict(document.env["res.lang"].get_installed())
    return code if code in installed else get_written_lang(document)
