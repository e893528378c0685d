"""Beside the apps that most companies have, and those that our glue addons join: one database
in which they came after ours, and one in which ours came after them.

`make test-apps` does more of it, with more apps, and takes its time.
"""

import pytest
import served
from ground import cluster, databases, manifests, paths
from test_click_everywhere import APPS, click_everything
from test_install import install, odoo
from test_odoo_suites import run

# about a tenth of the addon's tests, of each room some: what other apps reach, that is rights,
# logins, employees, departments and jobs, pages, mails, to-dos and the calendar
CHOSEN = (
    *("TestAccess", "TestAutomation", "TestCalendarEvent", "TestLogin"),
    *("TestMailOfDocuments", "TestOwnDepartment", "TestPortalRoutes.test_get_by_role"),
    *("TestJobRank", "TestPortalPlan.test_progress_and_evidence", "TestApplicationApprover"),
    *("TestOwnCase", "TestEmployee"),
    *("TestMentorshipSession", "TestRotationLeave", "TestTrainingReminder"),
    *("TestQuarterTodo", "TestReadModels", "TestBadge"),
    "TestNamed.test_nobody_forges",
)
# how many there are at least, so that "0 failed" of nothing is no success
LEAST = 150


OURS = {folder.name for folder in paths.addons()}


def installed(database):
    rows = "SELECT name FROM ir_module_module WHERE state = 'installed'"
    return set(databases.sql(rows, database))


@pytest.fixture(scope="class")
def apps_last():
    """The name of the database."""
    with cluster.used():
        name = databases.own_copy(databases.template_of_apps(), "apps")
        yield name
        databases.drop(name)


class TestAppsAfterOurs:
    """The glue came by itself. Without demo data: the tests work in their organization."""

    def test_all_are_there(self, apps_last):
        assert installed(apps_last) >= OURS | set(manifests.apps())

    @pytest.mark.takes(150)
    def test_glue_addons_and_a_tenth_of_the_tests(self, apps_last):
        tags = [f"/{folder.name}" for folder in paths.glue()]
        tags += [f"/{paths.ADDON}:{name}" for name in CHOSEN]
        assert run(apps_last, ",".join(tags)) >= LEAST


@pytest.fixture(scope="class")
def apps_first():
    """The name of the database, and what was logged when ours came."""
    with cluster.used():
        name = databases.own_copy(databases.template_without(demo=True), "apps_first")
        try:
            # what an app says by itself, as soon as it is there, is not ours
            alone = odoo(name, "-i", ",".join(manifests.apps()), "--stop-after-init")
            logged = install(name, "-i", paths.ADDON)
            yield name, [line for line in logged if line not in alone]
        finally:
            databases.drop(name)


@pytest.fixture(scope="class")
def server(apps_first):
    """In place of the one of the demo database, for the pages of this file."""
    name, _logged = apps_first
    with served.running(name) as server:
        yield server


class TestOursAfterApps:
    """With demo data: there is much to click."""

    @pytest.mark.takes(100)
    def test_nothing_to_complain_about(self, apps_first):
        name, logged = apps_first
        assert installed(name) >= OURS
        assert logged == []

    @pytest.mark.takes(80)
    def test_every_menu_and_filter(self, new_page, login, rpc):
        """Of our own app: in Employees most are those of the other apps, which try them."""
        admin = rpc("admin")
        admin.call("res.users", "write", [admin.uid], {"tour_enabled": False})
        page = new_page()
        login(page, "admin")
        click_everything(page, APPS[0])
