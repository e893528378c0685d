"""A quarter opens exactly once, whatever happens to the processes that open it."""

import re
import subprocess
from pathlib import Path

import pytest
from ground import cluster, databases

TESTS = Path(__file__).resolve().parent
PROGRAM = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
import quarter_killed
quarter_killed.main(env)
"""
SECONDS = 900

pytestmark = pytest.mark.takes(60)


@pytest.fixture(scope="module")
def printed():
    """What the processes left behind, in a database of their own."""
    with cluster.used():
        name = databases.own_copy(databases.template(demo=False), "killed")
        try:
            done = subprocess.run(
                [TESTS.parent / "dev/odoo", "shell", "-d", name, "--no-http"],
                input=PROGRAM,
                capture_output=True,
                text=True,
                timeout=SECONDS,
            )
        finally:
            databases.drop(name)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_undisturbed_run_tells_everyone_once(printed):
    rows, twice = re.search(r"^rows (\d+) twice (.*)$", printed, re.M).groups()
    assert int(rows) > 240 and twice == "[]"
    assert "kinds activity assessment mail notice report score" in printed


def test_killed_at_fifty_moments_and_run_again(printed):
    rounds = re.findall(r"^killed (\d+) (.*)$", printed, re.M)
    assert int(rounds[-1][0]) >= 50
    assert {outcome for _killed, outcome in rounds} == {"the same"}, printed


def test_two_workers_at_once(printed):
    assert len(re.findall(r"^two at once \d+ the same$", printed, re.M)) == 3, printed
    assert re.findall(r"^exit codes (.*)$", printed, re.M) == ["0 0"] * 3, printed
