"""The addons as packages: each wheel has all of its addon, and works where nothing else of ours is.

Nothing is fetched: whool builds, and a fresh environment borrows Odoo and what Odoo needs.
"""

import re
import subprocess
import zipfile
from pathlib import Path

import company_case
import pool_case
import portal_case
import pytest
import served
from ground import cluster, databases, git, manifests, odoo, paths, python_env
from portal_case import press

pytestmark = pytest.mark.takes(3)

# what the build itself needs, and Odoo does not
NOT_IN_WHEEL = {"pyproject.toml"}
SERIES = "19.0"
# of the server of today for the old door that these tests use
OLD_DOOR = "are deprecated in Odoo 19"
ADDONS = [folder.name for folder in paths.addons()]
VERSION = r"19\.0\.\d+\.\d+\.\d+"


def run(command, **kwargs):
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=600, **kwargs
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def pip(*args):
    quiet = ["--no-index", "--no-deps", "--disable-pip-version-check", "--no-input"]
    return run([python_env.python(), "-m", "pip", *args, *quiet], cwd=paths.ROOT)


def manifest(addon):
    return manifests.read(paths.ROOT / addon)


# -- versions -------------------------------------------------------------------------------


def releases():
    """The versions that the change log tells of, the newest first."""
    return re.findall(rf"^## ({VERSION})$", (paths.ROOT / "CHANGELOG.md").read_text(), re.M)


def test_versions_agree():
    """Change log, manifest and project say the same; what goes with it has a version of these."""
    newest = releases()[0]
    assert manifest(paths.ADDON)["version"] == newest
    project = (paths.ROOT / "pyproject.toml").read_text()
    assert re.findall(r'^version = "(.+)"$', project, re.M) == [newest]
    for addon in ADDONS:
        assert manifest(addon)["version"] in releases(), addon
        migrations = {path.name for path in (paths.ROOT / addon).glob("migrations/*/")}
        assert migrations <= {*releases(), "tests"}, addon


def test_tags_agree():
    """A tag is a release that the change log tells of; a tagged state is that one."""

    def tags(*options):
        names = git.read("tag", "--list", f"{SERIES}.*", *options).decode().split()
        return [name for name in names if re.fullmatch(VERSION, name)]

    assert set(tags()) <= set(releases())
    assert tags("--points-at", "HEAD") in ([], [manifest(paths.ADDON)["version"]])


def test_what_is_optional_is_not_demanded():
    """Odoo refuses to install an addon whose manifest names a Python package that is missing."""
    for addon in ADDONS:
        assert not manifest(addon).get("external_dependencies"), addon


# -- wheels ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """{addon: its wheel}"""
    folder = tmp_path_factory.mktemp("wheels")
    sources = [paths.ROOT / addon for addon in ADDONS]
    pip("wheel", "--no-build-isolation", "--wheel-dir", folder, *sources)
    return {
        addon: folder / f"odoo_addon_{addon}-{manifest(addon)['version']}-py3-none-any.whl"
        for addon in ADDONS
    }


@pytest.mark.parametrize("addon", ADDONS)
def test_a_wheel_has_all_of_the_addon(wheels, addon):
    names = [Path(name) for name in git.files("--", addon)]
    wanted = {str(name) for name in names if name.name not in NOT_IN_WHEEL}
    with zipfile.ZipFile(wheels[addon]) as wheel:
        there = {name for name in wheel.namelist() if ".dist-info/" not in name}
        [metadata] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        text = wheel.read(metadata).decode()
    assert there == {f"odoo/addons/{name}" for name in wanted}
    assert f"\nName: odoo-addon-{addon}\n" in text
    needed = set(re.findall(r"^Requires-Dist: (.+)$", text, re.M))
    own = {name for name in manifest(addon)["depends"] if name in ADDONS}
    assert needed == {f"odoo=={SERIES}.*", *(f"odoo-addon-{name}=={SERIES}.*" for name in own)}
    assert "\nLicense: LGPL-3\n" in text and "\nDescription-Content-Type: text/x-rst\n" in text


# -- installed from wheels ------------------------------------------------------------------


