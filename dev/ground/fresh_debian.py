"""`make test-debian`: `make run` and `make test` in a Debian that has nothing yet.

It lives in a folder of the project's. Everything in it runs in namespaces of its
own: mounts and processes are gone as soon as we are, however we end. What tells
this machine's programs where to install from is lent to it, read-only; nothing of
it is copied, since passwords may be among it.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from . import archive, debian, git, odoo, paths, supervise
from .files import exclusive
from .say import Failure, hint, say

HOME = paths.HOME / "fresh-debian"
LOG = paths.RUN / "fresh-debian.log"
CHECKOUT = "srv/checkout"  # where PostgreSQL's user may enter, other than root's home
ALREADY = "make,git,ca-certificates"  # what whoever has cloned the project has
GIGABYTES = 6
NAMESPACES = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]

LENT_FILES = ["/etc/hosts", "/etc/ssl/certs/ca-certificates.crt"]
LENT_FILES += ["/etc/pip.conf", "/etc/xdg/pip", "/etc/npmrc"]
LENT_HOME = [".npmrc", ".pip", ".config/pip"]
PIP_SETTINGS = ["/etc/pip.conf", "/etc/xdg/pip/pip.conf"]
PIP_SETTINGS_HOME = [".pip/pip.conf", ".config/pip/pip.conf"]
LENT_VARIABLES = re.compile(
    r"(PIP|NPM_CONFIG|NODE|SSL_CERT)_\w+|(REQUESTS_CA|CURL_CA)_BUNDLE|DEBIAN_MIRROR"
    r"|(https?|ftp|all|no)_proxy",
    re.I,
)
APT_SETTINGS = re.compile(r"^Acquire::(?:http|https|Check-|Retries)[^;]* \".+\";$", re.M)


def test(args):
    suite = os.environ.get("SUITE") or "trixie"
    _check_rights()
    _check_disk()
    debian.install(["debootstrap"])
    root = HOME / suite
    with exclusive(
        paths.RUN / "fresh-debian.lock", "another `make test-debian` is running, waiting for it"
    ):
        _remove()  # what a run left that failed or was interrupted
        with _timed(f"Debian {suite}"):
            _bootstrap(suite, root)
        _copy_checkout(root / CHECKOUT)
        code = _try_both(root, args)
        if code:
            say(f"Debian {suite}: failed; it is kept in {root} until the next run")
            return code
        _remove()
    say(f"Debian {suite}: both commands work")
    return 0


def _check_rights():
    if os.geteuid():
        raise Failure("a fresh Debian is made by debootstrap and chroot: run it as root")
    if subprocess.run([*NAMESPACES, "true"], stderr=subprocess.DEVNULL).returncode:
        raise Failure(
            "root may not mount here: run it on a machine of its own, or in a container"
            " that is privileged"
        )


def _check_disk():
    free = shutil.disk_usage(paths.ROOT).free / 1e9
    if free < GIGABYTES:
        raise Failure(
            f"only {free:.1f} GB of disk are free and a fresh Debian needs about"
            f" {GIGABYTES}: free some space and run it again"
        )


@contextmanager
def _timed(what):
    say(f"{what}: begins")
    begin = time.monotonic()
    yield
    say(f"{what}: took {time.monotonic() - begin:.0f} s")


def _remove():
    """Nothing is mounted in it for us: see `_isolated`."""
    if HOME.exists():
        shutil.rmtree(HOME)


# -- the fresh Debian ---------------------------------------------------------------


def _bootstrap(suite, root):
    root.mkdir(parents=True)
    command = ["debootstrap", "--variant=minbase", f"--include={ALREADY}"]
    if archive.KEYRING.is_file():
        command.append(f"--keyring={archive.KEYRING}")
    command += [suite, root, archive.mirror()]
    with LOG.open("wb") as log:
        code = _isolated(_shell(command), stdout=log, stderr=log)
    if code:
        output = LOG.read_text(errors="replace")
        reason = hint(output) or " / ".join(output.splitlines()[-3:])
        raise Failure(f"debootstrap failed: {reason} (log: {LOG})")
    _carry_apt_settings(root)
    # the network is this machine's: no service of the fresh Debian may take its ports
    policy = root / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)


def _carry_apt_settings(root):
    """Proxies and checks of the machine's apt; its sources are debootstrap's mirror."""
    dumped = subprocess.run(["apt-config", "dump"], capture_output=True, text=True).stdout
    settings = "".join(f"{line}\n" for line in APT_SETTINGS.findall(dumped))
    target = root / "etc/apt/apt.conf.d/00machine"
    target.touch(0o600)
    target.write_text(settings)


def _copy_checkout(target):
    """The files as they are now, committed or not, without what git ignores."""
    for name in git.files("--cached", "--others", "--exclude-standard"):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(paths.ROOT / name, target / name)


# -- what it is lent by this machine ------------------------------------------------


def _lent(root):
    """Pairs of what is lent, and where it appears in the fresh Debian."""
    files = [(Path(name), root / name[1:]) for name in LENT_FILES]
    files += [(Path.home() / name, root / "root" / name) for name in LENT_HOME]
    files = [(source.resolve(), target) for source, target in files if source.exists()]
    return files + [(path, root / str(path)[1:]) for path in _pip_folders(root)]


def _pip_folders(root):
    """Folders and files of this machine that pip's settings name."""
    texts = [value for name, value in os.environ.items() if name.startswith("PIP_")]
    places = [*map(Path, PIP_SETTINGS), *(Path.home() / name for name in PIP_SETTINGS_HOME)]
    places.append(Path(os.environ.get("PIP_CONFIG_FILE") or "/dev/null"))
    texts += [place.read_text() for place in places if place.is_file()]
    words = re.split(r"[\s=,'\"]+", " ".join(texts))
    named = {Path(word.removeprefix("file://")) for word in words}
    found = set()
    for path in sorted(path for path in named if path.is_absolute() and path.exists()):
        # an index called `simple` has its files beside it
        around = path.parent if path.name == "simple" else path
        found.update([each for each in (around, path) if not _has(root, each)][:1])
    return sorted(found)


