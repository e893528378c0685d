"""Odoo's own command line, in the project's environment."""

import os
import socket
import sys

from . import cluster, paths, python_env, supervise
from .files import write
from .say import Failure

# subcommands that never talk to a database
OFFLINE = {"upgrade_code", "scaffold", "cloc", "help", "--version", "--help", "-h"}
# another project's settings; ours must reach a command started by our own tests
FOREIGN = ("PG", "ODOO_", "OPENERP_", "PYTHON")
OURS = ("PG_URI", "ODOO_SOURCE")
PORT_OPTIONS = ("-p", "--http-port", "--no-http")


def check_source():
    source = paths.odoo_source()
    release = source / "odoo/release.py"
    if not release.is_file():
        raise Failure(
            f"ODOO_SOURCE={source} holds no Odoo: name the folder that has odoo/release.py in it"
        )
    if "version_info = (19, 0," not in release.read_text():
        raise Failure(f"{source} is not Odoo 19.0: set ODOO_SOURCE to one that is")


def addons_path():
    source = paths.odoo_source()
    folders = [source / "odoo/addons", source / "addons"]
    if not (source / "addons/web").is_dir():
        folders.pop()  # Debian has all of them in the first one
    return [*folders, paths.ROOT]


def write_config():
    options = {
        "addons_path": ",".join(map(str, addons_path())),
        "data_dir": paths.DATA,
        "http_interface": "127.0.0.1",
        "admin_passwd": "admin",
        "limit_time_cpu": 600,
        "limit_time_real": 1200,
    }
    lines = ["[options]", *(f"{key} = {value}" for key, value in options.items())]
    text = "\n".join(lines) + "\n"
    config = paths.config()
    if not config.is_file() or config.read_text() != text:
        write(config, text)
    paths.DATA.mkdir(parents=True, exist_ok=True)


def environment():
    """What a program sees that runs on the ground."""
    clean = {
        key: value
        for key, value in os.environ.items()
        if key in OURS or not key.startswith(FOREIGN)
    }
    programs = [paths.VENV / "bin", paths.NODE / "node_modules/.bin"]
    programs += [cluster.bin_dir(), clean.get("PATH", "/usr/bin:/bin")]
    return {
        "PYTHON": sys.executable,
        **clean,
        **cluster.connection(),
        "PATH": ":".join(map(str, programs)),
        "PYTHONPATH": str(paths.odoo_source()),
        "PYTHONUNBUFFERED": "1",
        "ODOO_RC": str(paths.config()),
        "VIRTUAL_ENV": str(paths.VENV),
        "LC_ALL": "C.UTF-8",
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command_line(args):
    return [python_env.python(), python_env.python("odoo"), *args]


def run(args):
    """Replace ourselves, as it were, by `odoo ARGS`; return its exit code."""
    env = environment()
    given = any(arg.startswith(PORT_OPTIONS) for arg in args)
    if not given and any(arg.startswith(("--test", "--stop-after-init")) for arg in args):
        env["ODOO_HTTP_PORT"] = str(free_port())
    if args and args[0] in OFFLINE:
        return supervise.replace(command_line(args), env=env)
    with cluster.used() as lock:
        return supervise.replace(command_line(args), env=env, lock=lock)
