# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Printing, in one process."""

import gc
import json
import os
import threading
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from itertools import chain, islice

from .binder import Binder
from .page import prepare

# so many forms are laid out before they are written; more would need too much memory
TOGETHER = 25
# between the form and the person, in the title of a file
TITLE = " – "
VARIANT = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
lock = threading.Lock()


@lru_cache(4)
def get_style(css):
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return weasyprint.CSS(string=css, font_config=fonts, url_fetcher=get_fetcher()), fonts


@lru_cache(1)
def get_fetcher():
    """Nothing is fetched but what the document brings along."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=["data"])


def print_one(form, css):
    """:return: the PDF of one form, bytes"""
    with lock:  # fonts are shared by all threads
        return _write([_set(form, css)])


def _set(form, css):
    """Lay out one document; its pages are counted by themselves."""
    import weasyprint

    style, fonts = get_style(css)
    document = weasyprint.HTML(string=prepare(form), url_fetcher=get_fetcher())
    return document.render(stylesheets=[style], font_config=fonts, **VARIANT)


def _write(documents, finisher=None):
    pages = [page for document in documents for page in document.pages]
    joint = documents[0].copy(pages)
    if len(documents) > 1:
        # the form, without the first person's name
        joint.metadata.title = joint.metadata.title.partition(TITLE)[0]
    with _same_date():
        return joint.write_pdf(finisher=finisher, **VARIANT)


@contextmanager
def _same_date():
    """Embedded fonts bear no date of today, so that the same form is the same bytes."""
    name = "SOURCE_DATE_EPOCH"
    before = os.environ.get(name)
    os.environ[name] = "0"
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before


def join(pdfs):
    """One PDF of several that are there already, with their bookmarks and their tags.

    pypdf copies pages and bookmarks; the tree of tags, which readers for the blind follow, has
    to be hung together: each part's numbers of pages go on where those of the last one end.

    :return: the PDF, bytes; None where one of them was not printed here
    """
    from pypdf import PdfWriter
    from pypdf.generic import NameObject, NumberObject

    readers = [_read_tagged(pdf) for pdf in pdfs]
    if not all(readers):
        return None
    writer = PdfWriter(clone_from=readers[0])
    root = writer.root_object["/StructTreeRoot"]
    numbers, tags = root["/ParentTree"]["/Nums"], root["/K"]
    for reader in readers[1:]:
        offset, before = int(numbers[-2]) + 1, len(writer.pages)
        writer.append(reader)
        tree = reader.trailer["/Root"]["/StructTreeRoot"]
        for page, source in zip(writer.pages[before:], reader.pages, strict=True):
            number = NumberObject(source["/StructParents"] + offset)
            page[NameObject("/StructParents")] = number
        nums = tree["/ParentTree"]["/Nums"]
        for number, owner in zip(nums[::2], nums[1::2], strict=True):
            numbers.extend([NumberObject(number + offset), owner.clone(writer)])
        for tag in tree["/K"]:
            copied = tag.clone(writer)
            copied.get_object()[NameObject("/P")] = root.indirect_reference
            tags.append(copied)
    title = writer.metadata.title
    writer.add_metadata({"/Title": title.partition(TITLE)[0]})
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _read_tagged(pdf):
    """The reader of a PDF with tags on each page, as they are printed here; else None."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(pdf))
        tagged = "/StructTreeRoot" in reader.trailer["/Root"] and all(
            "/StructParents" in page for page in reader.pages
        )
    except (ValueError, KeyError, TypeError, PyPdfError):
        return None
    return reader if tagged else None


def serve(source, target):
    """Read a style sheet and forms, a line each; write the sizes of the PDFs, then the PDFs."""
    settings = json.loads(source.readline())
    documents = (_set(json.loads(line), settings["css"]) for line in source)
    parts = _write_each(documents) if settings["each"] else [_bind(documents)]
    target.write(json.dumps([len(part) for part in parts]).encode() + b"\n")
    target.writelines(parts)


def _write_each(documents):
    parts = []
    while some := list(islice(documents, TOGETHER)):
        parts += [_write([one]) for one in some]
        some.clear()
        gc.collect()
    return parts


def _bind(documents):
    """All documents in one PDF, written in parts."""
    some, more = list(islice(documents, TOGETHER)), list(islice(documents, 1))
    if not more:
        return _write(some)
    output = BytesIO()
    binder = Binder(output)
    documents = chain(more, documents)
    while some:
        _write(some, finisher=binder.add)
        some.clear()
        gc.collect()
        some = list(islice(documents, TOGETHER))
    binder.close()
    return output.getvalue()
