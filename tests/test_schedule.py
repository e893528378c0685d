"""How pytest runs both kinds of tests: `dev/pytest_schedule.py`."""

from types import SimpleNamespace

import pytest
import pytest_schedule
from _pytest.timing import Instant
from freezegun import freeze_time


@pytest.fixture
def clock(pytestconfig):
    """pytest's clock, as the plugin leaves it."""
    if not pytestconfig.pluginmanager.has_plugin("pytest_schedule"):
        pytest.skip("run by `make test`, which loads the plugin")
    return Instant


def test_a_frozen_time_does_not_stop_the_clock(clock):
    begin = clock()
    with freeze_time("2026-03-02 09:00:00"):
        inside = clock()
        assert inside.elapsed().seconds > 0
    # nor is it set back, or forward
    assert 0 < begin.elapsed().seconds < 60
    assert begin.time <= inside.time < begin.time + 60


def item(nodeid, seconds=None):
    marker = seconds and SimpleNamespace(args=[seconds])
    return SimpleNamespace(nodeid=nodeid, get_closest_marker=lambda name: marker)


def test_the_longest_begin_first_and_classes_stay_together():
    items = [
        item("addon/test_a.py::TestShort::test_1"),
        item("addon/test_a.py::TestLong::test_1"),
        item("addon/test_a.py::TestLong::test_2"),
        item("addon/test_d.py::TestHuge::test_1", 1000),
        item("tests/test_b.py::test_1"),
        item("tests/test_c.py::test_1", 100),
    ]
    ordered = [found.nodeid for found in pytest_schedule.longest_first(items)]
    assert ordered == [
        "tests/test_c.py::test_1",
        "tests/test_b.py::test_1",
        # a server that is to go on does not survive a class of Odoo's
        "addon/test_d.py::TestHuge::test_1",
        "addon/test_a.py::TestLong::test_1",
        "addon/test_a.py::TestLong::test_2",
        "addon/test_a.py::TestShort::test_1",
    ]
