#!/usr/bin/env python3
"""The README.rst of each addon, made from the fragments in its readme/, as OCA has them.

    dev/exec dev/readme.py            # writes them
    dev/exec dev/readme.py --check    # says which are not as they would be written

OCA's own generator is not among the packages that one can install. What a fragment may have in it
is paragraphs, lists of one level, headings (##), blocks of code, and within a line `code`,
**strong**, _emphasis_ and [links](https://…).
"""

import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parent)]

from ground import manifests, paths  # noqa: E402

# in OCA's order
SECTIONS = {
    "CONTEXT": "Use Cases / Context",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known issues / Roadmap",
    "HISTORY": "Changelog",
    "CREDITS": "Other credits",
    "CONTRIBUTORS": "Contributors",
}
NOTE = """\
.. This file is made from the fragments in readme/ by dev/readme.py:
   change them, and run it again.
"""
CODE = re.compile(r"(`[^`]+`)")
# what is not taken apart here: tables, pictures, quotations, deeper headings, HTML
FOREIGN = re.compile(r"^(\||!\[|>|#### |<)", re.M)


class FragmentError(Exception):
    """A fragment has something in it that is not translated here."""


def main(args):
    """:return: the exit code: 1 where one is not as it should be"""
    stale = [folder for folder in paths.addons() if not is_in_step(folder)]
    for folder in stale:
        if "--check" in args:
            print(f"{folder.name}/README.rst is out of step: run dev/exec dev/readme.py")
        else:
            (folder / "README.rst").write_text(build(folder))
            print(f"{folder.name}/README.rst is written")
    return int(bool(stale) and "--check" in args)


def is_in_step(folder):
    file = folder / "README.rst"
    return file.is_file() and file.read_text() == build(folder)


def build(folder):
    """The text of the README.rst of an addon.

    :raise FragmentError: see there
    """
    manifest = manifests.read(folder)
    parts = [_over(manifest["name"], "="), NOTE, _read(folder, "DESCRIPTION")]
    sections = {title: _read(folder, name) for name, title in SECTIONS.items()}
    parts += ["**Table of contents**", ".. contents::\n   :local:"]
    for title, text in sections.items():
        if text:
            parts += [_under(title, "="), text]
    parts += [_under("Credits", "="), _under("Authors", "-"), f"* {manifest['author']}"]
    parts += [_under("License", "="), manifest["license"]]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _over(title, mark):
    line = mark * len(title)
    return f"{line}\n{title}\n{line}"


def _under(title, mark):
    return f"{title}\n{mark * len(title)}"


def _read(folder, name):
    file = folder / f"readme/{name}.md"
    if not file.is_file():
        return ""
    text = file.read_text()
    if found := FOREIGN.search(text):
        raise FragmentError(f"{file.relative_to(paths.ROOT)} has “{found[0]}” in it")
    return "\n\n".join(map(_block, re.split(r"\n\n+", text.strip("\n"))))


def _block(text):
    """One paragraph, list, heading or block of code."""
    if heading := re.fullmatch(r"(##|###) (.+)", text):
        return _under(_inline(heading[2]), "-" if heading[1] == "##" else "~")
    if all(line.startswith("    ") for line in text.split("\n")):
        return f".. code-block:: shell\n\n{text}"
    return _inline(re.sub(r"^- ", "* ", text, flags=re.M))


def _inline(text):
    """Within a line; what is code stays as it is."""
    return "".join(
        f"`{part}`" if CODE.fullmatch(part) else _mark(part) for part in CODE.split(text)
    )


def _mark(text):
    text = re.sub(r"(?<!\w)_([^_]+)_(?!\w)", r"*\1*", text)
    return re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r"`\1 <\2>`__", text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
