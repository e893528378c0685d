# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Whose assessment gets a second opinion in a quarter: a draw that can be repeated."""

from collections import Counter
from hashlib import sha256


def draw(seed, mentors, percent, covered=None):
    """Draw the members who get a second assessment.

    The lot of a member is the SHA-256 of the seed and the member's number. Mentors who had no
    second opinion this year come first, and each once before one of them comes twice; among
    equals the lowest lot is drawn.

    :param str seed: says which draw it is, like the quarter
    :param dict mentors: {member: mentor}, numbers, of all who are assessed
    :param int percent: of the members; rounded to the nearest number, one at least
    :param dict covered: {mentor: how many second opinions there were this year}; none by default
    :return: the members, in the order in which they were drawn
    """
    if percent <= 0 or not mentors:
        return []
    turns = Counter(covered or {})
    queue = []
    for member in sorted(mentors, key=lambda member: _get_lot(seed, member)):
        turn = turns[mentors[member]]
        turns[mentors[member]] += 1
        queue.append((turn, len(queue), member))
    return [member for _turn, _place, member in sorted(queue)[: count(percent, len(mentors))]]


def count(percent, members):
    """How many of so many members are drawn: the nearest number, one at least."""
    return max(1, (percent * members + 50) // 100)


def _get_lot(seed, member):
    return sha256(f"{seed}:{member}".encode()).digest()
