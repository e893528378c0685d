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


def odoo_source():
    """The folder that holds the `odoo` Python package."""
    given = os.environ.get("ODOO_SOURCE")
    if given:
        return Path(given).expanduser().resolve()
    return DEBIAN_ROOT / "usr/lib/python3/dist-packages"


def given_postgres():
    """The connection URI of a PostgreSQL that the user already has, or None."""
    return os.environ.get("PG_URI") or None


def config():
    """Odoo's configuration file; one per Odoo, since it names its addons."""
    source = os.environ.get("ODOO_SOURCE")
    suffix = f"-{sha256(str(odoo_source()).encode()).hexdigest()[:8]}" if source else ""
    return HOME / f"odoo{suffix}.conf"
