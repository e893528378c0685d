"""Forms from HTML to PDF by WeasyPrint. Knows nothing of Odoo.

WeasyPrint holds Python's lock while it sets a page, and a long print takes minutes of it. So
one short form is printed where it is asked for, and whatever is longer by a process of its own,
which runs beside the server, on another core, and gives its memory back: `python paper.py`.
"""

import atexit
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import unicodedata
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from itertools import chain, islice

from lxml import html

try:
    from .pdf_binder import Binder
except ImportError:  # as a program of its own, without the addon
    from pdf_binder import Binder

# WeasyPrint is imported when something is printed: it takes a third of a second

# a form of so many characters takes less time than to start a process
SHORT = 150_000
# so many forms are laid out before they are written; more would need too much memory
TOGETHER = 50
VARIANT = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
RIGHT_TO_LEFT = ("R", "AL")
lock = threading.Lock()


class PaperError(Exception):
    """The process that prints has failed; the message is its last line."""


@lru_cache(1)
def is_available():
    """Whether WeasyPrint and the libraries that it needs are there."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):  # OSError: the package is there, but Pango is not
        return False
    atexit.register(_get_style.cache_clear)  # fonts clean up after themselves, while they can
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return True


def print_forms(forms, css, *, each=False):
    """Print forms, one after the other.

    :param forms: an iterable of whole HTML documents, str
    :param str css: the style sheet that all of them share
    :param bool each: a PDF for each form instead of one for all
    :return: list of PDFs, bytes
    :raise PaperError: where the process that prints has failed
    """
    forms = iter(forms)
    first = list(islice(forms, 2))
    if len(first) == 1 and len(first[0]) <= SHORT:
        with lock:  # fonts are shared by all threads
            return [_write([_set(first[0], css)])]
    return _print_apart(first, forms, css, each)


def _print_apart(first, forms, css, each):
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=output, stderr=errors
        )
        try:
            with process.stdin as stream:
                for row in ({"css": css, "each": each}, *first):
                    _send(stream, row)
                for form in forms:
                    _send(stream, form)
        except BrokenPipeError:
            pass  # it has failed, and says below why
        except BaseException:
            process.kill()
            raise
        finally:
            code = process.wait()
        if code:
            errors.seek(0)
            words = errors.read().decode(errors="replace").strip().splitlines()
            raise PaperError(words[-1] if words else f"exit status {code}")
        output.seek(0)
        sizes = json.loads(output.readline())
        return [output.read(size) for size in sizes]


def _send(stream, row):
    stream.write(json.dumps(row).encode() + b"\n")


# -- one process --------------------------------------------------------------------


@lru_cache(4)
def _get_style(css):
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return weasyprint.CSS(string=css, font_config=fonts, url_fetcher=_get_fetcher()), fonts


@lru_cache(1)
def _get_fetcher():
    """Nothing is fetched but what the document brings along."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=["data"])


def _set(form, css):
    """Lay out one document; its pages are counted by themselves."""
    import weasyprint

    style, fonts = _get_style(css)
    document = weasyprint.HTML(string=_direct(form), url_fetcher=_get_fetcher())
    return document.render(stylesheets=[style], font_config=fonts, **VARIANT)


def _write(documents, finisher=None):
    pages = [page for document in documents for page in document.pages]
    with _same_date():
        return documents[0].copy(pages).write_pdf(finisher=finisher, **VARIANT)


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


def _direct(form):
    """Give each `dir="auto"` its direction, as a browser does: that of the first strong
    letter. WeasyPrint knows `ltr` and `rtl` only."""
    root = html.document_fromstring(form)
    for element in root.iterfind('.//*[@dir="auto"]'):
        letters = map(unicodedata.bidirectional, element.text_content())
        strong = next((kind for kind in letters if kind in ("L", *RIGHT_TO_LEFT)), None)
        if strong:
            element.set("dir", "rtl" if strong in RIGHT_TO_LEFT else "ltr")
        else:
            del element.attrib["dir"]
    return html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")


def _serve(source, target):
    """Read a style sheet and forms, a line each; write the sizes of the PDFs, then the PDFs."""
    settings = json.loads(source.readline())
    documents = (_set(json.loads(line), settings["css"]) for line in source)
    parts = [_write([one]) for one in documents] if settings["each"] else [_bind(documents)]
    target.write(json.dumps([len(part) for part in parts]).encode() + b"\n")
    target.writelines(parts)


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
        some = list(islice(documents, TOGETHER))
    binder.close()
    return output.getvalue()


def _take_the_time():
    """A worker of Odoo's may take a minute of the processor for each request, and its children
    inherit that; a thousand forms take longer. How long the request may last is Odoo's to say."""
    try:
        import resource
    except ImportError:  # no such limits on Windows
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


if __name__ == "__main__":
    _take_the_time()
    is_available()
    _serve(sys.stdin.buffer, sys.stdout.buffer)
