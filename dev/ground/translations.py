"""`make translations`: the addon's messages, exported afresh, into its files in i18n/."""

import subprocess

from . import cluster, databases, install, odoo, paths, python_env
from .say import Failure, run, say

FOLDER = paths.ROOT / paths.ADDON / "i18n"
EXPORT = paths.RUN / "export.pot"
SCRIPT = paths.DEV / "translations.py"


def translations(_args):
    install.ensure()
    with cluster.used():
        databases.drop_leftovers()
        # demo data have words of their own
        name = databases.own_copy(databases.template(demo=False), "translations")
        try:
            export = odoo.command_line(["i18n", "export", "-d", name, "-o", EXPORT, paths.ADDON])
            run(export, "exporting the messages", env=odoo.environment())
        finally:
            databases.drop(name)
    if subprocess.run([python_env.python(), SCRIPT, EXPORT, FOLDER]).returncode:
        raise Failure(f"the files in {FOLDER} could not be merged: see the lines above")
    say('what is new wants a translation: `make test ARGS="-k test_translations"` checks it')
    return 0
