"""The Python environment, every version pinned."""

import re
import sys
import sysconfig

from . import paths
from .files import digest_of, remove_stamp, remove_tree, set_stamp, stamp_matches
from .say import Failure, run, say

RUNTIME = paths.DEV / "requirements.txt"
OPTIONAL = paths.DEV / "requirements-optional.txt"
TOOLS = paths.DEV / "requirements-dev.txt"
BUILD = paths.DEV / "requirements-build.txt"
BASE_STAMP = "venv-base"
STAMP = "venv"
TOOLS_STAMP = "venv-dev"

LAUNCHER = """\
import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
"""


def python(name="python"):
    return paths.VENV / "bin" / name


def install(*, tools=False):
    _check_version()
    base = f"{paths.VENV} {sys.version} {sysconfig.get_platform()}"
    if not stamp_matches(BASE_STAMP, base) or not python().exists():
        remove_stamp(BASE_STAMP)
        remove_stamp(STAMP)
        _build()
        set_stamp(BASE_STAMP, base)
    wanted = digest_of(base, BUILD, RUNTIME, OPTIONAL)
    if not stamp_matches(STAMP, wanted):
        remove_stamp(STAMP)
        remove_stamp(TOOLS_STAMP)
        _pip_install(BUILD, "Python build tools")
        _pip_install(RUNTIME, "Python packages")
        _pip_install(OPTIONAL, "Optional Python packages")
        set_stamp(STAMP, wanted)
    if tools:
        wanted = digest_of(base, BUILD, RUNTIME, OPTIONAL, TOOLS)
        if not stamp_matches(TOOLS_STAMP, wanted):
            remove_stamp(TOOLS_STAMP)
            _pip_install(TOOLS, "Python packages for tests and lint")
            set_stamp(TOOLS_STAMP, wanted)


def _check_version():
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        raise Failure(
            f"Odoo 19 runs on Python 3.11 to 3.13, this is {sys.version.split()[0]}:"
            " set PYTHON to one of those"
        )


def _build():
    remove_tree(paths.VENV)
    run([sys.executable, "-m", "venv", paths.VENV], "making the Python environment")
    launcher = python("odoo")
    launcher.write_text(f"#!{python()}\n{LAUNCHER}")
    launcher.chmod(0o755)


def _pip_install(requirements, what):
    text = requirements.read_text()
    total = len(re.findall(r"^[a-zA-Z]", text, re.M))
    say(f"{what}: {total}, pinned in {requirements.relative_to(paths.ROOT)}")
    # complete pins: nothing to resolve, nothing may come in unasked
    run(
        [python(), "-m", "pip", "install", "--no-deps", "--no-build-isolation"]
        + ["--disable-pip-version-check", "--no-input", "--cache-dir"]
        + [paths.CACHE / "pip", "-r", requirements],
        f"installing {what[0].lower()}{what[1:]}".replace("python", "Python"),
    )
