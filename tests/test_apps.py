"""Beside the apps that most companies have, and those that our glue addons join: one database.

`make test-apps` does more of it, with more apps, and takes its time.
"""

import pytest
import served
from ground import cluster, databases, manifests, paths
from test_click_everywhere import APPS, click_everything
from test_install import odoo
from test_odoo_suites import run

# of the rooms of the addon, each with what other apps reach: access, pages, mails, the calendar,
# employees, departments and jobs; about a tenth of its tests
CHOSEN = (
    *("TestAccess", "TestAutomation", "TestPortalRoutes", "TestJobRank"),
    *("TestRotationLeave",),
)
# how many there are at least, so that "0 failed" of nothing is no success
LEAST = 5


@pytest.fixture
def database():
    with cluster.used():
        name = databases.own_copy(databases.template_of_apps(), "apps")
        yield name
        databases.drop(name)


@pytest.mark.takes(240)
def test_glue_addons_and_a_tenth_of_the_tests(database):
    tags = [f"/{folder.name}" for folder in paths.glue()]
    tags += [f"/{paths.ADDON}:{name}" for name in CHOSEN]
    assert run(database, ",".join(tags)) >= LEAST


def installed(database):
    rows = "SELECT name FROM ir_module_module WHERE state = 'installed'"
    return set(databases.sql(rows, database))


OURS = {folder.name for folder in paths.addons()}


def test_apps_after_ours(database):
    """So the database was made; the glue came by itself."""
    assert installed(database) >= OURS | set(manifests.apps())


@pytest.mark.takes(80)
def test_ours_after_the_apps():
    """Those that most companies have; with the others `make test-apps` installs it."""
    glue = {folder.name for folder in manifests.own_addons(*manifests.APPS)}
    with cluster.used():
        name = databases.own_copy(databases.template_without(), "apps_first")
        try:
            assert odoo(name, "-i", ",".join(manifests.APPS), "--stop-after-init") == []
            assert odoo(name, "-i", paths.ADDON, "--stop-after-init") == []
            assert installed(name) >= glue
        finally:
            databases.drop(name)


@pytest.fixture
def server(database):
    """In place of the one of the demo database, for the pages of this file."""
    with served.running(database) as server:
        yield server


@pytest.mark.takes(130)
@pytest.mark.parametrize("app", APPS)
def test_every_menu_and_filter(new_page, login, rpc, app):
    admin = rpc("admin")
    admin.call("res.users", "write", [admin.uid], {"tour_enabled": False})
    page = new_page()
    login(page, "admin")
    click_everything(page, app)