@pytest.fixture(scope="module")
def python(wheels, tmp_path_factory):
    """The Python of a fresh environment that has Odoo and the wheels, and not the repository."""
    home = tmp_path_factory.mktemp("fresh")
    run([python_env.python(), "-m", "venv", "--without-pip", home])
    python = home / "bin/python"
    pip("--python", python, "install", "--no-compile", *wheels.values())
    [site] = home.glob("lib/python3*/site-packages")
    [borrowed] = paths.VENV.glob("lib/python3*/site-packages")
    (site / "odoo.pth").write_text(f"{borrowed}\n{paths.odoo_source()}\n")
    return python


@pytest.fixture(scope="module")
def environment(python):
    """As after a plain installation: Odoo finds its addons by Python's path alone."""
    config = python.parent / "odoo.conf"
    folder = paths.odoo_source() / "addons"
    more = f"addons_path = {folder}\n" if (folder / "web").is_dir() else ""
    config.write_text(f"[options]\ndata_dir = {paths.DATA}\nhttp_interface = 127.0.0.1\n{more}")
    own = {"ODOO_RC": str(config), "VIRTUAL_ENV": str(python.parent.parent)}
    return {**odoo.environment(), "PYTHONPATH": "", **own}


@pytest.fixture(scope="module")
def server(python, environment):
    """A server of the fresh environment, on a database where the addon comes from its wheel."""
    with cluster.used():
        name = databases.own_copy(databases.template_without(), "package")
        try:
            program = [python, "-m", "odoo"]
            options = ["-d", name, "-i", paths.ADDON, "--stop-after-init", "--no-http"]
            log = run([*program, *options], env=environment, cwd=python.parent)
            assert not complaints(log)
            with served.running(name, program, environment) as server:
                yield server
        finally:
            databases.drop(name)


def test_the_addons_are_those_of_the_wheels(python, environment):
    names = ", ".join(f"odoo.addons.{addon}" for addon in ADDONS)
    program = f"import odoo.init, {names}; print(*(addon.__file__ for addon in ({names},)))"
    found = run([python, "-c", program], env=environment, cwd=python.parent).split()
    [site] = python.parent.parent.glob("lib/python3*/site-packages")
    assert found == [f"{site}/odoo/addons/{addon}/__init__.py" for addon in ADDONS]


@pytest.mark.takes(50)
def test_a_journey(server, rpc):
    """From a recommendation to the talent pool, with its form on paper, and the portal."""
    case = company_case.make(rpc)
    portal_case.get_submitted(rpc, case)
    press(rpc("director"), portal_case.APPLICATION, "action_approve", [case.application])
    portal_case.review(rpc("hr"), case)
    select(rpc, case)
    portal_case.publish(rpc("hr"), case)
    days = ("date_start", "date_end")
    pool_case.begin_ago(server, "hr_backbone_publicity", case.notice, 14, *days)
    pool_case.run_job(rpc, "publicity")
    mine = [("employee_id", "=", case.employee)]
    [member] = rpc("hr").call(pool_case.MEMBER, "search_read", mine, ["state"])
    assert member["state"] == "active"
    look_at(served.Client(server, "head"), case)
    assert not complaints(server.log.read_text())


def select(rpc, case):
    portal_case.convene(rpc, case)
    for member in portal_case.COMMITTEE:
        items = rpc(member).call(portal_case.ITEM, "search", [("meeting_id", "=", case.meeting)])
        press(rpc(member), portal_case.ITEM, "action_vote_for", items)
    press(rpc("committee1"), portal_case.MEETING, "action_close", [case.meeting])


def look_at(head, case):
    assert head.get(f"{case.url}/pdf").startswith(b"%PDF")
    page = head.get(case.url).decode()
    assert case.name in page
    [style] = re.findall(r'href="(/web/assets/[^"]+frontend[^"]+\.css)"', page)
    assert b"backbone" in head.get(style)


def complaints(log):
    lines = re.findall(r"^.* (?:WARNING|ERROR|CRITICAL) .*$", log, re.M)
    return [line for line in lines if OLD_DOOR not in line]
