"""Ours beside each app of Odoo's that touches people, the calendar, the portal or mail: what
`make test-apps` runs, and `make test` does not."""

import re
import subprocess
import urllib.error
from types import SimpleNamespace

import pytest
import served
from ground import apps, cluster, databases, odoo, paths
from served import Client
from test_install import OTHERS, OURS, read_complaints, snapshot
from test_install import odoo as run_odoo
from test_odoo_suites import run

# what the other apps write down meanwhile, beside what `test_install` knows: their own jobs,
# counters and caches
OTHERS_OF_APPS = OTHERS | {
    *("bus_presence", "digest_digest", "ir_attachment", "ir_logging", "mail_presence"),
    *("website_track", "website_visitor"),
    # stages of their own and a first to-do, which Project gives each new internal user
    *("project_task", "project_task_type"),
}
MENUS = "/web:TestMenusAdminLight,/web:TestMenusDemoLight"
# as whom the pages are opened, by their login in the demo data
READERS = ("keith", "head", "hr", "director", "colleague")
LINK = re.compile(r'href="(/my(?:/backbone[^"#?]*)?)"')
MOST_PAGES = 60
# a worker for each core; the addon's own tests take a quarter of an hour on two
OWN_TESTS = (
    *("-p", "pytest_schedule", "-n", "auto", "--maxprocesses=4", "--odoo-http", "-q"),
    # the template of translations, and how many queries a page takes, are those of a database with
    # ours alone
    *("-k", "not test_the_template_has_each_message and not TestPortalQueries"),
)


@pytest.fixture(scope="class", params=apps.chosen())
def app(request):
    return request.param


def install(database, names, *options):
    return run_odoo(database, "-i", ",".join(names), *options, "--stop-after-init")


def update(database):
    return run_odoo(database, "-u", paths.ADDON, "--stop-after-init")


def except_for(alone, logged):
    """What is logged and an app does not say by itself."""
    return [line for line in logged if line not in alone]


@pytest.fixture(scope="class")
def ours_first(app):
    """Ours with its demo data, and then the app."""
    names, _ours = apps.modules(app)
    with cluster.used():
        name = databases.own_copy(databases.template(demo=True), "ours_first")
        try:
            yield SimpleNamespace(name=name, logged=install(name, names))
        finally:
            databases.drop(name)


@pytest.fixture(scope="class")
def app_first(app):
    """The app, and then ours with its demo data; what the app says by itself is not ours."""
    names, _ours = apps.modules(app)
    with cluster.used():
        name = databases.own_copy(databases.template_without(demo=True), "app_first")
        try:
            alone = install(name, names)
            before = snapshot(name)
            logged = install(name, [paths.ADDON], "--with-demo")
            yield SimpleNamespace(name=name, before=before, alone=alone, logged=logged)
        finally:
            databases.drop(name)


@pytest.fixture(scope="class")
def server(ours_first):
    with served.running(ours_first.name) as server:
        yield server


def installed(database):
    return set(
        databases.sql("SELECT name FROM ir_module_module WHERE state = 'installed'", database)
    )


class TestBesideApp:
    """In the order of the table."""

    def test_ours_then_app(self, app, ours_first, app_first):
        names, ours = apps.modules(app)
        assert installed(ours_first.name) >= {*names, *ours}
        assert except_for(app_first.alone, ours_first.logged) == []

    def test_app_then_ours(self, app, app_first):
        names, ours = apps.modules(app)
        assert installed(app_first.name) >= {*names, *ours}
        assert except_for(app_first.alone, app_first.logged) == []

    def test_menus(self, ours_first):
        assert run(ours_first.name, MENUS) == 2

    def test_pages(self, server, app_first):
        opened = {login: open_pages(Client(server, login)) for login in READERS}
        assert all(opened.values())
        logged = read_complaints(server.log.read_text())
        assert except_for(app_first.alone, logged) == []

    def test_updated_twice(self, app_first):
        logged = update(app_first.name) + update(app_first.name)
        assert except_for(app_first.alone, logged) == []

    def test_uninstalled(self, app_first):
        name, before = app_first.name, app_first.before
        logged = run_odoo(name, "module", "uninstall", paths.ADDON)
        assert except_for(app_first.alone, logged) == []
        after = snapshot(name)
        assert after.columns == before.columns
        left = {
            table: (before.counts.get(table), count)
            for table, count in after.counts.items()
            if count != before.counts.get(table) and table not in OTHERS_OF_APPS
        }
        assert left == {}
        rows = {
            table: found
            for table, where in OURS.items()
            if (found := databases.sql(f"SELECT t::text FROM {table} t WHERE {where}", name))
        }
        assert rows == {}

    def test_own_tests(self, app):
        """In the organization that they work in, without any demo data."""
        names, _ours = apps.modules(app)
        with cluster.used():
            name = databases.own_copy(databases.template_of_tests(), "own_tests")
            try:
                install(name, names)
                assert run_own_tests(name) == []
            finally:
                databases.drop(name)


def open_pages(client):
    """All pages of ours that somebody finds from the first one on, as far as there is time.

    :return: how many there were
    """
    waiting, seen = ["/my/backbone", "/my"], set()
    while waiting and len(seen) < MOST_PAGES:
        page = waiting.pop(0)
        if page in seen:
            continue
        seen.add(page)
        try:
            with client.opener.open(client.url + page, timeout=120) as answer:
                kind, text = answer.headers["Content-Type"], answer.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{page}: {error}") from error
        if kind.startswith("text/html"):
            waiting += LINK.findall(text.decode())
    return len(seen)


def run_own_tests(database):
    """:return: the lines of those that fail"""
    options = [f"--odoo-database={database}", f"--odoo-config={paths.config()}"]
    options += ["--odoo-extra=limit-memory-hard=0"]
    command = [paths.VENV / "bin/pytest", *OWN_TESTS, *options, paths.ROOT / paths.ADDON]
    env = odoo.environment()
    env["PYTHONPATH"] += f":{paths.DEV}"
    done = subprocess.run(command, env=env, cwd=paths.ROOT, capture_output=True, text=True)
    assert re.search(r"\d+ passed", done.stdout), done.stdout[-4000:]
    failed = re.findall(r"^(?:FAILED|ERROR) .*$", done.stdout, re.M)
    # whole, where an assertion would show the first alone
    print(*failed, sep="\n")
    return failed
