# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Many forms in one PDF, without having all of them in memory at the same time.

WeasyPrint keeps some 3 MB for each form until its file is written. So forms are written in
parts, and each part goes into the common file at once: its objects get numbers of their own,
and what there is but once in a PDF (catalog, pages, tags, table of contents) is written last.
"""

import re
import zlib

# texts, in which nothing is a reference; and references
TOKENS = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]*>|(?<![\w./])(\d+) 0 R\b", re.S)
CATALOG, PAGES, TAGS, MARKS, OUTLINES, INFO = range(1, 7)
# no object of a part has this number: what stands over its pages
OVER = 0
# of these the common file has one
ONCE = ("Pages", "StructTreeRoot", "Outlines")


class Binder:
    """Writes a PDF to `target`, a binary file, part by part: `document.write_pdf(
    finisher=binder.add)` for each, then `close()`."""

    def __init__(self, target):
        self.target = target
        self.position = 0
        # number of an object → (1, where it is) or (2, its object stream, its place there)
        self.found = {}
        self.last = INFO
        self.catalog, self.info = b"", b""
        self.kids, self.pages, self.tags, self.marks, self.outlines = [], 0, [], [], []
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def add(self, document, pdf):
        """Take over a part, before it is written: the finisher of WeasyPrint.

        :param pdf: the part, a `pydyf.PDF`; it is empty afterwards
        """
        part = _Part(self, pdf)
        self.last += len(pdf.objects)
        loose = []
        for item in pdf.objects[1:]:
            if item.number not in part.once:
                (self._add_stream if not item.compressible else loose.append)(
                    (part.number(item.number), part.data(item))
                )
        self._add_loose(loose)
        self._take_roots(part)
        del pdf.objects[1:]

    def _take_roots(self, part):
        if not self.catalog:
            self.catalog, self.info = part.catalog(), part.renumber(part.pdf.info.data)
        self.kids.append(part.number(part.pdf.pages.number))
        self.pages += part.pdf.pages["Count"]
        self.tags += part.tags()
        self.marks += part.marks()
        self.outlines += part.outlines()

    def close(self):
        """Write what there is once, and where everything is."""
        rows = []
        for place, (number, data) in enumerate(self.outlines):
            links = [(b"Prev", place - 1)] if place else []
            links += [(b"Next", place + 1)] if place + 1 < len(self.outlines) else []
            more = b"".join(b"/%s %d 0 R" % (key, self.outlines[at][0]) for key, at in links)
            rows.append((number, data[:-2] + more + b">>"))
        kids = b" ".join(b"%d 0 R" % number for number in self.kids)
        rows += [
            (PAGES, b"<</Type /Pages/Kids [%s]/Count %d>>" % (kids, self.pages)),
            (MARKS, b"<</Nums [%s]>>" % b" ".join(self.marks)),
            (
                TAGS,
                b"<</Type /StructTreeRoot/ParentTree %d 0 R/ParentTreeNextKey %d/K [%s]>>"
                % (MARKS, len(self.marks) // 2, b" ".join(self.tags)),
            ),
            (OUTLINES, self._get_contents()),
            (
                CATALOG,
                self.catalog
                + b"/Pages %d 0 R/StructTreeRoot %d 0 R/Outlines %d 0 R>>"
                % (PAGES, TAGS, OUTLINES),
            ),
            (INFO, self.info),
        ]
        self._add_loose(rows)
        self._write_index()

    def _get_contents(self):
        if not self.outlines:
            return b"<</Type /Outlines>>"
        ends = len(self.outlines), self.outlines[0][0], self.outlines[-1][0]
        return b"<</Type /Outlines/Count %d/First %d 0 R/Last %d 0 R>>" % ends

    # -- writing -----------------------------------------------------------------------

    def _write(self, data):
        self.target.write(data)
        self.position += len(data)

    def _add_stream(self, row):
        number, data = row
        self.found[number] = (1, self.position, 0)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, data))

    def _add_loose(self, rows):
        """What is no stream is together in one, packed."""
        self.last += 1
        box, places, at = self.last, [], 0
        for place, (number, data) in enumerate(rows):
            self.found[number] = (2, box, place)
            places.append(b"%d %d" % (number, at))
            at += len(data) + 1
        head = b" ".join(places) + b"\n"
        body = zlib.compress(head + b"\n".join(data for _number, data in rows))
        extra = b"/Type /ObjStm/N %d/First %d/Filter /FlateDecode/Length %d" % (
            len(rows),
            len(head),
            len(body),
        )
        self._add_stream((box, b"<<%s>>\nstream\n%s\nendstream" % (extra, body)))

    def _write_index(self):
        self.last += 1
        start = self.position
        self.found[self.last] = (1, start, 0)
        size = self.last + 1
        rows = [self.found.get(number, (0, 0, 0)) for number in range(size)]
        index = b"".join(
            bytes([kind]) + where.to_bytes(5, "big") + place.to_bytes(4, "big")
            for kind, where, place in rows
        )
        body = zlib.compress(index)
        extra = b"/Type /XRef/W [1 5 4]/Size %d/Root %d 0 R/Info %d 0 R" % (size, CATALOG, INFO)
        extra += b"/Filter /FlateDecode/Length %d" % len(body)
        self._add_stream((self.last, b"<<%s>>\nstream\n%s\nendstream" % (extra, body)))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)


class _Part:
    """One part on its way into the common file."""

    def __init__(self, binder, pdf):
        self.pdf = pdf
        self.shift = binder.last
        self.first_mark = len(binder.marks) // 2
        roots = {name: _number(pdf.catalog.get(name)) for name in ONCE}
        self.tree = pdf.objects[roots["StructTreeRoot"]]
        self.mark_tree = pdf.objects[_number(self.tree["ParentTree"])]
        self.contents = roots["Outlines"]
        # number → its number in the common file
        self.fixed = {
            OVER: PAGES,
            pdf.catalog.number: CATALOG,
            self.tree.number: TAGS,
            self.mark_tree.number: MARKS,
            self.contents: OUTLINES,
        }
        self.entries = [
            item
            for item in pdf.objects[1:]
            if isinstance(item, dict) and self.contents and "Dest" in item and "Title" in item
            if _number(item.get("Parent")) == self.contents
        ]
        self.once = {*self.fixed, *(entry.number for entry in self.entries)}

    def number(self, number):
        return self.fixed.get(number) or number + self.shift

    def renumber(self, data):
        return TOKENS.sub(self._renumber_one, data)

    def _renumber_one(self, found):
        number = found[1]
        return found[0] if number is None else b"%d 0 R" % self.number(int(number))

    def data(self, item):
        """The object as it stands in the common file."""
        if not item.compressible:
            head, body = item.data.split(b"\nstream\n", 1)
            return self.renumber(head) + b"\nstream\n" + body
        if isinstance(item, dict):
            for key in ("StructParents", "StructParent"):
                if key in item:
                    item[key] += self.first_mark
            if item is self.pdf.pages:
                item["Parent"] = b"%d 0 R" % OVER
        return self.renumber(item.data)

    # -- what there is once ------------------------------------------------------------

    def catalog(self):
        """The catalog without its end, and without what the common file has for all."""
        rest = type(self.pdf.catalog)(
            {key: value for key, value in self.pdf.catalog.items() if key not in ONCE}
        )
        return self.renumber(rest.data)[:-2]

    def tags(self):
        return [self.renumber(tag) for tag in self.tree["K"]]

    def marks(self):
        """The numbers of the pages, each with the tags on it, going on from the last part."""
        return [
            b"%d" % (value + self.first_mark)
            if isinstance(value, int)
            else self.renumber(getattr(value, "data", value))
            for value in self.mark_tree["Nums"]
        ]

    def outlines(self):
        """The entries of the table of contents: their numbers, and what they say."""
        rows = []
        for entry in self.entries:
            for key in ("Prev", "Next"):
                entry.pop(key, None)
            rows.append((self.number(entry.number), self.renumber(entry.data)))
        return rows


def _number(reference):
    return int(reference.split()[0]) if reference else None
