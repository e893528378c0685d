"""`make test`: the addon's tests and those in tests/, as one run of pytest.

A glue addon's own tests run by its path, in a database that has what it joins; without a path
`tests/test_apps.py` runs those of all of them.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import cluster, databases, install, odoo, paths, supervise
from .say import Failure, say

# each has an Odoo, a server and a browser of its own: about 1 GB
MOST_WORKERS = 4


def test(args):
    database = _database_for(args)
    install.ensure(tools=True)
    begin = time.monotonic()
    with cluster.used() as lock:
        databases.drop_leftovers()
        if not args:
            _build_both_templates()
        try:
            code = _pytest(args, database, lock)
        finally:
            databases.drop_own_copies()
    say(f"tests took {(time.monotonic() - begin) / 60:.1f} minutes")
    return code


def _database_for(args):
    """What makes the database that the tests of these paths work in."""
    roots = {Path(arg.partition("::")[0].rstrip("/")).parts[:1] for arg in args}
    glue = roots & {(folder.name,) for folder in paths.glue()}
    if glue and roots & {(paths.ADDON,), ("tests",)}:
        raise Failure("a glue addon's tests run by themselves: give `make test` its path alone")
    return databases.template_of_apps if glue else databases.template_of_tests


def _build_both_templates():
    """At once, for two cores; who asks for some tests waits for the one that they need."""
    with ThreadPoolExecutor() as pool:
        demo = pool.submit(databases.template, demo=True)
        databases.template_of_tests()
        demo.result()


def _pytest(args, template, lock):
    """Without a path both `testpaths` of pyproject.toml are run."""
    database = databases.own_copy(template(), "addon")
    options = ["-p", "pytest_schedule", "-n", "auto", f"--maxprocesses={MOST_WORKERS}"]
    options += ["--durations=10", "--odoo-http"]
    options += [f"--odoo-database={database}", f"--odoo-config={paths.config()}"]
    # the limit would hold for the worker's browser, too, which wants more addresses
    options += ["--odoo-extra=limit-memory-hard=0"]
    env = odoo.environment()
    env["PYTHONPATH"] += f":{paths.DEV}"
    command = [paths.VENV / "bin/pytest", *options, *args]
    return supervise.replace(command, env=env, lock=lock, cwd=paths.ROOT)
