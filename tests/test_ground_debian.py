"""What happens on a Debian that lacks one of the packages; apt is played by a script."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ground import debian, paths, say

ROOT = Path(__file__).resolve().parent.parent

APT_CACHE = """\
case "$1 $2" in
"policy lacking-"* | "policy renamed") printf '%s:\\n  Candidate: (none)\\n' "$2" ;;
"policy unknown-"*) ;;
"policy "*) printf '%s:\\n  Candidate: 1.0\\n' "$2" ;;
"showpkg renamed") printf 'Reverse Provides: \\nrenamed-t64 1.0 (= 1.0)\\n' ;;
"showpkg "*) printf 'Reverse Provides: \\n' ;;
esac
"""
SUDO = 'while [ "$1" = -n ]; do shift; done\nexec "$@"\n'


def program(path, script):
    path.write_text(f"#!/bin/sh\n{script}")
    path.chmod(0o755)


@pytest.fixture
def apt(tmp_path, monkeypatch):
    """A machine that has nothing but this apt; returns the file of its calls."""
    calls = tmp_path / "calls"
    calls.touch()
    folder = tmp_path / "bin"
    folder.mkdir()
    program(folder / "apt-get", f'echo "$*" >> {calls}\n')
    program(folder / "apt-cache", APT_CACHE)
    program(folder / "sudo", SUDO)
    for name in ("env", "true"):
        (folder / name).symlink_to(f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(debian, "HOW", {"env": os.environ})
    monkeypatch.setattr(paths, "STATE", tmp_path / "state")
    monkeypatch.setattr(paths, "TEMPORARY", tmp_path / "temporary")
    monkeypatch.setattr(paths, "INSTALL_LOG", tmp_path / "log")
    return calls


@pytest.fixture
def package(apt, monkeypatch):
    """Make a package known that is there as soon as apt has been told to install it."""

    def make(name, **kwargs):
        def there():
            return any(name in line.split() for line in installs(apt))

        made = debian.Package(there, f"instead of {name}", **kwargs)
        monkeypatch.setitem(debian.PACKAGES, name, made)
        return name

    return make


def installs(apt):
    return [line for line in apt.read_text().splitlines() if line.startswith("install")]


@pytest.mark.parametrize("lacking", ["lacking-tool", "unknown-tool"])
def test_a_needed_package_is_named_and_nothing_installed(apt, package, lacking):
    names = [package("first"), package(lacking), package("last")]
    with pytest.raises(say.Failure) as caught:
        debian.install(names)
    assert str(caught.value) == (
        f"this Debian offers no {lacking}, so nothing was installed:"
        f" instead of {lacking}, and run it again"
    )
    assert apt.read_text().split("\n") == ["update -q", ""]


def test_a_font_may_be_lacking(apt, package, capsys):
    names = [package("first"), package("lacking-font", needed=False)]
    debian.install(names)
    assert installs(apt)[0].endswith(" first")
    assert "going on without: instead of lacking-font" in capsys.readouterr().err
    debian.install(names)
    assert apt.read_text().count("update") == 1, "the index is asked once a day"


def test_a_package_may_have_been_renamed(apt, package):
    debian.install([package("renamed")])
    assert installs(apt)[0].endswith(" renamed")


def test_every_package_says_what_to_do_instead():
    for name, package in debian.PACKAGES.items():
        assert package.instead, name


def test_the_command_says_it_before_it_does_anything(tmp_path, apt):
    program(tmp_path / "bin/apt-cache", "")
    env = {key: value for key, value in os.environ.items() if key != "CHROMIUM"}
    done = subprocess.run(
        [sys.executable, ROOT / "dev/ground", "exec", "true"],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "[ground] this Debian offers no chromium and no poppler-utils, so nothing was"
        " installed: set CHROMIUM to a Chromium or Chrome that you have, install pdftotext"
        " by your own means, and run it again"
    ]
    assert not installs(apt)
