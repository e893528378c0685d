"""npm packages, through the npm that the Python environment brings along."""

import os
import shutil

from . import paths
from .files import digest_of, remove_stamp, set_stamp, stamp_matches
from .say import environment, run, say

PACKAGE = paths.DEV / "package.json"
LOCK = paths.DEV / "package-lock.json"
# npm would try for ten minutes before it says that there is no network
PATIENCE = ["--fetch-retries=2", "--fetch-retry-maxtimeout=10000", "--fetch-timeout=60000"]
SEGMENTATION = "selfie_segmentation"


def install(*, tools=False):
    wanted = digest_of(str(paths.NODE), PACKAGE, LOCK)
    if tools and stamp_matches("node-dev", wanted):
        return
    if not tools and (stamp_matches("node", wanted) or stamp_matches("node-dev", wanted)):
        return
    remove_stamp("node")
    remove_stamp("node-dev")
    say("npm packages" + (" for tests and lint" if tools else ""))
    paths.NODE.mkdir(parents=True, exist_ok=True)
    shutil.copy(PACKAGE, paths.NODE)
    shutil.copy(LOCK, paths.NODE)
    bin_ = paths.VENV / "bin"
    run(
        [bin_ / "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        + ([] if tools else ["--omit=dev"])
        + ["--cache", paths.CACHE / "npm", *PATIENCE],
        "installing npm packages",
        cwd=paths.NODE,
        env={**environment(), "PATH": f"{bin_}:{os.environ['PATH']}"},
    )
    set_stamp("node-dev" if tools else "node", wanted)


def complete_odoo():
    """Give Odoo the one file that Debian has to leave out of its package."""
    static = paths.DEBIAN_ROOT / ("usr/lib/python3/dist-packages/odoo/addons/mail/static/lib")
    target = static / SEGMENTATION / f"{SEGMENTATION}.js"
    if target.exists() or not static.is_dir():
        return
    target.parent.mkdir(exist_ok=True)
    source = paths.NODE / "node_modules/@mediapipe" / SEGMENTATION / target.name
    fresh = target.with_suffix(".new")
    shutil.copy(source, fresh)
    fresh.replace(target)
