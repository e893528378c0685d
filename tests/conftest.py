"""From outside: a real server on a fresh copy of the demo database, a real browser.

Nothing here imports Odoo; tests talk to the server over HTTP and RPC alone. Two things have no
such door: the days of a document are put back by SQL, so that time has passed, and
`quarter_killed` runs inside `odoo shell`, to be killed there.
"""

import os
import re
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "dev"))

import pool_case  # noqa: E402
import portal_case  # noqa: E402
import served  # noqa: E402
from ground import cluster, databases, paths  # noqa: E402
from portal import VIEWPORTS, Portal  # noqa: E402

SCREENSHOTS = paths.RUN / "screenshots"
# in the session: what closes the browser
BROWSER = pytest.StashKey[ExitStack]()
SIZES = {
    "desktop": {"viewport": VIEWPORTS["desktop"]},
    "both": {"viewport": VIEWPORTS["desktop"]},
    "phone": {
        "viewport": VIEWPORTS["phone"],
        "is_mobile": True,
        "has_touch": True,
        "device_scale_factor": 2,
    },
}
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


# -- the addon's tests run beside these ---------------------------------------------


@pytest.fixture(scope="session")
def load_registry():
    """In place of pytest-odoo's, which would load Odoo for these tests as well."""


@pytest.fixture(scope="session")
def load_http():
    """In place of pytest-odoo's server."""


@pytest.fixture(scope="module")
def enable_odoo_test_flag():
    """In place of pytest-odoo's flag for the Odoo in its own process."""


# -- server -------------------------------------------------------------------------


@pytest.fixture(scope="session")
def demo_database():
    """A copy of the installed demo database, for this run alone."""
    with cluster.used():
        name = databases.own_copy(databases.template(demo=True), "outside")
        yield name
        databases.drop(name)


@pytest.fixture(scope="session")
def server(demo_database):
    with served.running(demo_database) as server:
        yield server


@pytest.fixture(scope="session")
def base_url(server):
    return server.url


@pytest.fixture
def rpc(server):
    """rpc(login, password) is that user's RPC client."""
    return server.rpc


# -- browser ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser(request):
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=program, headless=True, args=CHROMIUM_ARGS
        )
        stack.callback(browser.close)
        request.session.stash[BROWSER] = stack
        yield browser


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item, nextitem):
    """After a class of the addon's tests Odoo ends all processes that its own has started: the
    browser has to be closed before, or its driver complains in the middle of the dots."""
    stack = item.session.stash.get(BROWSER, None)
    if stack and nextitem and not nextitem.nodeid.startswith("tests/"):
        # a second time, at the end of the session, there is nothing left to close
        stack.close()


@pytest.fixture
def new_page(browser, server, request):
    """new_page("phone") is a page in a context of its own."""
    contexts = []

    def open_page(size="desktop"):
        context = browser.new_context(
            base_url=server.url, locale="en-US", timezone_id="UTC", **SIZES[size]
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        return context.new_page()

    yield open_page
    failed = getattr(request.node, "failed", False)
    for number, context in enumerate(contexts):
        if failed:
            for page in context.pages:
                page.screenshot(path=_screenshot(request.node.nodeid, number))
        context.close()


def _screenshot(nodeid, number):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS / f"{re.sub(r'[^0-9A-Za-z]+', '-', nodeid)}-{number}.png"


@pytest.fixture
def page(new_page, request):
    """A desktop page; parametrize it indirectly with "phone" for a phone."""
    return new_page(getattr(request, "param", "desktop"))


@pytest.fixture
def login(server):
    """login(page, login) logs the page in: by the form, later by the cookies of that time."""

    def log_in(page, login):
        if login in server.cookies:
            page.context.add_cookies(server.cookies[login])
            return
        # as by the button of a mail
        page.goto("/web/login?redirect=/my/backbone")
        page.fill("#login", login)
        page.fill("#password", login)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_url("**/my/backbone")
        server.cookies[login] = page.context.cookies()

    return log_in


# -- the portal ---------------------------------------------------------------------


@pytest.fixture
def portal(new_page, login):
    """portal("head", "phone") is that person's window, logged in; "both" has both widths."""
    people = {}

    def open_for(name, size="desktop"):
        if name not in people:
            people[name] = Portal(new_page(size), size)
            login(people[name].page, name)
            people[name].page.goto("/my/backbone")
        return people[name]

    return open_for


@pytest.fixture
def case(rpc):
    """An employee with a portal login in the head's department, without documents yet."""
    return portal_case.new_case(rpc)


@pytest.fixture
def time_passes(server):
    """time_passes(notice): its days lie two weeks back."""
    return lambda notice: pool_case.begin_ago(
        server, "hr_backbone_publicity", notice, 14, "date_start", "date_end"
    )


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.failed:
        item.failed = True