def _has(root, path):
    return (root / str(path)[1:]).exists()


def _variables():
    lent = {name: value for name, value in os.environ.items() if LENT_VARIABLES.fullmatch(name)}
    return {
        **lent,
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root",
        "LC_ALL": "C.UTF-8",
    }


# -- running in it ------------------------------------------------------------------


def _try_both(root, args):
    port = odoo.free_port()
    inside = ["chroot", root, f"/{CHECKOUT}/dev/fresh-debian", port, *args]
    lines = [_shell(mount) for mount in _mounts(root)]
    return _isolated("\n".join([*lines, f"exec {_shell(inside)}"]), env=_variables())


def _mounts(root):
    yield ["mount", "-t", "proc", "proc", root / "proc"]
    yield ["mount", "--bind", "-o", "ro", "/sys", root / "sys"]
    yield ["mount", "--rbind", "/dev", root / "dev"]
    yield ["mount", "-t", "tmpfs", "tmpfs", root / "dev/shm"]
    yield ["mount", "-t", "tmpfs", "tmpfs", root / "tmp"]
    for source, target in _lent(root):
        (target if source.is_dir() else target.parent).mkdir(parents=True, exist_ok=True)
        if source.is_file():
            target.touch()
        yield ["mount", "--bind", "-o", "ro", source, target]


def _shell(command):
    return shlex.join(map(str, command))


def _isolated(script, **kwargs):
    """Run a script in namespaces of its own; nothing of it outlives us."""
    process = subprocess.Popen(
        [*NAMESPACES, "bash", "-euc", script],
        stdin=subprocess.DEVNULL,
        preexec_fn=_end_with_parent,
        **kwargs,
    )
    try:
        return process.wait()
    finally:
        # unshare ignores polite signals, and takes all of its processes with it
        process.kill()
        process.wait()


def _end_with_parent():
    supervise.leave_group()
    supervise.die_with_parent(signal.SIGKILL)
