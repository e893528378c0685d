# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What all forms of the portal share: inputs that know what they take, and saving that loses
nothing of what was typed.

The file of a room says which inputs the page of its document has (`_read_…`); the document
says who may write what, and stores it.
"""

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from ..models.core.hr_backbone_portal_mixin import StaleError, clean
from ..models.core.public import LONGEST, FieldError, say_too_long
from ..models.core.texts import LINE
from .portal import BackbonePortal

NOT_TYPED = ("csrf_token", "step")
# as a Chinese keyboard writes them
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


class Input:
    """One input of a page: it makes a value of what was typed, or says in one sentence, beside
    the input, why it cannot.

    :param wrong: what is said of a text that does not fit: the sentence, or a function that
        makes one of the text
    :param required: what is said when nothing was typed; without it, nothing is `empty`
    :param empty: the value of nothing
    """

    empty = False

    def __init__(self, wrong=None, required=None, empty=None):
        self.wrong = wrong
        self.required = required
        if empty is not None:
            self.empty = empty

    def take(self, name, typed, stored=""):
        """
        :param str name: of the input, for the error
        :param typed: what the page sent
        :param str stored: what the input held before
        :return: the value
        :raise FieldError: it does not fit
        """
        # a file is no text, whatever the name under which a stranger sends it
        text = clean(typed) if isinstance(typed, str) else ""
        if not text:
            if self.required:
                raise FieldError(self.required, name)
            return self.empty
        value = self.parse(text)
        if value is None:
            raise FieldError(self.wrong(text) if callable(self.wrong) else self.wrong, name)
        return value

    def parse(self, text):
        """:return: the value of a text that is not empty; None when it does not fit"""
        raise NotImplementedError


class Text(Input):
    """:param bool one_line: of one line only"""

    empty = ""

    def __init__(self, one_line=False, **kwargs):
        super().__init__(**kwargs)
        self.one_line = one_line

    def take(self, name, typed, stored=""):
        text = super().take(name, typed)
        limit = LINE if self.one_line else LONGEST
        # what is longer already may be made shorter
        if len(text) > max(limit, len(stored)):
            raise FieldError(say_too_long(request.env, None, len(text), limit), name)
        return text

    def parse(self, text):
        return " ".join(text.split()) if self.one_line else text


class Date(Input):
    """A day, as browsers send it; :param int first, last: the years between which it lies"""

    def __init__(self, first=2000, last=2100, wrong=None, **kwargs):
        super().__init__(wrong or self.say, **kwargs)
        self.first = first
        self.last = last

    def say(self, text):
        return request.env._("“%s” is not a date: write it as 2026-12-31.", text[:20])

    def parse(self, text):
        try:
            day = fields.Date.to_date(text)
        except ValueError:
            return None
        return day if self.first <= day.year <= self.last else None


class Number(Input):
    """:param least, most: it lies between the two; :param int digits: after the point
    :param str unit: may stand behind it
    """

    def __init__(self, least, most, wrong, digits=0, unit="", **kwargs):
        super().__init__(wrong, **kwargs)
        self.least = least
        self.most = most
        self.digits = digits
        self.unit = unit

    def parse(self, text):
        text = text.translate(FULL_WIDTH).removesuffix(self.unit).strip()
        try:
            if self.digits:
                number = float(text.replace(",", "."))
            else:
                number = int(text) if text.isascii() and text.isdecimal() else None
        except ValueError:
            return None
        if number is None or not self.least <= number <= self.most:
            return None
        return round(number, self.digits) if self.digits else number


class Choice(Input):
    """One of a list.

    :param choices: a method that answers the values, or the records, to choose from; asked
        only when something was chosen. The value is the id of a record.
    """

    def __init__(self, choices, wrong, **kwargs):
        super().__init__(wrong, **kwargs)
        self.choices = choices

    def parse(self, text):
        for choice in self.choices():
            value = choice if isinstance(choice, str | int) else choice.id
            if str(value) == text:
                return value
        return None


class PlanLine(Input):
    """The action of the development plan that a document serves: the document knows which."""

    def __init__(self, record):
        super().__init__()
        self.record = record

    def parse(self, text):
        return self.record._pick_plan_line(text)


class Files(Input):
    """Files: of which kinds and how large, the company says, and asks it who stores them."""

    def take(self, name, typed, stored=""):
        return [file for file in typed if file.filename] if isinstance(typed, list) else []


def read(inputs, typed, stored=None):
    """What was typed into a form.

    :param dict inputs: {name: `Input`}
    :param dict typed: {name: text}, or files
    :param dict stored: {name: text} of a document that there is already: what says the same is
        left out, so that whoever types elsewhere at the same time is not disturbed
    :return: {name: value} of the inputs that were sent; of those of a new document also of
        the required ones that were not
    :raise FieldError: beside the first that does not fit
    """
    values = {}
    for name, taken in inputs.items():
        sent = typed.get(name)
        if stored is None:
            read_it = sent is not None or taken.required
        else:
            read_it = sent is not None and not (
                isinstance(sent, str) and clean(sent) == stored.get(name, "")
            )
        if read_it:
            values[name] = taken.take(name, sent, (stored or {}).get(name, ""))
    return values


def read_row(prefix, inputs, typed, stored):
    """What was typed into the inputs of one row of a document, `<prefix>-<field>`.

    :param dict inputs: {field: `Input`}
    :return: {field: value}, as `read` does
    """
    named = {f"{prefix}-{name}": taken for name, taken in inputs.items()}
    values = read(named, typed, stored)
    return {name.removeprefix(f"{prefix}-"): value for name, value in values.items()}


def get_texts(typed):
    """What was typed, without the files and the token that came with it."""
    return {
        name: text
        for name, text in typed.items()
        if isinstance(text, str) and name not in NOT_TYPED
    }


class BackbonePortalForm(BackbonePortal):
    """Forms that are saved as one goes, and that keep what was typed through every error."""

    def _backbone_try(self, record, action):
        """Do what the user asked, or nothing of it.

        :return: the error, or None
        """
        try:
            with request.env.cr.savepoint():
                action()
                record.flush_recordset()
        except (UserError, ValidationError) as error:
            return error
        return None

    def _backbone_files(self):
        """{input: files} that were sent with the form."""
        return request.httprequest.files.to_dict(flat=False)

    def _backbone_numbers(self, name):
        """The ids that the page sent under this name; rubbish is left out."""
        sent = request.httprequest.form.getlist(name)
        return [
            int(text) for text in sent if text.isascii() and text.isdecimal() and len(text) < 10
        ]

    def _backbone_store(self, record, reader, typed):
        """Store what was typed on the page of a document.

        :param reader: says what `_save_from_portal` of the document is called with, given the
            document, what was typed, and what is stored as its inputs hold it
        :return: {input: id} of the rows that were added
        """
        record._check_page_open(typed.get("version"))
        return record._save_from_portal(**reader(record, typed, record._get_versioned()))

    def _backbone_save(self, record, reader, typed, step):
        """Save a form and, if so asked, submit it: what was typed stays when that fails.

        :param reader: see `_backbone_store`
        :return: what its page needs to show the error, with `failed_step` where all that was
            typed is stored; None when all went well
        """
        texts = get_texts(typed)
        sent = {**self._backbone_files(), **texts}
        if error := self._backbone_try(record, lambda: self._backbone_store(record, reader, sent)):
            return {
                **self._backbone_failed(error),
                "typed": texts,
                "conflicts": record._get_conflicts(texts) if isinstance(error, StaleError) else {},
            }
        if step == "submit" and (error := self._backbone_try(record, record.action_submit)):
            return {
                **self._backbone_failed(error),
                "errors": record._get_missing(),
                # they were stored with the rest
                "lost_files": {},
                "failed_step": step,
            }
        return None

    def _backbone_autosave(self, record, reader, typed):
        """Save what was typed so far, a few seconds after; answered to the page's script,
        which asks with `check` what is still missing before it can be submitted."""
        created, typed = {}, get_texts(typed)
        check = typed.pop("check", None)
        error = self._backbone_try(
            record, lambda: created.update(self._backbone_store(record, reader, typed))
        )
        return request.make_json_response(
            {
                "saved": error is None,
                "message": str(error) if error else request.env._("All changes saved"),
                "name": getattr(error, "name", None),
                "stale": isinstance(error, StaleError),
                "version": None if error else record._get_version(),
                "created": created,
                "missing": record._get_missing() if check else {},
                "refusals": record._get_submit_refusals() if check else [],
            }
        )

    def _backbone_sign(self, record, name, signature):
        """Answer Odoo's signature form."""
        error = self._backbone_try(record, lambda: record._sign_from_portal(name, signature))
        if error:
            return {"error": str(error)}
        request.session["backbone_message"] = request.env._("Thank you: the document is signed.")
        return {"force_refresh": True, "redirect_url": record.access_url}
