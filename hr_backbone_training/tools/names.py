# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Whether two ways of writing a name are the same person's."""

import re
import unicodedata
from itertools import permutations

# a name of more words is compared as it stands: their orders are too many
MOST_WORDS = 6
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def is_same_name(typed, known):
    """Case, accents, spaces, punctuation and the order of the words do not count; a Chinese
    name may have the family name, of one or two characters, first or last.

    :param str typed: as somebody wrote it
    :param str known: as it is stored
    """
    return not _get_writings(typed).isdisjoint(_get_writings(known))


def _get_writings(name):
    """All the orders in which the words of the name can stand, without anything between."""
    plain = unicodedata.normalize("NFKD", name or "")
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    words = re.findall(r"\w+", plain.replace("_", " "))
    if not words:
        return set()
    whole = "".join(words)
    if HAN.fullmatch(whole):
        sizes = [size for size in (1, 2) if size < len(whole)]
        turned = {whole[size:] + whole[:size] for size in sizes}
        return {whole, *turned, *(whole[-size:] + whole[:-size] for size in sizes)}
    if len(words) > MOST_WORDS:
        return {whole}
    return {"".join(order) for order in permutations(words)}
