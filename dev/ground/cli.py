"""The commands: one line each."""

import errno

from . import (
    apps,
    bench,
    cluster,
    fresh_debian,
    fuzz,
    install,
    lint,
    odoo,
    serve,
    supervise,
    testing,
    translations,
    upgrade,
)
from .say import DISK_FULL, Failure, say


def run_odoo(args):
    install.ensure()
    return odoo.run(args)


def run_program(args):
    """Any program, in the environment of the tests and the lint."""
    install.ensure(tools=True)
    with cluster.used() as lock:
        return supervise.replace(args, env=odoo.environment(), lock=lock)


COMMANDS = {
    "odoo": run_odoo,
    "exec": run_program,
    "run": serve.serve,
    "stop": serve.stop,
    "reset": serve.reset,
    "clean": serve.clean,
    "test": testing.test,
    "test-apps": apps.test,
    "test-debian": fresh_debian.test,
    "test-upgrade": upgrade.test,
    "lint": lint.lint,
    "bench": bench.bench,
    "fuzz": fuzz.fuzz,
    "translations": translations.translations,
}


def main(argv):
    try:
        return COMMANDS[argv[0]](argv[1:])
    except Failure as failure:
        say(str(failure))
    except KeyboardInterrupt:
        say("interrupted; run it again to go on where it stopped")
        return 130
    except PermissionError as error:
        say(f"no right to use {error.filename}: run it as the user who owns it")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        say(DISK_FULL)
    return 1
