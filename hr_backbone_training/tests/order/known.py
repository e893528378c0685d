# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What is known not to be right yet, each with where it is mended. It is empty when all is."""

import re

KNOWN = {
    r"plan\(\d+,\) .* draft\) waits for nobody": (
        "a plan that somebody without a login should write is on nobody's list"
    ),
}


def find_known(text):
    """:return: what is known of the failure; None for a new one"""
    for pattern, reason in KNOWN.items():
        if re.search(pattern, text):
            return reason
    return None
