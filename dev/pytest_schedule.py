"""A pytest plugin: the addon's tests and those from outside as one run on several workers.

pytest-xdist's workers take classes and files from one queue, longest first, so that no core
waits for the other. pytest-odoo gives each worker a copy of the database, `tests/conftest.py`
a server; both come with the first test that wants them.
"""

from _pytest import timing
from xdist.scheduler import LoadScopeScheduling

# what a test takes that says nothing else, in seconds: see the marker `takes`
ADDON_SECONDS = 2
OUTSIDE_SECONDS = 30
# long tests that have nothing in common
APART = ("tests/test_click_everywhere.py", "tests/test_odoo_suites.py")


def pytest_configure(config):
    for name in ("time", "perf_counter"):
        setattr(timing, name, _unfrozen(getattr(timing, name)))


def _unfrozen(clock):
    """freezegun replaces the clocks that it finds by identity. One in a closure it does not
    find, and the duration of a test that stops the time is a true one."""

    def read():
        return clock()

    return read


def pytest_collection_modifyitems(config, items):
    if hasattr(config, "workerinput"):
        items[:] = longest_first(items)


def longest_first(items):
    seconds = {}
    for item in items:
        scope = _scope(item.nodeid)
        seconds[scope] = seconds.get(scope, 0) + _seconds(item)
    # those from outside first: after each class Odoo ends all processes that its own has
    # started, and a server and a browser that were to go on would be among them
    return sorted(
        items, key=lambda item: (not _is_outside(item.nodeid), -seconds[_scope(item.nodeid)])
    )


def _is_outside(nodeid):
    return nodeid.startswith("tests/")


def _seconds(item):
    marker = item.get_closest_marker("takes")
    if marker:
        return marker.args[0]
    return OUTSIDE_SECONDS if _is_outside(item.nodeid) else ADDON_SECONDS


def _scope(nodeid):
    """What stays in one worker: a class, which is set up once, or else a file."""
    return nodeid if nodeid.startswith(APART) else nodeid.rsplit("::", 1)[0]


def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False
    return Schedule(config, log)


class Schedule(LoadScopeScheduling):
    def _split_scope(self, nodeid):
        return _scope(nodeid)
