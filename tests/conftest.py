"""From outside: a real server on a fresh copy of the demo database, a real browser.

Nothing here imports Odoo; tests talk to the server over HTTP and RPC alone.
"""

import os
import re
import subprocess
import sys
import xmlrpc.client
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "dev"))

import portal_case  # noqa: E402
from ground import cluster, databases, odoo, paths, serve, supervise  # noqa: E402
from portal import Portal  # noqa: E402

SCREENSHOTS = paths.RUN / "screenshots"
SIZES = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {
        "viewport": {"width": 375, "height": 812},
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
SERVER_SECONDS = 180


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


class Server:
    """A running Odoo: where it is, and how to talk to it."""

    def __init__(self, url, database, log):
        self.url = url
        self.database = database
        self.log = log

    def rpc(self, login, password=None):
        return Rpc(self, login, password or login)


class Rpc:
    """One user's XML-RPC connection."""

    def __init__(self, server, login, password):
        self.database = server.database
        self.password = password
        common = self._proxy(server, "common")
        self.uid = common.authenticate(self.database, login, password, {})
        assert self.uid, f"{login} cannot log in"
        self.object = self._proxy(server, "object")

    @staticmethod
    def _proxy(server, service):
        address = f"{server.url}/xmlrpc/2/{service}"
        return xmlrpc.client.ServerProxy(address, allow_none=True)

    def execute_kw(self, model, method, args=(), kwargs=None):
        return self.object.execute_kw(
            self.database,
            self.uid,
            self.password,
            model,
            method,
            list(args),
            kwargs or {},
        )

    def call(self, model, method, *args, **kwargs):
        return self.execute_kw(model, method, args, kwargs)


@pytest.fixture(scope="session")
def demo_database():
    """A copy of the installed demo database, for this run alone."""
    with cluster.used():
        name = databases.own_copy(databases.template(demo=True), "outside")
        yield name
        databases.drop(name)


@pytest.fixture(scope="session")
def server(demo_database):
    port = odoo.free_port()
    log = paths.RUN / f"{demo_database}.log"
    args = ["-d", demo_database, "--db-filter", f"^{demo_database}$"]
    args += ["--workers", "0", "--max-cron-threads", "0", "--logfile", log]
    process = supervise.start(
        odoo.command_line([*args, "--http-port", port]),
        env=odoo.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    try:
        assert serve.wait_for(process, url, SERVER_SECONDS), serve.last_words(log)
        yield Server(url, demo_database, log)
    finally:
        serve.end(process)


@pytest.fixture(scope="session")
def base_url(server):
    return server.url


@pytest.fixture
def rpc(server):
    """rpc(login, password) is that user's RPC client."""
    return server.rpc


# -- browser ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, headless=True, args=CHROMIUM_ARGS
        )
        yield browser
        browser.close()


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
def login():
    """login(page, login, password) leaves the page logged in."""

    def log_in(page, login, password=None):
        page.goto("/web/login")
        page.fill("#login", login)
        page.fill("#password", password or login)
        page.click(".oe_login_form button[type=submit]")
        page.wait_for_url(lambda url: "/web/login" not in url)

    return log_in


# -- the portal ---------------------------------------------------------------------


@pytest.fixture
def portal(new_page):
    """portal("head", "phone") is that person's window, logged in."""
    people = {}

    def open_for(name, size="desktop"):
        if name not in people:
            people[name] = Portal(new_page(size), size).log_in(name)
        return people[name]

    return open_for


@pytest.fixture
def case(rpc):
    """An employee with a portal login in the head's department, without documents yet."""
    return portal_case.new_case(rpc)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.failed:
        item.failed = True
