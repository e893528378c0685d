"""What has to be there, in the order in which one part needs the other."""

import os
import shutil

from . import archive, cluster, debian, node, odoo, paths, python_env
from .files import exclusive
from .say import GIGABYTES, Failure, say

FOR_ODOO = ["python3-venv", "libmagic1", "libcairo2"]
FOR_PAPER = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
FOR_PAPER += ["fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji"]
FOR_TESTS = ["chromium", "poppler-utils"]


def ensure(*, tools=False):
    """Install what is missing; quick and silent when nothing is."""
    _check_rights()
    waiting = "another command is installing, waiting for it to end"
    with exclusive(paths.RUN / "install.lock", waiting):
        shutil.rmtree(paths.TEMPORARY, ignore_errors=True)  # left by a killed install
        if not paths.STATE.is_dir():
            say("first use of this checkout: installing, this takes a few minutes")
            _check_disk()
        # in this order, and all packages at once: what Debian lacks is named before
        # anything is installed
        odoo_files = [] if os.environ.get("ODOO_SOURCE") else archive.download()
        debian.install(_debian_packages(tools))
        archive.unpack(odoo_files)
        python_env.install(tools=tools)
        node.install(tools=tools)
        node.complete_odoo()
        cluster.install()
        odoo.check_source()
        odoo.write_config()


def _debian_packages(tools):
    return [*FOR_ODOO, *FOR_PAPER, *cluster.debian_packages(), *(FOR_TESTS if tools else [])]


def _check_rights():
    try:
        paths.RUN.mkdir(parents=True, exist_ok=True)
        (paths.RUN / "install.lock").open("a").close()
        paths.CACHE.mkdir(parents=True, exist_ok=True)
    except PermissionError as error:
        raise Failure(
            f"no right to write {error.filename}: run it as the user who owns that folder"
        ) from None


def _check_disk():
    free = shutil.disk_usage(paths.ROOT).free / 1e9
    if free < GIGABYTES:
        raise Failure(
            f"only {free:.1f} GB of disk are free and about {GIGABYTES} are needed:"
            " free some space and run it again"
        )
