"""Odoo's own tests still pass with the addon installed."""

import re
import subprocess
from pathlib import Path

import pytest
from ground import cluster, databases

ODOO = Path(__file__).resolve().parent.parent / "dev/odoo"
MODULES = ("hr", "hr_skills", "portal")
# how many there are at least, so that "0 failed" of nothing is no success
EXPECTED = 100
SECONDS = 2400


@pytest.fixture
def database():
    with cluster.used():
        name = databases.own_copy(databases.template(demo=True), "suites")
        yield name
        databases.drop(name)


def run(database, tags, *options):
    done = subprocess.run(
        [ODOO, "-d", database, *options, "--test-tags", tags, "--stop-after-init"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
    )
    problems = re.findall(r"^.* (?:ERROR|CRITICAL) .*$", done.stdout, re.M)
    result = re.search(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests", done.stdout)
    assert result, done.stdout[-4000:]
    assert (result[1], result[2]) == ("0", "0"), "\n".join(problems)
    assert done.returncode == 0, "\n".join(problems)
    return int(result[3])


@pytest.mark.takes(400)
def test_suites_of_the_modules_we_extend(database):
    tags = ",".join(f"/{module}" for module in MODULES)
    assert run(database, tags, "-u", "hr,portal") >= EXPECTED


@pytest.mark.takes(100)
def test_every_menu_of_every_app(database):
    """The views and filters of our own apps are in `test_click_everywhere`."""
    assert run(database, "/web:TestMenusAdminLight,/web:TestMenusDemoLight") == 2
