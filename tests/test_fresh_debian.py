"""What a fresh Debian is lent by this machine; making one takes too long for a test."""

import os

import pytest
from ground import fresh_debian, say


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
