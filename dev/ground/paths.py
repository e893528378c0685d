"""Where things live. Nothing but names: importing this touches no disk."""

import os
from hashlib import sha256
from pathlib import Path

ADDON = "hr_backbone_training"

ROOT = Path(__file__).resolve().parent.parent.parent
DEV = ROOT / "dev"

HOME = ROOT / ".odoo"
DEBIAN_ROOT = HOME / "root"
VENV = HOME / "venv"
NODE = HOME / "node"
PG = HOME / "pg"
DATA = HOME / "data"
RUN = HOME / "run"
TEMPORARY = RUN / "tmp"
STATE = HOME / "state"
INSTALL_LOG = RUN / "install.log"

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hr-backbone-training"


def addons():
    """The folders of our addons: the main one, and the glue addons, which Odoo installs by
    itself where what they join is there."""
    return [ROOT / ADDON, *glue()]


def glue():
    """The folders of the glue addons."""
    return sorted(file.parent for file in ROOT.glob(f"{ADDON}_*/__manifest__.py"))


def odoo_source():
    """The folder that holds the `odoo` Python package."""
    given = os.environ.get("ODOO_SOURCE")
    if given:
        return Path(given).expanduser().resolve()
    return DEBIAN_ROOT / "usr/lib/python3/dist-packages"


def odoo_addons():
    """The folder that holds Odoo's own addons: Debian has all of them in the first one."""
    source = odoo_source()
    return source / "addons" if (source / "addons/web").is_dir() else source / "odoo/addons"


def given_postgres():
    """The connection URI of a PostgreSQL that the user already has, or None."""
    return os.environ.get("PG_URI") or None


def config():
    """Odoo's configuration file; one per Odoo, since it names its addons."""
    source = os.environ.get("ODOO_SOURCE")
    suffix = f"-{sha256(str(odoo_source()).encode()).hexdigest()[:8]}" if source else ""
    return HOME / f"odoo{suffix}.conf"
