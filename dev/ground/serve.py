"""`make run`: the demo database in a server, until Ctrl-C."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from . import cluster, databases, install, manifests, odoo, paths, supervise
from .say import Failure, say

LOCK = paths.RUN / "server.lock"
LOG = paths.RUN / "server.log"
PID = paths.RUN / "server.pid"
LOGINS = paths.DEV / "logins.txt"
START_SECONDS = 180
STOP_SECONDS = 20


def address():
    host = os.environ.get("HOST") or "127.0.0.1"
    port = os.environ.get("PORT") or "8069"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Failure(f"PORT={port} is no port: choose a number, as in make run PORT=8070")
    return host, int(port)


def url():
    host, port = address()
    return f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}"


def serve(_args):
    install.ensure()
    with LOCK.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"already running at {_running_url()} (`make stop` ends it)")
            return 0
        _check_port()
        PID.write_text(f"{os.getpid()} {url()}")
        # a polite kill ends it the way Ctrl-C does
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        signal.signal(signal.SIGHUP, signal.default_int_handler)
        try:
            with cluster.used() as users:
                prepare()
                return _run(users)
        finally:
            PID.unlink(missing_ok=True)


def _running_url():
    with contextlib.suppress(OSError, IndexError):
        return PID.read_text().split()[1]
    return "another address"


def _check_port():
    host, port = address()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Failure(
                f"port {port} is for root only: choose another one, as in `make run PORT=8070`"
            ) from None
        except OSError as error:
            raise Failure(
                f"port {port} is taken by another program ({error.strerror}): choose"
                f" another one, as in `make run PORT={port + 1}`"
            ) from None


# -- the database -------------------------------------------------------------------


def database():
    return databases.name_of("demo")


def _mark():
    return paths.STATE / f"served-{database()}"


def prepare():
    """Have the demo database there, at the state of the code, with its data."""
    name, mark, wanted = database(), _mark(), databases.fingerprint()
    if name not in databases.names():
        databases.copy(databases.template(demo=True), name)
        mark.write_text(wanted)
    elif not mark.is_file() or mark.read_text() != wanted:
        say(f"the code has changed: updating {name}, its data stay")
        # a glue addon that is new does not come by itself with an update
        ours = ",".join(folder.name for folder in manifests.own_addons())
        databases.install_into(name, ["-u", paths.ADDON, "-i", ours])
        mark.write_text(wanted)


def reset(_args):
    """A fresh demo database."""
    stop_server()
    install.ensure()
    with cluster.used():
        databases.drop(database())
        _mark().unlink(missing_ok=True)
        prepare()
    say("the demo database is fresh: `make run` serves it")
    return 0


# -- the server ---------------------------------------------------------------------


def _run(users):
    host, port = address()
    name = database()
    args = ["-d", name, "--db-filter", f"^{name}$", "--no-database-list"]
    args += ["--http-interface", host, "--http-port", port, "--logfile", LOG]
    say(f"starting Odoo (its log: {LOG})")
    LOG.unlink(missing_ok=True)
    process = supervise.start(
        odoo.command_line(args),
        env=odoo.environment(),
        lock=users,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        if wait_for(process, url(), START_SECONDS):
            _welcome()
            process.wait()
        raise Failure(f"Odoo ended or did not answer: {last_words(LOG)} (log: {LOG})")
    except KeyboardInterrupt:
        say("stopping")
        return 0
    finally:
        end(process)


def wait_for(process, base, seconds):
    """Wait until the server answers and has its pages' assets ready."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and process.poll() is None:
        try:
            for page in ("/web/health", "/web/login"):
                urllib.request.urlopen(base + page, timeout=60).read()
            return True
        except urllib.error.HTTPError as error:
            raise Failure(f"{base}{page} answers {error.code} (log: {LOG})") from None
        except OSError:
            time.sleep(0.3)
    return False


def _welcome():
    print(f"\n  Odoo is ready at {url()}   (Ctrl-C stops it)\n", flush=True)
    for line in LOGINS.read_text().splitlines():
        if not line.startswith("#"):
            print(f"  {line}")
    print(flush=True)


def last_words(log):
    lines = log.read_text(errors="replace").splitlines() if log.is_file() else []
    return " / ".join(line.strip() for line in lines[-3:]) or "it said nothing"


def end(process):
    """End a server that we started, politely first."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


# -- from another terminal ----------------------------------------------------------


def stop_server():
    """End the server of `make run`, if there is one; tell whether there was."""
    if not LOCK.exists():
        return False
    with LOCK.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
        except BlockingIOError:
            os.kill(int(PID.read_text().split()[0]), signal.SIGTERM)
        say("stopping the server")
        limit = time.monotonic() + STOP_SECONDS + 10
        while time.monotonic() < limit:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            time.sleep(0.2)
    raise Failure(f"the server does not stop: end process {PID.read_text()} yourself")


def stop(_args):
    stopped = stop_server()
    if not cluster.stop_if_unused():
        say("PostgreSQL stays: another command of this checkout still uses it")
    elif not stopped:
        say("nothing was running")
    return 0


def clean(_args):
    """Remove everything that was installed into the project's folder."""
    stop_server()
    if not cluster.stop_if_unused():
        raise Failure(
            "another command of this checkout is still running: end it first, then `make clean`"
        )
    shutil.rmtree(paths.HOME, ignore_errors=True)
    if paths.HOME.exists():
        raise Failure(f"{paths.HOME} could not be removed: remove it as its owner")
    say(f"removed {paths.HOME} (downloads stay in {paths.CACHE})")
    return 0
