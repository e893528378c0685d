"""`make translations`: our addons' messages, exported afresh, into their files in i18n/."""

import subprocess

from . import cluster, databases, install, odoo, paths, python_env
from .say import Failure, run, say

EXPORT = paths.RUN / "export.pot"
SCRIPT = paths.DEV / "translations.py"


def translations(_args):
    install.ensure()
    main, *glue = paths.addons()
    with cluster.used():
        databases.drop_leftovers()
        # the main addon's demo data have words of their own; the glue addons have none
        _export(databases.template(demo=False), [main])
        if glue:
            _export(databases.template_of_apps(), glue)
    say('what is new wants a translation: `make test ARGS="-k test_translations"` checks it')
    return 0


def _export(source, addons):
    name = databases.own_copy(source, "translations")
    try:
        for folder in addons:
            _export_addon(name, folder)
    finally:
        databases.drop(name)


def _export_addon(database, folder):
    args = ["i18n", "export", "-d", database, "-o", EXPORT, folder.name]
    run(odoo.command_line(args), f"exporting {folder.name}", env=odoo.environment())
    if subprocess.run([python_env.python(), SCRIPT, EXPORT, folder / "i18n"]).returncode:
        raise Failure(f"the files in {folder / 'i18n'} could not be merged: see the lines above")
