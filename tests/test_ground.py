"""The commands that bring Odoo up, called as an outside script calls them."""

import re
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest
from ground import databases, fresh_debian, git, manifests, paths, testing, upgrade
from ground import odoo as ground
from ground.say import Failure

ROOT = Path(__file__).resolve().parent.parent
ODOO = ROOT / "dev/odoo"
SENDS = "print('answer', 6 * 7, env['res.users'].search_count([]) > 0)\n"


def odoo(*args, cwd="/", **kwargs):
    return subprocess.run(
        [ODOO, *args], cwd=cwd, capture_output=True, text=True, timeout=600, **kwargs
    )


def test_version_from_another_folder(tmp_path):
    done = odoo("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "Odoo Server 19.0")


def test_through_a_link(tmp_path):
    link = tmp_path / "odoo"
    link.symlink_to(ODOO)
    assert not subprocess.run([link, "--version"], cwd=tmp_path).returncode


def test_shell_reads_standard_input(demo_database):
    done = odoo("shell", "-d", demo_database, "--no-http", input=SENDS)
    assert done.returncode == 0, done.stderr
    assert "answer 42 True" in done.stdout


def test_exit_code_passes_through(demo_database):
    program = "import sys; sys.exit(7)\n"
    assert odoo("shell", "-d", demo_database, input=program).returncode == 7


def test_relative_paths_belong_to_the_caller(tmp_path):
    assert odoo("scaffold", "some_addon", ".", cwd=tmp_path).returncode == 0
    assert (tmp_path / "some_addon/__manifest__.py").is_file()


def test_no_old_idioms():
    done = odoo(
        "upgrade_code",
        *("--from", "17.0", "--dry-run"),
        *("--glob", "hr_backbone_training*/**/*", "--addons-path", str(ROOT)),
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_odoo(demo_database, number):
    port = ground.free_port()
    process = subprocess.Popen(
        [ODOO, "-d", demo_database, "--http-port", str(port), "--max-cron-threads", "0"],
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    )
    # before that a signal interrupts the loading
    for line in process.stderr:
        if "Registry loaded" in line:
            break
    # what needs the database is answered when the loading is over
    urllib.request.urlopen(f"http://localhost:{port}/web/manifest.webmanifest").read()
    process.send_signal(number)
    assert "Forced shutdown" not in process.stderr.read()
    assert process.wait(60) == 0


def test_qr_codes_can_be_drawn(demo_database):
    program = "print(env['ir.actions.report'].barcode('QR', 'x')[1:4])\n"
    assert "b'PNG'" in odoo("shell", "-d", demo_database, input=program).stdout


# -- our addons ---------------------------------------------------------------------


@pytest.fixture
def glue(monkeypatch, tmp_path):
    """glue(name, *depends): a glue addon beside a main one, in a checkout of its own."""

    def add(name, *depends):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        said = {"depends": [*depends], "auto_install": len(depends) > 1}
        (folder / "__manifest__.py").write_text(repr(said))
        manifests._manifests.cache_clear()
        return folder

    monkeypatch.setattr(paths, "ROOT", tmp_path)
    add(paths.ADDON, "hr", "portal")
    yield add
    manifests._manifests.cache_clear()


def test_each_glue_addon_is_ours(glue):
    (paths.ROOT / f"{paths.ADDON}_empty").mkdir()
    survey = glue(f"{paths.ADDON}_survey", paths.ADDON, "survey")
    assert paths.addons() == [paths.ROOT / paths.ADDON, survey]
    assert manifests.apps() == sorted([*manifests.APPS, "survey"])


def test_glue_comes_with_what_it_joins(glue):
    glue(f"{paths.ADDON}_survey", paths.ADDON, "survey")
    # Odoo installs it by itself with `mail`
    glue(f"{paths.ADDON}_privacy_lookup", paths.ADDON, "privacy_lookup")
    names = [folder.name for folder in manifests.own_addons()]
    assert names == [paths.ADDON, f"{paths.ADDON}_privacy_lookup"]
    assert len(manifests.own_addons("survey")) == 3


def test_a_template_is_as_old_as_what_is_in_it(glue):
    folder = glue(f"{paths.ADDON}_survey", paths.ADDON, "survey")
    plain, apps = databases.fingerprint(), databases.fingerprint(apps=True)
    (folder / "models.py").write_text("1")
    assert databases.fingerprint() == plain
    assert databases.fingerprint(apps=True) != apps


def test_glue_is_tested_in_a_database_of_its_own(glue):
    folder = glue(f"{paths.ADDON}_survey", paths.ADDON, "survey")
    of = testing._database_for
    assert of([]) == of(["-k", "x"]) == databases.template_of_tests
    assert of(["-n", "0", f"{folder.name}/tests::TestX"]) == databases.template_of_apps
    with pytest.raises(Failure, match="its path alone"):
        of([folder.name, "tests"])


# -- what is in the repository ------------------------------------------------------

HOSTS = re.compile(
    rb"registry\.(npmjs|yarnpkg)\.|files\.python"
    rb"hosted|pypi\.(org|python)"
    rb"|deb\.debian\.|ftp[.\w]*\.debian\.|snapshot\.debian\."
)
MACHINE = re.compile(rb"(?<![\w.~])/(root|home|work|Users)/\w")
LONGEST = 600


def tracked():
    try:
        return [ROOT / name for name in git.files()]
    except Failure as failure:
        pytest.fail(str(failure), pytrace=False)


@pytest.mark.parametrize("command", ["test-upgrade", "test-debian"])
def test_without_git_it_says_so(command, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    work = {
        "test-upgrade": lambda: upgrade._fetch("HEAD"),
        "test-debian": lambda: fresh_debian._copy_checkout(tmp_path),
    }
    with pytest.raises(Failure, match="^git is missing: `apt-get install git`"):
        work[command]()
    with pytest.raises(pytest.fail.Exception, match="^git is missing"):
        tracked()


def test_a_download_that_is_no_clone_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(Failure, match=r"^git cannot read .* in a clone of the project$"):
        git.files()


def test_no_registry_host_and_no_path_of_a_machine():
    found = [
        (path.relative_to(ROOT), match[0])
        for path in tracked()
        for pattern in (HOSTS, MACHINE)
        if (match := pattern.search(path.read_bytes()))
    ]
    assert not found


def test_files_are_short():
    code = [path for path in tracked() if path.suffix in (".py", ".js", ".sh", "")]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in code
        if path.name != "LICENSE" and (lines := len(path.read_bytes().splitlines())) > LONGEST
    }
    assert not long


def printed_logins():
    """The rows of the table that `make run` prints: [role, login, what to try]."""
    rows = []
    for line in (ROOT / "dev/logins.txt").read_text().splitlines()[2:]:
        role, login, password, what = re.fullmatch(r"(.{25})(.{12})(.{12})(.+)", line).groups()
        assert login.strip() == password.strip()
        if login.strip():
            rows.append([role.strip(), login.strip(), what.strip()])
        else:
            rows[-1][2] += f" {what.strip()}"
    return rows


def test_the_readme_has_the_logins_that_are_printed():
    section = (ROOT / "README.md").read_text().partition("## Demo logins")[2]
    lines = [line for line in section.partition("###")[0].splitlines() if line[:1] == "|"]
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]
    assert rows[0] == ["role", "login", "what to try"]
    assert rows[2:] == printed_logins()


def test_every_python_package_is_pinned():
    for path in (ROOT / "dev").glob("requirements*.txt"):
        lines = [line for line in path.read_text().splitlines() if line[:1] != "#"]
        assert lines
        assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines), path
