"""Packages of the machine's own Debian: only those that are missing.

What this Debian does not offer is named before anything is installed; a newer
one drops packages, and half an installation helps nobody.
"""

import ctypes
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from glob import glob

from .files import set_stamp, stamp_matches
from .say import Failure, run, say


def _program(*names):
    return lambda: any(map(shutil.which, names))


def _file(pattern):
    return lambda: bool(glob(pattern))


def _library(name):
    """Found as Python packages find it, wherever it was installed."""

    def there():
        try:
            return bool(ctypes.CDLL(name))
        except OSError:
            return False

    return there


def _venv():
    return os.system(f"{sys.executable} -c 'import venv, ensurepip' 2>/dev/null") == 0


def _chromium():
    return bool(os.environ.get("CHROMIUM")) or _program("chromium", "google-chrome")()


def _font(name):
    return _file(f"/usr/share/fonts/*/noto/{name}*")


@dataclass(frozen=True)
class Package:
    there: Callable[[], bool]
    instead: str  # what to do where Debian does not offer it
    needed: bool = True  # whether there is nothing to run without it


OWN = "install {} by your own means"
NO_FONT = "some letters will be missing on paper"

PACKAGES = {
    "libmagic1": Package(_library("libmagic.so.1"), OWN.format("libmagic.so.1")),
    "libcairo2": Package(_library("libcairo.so.2"), OWN.format("libcairo.so.2")),
    "python3-venv": Package(_venv, "set PYTHON to a Python 3.11 to 3.13 that has venv"),
    "postgresql": Package(
        _file("/usr/lib/postgresql/*/bin/initdb"), "set PG_URI to a PostgreSQL that you have"
    ),
    "postgresql-client": Package(
        _file("/usr/lib/postgresql/*/bin/psql"), OWN.format("/usr/lib/postgresql/*/bin/psql")
    ),
    # what WeasyPrint prints with; fontconfig and HarfBuzz come along
    "libpango-1.0-0": Package(_library("libpango-1.0.so.0"), OWN.format("libpango-1.0.so.0")),
    "libpangoft2-1.0-0": Package(
        _library("libpangoft2-1.0.so.0"), OWN.format("libpangoft2-1.0.so.0")
    ),
    "libharfbuzz-subset0": Package(
        _library("libharfbuzz-subset.so.0"), OWN.format("libharfbuzz-subset.so.0")
    ),
    "fonts-noto-core": Package(_font("NotoSansArabic-Regular."), NO_FONT, needed=False),
    "fonts-noto-cjk": Package(_font("NotoSansCJK-Regular."), NO_FONT, needed=False),
    "fonts-noto-color-emoji": Package(_font("NotoColorEmoji."), NO_FONT, needed=False),
    "chromium": Package(_chromium, "set CHROMIUM to a Chromium or Chrome that you have"),
    "poppler-utils": Package(_program("pdftotext"), OWN.format("pdftotext")),
    "debootstrap": Package(_program("debootstrap"), OWN.format("debootstrap")),
}

HOW = {"finish": True, "env": os.environ}
ASKED = "debian-lacks"  # stamp: what the index, refreshed today, does not have


def install(names):
    """Make sure that these packages are there, or say what to do instead."""
    missing = [name for name in names if not PACKAGES[name].there()]
    if not missing:
        return
    prefix = _rights(" ".join(missing))
    missing = _offered(missing, prefix)
    if missing:
        _install(missing, prefix)


def _install(missing, prefix):
    listed = " ".join(missing)
    say(f"Debian packages: {listed}")
    install = [*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends"]
    install += ["-o", "DPkg::Lock::Timeout=300", *missing]
    what = f"installing {listed}"
    try:
        run(install, what, **HOW)
    except Failure:
        # mostly an index that is old, or an installation cut short
        run([*prefix, "dpkg", "--configure", "-a"], "finishing what dpkg began", **HOW)
        _update(prefix)
        run(install, what, **HOW)
    still = [name for name in missing if not PACKAGES[name].there()]
    if still:
        raise Failure(
            f"Debian installed {' '.join(still)}, but what it should bring is not"
            " there: look at `apt-get install --reinstall` of it"
        )


def _update(prefix):
    run([*prefix, "apt-get", "update", "-q"], "refreshing Debian's package index", **HOW)


# -- what this Debian has -----------------------------------------------------------


def _offered(names, prefix):
    """Those of the packages that can be installed; fail when a needed one cannot."""
    lacking = [name for name in names if not _candidate(name)]
    if lacking and not _asked_today(lacking):
        _update(prefix)  # the index may be old, or not there at all
        lacking = [name for name in names if not _candidate(name)]
    needed = [name for name in lacking if PACKAGES[name].needed]
    if needed:
        advice = ", ".join(PACKAGES[name].instead for name in needed)
        raise Failure(
            f"this Debian offers no {_listed(needed)}, so nothing was installed:"
            f" {advice}, and run it again"
        )
    for name in lacking:
        say(f"this Debian offers no {name}, going on without: {PACKAGES[name].instead}")
    if lacking:
        set_stamp(ASKED, _today(lacking))
    return [name for name in names if name not in lacking]


def _candidate(name):
    """Whether apt would install it, by this name or as what another one provides."""
    if re.search(r"^  Candidate: (?!\(none\))", _apt_cache("policy", name), re.M):
        return True
    provided = _apt_cache("showpkg", name).partition("Reverse Provides:")[2]
    return any(_candidate(line.split()[0]) for line in provided.splitlines() if line.strip())


def _apt_cache(*args):
    env = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(["apt-cache", *args], capture_output=True, text=True, env=env)
    return done.stdout


def _today(lacking):
    return f"{time.strftime('%F')} {_listed(lacking)}"


def _asked_today(lacking):
    return stamp_matches(ASKED, _today(lacking))


def _listed(names):
    return " and no ".join(names)


# -- who may install ----------------------------------------------------------------


def _rights(listed):
    if not shutil.which("apt-get"):
        raise Failure(f"this machine has no apt-get; install by your own means: {listed}")
    environment = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
    if os.geteuid() == 0:
        return environment
    ask = f"ask an administrator for `apt-get install {listed}` and run it again"
    if not shutil.which("sudo"):
        raise Failure(f"Debian packages are missing and there is no sudo: {ask}")
    if os.system("sudo -n true 2>/dev/null") == 0:
        return ["sudo", "-n", *environment]
    if not sys.stdin.isatty() or os.system("sudo -v") != 0:
        raise Failure(f"Debian packages are missing and sudo is refused: {ask}")
    return ["sudo", "-n", *environment]
