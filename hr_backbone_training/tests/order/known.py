"""What is known not to be right yet, each with where it is mended. It is empty when all is."""

import re

KNOWN = {
    r"meeting \d+ was closed.*: (attendees|items) was": (
        "whoever loses the committee's group vanishes from the minutes, with the votes"
    ),
    r"application \d+ was closed.*: tenure was": "a closed case prints the tenure of today",
    r"(report|plan|assessment) \d+ was closed.*: (mentor|signatories) was": (
        "a closed form prints the mentor and the head of department of today"
    ),
    r"the to-do .* who has no login": "a to-do stays with a login that was closed",
    r"cannot (read the document of|do) mail_activity": "a to-do stays with who may not any more",
    r"waits for nobody who can act": "a document waits for a login that was closed",
}


def find_known(text):
    """:return: what is known of the failure; None for a new one"""
    for pattern, reason in KNOWN.items():
        if re.search(pattern, text):
            return reason
    return None
