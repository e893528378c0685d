"""Databases: templates that are built once for a state of the code, and copies.

Inside `with cluster.used()` only.
"""

import json
import os
import re
import shutil
import subprocess
from hashlib import sha256

from . import cluster, manifests, odoo, paths, python_env
from .files import digest_of, exclusive, write
from .say import Failure, run, say

NOT_INSTALLED = (
    *("tests", "__pycache__", "description", "readme"),
    *("README.rst", "pyproject.toml"),
)
ORGANIZATION = paths.ROOT / paths.ADDON / "tests/organization.py"
# what makes it; the name of the database is the one argument
MAKE_ORGANIZATION = f"""
import sys
from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config

config.parse_config(["--database", sys.argv[1]])
with Registry(sys.argv[1]).cursor() as cr:
    from odoo.addons.{paths.ADDON}.tests import organization

    organization.commit(api.Environment(cr, api.SUPERUSER_ID, {{}}))
"""


def name_of(purpose):
    """A name of our own, also on a server that several checkouts share."""
    if not paths.given_postgres():
        return f"backbone_{purpose}"
    return f"backbone_{sha256(str(paths.ROOT).encode()).hexdigest()[:6]}_{purpose}"


# -- what there is ------------------------------------------------------------------


def sql(statement, database="postgres"):
    done = subprocess.run(
        [cluster.bin_dir() / "psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        + ["-d", database, "-c", statement],
        env=odoo.environment(),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Failure(
            "PostgreSQL refused: "
            + " ".join(done.stderr.split())
            + ("; check PG_URI" if paths.given_postgres() else "")
        )
    return done.stdout.split("\n")[:-1]


def names():
    return sql("SELECT datname FROM pg_database WHERE NOT datistemplate")


def filestore(name):
    return paths.DATA / "filestore" / name


def drop(name):
    if name in names():
        _disconnect(name)
        sql(f'DROP DATABASE "{name}"')
    shutil.rmtree(filestore(name), ignore_errors=True)


def _disconnect(name):
    """End our own connections to a database. DROP DATABASE WITH (FORCE) wants the right to end
    PostgreSQL's autovacuum, too, which the plain one stops by itself."""
    sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        f" WHERE datname = '{name}' AND usename = current_user"
    )


def copy(source, target):
    """Copy a database that nobody is connected to, with its files."""
    drop(target)
    sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    if filestore(source).is_dir():
        # files of a filestore are never changed, so both may share them
        shutil.copytree(filestore(source), filestore(target), copy_function=os.link)


def rename(source, target):
    drop(target)
    if filestore(source).is_dir():
        filestore(source).rename(filestore(target))
    sql(f'ALTER DATABASE "{source}" RENAME TO "{target}"')


def drop_leftovers():
    """Drop the copies of test runs that were killed."""
    prefix = name_of("run_")
    for name in names():
        found = re.match(re.escape(prefix) + r"(\d+)(_|$)", name)
        if found and not os.path.exists(f"/proc/{found[1]}"):
            drop(name)


def own_copy(source, purpose):
    """A copy for this process alone."""
    name = name_of(f"run_{os.getpid()}_{purpose}")
    copy(source, name)
    return name


def drop_own_copies():
    """Drop the copies of this process, and what pytest's workers have copied from them."""
    for name in names():
        if name.startswith(name_of(f"run_{os.getpid()}_")):
            drop(name)


# -- templates ----------------------------------------------------------------------


def fingerprint(*, apps=False):
    """A digest of everything that an installation of our addons depends on: the main one, and
    the glue addons that come with it.

    :param apps: beside those apps, where all glue addons come
    """
    folders = manifests.own_addons(*(manifests.apps() if apps else ()))
    files = [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not set(NOT_INSTALLED) & set(path.relative_to(folder).parts)
    ]
    names = "\n".join(str(path.relative_to(paths.ROOT)) for path in files)
    return digest_of(_platform(), names, *files)


def _platform():
    source = paths.odoo_source()
    # a database lists the addons that it could install
    known = (*manifests.dependencies(), *(folder.name for folder in paths.addons()))
    return digest_of(source / "odoo/release.py", str(source), " ".join(known))


def template(*, demo):
    """The name of a database with the addon as it is now; built when it is not."""
    kind = "demo" if demo else "plain"
    with exclusive(paths.RUN / f"template-{kind}.lock", f"waiting: {kind} template"):
        base = _build_base(kind, demo=demo)
        return _build(f"template_{kind}", fingerprint(), paths.ADDON, base, demo=demo)


def template_of_apps():
    """The template of the tests, and then beside ours the apps that most companies have and what
    our glue addons join; the glue comes by itself."""
    source = template_of_tests()
    with exclusive(paths.RUN / "template-apps.lock", "waiting: template with apps"):
        apps = manifests.apps()
        mark = digest_of(ORGANIZATION, fingerprint(apps=True), " ".join(apps))
        return _build("template_apps", mark, ",".join(apps), source, demo=False)


def template_without(*, demo=False):
    """The name of a database without the addon: what it depends on."""
    kind = "demo" if demo else "plain"
    with exclusive(paths.RUN / f"template-{kind}.lock", f"waiting: {kind} template"):
        return _build_base(kind, demo=demo)


def _build_base(kind, *, demo):
    return _build(f"base_{kind}", _platform(), ",".join(manifests.dependencies()), demo=demo)


def template_of_tests():
    """The plain template, and in it the organization that the addon's tests work in."""
    source = template(demo=False)
    with exclusive(paths.RUN / "template-tests.lock", "waiting: template of the tests"):
        mark = digest_of(ORGANIZATION, fingerprint())
        what = "the organization of the tests"
        return _build("template_tests", mark, what, source, demo=False, fill=_add_organization)


def _add_organization(name):
    command = [python_env.python(), "-c", MAKE_ORGANIZATION, name]
    run(command, f"making the organization of the tests in {name}", env=odoo.environment())


def _build(purpose, mark, modules, source=None, *, demo, fill=None):
    name = name_of(purpose)
    stamp = paths.STATE / f"database-{name}.json"
    wanted = {"mark": mark, "postgres": paths.given_postgres() or "own"}
    if stamp.is_file() and json.loads(stamp.read_text()) == wanted and name in names():
        return name
    say(f"database {name}: installing {modules}" + (" with demo data" if demo else ""))
    stamp.unlink(missing_ok=True)
    fresh = name_of(f"run_{os.getpid()}_{purpose}")
    drop(fresh)
    if source:
        copy(source, fresh)
    if fill:
        fill(fresh)
    else:
        install_into(fresh, ["-i", modules], demo=demo)
    # each copy begins with its statistics
    sql("VACUUM ANALYZE", fresh)
    rename(fresh, name)
    write(stamp, json.dumps(wanted))
    return name


def install_into(name, options, *, demo=False):
    """Run Odoo to install or update modules; fail with its last words."""
    args = ["-d", name, *options, "--stop-after-init", "--no-http"]
    args += ["--with-demo"] if demo else []
    env = odoo.environment()
    output = run(odoo.command_line(args), f"Odoo is working on {name}", env=env)
    errors = re.findall(r"^.* (?:ERROR|CRITICAL) .*$", output, re.M)
    if errors:
        raise Failure(
            f"Odoo reports errors for {' '.join(options)}: {errors[0]} (log: {paths.INSTALL_LOG})"
        )
