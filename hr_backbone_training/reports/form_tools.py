# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import base64
import re

import pytz
from babel.units import format_unit
from dateutil.relativedelta import relativedelta
from lxml import etree, html
from markupsafe import Markup

from odoo import api, models
from odoo.tools import (
    babel_locale_parse,
    format_date,
    format_list,
    format_time,
    get_lang,
    is_html_empty,
)
from odoo.tools.image import image_data_uri
from odoo.tools.mimetypes import guess_mimetype

# An engine takes minutes to break a word of many thousand letters: offer it places to break
# at. East Asian text breaks anywhere and needs none.
LONG_WORD = re.compile(r"[^\s\u2e80-\uffff]{40}")
BREAK_HERE = "\\g<0>\u200b"
# where the editor puts a picture that somebody pasted
ATTACHED = re.compile(r"/web/(?:image|content)/(\d+)\b")
PARAGRAPHS = ("p", "li", "h1", "h2", "h3", "h4", "td", "blockquote")
# a style that would fetch something, also in disguise
FETCHES = re.compile(r"url|@import|image|\\", re.I)


class HrBackboneFormMixin(models.AbstractModel):
    """What a printed form shows of its document: what the report models have in common.

    Whoever may read a document may print it, and a form looks the same for all of them:
    each form asks for the right to read once, and then gathers its values as superuser.
    """

    _name = "hr.backbone.form.mixin"
    _description = "Backbone Printed Form"

    # the model whose documents are printed
    _document = None

    @api.model
    def _get_report_values(self, docids, data=None):
        """What the template prints.

        :param list docids: ids of the documents
        :param dict data: not used, a form has no options
        :return: `docs`, in the order of the ids, and `forms`, see `_get_forms`
        """
        docs = self.env[self._document].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": self._document,
            "docs": docs,
            "forms": self._get_forms(docs),
        }

    @api.model
    def _get_forms(self, docs):
        """Everything that the forms of these documents print, ready to be set.

        :return: {id: {key: text, number, list or dict}}, see the report's template
        :raise AccessError: who may not read a document does not print it
        """
        docs.check_access("read")
        # sudo: the check is above; a form does not depend on who prints it
        return {doc.id: self._prepare_form(doc) for doc in docs.sudo()}

    def _prepare_form(self, doc):
        """The values of one form; the document comes as superuser."""
        states = dict(doc._fields["state"]._description_selection(doc.env))
        return {"company": doc.company_id.name, "status": states[doc.state]}

    # -- values ------------------------------------------------------------------------

    def _format_text(self, text):
        """A text that can be broken into lines, however it was written."""
        return LONG_WORD.sub(BREAK_HERE, text or "")

    def _format_html(self, content, doc):
        """The same for rich text, which its field has sanitized. Nothing is fetched for paper:
        pictures are those that are attached to the document, and no other address is left."""
        if is_html_empty(content):
            return ""
        tree = html.fragment_fromstring(content, create_parent="div")
        for element in tree.iter(etree.Element):
            element.text = element.text and self._format_text(element.text)
            element.tail = element.tail and self._format_text(element.tail)
            if element.tag in PARAGRAPHS and not element.get("dir"):
                element.set("dir", "auto")
            self._embed_picture(element, doc)
        return Markup(html.tostring(tree, encoding="unicode"))

    def _embed_picture(self, element, doc):
        if FETCHES.search(element.get("style", "")):
            del element.attrib["style"]
        for name in ("background", "srcset"):
            element.attrib.pop(name, None)
        source = element.attrib.pop("src", "")
        if source.startswith("data:image/"):
            element.set("src", source)
        elif number := ATTACHED.match(source):
            # sudo: only what is attached to the document that is being printed, which its
            # reader has been asked for
            file = self.env["ir.attachment"].sudo().browse(int(number[1])).exists()
            of_this = (file.res_model, file.res_id) == (doc._name, doc.id)
            if of_this and (file.mimetype or "").startswith("image/"):
                element.set("src", image_data_uri(file.datas))

    def _format_date(self, value):
        """A date in the reader's language; empty text for none."""
        return format_date(self.env, value) if value else ""

    def _format_day(self, value, company):
        """The day of a point in time, as the company counts its days."""
        if not value:
            return ""
        day = pytz.utc.localize(value).astimezone(company._backbone_tz())
        return self._format_date(day.date())

    def _format_time(self, value, company):
        """A point in time on the company's clock, in the reader's language."""
        if not value:
            return ""
        tz = company._backbone_tz().zone
        clock = format_time(self.env, value, tz=tz, time_format="short")
        return f"{self._format_day(value, company)} {clock}"

    def _get_signatures(self, doc):
        """{role: what is printed where somebody signed online: picture, name and time}."""
        return {
            role: {
                "image": signature.image,
                "name": signature._get_signed_name(),
                "date": self._format_time(signature.date, doc.company_id),
            }
            for role, signature in doc._get_valid_signatures().items()
        }

    def _format_tenure(self, since, until):
        """ "6 years, 2 months" in the reader's language, whole months counted."""
        if not since or until < since:
            return ""
        gone = relativedelta(until, since)
        years = self._format_unit(gone.years, "duration-year")
        months = self._format_unit(gone.months, "duration-month")
        if gone.years and gone.months:
            return self.env._("%(years)s, %(months)s", years=years, months=months)
        return years if gone.years else months

    def _say_list(self, words):
        words = list(words)
        return format_list(self.env, words) if words else ""

    def _format_unit(self, number, unit):
        locale = babel_locale_parse(get_lang(self.env).code)
        text = format_unit(number, unit, locale=locale)
        # where a language has no long form, as Chinese, babel answers with the unit's key
        return format_unit(number, unit, "short", locale=locale) if unit in text else text

    def _get_education(self, doc):
        """Certificate, field of study and school, as far as HR knows them; of a document that
        keeps facts, as they were then."""
        employee = doc.employee_id
        now = [employee.certificate, employee.study_field, employee.study_school]
        certificate, *study = doc._get_fact("education", now)
        levels = dict(employee._fields["certificate"]._description_selection(self.env))
        return " · ".join(part for part in (levels.get(certificate), *study) if part)

    def _get_photo(self, employee):
        """The portrait of the employee; False when there is only a drawn avatar."""
        photo = employee.image_256
        if not photo:
            return False
        # Odoo draws initials as SVG for people without a photo
        mimetype = guess_mimetype(base64.b64decode(photo))
        return photo if mimetype.startswith("image/") and "svg" not in mimetype else False
