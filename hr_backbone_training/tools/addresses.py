# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What HTML makes a reader fetch, by itself: pictures and the like. Knows nothing of Odoo."""

import re

# attributes whose address is fetched without a click; `href` counts on all but links
FETCHED = {"src", "srcset", "background", "poster", "data", "lowsrc", "dynsrc"}
LINKS = {"a", "area"}
URL = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)[^)]*\)?", re.I)
IMPORT = re.compile(r"@import[^;]*;?", re.I)
IMAGE_SET = re.compile(r"(?:-webkit-)?image-set\((?:[^()]|\([^()]*\))*\)?", re.I)
# as a style may write it to hide it: “\75 rl(…)”
ESCAPED = re.compile(r"\\")


def strip_addresses(root, kept):
    """Take away what would be fetched from elsewhere.

    :param root: an lxml element, changed in place
    :param kept: a function: whether an address may stay
    """
    for element in root.iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        if element.tag == "style":
            element.text = _strip_style(element.text or "", kept)
        for name, value in list(element.attrib.items()):
            if _is_fetched(element.tag, name.rpartition("}")[2].rpartition(":")[2]):
                if name.lower() == "srcset" or not kept(value.strip()):
                    del element.attrib[name]
            elif name == "style":
                element.set(name, _strip_style(value, kept))


def _is_fetched(tag, name):
    return name in FETCHED or (name == "href" and tag not in LINKS)


def _strip_style(style, kept):
    if ESCAPED.search(style):
        return ""
    style = IMAGE_SET.sub("none", IMPORT.sub("", style))
    return URL.sub(lambda found: found[0] if kept(found[1].strip()) else "none", style)


def is_brought_along(address):
    """Whether it is no address but the thing itself."""
    return address.lower().startswith("data:image/")


def is_own(address):
    """Whether it is brought along, or a file of this very server."""
    local = re.match(r"/(web/(image|content)|hr_backbone_training/static)/", address)
    return is_brought_along(address) or (bool(local) and ".." not in address)
