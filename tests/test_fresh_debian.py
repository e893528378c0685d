"""What a fresh Debian is lent by this machine; making one takes too long for a test."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ground import fresh_debian, say

DEV = Path(__file__).resolve().parent.parent / "dev"
ISOLATED = """
import sys
sys.path.insert(0, sys.argv[1])
from ground import fresh_debian
fresh_debian._isolated(sys.argv[2])
"""


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """A machine whose pip has no settings but those that a test makes."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(fresh_debian, "LENT_FILES", [])
    monkeypatch.setattr(fresh_debian, "PIP_SETTINGS", [])
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home/.config/pip").mkdir(parents=True)
    return tmp_path / "home/.config/pip/pip.conf"


def lent(root):
    return [str(source) for source, _target in fresh_debian._lent(root)]


def test_an_index_in_a_folder_is_lent_with_its_files(settings, tmp_path):
    index = tmp_path / "index/simple"
    index.mkdir(parents=True)
    settings.write_text(f"[global]\nextra-index-url = file://{index} file:///no/such/simple\n")
    assert lent(tmp_path / "root") == [str(settings.parent), str(index.parent)]


def test_folders_of_variables_are_lent(settings, tmp_path, monkeypatch):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    assert str(wheels) in lent(tmp_path / "root")
    assert fresh_debian._variables()["PIP_FIND_LINKS"] == str(wheels)


def test_what_the_fresh_debian_has_stays_its_own(settings, tmp_path, monkeypatch):
    (tmp_path / "root/usr").mkdir(parents=True)
    monkeypatch.setenv("PIP_FIND_LINKS", "/usr")
    assert "/usr" not in lent(tmp_path / "root")


def test_nothing_else_of_the_environment_goes_along(monkeypatch):
    monkeypatch.setenv("PASSWORD", "x")
    monkeypatch.setenv("http_proxy", "http://proxy:1")
    variables = fresh_debian._variables()
    assert "PASSWORD" not in variables
    assert variables["http_proxy"] == "http://proxy:1"
    assert variables["HOME"] == "/root"


def test_it_asks_for_root(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(say.Failure, match="run it as root"):
        fresh_debian.test([])


# -- nothing outlives it ------------------------------------------------------------


def may_mount():
    command = [*fresh_debian.NAMESPACES, "true"]
    return not os.geteuid() and not subprocess.run(command, capture_output=True).returncode


def running(word):
    return [path for path in Path("/proc").glob("[0-9]*/cmdline") if word in read(path)]


def read(path):
    try:
        return path.read_text(errors="replace")
    except OSError:  # it has ended meanwhile
        return ""


def wait_until(condition):
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.1)


@pytest.mark.skipif(not may_mount(), reason="needs root, and the right to mount")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_mount_and_no_process_is_left(tmp_path, number):
    ready, mounted = tmp_path / "ready", tmp_path / "mounted"
    mounted.mkdir()
    script = f"mount -t tmpfs tmpfs {mounted}; touch {mounted}/in {ready}; sleep 600; : {tmp_path}"
    process = subprocess.Popen(
        [sys.executable, "-c", ISOLATED, DEV, script],
        stderr=subprocess.DEVNULL,
        # a shell's background job ignores Ctrl-C, and so would all that it starts
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    wait_until(ready.exists)
    assert not list(mounted.iterdir()), "others do not see what is mounted"
    process.send_signal(number)
    assert process.wait(20)
    wait_until(lambda: not running(str(tmp_path)))
