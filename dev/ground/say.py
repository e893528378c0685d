"""What the person in front of the screen reads, and how commands are run."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from . import paths, supervise

TICK = 10
# what everything in `.odoo` takes
GIGABYTES = 4
DISK_FULL = f"the disk is full: free some space (about {GIGABYTES} GB are needed) and run it again"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

HINTS = (
    (r"No space left on device", DISK_FULL),
    (
        r"Could not resolve|Temporary failure (in name )?resol|[Nn]etwork is unreachable"
        r"|Connection refused|Could not connect|[Tt]imed out|ProxyError|Max retries"
        r"|Failed to fetch|ETIMEDOUT|ENOTFOUND|SELF_SIGNED_CERT|ECONNREFUSED|EAI_AGAIN"
        r"|NewConnectionError",
        "the network could not be reached: check the connection (and the proxy"
        " variables, if any) and run it again, it goes on where it stopped",
    ),
    (
        r"Permission denied|EACCES|Operation not permitted",
        "rights are missing: run it as the user who owns this folder",
    ),
)


class Failure(Exception):
    """One sentence that says what went wrong and what to do."""


def say(text):
    print(f"[ground] {text}", file=sys.stderr, flush=True)


def hint(output):
    for pattern, sentence in HINTS:
        if re.search(pattern, output):
            return sentence
    return None


def environment():
    """For installers: the machine's own certificates, temporary files in our folder."""
    env = {**os.environ, "TMPDIR": str(paths.TEMPORARY), "NODE_USE_SYSTEM_CA": "1"}
    if CERTIFICATES.is_file():
        env.setdefault("PIP_CERT", str(CERTIFICATES))
    return env


def run(command, what, *, tick=None, finish=False, **kwargs):
    """Run a command with its output in the install log, showing signs of life.

    :param what: what is being done, for the progress and the failure's sentence
    :param tick: called every few seconds, returns the progress as text
    :param finish: let it come to its end even if we are interrupted or killed
    """
    paths.TEMPORARY.mkdir(parents=True, exist_ok=True)
    kwargs.setdefault("env", environment())
    with paths.INSTALL_LOG.open("ab+") as log:
        log.write(f"\n--- {what}: {' '.join(map(str, command))}\n".encode())
        log.flush()
        start = log.tell()
        process = subprocess.Popen(
            list(map(str, command)),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=supervise.leave_group if finish else supervise.die_with_parent,
            **kwargs,
        )
        code = _wait(process, what, tick, finish)
        log.seek(start)
        output = log.read().decode(errors="replace")
    if code:
        reason = hint(output)
        if not reason:
            last = [line for line in output.splitlines() if line.strip()][-3:]
            reason = f"exit code {code}: {' / '.join(last)}"
        raise Failure(f"{what} failed: {reason} (log: {paths.INSTALL_LOG})")
    return output


def _wait(process, what, tick, finish):
    begin = time.monotonic()
    while True:
        try:
            return process.wait(TICK)
        except subprocess.TimeoutExpired:
            seconds = int(time.monotonic() - begin)
            detail = f" {tick()}" if tick else ""
            say(f"  {what}: still at it, {seconds} s{detail}")
        except BaseException:
            if finish:
                say(f"  {what} is not interrupted, it comes to its end first")
            else:
                process.terminate()
            process.wait()
            raise
