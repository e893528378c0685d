"""Packages of the machine's own Debian: only those that are missing."""

import os
import shutil
import sys
from glob import glob

from .say import Failure, run, say


def _program(*names):
    return lambda: any(map(shutil.which, names))


def _file(pattern):
    return lambda: bool(glob(pattern))


def _venv():
    return os.system(f"{sys.executable} -c 'import venv, ensurepip' 2>/dev/null") == 0


HOW = {"finish": True, "env": os.environ}

PROBES = {
    "libmagic1": _file("/usr/lib/*/libmagic.so.1"),
    "libcairo2": _file("/usr/lib/*/libcairo.so.2"),
    "python3-venv": _venv,
    "postgresql": _file("/usr/lib/postgresql/*/bin/initdb"),
    "postgresql-client": _file("/usr/lib/postgresql/*/bin/psql"),
    "wkhtmltopdf": _program("wkhtmltopdf"),
    "fonts-noto-cjk": _file("/usr/share/fonts/*/noto/NotoSansCJK-Regular*"),
    "fonts-dejavu-core": _file("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    "chromium": lambda: bool(os.environ.get("CHROMIUM")) or _program("chromium", "google-chrome")(),
    "poppler-utils": _program("pdftotext"),
}


def install(names):
    """Make sure that these packages are there."""
    missing = [name for name in names if not PROBES[name]()]
    if not missing:
        return
    listed = " ".join(missing)
    say(f"Debian packages: {listed}")
    prefix = _rights(listed)
    install = [*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends"]
    install += ["-o", "DPkg::Lock::Timeout=300", *missing]
    what = f"installing {listed}"
    try:
        run(install, what, **HOW)
    except Failure:
        # mostly an index that is old or missing, or an installation cut short
        update = [*prefix, "apt-get", "update", "-q"]
        run([*prefix, "dpkg", "--configure", "-a"], "finishing what dpkg began", **HOW)
        run(update, "refreshing Debian's package index", **HOW)
        run(install, what, **HOW)
    still = [name for name in missing if not PROBES[name]()]
    if still:
        raise Failure(
            f"Debian installed {' '.join(still)}, but what it should bring is not"
            " there: look at `apt-get install --reinstall` of it"
        )


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
