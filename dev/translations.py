"""Brings the template and the translations of the addon up to a fresh export of its messages.

`make translations` calls it: `dev/translations.py EXPORT FOLDER`. A translation stays with its
message; a message that is gone goes from all files; a new one comes into each of them, without
a translation. Files are in the order and the lines of the export, their heads stay.
"""

import sys
from pathlib import Path

import polib


def merge(export, folder):
    """:param export: the path of a template that Odoo has just exported
    :param folder: the addon's `i18n`; its files are written where something differs
    :return list: what has changed and what is to be translated, a sentence for each
    """
    fresh = polib.pofile(str(export))
    return [
        sentence
        for path in sorted(folder.glob("*.po*"))
        if path.suffix in (".po", ".pot")
        for sentence in _merge_file(fresh, path)
    ]


def _merge_file(fresh, path):
    stored = polib.pofile(str(path))
    before = {entry.msgid: entry for entry in stored}
    head, order = str(stored), [entry.msgid for entry in fresh]
    stored[:] = [_take_over(entry, before.get(entry.msgid)) for entry in fresh]
    if str(stored) != head:
        stored.save()
    new = [msgid for msgid in order if msgid not in before]
    gone = sorted(before.keys() - set(order))
    yield f"{path.name}: {len(new)} new, {len(gone)} gone, {len(order)} in all"
    yield from (f"  gone: {msgid!r}" for msgid in gone)
    yield from (f"  new: {msgid!r}" for msgid in new)


def _take_over(entry, old):
    """The entry of the export, with what people have written to it."""
    return polib.POEntry(
        msgid=entry.msgid,
        msgstr=old.msgstr if old else "",
        comment=entry.comment,
        tcomment=old.tcomment if old else "",
        occurrences=entry.occurrences,
        flags=old.flags if old else [],
    )


if __name__ == "__main__":
    print("\n".join(merge(Path(sys.argv[1]), Path(sys.argv[2]))))
