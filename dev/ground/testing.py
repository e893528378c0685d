"""`make test`: the addon's tests through pytest-odoo, then those in tests/."""

import os
import time

from . import cluster, databases, install, odoo, paths, supervise
from .say import say

CARRIED = "BACKBONE_CARRIED_REPORTS"
NONE_CHOSEN = 5  # pytest's exit code when -k and the like leave no test


def test(args):
    install.ensure(tools=True)
    begin = time.monotonic()
    with cluster.used() as lock:
        databases.drop_leftovers()
        carried = paths.RUN / f"reports-{os.getpid()}.jsonl"
        env = {**odoo.environment(), CARRIED: str(carried)}
        env["PYTHONPATH"] += f":{paths.DEV}"
        try:
            say("tests 1 of 2: the addon's own, through pytest-odoo")
            first = _addon(args, env, lock)
            say("tests 2 of 2: from outside, with a server and a browser")
            second = _outside(args, env, lock)
        finally:
            carried.unlink(missing_ok=True)
    say(f"tests took {(time.monotonic() - begin) / 60:.1f} minutes")
    return _both(first, second)


def _both(first, second):
    """One exit code; a name that only one half of the tests has is no failure."""
    if NONE_CHOSEN in (first, second):
        return second if first == NONE_CHOSEN else first
    return first or second


def _pytest(options, args, env, lock):
    command = [paths.VENV / "bin/pytest", "-p", "pytest_carry", *options, *args]
    return supervise.replace(command, env=env, lock=lock, cwd=paths.ROOT)


def _addon(args, env, lock):
    template = databases.template_of_tests()
    name = databases.own_copy(template, "addon")
    options = [paths.ADDON, f"--odoo-database={name}", "--odoo-http"]
    options += [f"--odoo-config={paths.config()}", "--carry=save"]
    try:
        return _pytest(options, args, env, lock)
    finally:
        databases.drop(name)


def _outside(args, env, lock):
    env = {key: value for key, value in env.items() if key != "ODOO_RC"}
    return _pytest(["tests", "-p", "no:odoo", "--carry=load"], args, env, lock)
