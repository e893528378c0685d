# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""A form's HTML as paper wants it: directions, and where a page may break."""

import re
import unicodedata

from lxml import html

RIGHT_TO_LEFT = ("R", "AL")
# letters on a line over the whole width, and the most lines of a row that is kept together
LETTERS = 112
WHOLE = 14
EMPTY = re.compile(r"\n(?:[ \t]*\n){2,}")
WIDTH = re.compile(r"width:\s*([\d.]+)%")


def prepare(form):
    """:param str form: a whole HTML document
    :return: the same for WeasyPrint, str
    """
    root = html.document_fromstring(form)
    _close_up(root)
    _direct(root)
    _loosen(root)
    return html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")


def _close_up(root):
    """Page after page of empty lines says nothing, and takes minutes: one is left of many."""
    for line in list(root.iterfind(".//p")):
        before = line.getprevious()
        if _is_empty(line) and before is not None and before.tag == "p" and _is_empty(before):
            line.getparent().remove(line)
    for element in root.iter():
        if element.text and "\n\n\n" in element.text:
            element.text = EMPTY.sub("\n\n", element.text)
        if element.tail and "\n\n\n" in element.tail:
            element.tail = EMPTY.sub("\n\n", element.tail)


def _is_empty(line):
    return not len(line) and not (line.text or "").strip()


def _direct(root):
    """Give each `dir="auto"` its direction, as a browser does: that of the first strong
    letter. WeasyPrint knows `ltr` and `rtl` only."""
    for element in root.iterfind('.//*[@dir="auto"]'):
        if direction := _get_direction(element):
            element.set("dir", direction)
        else:
            del element.attrib["dir"]
    if root.get("dir") == "rtl":
        _keep_sentences(root)


def _get_direction(element):
    letters = map(unicodedata.bidirectional, element.text_content())
    strong = next((kind for kind in letters if kind in ("L", *RIGHT_TO_LEFT)), None)
    return strong and ("rtl" if strong in RIGHT_TO_LEFT else "ltr")


def _keep_sentences(root):
    """On a page from right to left, what has no Arabic or Hebrew letter keeps its own order, or
    "1 of 2" would read "2 of 1"; it stays at the side where the page has it."""
    for element in root.iter("td", "th", "h1", "p"):
        if element.get("dir") or element.find(".//td") is not None:
            continue
        if _get_direction(element) != "rtl":
            element.set("dir", "ltr")
            classes = element.get("class", "").split()
            if element.tag in ("td", "p") and "bt_center" not in classes:
                side = "left" if "bt_right" in classes else "right"
                element.set("style", f"{element.get('style', '')};text-align:{side}")


def _loosen(root):
    """Let what fills a good part of a page break there, under its heading: a row that is kept
    together would leave the rest of the page before it empty."""
    for row in root.xpath("//tr[not(ancestor::*[contains(@class, 'bt_html')])]"):
        if _count_lines(row) <= WHOLE:
            continue
        row.set("class", f"{row.get('class', '')} bt_long")
        block = row.getparent().getparent()
        block = block.getparent() if block.tag == "table" else block
        if "bt_row" in block.get("class", "").split():
            block.set("class", f"{block.get('class')} bt_long")
            if len(row) == 2 and row[0].tag == "th":
                _put_above(block, row)


def _count_lines(row):
    """About how many lines the row takes: those of its fullest cell."""
    table = row.getparent() if row.getparent().tag == "table" else row.getparent().getparent()
    widths = [
        float(found[1]) if (found := WIDTH.search(column.get("style", ""))) else 0
        for column in table.iterfind("colgroup/col")
    ]
    most = 0
    place = 0
    for cell in row.iterchildren("td", "th"):
        span = int(cell.get("colspan", 1))
        share = sum(widths[place : place + span]) or 100 / max(1, len(row))
        place += span
        room = max(4, LETTERS * share / 100 - 4)
        texts = [p.text_content() for p in cell.iter("p")] or [cell.text_content()]
        most = max(most, sum(max(1, -(-_get_width(text) // room)) for text in texts))
    return most


def _get_width(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _put_above(block, row):
    """A long text has its label above it, over the whole width and on each of its pages."""
    label, cell = row
    table = html.Element("table", {"class": "bt_rows"})
    head, body = html.Element("thead"), html.Element("tbody")
    label.set("class", "bt_head")
    for part, item in ((head, label), (body, cell)):
        line = html.Element("tr", {"class": "bt_long"})
        line.append(item)
        part.append(line)
        table.append(part)
    block.getparent().replace(block, table)
