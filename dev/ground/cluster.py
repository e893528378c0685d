"""The project's own PostgreSQL: started on demand, stopped by its last user.

Everyone who needs it holds a shared lock; whoever leaves and can have the lock
alone was the last one. The kernel drops the lock of a process that was killed,
so nothing has to be tidied up by hand.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from glob import glob
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from . import paths
from .files import exclusive, write
from .say import Failure, run, say

CLUSTER = paths.PG / "data"
USERS_LOCK = paths.RUN / "cluster-users.lock"
START_LOCK = paths.RUN / "cluster-start.lock"
ROLE = "odoo"
PORT = "5432"  # the name of the socket file; nothing listens on TCP
LONGEST_SOCKET = 100

SETTINGS = """\
listen_addresses = ''
port = {port}
unix_socket_directories = {sockets}
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 2GB
checkpoint_timeout = 30min
autovacuum_naptime = 5min
jit = off
logging_collector = off
log_destination = stderr
timezone = 'UTC'
log_timezone = 'UTC'
"""


def debian_packages():
    return ["postgresql-client" if paths.given_postgres() else "postgresql"]


def install():
    if not paths.given_postgres() and not CLUSTER.is_dir():
        _init()


# -- who runs it ------------------------------------------------------------------


def _as_owner():
    """The prefix that runs a command as the cluster's owner.

    PostgreSQL refuses root, so it is Debian's user `postgres` then; where that
    user cannot enter the project's folder, with the one capability to do so.
    """
    if os.geteuid():
        return []
    change = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    for name in (None, "dac_read_search", "dac_override"):
        extra = [f"--inh-caps=+{name}", f"--ambient-caps=+{name}"] if name else []
        test = ["test", "-d", f"{paths.PG}/."]
        with contextlib.suppress(FileNotFoundError):
            if not subprocess.run(
                [*change, *extra, *test], cwd="/", stderr=subprocess.DEVNULL
            ).returncode:
                return [*change, *extra]
    raise Failure(
        f"PostgreSQL does not run as root and its user `postgres` may not enter"
        f" {paths.ROOT}: move the checkout to a folder that others may enter"
    )


def _own(path):
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    if not os.geteuid():
        entry = pwd.getpwnam("postgres")
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _environment():
    keep = {key: value for key, value in os.environ.items() if key[:2] != "PG"}
    return {**keep, "LC_ALL": "C.UTF-8"}


def bin_dir():
    """The programs of the cluster's version, else of the newest there is."""
    version = CLUSTER / "PG_VERSION"
    wanted = version.read_text().strip() if version.is_file() else "*"
    tool = "psql" if paths.given_postgres() else "initdb"
    found = glob(f"/usr/lib/postgresql/{wanted}/bin/{tool}")
    if not found:
        raise Failure(
            f"PostgreSQL {wanted} is not installed any more: install"
            f" `postgresql-{wanted}`, or drop its databases with `make clean`"
        )
    return max((Path(name).parent for name in found), key=_version_of)


def _version_of(folder):
    return int(folder.parent.name)


# -- its life -----------------------------------------------------------------------


def _init():
    say("PostgreSQL: making the project's own cluster")
    _own(paths.PG)
    fresh = paths.PG / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    common = {"cwd": "/", "env": _environment()}
    command = [bin_dir() / "initdb", "-D", fresh, "-U", "postgres", "--auth=trust"]
    options = ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    run([*_as_owner(), *command, *options], "making the PostgreSQL cluster", **common)
    script = f'echo \'CREATE ROLE {ROLE} LOGIN CREATEDB\' | "$1" --single -D "$2" postgres'
    run(
        [*_as_owner(), "sh", "-c", script, "-", bin_dir() / "postgres", fresh],
        "making the PostgreSQL role",
        **common,
    )
    with (fresh / "postgresql.conf").open("a") as conf:
        conf.write("include = 'ground.conf'\n")
    fresh.rename(CLUSTER)


