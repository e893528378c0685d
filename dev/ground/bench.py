"""`make bench`: dev/bench/run, with a fresh database that has no demo data."""

from . import cluster, databases, install, odoo, paths, supervise
from .say import Failure

SCRIPT = paths.DEV / "bench/run"


def bench(args):
    if not SCRIPT.is_file():
        raise Failure(f"there is nothing to measure: {SCRIPT} is missing")
    install.ensure()
    with cluster.used() as lock:
        databases.drop_leftovers()
        name = databases.own_copy(databases.template(demo=False), "bench")
        plain = databases.own_copy(databases.template_without(), "bench_plain")
        names = {"BENCH_DATABASE": name, "BENCH_PLAIN_DATABASE": plain}
        env = {**odoo.environment(), **names}
        try:
            return supervise.replace([SCRIPT, *args], env=env, lock=lock, cwd=paths.ROOT)
        finally:
            for copy in names.values():
                databases.drop(copy)
