"""`make lint`: pre-commit's hooks, Odoo's upgrade_code, Odoo's own test_lint."""

import re
import shutil
import subprocess

from . import cluster, databases, install, odoo, paths
from .say import say

ALONE = paths.RUN / "lint"
OCA_KEY = '"development_status":'
OLD_IDIOMS = ["--from", "17.0", "--dry-run", "--glob", f"{paths.ADDON}*/**/*"]


def lint(_args):
    install.ensure(tools=True)
    failed = [what for what, check in CHECKS.items() if not _run(what, check)]
    say(f"lint: {', '.join(failed)} failed" if failed else "lint: all passed")
    return 1 if failed else 0


def _run(what, check):
    say(f"lint: {what}")
    return check()


def _hooks():
    command = [paths.VENV / "bin/pre-commit", "run", "--all-files"]
    env = {**odoo.environment(), "PRE_COMMIT_HOME": str(paths.RUN / "pre-commit")}
    return not subprocess.run(command, cwd=paths.ROOT, env=env).returncode


def _upgrade_code():
    args = ["upgrade_code", *OLD_IDIOMS, "--addons-path", str(paths.ROOT)]
    command = odoo.command_line(args)
    return not subprocess.run(command, cwd=paths.ROOT, env=odoo.environment()).returncode


def _test_lint():
    """Odoo's own lint, over a folder that holds our addons and nothing else.

    It reads whole folders of the addons path, and the project's has `.odoo` in it.
    """
    shutil.rmtree(ALONE, ignore_errors=True)
    for folder in paths.addons():
        shutil.copytree(folder, ALONE / folder.name)
        _drop_oca_keys(ALONE / folder.name / "__manifest__.py")
    env = odoo.environment()
    env["PATH"] = f"{paths.DEV / 'lint'}:{env['PATH']}"
    env["LINT_ODOO_SOURCE"] = str(paths.odoo_source())
    folders = [*odoo.addons_path()[:-1], ALONE]
    with cluster.used():
        databases.drop_leftovers()
        name = databases.own_copy(databases.template(demo=False), "lint")
        args = ["-d", name, "-i", "test_lint", "--test-tags", "/test_lint"]
        args += ["--addons-path", ",".join(map(str, folders))]
        args += ["--stop-after-init", "--log-level", "warn"]
        args += ["--log-handler", "odoo.tests.result:INFO"]
        args += ["--http-port", str(odoo.free_port())]
        try:
            done = subprocess.run(
                odoo.command_line(args),
                env=env,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        finally:
            databases.drop(name)
    print(done.stdout.replace(str(ALONE), str(paths.ROOT)), end="", flush=True)
    ran = re.search(r"0 failed, 0 error\(s\) of ([1-9]\d*) tests", done.stdout)
    return not done.returncode and bool(ran)


def _drop_oca_keys(manifest):
    """What OCA has in a manifest, and Odoo's lint does not know."""
    lines = manifest.read_text().splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if OCA_KEY not in line))


CHECKS = {
    "pre-commit's hooks": _hooks,
    "old idioms (upgrade_code)": _upgrade_code,
    "Odoo's test_lint": _test_lint,
}
