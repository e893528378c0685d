# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import io

import lxml.html
from markupsafe import Markup
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import MissingError, UserError
from odoo.tools import file_open, get_lang, split_every

from ...tools import paper
from ...tools.addresses import is_brought_along, strip_addresses
from .public import public

# our own reports, which are printed by WeasyPrint where it is there
OURS = "hr_backbone_training."
# in the context where a letter of Odoo's is printed
LETTER = "snailmail_layout"
# so many documents are rendered at once: not a query for each, and not all of them in memory
RENDERED = 50
# so many finished files are joined with their tags; for more that takes too much memory
JOINED = 200
SHEET = "descendant-or-self::div[contains(concat(' ', @class, ' '), ' bt_sheet ')]"
# wkhtmltopdf shrinks what it prints
SHRINKS = ".bt_sheet { zoom: 1.3; }"


def _read(name):
    with file_open(f"hr_backbone_training/reports/{name}") as stream:
        return stream.read()


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    # -- which engine ------------------------------------------------------------------

    @api.model
    @public()
    def get_backbone_engine(self):
        """Which engine prints the forms of Backbone Training.

        :return: "weasyprint", or "wkhtmltopdf" as for every other report of Odoo
        """
        return "weasyprint" if paper.is_available() else "wkhtmltopdf"

    def _is_backbone_form(self):
        return (self.report_name or "").startswith(OURS)

    @api.model
    def _get_backbone_style(self):
        """The style of a form that is shown as HTML, or printed by wkhtmltopdf."""
        return Markup(_read("forms.css") + SHRINKS)

    def _get_rendering_context(self, report, docids, data):
        """A form has no options: what an address says beside the documents is left out, or it
        would stand in for a value of the template."""
        if report._is_backbone_form():
            self = self._as_backbone_reader(report, docids)
            names = ("report_type", "debug")
            data = {name: data[name] for name in names if name in (data or {})}
        return super()._get_rendering_context(report, docids, data)

    def _as_backbone_reader(self, report, res_ids):
        """A form is printed as whoever asks for it reads the document. Odoo's mail prints one for
        a message as superuser, of whatever number a client sent."""
        ids = [res_ids] if isinstance(res_ids, int) else res_ids or []
        if self.env.uid == SUPERUSER_ID or report._is_backbone_own(ids):
            return self
        reader = self.with_env(self.env(su=False))
        own, chosen = self.env.user._get_company_ids(), self.env.context.get("allowed_company_ids")
        if chosen and not set(chosen).issubset(own):
            # the portal adds the company of the document, which its own person may have left
            reader = reader.with_context(allowed_company_ids=[n for n in chosen if n in own])
        return reader

    def _is_backbone_own(self, res_ids):
        """Whether the user prints these documents also where they are not shown to them; for the
        rooms that have such ones."""
        return False

    # -- WeasyPrint --------------------------------------------------------------------

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not report._is_backbone_form():
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        self = self._as_backbone_reader(report, res_ids)
        if not res_ids:
            raise UserError(self.env._("Choose at least one document to print."))
        res_ids = list(dict.fromkeys(res_ids))
        records = self.env[report.model].browse(res_ids)
        if gone := records - records.exists():
            raise MissingError(self.env._("There is no such document: %s", gone.ids))
        kept = report.with_env(self.env)._get_backbone_kept(res_ids)
        new = [res_id for res_id in res_ids if res_id not in kept]
        if self.get_backbone_engine() == "wkhtmltopdf":
            return self._print_backbone_by_wkhtmltopdf(report, data, res_ids, kept)
        # a file that is to be kept is one of its own
        pdfs = self._print_backbone(report, data, new, each=bool(report.attachment)) if new else []
        if not report.attachment:
            return {False: {"stream": io.BytesIO(pdfs[0]), "attachment": None}}
        made = dict(zip(new, pdfs, strict=True))
        return {
            res_id: kept.get(res_id)
            or {"stream": io.BytesIO(made[res_id]), "attachment": self.env["ir.attachment"]}
            for res_id in res_ids
        }

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        report = self._get_report(report_ref)
        if report._is_backbone_form():
            if LETTER in self.env.context:
                return self._print_backbone_letter(), "pdf"
            self = self._as_backbone_reader(report, res_ids).with_context(backbone_form=True)
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _print_backbone_letter(self):
        """Odoo sends letters with any form of any number that an employee chose, and prints them
        as superuser: of a form of ours it sends this page. An error would hold up the others."""
        page = io.BytesIO()
        canvas = Canvas(page, pagesize=A4)
        canvas.drawString(72, 720, "Forms of Backbone Training are not sent by post.")
        canvas.save()
        return page.getvalue()

    def _merge_pdfs(self, streams, *args, **kwargs):
        """Prints that are kept one by one go into one file with their tags and bookmarks."""
        if self.env.context.get("backbone_form") and len(streams) <= JOINED:
            pdfs = [stream.getvalue() for stream in streams]
            if joined := paper.join(pdfs):
                return io.BytesIO(joined)
        return super()._merge_pdfs(streams, *args, **kwargs)

    def _get_backbone_kept(self, res_ids):
        """What was printed of these documents before and is shown again.

        :return: {id: its stream and its attachment}
        """
        if not self.attachment or not self.attachment_use:
            return {}
        if self.env.context.get("report_pdf_no_attachment"):
            # Odoo's word for a fresh print that is not kept
            return {}
        return {
            record.id: {"stream": io.BytesIO(file.raw), "attachment": file}
            for record in self.env[self.model].browse(res_ids)
            if (file := self.retrieve_attachment(record))
        }

    def _print_backbone(self, report, data, res_ids, each=False):
        """:return: list of PDFs: one, or with `each` one for each document"""
        css = _read("forms.css") + _read("paper.css")
        try:
            return paper.print_forms(
                self._get_backbone_forms(report, data, res_ids), css, each=each
            )
        except paper.PaperError as error:
            raise UserError(
                self.env._(
                    "%(report)s could not be printed. Try again with fewer documents, or tell your"
                    " administrator: %(error)s",
                    report=report.name,
                    error=error,
                )
            ) from error

    def _get_backbone_forms(self, report, data, res_ids):
        """One HTML document for each record, as it is needed."""
        reports = self.with_context(debug=False)
        for ids in split_every(RENDERED, res_ids):
            page = reports._render_qweb_html(report, ids, data=dict(data or {}))[0]
            root = lxml.html.document_fromstring(page.decode())
            head = self._get_backbone_head()
            records = self.env[report.model].browse(ids)
            for record, sheet in zip(records, root.xpath(SHEET), strict=True):
                sheet.tail = None
                yield head.format(
                    title=Markup.escape(self._get_backbone_title(report, sheet)),
                    # sudo: the size of the paper, of a company whose document may be read
                    size=record.sudo().company_id._backbone_paper_size(),
                    sheet=lxml.html.tostring(sheet, encoding="unicode"),
                )

    def _get_backbone_head(self):
        lang = get_lang(self.env)
        name = lang.code.replace("_", "-")
        return (
            f'<!DOCTYPE html><html lang="{name}" dir="{lang.direction or "ltr"}"><head>'
            '<meta charset="utf-8"/><title>{title}</title>'
            "<style>@page {{ size: {size} }}</style></head><body>{sheet}</body></html>"
        )

    def _get_backbone_title(self, report, sheet):
        """What a window shows of the file: the form, the person, the number."""
        found = sheet.xpath(".//*[contains(@class, 'bt_form') or contains(@class, 'bt_whose')]")
        texts = (" ".join(part.text_content().split()) for part in found)
        return paper.TITLE.join(filter(None, texts)) or report.name

    # -- wkhtmltopdf -------------------------------------------------------------------

    def _print_backbone_by_wkhtmltopdf(self, report, data, res_ids, kept):
        """What is to be kept is printed one by one: all the documents of a form stand in one
        article, which cannot be taken apart again. The sheet is that of the first one's company."""
        company = self.env[report.model].browse(res_ids[:1]).company_id
        if company <= self.env.user.company_ids:
            self, report = self.with_company(company), report.with_company(company)
        report_super = super()._render_qweb_pdf_prepare_streams
        if not report.attachment:
            return report_super(report, data, res_ids)
        streams = dict(kept)
        for res_id in res_ids:
            if res_id not in kept:
                streams.update(report_super(report, dict(data or {}), [res_id]))
        return {res_id: streams[res_id] for res_id in res_ids}

    def get_paperformat(self):
        """A4 or Letter, as the company prints."""
        own = super().get_paperformat()
        if not self._is_backbone_form() or self.env.company.paperformat_id.format != "Letter":
            return own
        return (
            self.env.ref("hr_backbone_training.paperformat_hr_backbone_form_letter", False) or own
        )

    def _prepare_html(self, html, report_model=False):
        if not self._is_backbone_form():
            return super()._prepare_html(html, report_model=report_model)
        root = lxml.html.document_fromstring(html.decode() if isinstance(html, bytes) else html)
        for sheet in root.xpath(SHEET):
            # WeasyPrint is told so itself
            strip_addresses(sheet, is_brought_along)
        for table in root.xpath("//table[contains(@class, 'bt_rows')]"):
            _split_rows(table)
        page = lxml.html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
        return super()._prepare_html(page, report_model=report_model)


def _split_rows(table):
    """Old WebKit keeps a block together on a page, but not a row of a table: each row becomes a
    block with a table of its own, and the head stays with the first one."""
    columns, head, body = table.find("colgroup"), table.find("thead"), table.find("tbody")
    for number, row in enumerate(body):
        block = lxml.html.Element("div", {"class": "bt_row"})
        one = lxml.html.Element("table")
        block.append(one)
        if columns is not None:
            one.append(lxml.html.fromstring(lxml.html.tostring(columns)))
        if number == 0:
            one.extend(head)
        one.append(row)
        table.addprevious(block)
    table.getparent().remove(table)
