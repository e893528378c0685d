# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Prints what comes in, see `press.serve`."""

import gc
import sys

from . import is_available
from .press import serve


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
    # looking for circles among millions of boxes takes a third of the time; `serve` looks for
    # them after each part
    gc.disable()
    serve(sys.stdin.buffer, sys.stdout.buffer)
