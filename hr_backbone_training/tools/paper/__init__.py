"""Forms from HTML to PDF by WeasyPrint. Knows nothing of Odoo.

WeasyPrint holds Python's lock while it sets a page, and a long print takes minutes of it. So
one short form is printed where it is asked for, and whatever is longer by a process of its own,
`python -m paper`, which runs beside the server, on another core, and gives its memory back.
"""

import atexit
import json
import logging
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path

from . import press
from .press import TITLE, join

# WeasyPrint is imported when something is printed: it takes a third of a second

# a form of so many characters takes less time than to start a process
SHORT = 150_000
# what takes longer is given up: seconds, and so many more for each form
LONGEST, EACH = 120, 2
KILLED = -signal.SIGKILL
# where `python -m paper` finds this package, without the addon and without Odoo
FOLDER = Path(__file__).resolve().parent.parent


class PaperError(Exception):
    """The process that prints has failed; the message is its last line."""


@lru_cache(1)
def is_available():
    """Whether WeasyPrint is there, new enough to be told to fetch nothing, and its libraries."""
    try:
        from weasyprint import urls
    except (ImportError, OSError):  # OSError: the package is there, but Pango is not
        return False
    if not hasattr(urls, "URLFetcher"):  # it came with version 68
        return False
    atexit.register(press.get_style.cache_clear)  # fonts clean up after themselves, while they can
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
        return [press.print_one(first[0], css)]
    return _print_apart(first, forms, css, each)


def _wait(process, seconds):
    """:return: the exit status; of a process that was given up, the signal"""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _print_apart(first, forms, css, each):
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__.rpartition(".")[2]],
            cwd=FOLDER,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=errors,
        )
        number = 0
        try:
            # a process that reads no more has failed, and says below why
            with suppress(BrokenPipeError), process.stdin as stream:
                for row in chain([{"css": css, "each": each}], first, forms):
                    stream.write(json.dumps(row).encode() + b"\n")
                    number += 1
        except BaseException:
            process.kill()
            raise
        finally:
            code = _wait(process, LONGEST + EACH * number)
        if code:
            errors.seek(0)
            words = errors.read().decode(errors="replace").strip().splitlines()
            said = (
                f"given up after {LONGEST + EACH * number} s"
                if code == KILLED
                else f"exit status {code}"
            )
            raise PaperError(words[-1] if words else said)
        output.seek(0)
        sizes = json.loads(output.readline())
        return [output.read(size) for size in sizes]
