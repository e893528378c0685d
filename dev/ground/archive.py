"""Odoo itself: a Debian package, unpacked into the project, not installed.

The machine's own apt state stays as it is: index and lists are private ones,
kept in the user's cache folder. The mirror is the one apt already uses.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import paths
from .files import digest, digest_of, exclusive, remove_tree, set_stamp, stamp_matches
from .say import Failure, run, say

RECORD = paths.DEV / "odoo-packages.txt"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
UNPACKED = "odoo-root"
INSTEAD = "set ODOO_SOURCE to an Odoo 19 source tree instead"
EXCLUDED = (
    "./usr/lib/python3/dist-packages/addons",  # the same addons once more
    "./usr/lib/python3/dist-packages/odoo/addons/l10n_*",  # half of the disk space
    "./usr/share/doc",
    "./etc",
)


@dataclass
class Package:
    name: str
    version: str
    series: str  # what a newer version has to start with
    sha256: str

    @property
    def cached(self):
        return paths.CACHE / "debs" / f"{self.name}_{self.version}.deb"


def recorded():
    lines = RECORD.read_text().splitlines()
    return [Package(*line.split()) for line in lines if line and line[0] != "#"]


def download():
    """The files of Odoo and of what its static files point into; none when all is unpacked."""
    if stamp_matches(UNPACKED, _wanted()) and paths.DEBIAN_ROOT.is_dir():
        return []
    with exclusive(paths.CACHE / "lock", "another checkout is downloading, waiting for it"):
        index = Index()
        return [index.fetch(package) for package in recorded()]


def unpack(files):
    if not files:
        return
    say("Odoo: unpacking")
    fresh = paths.HOME / "root.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for file in files:
        _unpack(file, fresh)
    remove_tree(paths.DEBIAN_ROOT)
    fresh.rename(paths.DEBIAN_ROOT)
    set_stamp(UNPACKED, _wanted())


def _wanted():
    return digest_of(RECORD, *EXCLUDED)


def _unpack(file, target):
    script = 'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --no-same-owner "${@:3}"'
    excludes = [f"--exclude={pattern}" for pattern in EXCLUDED]
    run(
        ["bash", "-o", "pipefail", "-c", script, "-", file, target, *excludes],
        f"unpacking {file.name}",
    )


class Index:
    """A private package index of Debian's unstable and stable suites."""

    def __init__(self):
        self.home = paths.CACHE / "apt"
        self.updated = False

    def fetch(self, package):
        """The package's file, from the cache or from the mirror."""
        if package.cached.is_file() and digest(package.cached) == package.sha256:
            return package.cached
        self._update()
        package, sure = self._available(package)
        if not (package.cached.is_file() and not sure):
            self._download(package, sure)
        return package.cached

    def _available(self, package):
        """The recorded version, else the newest of its series, with a notice."""
        found = subprocess.run(
            ["apt-cache", *self._options(), "madison", package.name],
            capture_output=True,
            text=True,
        )
        versions = [line.split("|")[1].strip() for line in found.stdout.splitlines()]
        if package.version in versions:
            return package, True
        near = [version for version in versions if version.startswith(package.series)]
        if not near:
            raise Failure(f"Debian no longer offers {package.name} {package.series}: {INSTEAD}")
        say(f"{package.name}: {near[0]} instead of the recorded {package.version}")
        return Package(package.name, near[0], package.series, ""), False

    def _download(self, package, sure):
        say(f"downloading {package.name} {package.version}")
        folder = paths.CACHE / "debs" / f"new.{os.getpid()}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

        def progress():
            size = sum(file.stat().st_size for file in folder.rglob("*.deb"))
            return f"({size // 1_000_000} MB)"

        run(
            ["apt-get", *self._options(), "-q", "download"] + [f"{package.name}={package.version}"],
            f"downloading {package.name}",
            tick=progress,
            cwd=folder,
        )
        file = next(folder.glob("*.deb"))
        if sure and digest(file) != package.sha256:
            raise Failure(
                f"{package.name} {package.version} is not the file recorded in"
                f" {RECORD.relative_to(paths.ROOT)}: compare its sha256, or {INSTEAD}"
            )
        file.replace(package.cached)
        shutil.rmtree(folder)

    def _update(self):
        if self.updated:
            return
        say("Odoo: reading Debian's package index")
        for name in ("lists/partial", "cache/archives/partial"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        signed = f"[signed-by={KEYRING}] " if KEYRING.is_file() else ""
        uri = mirror()
        lines = [f"deb {signed}{uri} {suite} main\n" for suite in ("unstable", "stable")]
        (self.home / "sources.list").write_text("".join(lines))
        output = run(
            ["apt-get", *self._options(), "-q", "update"],
            "reading Debian's package index",
        )
        if "Failed to fetch" in output:
            raise Failure(
                "Debian's package index could not be read: check the network"
                " connection (and the proxy variables, if any) and run it again"
            )
        self.updated = True

    def _options(self):
        settings = {
            "Dir::Etc::sourcelist": self.home / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferences": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Dir::State::Lists": self.home / "lists",
            "Dir::Cache": self.home / "cache",
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
        }
        return [f"-o{key}={value}" for key, value in settings.items()]


def mirror():
    """The Debian mirror that apt on this machine reads from."""
    if os.environ.get("DEBIAN_MIRROR"):
        return os.environ["DEBIAN_MIRROR"]
    if not shutil.which("apt-get"):
        raise Failure(f"this machine has no apt-get to get Odoo with: {INSTEAD}")
    found = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(ORIGIN)"] + ["Created-By: Packages"],
        capture_output=True,
        text=True,
    )
    rows = [line.split() for line in found.stdout.splitlines()]
    official = [row[0] for row in rows if row[1:] == ["Debian"]]
    named = [row[0] for row in rows if row[0].rstrip("/").endswith("/debian")]
    for uri in official + named:
        if "security" not in uri:
            return uri
    raise Failure(f"apt's settings name no Debian mirror: set DEBIAN_MIRROR to one, or {INSTEAD}")
