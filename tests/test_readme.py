"""The README.rst of each addon is what dev/readme.py makes of the fragments in its readme/."""

import pytest
import readme
from docutils.core import publish_doctree
from ground import paths

STRICT = {"report_level": 1, "halt_level": 1}
FOLDERS = paths.addons()

pytestmark = pytest.mark.takes(1)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_it_is_in_step_and_can_be_read(folder):
    text = readme.build(folder)
    assert (folder / "README.rst").read_text() == text, "run dev/exec dev/readme.py"
    # a mistake of syntax is raised
    publish_doctree(text, settings_overrides=STRICT)


def test_marks():
    assert readme._block("A **b** and _c d_, `e_f_g`, snake_case_name") == (
        "A **b** and *c d*, ``e_f_g``, snake_case_name"
    )
    assert readme._block("- one\n  more\n- [two](https://x.example)") == (
        "* one\n  more\n* `two <https://x.example>`__"
    )
    assert readme._block("## Run the _year_") == "Run the *year*\n--------------"
    assert readme._block("    pip install x") == ".. code-block:: shell\n\n    pip install x"


@pytest.mark.parametrize("text", ["| a | b |", "![a](b.png)", "> said", "#### deep", "<b>x</b>"])
def test_what_it_does_not_know_it_refuses(text, tmp_path, monkeypatch):
    monkeypatch.setattr(readme.paths, "ROOT", tmp_path)
    (tmp_path / "readme").mkdir()
    (tmp_path / "readme/DESCRIPTION.md").write_text(f"A line\n\n{text}\n")
    with pytest.raises(readme.FragmentError, match=r"DESCRIPTION\.md has"):
        readme._read(tmp_path, "DESCRIPTION")
