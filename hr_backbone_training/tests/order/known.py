"""What is known not to be right yet, each with where it is mended. It is empty when all is."""

import re

KNOWN = {
    r"meeting \d+ was closed.*: (attendees|items) was": (
        "whoever loses the committee's group vanishes from the minutes, with the votes"
    ),
    r"assessment \d+ was closed.*: signatories was": (
        "the form of a missed assessment names the head of department of today"
    ),
    r"application \d+ was closed.*: tenure was": (
        "a case withdrawn before it was ever submitted prints the tenure of today"
    ),
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