def socket_dir():
    """A folder for the socket; its path must fit into a socket's address."""
    own = paths.PG / "socket"
    if len(f"{own}/.s.PGSQL.{PORT}") <= LONGEST_SOCKET:
        return own
    name = sha256(str(paths.ROOT).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"hr-backbone-{os.geteuid()}-{name}"


def is_running():
    ready = [bin_dir() / "pg_isready", "-q", "-h", socket_dir(), "-p", PORT]
    return CLUSTER.is_dir() and not subprocess.run(ready).returncode


def _start():
    if is_running():
        return
    sockets = socket_dir()
    if sockets.is_symlink():
        raise Failure(f"{sockets} is a link that somebody made: remove it")
    _own(sockets)
    _forget_dead_server()
    write(CLUSTER / "ground.conf", SETTINGS.format(port=PORT, sockets=_quoted(sockets)))
    (CLUSTER / "ground.conf").chmod(0o644)
    log = paths.PG / "postgresql.log"
    control = [bin_dir() / "pg_ctl", "-D", CLUSTER, "-l", log, "-w", "-t", "120", "-s"]
    try:
        run(
            [*_as_owner(), *control, "start"],
            "starting PostgreSQL",
            cwd=paths.PG,
            env=_environment(),
        )
    except Failure as failure:
        last = log.read_text(errors="replace").splitlines()[-3:] if log.exists() else []
        raise Failure(f"{failure}; PostgreSQL says: {' / '.join(last)}") from None


def _quoted(path):
    """A path as an item of a list in PostgreSQL's configuration."""
    item = str(path).replace('"', '""').replace("'", "''")
    return f"'\"{item}\"'"


def _forget_dead_server():
    """Drop the pid file of a killed server whose number something else has now."""
    pid_file = CLUSTER / "postmaster.pid"
    if not pid_file.is_file():
        return
    process = Path("/proc") / pid_file.read_text().split("\n")[0].strip()
    with contextlib.suppress(OSError):
        name = (process / "comm").read_text()
        if name.startswith("postgres") and Path(os.readlink(process / "cwd")) == CLUSTER:
            return
    pid_file.unlink()


def _stop():
    if not (CLUSTER / "postmaster.pid").is_file():
        return
    control = [bin_dir() / "pg_ctl", "-D", CLUSTER, "-m", "fast", "-w", "-s", "stop"]
    run(
        [*_as_owner(), *control],
        "stopping PostgreSQL",
        cwd=paths.PG,
        env=_environment(),
    )
    if socket_dir().parent != paths.PG:
        shutil.rmtree(socket_dir(), ignore_errors=True)


# -- its users ----------------------------------------------------------------------


@contextlib.contextmanager
def used():
    """Run the cluster for the time of the block.

    Yields the descriptor of the lock, for a child that shall keep it up as well.
    """
    if paths.given_postgres():
        yield None
        return
    paths.RUN.mkdir(parents=True, exist_ok=True)
    with USERS_LOCK.open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with exclusive(START_LOCK, "waiting for PostgreSQL to start"):
            _start()
        try:
            yield users.fileno()
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
    stop_if_unused()


def stop_if_unused():
    """Stop the cluster unless somebody uses it; tell whether it is stopped."""
    if paths.given_postgres() or not USERS_LOCK.exists():
        return True
    with USERS_LOCK.open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _stop()
    return True


def connection():
    """The environment variables by which libpq, and so Odoo, connects."""
    uri = paths.given_postgres()
    if not uri:
        return {"PGHOST": str(socket_dir()), "PGPORT": PORT, "PGUSER": ROLE}
    parts = urlsplit(uri)
    if parts.scheme not in ("postgresql", "postgres"):
        raise Failure("PG_URI is not like postgresql://user:password@host:port/")
    options = dict(parse_qsl(parts.query))
    values = {
        "PGHOST": unquote(parts.hostname or options.get("host", "")),
        "PGPORT": str(parts.port or options.get("port", "")),
        "PGUSER": unquote(parts.username or options.get("user", "")),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGSSLMODE": options.get("sslmode", ""),
    }
    return {key: value for key, value in values.items() if value}
